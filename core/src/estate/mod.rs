//! The estate: the whole policy as a person writes it, one JSON document.
//!
//! These types are plain data. [`Estate::from_json`] reads them; the rules between rows are checked when
//! a [`Directory`](crate::Directory) is made, so that an estate built in code meets the same checks.

mod fault;
mod read;
#[cfg(feature = "schema")]
mod schema;
mod text;
mod types;

pub use self::fault::{Fault, FaultCode, Faults};
pub(crate) use self::fault::{Path, Printable};
pub(crate) use self::read::any_name;
pub use self::text::LocalizedText;
pub(crate) use self::text::{is_forbidden, is_text};
pub use self::types::{
    Account, AdministratorEntry, AudienceDoc, BuildingAccess, BuildingDoc, CatalogDoc, Deletion,
    DeviceDoc, DoorDoc, Estate, GivenBy, GivenOn, GrantedGroup, GrantedRole, HeldAt,
    IntegrationDoc, IntegrationKind, JobFunctionDoc, KeyKind, LineDoc, MembershipDoc,
    OrganisationDoc, OrganisationKind, PermissionDoc, PermissionGroupDoc, PersonDoc, PersonKind,
    PersonState, PlatformRoleDoc, ResidencyDoc, ResidencyStatus, ResidencyType, Settings,
    SwitchStatus, UnitDoc, ValidityDoc,
};
