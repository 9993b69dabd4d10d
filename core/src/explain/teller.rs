//! Sentences: who, what, which grant, and each reason.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;

use super::{Describe, Fact, Failed, NearMiss, ReasonText};
use crate::decide::{Asker, Case, Failures, blocked_buildings, failures, reach, token_grant};
use crate::facts::{Form, Grant, NONE, ResidentKind, Resolved, Sites, Standing, Who};
use crate::reason::{Decision, Reason};
use crate::request::ResourceKind;
use crate::time::Validity;

/// Segments of a site role up to its integration.
const SITE_SEGMENTS: usize = 3;

/// A grant that was tried.
pub(super) struct Tried {
    pub(super) grant: Grant,
    validity: Validity,
    pub(super) position: usize,
    /// The conditions that fail, of a grant that reaches.
    pub(super) failures: Option<Failures>,
}

/// Puts things in words.
pub(super) struct Teller<'f, F> {
    pub(super) facts: &'f F,
    pub(super) question: &'f Resolved,
    /// What the sentence that is being told has named so far.
    about: RefCell<Vec<String>>,
}

impl<'f, F: Describe> Teller<'f, F> {
    pub(super) fn new(facts: &'f F, question: &'f Resolved) -> Self {
        Self { facts, question, about: RefCell::default() }
    }

    /// Tells a sentence, and what it names.
    pub(super) fn tell(&self, sentence: impl FnOnce() -> String) -> (String, Vec<String>) {
        self.about.take();
        let text = capitalised(sentence());
        (text, self.about.take())
    }

    pub(super) fn reason(&self, reason: Reason, sentence: impl FnOnce() -> String) -> ReasonText {
        let (text, about) = self.tell(sentence);
        ReasonText { reason, text, about }
    }

    pub(super) fn fact(&self, sentence: impl FnOnce() -> String) -> Fact {
        let (text, about) = self.tell(sentence);
        Fact { text, about }
    }

    pub(super) fn named(&self, reference: String) {
        let mut about = self.about.borrow_mut();
        if !about.contains(&reference) {
            about.push(reference);
        }
    }

    pub(super) fn who(&self) -> String {
        match self.question.principal {
            Who::Person(person) => {
                let id = self.facts.person_id(person);
                let name = self.facts.person_name(person).map_or(id.clone(), String::from);
                self.named(format!("person:{id}"));
                name
            }
            Who::UnitToken(unit) => {
                format!("the token of {}", self.label(ResourceKind::Unit, unit))
            }
        }
    }

    pub(super) fn resource(&self) -> String {
        self.label(self.question.kind, self.question.resource)
    }

    /// The name of a resource; of a unit its number, and where there is no name the id, with the kind before it.
    pub(super) fn label(&self, kind: ResourceKind, handle: u32) -> String {
        if kind == ResourceKind::Platform {
            return "the platform".to_string();
        }
        let id = self.facts.resource_id(kind, handle);
        let name = self.facts.resource_name(kind, handle).filter(|name| !name.is_empty());
        let label = match (kind, name) {
            (ResourceKind::Unit, Some(number)) => format!("unit {number}"),
            (_, Some(name)) => name.to_string(),
            (_, None) => format!("{} {id}", kind.as_str()),
        };
        self.named(format!("{}:{id}", kind.as_str()));
        label
    }

    pub(super) fn organisation(&self, handle: u32) -> String {
        self.label(ResourceKind::Organisation, handle)
    }

    pub(super) fn headline(&self, decision: Decision) -> String {
        let key = self.facts.key_text(self.question.key);
        let key_kind = self.facts.key_kind(self.question.key);
        let is_container = key_kind.is_some_and(|kind| self.question.kind.is_above(kind));
        let doing = match (&*key, is_container) {
            ("doors:open", false) => "open".to_string(),
            ("doors:open", true) => "open every door in".to_string(),
            ("directory:read", false) => "read the directory of".to_string(),
            ("calls:answer", false) => "answer calls to".to_string(),
            ("residents:write", false) => "manage the residents of".to_string(),
            ("residents:list", false) => "list the residents of".to_string(),
            (_, false) => format!("use `{key}` on"),
            (_, true) => format!("use `{key}` on everything in"),
        };
        let (answer, may) = if decision.is_allow() { ("Yes", "may") } else { ("No", "may not") };
        self.about.take();
        let (who, resource) = (self.who(), self.resource());
        let about = self.about.take();
        format!("{answer}: {who} {may} {doing} {resource} ({}).", about.join(", "))
    }

