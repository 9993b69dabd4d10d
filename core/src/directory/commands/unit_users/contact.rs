//! How to reach a unit user, and the passphrase: what is well formed [2-15..2-18, C-13, C-25].

use alloc::boxed::Box;

use super::{UnitUserError, UnitUserPatch};
use crate::estate;
use crate::limits::{
    MAX_EMAIL_LOCAL_CHARS, MAX_NAME_CHARS, MAX_PASSPHRASE_CHARS, MAX_PHONE_CHARS,
    MIN_PASSPHRASE_CHARS,
};

/// Checks the text of a passphrase, for the host that keeps it: this library only ever gets a reference. The text is in no
/// error.
///
/// ```
/// use vestibule::commands::check_passphrase;
///
/// assert!(check_passphrase("correct horse").is_ok());
/// assert!(check_passphrase("short").is_err());
/// ```
///
/// # Errors
///
/// Unless it has 8 to 63 printable ASCII characters [C-25].
pub fn check_passphrase(text: &str) -> Result<(), UnitUserError> {
    let is_long_enough = (MIN_PASSPHRASE_CHARS..=MAX_PASSPHRASE_CHARS).contains(&text.len());
    if is_long_enough && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(());
    }
    Err(UnitUserError::InvalidPassphrase)
}

/// How to reach a person. Empty texts are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contact {
    pub(super) name: Option<Box<str>>,
    pub(super) email: Option<Box<str>>,
    pub(super) phone: Option<Box<str>>,
}

impl Contact {
    /// This one with what a patch says.
    pub(super) fn patched(&self, patch: &UnitUserPatch) -> Self {
        let text = |new: &Option<Box<str>>, old: &Option<Box<str>>| match new {
            None => old.clone(),
            Some(new) => (!new.is_empty()).then(|| new.clone()),
        };
        Self {
            name: text(&patch.user_name, &self.name),
            email: text(&patch.email, &self.email),
            phone: text(&patch.phone_number, &self.phone),
        }
    }
}

impl Contact {
    /// This one with what a patch says of somebody who was not told address and number: empty ones are those that they were
    /// told.
    pub(super) fn patched_blindly(&self, patch: &UnitUserPatch) -> Self {
        let filled = |text: &Option<Box<str>>| text.clone().filter(|text| !text.is_empty());
        self.patched(&UnitUserPatch {
            email: filled(&patch.email),
            phone_number: filled(&patch.phone_number),
            ..patch.clone()
        })
    }
}

/// Step 5: lengths and characters of all texts of a patch and, where the estate is strict, that the address and the number
/// are some.
pub(super) fn check_texts(patch: &UnitUserPatch, is_strict: bool) -> Result<(), UnitUserError> {
    let UnitUserPatch { user_name, email, phone_number, .. } = patch;
    if !is_text(user_name.as_deref(), MAX_NAME_CHARS) {
        return Err(UnitUserError::InvalidUserName);
    }
    let is_kept = |text: Option<&str>, is_some: fn(&str) -> bool| {
        !is_strict || text.is_none_or(|text| text.is_empty() || is_some(text))
    };
    if !is_text(email.as_deref(), MAX_NAME_CHARS) || !is_kept(email.as_deref(), is_email) {
        return Err(UnitUserError::InvalidEmail);
    }
    let phone = phone_number.as_deref();
    if !is_text(phone, MAX_PHONE_CHARS) || !is_kept(phone, is_phone) {
        return Err(UnitUserError::InvalidPhoneNumber);
    }
    Ok(())
}

/// Whether a text, where there is one, has at most so many characters, all of which can be seen.
pub(super) fn is_text(text: Option<&str>, most: usize) -> bool {
    text.is_none_or(|text| estate::is_text(text, most))
}

/// One `@`, something before it, and a name with a dot behind it.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_plain = |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_whitespace());
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

/// Digits, perhaps behind a `+`.
fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
