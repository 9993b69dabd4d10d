//! The header: is this an image, whole, and undamaged?

use crate::facts::to_index;
use sha2::{Digest, Sha256};
use zerocopy::FromBytes;

use crate::image::SliceKind;
use crate::image::error::{ImageError, ImageFault};
use crate::image::layout::{
    DIGEST_BYTES, DIGEST_OFFSET, FORMAT_VERSION, HEADER_BYTES, Header, MAGIC,
};
use crate::limits::MAX_IMAGE_SECTIONS;

const VERSION_OFFSET: usize = 8;
const MINIMUM_READER_OFFSET: usize = 10;
const LENGTH_OFFSET: usize = 12;
const FRESH_FOR_OFFSET: usize = 64;
const SLICE_OFFSET: usize = 80;
const SUBJECT_OFFSET: usize = 84;
const SECTIONS_OFFSET: usize = 88;

const fn refuse(fault: ImageFault, offset: usize) -> ImageError {
    ImageError::new(fault, None, offset)
}

/// The header of bytes that are an image as far as header and digest go.
#[inline(never)]
pub(super) fn check_header(bytes: &[u8]) -> Result<&Header, ImageError> {
    let Ok((header, _)) = Header::ref_from_prefix(bytes) else {
        return Err(refuse(ImageFault::Length, bytes.len()));
    };
    if header.magic != MAGIC {
        return Err(refuse(ImageFault::Magic, 0));
    }
    if header.version.get() == 0 || header.version < header.minimum_reader {
        return Err(refuse(ImageFault::Version, VERSION_OFFSET));
    }
    if header.minimum_reader.get() == 0 || header.minimum_reader.get() > FORMAT_VERSION {
        return Err(refuse(ImageFault::Version, MINIMUM_READER_OFFSET));
    }
    let length = to_index(header.length.get());
    let all = length.checked_add(to_index(header.seal.get()));
    if all != Some(bytes.len()) || length < HEADER_BYTES {
        return Err(refuse(ImageFault::Length, LENGTH_OFFSET));
    }
    if digest(bytes, length) != Some(header.digest) {
        return Err(refuse(ImageFault::Digest, DIGEST_OFFSET));
    }
    check_fields(header)?;
    Ok(header)
}

fn check_fields(header: &Header) -> Result<(), ImageError> {
    let slice = SliceKind::from_number(header.slice);
    if slice.is_none() || header.zero != [0; 3] {
        return Err(refuse(ImageFault::Header, SLICE_OFFSET));
    }
    if (slice == Some(SliceKind::Everything)) != (header.subject.get() == u32::MAX) {
        return Err(refuse(ImageFault::Header, SUBJECT_OFFSET));
    }
    if header.fresh_for > header.max_stale {
        return Err(refuse(ImageFault::Header, FRESH_FOR_OFFSET));
    }
    if to_index(header.sections.get()) > MAX_IMAGE_SECTIONS {
        return Err(refuse(ImageFault::Header, SECTIONS_OFFSET));
    }
    Ok(())
}

/// The SHA-256 of an image of this length, its own field left out.
pub(crate) fn digest(bytes: &[u8], length: usize) -> Option<[u8; DIGEST_BYTES]> {
    let after = DIGEST_OFFSET.checked_add(DIGEST_BYTES)?;
    let mut hash = Sha256::new();
    hash.update(bytes.get(..DIGEST_OFFSET)?);
    hash.update(bytes.get(after..length)?);
    let mut digest = [0; DIGEST_BYTES];
    // In place: a hash that is taken by value is copied, and has 112 bytes.
    hash.finalize_into_reset((&mut digest).into());
    Some(digest)
}
