//! Role paths and the only matching rule of the project [C-3].

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::string::String;

use crate::id::is_id_byte;
#[cfg(feature = "alloc")]
use crate::id::{IdForm, IdRef};
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
#[cfg(feature = "alloc")]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RolePath(Box<str>);

#[cfg(feature = "alloc")]
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

#[cfg(feature = "alloc")]
fn is_canonical(segment: &str) -> bool {
    match IdRef::parse(segment) {
        Ok(id) if id.form() != IdForm::Name => id.with_text(|text| text == segment),
        _ => true,
    }
}

#[cfg(feature = "alloc")]
impl core::str::FromStr for RolePath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        Self::parse(text)
    }
}

#[cfg(feature = "alloc")]
impl core::fmt::Display for RolePath {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(feature = "alloc")]
impl core::fmt::Debug for RolePath {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "RolePath({self})")
    }
}

/// Checks the grammar of C-3.
fn check(text: &str) -> Result<(), PathError> {
    if text.len() > MAX_PATH_BYTES {
        return Err(PathError::TooLong { bytes: text.len() });
    }
    let segments = text.split(':').count();
    if segments > MAX_PATH_SEGMENTS {
        return Err(PathError::TooManySegments { segments });
    }
    let mut offset = 0_usize;
    for (segment, position) in text.split(':').zip(1..) {
        check_segment(segment, position, offset)?;
        offset = offset.saturating_add(segment.len()).saturating_add(1);
    }
    Ok(())
}

fn check_segment(segment: &str, position: usize, start: usize) -> Result<(), PathError> {
    if segment == WILDCARD {
        return Ok(());
    }
    if segment.is_empty() {
        return Err(PathError::EmptySegment { segment: position });
    }
    if let Some((offset, byte)) = segment.bytes().enumerate().find(|(_, byte)| !is_id_byte(*byte)) {
        return Err(PathError::Byte { byte, offset: start.saturating_add(offset) });
    }
    if segment.len() > MAX_SEGMENT_BYTES {
        return Err(PathError::LongSegment { segment: position, bytes: segment.len() });
    }
    Ok(())
}

/// `covers` on two canonical texts; the steps are those of semantics.md 1.2.
pub(crate) fn covers(held: &str, wanted: &str) -> bool {
    let mut held = held.split(':').peekable();
    let mut wanted = wanted.split(':').peekable();
    loop {
        let (Some(have), Some(want)) = (held.next(), wanted.next()) else {
            return false;
        };
        let held_ends = held.peek().is_none();
        let wanted_ends = wanted.peek().is_none();
        if held_ends && have == WILDCARD {
            return true;
        }
        if wanted_ends && want == WILDCARD {
            return false;
        }
        if have != WILDCARD && have != want {
            return false;
        }
        if held_ends || wanted_ends {
            return held_ends && wanted_ends;
        }
    }
}

/// `overlaps` on two canonical texts.
pub(crate) fn overlaps(a: &str, b: &str) -> bool {
    let mut a = a.split(':').peekable();
    let mut b = b.split(':').peekable();
    loop {
        let (Some(left), Some(right)) = (a.next(), b.next()) else {
            return false;
        };
        let a_ends = a.peek().is_none();
        let b_ends = b.peek().is_none();
        if (a_ends && left == WILDCARD) || (b_ends && right == WILDCARD) {
            return true;
        }
        if left != WILDCARD && right != WILDCARD && left != right {
            return false;
        }
        if a_ends || b_ends {
            return a_ends && b_ends;
        }
    }
}