    pub(super) fn not_applicable(&self) -> String {
        let key = self.facts.key_text(self.question.key);
        let kind = self.facts.key_kind(self.question.key).map_or("nothing", ResourceKind::as_str);
        format!(
            "`{key}` is asked of a thing of kind {kind} or of what contains it, not of a thing of kind {}.",
            self.question.kind.as_str()
        )
    }

    /// The grants of the principal, each tried.
    pub(super) fn try_grants(&self, case: &Case) -> Vec<Tried> {
        let grants: Vec<Grant> = match self.question.principal {
            Who::Person(person) => self.facts.grants(person).collect(),
            Who::UnitToken(unit) => alloc::vec![token_grant(unit)],
        };
        let tries = grants.into_iter().enumerate().map(|(position, grant)| {
            let validity = self.facts.validity(grant.condition);
            let failures = reach(self.facts, case, &grant)
                .map(|reach| failures(self.facts, case, &grant, reach, validity));
            Tried { grant, validity, position, failures }
        });
        tries.collect()
    }

    /// Every restriction that applies.
    pub(super) fn restrictions(&self, case: &Case) -> Vec<ReasonText> {
        let facts = self.facts;
        let asker = Asker::new(facts, self.question.principal);
        let found = [
            asker.and_then(|asker| asker.restriction(facts, case)),
            case.organisation_restriction(facts),
            case.door_restriction(facts),
            case.context_restriction(facts),
        ];
        let tell = |reason| self.reason(reason, || self.restriction(case, reason));
        found.into_iter().flatten().map(tell).collect()
    }

    pub(super) fn restriction(&self, case: &Case, reason: Reason) -> String {
        let who = self.who();
        match reason {
            Reason::PrincipalDeleted => format!("{who} has been deleted."),
            Reason::PrincipalBlocked => {
                let person = match self.question.principal {
                    Who::Person(person) => person,
                    Who::UnitToken(_) => NONE,
                };
                let building = case.place.building;
                let here = blocked_buildings(self.facts, person).any(|at| at == building);
                let everywhere = self.facts.standing(person) != Some(Standing::Active);
                if here && !everywhere {
                    let building = self.label(ResourceKind::Building, building);
                    format!("{who} is blocked in {building}.")
                } else {
                    format!("{who} is blocked everywhere.")
                }
            }
            Reason::OrgDeleted => {
                let organisation = self.organisation(case.place.organisation);
                format!(
                    "{organisation}, to which this belongs, or an organisation above it has been deleted."
                )
            }
            Reason::DoorDisabled => format!("{} is out of service.", self.resource()),
            Reason::OrgContext => {
                let acting = self.organisation(self.question.acting_org);
                if self.facts.is_live(self.question.acting_org) {
                    format!(
                        "{who} acts for organisation {acting}, and {} is not inside it.",
                        self.resource()
                    )
                } else {
                    format!(
                        "{who} acts for organisation {acting}, which or one above which has been deleted."
                    )
                }
            }
            other => other.as_str().to_string(),
        }
    }

    pub(super) fn no_grant(&self) -> String {
        format!(
            "Nothing that {} holds reaches {} with `{}`.",
            self.who(),
            self.resource(),
            self.facts.key_text(self.question.key)
        )
    }

