//! Unit users and their devices, as the resident portal knows them [2-1..2-50, C-23..C-28].

use alloc::boxed::Box;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{family_error, field_detail};
use crate::estate::{DeviceDoc, ResidencyStatus, ResidencyType};
use crate::id::Id;

/// What an update says of the passphrase [2-18, C-25]. The clear text never comes here: the host keeps it and passes a
/// reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PassphrasePatch {
    /// Absent: it stays.
    #[default]
    Unchanged,
    /// `""`: the host makes a new one, and the old one counts no longer.
    Reset,
    /// `{"secret": "ID"}`: the one that the host keeps under this reference.
    Set(Id),
}

impl PassphrasePatch {
    const fn is_unchanged(&self) -> bool {
        matches!(self, Self::Unchanged)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretReference {
    secret: Id,
}

impl Serialize for PassphrasePatch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unchanged => serializer.serialize_none(),
            Self::Reset => serializer.serialize_str(""),
            Self::Set(secret) => SecretReference { secret: secret.clone() }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for PassphrasePatch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Wire {
            Text(Box<str>),
            Reference(SecretReference),
        }
        match Wire::deserialize(deserializer) {
            Ok(Wire::Text(text)) if text.is_empty() => Ok(Self::Reset),
            Ok(Wire::Reference(reference)) => Ok(Self::Set(reference.secret)),
            // The text itself must not come out in an error.
            Ok(Wire::Text(_)) | Err(_) => Err(serde::de::Error::custom(
                "a passphrase here is `\"\"` (make a new one) or `{\"secret\": ID}`, never the clear text",
            )),
        }
    }
}

/// A partial update of a unit user; what is absent stays [2-24]. Field names are those of the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitUserPatch {
    /// Must be the one in the path, where it is given.
    #[serde(rename = "userId", default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<Id>,
    /// Name, 0 to 255 characters.
    #[serde(rename = "userName", default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<Box<str>>,
    /// E-mail address, 0 to 255 characters; empty: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Box<str>>,
    /// Telephone number, 0 to 16 characters; empty: none.
    #[serde(rename = "phoneNumber", default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<Box<str>>,
    /// Passphrase.
    #[serde(default, skip_serializing_if = "PassphrasePatch::is_unchanged")]
    pub passphrase: PassphrasePatch,
    /// Status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ResidencyStatus>,
    /// Must be the present one, where it is given [C-23].
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub residency_type: Option<ResidencyType>,
}

/// Updates a unit user in part [2-23]. New ids: one for a passphrase that is reset, one for the operation that updates
/// the persona, one for the operation that updates the network, in this order, each only where it is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateUnitUser {
    /// The property: a building, by id or alias.
    #[serde(rename = "property_id")]
    pub property: Id,
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The unit, where the person has several in the property that the caller may update.
    #[serde(rename = "unit_id", default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
    /// What changes.
    pub patch: UnitUserPatch,
}

/// Notes a device of a unit user, or new attributes of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddUnitUserDevice {
    /// The property: a building, by id or alias.
    #[serde(rename = "property_id")]
    pub property: Id,
    /// Whose, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The unit, where the person has several in the property that the caller may update.
    #[serde(rename = "unit_id", default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
    /// The device.
    pub device: DeviceDoc,
}

/// Removes a device of a unit user [2-49].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveUnitUserDevice {
    /// The property: a building, by id or alias.
    #[serde(rename = "property_id")]
    pub property: Id,
    /// Whose, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Which: opaque text, compared byte for byte [C-2].
    pub device_id: Box<str>,
}

family_error! {
    /// Why an operation on unit users is refused.
    UnitUserError, details |error| field_detail(error.field(), error.code()), {
        /// The id in the body is not that in the path [2-24].
        IdMismatch = Invalid, "id_mismatch", Some("userId"), "`userId` is not the user that is updated";
    }
}

impl crate::Directory {
    pub(super) fn draft_update_unit_user(
        &self,
        _context: &super::Context,
        _command: &UpdateUnitUser,
    ) -> Result<super::Drafted, UnitUserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_add_unit_user_device(
        &self,
        _context: &super::Context,
        _command: &AddUnitUserDevice,
    ) -> Result<super::Drafted, UnitUserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_remove_unit_user_device(
        &self,
        _context: &super::Context,
        _command: &RemoveUnitUserDevice,
    ) -> Result<super::Drafted, UnitUserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
