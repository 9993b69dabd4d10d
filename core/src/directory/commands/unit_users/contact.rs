//! How to reach a unit user, and the passphrase: what is well formed [2-15..2-18, C-13, C-25].

use alloc::boxed::Box;

use super::{UnitUserError, UnitUserPatch};
use crate::directory::commands::contact::{is_email, is_name, is_phone};
use crate::estate::Settings;
use crate::limits::{MAX_PASSPHRASE_CHARS, MIN_PASSPHRASE_CHARS};

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
pub(super) fn check_texts(patch: &UnitUserPatch, settings: &Settings) -> Result<(), UnitUserError> {
    let UnitUserPatch { user_name, email, phone_number, .. } = patch;
    if !user_name.as_deref().is_none_or(is_name) {
        return Err(UnitUserError::InvalidUserName);
    }
    if !email.as_deref().is_none_or(|text| is_email(text, settings)) {
        return Err(UnitUserError::InvalidEmail);
    }
    if !phone_number.as_deref().is_none_or(|text| is_phone(text, settings)) {
        return Err(UnitUserError::InvalidPhoneNumber);
    }
    Ok(())
}
