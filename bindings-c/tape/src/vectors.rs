//! The shared vectors as files of JSON.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use vestibule::Timestamp;

/// A file of vectors.
pub struct Vectors {
    /// Its name without `.json`.
    pub name: String,
    /// What is in it.
    pub value: Value,
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/tests/vectors")
}

pub fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&read(path))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files whose names begin so, in order; at least one.
pub fn family(prefix: &str) -> Vec<Vectors> {
    let entries = fs::read_dir(folder()).expect("the folder of the vectors");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let names = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
    let mut names: Vec<String> = names.filter(|name| name.starts_with(prefix)).collect();
    names.sort();
    assert!(!names.is_empty(), "no vectors begin with `{prefix}`");
    let read = |name: String| {
        let value = read_json(&folder().join(format!("{name}.json")));
        Vectors { name, value }
    };
    names.into_iter().map(read).collect()
}

/// The items of a field; none where it is not there.
pub fn array<'v>(of: &'v Value, field: &str) -> &'v [Value] {
    of[field].as_array().map_or(&[], Vec::as_slice)
}

pub fn text<'v>(of: &'v Value, field: &str) -> &'v str {
    of[field].as_str().unwrap_or_else(|| panic!("`{field}` is missing in {of}"))
}

pub fn instant(of: &Value, field: &str) -> Timestamp {
    Timestamp::parse(text(of, field)).unwrap_or_else(|error| panic!("{error} in {of}"))
}
