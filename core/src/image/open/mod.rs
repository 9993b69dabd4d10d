//! Opening: everything that a read relies on is looked at once, so that no read can fail. O(bytes), nothing allocated.

mod check;
mod check_grants;
mod check_ids;
mod check_keys;
mod check_lists;
mod check_places;
mod check_slice;
mod check_text;
mod check_tree;
mod header;
mod sections;

use self::check::Check;
use self::header::check_header;
#[cfg(feature = "alloc")]
pub(crate) use self::header::digest;
use self::sections::Sections;
use super::Image;
use super::error::ImageError;

impl<'a> Image<'a> {
    /// Opens an image: looks at its digest, every offset, number and order, once. After that no read can fail. O(bytes);
    /// allocates nothing. The bytes must not change while the image is used.
    ///
    /// # Errors
    ///
    /// What is wrong first, in which section, and at which byte.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImageError> {
        checked(&undamaged(bytes)?)
    }
}

/// The sections of bytes whose header and digest are those of an image.
#[inline(never)]
fn undamaged(bytes: &[u8]) -> Result<Sections<'_>, ImageError> {
    Sections::read(bytes, check_header(bytes)?)
}

/// Assembles and looks at everything. Its result is one variable from end to end: each more would be a copy of the image,
/// a fifth of a panel's stack.
#[inline(never)]
fn checked<'a>(sections: &Sections<'a>) -> Result<Image<'a>, ImageError> {
    let mut opened = sections.assemble();
    if let Ok(image) = &opened
        && let Err(error) = CHECKS.iter().try_for_each(|check| check(&Check { image, sections }))
    {
        opened = Err(error);
    }
    opened
}

/// What is looked at in one section, or between some.
type CheckOf = fn(&Check<'_, '_>) -> Result<(), ImageError>;

/// Each relies on those before it.
const CHECKS: [CheckOf; 14] = [
    |check| check.slice(),
    |check| check.texts(),
    |check| check.keys(),
    |check| check.meanings(),
    |check| check.conditions(),
    |check| check.ids(),
    |check| check.lists(),
    |check| check.access(),
    |check| check.tree(),
    |check| check.places(),
    |check| check.owned(),
    |check| check.turned(),
    |check| check.people(),
    |check| check.lobby(),
];
