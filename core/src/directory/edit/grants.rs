//! The one way in which what a person holds is changed. What the grants reach before and after says in which lists the
//! person is to stand, so that no list can drift from the grants.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::EditError;
use crate::catalog::{Meaning, SiteScope};
use crate::directory::Directory;
use crate::directory::hubs::{Hub, hubs_of};
use crate::directory::ids::to_index;
use crate::directory::roles::{HeldRole, named_site};
use crate::facts::{Form, Grant, ResidentKind, Sites};
use crate::order::Order;
use crate::path::RolePath;

impl Directory {
    /// Changes the grants of a person, and every list that is made from grants. O(grants of the person), and the length
    /// of a list that the person leaves.
    pub(super) fn change_grants(
        &mut self,
        person: u32,
        change: impl FnOnce(&mut Self, &mut Vec<Grant>),
    ) {
        let before = self.hubs(person);
        let mut grants = self.people.grants.of(person).to_vec();
        change(self, &mut grants);
        grants.order_stable_by(|a, b| self.compare_grants(a, b));
        let is_blocked = grants.iter().any(|grant| is_block(&grant.form));
        self.people.grants.replace(person, &grants);
        if let Some(row) = self.people.rows.get_mut(to_index(person)) {
            row.is_blocked_somewhere = is_blocked;
        }
        let after = self.hubs(person);
        for hub in before.iter().filter(|hub| after.binary_search(hub).is_err()) {
            self.leave_hub(*hub, person);
        }
        for hub in after.iter().filter(|hub| before.binary_search(hub).is_err()) {
            self.enter_hub(*hub, person);
        }
    }

    /// The lists in which a person stands by their grants, each once, in order.
    fn hubs(&self, person: u32) -> Vec<Hub> {
        let mut hubs = Vec::new();
        for grant in self.people.grants.of(person) {
            let meaning = self.meanings.get(grant.meaning);
            hubs_of(grant, meaning, &self.building_lists, &mut |hub| hubs.push(hub));
        }
        hubs.order();
        hubs.dedup();
        hubs
    }

    fn enter_hub(&mut self, hub: Hub, person: u32) {
        let Self { organisations, buildings, integrations, platform_holders, .. } = self;
        match hub {
            Hub::Site(site) => integrations.role_holders.push(site, person),
            Hub::SiteStaff(site) => integrations.staff_holders.push(site, person),
            Hub::Roles(at) => organisations.role_holders.push(at, person),
            Hub::Groups(at) => organisations.group_members.push(at, person),
            Hub::Company(at) => organisations.company_members.push(at, person),
            Hub::Listed(building) => buildings.listed_members.push(building, person),
            Hub::Platform => platform_holders.push(person),
        }
    }

    fn leave_hub(&mut self, hub: Hub, person: u32) {
        let Self { organisations, buildings, integrations, platform_holders, .. } = self;
        match hub {
            Hub::Site(site) => integrations.role_holders.remove_item(site, person),
            Hub::SiteStaff(site) => integrations.staff_holders.remove_item(site, person),
            Hub::Roles(at) => organisations.role_holders.remove_item(at, person),
            Hub::Groups(at) => organisations.group_members.remove_item(at, person),
            Hub::Company(at) => organisations.company_members.remove_item(at, person),
            Hub::Listed(building) => buildings.listed_members.remove_item(building, person),
            Hub::Platform => platform_holders.retain(|holder| *holder != person),
        }
    }

    /// BLOCKED residencies first, then as semantics.md 3.7 orders the bases and their ties.
    fn compare_grants(&self, a: &Grant, b: &Grant) -> Ordering {
        let rank = |grant: &Grant| (!is_block(&grant.form), grant.form.basis().code());
        let organisations = &self.organisations.ids;
        rank(a).cmp(&rank(b)).then_with(|| match (a.form, b.form) {
            (Form::Residency { unit, .. }, Form::Residency { unit: other, .. })
            | (Form::Administrator { unit }, Form::Administrator { unit: other }) => {
                self.units.ids.compare(unit, other)
            }
            (
                Form::SiteRole { organisation, .. } | Form::OrganisationRole { organisation, .. },
                Form::SiteRole { organisation: other, .. }
                | Form::OrganisationRole { organisation: other, .. },
            ) => organisations
                .compare(organisation, other)
                .then_with(|| self.roles.compare(a.source, b.source)),
            (Form::Group { organisation, .. }, Form::Group { organisation: other, .. }) => self
                .groups
                .ids
                .compare(a.source, b.source)
                .then_with(|| organisations.compare(organisation, other)),
            (Form::Platform { .. }, Form::Platform { .. }) => {
                self.roles.compare(a.source, b.source)
            }
            _ => Ordering::Equal,
        })
    }

    /// The number of a role path, understood if it is new.
    pub(super) fn role_number(&mut self, path: &RolePath) -> Result<u32, EditError> {
        let sites = match self.catalog.site_scope(path) {
            SiteScope::None => Sites::None,
            SiteScope::Any => Sites::Any,
            SiteScope::One(id) => {
                let rows = &self.integrations.rows;
                let is_site = |site| rows.get(to_index(site)).is_some_and(|row| row.is_site);
                let site = named_site(&self.integrations.ids, is_site, id);
                Sites::One(site.map_err(|_| EditError::RoleNamesNoSite(path.clone()))?)
            }
        };
        if let Some(number) = self.roles.find(path) {
            // Where it was another, that integration is gone, and nobody holds the role.
            self.roles.set_sites(number, sites);
            return Ok(number);
        }
        let meaning = self.catalog.meaning(path, false);
        let platform_meaning = self.catalog.meaning(path, true);
        let meaning = self.meaning_number(meaning)?;
        let platform_meaning = self.meaning_number(platform_meaning)?;
        Ok(self.roles.push(HeldRole { path: path.clone(), meaning, platform_meaning, sites }))
    }

    pub(super) fn meaning_number(&mut self, meaning: Meaning) -> Result<u16, EditError> {
        self.meanings.number(meaning).ok_or(EditError::Full)
    }
}

const fn is_block(form: &Form) -> bool {
    matches!(form, Form::Residency { kind: ResidentKind::Blocked, .. })
}
