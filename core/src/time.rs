//! Instants and validity windows [C-54, C-80].

use ::time::OffsetDateTime;
use ::time::format_description::well_known::Rfc3339;

const NANOS_PER_MILLI: i128 = 1_000_000;
const MILLIS_PER_SECOND: i64 = 1000;
const SECONDS_PER_DAY: u64 = 86_400;
/// From the beginning of the year 0 to that of 1970.
const SECONDS_BEFORE_1970: i64 = 719_528 * 86_400;
/// From the beginning of the year 0 to the end of the year 9999.
const SECONDS_OF_CIVIL: u64 = 3_652_425 * SECONDS_PER_DAY;

/// A date and time in UTC.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: u32,
    pub(crate) month: u32,
    pub(crate) day: u32,
    pub(crate) hour: u32,
    pub(crate) minute: u32,
    pub(crate) second: u32,
    pub(crate) millis: u32,
}

/// Year, month and day of a day, counted from the beginning of the year 0; below 2^22. Counted here and not by the crate,
/// which reads: it brings along into browsers what no date of four digits needs.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "numbers below 2^25, and divisors that are written here"
)]
const fn date(day: u32) -> (u32, u32, u32) {
    const CYCLE_YEARS: u32 = 400;
    const CYCLE_DAYS: u32 = 146_097;
    const FOUR_YEARS_DAYS: u32 = 1461;
    // Years are counted from March on, so that leap days end them, and from a cycle before, so that no number is below 0.
    let days = day + CYCLE_DAYS - 60;
    let century = (4 * days + 3) / CYCLE_DAYS;
    let days = days - CYCLE_DAYS * century / 4;
    let year = (4 * days + 3) / FOUR_YEARS_DAYS;
    let days = days - FOUR_YEARS_DAYS * year / 4;
    // From March on, five months have 153 days, over and over.
    let month = (5 * days + 2) / 153;
    let day = days - (153 * month + 2) / 5 + 1;
    // January and February are of the next year.
    let (month, next) = if month >= 10 { (month - 9, 1) } else { (month + 3, 0) };
    (100 * century + year + next - CYCLE_YEARS, month, day)
}

/// An instant: milliseconds since 1970-01-01T00:00:00Z, negative before it. The library has no clock;
/// every instant comes from the host.
///
/// ```
/// use vestibule::Timestamp;
///
/// let at = Timestamp::parse("2026-11-22T19:00:00+01:00")?;
/// assert_eq!(at, Timestamp::from_millis(1_795_370_400_000));
/// assert_eq!(at.to_string(), "2026-11-22T18:00:00Z");
/// assert!(Timestamp::parse("2026-11-22").is_err(), "a date alone names no instant");
/// # Ok::<(), vestibule::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Why a text is not an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimestampError {
    /// A date, or date and time, without an offset from UTC: it names no instant until the place's
    /// time zone is known [C-54].
    #[error("a date needs a time and an offset, as in `2026-11-22T18:00:00Z`")]
    OffsetRequired,
    /// Not an RFC 3339 date and time.
    #[error("not a date and time, expected RFC 3339 as in `2026-11-22T18:00:00Z`")]
    Malformed,
}

impl Timestamp {
    /// The earliest instant.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest instant; as an end of validity it means *never*.
    pub const MAX: Self = Self(i64::MAX);

    /// From milliseconds since the epoch.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The date and time in UTC; none where the year has not four digits.
    pub(crate) fn civil(self) -> Option<Civil> {
        let seconds = self.0.div_euclid(MILLIS_PER_SECOND).checked_add(SECONDS_BEFORE_1970)?;
        let seconds = u64::try_from(seconds).ok().filter(|seconds| *seconds < SECONDS_OF_CIVIL)?;
        let [day, second_of_day] = [seconds / SECONDS_PER_DAY, seconds % SECONDS_PER_DAY];
        let (year, month, day) = date(u32::try_from(day).ok()?);
        let time = u32::try_from(second_of_day).ok()?;
        let millis = u32::try_from(self.0.rem_euclid(MILLIS_PER_SECOND)).ok()?;
        let [hour, minute, second] = [time / 3600, time / 60 % 60, time % 60];
        Some(Civil { year, month, day, hour, minute, second, millis })
    }

