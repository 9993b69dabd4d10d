//! Queries: what a caller may ask to see [E.4, C-86]. Each asks `decide` first, like a command; the lists of the same
//! names answer the host and ask nobody.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::Serialize;

use super::LobbyRow;
use super::building_user_queries::BuildingUserView;
use super::organisation_queries::OrganisationPage;
use super::organisation_users::OrganisationUserPage;
use super::organisation_views::OrganisationView;
use super::unit_user_queries::{UnitUserDevices, UnitUserPage, UnitUserSearch, UnitUserView};
use super::user_queries::{NamedRow, OrganisationSummary};
use crate::directory::Directory;
use crate::directory::commands::{Context, DesiredBuildingUser, Error, ResidentPlan};
use crate::estate::OrganisationKind;
use crate::id::Id;
use crate::path::RolePath;

/// Which organisations a list has, by whether they are deleted [3-14, C-45].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OutputOptions {
    /// Deleted ones too.
    pub include_deleted: bool,
    /// Deleted ones only; wins over `include_deleted`.
    pub only_deleted: bool,
    /// Taken, and of no effect: there is no metadata [C-87].
    pub include_metadata: bool,
}

/// Which part of a list: after a cursor, or from an offset, never both [3-14, C-18, C-19].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// At most this many; default 50, over 200 means 200, below 1 is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// The cursor of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Box<str>>,
    /// How many to leave out from the beginning; below 0 is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<i64>,
}

/// Everything that a caller can ask to see. As JSON an object whose `query` is one of [`Query::NAMES`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "query", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Query {
    /// The building users of an integration [0-2].
    ListBuildingUsers {
        /// Which, by id or alias.
        integration_id: Id,
    },
    /// The site roles that the caller may give to another [1-13].
    ListAssignableRoles {
        /// On which integration, by id or alias.
        integration_id: Id,
    },
    /// What would make the building users those that are desired; changes nothing [1-19].
    DiffBuildingUsers {
        /// Of which integration, by id or alias.
        integration_id: Id,
        /// All who should be building users.
        desired: Vec<DesiredBuildingUser>,
    },
    /// Who is shown in the lobby [1-21].
    LobbyDirectory {
        /// Of which integration, by id or alias.
        integration_id: Id,
    },
    /// A unit user [2-13].
    GetUnitUser {
        /// The property: a building, by id or alias.
        property_id: Id,
        /// Who, by id or alias.
        user_id: Id,
        /// The unit, where there are several.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit_id: Option<Id>,
    },
    /// The unit users that the caller may read, by page [2-28].
    QueryUnitUsers {
        /// The property: a building, by id or alias.
        property_id: Id,
        /// Which, in what order, and which page.
        search: UnitUserSearch,
    },
    /// The devices of a unit user [2-47].
    UnitUserDevices {
        /// The property: a building, by id or alias.
        property_id: Id,
        /// Whose, by id or alias.
        user_id: Id,
    },
    /// The organisations that the caller may see [3-5].
    ListOrgs {
        /// Which of them.
        output_options: OutputOptions,
        /// Which part.
        pagination: Pagination,
    },
    /// An organisation [3-7].
    GetOrg {
        /// Which, by id or alias.
        org_id: Id,
        /// Whether a deleted one is shown [C-44].
        include_deleted: bool,
    },
    /// What the caller may do in an organisation [3-11].
    OrgPermissions {
        /// Which, by id or alias.
        org_id: Id,
    },
    /// The members of an organisation; needs an acting organisation [3-12].
    ListOrgUsers {
        /// Which, by id or alias.
        org_id: Id,
        /// Whether those of all below it too.
        recursive: bool,
        /// Whether those of deleted organisations too [C-49].
        output_options: OutputOptions,
        /// Which part.
        pagination: Pagination,
    },
    /// The permission groups of an account, or those of them that a user has [4-21].
    PermissionGroups {
        /// The account, by id or alias.
        account_id: Id,
        /// Of these kinds; empty: all [C-37].
        organization_types: Vec<OrganisationKind>,
        /// Whose.
        #[serde(skip_serializing_if = "Option::is_none")]
        user_id: Option<Id>,
    },
    /// The job functions of the caller's accounts [4-23].
    JobFunctions {
        /// Of these kinds; empty: all [C-37].
        organization_types: Vec<OrganisationKind>,
    },
    /// Organisations by kind, member, building and account, all of them optional [4-25..4-30].
    SearchOrganizations {
        /// Of these kinds; empty: all [C-37].
        organization_types: Vec<OrganisationKind>,
        /// Of which this user is a member.
        #[serde(skip_serializing_if = "Option::is_none")]
        membership_user_id: Option<Id>,
        /// With access to, owning or serving one of these; empty: no matter.
        building_scope: Vec<Id>,
        /// Of this account.
        #[serde(skip_serializing_if = "Option::is_none")]
        account_scope: Option<Id>,
    },
}

