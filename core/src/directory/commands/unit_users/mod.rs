//! Unit users and their devices, as the resident portal knows them [2-1..2-50, C-23..C-28].

mod contact;
mod devices;
mod resolve;
mod update;

use alloc::boxed::Box;

use serde::{Serialize, Serializer};

pub use self::contact::check_passphrase;
pub(crate) use self::resolve::{UnitUser, UnitUserPath};
use crate::error::{family_error, field_detail};
use crate::estate::{DeviceDoc, ResidencyStatus, ResidencyType};
use crate::id::Id;
use crate::limits::{
    MAX_ENTRIES, MAX_NAME_CHARS, MAX_PASSPHRASE_CHARS, MAX_PHONE_CHARS, MAX_UNIT_USER_PAGE,
    MIN_PASSPHRASE_CHARS,
};

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

#[derive(Serialize)]
pub(super) struct SecretReference {
    pub(super) secret: Id,
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

/// A partial update of a unit user; what is absent stays [2-24]. Field names are those of the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UnitUserPatch {
    /// Must be the one in the path, where it is given.
    #[serde(rename = "userId", skip_serializing_if = "Option::is_none")]
    pub user_id: Option<Id>,
    /// Name, 0 to 255 characters.
    #[serde(rename = "userName", skip_serializing_if = "Option::is_none")]
    pub user_name: Option<Box<str>>,
    /// E-mail address, 0 to 255 characters; empty: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Box<str>>,
    /// Telephone number, 0 to 16 characters; empty: none.
    #[serde(rename = "phoneNumber", skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<Box<str>>,
    /// Passphrase.
    #[serde(skip_serializing_if = "PassphrasePatch::is_unchanged")]
    pub passphrase: PassphrasePatch,
    /// Status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ResidencyStatus>,
    /// Must be the present one, where it is given [C-23].
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub residency_type: Option<ResidencyType>,
}

/// Updates a unit user in part [2-23]. New ids: one for a passphrase that is reset, one for the operation that updates
/// the persona, one for the operation that updates the network, in this order, each only where it is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateUnitUser {
    /// The property: a building, by id or alias.
    #[serde(rename = "property_id")]
    pub property: Id,
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The unit, where the person has several in the property that the caller may update.
    #[serde(rename = "unit_id", skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
    /// What changes.
    pub patch: UnitUserPatch,
}

/// Notes a device of a unit user, or new attributes of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AddUnitUserDevice {
    /// The property: a building, by id or alias.
    #[serde(rename = "property_id")]
    pub property: Id,
    /// Whose, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The unit, where the person has several in the property that the caller may update.
    #[serde(rename = "unit_id", skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
    /// The device.
    pub device: DeviceDoc,
}

/// Removes a device of a unit user [2-49].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
        /// The user has several units in the property.
        UnitRequired = Invalid, "unit_required", Some("unit_id"), "the user has several units in this property, expected `unit_id`";
        /// The id in the body is not that in the path [2-24].
        IdMismatch = Invalid, "id_mismatch", Some("userId"), "`userId` is not the user that is updated";
        /// The type of a unit user says where the identity comes from [C-23].
        ImmutableField {
            /// The present type.
            present: &'static str,
        } = Invalid, "immutable_field", Some("type"), "the type of a unit user does not change, expected `{present}` or none";
        /// A name that is too long, or has characters that cannot be seen [2-15].
        InvalidUserName = Invalid, "invalid_user_name", Some("userName"), "a user name is too long or has control characters, expected at most {MAX_NAME_CHARS} characters";
        /// An address that is too long, has characters that cannot be seen or, where the estate is strict, is none [2-16, C-13].
        InvalidEmail = Invalid, "invalid_email", Some("email"), "not an e-mail address of at most {MAX_NAME_CHARS} characters";
        /// A number that is too long, has characters that cannot be seen or, where the estate is strict, is none [2-17, C-13].
        InvalidPhoneNumber = Invalid, "invalid_phone_number", Some("phoneNumber"), "not a telephone number of at most {MAX_PHONE_CHARS} characters";
        /// A passphrase of another length, or with other characters [C-25]. The text itself is nowhere.
        InvalidPassphrase = Invalid, "invalid_passphrase", Some("passphrase"), "not a passphrase, expected {MIN_PASSPHRASE_CHARS} to {MAX_PASSPHRASE_CHARS} printable ASCII characters";
        /// A device that breaks the bounds of one [C-2].
        InvalidDevice {
            /// Which bound.
            expected: &'static str,
        } = Invalid, "invalid_device", Some("device"), "not a device, expected {expected}";
        /// A page or page size below 0, or a page beyond all [C-21].
        InvalidPage {
            /// What was asked for.
            found: i64,
        } = Invalid, "invalid_page", Some("page"), "`page` is {found}, expected a number from 0 to 2147483647";
        /// A page size below 0 [C-21].
        InvalidPageSize {
            /// What was asked for.
            found: i64,
        } = Invalid, "invalid_page_size", Some("pageSize"), "`pageSize` is {found}, expected a number from 0 up; over {MAX_UNIT_USER_PAGE} means {MAX_UNIT_USER_PAGE}";
        /// Unit users are sorted by their id only [2-34].
        InvalidSortField = Invalid, "invalid_sort_field", Some("sortFields"), "unit users are sorted by `userId` only";
        /// A new id that is in use, or given twice.
        NewIdInUse {
            /// Which.
            id: Id,
        } = Invalid, "new_id_in_use", None, "`{id}` of the `new_ids` is in use, expected ids that nothing has";
        /// Another residency has this secret: the host would show its text, and throw it away, for two [C-25].
        SecretInUse = Conflict, "secret_in_use", Some("passphrase"), "another unit user has this secret, expected one that nobody has";
        /// Another member of an account has this address [C-69].
        EmailExists = Conflict, "email_exists", Some("email"), "another member of the account has this e-mail address";
        /// Nobody would administer the unit any more [C-66].
        LastAdministrator = Conflict, "last_admin", Some("status"), "the user is the last administrator of the unit, expected another one first";
        /// A residency has as many devices as one can.
        TooManyDevices = Capacity, "too_many_devices", Some("device"), "the user has {MAX_ENTRIES} devices, expected fewer before one is added";
    }
}
