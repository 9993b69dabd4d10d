//! Sentences: who, what, which grant, and each reason.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::mem::take;

use super::template::Word;
use super::{Capitals, Describe, Explanation, Fact, Failed, NearMiss, ReasonText};
use crate::decide::{Asker, Case, Failures, blocked_buildings, failures, reach, token_grant};
use crate::facts::{Form, Grant, NONE, ResidentKind, Resolved, Sites, Standing, Who};
use crate::reason::{Decision, Reason};
use crate::request::{ResourceKind, split_at_colon};
use crate::time::Validity;

/// The segments of a site role up to its integration.
const SITE_SEGMENTS: usize = 3;

/// A grant that was tried.
pub(super) struct Tried {
    pub(super) grant: Grant,
    validity: Validity,
    /// The conditions that fail, of a grant that reaches.
    pub(super) failures: Option<Failures>,
}

/// Puts things in words, one sentence at a time: methods that say something add it to the sentence.
pub(super) struct Teller<'f, F> {
    pub(super) facts: &'f F,
    pub(super) question: &'f Resolved,
    capitals: Capitals,
    /// The sentence that is being told.
    pub(super) text: String,
    /// What it has named so far.
    pub(super) about: Vec<String>,
}

impl<'f, F: Describe> Teller<'f, F> {
    pub(super) const fn new(facts: &'f F, question: &'f Resolved, capitals: Capitals) -> Self {
        Self { facts, question, capitals, text: String::new(), about: Vec::new() }
    }

    /// Ends the sentence: it, and what it names.
    pub(super) fn end(&mut self) -> (String, Vec<String>) {
        let mut text = take(&mut self.text);
        let mut rest = text.chars();
        if let Some(first) = rest.next() {
            let mut capitalised = (self.capitals)(first);
            capitalised.push_str(rest.as_str());
            text = capitalised;
        }
        (text, take(&mut self.about))
    }

    /// Drops the sentence.
    pub(super) fn forget(&mut self) {
        self.text.clear();
        self.about.clear();
    }

    pub(super) fn end_reason(&mut self, reason: Reason, told: &mut Explanation) {
        let (text, about) = self.end();
        told.add(ReasonText { reason, text, about });
    }

    pub(super) fn end_fact(&mut self) -> Fact {
        let (text, about) = self.end();
        Fact { text, about }
    }

    pub(super) fn end_near_miss(&mut self, failed: Failed) -> NearMiss {
        let (text, about) = self.end();
        NearMiss { failed, text, about }
    }

    pub(super) fn headline(&mut self, decision: Decision) -> String {
        let key = self.facts.key_text(self.question.key);
        let key_kind = self.facts.key_kind(self.question.key);
        let is_container = key_kind.is_some_and(|kind| self.question.kind.is_above(kind));
        let doing = match (&*key, is_container) {
            ("doors:open", false) => "open",
            ("doors:open", true) => "open every door in",
            ("directory:read", false) => "read the directory of",
            ("calls:answer", false) => "answer calls to",
            ("residents:write", false) => "manage the residents of",
            ("residents:list", false) => "list the residents of",
            (_, false) => "use `{key}` on",
            (_, true) => "use `{key}` on everything in",
        };
        self.say(if decision.is_allow() { "Yes: {who} may " } else { "No: {who} may not " }, &[]);
        self.say(doing, &[]);
        self.say(" {it} (", &[]);
        for (thing, number) in take(&mut self.about).iter().zip(0_u32..) {
            let comma = if number == 0 { "" } else { ", " };
            self.say("{0}{1}", &[Word::Text(comma), Word::Text(thing)]);
        }
        self.say(").", &[]);
        self.end().0
    }

    /// A question that cannot be asked.
    pub(super) fn not_applicable(&mut self, told: &mut Explanation) {
        let kind = self.facts.key_kind(self.question.key).map_or("nothing", ResourceKind::as_str);
        self.say(
            "`{key}` is asked of a thing of kind {0} or of what contains it, not of a thing of kind {1}.",
            &[Word::Text(kind), Word::Text(self.question.kind.as_str())],
        );
        self.end_reason(Reason::ActionNotApplicable, told);
    }

    /// The grants of the principal, each tried.
    pub(super) fn try_grants(&self, case: &Case) -> Vec<Tried> {
        let mut tried = Vec::new();
        let mut try_grant = |grant: Grant| {
            let validity = self.facts.validity(grant.condition);
            let reach = reach(self.facts, case, &grant);
            let failures = reach.map(|reach| failures(self.facts, case, &grant, reach, validity));
            tried.push(Tried { grant, validity, failures });
        };
        match self.question.principal {
            Who::Person(person) => self.facts.grants(person).for_each(try_grant),
            Who::UnitToken(unit) => try_grant(token_grant(unit)),
        }
        tried
    }

    /// Every restriction that applies, in the order of the reasons.
    pub(super) fn restrictions(&mut self, case: &Case, told: &mut Explanation) {
        let facts = self.facts;
        let asker = Asker::new(facts, self.question.principal);
        let found = [
            asker.and_then(|asker| asker.restriction(facts, case)),
            case.organisation_restriction(facts),
            case.door_restriction(facts),
            case.context_restriction(facts),
        ];
        for reason in found.iter().flatten() {
            self.restriction(case, *reason);
            self.end_reason(*reason, told);
        }
    }

