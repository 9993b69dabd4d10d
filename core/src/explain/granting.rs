//! The path of facts behind an allow.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::teller::Teller;
use super::{Describe, Fact};
use crate::decide::{Case, token_grant};
use crate::facts::{Access, Form, Grant, NONE, Place, Who};
use crate::reason::{Basis, Decision};
use crate::request::ResourceKind;

impl<F: Describe> Teller<'_, F> {
    /// The path of facts behind an allow, from the principal to the resource.
    pub(super) fn granting_facts(&self, case: &Case, decision: Decision) -> Vec<Fact> {
        let row = usize::try_from(decision.row()).unwrap_or(usize::MAX);
        let grant = match self.question.principal {
            Who::Person(person) => self.facts.grants(person).nth(row),
            Who::UnitToken(unit) => Some(token_grant(unit)),
        };
        let Some(grant) = grant else { return Vec::new() };
        let key = self.facts.key_text(self.question.key);
        let mut told = alloc::vec![self.fact(|| self.holding(&grant, decision.basis()))];
        match grant.form {
            Form::Residency { unit, .. } => told.push(self.fact(|| self.residents_way(case, unit))),
            Form::Administrator { .. } => {
                told.push(self.fact(|| format!("This allows `{key}` there, and nowhere else.")));
            }
            Form::SiteRole { .. } => {
                let integration = case.place.integration;
                let site = || self.label(ResourceKind::Integration, integration);
                told.push(self.fact(|| format!("This allows `{key}` on {}.", site())));
                told.extend(self.inside(case));
            }
            Form::OrganisationRole { organisation, .. } => {
                let reach = || self.organisation(organisation);
                told.push(self.fact(|| {
                    format!("This allows `{key}` in {} and everything below it.", reach())
                }));
                told.extend(self.inside(case));
                told.extend(self.organisation_way(case, organisation));
            }
            Form::Group { organisation, access } => {
                let words = || self.access_words(case, organisation, access);
                told.push(self.fact(|| format!("This allows `{key}` {}.", words())));
                told.extend(self.inside(case));
            }
            Form::Platform { .. } => {
                told.push(self.fact(|| format!("This allows `{key}` everywhere.")));
            }
        }
        told
    }

    fn holding(&self, grant: &Grant, basis: Basis) -> String {
        let who = self.who();
        match basis {
            Basis::UnitToken => {
                format!("{} acts as an administrator of its unit.", who)
            }
            _ => format!("{who} has {}.", self.grant(grant)),
        }
    }

    fn residents_way(&self, case: &Case, unit: u32) -> String {
        let unit_label = || self.label(ResourceKind::Unit, unit);
        let site = || self.label(ResourceKind::Integration, case.place.integration);
        let door = case.asked.resource;
        match case.asked.kind {
            ResourceKind::Door if case.place.unit == unit => {
                format!("{} is a door of {}.", self.resource(), unit_label())
            }
            ResourceKind::Door if self.facts.audience_lists(door, unit) => {
                format!("{} is for the residents of {}.", self.resource(), unit_label())
            }
            ResourceKind::Door => {
                format!("{} is for all residents of {}.", self.resource(), site())
            }
            ResourceKind::Integration => format!("{} belongs to {}.", unit_label(), site()),
            _ => format!("{} is the unit asked for.", unit_label()),
        }
    }

    /// Where the resource is, from the inside out, up to its building.
    fn inside(&self, case: &Case) -> Option<Fact> {
        let Place { integration, building, .. } = case.place;
        let integration = match case.asked.kind {
            ResourceKind::Door => integration,
            ResourceKind::Unit | ResourceKind::Integration => NONE,
            _ => return None,
        };
        let outer = [(ResourceKind::Integration, integration), (ResourceKind::Building, building)];
        let outer = outer.into_iter().filter(|(_, handle)| *handle != NONE);
        Some(self.fact(|| {
            let resource = self.resource();
            let outer: Vec<_> = outer.map(|(kind, handle)| self.label(kind, handle)).collect();
            format!("{resource} is in {}.", outer.join(", in "))
        }))
    }

    /// The organisations between the resource and the one at which the role is held.
    fn organisation_way(&self, case: &Case, held_at: u32) -> Option<Fact> {
        let mut way = alloc::vec![case.place.organisation];
        let most = self.facts.depth_on_path(case.place.organisation, case.place.organisation)?;
        for _ in 0..most {
            match way.last() {
                Some(at) if *at != held_at => way.push(self.facts.parent(*at)),
                _ => break,
            }
        }
        let is_owned = case.place.building != NONE;
        if way.len() == 1 && !is_owned {
            return None;
        }
        Some(self.fact(|| {
            let mut way = way.iter().map(|at| self.organisation(*at));
            let first = way.next().unwrap_or_default();
            let above: Vec<_> = way.collect();
            let below = |verb: &str| format!("{verb} {}", above.join(", which is below "));
            match (is_owned, above.is_empty()) {
                (true, true) => format!("The building belongs to {first}."),
                (true, false) => {
                    format!("The building belongs to {first}, {}.", below("which is below"))
                }
                (false, _) => format!("{first} {}.", below("is below")),
            }
        }))
    }

    fn access_words(&self, case: &Case, organisation: u32, access: Access) -> String {
        if case.key_kind == ResourceKind::Organisation {
            return format!("in {} itself", self.organisation(organisation));
        }
        match access {
            Access::None => "nowhere".to_string(),
            Access::Listed(_) => {
                let building = self.label(ResourceKind::Building, case.place.building);
                format!("in the listed buildings, {building} among them")
            }
            Access::AllOfCompany if case.is_within(self.facts, organisation) => {
                format!("in all buildings of the company, {} among them", self.owned(case))
            }
            Access::AllOfCompany => {
                let building = self.label(ResourceKind::Building, case.place.building);
                format!("in all buildings of the company, and it serves {building}")
            }
        }
    }

    fn owned(&self, case: &Case) -> String {
        if case.place.building == NONE {
            let organisation = self.organisation(case.place.organisation);
            return format!("all those of {organisation}");
        }
        let building = self.label(ResourceKind::Building, case.place.building);
        let owner = self.facts.owner(case.place.building);
        format!("{building} (owned by {})", self.organisation(owner))
    }
}
