//! Residents, administrators and tokens of units, beside what the portals do [C-66].

mod administrators;
mod house;
mod residency;

use alloc::vec::Vec;

use serde::Serialize;

use crate::error::{family_error, fault_details, field_detail};
use crate::estate::{AdministratorEntry, Faults, ResidencyDoc};
use crate::id::Id;
use crate::limits::{MAX_ENTRIES, MAX_NAME_CHARS};

/// Makes somebody a resident of a unit. `secret` and `devices` must be absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AddResident {
    /// The row: person and unit by id or alias.
    pub residency: ResidencyDoc,
}

/// Replaces the row of a residency: type, status, window, and how it shows in the lobby. `secret` and `devices` must be
/// absent; they stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateResident {
    /// The row: person and unit by id or alias.
    pub residency: ResidencyDoc,
}

/// Ends a residency, and with it the administration of the unit: somebody who has left must not go on letting people in.
/// Roles stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemoveResident {
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Where, by id or alias.
    #[serde(rename = "unit_id")]
    pub unit: Id,
}

/// Says who administers a unit, all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetUnitAdministrators {
    /// Which unit, by id or alias.
    #[serde(rename = "unit_id")]
    pub unit: Id,
    /// Exactly these, each once.
    pub administrators: Vec<AdministratorEntry>,
}

/// Makes the tokens of a unit that there are count no longer; the host makes a new one [2-5].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RotateUnitToken {
    /// Which unit, by id or alias.
    #[serde(rename = "unit_id")]
    pub unit: Id,
}

family_error! {
    /// Why an operation on residents, administrators or tokens of units is refused.
    ResidentError, details |error| match error {
        ResidentError::Invalid { faults } => fault_details(faults),
        _ => field_detail(error.field(), error.code()),
    }, {
        /// Nobody has this id, or somebody who is deleted.
        UnknownUser {
            /// The id given.
            person: Id,
        } = Invalid, "unknown_user", Some("person"), "no user `{person}`, expected the id of somebody known";
        /// A guest is a GUEST and administers nothing [1-4, C-82].
        GuestNotAllowed {
            /// The id given.
            person: Id,
        } = Invalid, "guest_not_allowed", Some("person"), "`{person}` is a guest, expected a residency of type GUEST and nothing else";
        /// Secrets come by updates of unit users only.
        SecretNotExpected = Invalid, "secret_not_expected", Some("secret"), "a secret is set by an update of the unit user, expected none here";
        /// Devices come by commands of their own.
        DevicesNotExpected = Invalid, "devices_not_expected", Some("devices"), "devices are added one by one, expected none here";
        /// A name that is too long, or has characters that cannot be seen.
        InvalidDisplayName = Invalid, "invalid_display_name", Some("display_name"), "a display name is too long or has control characters, expected at most {MAX_NAME_CHARS} characters";
        /// A window without ends, or one that ends before it begins.
        EmptyValidity = Invalid, "empty_validity", Some("valid"), "a window without an instant, expected `from` before `to`, and one of them";
        /// A LINKED resident does not administer the unit [C-28].
        LinkedCannotAdminister {
            /// Who.
            person: Id,
        } = Invalid, "linked_cannot_administer", Some("person"), "`{person}` is a LINKED resident, expected an administrator who is none";
        /// A person stands twice among the administrators.
        DuplicateAdministrator {
            /// Who.
            person: Id,
        } = Invalid, "duplicate_row", Some("administrators"), "`{person}` a second time, expected each administrator once";
        /// The row breaks another rule of estates.
        Invalid {
            /// Each rule that is broken.
            faults: Faults,
        } = Invalid, "invalid", None, "the row breaks the rules: {faults}";
        /// The person lives in the unit already, in another way.
        AlreadyResident {
            /// Who.
            person: Id,
        } = Conflict, "already_resident", Some("person"), "`{person}` has a residency in the unit, expected an update of it";
        /// As many live in the unit as its limit allows [C-66].
        UnitFull {
            /// The limit.
            limit: u32,
        } = Conflict, "unit_full", Some("unit"), "the unit has its {limit} residents, expected fewer before one is added";
        /// Nobody would administer the unit any more [C-66].
        LastAdministrator = Conflict, "last_admin", Some("person"), "the unit would lose its last administrator, expected another one first";
        /// A unit has as many administrators as one can.
        TooManyAdministrators = Capacity, "too_many", Some("administrators"), "over {MAX_ENTRIES} administrators, expected fewer";
        /// No number is left for another token.
        GenerationsExhausted = Capacity, "generations_exhausted", None, "the tokens of the unit have used up all numbers";
    }
}
