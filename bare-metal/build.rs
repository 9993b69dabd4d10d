//! Tells the linker where memory is, and the program which image to embed.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The variable that names the image file to embed.
const IMAGE: &str = "VESTIBULE_PANEL_IMAGE";
/// What is embedded where the variable is not set.
const DEFAULT_IMAGE: &str = "panel.txt";

fn main() -> Result<(), Box<dyn Error>> {
    link()?;
    image()
}

/// Puts the memory of the target's board where the runtime's linker script looks for it.
fn link() -> Result<(), Box<dyn Error>> {
    let target = env::var("TARGET")?;
    let (memory, scripts): (_, &[_]) = match target.as_str() {
        "thumbv7em-none-eabi" => ("memory/thumbv7em.x", &["-Tlink.x"]),
        "riscv32imc-unknown-none-elf" => ("memory/riscv32imc.x", &["-Tmemory.x", "-Tlink.x"]),
        other => return Err(format!("no memory layout for the target `{other}`").into()),
    };
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    fs::copy(memory, folder.join("memory.x"))?;
    println!("cargo::rustc-link-search={}", folder.display());
    for script in scripts {
        println!("cargo::rustc-link-arg-bins={script}");
    }
    println!("cargo::rerun-if-changed={memory}");
    Ok(())
}

/// Hands the path of the image on, whole: `include_bytes!` would look beside the source file.
fn image() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed={IMAGE}");
    let named = env::var(IMAGE).unwrap_or_else(|_| DEFAULT_IMAGE.to_owned());
    let path = Path::new(&named)
        .canonicalize()
        .map_err(|error| format!("the image to embed, `{named}` by {IMAGE}: {error}"))?;
    println!("cargo::rerun-if-changed={}", path.display());
    println!("cargo::rustc-env={IMAGE}={}", path.display());
    Ok(())
}
