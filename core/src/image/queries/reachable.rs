//! The resources of a kind that a person's grants may reach, down from where they are held.

use crate::facts::to_index;
use alloc::vec::Vec;

use crate::facts::{Access, Facts, Form, Grant, NONE, Part, ResidentKind, Sites};
use crate::image::Image;
use crate::image::layout::List;
use crate::image::queries::candidates::Candidates;
use crate::key::Key;
use crate::request::ResourceKind;

/// What is gathered.
struct Reach {
    kind: ResourceKind,
    found: Vec<u32>,
}

impl Image<'_> {
    /// Resources of a kind that some grant of a person may reach with a key; none is missing.
    pub(super) fn reachable(&self, person: u32, key: Key, kind: ResourceKind) -> Candidates {
        let holds = |grant: &Grant, part| self.holds(grant.meaning, part, key);
        let mut reach = Reach { kind, found: Vec::new() };
        for grant in self.grants(person) {
            let is_everywhere = holds(&grant, Part::Everywhere);
            if !is_everywhere && !holds(&grant, Part::Site) && !holds(&grant, Part::SiteBound) {
                continue;
            }
            if matches!(grant.form, Form::Platform { .. }) {
                return Candidates::all(self.count(kind));
            }
            self.add_reachable(&grant, is_everywhere, &mut reach);
        }
        Candidates::listed(reach.found, self.count(kind))
    }

    fn add_reachable(&self, grant: &Grant, is_everywhere: bool, to: &mut Reach) {
        match grant.form {
            Form::Residency { kind: ResidentKind::Blocked, .. } | Form::Platform { .. } => {}
            Form::Residency { unit, .. } => self.add_residents_reach(unit, to),
            Form::Administrator { unit } => {
                if to.kind == ResourceKind::Unit {
                    to.found.push(unit);
                }
            }
            Form::SiteRole { organisation, sites }
            | Form::OrganisationRole { organisation, sites } => match sites {
                Sites::One(site) if !is_everywhere => self.add_inside_integration(site, to),
                _ => self.add_inside_organisation(organisation, to),
            },
            Form::Group { organisation, .. } if to.kind == ResourceKind::Organisation => {
                to.found.push(organisation);
            }
            Form::Group { organisation, access } => self.add_accessible(organisation, access, to),
        }
    }

    fn add_residents_reach(&self, unit: u32, to: &mut Reach) {
        let integration = self.unit_integration(unit);
        match to.kind {
            ResourceKind::Unit => to.found.push(unit),
            ResourceKind::Integration if integration != NONE => to.found.push(integration),
            ResourceKind::Door => {
                self.add(List::UnitDoors, unit, &mut to.found);
                self.add(List::AudienceOf, unit, &mut to.found);
                self.add(List::Doors, integration, &mut to.found);
            }
            _ => {}
        }
    }

    fn add_accessible(&self, organisation: u32, access: Access, to: &mut Reach) {
        let buildings = match access {
            Access::None => return,
            Access::Listed(list) => self.lists.of(List::Access, list),
            Access::AllOfCompany => {
                self.add_inside_organisation(organisation, to);
                self.lists.of(List::Serves, organisation)
            }
        };
        for building in buildings {
            self.add_inside_building(building.get(), to);
        }
    }

    /// Adds everything inside an organisation, itself and all below included.
    fn add_inside_organisation(&self, organisation: u32, to: &mut Reach) {
        let Some(row) = self.organisations.get(organisation) else { return };
        let span = to_index(row.preorder.get())..to_index(row.end.get());
        let below = self.lists.of(List::Preorder, 0).get(span).unwrap_or_default();
        for organisation in below.iter().map(|item| item.get()).filter(|at| self.is_live(*at)) {
            if to.kind == ResourceKind::Organisation {
                to.found.push(organisation);
                continue;
            }
            for building in self.lists.of(List::Buildings, organisation) {
                self.add_inside_building(building.get(), to);
            }
        }
    }

    /// Adds everything inside a building, itself included.
    fn add_inside_building(&self, building: u32, to: &mut Reach) {
        match to.kind {
            ResourceKind::Building => to.found.push(building),
            ResourceKind::Integration => self.add(List::Integrations, building, &mut to.found),
            ResourceKind::Unit => self.add(List::BuildingUnits, building, &mut to.found),
            ResourceKind::Door => {
                for integration in self.lists.of(List::Integrations, building) {
                    self.add(List::Doors, integration.get(), &mut to.found);
                }
            }
            ResourceKind::Platform | ResourceKind::Organisation => {}
        }
    }

    /// Adds an integration, or everything inside it.
    fn add_inside_integration(&self, integration: u32, to: &mut Reach) {
        match to.kind {
            ResourceKind::Integration => to.found.push(integration),
            ResourceKind::Unit => self.add(List::Units, integration, &mut to.found),
            ResourceKind::Door => self.add(List::Doors, integration, &mut to.found),
            ResourceKind::Platform | ResourceKind::Organisation | ResourceKind::Building => {}
        }
    }
}
