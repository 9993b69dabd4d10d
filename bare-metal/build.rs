//! Tells the linker where memory is, and the program which image to embed.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The variable that names the image file to embed.
const IMAGE: &str = "VESTIBULE_PANEL_IMAGE";
/// The variable that hands the damaged copy on.
const DAMAGED: &str = "VESTIBULE_DAMAGED_IMAGE";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    link(&folder)?;
    image(&folder)
}

/// Puts the memory of the target's board where the runtime's linker script looks for it.
fn link(folder: &Path) -> Result<(), Box<dyn Error>> {
    let target = env::var("TARGET")?;
    let (memory, scripts): (_, &[_]) = match target.as_str() {
        "thumbv7em-none-eabi" => ("memory/thumbv7em.x", &["-Tlink.x"]),
        "riscv32imc-unknown-none-elf" => ("memory/riscv32imc.x", &["-Tmemory.x", "-Tlink.x"]),
        other => return Err(format!("no memory layout for the target `{other}`").into()),
    };
    fs::copy(memory, folder.join("memory.x"))?;
    println!("cargo::rustc-link-search={}", folder.display());
    for script in scripts {
        println!("cargo::rustc-link-arg-bins={script}");
    }
    println!("cargo::rerun-if-changed={memory}");
    Ok(())
}

/// Hands the paths of the image and of a damaged copy on, whole: `include_bytes!` would look beside the source file.
fn image(folder: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed={IMAGE}");
    let named = env::var(IMAGE).map_err(|_| {
        format!("expected {IMAGE} to name an image, as `scripts/panel-image.sh` prints it")
    })?;
    let path = Path::new(&named)
        .canonicalize()
        .map_err(|error| format!("the image to embed, `{named}` by {IMAGE}: {error}"))?;
    println!("cargo::rerun-if-changed={}", path.display());
    println!("cargo::rustc-env={IMAGE}={}", path.display());
    let damaged = folder.join("damaged.image");
    fs::write(&damaged, damage(fs::read(&path)?))?;
    println!("cargo::rustc-env={DAMAGED}={}", damaged.display());
    Ok(())
}

/// One bit in the middle is the other way round, as it may be in old flash.
fn damage(mut image: Vec<u8>) -> Vec<u8> {
    let middle = image.len() / 2;
    if let Some(byte) = image.get_mut(middle) {
        *byte ^= 1;
    }
    image
}
