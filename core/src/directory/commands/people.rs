//! People apart from what they belong to [C-27, C-70, C-82].

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::Patch;
use crate::estate::{PersonDoc, PersonState};
use crate::id::Id;

/// Makes a person, guest or service known, who belongs to nothing yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreatePerson {
    /// The whole row; its id is the caller's choice.
    pub person: PersonDoc,
}

/// Updates how to reach a person, or blocks or unblocks them everywhere; what is absent stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdatePerson {
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Full name; null takes it away.
    #[serde(default, skip_serializing_if = "Patch::is_unchanged")]
    pub name: Patch<Box<str>>,
    /// E-mail address; null takes it away.
    #[serde(default, skip_serializing_if = "Patch::is_unchanged")]
    pub email: Patch<Box<str>>,
    /// Telephone number; null takes it away.
    #[serde(default, skip_serializing_if = "Patch::is_unchanged")]
    pub phone: Patch<Box<str>>,
    /// `active` or `blocked`; for `deleted` there is [`DeletePerson`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<PersonState>,
}

/// Deletes a person: everything denies them everywhere. What they hold stays, for the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletePerson {
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Whether name, address, number and display names go too.
    #[serde(default)]
    pub erase: bool,
}

impl crate::Directory {
    pub(super) fn draft_create_person(
        &self,
        _context: &super::Context,
        _command: &CreatePerson,
    ) -> Result<super::Drafted, super::UserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_update_person(
        &self,
        _context: &super::Context,
        _command: &UpdatePerson,
    ) -> Result<super::Drafted, super::UserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_delete_person(
        &self,
        _context: &super::Context,
        _command: &DeletePerson,
    ) -> Result<super::Drafted, super::UserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
