//! The permission groups of a user [4-19, 4-20, C-31, C-81].

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::id::Id;

/// Replaces the permission groups of a user. Each group goes to the memberships of its kind in its account [C-81].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPermissionGroups {
    /// Whose, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Exactly these; empty: none. Repeats collapse.
    pub permission_group_ids: Vec<Id>,
    /// The company, where the user has several memberships of one kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Id>,
}

impl crate::Directory {
    pub(super) fn draft_set_permission_groups(
        &self,
        _context: &super::Context,
        _command: &SetPermissionGroups,
    ) -> Result<super::Drafted, super::UserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
