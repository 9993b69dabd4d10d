//! Edits of an image that is whole: 8 bytes each, so that fuzzers can join, cut and repeat them. Sections keep their entries in the
//! section table when rows come and go: the checks behind the table are what the edits are for.

use vestibule::Section;

use crate::agreement::{ENTRY_BYTES, HEADER_BYTES, row_bytes, u32_at};
use crate::header;

const EDIT_BYTES: usize = 8;
/// Most edits of one input; more are left out.
const MAX_EDITS: usize = 48;
/// Most bytes of a section: edits must not make it grow without end.
const MAX_SECTION_BYTES: usize = 8192;
/// The fields of the header behind the digest.
const FIELDS: usize = 48;

/// An image taken apart.
struct Parts {
    header: Vec<u8>,
    sections: Vec<Vec<u8>>,
}

/// What is to be done to which section, or to the header, where, and with what.
struct Edit {
    action: u8,
    section: u8,
    place: u16,
    value: u32,
}

/// The image with so many edits, its header right again.
pub(crate) fn edited(image: &[u8], edits: &[u8]) -> Vec<u8> {
    let mut parts = Parts::of(image);
    for bytes in edits.chunks_exact(EDIT_BYTES).take(MAX_EDITS) {
        parts.apply(&Edit::of(bytes));
    }
    header::put_right(parts.assemble())
}

impl Edit {
    fn of(bytes: &[u8]) -> Self {
        Self {
            action: bytes[0],
            section: bytes[1],
            place: u16::from_le_bytes([bytes[2], bytes[3]]),
            value: u32_at(bytes, 4),
        }
    }
}

impl Parts {
    fn of(image: &[u8]) -> Self {
        let section = |number: usize| {
            let entry = HEADER_BYTES + number * ENTRY_BYTES;
            let (start, length) = (u32_at(image, entry + 4), u32_at(image, entry + 8));
            image[start as usize..][..length as usize].to_vec()
        };
        Self {
            header: image[..HEADER_BYTES].to_vec(),
            sections: (0..Section::ALL.len()).map(section).collect(),
        }
    }

    fn apply(&mut self, edit: &Edit) {
        let number = usize::from(edit.section) % (Section::ALL.len() + 1);
        let Some(section) = self.sections.get_mut(number) else {
            let fields = &mut self.header[FIELDS..];
            fields[usize::from(edit.place) % (HEADER_BYTES - FIELDS)] = edit.value.to_le_bytes()[0];
            return;
        };
        let row = row_bytes(Section::ALL[number]);
        match edit.action % 8 {
            0 => set(section, edit, &edit.value.to_le_bytes()[..1]),
            1 => set(section, edit, &edit.value.to_le_bytes()),
            2 => add(section, edit),
            3 => copy(section, edit, 4),
            4 => copy(section, edit, row),
            5 => exchange(section, edit, row),
            6 => insert(section, edit, row),
            _ => remove(section, edit, row),
        }
    }

    /// Header, section table and sections, end to end.
    fn assemble(self) -> Vec<u8> {
        let mut bytes = self.header;
        let mut offset = bytes.len() + self.sections.len() * ENTRY_BYTES;
        for (section, content) in Section::ALL.into_iter().zip(&self.sections) {
            bytes.extend(section.number().to_le_bytes());
            bytes.extend(1_u16.to_le_bytes());
            bytes.extend((offset as u32).to_le_bytes());
            bytes.extend((content.len() as u32).to_le_bytes());
            offset += content.len();
        }
        bytes.extend(self.sections.into_iter().flatten());
        bytes
    }
}

/// Where a run of so many bytes may begin; none where there are fewer.
fn place(section: &[u8], place: usize, length: usize) -> Option<usize> {
    let places = section.len().checked_sub(length)? + 1;
    Some(place % places)
}

fn set(section: &mut [u8], edit: &Edit, bytes: &[u8]) {
    if let Some(at) = place(section, edit.place.into(), bytes.len()) {
        section[at..at + bytes.len()].copy_from_slice(bytes);
    }
}

