//! Residents, administrators and tokens of units, beside what the portals do [C-66].

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::error::{family_error, field_detail};
use crate::estate::{AdministratorEntry, ResidencyDoc};
use crate::id::Id;

/// Makes somebody a resident of a unit. `secret` and `devices` must be absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddResident {
    /// The row: person and unit by id or alias.
    pub residency: ResidencyDoc,
}

/// Replaces the row of a residency: type, status, window, and how it shows in the lobby. `secret` and `devices` must be
/// absent; they stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateResident {
    /// The row: person and unit by id or alias.
    pub residency: ResidencyDoc,
}

/// Ends a residency. Roles stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveResident {
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Where, by id or alias.
    #[serde(rename = "unit_id")]
    pub unit: Id,
}

/// Says who administers a unit, all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetUnitAdministrators {
    /// Which unit, by id or alias.
    #[serde(rename = "unit_id")]
    pub unit: Id,
    /// Exactly these, each once.
    pub administrators: Vec<AdministratorEntry>,
}

/// Makes the tokens of a unit that there are count no longer; the host makes a new one [2-5].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RotateUnitToken {
    /// Which unit, by id or alias.
    #[serde(rename = "unit_id")]
    pub unit: Id,
}

family_error! {
    /// Why an operation on residents, administrators or tokens of units is refused.
    ResidentError, details |error| field_detail(error.field(), error.code()), {
        /// Nobody has this id.
        UnknownUser {
            /// The id given.
            person: Id,
        } = Invalid, "unknown_user", Some("user_id"), "no user `{person}`, expected the id of somebody known";
    }
}

impl crate::Directory {
    pub(super) fn draft_add_resident(
        &self,
        _context: &super::Context,
        _command: &AddResident,
    ) -> Result<super::Drafted, ResidentError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_update_resident(
        &self,
        _context: &super::Context,
        _command: &UpdateResident,
    ) -> Result<super::Drafted, ResidentError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_remove_resident(
        &self,
        _context: &super::Context,
        _command: &RemoveResident,
    ) -> Result<super::Drafted, ResidentError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_set_unit_administrators(
        &self,
        _context: &super::Context,
        _command: &SetUnitAdministrators,
    ) -> Result<super::Drafted, ResidentError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_rotate_unit_token(
        &self,
        _context: &super::Context,
        _command: &RotateUnitToken,
    ) -> Result<super::Drafted, ResidentError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
