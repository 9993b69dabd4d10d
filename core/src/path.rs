//! Role paths and the only matching rule of the project [C-3].

use alloc::boxed::Box;
use alloc::string::String;

use crate::id::{IdForm, IdRef, is_id_byte, may_be_ulid_or_uuid};
use crate::limits::{MAX_PATH_BYTES, MAX_PATH_SEGMENTS, MAX_SEGMENT_BYTES};

/// The segment that stands for others.
pub(crate) const WILDCARD: &str = "*";

/// Why a text is not a role path. Offsets and lengths are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// A segment is empty: the text is empty, starts or ends with `:`, or has `::`.
    #[error("segment {segment} of a role path is empty, expected `*` or `A-Z a-z 0-9 _ . -`")]
    EmptySegment {
        /// Which segment, counted from 1.
        segment: usize,
    },
    /// A byte outside the alphabet; also `*` beside other characters.
    #[error(
        "a role path has the byte 0x{byte:02x} at offset {offset}, expected segments of \
         `A-Z a-z 0-9 _ . -` or a lone `*`"
    )]
    Byte {
        /// The byte found.
        byte: u8,
        /// Where, counted from 0.
        offset: usize,
    },
    /// A segment is longer than [`MAX_SEGMENT_BYTES`].
    #[error("segment {segment} of a role path has {bytes} bytes, expected at most 64")]
    LongSegment {
        /// Which segment, counted from 1.
        segment: usize,
        /// Length found.
        bytes: usize,
    },
    /// More than [`MAX_PATH_SEGMENTS`] segments.
    #[error("a role path has {segments} segments, expected at most 8")]
    TooManySegments {
        /// Number found.
        segments: usize,
    },
    /// Longer than [`MAX_PATH_BYTES`].
    #[error("a role path has {bytes} bytes, expected at most 256")]
    TooLong {
        /// Length found.
        bytes: usize,
    },
}

/// A role or permission: `segment(:segment){0,7}`, where a segment may be `*`.
///
/// Order is bytewise on the canonical text.
///
/// ```
/// use vestibule::RolePath;
///
/// let held: RolePath = "virtual_access:integration:01HINTEGRATION00000000000000:*".parse()?;
/// assert!(held.covers(&"virtual_access:integration:01HINTEGRATION00000000000000:resident".parse()?));
/// assert!(!held.covers(&"virtual_access:integration:01HINTEGRATION00000000000000".parse()?));
/// assert!(!held.covers(&"virtual_access:integration:01HINTEGRATION000000000000001:admin".parse()?));
/// # Ok::<(), vestibule::PathError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RolePath(Box<str>);

impl RolePath {
    /// Reads a path and puts each segment that is a ULID or UUID in its canonical form.
    ///
    /// # Errors
    ///
    /// When the text is not a path; see [`PathError`].
    pub fn parse(text: &str) -> Result<Self, PathError> {
        check(text)?;
        if text.split(':').all(is_canonical) {
            return Ok(Self(text.into()));
        }
        let mut canonical = String::with_capacity(text.len());
        for (position, segment) in text.split(':').enumerate() {
            if position > 0 {
                canonical.push(':');
            }
            match IdRef::parse(segment) {
                Ok(id) => id.with_text(|id| canonical.push_str(id)),
                Err(_) => canonical.push_str(segment),
            }
        }
        Ok(Self(canonical.into()))
    }

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The segments, from the left; 1 to 8 of them.
    pub fn segments(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.split(':')
    }

    /// Whether some segment is `*`.
    #[must_use]
    pub fn has_wildcard(&self) -> bool {
        self.segments().any(|segment| segment == WILDCARD)
    }

    /// Whether everything that `wanted` stands for, this path stands for too. Reflexive, transitive,
    /// and antisymmetric. O(length of the shorter text) [C-3].
    #[must_use]
    pub fn covers(&self, wanted: &Self) -> bool {
        covers(&self.0, &wanted.0)
    }

