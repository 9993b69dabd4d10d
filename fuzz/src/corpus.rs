//! What the fuzzers kept, run again.

use std::fs;
use std::path::Path;

use crate::{image, request};

/// How many inputs that were kept for a target are accepted, and how many refused.
fn run_all(target: &str, run: impl Fn(&[u8]) -> bool) -> (usize, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let (mut accepted, mut refused) = (0, 0);
    for file in files.map(|file| file.unwrap().path()) {
        // Shown where it fails: which input it was.
        println!("{}", file.display());
        if run(&fs::read(&file).unwrap()) { accepted += 1 } else { refused += 1 }
    }
    (accepted, refused)
}

#[test]
fn images() {
    let (opened, refused) = run_all("image", image::run);
    assert!(opened > 10 && refused > 10, "{opened} open, {refused} are refused");
}

#[test]
fn requests() {
    let (read, refused) = run_all("request", request::run);
    assert!(read > 10 && refused > 10, "{read} are requests, {refused} are refused");
}
