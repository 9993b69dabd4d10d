#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::unwrap_used,
    )
)]
//! Vestibule answers one question: *may this person do this, here, now?*
#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

#[cfg(feature = "alloc")]
mod catalog;
#[cfg(feature = "alloc")]
mod decide;
#[cfg(feature = "alloc")]
mod directory;
#[cfg(feature = "alloc")]
pub mod estate;
#[cfg(feature = "alloc")]
mod explain;
#[cfg(feature = "alloc")]
mod facts;
#[cfg(feature = "alloc")]
mod hash;
mod id;
pub mod limits;
mod path;
mod reason;
mod request;
#[cfg(feature = "alloc")]
mod serial;
mod time;

#[cfg(feature = "alloc")]
pub use crate::catalog::{Catalog, Key};
#[cfg(feature = "alloc")]
pub use crate::directory::{
    BuildingUserRow, Contact, Directory, Lint, LintCode, ListItem, ListQuery, ListedResident,
    LobbyRow, MemberDepth, MemberRow, OrganisationHandle, Page, PageError, PageRequest,
    PrincipalHandle, Question, ResourceHandle,
};
#[cfg(feature = "alloc")]
pub use crate::estate::Estate;
#[cfg(feature = "alloc")]
pub use crate::explain::{Explanation, Failed, NearMiss, ReasonText};
#[cfg(feature = "alloc")]
pub use crate::id::Id;
pub use crate::id::{IdError, IdForm, IdRef};
pub use crate::path::PathError;
#[cfg(feature = "alloc")]
pub use crate::path::RolePath;
pub use crate::reason::{Basis, Decision, Effect, Reason};
pub use crate::request::{Principal, Request, RequestError, Resource, ResourceKind, TextRequest};
pub use crate::time::{Timestamp, TimestampError, Validity};