/// What a query is answered with, in the shapes of the contract [C-87, C-88].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Answer<'d> {
    /// Of `ListBuildingUsers`: a bare array.
    BuildingUsers(Vec<BuildingUserView<'d>>),
    /// Of `ListAssignableRoles`.
    AssignableRoles(Vec<RolePath>),
    /// Of `DiffBuildingUsers`.
    Plan(ResidentPlan),
    /// Of `LobbyDirectory`.
    Lobby(Vec<LobbyRow<'d>>),
    /// Of `GetUnitUser`.
    UnitUser(UnitUserView<'d>),
    /// Of `QueryUnitUsers`.
    UnitUsers(UnitUserPage<'d>),
    /// Of `UnitUserDevices`.
    Devices(UnitUserDevices),
    /// Of `ListOrgs`.
    Organisations(OrganisationPage<'d>),
    /// Of `GetOrg`.
    Organisation(OrganisationView<'d>),
    /// Of `OrgPermissions`.
    Permissions {
        /// The keys, in the order of their text.
        permissions: Vec<&'d str>,
    },
    /// Of `ListOrgUsers`.
    OrganisationUsers(OrganisationUserPage<'d>),
    /// Of `PermissionGroups` and `JobFunctions`.
    Named(Vec<NamedRow<'d>>),
    /// Of `SearchOrganizations`.
    Found(Vec<OrganisationSummary<'d>>),
}

impl Directory {
    /// Answers a caller.
    ///
    /// # Errors
    ///
    /// The first check of C-16 that fails.
    pub fn query<'d>(&'d self, context: &'d Context, query: &Query) -> Result<Answer<'d>, Error> {
        Ok(match query {
            Query::ListBuildingUsers { integration_id } => {
                Answer::BuildingUsers(self.query_building_users(context, integration_id)?)
            }
            Query::ListAssignableRoles { integration_id } => {
                Answer::AssignableRoles(self.query_assignable_roles(context, integration_id)?)
            }
            Query::DiffBuildingUsers { integration_id, desired } => {
                Answer::Plan(self.diff_building_users(context, integration_id, desired)?)
            }
            Query::LobbyDirectory { integration_id } => {
                Answer::Lobby(self.query_lobby_directory(context, integration_id)?)
            }
            Query::GetUnitUser { property_id, user_id, unit_id } => Answer::UnitUser(
                self.query_unit_user(context, property_id, user_id, unit_id.as_ref())?,
            ),
            Query::QueryUnitUsers { property_id, search } => {
                Answer::UnitUsers(self.query_unit_users(context, property_id, search)?)
            }
            Query::UnitUserDevices { property_id, user_id } => {
                Answer::Devices(self.query_unit_user_devices(context, property_id, user_id)?)
            }
            Query::ListOrgs { output_options, pagination } => {
                Answer::Organisations(self.query_orgs(context, *output_options, pagination)?)
            }
            Query::GetOrg { org_id, include_deleted } => {
                Answer::Organisation(self.query_org(context, org_id, *include_deleted)?)
            }
            Query::OrgPermissions { org_id } => {
                Answer::Permissions { permissions: self.query_org_permissions(context, org_id)? }
            }
            Query::ListOrgUsers { org_id, recursive, output_options, pagination } => {
                Answer::OrganisationUsers(self.query_org_users(
                    context,
                    org_id,
                    *recursive,
                    *output_options,
                    pagination,
                )?)
            }
            Query::PermissionGroups { account_id, organization_types, user_id } => {
                Answer::Named(self.query_permission_groups(
                    context,
                    account_id,
                    organization_types,
                    user_id.as_ref(),
                )?)
            }
            Query::JobFunctions { organization_types } => {
                Answer::Named(self.query_job_functions(context, organization_types)?)
            }
            Query::SearchOrganizations {
                organization_types,
                membership_user_id,
                building_scope,
                account_scope,
            } => Answer::Found(self.search_organizations(
                context,
                organization_types,
                membership_user_id.as_ref(),
                building_scope,
                account_scope.as_ref(),
            )?),
        })
    }
}
