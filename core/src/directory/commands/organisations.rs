//! Organisations: create, update, move, delete reversibly, restore, purge [3-5..3-33, C-40..C-51].

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::Serialize;

mod create;
mod deletion;
mod fields;
mod members;
mod purge;
mod served_buildings;
mod stranded;
mod tree;
mod update;

pub use self::stranded::Stranded;
use super::Patch;
use crate::error::{ErrorDetail, family_error, field_detail};
use crate::estate::{LocalizedText, OrganisationKind};
use crate::id::Id;

/// Creates an organisation [3-6]. New ids: one, unless `id` is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreateOrganisation {
    /// Its name; not empty in at least one locale [3-17].
    pub name: LocalizedText,
    /// What it does, at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Box<str>>,
    /// Below what; none: a root, for which the platform is asked [3-19].
    #[serde(rename = "parent_id", skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// An id of the caller's choice: for those who may create on the platform [3-20].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// What it is in its account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<OrganisationKind>,
}

/// Updates an organisation in part; what is absent stays [3-8, C-50].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateOrganisation {
    /// Which, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
    /// The name; null is refused.
    #[serde(skip_serializing_if = "Patch::is_unchanged")]
    pub name: Patch<LocalizedText>,
    /// The description; null takes it away.
    #[serde(skip_serializing_if = "Patch::is_unchanged")]
    pub description: Patch<Box<str>>,
    /// Below what it stands, with all below it; null makes it a root.
    #[serde(rename = "parent_id", skip_serializing_if = "Patch::is_unchanged")]
    pub parent: Patch<Id>,
}

/// Deletes an organisation reversibly [3-9, C-40]. New ids: one, for the deletion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SoftDeleteOrganisation {
    /// Which, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
    /// Whether to delete what stands against it too: organisations below, and although there are buildings or members.
    pub cascade: bool,
}

/// Undoes a deletion: exactly what it took is live again [3-23, C-42].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RestoreOrganisation {
    /// Which, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
}

/// Removes a deleted organisation for ever [3-10, C-43].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PurgeOrganisation {
    /// Which, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
}

/// Says which buildings an organisation serves without owning them, all of them [C-69].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetServedBuildings {
    /// Which organisation, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
    /// Exactly these, by id or alias, each once.
    #[serde(rename = "building_ids")]
    pub buildings: Vec<Id>,
}

/// What must be so before an organisation is purged, or deleted [C-40, C-43].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PurgePrecondition {
    /// It is not deleted yet.
    NotSoftDeleted,
    /// Organisations stand below it.
    HasChildren,
    /// It owns buildings.
    HasBuildings,
    /// Its buildings have integrations.
    HasIntegrations,
    /// Somebody would belong to nothing any more.
    WouldOrphanUsers,
    /// The time for which a deleted one is kept has not passed.
    RetentionNotElapsed,
}

impl PurgePrecondition {
    /// The stable code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSoftDeleted => "not_soft_deleted",
            Self::HasChildren => "has_children",
            Self::HasBuildings => "has_buildings",
            Self::HasIntegrations => "has_integrations",
            Self::WouldOrphanUsers => "would_orphan_users",
            Self::RetentionNotElapsed => "retention_not_elapsed",
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::NotSoftDeleted => {
                "it is not deleted, expected it to be deleted before it is purged"
            }
            Self::HasChildren => "organisations stand below it, expected none",
            Self::HasBuildings => "it owns buildings, expected none",
            Self::HasIntegrations => "its buildings have integrations, expected none",
            Self::WouldOrphanUsers => {
                "some users belong to no other live organisation, expected them to"
            }
            Self::RetentionNotElapsed => {
                "the time for which it is kept has not passed, expected `purge_at` to be over"
            }
        }
    }
}

