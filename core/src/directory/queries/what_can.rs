//! On what may a person do this? [C-77]

use alloc::vec::Vec;

use crate::catalog::Key;
use crate::decide::{Asked, Asker, Case, allows};
use crate::directory::Directory;
use crate::directory::ids::{IdTable, to_index};
use crate::facts::{Access, Facts, Form, Grant, NONE, ResidentKind, Sites, Who};
use crate::id::IdRef;
use crate::question::PrincipalHandle;
use crate::request::{Principal, Resource, ResourceKind};
use crate::time::Timestamp;

impl Directory {
    /// The resources of the action's own kind that `decide` allows, by id; none for an unknown person or
    /// action. Time is that of the candidates: what the person's grants can reach.
    pub fn what_can(
        &self,
        person: IdRef<'_>,
        action: &str,
        at: Timestamp,
    ) -> impl Iterator<Item = Resource<'_>> {
        let known = self.principal(Principal::Person(person)).zip(self.catalog.key(action));
        known.into_iter().flat_map(move |(PrincipalHandle(_, person), key)| {
            let kind = self.catalog.kind(key).unwrap_or(ResourceKind::Platform);
            self.what_can_handles(person, key, at)
                .filter_map(move |handle| Resource::new(kind, self.ids_of(kind)?.id(handle)?))
        })
    }

    pub(super) fn what_can_handles(
        &self,
        person: u32,
        key: Key,
        at: Timestamp,
    ) -> impl Iterator<Item = u32> {
        let kind = self.catalog.kind(key).unwrap_or(ResourceKind::Platform);
        let asker = Asker::new(self, Who::Person(person));
        asker.into_iter().flat_map(move |asker| {
            self.within_reach(person, key, kind).into_iter().filter(move |resource| {
                let asked = Asked { key, kind, resource: *resource, acting_org: NONE, at };
                let case = Case::unrestricted(self, asked);
                case.is_some_and(|case| allows(self, &case, &asker))
            })
        })
    }

    /// What a grant of the person may reach: sorted, each once, and nothing is missing.
    fn within_reach(&self, person: u32, key: Key, kind: ResourceKind) -> Vec<u32> {
        let mut within_reach = Vec::new();
        for grant in self.grants(person) {
            self.add_reachable(kind, key, &grant, &mut within_reach);
        }
        match self.ids_of(kind) {
            Some(ids) => ids.sort(&mut within_reach),
            None => within_reach.dedup(),
        }
        within_reach
    }

    /// The ids of a kind of resource; none for the platform.
    pub(in crate::directory) const fn ids_of(&self, kind: ResourceKind) -> Option<&IdTable> {
        match kind {
            ResourceKind::Platform => None,
            ResourceKind::Organisation => Some(&self.organisations.ids),
            ResourceKind::Building => Some(&self.buildings.ids),
            ResourceKind::Integration => Some(&self.integrations.ids),
            ResourceKind::Unit => Some(&self.units.ids),
            ResourceKind::Door => Some(&self.doors.ids),
        }
    }

    /// Adds every resource of a kind that a grant may reach with a key; some may be too many, none is missing.
    pub(in crate::directory) fn add_reachable(
        &self,
        kind: ResourceKind,
        key: Key,
        grant: &Grant,
        to: &mut Vec<u32>,
    ) {
        let Some(meaning) = self.meanings.get(grant.meaning) else { return };
        let has_key = meaning.everywhere.contains(key)
            || meaning.site.contains(key)
            || meaning.site_bound.contains(key);
        if !has_key {
            return;
        }
        match grant.form {
            Form::Residency { kind: ResidentKind::Blocked, .. } => {}
            Form::Residency { unit, .. } => self.add_residents_reach(kind, unit, to),
            Form::Administrator { unit } => {
                if kind == ResourceKind::Unit {
                    to.push(unit);
                }
            }
            Form::SiteRole { organisation, sites }
            | Form::OrganisationRole { organisation, sites } => {
                if !meaning.everywhere.contains(key)
                    && let Sites::One(site) = sites
                {
                    self.add_inside_integration(kind, site, to);
                } else {
                    self.add_inside_organisation(kind, organisation, to);
                }
            }
            Form::Platform { .. } => {
                to.extend(self.ids_of(kind).into_iter().flat_map(IdTable::handles));
            }
            Form::Group { organisation, access } => {
                if kind == ResourceKind::Organisation {
                    to.push(organisation);
                    return;
                }
                match access {
                    Access::None => {}
                    Access::Listed(list) => {
                        for building in self.building_lists.of(list) {
                            self.add_inside_building(kind, *building, to);
                        }
                    }
                    Access::AllOfCompany => {
                        self.add_inside_organisation(kind, organisation, to);
                        for building in self.organisations.serves.of(organisation) {
                            self.add_inside_building(kind, *building, to);
                        }
                    }
                }
            }
        }
    }

    fn add_residents_reach(&self, kind: ResourceKind, unit: u32, to: &mut Vec<u32>) {
        let integration = self.units.rows.get(to_index(unit)).map_or(NONE, |row| row.integration);
        match kind {
            ResourceKind::Unit => to.push(unit),
            ResourceKind::Integration if integration != NONE => to.push(integration),
            ResourceKind::Door => {
                to.extend(self.units.doors.of(unit));
                to.extend(self.units.audience_of.of(unit));
                to.extend(self.integrations.doors.of(integration));
            }
            _ => {}
        }
    }
}