    fn restriction(&mut self, case: &Case, reason: Reason) {
        match reason {
            Reason::PrincipalDeleted => self.say("{who} has been deleted.", &[]),
            Reason::PrincipalBlocked if self.is_blocked_here_only(case) => {
                self.say("{who} is blocked in {0}.", &[Word::building(case.place.building)]);
            }
            Reason::PrincipalBlocked => self.say("{who} is blocked everywhere.", &[]),
            Reason::OrgDeleted => self.say(
                "{-who}{0}, to which this belongs, or an organisation above it has been deleted.",
                &[Word::organisation(case.place.organisation)],
            ),
            Reason::DoorDisabled => self.say("{-who}{it} is out of service.", &[]),
            Reason::OrgContext => {
                let acting = self.question.acting_org;
                self.say("{who} acts for organisation {0}, ", &[Word::organisation(acting)]);
                let is_live = self.facts.is_live(acting);
                let outside = "and {it} is not inside it.";
                let deleted = "which or one above which has been deleted.";
                self.say(if is_live { outside } else { deleted }, &[]);
            }
            other => self.say(other.as_str(), &[]),
        }
    }

    fn is_blocked_here_only(&self, case: &Case) -> bool {
        let person = match self.question.principal {
            Who::Person(person) => person,
            Who::UnitToken(_) => NONE,
        };
        let building = case.place.building;
        blocked_buildings(self.facts, person).any(|at| at == building)
            && self.facts.standing(person) == Some(Standing::Active)
    }

    /// What a grant is, as a clause: `the residency in unit 12 (u12)`.
    pub(super) fn grant(&mut self, grant: &Grant) {
        match grant.form {
            Form::Residency { unit, kind, .. } => {
                let of_kind = Word::Text(self.facts.residency_type(grant.source));
                let is_blocked = kind == ResidentKind::Blocked;
                self.say(if is_blocked { "the blocked " } else { "the " }, &[]);
                self.say("residency ({0}) in {1}", &[of_kind, Word::unit(unit)]);
            }
            Form::Administrator { unit } => {
                self.say("being an administrator of {0}", &[Word::unit(unit)]);
            }
            Form::SiteRole { organisation, sites: Sites::One(site) } => {
                let role = self.facts.role_text(grant.source);
                let suffix = Word::Text(site_role_suffix(&role));
                let site = Word::site(site);
                let holder = Word::organisation(organisation);
                self.say("the role `{0}` on {1}, held at {2}", &[suffix, site, holder]);
            }
            Form::SiteRole { organisation, .. } | Form::OrganisationRole { organisation, .. } => {
                let role = self.facts.role_text(grant.source);
                let holder = Word::organisation(organisation);
                self.say("the role `{0}` held at {1}", &[Word::Text(&role), holder]);
            }
            Form::Group { organisation, .. } => {
                let group = self.facts.group_name(grant.source);
                let holder = Word::organisation(organisation);
                self.say("the permission group {0} at {1}", &[Word::Text(&group), holder]);
            }
            Form::Platform { .. } => {
                let role = self.facts.role_text(grant.source);
                self.say("the role `{0}` at the platform", &[Word::Text(&role)]);
            }
        }
    }

    /// Every reason 7xx: of the nearest candidate its own, then those that only others have.
    pub(super) fn conditions(&mut self, nearest: &Tried, tried: &[Tried], told: &mut Explanation) {
        for reason in Failures::all() {
            let fails =
                |tried: &&Tried| tried.failures.is_some_and(|failures| failures.has(reason));
            let failing = Some(nearest).filter(fails).or_else(|| tried.iter().find(fails));
            if let Some(failing) = failing {
                self.condition(failing, reason);
                self.end_reason(reason, told);
            }
        }
    }

    /// A condition that a candidate fails, as a sentence.
    fn condition(&mut self, tried: &Tried, reason: Reason) {
        let template = match reason {
            Reason::NotYetValid => "{0} begins on {1}.",
            Reason::Expired => "{0} ended on {2}.",
            Reason::GrantOrgDeleted => {
                "{0} does not count: that organisation, or one above it, has been deleted."
            }
            Reason::UnitDisabled => "{0} does not count: that unit is out of service.",
            Reason::DoorAudience => "{-0}{it} is not for those who have {0}.",
            Reason::GuestDoor => "{-0}{it} is not open to guests.",
            other => other.as_str(),
        };
        let Validity { from, to } = tried.validity;
        self.say(template, &[Word::Grant(&tried.grant), Word::Instant(from), Word::Instant(to)]);
    }

    pub(super) fn near_candidate(&mut self, grant: &Grant, failures: Failures) -> NearMiss {
        self.say("{0} would be enough, but ", &[Word::Grant(grant)]);
        for (reason, number) in failures.iter().zip(0_u32..) {
            let lacks = match reason {
                Reason::NotYetValid => "has not begun",
                Reason::Expired => "has ended",
                Reason::GrantOrgDeleted => "is of an organisation that was deleted",
                Reason::UnitDisabled => "is of a unit out of service",
                Reason::DoorAudience => "is not in the audience of the door",
                Reason::GuestDoor => "is that of a guest",
                other => other.as_str(),
            };
            self.say(if number == 0 { "" } else { " and " }, &[]);
            self.say(lacks, &[]);
        }
        self.say(".", &[]);
        self.end_near_miss(Failed::Condition)
    }
}

/// What follows the integration in a site role.
fn site_role_suffix(role: &str) -> &str {
    let behind = |rest| split_at_colon(rest).map_or("", |(_, behind)| behind);
    (0..SITE_SEGMENTS).fold(role, |rest, _| behind(rest))
}

/// A letter as a capital, by the rules of Unicode.
pub(crate) fn capital(letter: char) -> String {
    letter.to_uppercase().to_string()
}
