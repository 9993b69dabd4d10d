//! Ids: three shapes of text, one canonical form each [C-1, C-2].

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use core::cmp::Ordering;
use core::fmt;
#[cfg(feature = "alloc")]
use core::str::FromStr;

use crate::limits::MAX_NAME_ID_BYTES;

const ULID_CHARS: usize = 26;
const UUID_CHARS: usize = 36;

/// The shape of an id. The form is part of the id: a ULID and a UUID of equal bits are two ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdForm {
    /// 26 characters of Crockford's base 32, upper case when printed.
    Ulid,
    /// 8-4-4-4-12 hexadecimal, lower case when printed.
    Uuid,
    /// 1..=64 bytes of `[A-Za-z0-9_.-]`, compared byte for byte.
    Name,
}

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdError {
    /// The text is empty.
    Empty,
    /// The text is longer than a name may be [`MAX_NAME_ID_BYTES`].
    TooLong {
        /// Length found, in bytes.
        bytes: usize,
    },
    /// A byte outside the alphabet of ids: `:`, `*`, `/`, white space, control or non-ASCII.
    Byte {
        /// The byte found.
        byte: u8,
        /// Where, counted in bytes from 0.
        offset: usize,
    },
}

impl core::error::Error for IdError {}

/// An id that borrows its text; what every id is parsed into. Needs no allocation.
///
/// Order is that of every list [C-77]: ULIDs, UUIDs, names, each bytewise.
///
/// ```
/// use vestibule::{IdForm, IdRef};
///
/// let lower = IdRef::parse("01arz3ndektsv4rrffq69g5fav")?;
/// let upper = IdRef::parse("01ARZ3NDEKTSV4RRFFQ69G5FAV")?;
/// assert_eq!(lower, upper);
/// assert_eq!(lower.form(), IdForm::Ulid);
/// assert_eq!(IdRef::parse("01HORG00000000000000000000")?.form(), IdForm::Name, "`O` is no ULID letter");
/// assert!(IdRef::parse("a:b").is_err());
/// # Ok::<(), vestibule::IdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdRef<'a>(Repr<'a>);

/// Which it is takes a word, so that the bytes begin at one, as the text does: with a byte, a processor without wide registers copies
/// them one by one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
enum Repr<'a> {
    Ulid([u8; 16]),
    Uuid([u8; 16]),
    Name(&'a str),
}

impl<'a> IdRef<'a> {
    /// Reads an id of any of the three forms.
    ///
    /// # Errors
    ///
    /// When the text is empty, too long, or has a byte outside `[A-Za-z0-9_.-]`.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[cfg_attr(feature = "compact", inline(never))]
    pub fn parse(text: &'a str) -> Result<Self, IdError> {
        if let Ok(ulid) = text.as_bytes().try_into()
            && let Some(number) = parse_ulid(ulid)
        {
            return Ok(Self(Repr::Ulid(number.to_be_bytes())));
        }
        Self::parse_other(text)
    }

    /// A UUID or a name.
    #[inline(never)]
    fn parse_other(text: &'a str) -> Result<Self, IdError> {
        if let Ok(uuid) = text.as_bytes().try_into()
            && let Some(bytes) = parse_uuid(uuid)
        {
            return Ok(Self(Repr::Uuid(bytes)));
        }
        check_name(text)?;
        Ok(Self(Repr::Name(text)))
    }

    /// A ULID from its 16 bytes, big-endian as in its text.
    #[must_use]
    pub const fn from_ulid_bytes(bytes: [u8; 16]) -> Self {
        Self(Repr::Ulid(bytes))
    }

    /// A UUID from its 16 bytes, in the order of its text.
    #[must_use]
    pub const fn from_uuid_bytes(bytes: [u8; 16]) -> Self {
        Self(Repr::Uuid(bytes))
    }

    /// The shape of this id.
    #[must_use]
    pub const fn form(&self) -> IdForm {
        match self.0 {
            Repr::Ulid(_) => IdForm::Ulid,
            Repr::Uuid(_) => IdForm::Uuid,
            Repr::Name(_) => IdForm::Name,
        }
    }

    /// The 16 bytes of a ULID or UUID; none of a name.
    #[inline]
    pub(crate) const fn sixteen(&self) -> Option<&[u8; 16]> {
        match &self.0 {
            Repr::Ulid(bytes) | Repr::Uuid(bytes) => Some(bytes),
            Repr::Name(_) => None,
        }
    }

