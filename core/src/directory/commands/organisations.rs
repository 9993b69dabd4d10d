//! Organisations: create, update, move, delete reversibly, restore, purge [3-5..3-33, C-40..C-51].

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Patch;
use crate::error::{family_error, field_detail};
use crate::estate::{LocalizedText, OrganisationKind};
use crate::id::Id;

/// Creates an organisation [3-6]. New ids: one, unless `id` is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateOrganisation {
    /// Its name; not empty in at least one locale [3-17].
    pub name: LocalizedText,
    /// What it does, at most 1024 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Box<str>>,
    /// Below what; none: a root, for which the platform is asked [3-19].
    #[serde(rename = "parent_id", default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// An id of the caller's choice: for those who may create on the platform [3-20].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// What it is in its account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OrganisationKind>,
}

/// Updates an organisation in part; what is absent stays [3-8, C-50].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateOrganisation {
    /// Which, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
    /// The name; null is refused.
    #[serde(default, skip_serializing_if = "Patch::is_unchanged")]
    pub name: Patch<LocalizedText>,
    /// The description; null takes it away.
    #[serde(default, skip_serializing_if = "Patch::is_unchanged")]
    pub description: Patch<Box<str>>,
    /// Below what it stands, with all below it; null makes it a root.
    #[serde(rename = "parent_id", default, skip_serializing_if = "Patch::is_unchanged")]
    pub parent: Patch<Id>,
}

/// Deletes an organisation reversibly [3-9, C-40]. New ids: one, for the deletion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoftDeleteOrganisation {
    /// Which, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
    /// Whether to delete what stands against it too: organisations below, and although there are buildings or members.
    #[serde(default)]
    pub cascade: bool,
}

/// Undoes a deletion: exactly what it took is live again [3-23, C-42].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestoreOrganisation {
    /// Which, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
}

/// Removes a deleted organisation for ever [3-10, C-43].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurgeOrganisation {
    /// Which, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
}

/// Says which buildings an organisation serves without owning them, all of them [C-69].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

family_error! {
    /// Why an operation on organisations is refused.
    OrganisationError, details |error| field_detail(error.field(), error.code()), {
        /// No locale has a name [3-17].
        NameRequired = Invalid, "org_name_required", Some("name"), "`name` is empty, expected text in at least one locale";
    }
}

impl crate::Directory {
    pub(super) fn draft_create_organisation(
        &self,
        _context: &super::Context,
        _command: &CreateOrganisation,
    ) -> Result<super::Drafted, OrganisationError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_update_organisation(
        &self,
        _context: &super::Context,
        _command: &UpdateOrganisation,
    ) -> Result<super::Drafted, OrganisationError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_soft_delete_organisation(
        &self,
        _context: &super::Context,
        _command: &SoftDeleteOrganisation,
    ) -> Result<super::Drafted, OrganisationError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_restore_organisation(
        &self,
        _context: &super::Context,
        _command: &RestoreOrganisation,
    ) -> Result<super::Drafted, OrganisationError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_purge_organisation(
        &self,
        _context: &super::Context,
        _command: &PurgeOrganisation,
    ) -> Result<super::Drafted, OrganisationError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_set_served_buildings(
        &self,
        _context: &super::Context,
        _command: &SetServedBuildings,
    ) -> Result<super::Drafted, OrganisationError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
