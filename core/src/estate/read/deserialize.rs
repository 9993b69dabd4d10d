//! Rows read one at a time by serde, by the same reader as whole estates: what is a fault there is an error here.

use core::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error};

use super::values::AnyName;
use super::{Read, Seed};
use crate::estate::fault::{Faults, Path};
use crate::estate::text::LocalizedText;
use crate::estate::types::*;

/// Reads one value; the first fault, with its path, is the error.
fn read<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut faults = Faults::default();
    let value = Seed::<T>::new(Path::ROOT, &mut faults).deserialize(deserializer)?;
    match (faults.iter().next(), value) {
        (None, Some(value)) => Ok(value),
        (Some(fault), _) => Err(D::Error::custom(fault)),
        (None, None) => Err(D::Error::custom(Unreadable(T::EXPECTED))),
    }
}

/// A name that may have no text: the operation that is given it says what is wrong, in its turn [3-17, C-16].
pub(crate) fn any_name<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<LocalizedText, D::Error> {
    read::<AnyName, D>(deserializer).map(|name| name.0)
}

/// A value that the reader dropped without a word.
struct Unreadable(&'static str);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not readable, expected {}", self.0)
    }
}

macro_rules! deserialize {
    ($($type:ty,)+) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read(deserializer)
            }
        }
    )+};
}

deserialize! {
    Estate, Settings, CatalogDoc, PermissionDoc, LineDoc, GivenBy, LocalizedText, ValidityDoc,
    Account, OrganisationDoc, Deletion, BuildingDoc, IntegrationDoc, UnitDoc, AdministratorEntry,
    DoorDoc, AudienceDoc, PersonDoc, PermissionGroupDoc, JobFunctionDoc, MembershipDoc, GrantedRole,
    GrantedGroup, BuildingAccess, ResidencyDoc, DeviceDoc, PlatformRoleDoc,
    HeldAt, GivenOn, KeyKind, OrganisationKind, IntegrationKind, SwitchStatus, PersonKind,
    PersonState, ResidencyStatus, ResidencyType,
}