/// Adds to a number: a little, mostly.
fn add(section: &mut [u8], edit: &Edit) {
    if let Some(at) = place(section, edit.place.into(), 4) {
        let sum = u32_at(section, at).wrapping_add(edit.value);
        section[at..at + 4].copy_from_slice(&sum.to_le_bytes());
    }
}

fn copy(section: &mut [u8], edit: &Edit, length: usize) {
    let from = place(section, edit.value as usize, length);
    if let Some((from, to)) = from.zip(place(section, edit.place.into(), length)) {
        section.copy_within(from..from + length, to);
    }
}

/// Two rows by their numbers.
fn exchange(section: &mut [u8], edit: &Edit, row: usize) {
    let rows = section.len() / row;
    if rows > 0 {
        let (a, b) = (usize::from(edit.place) % rows, edit.value as usize % rows);
        for byte in 0..row {
            section.swap(a * row + byte, b * row + byte);
        }
    }
}

/// A row again, before another; nothing but zeros where there is none.
fn insert(section: &mut Vec<u8>, edit: &Edit, row: usize) {
    if section.len() + row > MAX_SECTION_BYTES {
        return;
    }
    let rows = section.len() / row;
    let from = edit.value as usize % rows.max(1) * row;
    let new = section.get(from..from + row).map_or_else(|| vec![0; row], <[u8]>::to_vec);
    let at = usize::from(edit.place) % (rows + 1) * row;
    section.splice(at..at, new);
}

fn remove(section: &mut Vec<u8>, edit: &Edit, row: usize) {
    let rows = section.len() / row;
    if rows > 0 {
        let at = usize::from(edit.place) % rows * row;
        section.drain(at..at + row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An edit as fuzzers write it.
    fn edit(action: u8, section: Section, place: u16, value: u32) -> Vec<u8> {
        let mut bytes = vec![action, section.number().to_le_bytes()[0] - 1];
        bytes.extend(place.to_le_bytes());
        bytes.extend(value.to_le_bytes());
        bytes
    }

    fn lobby(edits: &[u8]) -> Vec<u8> {
        let image = include_bytes!("../../core/tests/vectors/images/v1-everything.image");
        let mut parts = Parts::of(image);
        *parts.sections.last_mut().unwrap() = (0..21).collect();
        for bytes in edits.chunks_exact(EDIT_BYTES) {
            parts.apply(&Edit::of(bytes));
        }
        parts.sections.pop().unwrap()
    }

    #[test]
    fn rows_come_go_and_change_places() {
        let rows: Vec<u8> = (0..21).collect();
        let edited = lobby(&edit(6, Section::Lobby, 1, 2));
        assert_eq!(edited, [&rows[..7], &rows[14..], &rows[7..]].concat());
        assert_eq!(lobby(&edit(7, Section::Lobby, 1, 0)), [&rows[..7], &rows[14..]].concat());
        let edited = lobby(&edit(5, Section::Lobby, 0, 2));
        assert_eq!(edited, [&rows[14..], &rows[7..14], &rows[..7]].concat());
        let none = edit(7, Section::Lobby, 0, 0).repeat(4);
        assert!(lobby(&none).is_empty());
        assert_eq!(lobby(&[none, edit(6, Section::Lobby, 9, 9)].concat()), [0; 7]);
    }

    #[test]
    fn bytes_and_numbers_change() {
        assert_eq!(lobby(&edit(0, Section::Lobby, 3, 0x1ff))[..5], [0, 1, 2, 255, 4]);
        assert_eq!(lobby(&edit(1, Section::Lobby, 1, 7))[..6], [0, 7, 0, 0, 0, 5]);
        assert_eq!(lobby(&edit(2, Section::Lobby, 0, 1))[..5], [1, 1, 2, 3, 4]);
        assert_eq!(lobby(&edit(3, Section::Lobby, 0, 17))[..5], [17, 18, 19, 20, 4]);
        assert_eq!(lobby(&edit(4, Section::Lobby, 0, 14))[..8], [14, 15, 16, 17, 18, 19, 20, 7]);
    }
}
