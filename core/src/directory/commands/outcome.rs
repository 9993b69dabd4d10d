//! What a command comes to: what changed, what the host must now do, and what the caller is told.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Actor;
use crate::directory::events::Event;
use crate::directory::events::HostEffect;
use crate::id::Id;
use crate::path::RolePath;
use crate::reason::Basis;
use crate::time::Timestamp;

/// The version of the events that this library writes. It reads this one and all before it.
pub const EVENT_VERSION: u32 = 1;

/// What one command changes: the unit that a host stores whole or not at all, and that [`Directory::apply`] takes.
///
/// [`Directory::apply`]: crate::Directory::apply
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The revision that it makes; it applies to the one before.
    pub revision: u64,
    /// The version of the events, [`EVENT_VERSION`].
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// Who; none for the import of an estate into an empty directory.
    pub actor: Option<Actor>,
    /// On whose behalf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_org: Option<Id>,
    /// The host's name for the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<Id>,
    /// What allowed it.
    pub basis: Basis,
    /// What changed, in order; never empty.
    pub events: Vec<Event>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OutcomeKind {
    /// Something new is there.
    Created,
    /// Something is different.
    Updated,
    /// Something is gone.
    Removed,
    /// It was so already [C-6, C-42].
    Unchanged,
}

/// What a command comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Outcome {
    /// What happened.
    pub kind: OutcomeKind,
    /// What the caller is told.
    pub details: OutcomeDetails,
    /// What changed; none for [`OutcomeKind::Unchanged`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// What the host must do once the change is stored.
    pub effects: Vec<HostEffect>,
}

/// A role with the organisation at which it is held.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldRole {
    /// Where it is held.
    pub organisation: Id,
    /// The role.
    pub role: RolePath,
}

/// What the caller of a command is told beside the kind of outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OutcomeDetails {
    /// Nothing more.
    None,
    /// The organisation concerned.
    Organisation {
        /// Its id.
        organisation: Id,
    },
    /// The person concerned.
    Person {
        /// Their id.
        person: Id,
    },
    /// A building user as they are from now on: the row that an add is answered with [0-3, C-87].
    BuildingUser {
        /// Who.
        #[serde(rename = "user_id")]
        person: Id,
        /// The role.
        role: RolePath,
        /// The units of the integration in which they live, by id.
        #[serde(rename = "apartments")]
        units: Vec<Id>,
    },
    /// A building user was removed [0-4, C-9].
    BuildingUserRemoved {
        /// The roles that were taken away.
        roles_removed: Vec<HeldRole>,
        /// The units in which they no longer live.
        units_removed: Vec<Id>,
        /// Whether something else that they hold still opens a door of the integration [C-77].
        still_allowed: bool,
    },
    /// A unit user was updated [2-25].
    UnitUser {
        /// The host's operation that brings the persona up to date; none where nothing of it changed.
        persona_update: Option<Id>,
        /// The host's operation that changes the passphrase or cuts the network.
        dpsk_update: Option<Id>,
    },
    /// A plan was carried out [1-19].
    Plan {
        /// Roles given.
        added: usize,
        /// Roles taken.
        removed: usize,
        /// Roles replaced.
        changed: usize,
    },
}

/// What a command comes to before it is one change: the events of its family, and what allowed it.
pub(crate) struct Drafted {
    pub(crate) kind: OutcomeKind,
    pub(crate) details: OutcomeDetails,
    pub(crate) basis: Basis,
    /// Empty exactly for [`OutcomeKind::Unchanged`].
    pub(crate) events: Vec<Event>,
}

impl Drafted {
    /// That everything was so already.
    pub(crate) const fn unchanged(details: OutcomeDetails) -> Self {
        Self { kind: OutcomeKind::Unchanged, details, basis: Basis::None, events: Vec::new() }
    }
}
