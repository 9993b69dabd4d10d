//! Buildings, integrations, units and doors [E.4, C-86].

mod buildings;
mod doors;
mod integrations;
mod units;

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::{Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::error::{ErrorDetail, family_error, fault_details, field_detail};
use crate::estate::{BuildingDoc, DoorDoc, Faults, IntegrationDoc, UnitDoc};
use crate::id::Id;
use crate::reason::Basis;

/// Creates a building; its id is the caller's choice. Who asks must be allowed `buildings:create` on the owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreateBuilding {
    /// The whole row.
    pub building: BuildingDoc,
}

/// Replaces the row of a building; the id says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateBuilding {
    /// The whole row.
    pub building: BuildingDoc,
}

/// Removes a building that nothing refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemoveBuilding {
    /// Which, by id or alias.
    #[serde(rename = "building_id")]
    pub building: Id,
}

/// Creates an integration; its id is the caller's choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreateIntegration {
    /// The whole row.
    pub integration: IntegrationDoc,
}

/// Replaces the row of an integration; the id says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateIntegration {
    /// The whole row.
    pub integration: IntegrationDoc,
}

/// Removes an integration that nothing refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemoveIntegration {
    /// Which, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
}

/// Creates a unit; its id is the caller's choice. The host is asked to make its token [2-5].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreateUnit {
    /// The whole row.
    pub unit: UnitDoc,
}

/// Replaces the row of a unit; the id says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateUnit {
    /// The whole row.
    pub unit: UnitDoc,
}

/// Removes a unit that nothing refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemoveUnit {
    /// Which, by id or alias.
    #[serde(rename = "unit_id")]
    pub unit: Id,
}

/// Creates a door; its id is the caller's choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreateDoor {
    /// The whole row.
    pub door: DoorDoc,
}

/// Replaces the row of a door; the id says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateDoor {
    /// The whole row.
    pub door: DoorDoc,
}

/// Removes a door that nothing refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemoveDoor {
    /// Which, by id or alias.
    #[serde(rename = "door_id")]
    pub door: Id,
}

family_error! {
    /// Why an operation on buildings, integrations, units or doors is refused.
    PlaceError, details place_details, {
        /// A thing stays in the building, or on the integration, in which it is.
        ImmutablePlace = Invalid, "immutable_field", Some("building"), "it cannot be moved to another building";
        /// A door stays on its integration.
        ImmutableIntegration = Invalid, "immutable_field", Some("integration"), "a door cannot be moved to another integration";
        /// The administrators of a unit are said by another command.
        ImmutableAdministrators = Invalid, "immutable_field", Some("administrators"), "expected the administrators that the unit has: `set_unit_administrators` says others";
        /// The generation of a unit's token is counted by another command.
        ImmutableGeneration = Invalid, "immutable_field", Some("token_generation"), "expected the generation that the unit has, 0 for a new one: `rotate_unit_token` counts on";
        /// The row breaks rules of an estate.
        Invalid {
            /// Each of them.
            faults: Faults,
        } = Invalid, "invalid", None, "the row breaks the rules: {faults}";
        /// The id, or an alias, is in use.
        AlreadyExists {
            /// The id given.
            id: Id,
        } = Conflict, "already_exists", None, "`{id}` is in use";
        /// Something still refers to it.
        InUse {
            /// What.
            by: String,
        } = Conflict, "in_use", None, "something still refers to it: {by}";
        /// Roles or building access would count where they may not stand.
        Stranded {
            /// What.
            what: String,
        } = Conflict, "in_use", None, "the change would leave behind what depends on it: {what}";
    }
}

fn place_details(error: &PlaceError) -> Vec<ErrorDetail> {
    match error {
        PlaceError::Invalid { faults } => fault_details(faults),
        _ => field_detail(error.field(), error.code()),
    }
}

/// Step 6 of a removal: that none of these refers to it.
fn require_unused(uses: &[(bool, &str)]) -> Result<(), PlaceError> {
    let by: Vec<&str> = uses.iter().filter(|(is_used, _)| *is_used).map(|(_, by)| *by).collect();
    if by.is_empty() { Ok(()) } else { Err(PlaceError::InUse { by: by.join(", ") }) }
}

/// A row that was written: an event where it is another than before.
fn written(kind: OutcomeKind, basis: Basis, event: Option<Event>) -> Drafted {
    match event {
        None => Drafted::unchanged(OutcomeDetails::None),
        Some(event) => {
            let events = alloc::vec![event];
            Drafted { kind, details: OutcomeDetails::None, basis, events }
        }
    }
}
