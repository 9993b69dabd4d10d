//! What a name, an e-mail address or a telephone number of a person must look like [C-13].

use super::UserError;
use crate::estate::{Settings, is_forbidden};
use crate::limits::{MAX_NAME_CHARS, MAX_PHONE_CHARS};

/// That a name, or another short text about a person, can be kept.
pub(crate) fn check_name(text: &str) -> Result<(), UserError> {
    if is_text(text, MAX_NAME_CHARS) { Ok(()) } else { Err(UserError::InvalidName) }
}

/// That an e-mail address can be kept; with `strict_contact`, that it is one.
pub(crate) fn check_email(text: &str, settings: &Settings) -> Result<(), UserError> {
    let is_good = is_text(text, MAX_NAME_CHARS)
        && (!settings.strict_contact || text.is_empty() || is_address(text));
    if is_good { Ok(()) } else { Err(UserError::InvalidEmail) }
}

/// That a telephone number can be kept; with `strict_contact`, that it is one.
pub(crate) fn check_phone(text: &str, settings: &Settings) -> Result<(), UserError> {
    let is_good = is_text(text, MAX_PHONE_CHARS)
        && (!settings.strict_contact || text.is_empty() || is_number(text));
    if is_good { Ok(()) } else { Err(UserError::InvalidPhone) }
}

/// A character has at least one byte and at most four, so that only a text between is counted.
fn is_text(text: &str, most: usize) -> bool {
    let is_short = text.len() <= most
        || (text.len() <= most.saturating_mul(4) && text.chars().count() <= most);
    is_short && !text.chars().any(is_forbidden)
}

/// One `@` with something before it and a dotted name behind it, without spaces.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_dotted = domain.contains('.') && domain.split('.').all(|part| !part.is_empty());
    !local.is_empty() && is_dotted && !domain.contains('@') && !text.contains(char::is_whitespace)
}

/// Perhaps a `+`, then digits with spaces, dots, hyphens or brackets between them.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    digits.contains(|character: char| character.is_ascii_digit())
        && digits.chars().all(|character| character.is_ascii_digit() || " .-()".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_characters() {
        let settings = Settings::default();
        assert!(check_email(&"é".repeat(255), &settings).is_ok());
        assert!(check_email(&"é".repeat(256), &settings).is_err());
        assert!(check_phone(&"☎".repeat(16), &settings).is_ok());
        assert!(check_phone(&"0".repeat(17), &settings).is_err());
        assert!(check_name("Ana\u{202E}").is_err());
        assert!(check_name("Ana\n").is_err());
    }

    #[test]
    fn strict_contact_wants_the_usual_form() {
        let settings = Settings { strict_contact: true, ..Settings::default() };
        for good in ["", "ana@example.org", "a.b+c@x.y.example"] {
            assert!(check_email(good, &settings).is_ok(), "{good}");
        }
        for bad in ["string", "ana@", "@example.org", "ana@org", "a b@x.org", "a@b@x.org", "a@.org"]
        {
            assert!(check_email(bad, &settings).is_err(), "{bad}");
        }
        assert!(check_phone("+33 1 23.45-67", &settings).is_ok());
        assert!(check_phone("string", &settings).is_err());
        assert!(check_phone("+", &settings).is_err());
    }
}
