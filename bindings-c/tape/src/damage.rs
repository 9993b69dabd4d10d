//! Images that are damaged, cut short or made up, and what opening them says.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use vestibule::Image;
use vestibule_c::{VESTIBULE_E_IMAGE, VESTIBULE_OK};

use crate::tape::{Fields, Kind, Tape, size};

/// Where the digest lies, see core/docs/format.md.
const DIGEST: core::ops::Range<usize> = 16..48;
const HEADER_BYTES: usize = 96;
/// Of how many bytes one is changed without the digest being made right.
const STRIDE: usize = 61;

/// Changes of the image that was put in place last.
pub fn add(tape: &mut Tape, name: &str, bytes: &[u8]) {
    for length in lengths(bytes.len()) {
        add_cut(tape, name, bytes, length);
    }
    for at in (0..HEADER_BYTES).chain((HEADER_BYTES..bytes.len()).step_by(STRIDE)) {
        let patch = Patch { at, bytes: vec![bytes[at] ^ 0x10] };
        add_patched(tape, &format!("{name}: byte {at} damaged"), bytes, &[patch]);
    }
    add_made_up(tape, name, bytes);
}

fn lengths(whole: usize) -> impl Iterator<Item = usize> {
    let begin = [0, 1, 7, 8, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 1];
    begin.into_iter().chain([whole / 2, whole - 1, whole + 1])
}

/// Bytes that lie elsewhere than they did.
struct Patch {
    at: usize,
    bytes: Vec<u8>,
}

/// Fields: how many bytes are given, zeros after those of the image; the number of patches, 4 bytes; for each its place, 4 bytes,
/// and its bytes; the status of opening; fault, section and offset, the last of 4 bytes.
fn fields(length: usize, patches: &[Patch], damaged: &[u8]) -> Fields {
    let fields = Fields::new().u32(size(length)).u32(size(patches.len()));
    let fields =
        patches.iter().fold(fields, |fields, patch| fields.u32(size(patch.at)).bytes(&patch.bytes));
    match Image::open(damaged) {
        Ok(_) => fields.status(VESTIBULE_OK).text("").text("").u32(0),
        Err(error) => fields
            .status(VESTIBULE_E_IMAGE)
            .text(error.fault().as_str())
            .text(error.section().map_or("header", |section| section.as_str()))
            .u32(size(error.offset())),
    }
}

fn add_cut(tape: &mut Tape, name: &str, bytes: &[u8], length: usize) {
    let mut cut = bytes.to_vec();
    cut.resize(length, 0);
    assert!(Image::open(&cut).is_err(), "{name}: {length} of {} bytes", bytes.len());
    let name = format!("{name}: {length} of {} bytes", bytes.len());
    tape.add(Kind::Damaged, &name, fields(length, &[], &cut));
}

fn add_patched(tape: &mut Tape, name: &str, bytes: &[u8], patches: &[Patch]) {
    let mut damaged = bytes.to_vec();
    for patch in patches {
        damaged[patch.at..patch.at + patch.bytes.len()].copy_from_slice(&patch.bytes);
    }
    tape.add(Kind::Damaged, name, fields(damaged.len(), patches, &damaged));
}

/// Bytes changed and the digest made right again: for every fault that this leads to in a section, the first change that does; and
/// the first of those that are another good image.
fn add_made_up(tape: &mut Tape, name: &str, bytes: &[u8]) {
    let mut met = BTreeSet::new();
    for at in (0..DIGEST.start).chain(DIGEST.end..bytes.len()) {
        for other in others(bytes[at]) {
            let mut made_up = bytes.to_vec();
            made_up[at] = other;
            seal(&mut made_up);
            if met.insert(fault(&made_up)) {
                let seal = Patch { at: DIGEST.start, bytes: made_up[DIGEST].to_vec() };
                let patch = Patch { at, bytes: vec![other] };
                let name = format!("{name}: byte {at} made {other}");
                add_patched(tape, &name, bytes, &[patch, seal]);
            }
        }
    }
}

fn others(byte: u8) -> [u8; 4] {
    [byte.wrapping_add(1), byte.wrapping_sub(1), byte ^ 0x80, 0xFF]
}

/// What opening says, without where.
fn fault(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let error = Image::open(bytes).err()?;
    Some((error.section().map_or("header", |section| section.as_str()), error.fault().as_str()))
}

/// Makes the digest right again.
fn seal(bytes: &mut [u8]) {
    let mut hash = Sha256::new();
    hash.update(&bytes[..DIGEST.start]);
    hash.update(&bytes[DIGEST.end..]);
    bytes[DIGEST].copy_from_slice(&hash.finalize());
}
