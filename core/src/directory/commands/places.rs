//! Buildings, integrations, units and doors [E.4, C-86].

use serde::{Deserialize, Serialize};

use crate::error::{family_error, field_detail};
use crate::estate::{BuildingDoc, DoorDoc, IntegrationDoc, UnitDoc};
use crate::id::Id;

/// Creates a building; its id is the caller's choice. Who asks must be allowed `buildings:create` on the owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateBuilding {
    /// The whole row.
    pub building: BuildingDoc,
}

/// Replaces the row of a building; the id says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateBuilding {
    /// The whole row.
    pub building: BuildingDoc,
}

/// Removes a building that nothing refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveBuilding {
    /// Which, by id or alias.
    #[serde(rename = "building_id")]
    pub building: Id,
}

/// Creates an integration; its id is the caller's choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateIntegration {
    /// The whole row.
    pub integration: IntegrationDoc,
}

/// Replaces the row of an integration; the id says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateIntegration {
    /// The whole row.
    pub integration: IntegrationDoc,
}

/// Removes an integration that nothing refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveIntegration {
    /// Which, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
}

/// Creates a unit; its id is the caller's choice. The host is asked to make its token [2-5].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateUnit {
    /// The whole row.
    pub unit: UnitDoc,
}

/// Replaces the row of a unit; the id says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateUnit {
    /// The whole row.
    pub unit: UnitDoc,
}

/// Removes a unit that nothing refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveUnit {
    /// Which, by id or alias.
    #[serde(rename = "unit_id")]
    pub unit: Id,
}

/// Creates a door; its id is the caller's choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateDoor {
    /// The whole row.
    pub door: DoorDoc,
}

/// Replaces the row of a door; the id says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateDoor {
    /// The whole row.
    pub door: DoorDoc,
}

/// Removes a door that nothing refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveDoor {
    /// Which, by id or alias.
    #[serde(rename = "door_id")]
    pub door: Id,
}

family_error! {
    /// Why an operation on buildings, integrations, units or doors is refused.
    PlaceError, details |error| field_detail(error.field(), error.code()), {
        /// Something still refers to it.
        InUse {
            /// What.
            by: &'static str,
        } = Conflict, "in_use", None, "something still refers to it: {by}";
    }
}

impl crate::Directory {
    pub(super) fn draft_create_building(
        &self,
        _context: &super::Context,
        _command: &CreateBuilding,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_update_building(
        &self,
        _context: &super::Context,
        _command: &UpdateBuilding,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_remove_building(
        &self,
        _context: &super::Context,
        _command: &RemoveBuilding,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_create_integration(
        &self,
        _context: &super::Context,
        _command: &CreateIntegration,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_update_integration(
        &self,
        _context: &super::Context,
        _command: &UpdateIntegration,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_remove_integration(
        &self,
        _context: &super::Context,
        _command: &RemoveIntegration,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_create_unit(
        &self,
        _context: &super::Context,
        _command: &CreateUnit,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_update_unit(
        &self,
        _context: &super::Context,
        _command: &UpdateUnit,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_remove_unit(
        &self,
        _context: &super::Context,
        _command: &RemoveUnit,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_create_door(
        &self,
        _context: &super::Context,
        _command: &CreateDoor,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_update_door(
        &self,
        _context: &super::Context,
        _command: &UpdateDoor,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_remove_door(
        &self,
        _context: &super::Context,
        _command: &RemoveDoor,
    ) -> Result<super::Drafted, PlaceError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
