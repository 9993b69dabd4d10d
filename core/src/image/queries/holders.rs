//! The people with a grant that may reach a resource, from the lists of what grants reach.

use alloc::vec::Vec;

use crate::decide::Case;
use crate::facts::{Audience, Facts, NONE, Part, RESIDENT_MEANING};
use crate::image::Image;
use crate::image::layout::List;
use crate::limits::MAX_ORGANISATION_DEPTH;
use crate::request::ResourceKind;

impl Image<'_> {
    /// People with a grant that may reach what a case is about; in no order, some more than once, nobody missing.
    pub(super) fn holders(&self, case: &Case) -> Vec<u32> {
        let mut people = Vec::new();
        self.add(List::Platform, 0, &mut people);
        self.add_from_above(case, &mut people);
        self.add_site_holders(case, &mut people);
        self.add_group_members(case, &mut people);
        if !case.is_container && self.holds(RESIDENT_MEANING, Part::SiteBound, case.asked.key) {
            self.add_residents(case, &mut people);
        }
        if case.asked.kind == ResourceKind::Unit {
            self.add(List::Administrators, case.asked.resource, &mut people);
        }
        people
    }

    /// Adds the items of an owner.
    #[inline]
    pub(super) fn add(&self, list: List, owner: u32, to: &mut Vec<u32>) {
        to.extend(self.lists.of(list, owner).iter().map(|item| item.get()));
    }

    /// Grants that reach down from the organisation of the resource, or one above it.
    fn add_from_above(&self, case: &Case, people: &mut Vec<u32>) {
        let mut organisation = case.place.organisation;
        for _ in 0..MAX_ORGANISATION_DEPTH {
            let Some(row) = self.organisations.get(organisation) else { return };
            self.add(List::Holders, organisation, people);
            organisation = row.parent.get();
        }
    }

    /// Roles that name the integration. Those that an audience binds reach the integration itself, and common doors for
    /// all residents.
    fn add_site_holders(&self, case: &Case, people: &mut Vec<u32>) {
        let integration = case.place.integration;
        self.add(List::Staff, integration, people);
        if case.is_for_bound_roles() {
            self.add(List::Bound, integration, people);
        }
    }

    /// Permission groups that do not reach down from an organisation above.
    fn add_group_members(&self, case: &Case, people: &mut Vec<u32>) {
        if case.key_kind == ResourceKind::Organisation {
            if case.asked.kind == ResourceKind::Organisation {
                self.add(List::Here, case.asked.resource, people);
            }
            return;
        }
        let building = case.place.building;
        for organisation in self.lists.of(List::ServedBy, building) {
            self.add(List::Holders, organisation.get(), people);
        }
        for access in self.lists.of(List::AccessOf, building) {
            self.add(List::Listed, access.get(), people);
        }
    }

    fn add_residents(&self, case: &Case, people: &mut Vec<u32>) {
        let (unit, integration) = (case.place.unit, case.place.integration);
        let residents_of = |list, owner, people: &mut Vec<u32>| {
            for unit in self.lists.of(list, owner) {
                self.add(List::Residents, unit.get(), people);
            }
        };
        match (case.asked.kind, case.place.door) {
            (ResourceKind::Unit, _) => self.add(List::Residents, unit, people),
            (ResourceKind::Integration, _) => residents_of(List::Units, integration, people),
            (ResourceKind::Door, Some(_)) if unit != NONE => {
                self.add(List::Residents, unit, people);
            }
            (ResourceKind::Door, Some(door)) => match door.audience() {
                Audience::Nobody => {}
                Audience::AllResidents => residents_of(List::Units, integration, people),
                Audience::Units => residents_of(List::Audience, case.asked.resource, people),
            },
            _ => {}
        }
    }
}
