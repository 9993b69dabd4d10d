//! What is printed, in pieces of text. `Display` says the same; the formatting of the standard library, which pads and aligns
//! whatever it is given, makes modules for browsers larger, so texts can be had without it.

#[cfg(feature = "alloc")]
use alloc::string::String;
use core::fmt;

#[cfg(feature = "alloc")]
use crate::estate::Printable;
use crate::id::IdError;
use crate::image::{ImageError, OutsideSlice, Section};
use crate::request::{Principal, Problem, RequestError, Resource};
use crate::time::{Civil, Timestamp};

/// Takes the pieces of a text.
type Take<'t> = dyn FnMut(&str) + 't;

/// Something that is said in pieces.
pub(crate) trait Say {
    /// Gives the pieces one after the other.
    fn say(&self, take: &mut Take<'_>);

    /// All of them.
    #[cfg(feature = "alloc")]
    fn said(&self) -> String {
        let mut text = String::new();
        self.say(&mut |piece| text.push_str(piece));
        text
    }

    /// For `Display`.
    fn print(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.say(&mut |piece| {
            if result.is_ok() {
                result = f.write_str(piece);
            }
        });
        result
    }
}

/// The text of what is printed, and its `Display`.
macro_rules! printed {
    ($($type:ty),+ $(,)?) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.print(f)
            }
        }

        #[cfg(feature = "alloc")]
        impl $type {
            /// What `to_string` gives, without the code for formatting.
            #[must_use]
            pub fn to_text(&self) -> String {
                self.said()
            }
        }
    )+};
}

printed!(IdError, ImageError, OutsideSlice, Principal<'_>, RequestError, Resource<'_>, Timestamp);

impl Say for IdError {
    fn say(&self, take: &mut Take<'_>) {
        match *self {
            Self::Empty => {
                take("an id is empty, expected 1 to 64 characters of `A-Z a-z 0-9 _ . -`");
            }
            Self::TooLong { bytes } => {
                take("an id has ");
                decimal(as_u64(bytes), take);
                take(" bytes, expected at most 64");
            }
            Self::Byte { byte, offset } => {
                take("an id has the byte 0x");
                number(byte.into(), HEXADECIMAL, 2, take);
                take(" at offset ");
                decimal(as_u64(offset), take);
                take(", expected `A-Z a-z 0-9 _ . -`");
            }
        }
    }
}

impl Say for ImageError {
    fn say(&self, take: &mut Take<'_>) {
        take("image: ");
        take(self.section().map_or("header", Section::as_str));
        take(", byte ");
        decimal(as_u64(self.offset()), take);
        take(": expected ");
        take(self.fault().expected());
    }
}

impl Say for OutsideSlice {
    fn say(&self, take: &mut Take<'_>) {
        take("the image does not hold what this asks about, expected something within its slice");
    }
}

impl Say for Principal<'_> {
    fn say(&self, take: &mut Take<'_>) {
        let (kind, id) = match self {
            Self::Person(id) => ("person:", id),
            Self::UnitToken(id) => ("unit_token:", id),
        };
        take(kind);
        id.with_text(take);
    }
}

impl Say for Resource<'_> {
    fn say(&self, take: &mut Take<'_>) {
        take(self.kind().as_str());
        if let Some(id) = self.id() {
            take(":");
            id.with_text(take);
        }
    }
}

impl Say for RequestError {
    fn say(&self, take: &mut Take<'_>) {
        take("`");
        take(self.field());
        take("`: ");
        match self.problem() {
            Problem::Form => {
                take("expected ");
                take(self.expected());
            }
            Problem::Id(cause) => cause.say(take),
        }
    }
}

impl Say for Timestamp {
    /// RFC 3339 in UTC, with milliseconds only where there are some; milliseconds and `ms` beyond its years.
    fn say(&self, take: &mut Take<'_>) {
        let Some(civil) = self.civil() else {
            let millis = self.as_millis();
            if millis < 0 {
                take("-");
            }
            decimal(millis.unsigned_abs(), take);
            return take("ms");
        };
        let Civil { year, month, day, hour, minute, second, millis } = civil;
        let parts = [("-", month), ("-", day), ("T", hour), (":", minute), (":", second)];
        number(year.into(), DECIMAL, 4, take);
        for (before, part) in parts {
            take(before);
            number(part.into(), DECIMAL, 2, take);
        }
        if millis != 0 {
            take(".");
            number(millis.into(), DECIMAL, 3, take);
        }
        take("Z");
    }
}

#[cfg(feature = "alloc")]
impl Say for Printable<'_> {
    fn say(&self, take: &mut Take<'_>) {
        for (position, character) in self.0.chars().enumerate() {
            if position == Printable::MOST_CHARS {
                return take("…");
            }
            if Printable::is_forbidden(character) {
                take("\\u{");
                number(u32::from(character).into(), HEXADECIMAL, 1, take);
                take("}");
            } else {
                take(character.encode_utf8(&mut [0; 4]));
            }
        }
    }
}

const DECIMAL: u64 = 10;
const HEXADECIMAL: u64 = 16;
/// The digits of the longest number, in decimal.
const MOST_DIGITS: usize = 20;

fn as_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn decimal(value: u64, take: &mut Take<'_>) {
    number(value, DECIMAL, 1, take);
}

/// A number to a base up to 16, with zeros before it up to a number of digits.
fn number(value: u64, base: u64, fewest: usize, take: &mut Take<'_>) {
    let mut digits = [b'0'; MOST_DIGITS];
    let mut rest = value;
    let mut start = MOST_DIGITS;
    for place in digits.iter_mut().rev() {
        let [digit, ..] = rest.checked_rem(base).unwrap_or_default().to_le_bytes();
        *place = b"0123456789abcdef".get(usize::from(digit)).copied().unwrap_or_default();
        rest = rest.checked_div(base).unwrap_or_default();
        start = start.saturating_sub(1);
        if rest == 0 {
            break;
        }
    }
    let start = start.min(MOST_DIGITS.saturating_sub(fewest));
    let digits = digits.get(start..).and_then(|digits| core::str::from_utf8(digits).ok());
    take(digits.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_does_it() {
        for value in [0, 7, 10, 99, 100, 255, 256, u64::from(u32::MAX), u64::MAX] {
            let mut decimals = String::new();
            decimal(value, &mut |piece| decimals.push_str(piece));
            assert_eq!(decimals, value.to_string());
        }
        let mut padded = String::new();
        number(7, DECIMAL, 4, &mut |piece| padded.push_str(piece));
        number(0xbeef, HEXADECIMAL, 1, &mut |piece| padded.push_str(piece));
        assert_eq!(padded, "0007beef");
    }

    #[test]
    fn printable_text_is_escaped_as_the_standard_library_does_it() {
        let text = "a\u{202e}b\n\u{1f600}";
        assert_eq!(Printable(text).to_string(), "a\\u{202e}b\\u{a}\u{1f600}");
        assert_eq!(Printable(&"x".repeat(81)).said(), "x".repeat(80) + "…");
    }
}
