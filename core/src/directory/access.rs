//! The caller of a command or query: who they are, and what the one `decide` says of them. Steps 1 to 4 of C-16.

use alloc::string::ToString;

use super::Directory;
use super::commands::{Actor, Context};
use crate::error::{AccessError, EntityKind};
use crate::facts::{Facts, NONE, Standing};
use crate::id::{Id, IdRef};
use crate::question::{HandleKind, OrganisationHandle, PrincipalHandle, Question, ResourceHandle};
use crate::reason::{Basis, Decision, Reason};
use crate::request::{Principal, ResourceKind};
use crate::time::Timestamp;

/// An authenticated caller.
#[derive(Clone, Copy)]
pub(crate) struct Caller<'d> {
    pub(crate) directory: &'d Directory,
    pub(crate) principal: PrincipalHandle,
    pub(crate) acting_org: Option<&'d Id>,
    pub(crate) at: Timestamp,
}

impl<'d> Caller<'d> {
    /// Step 1: an actor who is known and not deleted, or a unit's token of the present generation.
    pub(crate) fn authenticate(
        directory: &'d Directory,
        context: &'d Context,
    ) -> Result<Self, AccessError> {
        let principal = directory.actor(context).ok_or(AccessError::Unauthenticated)?;
        let acting_org = context.acting_org.as_ref();
        Ok(Self { directory, principal, acting_org, at: context.at })
    }

    /// The handle of the person who calls; none for a unit's token.
    pub(crate) fn person(&self) -> Option<u32> {
        (self.principal.0 == HandleKind::Person).then_some(self.principal.1)
    }

    /// The handle of the unit whose token calls; none for a person.
    pub(crate) fn token_unit(&self) -> Option<u32> {
        (self.principal.0 == HandleKind::UnitToken).then_some(self.principal.1)
    }

    /// Step 2: the acting organisation, which must be given, known and live [C-14, C-73].
    pub(crate) fn require_acting_org(&self) -> Result<u32, AccessError> {
        let id = self.acting_org.ok_or(AccessError::OrgContextRequired)?;
        let known = self.directory.organisation(id.as_ref()).map(|handle| handle.0);
        known
            .filter(|organisation| self.directory.is_live(*organisation))
            .ok_or_else(|| AccessError::OrgContext { organisation: id.clone() })
    }

    /// Step 3 for what is in an organisation, with an acting organisation: 404 where it is neither inside that nor
    /// visible, 403 where it is visible but not inside [C-15].
    pub(crate) fn require_inside(
        &self,
        organisation: u32,
        acting_org: u32,
        not_found: impl FnOnce() -> AccessError,
    ) -> Result<(), AccessError> {
        if self.directory.depth_on_path(organisation, acting_org).is_some() {
            return Ok(());
        }
        match (self.sees_organisation(organisation), self.acting_org) {
            (true, Some(id)) => Err(AccessError::OrgContext { organisation: id.clone() }),
            _ => Err(not_found()),
        }
    }

    /// What `decide` says of the caller, without an acting organisation: that only narrows, and step 3 has looked.
    pub(crate) fn decide(&self, action: &str, kind: ResourceKind, handle: u32) -> Decision {
        let Some(key) = self.directory.catalog.key(action) else {
            return Decision::deny(Reason::ActionUnknown);
        };
        let resource = ResourceHandle(kind, handle);
        self.directory.decide_question(&Question::new(self.principal, key, resource, self.at))
    }

    /// Whether `decide` allows it.
    pub(crate) fn is_allowed(&self, action: &str, kind: ResourceKind, handle: u32) -> bool {
        self.decide(action, kind, handle).is_allow()
    }

    /// Step 4: that `decide` allows it, and by what.
    pub(crate) fn require(
        &self,
        action: &'static str,
        kind: ResourceKind,
        handle: u32,
    ) -> Result<Basis, AccessError> {
        let decision = self.decide(action, kind, handle);
        if decision.is_allow() {
            return Ok(decision.basis());
        }
        Err(AccessError::MissingPermission { action, reason: decision.reason() })
    }

    /// Steps 3 and 4 for what is in an organisation: it is there, and `decide` allows it. What the caller may neither
    /// touch nor know of is not there for them [C-76].
    pub(crate) fn require_known(
        &self,
        action: &'static str,
        kind: EntityKind,
        id: &Id,
    ) -> Result<(u32, Basis), AccessError> {
        let handle = self.directory.known(kind, id.as_ref())?;
        let Some(resource) = resource_kind(kind) else {
            return Err(AccessError::not_found(kind, id));
        };
        match self.require(action, resource, handle) {
            Ok(basis) => Ok((handle, basis)),
            Err(_) if !self.knows(resource, handle) => Err(AccessError::not_found(kind, id)),
            Err(refused) => Err(refused),
        }
    }

