//! Writing an image: sections end to end, the table before them, the digest over all. What goes into the sections is for
//! whoever knows the estate.

mod csr;
mod index;
mod texts;

use alloc::vec::Vec;

use zerocopy::little_endian::{I64, U16, U32, U64};
use zerocopy::{Immutable, IntoBytes};

pub(crate) use self::csr::{Csr, sum};
pub(crate) use self::index::{Alias, write_index};
pub(crate) use self::texts::TextPool;
use super::SliceKind;
use super::layout::{
    DIGEST_BYTES, DIGEST_OFFSET, FORMAT_VERSION, HEADER_BYTES, Header, MAGIC, SectionEntry,
};
use super::open::digest;
use super::section::Section;
use crate::time::Timestamp;

/// The bytes of a section, all of them rows.
pub(crate) fn section(rows: &(impl IntoBytes + Immutable + ?Sized)) -> &[u8] {
    rows.as_bytes()
}

/// What the header says beside lengths and digest.
pub(crate) struct Title {
    pub(crate) revision: u64,
    pub(crate) issued_at: Timestamp,
    pub(crate) fresh_for: u64,
    pub(crate) max_stale: u64,
    pub(crate) slice: SliceKind,
    pub(crate) subject: u32,
}

/// An image of these sections, each the bytes of one in the order of [`Section::ALL`]; none where it would have over 4 GiB.
pub(crate) fn assemble(title: &Title, sections: &[&[u8]; Section::ALL.len()]) -> Option<Vec<u8>> {
    let table = size_of::<SectionEntry>().checked_mul(sections.len())?;
    let first = HEADER_BYTES.checked_add(table)?;
    let length = sections.iter().try_fold(first, |sum, bytes| sum.checked_add(bytes.len()))?;
    let mut image = Vec::with_capacity(length);
    image.extend_from_slice(header(title, length, sections.len())?.as_bytes());
    let mut offset = first;
    for (section, bytes) in Section::ALL.iter().zip(sections) {
        let entry = SectionEntry {
            kind: U16::new(section.number()),
            flags: U16::new(SectionEntry::REQUIRED),
            offset: U32::new(u32::try_from(offset).ok()?),
            length: U32::new(u32::try_from(bytes.len()).ok()?),
        };
        image.extend_from_slice(entry.as_bytes());
        offset = offset.checked_add(bytes.len())?;
    }
    sections.iter().for_each(|bytes| image.extend_from_slice(bytes));
    let digest = digest(&image, image.len())?;
    let place = DIGEST_OFFSET..DIGEST_OFFSET.checked_add(DIGEST_BYTES)?;
    image.get_mut(place)?.copy_from_slice(&digest);
    Some(image)
}

fn header(title: &Title, length: usize, sections: usize) -> Option<Header> {
    Some(Header {
        magic: MAGIC,
        version: U16::new(FORMAT_VERSION),
        minimum_reader: U16::new(FORMAT_VERSION),
        length: U32::new(u32::try_from(length).ok()?),
        digest: [0; DIGEST_BYTES],
        revision: U64::new(title.revision),
        issued_at: I64::new(title.issued_at.as_millis()),
        fresh_for: U64::new(title.fresh_for),
        max_stale: U64::new(title.max_stale),
        slice: title.slice as u8,
        zero: [0; 3],
        subject: U32::new(title.subject),
        sections: U32::new(u32::try_from(sections).ok()?),
        seal: U32::new(0),
    })
}
