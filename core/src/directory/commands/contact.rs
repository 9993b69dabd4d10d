//! What a name, an e-mail address or a telephone number of a person must look like [C-13].

use super::user_error::UserError;
use crate::estate::{Settings, is_text};
use crate::limits::{MAX_EMAIL_LOCAL_CHARS, MAX_NAME_CHARS, MAX_PHONE_CHARS};

/// Whether a name, or another short text about a person, can be kept.
pub(crate) fn is_name(text: &str) -> bool {
    is_text(text, MAX_NAME_CHARS)
}

/// Whether an e-mail address can be kept: with `strict_contact` it must be one, or empty.
pub(crate) fn is_email(text: &str, settings: &Settings) -> bool {
    is_text(text, MAX_NAME_CHARS)
        && (!settings.strict_contact || text.is_empty() || is_address(text))
}

/// Whether a telephone number can be kept: with `strict_contact` it must be one, or empty.
pub(crate) fn is_phone(text: &str, settings: &Settings) -> bool {
    is_text(text, MAX_PHONE_CHARS)
        && (!settings.strict_contact || text.is_empty() || is_number(text))
}

pub(crate) fn check_name(text: &str) -> Result<(), UserError> {
    if is_name(text) { Ok(()) } else { Err(UserError::InvalidName) }
}

pub(crate) fn check_email(text: &str, settings: &Settings) -> Result<(), UserError> {
    if is_email(text, settings) { Ok(()) } else { Err(UserError::InvalidEmail) }
}

pub(crate) fn check_phone(text: &str, settings: &Settings) -> Result<(), UserError> {
    if is_phone(text, settings) { Ok(()) } else { Err(UserError::InvalidPhone) }
}

/// One `@`, something before it, and a name with a dot behind it.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_plain = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    is_plain(local)
        && local.chars().count() <= MAX_EMAIL_LOCAL_CHARS
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

/// Digits, perhaps behind a `+`, as in E.164.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
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
        assert!(check_phone("+33123456789", &settings).is_ok());
        assert!(check_phone("string", &settings).is_err());
        assert!(check_phone("+", &settings).is_err());
    }
}
