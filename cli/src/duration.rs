//! Spans of time as flags have them: digits and a unit.

use core::fmt;
use core::str::FromStr;

/// The units, the longest first.
const UNITS: [(&str, u64); 5] =
    [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

/// So many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Millis(pub u64);

/// Why a text is no span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationError;

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected digits and one of ms, s, m, h and d, as in 36h, of less than 2^64 ms")
    }
}

impl core::error::Error for DurationError {}

impl FromStr for Millis {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        let end = text.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, unit) = text.split_at(end);
        let (_, millis) = UNITS.into_iter().find(|(name, _)| *name == unit).ok_or(DurationError)?;
        let number: u64 = digits.parse().map_err(|_| DurationError)?;
        // The highest number says in an image that there is no limit.
        let millis = number.checked_mul(millis).filter(|millis| *millis != u64::MAX);
        millis.map(Self).ok_or(DurationError)
    }
}

impl fmt::Display for Millis {
    /// In the longest unit of which there is a whole number: can be read again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = |(_, millis): &(&str, u64)| self.0.is_multiple_of(*millis);
        let (name, millis) = UNITS.into_iter().find(whole).unwrap_or(("ms", 1));
        write!(f, "{}{name}", self.0 / millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written() {
        let cases = [("36h", 129_600_000), ("30d", 2_592_000_000), ("5m", 300_000), ("7s", 7000)];
        for (text, millis) in cases {
            assert_eq!(
                (text.parse(), Millis(millis).to_string().as_str()),
                (Ok(Millis(millis)), text)
            );
        }
        assert_eq!("24h".parse::<Millis>().unwrap().to_string(), "1d");
        assert_eq!("1001ms".parse::<Millis>().unwrap().to_string(), "1001ms");
        for text in [
            "",
            "h",
            "36",
            "-1h",
            "1.5h",
            "1 h",
            "1w",
            "1H",
            "18446744073709551615ms",
            "999999999999d",
        ] {
            assert_eq!(text.parse::<Millis>(), Err(DurationError), "{text}");
        }
    }
}
