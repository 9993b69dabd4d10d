//! Building users for a caller who may list them [0-2, 1-13, 1-21, C-87].

use alloc::vec::Vec;

use serde::Serialize;

use crate::directory::Directory;
use crate::directory::commands::{BuildingUserError, Context, DesiredBuildingUser, ResidentPlan};
use crate::directory::queries::LobbyRow;
use crate::error::AccessError;
use crate::id::{Id, IdRef};
use crate::path::RolePath;

/// A building user with how to reach them [C-87].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BuildingUserView<'d> {
    /// Who.
    #[serde(rename = "user_id")]
    pub person: IdRef<'d>,
    /// The role.
    pub role: &'d RolePath,
    /// The units of the integration in which they live, by id.
    #[serde(rename = "apartments")]
    pub units: Vec<IdRef<'d>>,
    /// E-mail address.
    #[serde(rename = "user_email", skip_serializing_if = "Option::is_none")]
    pub email: Option<&'d str>,
    /// Full name.
    #[serde(rename = "user_name", skip_serializing_if = "Option::is_none")]
    pub name: Option<&'d str>,
}

impl Directory {
    pub(super) fn query_building_users<'d>(
        &'d self,
        _context: &'d Context,
        _integration: &Id,
    ) -> Result<Vec<BuildingUserView<'d>>, BuildingUserError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn query_assignable_roles(
        &self,
        _context: &Context,
        _integration: &Id,
    ) -> Result<Vec<RolePath>, BuildingUserError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn diff_building_users(
        &self,
        _context: &Context,
        _integration: &Id,
        _desired: &[DesiredBuildingUser],
    ) -> Result<ResidentPlan, BuildingUserError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn query_lobby_directory<'d>(
        &'d self,
        _context: &'d Context,
        _integration: &Id,
    ) -> Result<Vec<LobbyRow<'d>>, BuildingUserError> {
        Err(AccessError::Unauthenticated.into())
    }
}
