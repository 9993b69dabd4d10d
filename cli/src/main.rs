//! The `vestibule` command line.
fn main() {}
