//! Who may do this here? [C-77]

use alloc::vec::Vec;

use crate::bits::{FEWEST_IN_BITS, sort_by_bits};
use crate::decide::{Asked, Asker, Case, allows};
use crate::directory::Directory;
use crate::facts::{Audience, Facts, NONE, Part, RESIDENT_MEANING, Who};
use crate::id::IdRef;
use crate::question::ResourceHandle;
use crate::request::{Resource, ResourceKind};
use crate::time::Timestamp;

impl Directory {
    /// The people whom `decide` allows this, without an acting organisation, by id; no unit tokens. None for
    /// an unknown action or resource. Time is that of the candidates: people with a grant that can reach the
    /// resource.
    pub fn who_can(
        &self,
        action: &str,
        resource: Resource<'_>,
        at: Timestamp,
    ) -> impl Iterator<Item = IdRef<'_>> {
        self.who_can_handles(action, resource, at).filter_map(|person| self.people.ids.id(person))
    }

    pub(super) fn who_can_handles(
        &self,
        action: &str,
        resource: Resource<'_>,
        at: Timestamp,
    ) -> impl Iterator<Item = u32> {
        let known = self.catalog.key(action).zip(self.resource(resource));
        let case = known.and_then(|(key, ResourceHandle(kind, resource))| {
            let asked = Asked { key, kind, resource, acting_org: NONE, at };
            Case::unrestricted(self, asked)
        });
        case.into_iter().flat_map(move |case| {
            self.candidates(&case).into_iter().filter(move |person| {
                let asker = Asker::new(self, Who::Person(*person));
                asker.is_some_and(|asker| allows(self, &case, &asker))
            })
        })
    }

    /// People with a grant that may reach the resource: sorted, each once, and nobody is missing.
    fn candidates(&self, case: &Case) -> Vec<u32> {
        let mut people = Vec::new();
        people.extend(&self.platform_holders);
        self.add_role_holders(case, &mut people);
        self.add_group_members(case, &mut people);
        if self.holds(RESIDENT_MEANING, Part::SiteBound, case.asked.key) && !case.is_container {
            self.add_residents(case, &mut people);
        }
        if case.asked.kind == ResourceKind::Unit {
            people.extend(self.units.administrators.of(case.asked.resource));
        }
        self.sort_people(&mut people);
        people
    }

    /// Puts people in the order of their ids, each once. Many are first put in the order of their handles by bits, which
    /// is that of their ids, but for people who came after the load.
    pub(super) fn sort_people(&self, people: &mut Vec<u32>) {
        let all = self.people.ids.given();
        if people.len() > all / FEWEST_IN_BITS {
            sort_by_bits(people, all);
        }
        self.people.ids.sort(people);
    }

    fn add_role_holders(&self, case: &Case, people: &mut Vec<u32>) {
        for organisation in self.organisations.paths.of(case.place.organisation) {
            people.extend(self.organisations.role_holders.of(*organisation));
        }
        let integrations = &self.integrations;
        let holders = if case.is_for_bound_roles() {
            &integrations.role_holders
        } else {
            &integrations.staff_holders
        };
        people.extend(holders.of(case.place.integration));
    }

    fn add_group_members(&self, case: &Case, people: &mut Vec<u32>) {
        let organisations = &self.organisations;
        if case.key_kind == ResourceKind::Organisation {
            if case.asked.kind == ResourceKind::Organisation {
                people.extend(organisations.group_members.of(case.asked.resource));
            }
            return;
        }
        for organisation in organisations.paths.of(case.place.organisation) {
            people.extend(organisations.company_members.of(*organisation));
        }
        let building = case.place.building;
        for organisation in self.buildings.served_by.of(building) {
            people.extend(organisations.company_members.of(*organisation));
        }
        people.extend(self.buildings.listed_members.of(building));
    }

    fn add_residents(&self, case: &Case, people: &mut Vec<u32>) {
        let mut add_unit = |unit: u32| {
            let residencies = self.units.residencies.of(unit).iter();
            people.extend(residencies.filter_map(|row| Some(self.residencies.get(*row)?.person)));
        };
        let integration = case.place.integration;
        match (case.asked.kind, case.place.door) {
            (ResourceKind::Unit, _) => add_unit(case.asked.resource),
            (ResourceKind::Integration, _) => {
                self.integrations.units.of(integration).iter().copied().for_each(add_unit);
            }
            (ResourceKind::Door, Some(_)) if case.place.unit != NONE => add_unit(case.place.unit),
            (ResourceKind::Door, Some(door)) => match door.audience() {
                Audience::Nobody => {}
                Audience::AllResidents => {
                    self.integrations.units.of(integration).iter().copied().for_each(add_unit);
                }
                Audience::Units => {
                    self.doors.audience.of(case.asked.resource).iter().copied().for_each(add_unit);
                }
            },
            _ => {}
        }
    }
}