    /// Reads RFC 3339; digits beyond the millisecond are cut off. An instant whose year has not four digits is read as it is
    /// printed: `253402300800000ms`.
    ///
    /// # Errors
    ///
    /// [`TimestampError::OffsetRequired`] when only the offset, or time and offset, are missing.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        if let Ok(instant) = OffsetDateTime::parse(text, &Rfc3339) {
            let millis = instant.unix_timestamp_nanos().div_euclid(NANOS_PER_MILLI);
            return i64::try_from(millis).map(Self).map_err(|_| TimestampError::Malformed);
        }
        if let Some(beyond) = parse_beyond_calendar(text) {
            return Ok(beyond);
        }
        Err(if lacks_offset(text) {
            TimestampError::OffsetRequired
        } else {
            TimestampError::Malformed
        })
    }
}

/// Milliseconds, only of an instant that RFC 3339 cannot write: each has one spelling.
fn parse_beyond_calendar(text: &str) -> Option<Timestamp> {
    let instant = Timestamp(text.strip_suffix("ms")?.parse().ok()?);
    instant.civil().is_none().then_some(instant)
}

/// Whether the text would be an instant if only its time or offset were there.
fn lacks_offset(text: &str) -> bool {
    let mut buffer = [0_u8; 64];
    ["Z", "T00:00:00Z"].iter().any(|rest| {
        let length = text.len().saturating_add(rest.len());
        let Some((head, tail)) =
            buffer.get_mut(..length).and_then(|whole| whole.split_at_mut_checked(text.len()))
        else {
            return false;
        };
        head.copy_from_slice(text.as_bytes());
        tail.copy_from_slice(rest.as_bytes());
        let whole = buffer.get(..length).and_then(|whole| core::str::from_utf8(whole).ok());
        whole.is_some_and(|whole| OffsetDateTime::parse(whole, &Rfc3339).is_ok())
    })
}

/// A half-open window `[from, to)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Validity {
    /// The first instant inside; [`Timestamp::MIN`] when open.
    pub from: Timestamp,
    /// The first instant after; [`Timestamp::MAX`] when open.
    pub to: Timestamp,
}

impl Validity {
    /// Always.
    pub const ALWAYS: Self = Self { from: Timestamp::MIN, to: Timestamp::MAX };

    /// At no instant.
    pub const NEVER: Self = Self { from: Timestamp::MAX, to: Timestamp::MIN };

    /// Whether `at` is inside.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.has_begun(at) && !self.has_ended(at)
    }

    /// Whether `at` is not before the window.
    #[inline]
    #[must_use]
    pub fn has_begun(&self, at: Timestamp) -> bool {
        self.from <= at
    }

    /// Whether `at` is after the window. An open end is never passed, not even by the last instant.
    #[inline]
    #[must_use]
    pub fn has_ended(&self, at: Timestamp) -> bool {
        self.to <= at && self.to != Timestamp::MAX
    }

    /// The part that both windows share; empty (`from >= to`) when there is none.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_the_day_of_the_crate() {
        let mut expected = ::time::Date::from_calendar_date(0, ::time::Month::January, 1).ok();
        for day in 0..3_652_425 {
            let date = expected.unwrap();
            let parts =
                (date.year().cast_unsigned(), u8::from(date.month()).into(), date.day().into());
            assert_eq!(super::date(day), parts);
            expected = date.next_day();
        }
        assert_eq!(expected, None, "the crate too ends with the year 9999");
        assert!(Timestamp(-62_167_219_200_001).civil().is_none());
        assert_eq!(Timestamp(-62_167_219_200_000).to_text(), "0000-01-01T00:00:00Z");
        assert_eq!(Timestamp(253_402_300_799_999).to_text(), "9999-12-31T23:59:59.999Z");
    }

    #[test]
    fn what_is_printed_is_read() {
        use std::string::ToString;
        let first_of_five_digits = 253_402_300_800_000;
        for millis in [i64::MIN, -1, 0, 1, first_of_five_digits - 1, first_of_five_digits, i64::MAX]
        {
            let instant = Timestamp(millis);
            assert_eq!(Timestamp::parse(&instant.to_string()), Ok(instant));
        }
        assert!(Timestamp::parse("1795370400000ms").is_err(), "an instant has one spelling");
    }
}
