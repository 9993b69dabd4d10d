#![cfg_attr(not(test), no_std)]
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
//! Vestibule is an embedded access-policy engine. It answers one question, the same everywhere: *may this person do
//! this, here, now?*
//!
//! It is a library: no I/O, no clock, no randomness, no threads, no logging. An [`Estate`] is the whole policy as a
//! person writes it; a [`Directory`] is an estate that answers. Every instant comes from the caller.
//!
//! ```
//! use vestibule::{Directory, Reason, TextRequest, Timestamp};
//!
//! let directory = Directory::from_json(br#"{
//!   "version": 1,
//!   "organisations": [{ "id": "operator", "name": "Operator" }],
//!   "buildings": [{ "id": "court", "owner": "operator" }],
//!   "integrations": [{ "id": "panel", "building": "court" }],
//!   "doors": [{ "id": "plant-room", "integration": "panel", "audience": "nobody" }],
//!   "people": [{ "id": "tom" }, { "id": "ana" }],
//!   "memberships": [{
//!     "person": "tom",
//!     "organisation": "operator",
//!     "roles": ["virtual_access:integration:panel:technician"]
//!   }]
//! }"#)?;
//! let mut question = TextRequest {
//!     principal: "person:tom",
//!     action: "doors:open",
//!     resource: "door:plant-room",
//!     acting_org: None,
//!     at: Timestamp::parse("2026-11-22T18:00:00Z")?,
//! };
//! assert!(directory.decide_text(&question)?.is_allow());
//! question.principal = "person:ana";
//! assert_eq!(directory.decide_text(&question)?.reason(), Reason::NoGrant);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The rules, exactly, are in `core/docs/semantics.md`; why they are built this way, in `core/docs/design.md`.
//!
//! # Features
//!
//! * `std` (default): everything, with the standard library.
//! * `alloc`: the estate, the directory, explanations and lists, with an allocator and no standard library.
//! * `compact`: code of decisions is shared instead of inlined, for panels and browsers: smaller, a little slower.
//! * `schema`: [`Estate::json_schema`], for tools.
//!
//! Without any feature: ids, requests, instants and decisions, with no allocator.

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

/// The tests inside the library share what the tests beside it use.
#[cfg(test)]
extern crate self as vestibule;

#[cfg(feature = "alloc")]
mod bits;
#[cfg(feature = "alloc")]
mod catalog;
mod decide;
#[cfg(feature = "alloc")]
mod directory;
#[cfg(feature = "alloc")]
mod error;
#[cfg(feature = "alloc")]
pub mod estate;
#[cfg(feature = "alloc")]
mod explain;
mod facts;
mod hash;
mod id;
mod image;
mod key;
pub mod limits;
#[cfg(feature = "alloc")]
mod order;
#[cfg(feature = "alloc")]
mod path;
mod question;
mod rate;
#[cfg(feature = "alloc")]
mod read;
mod reason;
mod request;
mod say;
#[cfg(feature = "alloc")]
mod serial;
#[cfg(feature = "alloc")]
mod sorted;
mod time;

#[cfg(feature = "alloc")]
pub use crate::catalog::Catalog;
#[cfg(feature = "alloc")]
pub use crate::directory::commands::{Actor, Change, Command, Context, Error, Outcome};
#[cfg(feature = "alloc")]
pub use crate::directory::events::{ApplyError, Event, HostEffect};
#[cfg(feature = "alloc")]
pub use crate::directory::queries::{Answer, Query};
#[cfg(feature = "alloc")]
pub use crate::directory::{
    BuildingUserRow, Contact, Directory, FreezeError, Issue, Lint, LintCode, ListItem, ListQuery,
    ListedResident, LobbyRow, MemberDepth, MemberRow, Page, PageError, PageRequest, Slice,
};
#[cfg(feature = "alloc")]
pub use crate::directory::{commands, events, queries};
#[cfg(feature = "alloc")]
pub use crate::error::{AccessError, ApiError, CheckStep, EntityKind, ErrorClass, ErrorDetail};
#[cfg(feature = "alloc")]
pub use crate::estate::Estate;
#[cfg(feature = "alloc")]
pub use crate::explain::{Explanation, Fact, Failed, NearMiss, ReasonText};
#[cfg(feature = "alloc")]
pub use crate::id::Id;
pub use crate::id::{IdError, IdForm, IdRef};
pub use crate::image::{
    Freshness, Image, ImageCounts, ImageError, ImageFault, LobbyUnit, OutsideSlice, PeopleBytes,
    Section, SectionView, SliceKind,
};
pub use crate::key::Key;
#[cfg(feature = "alloc")]
pub use crate::path::{PathError, RolePath};
pub use crate::question::{OrganisationHandle, PrincipalHandle, Question, ResourceHandle};
#[cfg(feature = "alloc")]
pub use crate::rate::RateBuckets;
pub use crate::rate::{RateBucket, RateLimited, RateLimits};
pub use crate::reason::{Basis, Decision, Effect, Reason};
pub use crate::request::{Principal, Request, RequestError, Resource, ResourceKind, TextRequest};
pub use crate::time::{Timestamp, TimestampError, Validity};

/// The examples of the README, compiled and run with the tests.
#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../../README.md")]
pub struct ReadmeExamples;
