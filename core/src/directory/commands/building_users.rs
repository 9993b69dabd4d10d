//! Building users: people who hold a role that names an integration [0-1..0-31, 1-1..1-18, C-4..C-11, C-66].

use serde::{Deserialize, Serialize};

use crate::error::{family_error, field_detail};
use crate::id::Id;
use crate::path::RolePath;

/// Gives a person a role on an integration, and makes them a member of its organisation where they are not yet [0-3].
///
/// With `unit`, and always where an administrator of a unit or its token asks, they become a resident of that unit too
/// [C-11, 1-18].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddBuildingUser {
    /// The integration, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The role: one that names this integration, or another role of the catalog [0-10].
    pub role: RolePath,
    /// The unit in which they live from now on.
    #[serde(rename = "unit_id", default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// Takes every role on an integration from a person, and their residencies there; nothing else [0-4, C-9].
///
/// Where an administrator of a unit or its token asks: that residency, and the role `resident` only if no residency on
/// the integration remains [C-66].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveBuildingUser {
    /// The integration, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The unit whose residency ends, for those who administer several.
    #[serde(rename = "unit_id", default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// Replaces every role on an integration that a person holds by one [C-8].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetSiteRole {
    /// The integration, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The only role from now on; it must name this integration.
    pub role: RolePath,
}

family_error! {
    /// Why an operation on building users is refused.
    BuildingUserError, details |error| field_detail(error.field(), error.code()), {
        /// Nobody has this id; for an add that is the payload's fault [C-7].
        UnknownUser {
            /// The id given.
            person: Id,
        } = Invalid, "unknown_user", Some("user_id"), "no user `{person}`, expected the id of somebody known";
    }
}

impl crate::Directory {
    pub(super) fn draft_add_building_user(
        &self,
        _context: &super::Context,
        _command: &AddBuildingUser,
    ) -> Result<super::Drafted, BuildingUserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_remove_building_user(
        &self,
        _context: &super::Context,
        _command: &RemoveBuildingUser,
    ) -> Result<super::Drafted, BuildingUserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_set_site_role(
        &self,
        _context: &super::Context,
        _command: &SetSiteRole,
    ) -> Result<super::Drafted, BuildingUserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