    /// Whether the caller may know of what is in an organisation: who may know of that, or read it, and whose own it is:
    /// their unit, its doors, and what is nobody's unit in the building.
    pub(crate) fn knows(&self, kind: ResourceKind, handle: u32) -> bool {
        let Some(place) = self.directory.place(kind, handle) else { return false };
        let is_own = |own: u32| {
            own == place.unit
                || place.unit == NONE && self.directory.building_of_unit(own) == place.building
        };
        let is_readable = read_key(kind).is_some_and(|key| self.is_allowed(key, kind, handle));
        is_readable || self.sees_organisation(place.organisation) || self.own_units().any(is_own)
    }

    /// Where what concerns an organisation is decided: itself while it is live, else its nearest live ancestor, else
    /// the platform; otherwise nobody could ever restore [C-41].
    pub(crate) fn authority_over(&self, organisation: u32) -> (ResourceKind, u32) {
        let path = self.directory.organisations.paths.of(organisation);
        match path.iter().rev().find(|above| self.directory.is_live(**above)) {
            Some(live) => (ResourceKind::Organisation, *live),
            None => (ResourceKind::Platform, 0),
        }
    }

    /// Whether the caller may know of an organisation: a member of it, or allowed `orgs:read` on it [C-76]. One that is
    /// deleted is looked at from its nearest live ancestor [C-41].
    pub(crate) fn sees_organisation(&self, organisation: u32) -> bool {
        let (kind, handle) = self.authority_over(organisation);
        self.is_allowed("orgs:read", kind, handle)
            || (self.directory.is_live(organisation) && self.is_member(organisation))
    }

    fn is_member(&self, organisation: u32) -> bool {
        let Some(person) = self.person() else { return false };
        let directory = self.directory;
        directory.standing(person) == Some(Standing::Active)
            && directory.memberships_of(person).any(|row| {
                let row = directory.memberships.get(row);
                row.is_some_and(|row| {
                    row.organisation == organisation && directory.is_valid(row.condition, self.at)
                })
            })
    }
}

/// What is in an organisation, as `decide` calls it; none for what it does not ask about.
const fn resource_kind(kind: EntityKind) -> Option<ResourceKind> {
    match kind {
        EntityKind::Building => Some(ResourceKind::Building),
        EntityKind::Door => Some(ResourceKind::Door),
        EntityKind::Integration => Some(ResourceKind::Integration),
        EntityKind::Unit => Some(ResourceKind::Unit),
        _ => None,
    }
}

/// What lets somebody read what is in an organisation.
const fn read_key(kind: ResourceKind) -> Option<&'static str> {
    match kind {
        ResourceKind::Building => Some("buildings:read"),
        ResourceKind::Door => Some("doors:read"),
        ResourceKind::Integration => Some("integrations:read"),
        ResourceKind::Unit => Some("units:read"),
        ResourceKind::Organisation | ResourceKind::Platform => None,
    }
}

impl Directory {
    /// The handle of an actor who may be answered at all.
    fn actor(&self, context: &Context) -> Option<PrincipalHandle> {
        match context.actor.as_ref()? {
            Actor::Person(id) => {
                let handle = self.principal(Principal::Person(id.as_ref()))?;
                (self.standing(handle.1) != Some(Standing::Deleted)).then_some(handle)
            }
            Actor::UnitToken { unit, generation } => {
                let handle = self.principal(Principal::UnitToken(unit.as_ref()))?;
                (self.token_generation(handle.1) == *generation).then_some(handle)
            }
        }
    }

    /// The handle of an organisation, or that there is none.
    pub(crate) fn known_organisation(&self, id: &Id) -> Result<u32, AccessError> {
        self.organisation(id.as_ref())
            .map(|OrganisationHandle(handle)| handle)
            .ok_or_else(|| AccessError::not_found(EntityKind::Organisation, id))
    }

    /// The handle of a thing, or that there is none.
    pub(crate) fn known(&self, kind: EntityKind, id: IdRef<'_>) -> Result<u32, AccessError> {
        let table = match kind {
            EntityKind::Building => Some(&self.buildings.ids),
            EntityKind::Door => Some(&self.doors.ids),
            EntityKind::Integration => Some(&self.integrations.ids),
            EntityKind::Organisation => Some(&self.organisations.ids),
            EntityKind::Person => Some(&self.people.ids),
            EntityKind::Unit => Some(&self.units.ids),
            _ => None,
        };
        let found = table.and_then(|table| table.find(&id));
        found.ok_or_else(|| AccessError::NotFound { kind, id: id.to_string() })
    }
}