    /// The 16 bytes of a ULID or UUID, or the bytes of a name.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Repr::Ulid(bytes) | Repr::Uuid(bytes) => bytes,
            Repr::Name(text) => text.as_bytes(),
        }
    }

    /// The canonical text, for as long as the callee needs it. No allocation.
    pub fn with_text<T>(&self, read: impl FnOnce(&str) -> T) -> T {
        read(self.text_in(&mut [0; UUID_CHARS]))
    }

    /// The canonical text, for which there is room. Apart, because callers of `with_text` are many.
    #[inline(never)]
    fn text_in<'t>(&'t self, room: &'t mut [u8; UUID_CHARS]) -> &'t str {
        let text = match &self.0 {
            Repr::Ulid(bytes) => write_ulid(*bytes, room),
            Repr::Uuid(bytes) => write_uuid(*bytes, room),
            Repr::Name(text) => return text,
        };
        core::str::from_utf8(text).unwrap_or_default()
    }

    /// A copy that owns its text.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn to_owned(&self) -> Id {
        Id(match self.0 {
            Repr::Ulid(bytes) => Owned::Ulid(bytes),
            Repr::Uuid(bytes) => Owned::Uuid(bytes),
            Repr::Name(text) => Owned::Name(text.into()),
        })
    }
}

/// The digits of Crockford's base 32, in order of worth.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What each byte is worth in it; [`NO_DIGIT`] for those that are no digit of it.
const DIGITS: [u32; 256] = digits();
/// A bit that stays beyond the digits of a group, wherever in the group it comes from.
const NO_DIGIT: u32 = 1 << GROUP_BITS;
const DIGIT_BITS: u32 = 5;
/// Digits read together: as many as leave room for the bit of each beyond them in 64.
const GROUP: usize = 6;
const GROUP_BITS: u32 = 30;
const GROUP_MASK: u64 = (1 << GROUP_BITS) - 1;

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "made by the compiler, of 32 digits"
)]
const fn digits() -> [u32; 256] {
    let alphabet = ALPHABET;
    let mut digits = [NO_DIGIT; 256];
    let mut digit = 0;
    while digit < alphabet.len() {
        let upper = alphabet[digit];
        digits[upper as usize] = digit as u32;
        digits[upper.to_ascii_lowercase() as usize] = digit as u32;
        digit += 1;
    }
    digits
}

/// Read here and not by the crate, because every decision from text reads two: it takes half as long. 26 × 5 bits are 130, so
/// a first letter over `7` would drop the two highest bits and make two spellings of one id. A number, for bytes would be copied.
#[cfg_attr(not(feature = "compact"), inline(always))]
#[cfg_attr(feature = "compact", inline(never))]
fn parse_ulid(text: &[u8; ULID_CHARS]) -> Option<u128> {
    let (groups, last) = text.as_chunks::<GROUP>();
    let [first, second, third, fourth] = groups else { return None };
    let [first, second, third, fourth] =
        [read_digits(first), read_digits(second), read_digits(third), read_digits(fourth)];
    let last = read_digits(last);
    // The first of the first six digits is over 7.
    let is_too_large = first >> (GROUP_BITS - 2) != 0;
    if is_too_large || (second | third | fourth | last) > GROUP_MASK {
        return None;
    }
    let high = first << GROUP_BITS | second;
    let low = third << GROUP_BITS | fourth;
    Some(u128::from(high) << 70 | u128::from(low) << 10 | u128::from(last))
}

/// At most six digits as a number; over [`GROUP_MASK`] where one is none.
#[cfg_attr(not(feature = "compact"), inline(always))]
fn read_digits(digits: &[u8]) -> u64 {
    let worth = |byte: &u8| DIGITS.get(usize::from(*byte)).map_or(0, |digit| u64::from(*digit));
    digits.iter().fold(0, |number, byte| number << DIGIT_BITS | worth(byte))
}

/// The text of a ULID, all of it ASCII. Written here because the crate `ulid` brings a clock along into browsers.
fn write_ulid(bytes: [u8; 16], room: &mut [u8; UUID_CHARS]) -> &[u8] {
    let mut rest = u128::from_be_bytes(bytes);
    let text = room.get_mut(..ULID_CHARS).unwrap_or_default();
    for place in text.iter_mut().rev() {
        // 5 bits are always a digit.
        let digit = usize::from(rest.to_le_bytes()[0] & 0x1f);
        *place = ALPHABET.get(digit).copied().unwrap_or_default();
        rest >>= DIGIT_BITS;
    }
    text
}

/// Where the two digits of each byte of a UUID are in its text.
const UUID_DIGITS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const UUID_HYPHENS: [usize; 4] = [8, 13, 18, 23];
/// The bits of a digit of a UUID; the first 16 digits of [`ALPHABET`] are those of hexadecimal.
const HALF_BYTE: u32 = 4;

