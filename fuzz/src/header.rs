//! The beginning of an image, made so that opening comes to what follows.

use sha2::{Digest, Sha256};

use crate::agreement::{DIGEST, HEADER_BYTES, u32_at};

const MAGIC: [u8; 8] = *b"\x89VSTBL\r\n";
/// Magic, version 1 for readers of version 1.
const VERSION: usize = 8;
const LENGTH: usize = 12;
const SEAL: usize = 92;

/// Makes magic, versions, length and digest those of an image of these bytes. Slice, subject, sections and, where there
/// are so many bytes, the seal stay. Fewer bytes than a header are left alone.
pub(crate) fn put_right(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() < HEADER_BYTES {
        return bytes;
    }
    bytes[..VERSION].copy_from_slice(&MAGIC);
    bytes[VERSION..LENGTH].copy_from_slice(&[1, 0, 1, 0]);
    let seal = u32_at(&bytes, SEAL) as usize;
    let length = bytes.len().checked_sub(seal).filter(|length| *length >= HEADER_BYTES);
    let length = length.unwrap_or_else(|| {
        bytes[SEAL..HEADER_BYTES].fill(0);
        bytes.len()
    });
    let field = u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    bytes[LENGTH..DIGEST.start].copy_from_slice(&field);
    let mut hash = Sha256::new();
    hash.update(&bytes[..DIGEST.start]);
    hash.update(&bytes[DIGEST.end..length]);
    bytes[DIGEST].copy_from_slice(&hash.finalize());
    bytes
}
