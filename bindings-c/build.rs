//! Names the shared library after its binary interface, as loaders look for it.

use std::path::Path;

fn main() {
    const SOURCE: &str = "src/version.rs";
    println!("cargo::rerun-if-changed={SOURCE}");
    let root = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the package is");
    let text = std::fs::read_to_string(Path::new(&root).join(SOURCE)).expect("the source is here");
    let number = text.split_once("VESTIBULE_ABI_VERSION: u32 = ").map(|(_, rest)| rest);
    let number =
        number.and_then(|rest| rest.split_once(';')).expect("a version of the interface").0;
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libvestibule.so.{number}");
    }
}