    /// Whether some path is covered by both. Symmetric.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        overlaps(&self.0, &other.0)
    }
}

fn is_canonical(segment: &str) -> bool {
    if !may_be_ulid_or_uuid(segment) {
        return true;
    }
    match IdRef::parse(segment) {
        Ok(id) if id.form() != IdForm::Name => id.with_text(|text| text == segment),
        _ => true,
    }
}

impl core::str::FromStr for RolePath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        Self::parse(text)
    }
}

impl core::fmt::Display for RolePath {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(&self.0)
    }
}

impl core::fmt::Debug for RolePath {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "RolePath({self})")
    }
}

/// Checks the grammar of C-3 in one pass over the bytes.
fn check(text: &str) -> Result<(), PathError> {
    if text.len() > MAX_PATH_BYTES {
        return Err(PathError::TooLong { bytes: text.len() });
    }
    let mut rest = text.as_bytes();
    for position in 1_usize.. {
        let (segment, next) = split(rest);
        let start = text.len().saturating_sub(rest.len());
        check_segment(segment, position, start)?;
        match next {
            None => break,
            Some(_) if position == MAX_PATH_SEGMENTS => {
                return Err(PathError::TooManySegments { segments: text.split(':').count() });
            }
            Some(next) => rest = next,
        }
    }
    Ok(())
}

fn check_segment(segment: &[u8], position: usize, start: usize) -> Result<(), PathError> {
    if segment == WILDCARD.as_bytes() {
        return Ok(());
    }
    if segment.is_empty() {
        return Err(PathError::EmptySegment { segment: position });
    }
    if let Some(offset) = segment.iter().position(|byte| !is_id_byte(*byte)) {
        let byte = segment.get(offset).copied().unwrap_or_default();
        return Err(PathError::Byte { byte, offset: start.saturating_add(offset) });
    }
    if segment.len() > MAX_SEGMENT_BYTES {
        return Err(PathError::LongSegment { segment: position, bytes: segment.len() });
    }
    Ok(())
}

/// The first segment, and what follows its `:`.
#[inline]
fn split(path: &[u8]) -> (&[u8], Option<&[u8]>) {
    let colon = path.iter().position(|byte| *byte == b':');
    match colon.and_then(|colon| Some((path.get(..colon)?, path.get(colon..)?.split_first()?))) {
        Some((segment, (_, rest))) => (segment, Some(rest)),
        None => (path, None),
    }
}

/// `covers` on two canonical texts; the steps are those of semantics.md 1.2.
pub(crate) fn covers(held: &str, wanted: &str) -> bool {
    let wildcard = WILDCARD.as_bytes();
    let (mut held, mut wanted) = (held.as_bytes(), wanted.as_bytes());
    loop {
        let (have, held_rest) = split(held);
        let (want, wanted_rest) = split(wanted);
        if held_rest.is_none() && have == wildcard {
            return true;
        }
        if wanted_rest.is_none() && want == wildcard {
            return false;
        }
        if have != wildcard && have != want {
            return false;
        }
        match (held_rest, wanted_rest) {
            (Some(held_rest), Some(wanted_rest)) => (held, wanted) = (held_rest, wanted_rest),
            (None, None) => return true,
            _ => return false,
        }
    }
}

/// `overlaps` on two canonical texts.
pub(crate) fn overlaps(a: &str, b: &str) -> bool {
    let wildcard = WILDCARD.as_bytes();
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        let (left, a_rest) = split(a);
        let (right, b_rest) = split(b);
        if (a_rest.is_none() && left == wildcard) || (b_rest.is_none() && right == wildcard) {
            return true;
        }
        if left != wildcard && right != wildcard && left != right {
            return false;
        }
        match (a_rest, b_rest) {
            (Some(a_rest), Some(b_rest)) => (a, b) = (a_rest, b_rest),
            (None, None) => return true,
            _ => return false,
        }
    }
}