/// A UUID in either case. Read and printed here as ULIDs are: the crate reads all spellings that there are of UUIDs.
fn parse_uuid(text: &[u8; UUID_CHARS]) -> Option<[u8; 16]> {
    if UUID_HYPHENS.iter().any(|at| text.get(*at) != Some(&b'-')) {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, at) in bytes.iter_mut().zip(&UUID_DIGITS) {
        let [high, low]: [u8; 2] = *text.get(*at..)?.first_chunk()?;
        let (high, low) = (*DIGITS.get(usize::from(high))?, *DIGITS.get(usize::from(low))?);
        if (high | low) >> HALF_BYTE != 0 {
            return None;
        }
        *byte = u8::try_from(high << HALF_BYTE | low).ok()?;
    }
    Some(bytes)
}

/// The text of a UUID, all of it ASCII.
fn write_uuid(bytes: [u8; 16], room: &mut [u8; UUID_CHARS]) -> &[u8] {
    let digit = |half: u8| {
        let digit = ALPHABET.get(usize::from(half)).copied().unwrap_or_default();
        digit.to_ascii_lowercase()
    };
    *room = [b'-'; UUID_CHARS];
    for (byte, at) in bytes.iter().zip(&UUID_DIGITS) {
        if let Some(digits) = room.get_mut(*at..).and_then(<[u8]>::first_chunk_mut) {
            *digits = [digit(byte >> HALF_BYTE), digit(byte & 0xf)];
        }
    }
    room
}

fn check_name(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > MAX_NAME_ID_BYTES {
        return Err(IdError::TooLong { bytes: text.len() });
    }
    match text.bytes().enumerate().find(|(_, byte)| !is_id_byte(*byte)) {
        Some((offset, byte)) => Err(IdError::Byte { byte, offset }),
        None => Ok(()),
    }
}

/// Whether a text is as long as a ULID or a UUID, the only forms with more than one spelling.
#[cfg(feature = "alloc")]
pub(crate) const fn may_be_ulid_or_uuid(text: &str) -> bool {
    matches!(text.len(), ULID_CHARS | UUID_CHARS)
}

/// Whether a byte may stand in a name or in a segment of a role path.
pub(crate) const fn is_id_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}

impl fmt::Display for IdRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.pad(text))
    }
}

impl fmt::Debug for IdRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

/// An id that owns its text.
#[cfg(feature = "alloc")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Id(Owned);

#[cfg(feature = "alloc")]
#[derive(Clone, PartialEq, Eq, Hash)]
enum Owned {
    Ulid([u8; 16]),
    Uuid([u8; 16]),
    Name(Box<str>),
}

#[cfg(feature = "alloc")]
impl Id {
    /// The borrowed view, which is what lookups take.
    #[must_use]
    pub fn as_ref(&self) -> IdRef<'_> {
        IdRef(match &self.0 {
            Owned::Ulid(bytes) => Repr::Ulid(*bytes),
            Owned::Uuid(bytes) => Repr::Uuid(*bytes),
            Owned::Name(text) => Repr::Name(text),
        })
    }

    /// The shape of this id.
    #[must_use]
    pub fn form(&self) -> IdForm {
        self.as_ref().form()
    }

    /// The canonical text.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.as_ref().with_text(|text| text.into())
    }
}

#[cfg(feature = "alloc")]
impl FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        IdRef::parse(text).map(|id| id.to_owned())
    }
}

#[cfg(feature = "alloc")]
impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(feature = "alloc")]
impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_ref().cmp(&other.as_ref())
    }
}

#[cfg(feature = "alloc")]
impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().fmt(f)
    }
}

#[cfg(feature = "alloc")]
impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_ref(), f)
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use proptest::prelude::*;
    use ulid::Ulid;
    use uuid::Uuid;

    use super::*;

    proptest! {
        /// [C-1]
        #[test]
        fn a_ulid_is_read_and_printed_as_the_crate_does_it(
            text in "[0-9A-Za-z]{26}|[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}|[0-9a-z_.-]{26}",
        ) {
            let expected = Ulid::from_string(&text).ok().filter(|_| text.as_bytes()[0] <= b'7');
            let read = IdRef::parse(&text).unwrap();
            prop_assert_eq!(read.form() == IdForm::Ulid, expected.is_some(), "{}", text);
            if let Some(ulid) = expected {
                prop_assert_eq!(read.as_bytes(), ulid.to_bytes());
                prop_assert_eq!(read.to_string(), ulid.to_string());
            }
        }

        /// [C-1]
        #[test]
        fn a_uuid_is_read_and_printed_as_the_crate_does_it(
            text in "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-g-]{36}|[0-9a-f]{8}-[0-9a-f-]{14}-[0-9a-fA-F]{12}",
        ) {
            let expected = Uuid::try_parse(&text).ok();
            let read = IdRef::parse(&text).unwrap();
            prop_assert_eq!(read.form() == IdForm::Uuid, expected.is_some(), "{}", text);
            if let Some(uuid) = expected {
                prop_assert_eq!(read.as_bytes(), uuid.as_bytes());
                prop_assert_eq!(read.to_string(), uuid.hyphenated().to_string());
            }
        }
    }
}
