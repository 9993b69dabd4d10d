//! Memberships of known people: further organisations, other roles, an end [4-24, C-38, C-86].

use serde::{Deserialize, Serialize};

use crate::estate::MembershipDoc;
use crate::id::Id;

/// Makes a known person a member of an organisation. Absent groups are those of the job function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddMembership {
    /// The whole row: person and organisation by id or alias.
    pub membership: MembershipDoc,
}

/// Replaces a membership: roles, groups, window, job function and building access. Absent groups stay as they are: a job
/// function says only what a member starts with [4-10].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateMembership {
    /// The whole row: person and organisation by id or alias.
    pub membership: MembershipDoc,
}

/// Ends a membership, and with it what was held through it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveMembership {
    /// Whose, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Of what, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
}

impl crate::Directory {
    pub(super) fn draft_add_membership(
        &self,
        _context: &super::Context,
        _command: &AddMembership,
    ) -> Result<super::Drafted, super::UserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_update_membership(
        &self,
        _context: &super::Context,
        _command: &UpdateMembership,
    ) -> Result<super::Drafted, super::UserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_remove_membership(
        &self,
        _context: &super::Context,
        _command: &RemoveMembership,
    ) -> Result<super::Drafted, super::UserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
