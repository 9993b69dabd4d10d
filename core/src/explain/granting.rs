//! The path of facts behind an allow.

use alloc::vec::Vec;

use super::teller::Teller;
use super::template::Word;
use super::{Describe, Fact};
use crate::decide::{Case, token_grant};
use crate::facts::{Access, Form, NONE, Who};
use crate::reason::{Basis, Decision};
use crate::request::ResourceKind;

impl<F: Describe> Teller<'_, F> {
    /// The path of facts behind an allow, from the principal to the resource.
    pub(super) fn granting_facts(&mut self, case: &Case, decision: Decision) -> Vec<Fact> {
        let row = usize::try_from(decision.row()).unwrap_or(usize::MAX);
        let grant = match self.question.principal {
            Who::Person(person) => self.facts.grants(person).nth(row),
            Who::UnitToken(unit) => Some(token_grant(unit)),
        };
        let mut told = Vec::new();
        let Some(grant) = grant else { return told };
        let is_token = decision.basis() == Basis::UnitToken;
        let acts = "{who} acts as an administrator of its unit.";
        self.say(if is_token { acts } else { "{who} has {0}." }, &[Word::Grant(&grant)]);
        told.push(self.end_fact());
        match grant.form {
            Form::Residency { unit, .. } => self.residents_way(case, unit),
            Form::Administrator { .. } => {
                self.say("This allows `{key}` there, and nowhere else.", &[]);
            }
            Form::SiteRole { .. } => {
                self.say("This allows `{key}` on {0}.", &[Word::site(case.place.integration)]);
            }
            Form::OrganisationRole { organisation, .. } => self.say(
                "This allows `{key}` in {0} and everything below it.",
                &[Word::organisation(organisation)],
            ),
            Form::Group { organisation, access } => self.access(case, organisation, access),
            Form::Platform { .. } => self.say("This allows `{key}` everywhere.", &[]),
        }
        told.push(self.end_fact());
        if let Form::SiteRole { .. } | Form::OrganisationRole { .. } | Form::Group { .. } =
            grant.form
            && self.inside(case)
        {
            told.push(self.end_fact());
        }
        if let Form::OrganisationRole { organisation, .. } = grant.form
            && self.organisation_way(case, organisation)
        {
            told.push(self.end_fact());
        }
        told
    }

    fn residents_way(&mut self, case: &Case, unit: u32) {
        let door = case.asked.resource;
        let template = match case.asked.kind {
            ResourceKind::Door if case.place.unit == unit => "{it} is a door of {0}.",
            ResourceKind::Door if self.facts.audience_lists(door, unit) => {
                "{it} is for the residents of {0}."
            }
            ResourceKind::Door => "{it} is for all residents of {1}.",
            ResourceKind::Integration => "{0} belongs to {1}.",
            _ => "{0} is the unit asked for.",
        };
        self.say(template, &[Word::unit(unit), Word::site(case.place.integration)]);
    }

    /// Says where the resource is, from the inside out, up to its building; whether it is in any.
    fn inside(&mut self, case: &Case) -> bool {
        let building = Word::building(case.place.building);
        match case.asked.kind {
            ResourceKind::Door if case.place.integration != NONE => {
                let site = Word::site(case.place.integration);
                self.say("{it} is in {0}, in {1}.", &[site, building]);
            }
            ResourceKind::Door | ResourceKind::Unit | ResourceKind::Integration => {
                self.say("{it} is in {0}.", &[building]);
            }
            _ => return false,
        }
        true
    }

    /// Says which organisations are between the resource and the one at which the role is held; whether there is anything
    /// to say.
    fn organisation_way(&mut self, case: &Case, held_at: u32) -> bool {
        let mut organisation = case.place.organisation;
        let most = self.facts.depth_on_path(organisation, organisation);
        let is_owned = case.place.building != NONE;
        let Some(most) = most.filter(|_| is_owned || organisation != held_at) else { return false };
        let first = Word::organisation(organisation);
        self.say(if is_owned { "The building belongs to {0}" } else { "{0}" }, &[first]);
        let mut below = if is_owned { ", which is below {0}" } else { " is below {0}" };
        for _ in 0..most {
            if organisation == held_at {
                break;
            }
            organisation = self.facts.parent(organisation);
            self.say(below, &[Word::organisation(organisation)]);
            below = ", which is below {0}";
        }
        self.say(".", &[]);
        true
    }

    fn access(&mut self, case: &Case, organisation: u32, access: Access) {
        let place = case.place;
        let owner = self.facts.owner(place.building);
        let (template, holder) = match access {
            _ if case.key_kind == ResourceKind::Organisation => ("in {1} itself", organisation),
            Access::None => ("nowhere", NONE),
            Access::Listed(_) => ("in the listed buildings, {0} among them", NONE),
            Access::AllOfCompany if !case.is_within(self.facts, organisation) => {
                ("in all buildings of the company, and it serves {0}", NONE)
            }
            Access::AllOfCompany if place.building == NONE => {
                ("in all buildings of the company, all those of {1} among them", place.organisation)
            }
            Access::AllOfCompany => {
                ("in all buildings of the company, {0} (owned by {1}) among them", owner)
            }
        };
        self.say("This allows `{key}` ", &[]);
        self.say(template, &[Word::building(place.building), Word::organisation(holder)]);
        self.say(".", &[]);
    }
}