family_error! {
    /// Why an operation on organisations is refused.
    OrganisationError, details details_of, {
        /// No locale has a name, or the name is null [3-17, C-50].
        NameRequired = Invalid, "org_name_required", Some("name"),
            "`name` is empty, expected text in at least one locale";
        /// A text of the name is too long, or has a character that cannot be seen [C-13].
        NameInvalid = Invalid, "org_name_invalid", Some("name"),
            "`name` is no name, expected at most 255 characters a locale, all of them visible";
        /// The description is too long, or has a character that cannot be seen [3-18].
        DescriptionInvalid = Invalid, "org_description_invalid", Some("description"),
            "`description` is no description, expected at most 1024 characters, all of them visible";
        /// It, or something below it, would stand deeper than the estate allows [C-47].
        DepthExceeded {
            /// How deep, a root being 1 deep.
            depth: usize,
            /// How deep the estate allows.
            most: u32,
        } = Unprocessable, "org_depth_exceeded", Some("parent_id"),
            "`parent_id` makes depth {depth}, expected at most {most}, a root having depth 1";
        /// It would stand below itself [C-47].
        Cycle {
            /// The new parent.
            parent: Id,
        } = Unprocessable, "org_cycle", Some("parent_id"),
            "`parent_id` is `{parent}`, which is the organisation or below it, expected one outside";
        /// A building that is served is not known [C-33].
        UnknownBuilding {
            /// What was named.
            building: Id,
        } = Invalid, "unknown_building", Some("building_ids"),
            "`building_ids` has `{building}`, expected buildings that are known";
        /// A limit below 1 [C-18].
        Limit {
            /// What was asked for.
            limit: i64,
        } = Invalid, "invalid_limit", Some("limit"),
            "`limit` is {limit}, expected a number from 1 up; over 200 means 200";
        /// An offset below 0.
        Offset {
            /// What was asked for.
            offset: i64,
        } = Invalid, "invalid_offset", Some("offset"),
            "`offset` is {offset}, expected a number from 0 up";
        /// Both ways of saying where a page begins.
        CursorAndOffset = Invalid, "cursor_and_offset", Some("offset"),
            "`offset` stands beside `cursor`, expected one of them";
        /// A cursor that is damaged, or of another list [C-19].
        InvalidCursor = Invalid, "invalid_cursor", Some("cursor"),
            "`cursor` is damaged or belongs to another list, expected one that a page of this list gave";
        /// An organisation, or a deletion, has the new id already [C-51].
        AlreadyExists {
            /// The id.
            id: Id,
        } = Conflict, "already_exists", Some("id"),
            "`{id}` is in use, expected an id that nothing has";
        /// An organisation had the id and was purged; it is never used again [3-24].
        IdPurged {
            /// The id.
            id: Id,
        } = Conflict, "id_purged", Some("id"),
            "`{id}` was purged, expected an id that nothing has had";
        /// Another one beside it has the name, and the estate wants them to differ [C-51].
        SiblingNameExists = Conflict, "sibling_name_exists", Some("name"),
            "`name` is that of an organisation beside it in some locale, expected another";
        /// It is deleted, or stands below a deleted one [C-46].
        OrgDeleted {
            /// Which.
            organisation: Id,
        } = Conflict, "org_deleted", None,
            "`{organisation}` is deleted, expected it to be restored first";
        /// What it stands below, or would stand below, is deleted [C-42].
        ParentDeleted {
            /// Which.
            organisation: Id,
        } = Conflict, "parent_deleted", None,
            "what is above `{organisation}` is deleted, expected that to be restored first";
        /// A move would take it into another account, or out of one [C-69].
        AccountChange = Conflict, "account_change", Some("parent_id"),
            "`parent_id` leads into another account or out of one, expected a parent of the same";
        /// Roles and building access would name what is no longer inside the organisation that gives them [C-72b].
        WouldStrandRoles {
            /// Some of them, each once: those at organisations that the caller may see; never who holds them.
            stranded: Vec<Stranded>,
        } = Conflict, "would_strand_roles", None,
            "members hold roles or building access that would lie outside their organisation, expected these to be taken away first";
        /// What stands against a deletion without `cascade` [C-40].
        DeleteConflict {
            /// All of it.
            unmet: Vec<PurgePrecondition>,
        } = Conflict, "delete_conflict", None,
            "the organisation is in use, expected what `details` says to be gone, or `cascade`";
        /// What stands against a purge [C-43].
        PurgePreconditions {
            /// All of it.
            unmet: Vec<PurgePrecondition>,
        } = Conflict, "purge_preconditions", None,
            "the organisation cannot be purged, expected what `details` says to be otherwise";
    }
}

fn details_of(error: &OrganisationError) -> Vec<ErrorDetail> {
    match error {
        OrganisationError::DeleteConflict { unmet }
        | OrganisationError::PurgePreconditions { unmet } => {
            let detail = |unmet: &PurgePrecondition| ErrorDetail {
                field: None,
                code: unmet.as_str().into(),
                message: Some(unmet.message().into()),
            };
            unmet.iter().map(detail).collect()
        }
        OrganisationError::WouldStrandRoles { stranded } => {
            stranded.iter().map(Stranded::detail).collect()
        }
        error => field_detail(error.field(), error.code()),
    }
}
