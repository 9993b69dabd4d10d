//! Who asks, for whom, when, and with which new ids: all from the host, for the core has no clock and no randomness.

use alloc::vec::Vec;

use serde::Serialize;

use crate::id::Id;
use crate::time::Timestamp;

/// Who asks. The host has verified it: the core never sees a token [0-7, 2-4].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Actor {
    /// A person or service, by id or alias.
    Person(Id),
    /// The token of a unit [2-4, C-66].
    UnitToken {
        /// The unit, by id or alias.
        unit: Id,
        /// The generation of the token; one that is not the unit's own no longer counts [2-5].
        generation: u64,
    },
}

/// What the host knows and the core cannot.
///
/// As JSON every field but `new_ids` and `correlation_id` must be there, `null` where there is none: an acting
/// organisation cannot be forgotten by accident [0-25].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Context {
    /// Who asks; none where nobody is authenticated.
    pub actor: Option<Actor>,
    /// On whose behalf (`X-Org`); required by the operations of seed 0 and by `list_org_users`, ignored elsewhere [C-73].
    pub acting_org: Option<Id>,
    /// When.
    pub at: Timestamp,
    /// Ids that are in use nowhere, taken from the front by what the command creates. Each command says how many it needs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub new_ids: Vec<Id>,
    /// What the host calls this request; it comes back in the change and in errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<Id>,
}

impl Context {
    /// A context without new ids. The acting organisation is an argument, so that it is thought of.
    #[must_use]
    pub const fn new(actor: Actor, acting_org: Option<Id>, at: Timestamp) -> Self {
        Self { actor: Some(actor), acting_org, at, new_ids: Vec::new(), correlation_id: None }
    }

    /// The same with ids for what is created.
    #[must_use]
    pub fn with_new_ids(mut self, new_ids: Vec<Id>) -> Self {
        self.new_ids = new_ids;
        self
    }

    /// The same with the host's name for the request.
    #[must_use]
    pub fn with_correlation_id(mut self, correlation_id: Id) -> Self {
        self.correlation_id = Some(correlation_id);
        self
    }
}
