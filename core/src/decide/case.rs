//! A question with what every rule needs to know about it, and the restrictions: 3.1 to 3.5.

#[cfg(feature = "alloc")]
use crate::facts::Audience;
use crate::facts::{Facts, Form, NONE, Place, ResidentKind, Resolved, Standing, Who};
use crate::key::Key;
use crate::reason::Reason;
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// Who asks, whatever is asked.
#[derive(Clone, Copy)]
pub(crate) struct Asker {
    pub(super) who: Who,
    /// Of a unit's token: active.
    standing: Standing,
    is_blocked_somewhere: bool,
}

impl Asker {
    /// 3.1, of the principal; none for one that is unknown.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(crate) fn new<F: Facts>(facts: &F, who: Who) -> Option<Self> {
        let (standing, is_blocked_somewhere) = match who {
            Who::Person(person) => (facts.standing(person)?, facts.is_blocked_somewhere(person)),
            Who::UnitToken(unit) => {
                facts.place(ResourceKind::Unit, unit)?;
                (Standing::Active, false)
            }
        };
        Some(Self { who, standing, is_blocked_somewhere })
    }

    /// 3.3.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(crate) fn restriction<F: Facts>(&self, facts: &F, case: &Case) -> Option<Reason> {
        match self.standing {
            Standing::Deleted => return Some(Reason::PrincipalDeleted),
            Standing::Blocked => return Some(Reason::PrincipalBlocked),
            Standing::Active => {}
        }
        let Who::Person(person) = self.who else { return None };
        let building = case.place.building;
        let is_blocked = self.is_blocked_somewhere
            && building != NONE
            && blocked_buildings(facts, person).any(|blocked| blocked == building);
        is_blocked.then_some(Reason::PrincipalBlocked)
    }
}

/// A question, but for who asks.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) key: Key,
    pub(crate) kind: ResourceKind,
    pub(crate) resource: u32,
    pub(crate) acting_org: u32,
    pub(crate) at: Timestamp,
}

impl Asked {
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(crate) const fn of(question: &Resolved) -> Self {
        let Resolved { key, kind, resource, acting_org, at, .. } = *question;
        Self { key, kind, resource, acting_org, at }
    }
}

/// What is asked, with what every rule needs to know about it, whoever asks.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) asked: Asked,
    pub(crate) place: Place,
    pub(crate) key_kind: ResourceKind,
    /// Whether everything of a kind inside the resource is asked for [C-74].
    pub(crate) is_container: bool,
    /// The second key that staff need, when they need one [C-71].
    pub(crate) second_key: Option<Key>,
}

impl Case {
    /// 3.1 and 3.2, of the action and the resource.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(crate) fn new<F: Facts>(facts: &F, asked: Asked) -> Result<Self, Reason> {
        let key_kind = facts.key_kind(asked.key).ok_or(Reason::ActionUnknown)?;
        let place = facts.place(asked.kind, asked.resource).ok_or(Reason::ResourceUnknown)?;
        let is_container = asked.kind != key_kind;
        if is_container && !asked.kind.is_above(key_kind) {
            return Err(Reason::ActionNotApplicable);
        }
        let is_unit_door = asked.kind == ResourceKind::Door && place.unit != NONE;
        let second_key =
            if is_container || is_unit_door { facts.unit_door_key(asked.key) } else { None };
        Ok(Self { asked, place, key_kind, is_container, second_key })
    }

    /// A case that some people are allowed, if their grants are; none for one that everybody is denied.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(crate) fn unrestricted<F: Facts>(facts: &F, asked: Asked) -> Option<Self> {
        let case = Self::new(facts, asked).ok()?;
        case.restriction(facts).is_none().then_some(case)
    }

    /// The first restriction that applies, whoever asks: 3.4 and 3.5.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(super) fn restriction<F: Facts>(&self, facts: &F) -> Option<Reason> {
        self.organisation_restriction(facts)
            .or_else(|| self.door_restriction(facts))
            .or_else(|| self.context_restriction(facts))
    }

    /// 3.4, of the organisation.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(crate) fn organisation_restriction<F: Facts>(&self, facts: &F) -> Option<Reason> {
        let organisation = self.place.organisation;
        let is_deleted = organisation != NONE && !facts.is_live(organisation);
        is_deleted.then_some(Reason::OrgDeleted)
    }

    /// 3.4, of the door.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(crate) fn door_restriction<F: Facts>(&self, facts: &F) -> Option<Reason> {
        match self.place.door {
            Some(door) if !door.enabled() && facts.opens_door(self.asked.key) => {
                Some(Reason::DoorDisabled)
            }
            _ => None,
        }
    }

    /// 3.5.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(crate) fn context_restriction<F: Facts>(&self, facts: &F) -> Option<Reason> {
        let acting = self.asked.acting_org;
        if acting == NONE {
            return None;
        }
        let inside = facts.is_live(acting) && self.is_within(facts, acting);
        (!inside).then_some(Reason::OrgContext)
    }

    /// Whether a role that an audience binds can reach the resource: the integration itself, and common doors for all
    /// residents. For lists, which look for its holders only then.
    #[cfg(feature = "alloc")]
    pub(crate) fn is_for_bound_roles(&self) -> bool {
        !self.is_container
            && match self.place.door {
                None => self.asked.kind == ResourceKind::Integration,
                Some(door) => self.place.unit == NONE && door.audience() == Audience::AllResidents,
            }
    }

    /// Whether the resource is inside an organisation.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(crate) fn is_within<F: Facts>(&self, facts: &F, organisation: u32) -> bool {
        self.depth(facts, organisation).is_some()
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(super) fn depth<F: Facts>(&self, facts: &F, organisation: u32) -> Option<u32> {
        if self.place.organisation == NONE {
            return None;
        }
        facts.depth_on_path(self.place.organisation, organisation)
    }
}

/// The buildings in which a person is blocked.
pub(crate) fn blocked_buildings<F: Facts>(
    facts: &F,
    person: u32,
) -> impl Iterator<Item = u32> + use<'_, F> {
    facts.grants(person).map_while(|grant| match grant.form {
        Form::Residency { building, kind: ResidentKind::Blocked, .. } => Some(building),
        _ => None,
    })
}
