//! The fields of an organisation that a caller writes [3-17, 3-18, C-12, C-51].

use super::OrganisationError;
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::estate::{LocalizedText, is_text};
use crate::limits::{MAX_DESCRIPTION_CHARS, MAX_NAME_CHARS};

/// Step 5 for a name. Commands that are made in code meet the limits of those that are read.
pub(super) fn check_name(name: &LocalizedText) -> Result<(), OrganisationError> {
    if name.is_empty() {
        return Err(OrganisationError::NameRequired);
    }
    if !name.iter().all(|(_, text)| is_text(text, MAX_NAME_CHARS)) {
        return Err(OrganisationError::NameInvalid);
    }
    Ok(())
}

/// Step 5 for a description.
pub(super) fn check_description(description: &str) -> Result<(), OrganisationError> {
    if is_text(description, MAX_DESCRIPTION_CHARS) {
        return Ok(());
    }
    Err(OrganisationError::DescriptionInvalid)
}

impl Directory {
    /// Step 6, where the estate wants the names of siblings to differ: in no locale may two have the same text. Texts
    /// are compared as they are, for folding letters differs from language to language.
    pub(super) fn check_sibling_names(
        &self,
        parent: Option<u32>,
        own: Option<u32>,
        name: &LocalizedText,
    ) -> Result<(), OrganisationError> {
        if !self.settings().unique_sibling_names {
            return Ok(());
        }
        let is_same = |other: &LocalizedText| {
            name.iter()
                .any(|(locale, text)| !text.is_empty() && other.in_locale(locale) == Some(text))
        };
        let siblings = self.siblings_below(parent);
        let others = siblings.into_iter().filter(|sibling| Some(*sibling) != own);
        let mut names = others.filter_map(|other| self.organisations.names.get(to_index(other)));
        if names.any(is_same) { Err(OrganisationError::SiblingNameExists) } else { Ok(()) }
    }
}
