//! Loading the estate.

use vestibule::Directory;
use vestibule::limits::MAX_DOCUMENT_BYTES;

use crate::failure::Failure;
use crate::input::Source;
use crate::progress::Progress;

/// Reads an estate and makes it answer. Every fault of it is a line of the failure, file name first.
pub fn load(source: &Source) -> Result<Directory, Failure> {
    let input = source.open()?;
    let name = input.name().to_owned();
    let _progress = Progress::spinner(format!("reading {name}"));
    let document = input.read_object(MAX_DOCUMENT_BYTES)?;
    Directory::from_json(&document).map_err(|faults| {
        let faults = faults.to_string();
        let lines: Vec<_> = faults.lines().map(|fault| format!("{name}: {fault}")).collect();
        Failure::Input(lines.join("\n"))
    })
}