    /// What a grant is, as a clause: `the residency in unit 12 (u12)`.
    pub(super) fn grant(&self, grant: &Grant) -> String {
        match grant.form {
            Form::Residency { unit, kind, .. } => {
                let blocked = if kind == ResidentKind::Blocked { "blocked " } else { "" };
                let unit = self.label(ResourceKind::Unit, unit);
                format!(
                    "the {blocked}residency ({}) in {unit}",
                    self.facts.residency_type(grant.source)
                )
            }
            Form::Administrator { unit } => {
                format!("being an administrator of {}", self.label(ResourceKind::Unit, unit))
            }
            Form::SiteRole { organisation, sites: Sites::One(site) } => {
                let role = self.facts.role_text(grant.source);
                let suffix: Vec<_> = role.split(':').skip(SITE_SEGMENTS).collect();
                let site = self.label(ResourceKind::Integration, site);
                format!(
                    "the role `{}` on {site}, held at {}",
                    suffix.join(":"),
                    self.organisation(organisation)
                )
            }
            Form::SiteRole { organisation, .. } | Form::OrganisationRole { organisation, .. } => {
                format!(
                    "the role `{}` held at {}",
                    self.facts.role_text(grant.source),
                    self.organisation(organisation)
                )
            }
            Form::Group { organisation, .. } => {
                format!(
                    "the permission group {} at {}",
                    self.facts.group_name(grant.source),
                    self.organisation(organisation)
                )
            }
            Form::Platform { .. } => {
                format!("the role `{}` at the platform", self.facts.role_text(grant.source))
            }
        }
    }

    /// Every reason 7xx: of the nearest candidate its own, then those that only others have.
    pub(super) fn conditions(&self, nearest: &Tried, tried: &[Tried]) -> Vec<ReasonText> {
        let fails = |tried: &Tried, reason| {
            tried.failures.is_some_and(|failures| failures.iter().any(|failed| failed == reason))
        };
        let all = tried.iter().filter_map(|tried| tried.failures);
        let all = all.fold(Failures::default(), Failures::union);
        let told = all.iter().filter_map(|reason| {
            let first = if fails(nearest, reason) { Some(nearest) } else { None };
            let tried = first.or_else(|| tried.iter().find(|tried| fails(tried, reason)))?;
            Some(self.reason(reason, || self.condition(tried, reason)))
        });
        told.collect()
    }

    /// A condition that a candidate fails, as a sentence.
    pub(super) fn condition(&self, tried: &Tried, reason: Reason) -> String {
        let grant = self.grant(&tried.grant);
        match reason {
            Reason::NotYetValid => format!("{grant} begins on {}.", tried.validity.from),
            Reason::Expired => format!("{grant} ended on {}.", tried.validity.to),
            Reason::GrantOrgDeleted => {
                format!(
                    "{grant} does not count: that organisation, or one above it, has been deleted."
                )
            }
            Reason::UnitDisabled => format!("{grant} does not count: that unit is out of service."),
            Reason::DoorAudience => {
                format!("{} is not for those who have {grant}.", self.resource())
            }
            Reason::GuestDoor => format!("{} is not open to guests.", self.resource()),
            other => other.as_str().to_string(),
        }
    }

    pub(super) fn near_candidate(&self, grant: &Grant, failures: Failures) -> NearMiss {
        let words = |reason: Reason| match reason {
            Reason::NotYetValid => "has not begun",
            Reason::Expired => "has ended",
            Reason::GrantOrgDeleted => "is of an organisation that was deleted",
            Reason::UnitDisabled => "is of a unit out of service",
            Reason::DoorAudience => "is not in the audience of the door",
            Reason::GuestDoor => "is that of a guest",
            other => other.as_str(),
        };
        let lacks: Vec<_> = failures.iter().map(words).collect();
        let (text, about) = self.tell(|| {
            format!("{} would be enough, but {}.", self.grant(grant), lacks.join(" and "))
        });
        NearMiss { failed: Failed::Condition, text, about }
    }
}

fn capitalised(text: String) -> String {
    let mut characters = text.chars();
    match characters.next() {
        None => text,
        Some(first) => first.to_uppercase().chain(characters).collect(),
    }
}
