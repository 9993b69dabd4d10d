//! The nightly sync: who should be a building user, what that changes, and carrying it out at once [1-19].

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::path::RolePath;

/// A building user as the source of truth has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DesiredBuildingUser {
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The only role on the integration that they should hold.
    pub role: RolePath,
    /// The unit in which they should live.
    #[serde(rename = "unit_id", default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// A person and a role on the integration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedUser {
    /// Who.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The role.
    pub role: RolePath,
    /// The unit in which they live from now on.
    #[serde(rename = "unit_id", default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// A person whose roles become one other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    /// Who.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The roles now.
    pub from: Vec<RolePath>,
    /// The role from then on.
    pub to: RolePath,
    /// The unit in which they live from now on.
    #[serde(rename = "unit_id", default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// What makes the building users of an integration those that are desired. In the order of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResidentPlan {
    /// People who are no building users yet.
    pub add: Vec<PlannedUser>,
    /// People who should no longer be, by id.
    pub remove: Vec<Id>,
    /// People with other roles.
    pub change: Vec<RoleChange>,
    /// How many are right already.
    pub unchanged: usize,
}

/// Carries out a plan, whole or not at all [1-19].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplyResidentPlan {
    /// The integration, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
    /// What to do.
    pub plan: ResidentPlan,
    /// Whether to go on although the plan removes more than 20 % and more than 5 of the building users.
    #[serde(default)]
    pub force: bool,
}

impl crate::Directory {
    pub(super) fn draft_apply_resident_plan(
        &self,
        _context: &super::Context,
        _command: &ApplyResidentPlan,
    ) -> Result<super::Drafted, super::BuildingUserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
