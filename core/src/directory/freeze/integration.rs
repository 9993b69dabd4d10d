//! The slice of one integration: what its panel needs.

use alloc::vec::Vec;

use super::kept::Kept;
use super::selection::{Selection, Site};
use crate::catalog::Meaning;
use crate::decide::has_access;
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::facts::{Facts, Form, Grant, NONE, ResidentKind, Sites};
use crate::image::SliceKind;
use crate::key::KeySet;
use crate::order::Order;
use crate::request::ResourceKind;

impl Directory {
    pub(super) fn select_integration(&self, integration: u32) -> Selection {
        let row = self.integrations.rows.get(to_index(integration));
        let building = row.map_or(NONE, |row| row.building);
        let site = Site { integration, building, inner_keys: self.inner_keys() };
        let mut people = self.candidates_of(&site);
        people.retain(|person| {
            self.people.grants.of(*person).iter().any(|grant| self.reaches_into(&site, grant))
        });
        let organisations = self.organisations_reaching(&site, &people);
        Selection {
            subject: 0,
            organisations: Kept::some(&self.organisations.ids, organisations),
            buildings: Kept::some(&self.buildings.ids, alloc::vec![building]),
            integrations: Kept::some(&self.integrations.ids, alloc::vec![integration]),
            units: Kept::some(&self.units.ids, self.units_at(&site)),
            doors: Kept::some(&self.doors.ids, self.integrations.doors.of(integration).to_vec()),
            people: Kept::some(&self.people.ids, people),
            site: Some(site),
            ..Selection::empty(SliceKind::Integration)
        }
    }

    /// The keys of integrations and what is inside them.
    fn inner_keys(&self) -> KeySet {
        let mut keys = KeySet::default();
        let inner = [ResourceKind::Integration, ResourceKind::Unit, ResourceKind::Door];
        self.catalog
            .keys()
            .filter(|key| self.catalog.kind(*key).is_some_and(|kind| inner.contains(&kind)))
            .for_each(|key| keys.insert(key));
        keys
    }

    /// The units of an integration, and those of others that have or share a door of it.
    fn units_at(&self, site: &Site) -> Vec<u32> {
        let mut units = self.integrations.units.of(site.integration).to_vec();
        for door in self.integrations.doors.of(site.integration) {
            units.extend(self.doors.rows.get(to_index(*door)).map(|row| row.unit));
            units.extend(self.doors.audience.of(*door));
        }
        units
    }

    /// Everybody with a grant that can reach an integration or something in it, and some others.
    fn candidates_of(&self, site: &Site) -> Vec<u32> {
        let mut people = self.platform_holders.clone();
        let organisation = self.buildings.owners.get(to_index(site.building));
        let path = organisation.map(|organisation| self.organisations.paths.of(*organisation));
        for organisation in path.unwrap_or_default() {
            people.extend(self.organisations.role_holders.of(*organisation));
            people.extend(self.organisations.company_members.of(*organisation));
        }
        for organisation in self.buildings.served_by.of(site.building) {
            people.extend(self.organisations.company_members.of(*organisation));
        }
        people.extend(self.integrations.role_holders.of(site.integration));
        people.extend(self.buildings.listed_members.of(site.building));
        for unit in self.units_at(site) {
            let residencies = self.units.residencies.of(unit).iter();
            people.extend(residencies.filter_map(|row| Some(self.residencies.get(*row)?.person)));
            people.extend(self.units.administrators.of(unit));
        }
        people
    }

    /// The organisations at which grants are held that reach an integration, its owner, and all above them.
    fn organisations_reaching(&self, site: &Site, people: &[u32]) -> Vec<u32> {
        let mut held_at: Vec<u32> =
            self.buildings.owners.get(to_index(site.building)).copied().into_iter().collect();
        for person in people {
            let grants = self.people.grants.of(*person).iter();
            let grants = grants.filter(|grant| self.reaches_into(site, grant));
            held_at.extend(grants.filter_map(|grant| grant.form.organisation()));
        }
        held_at.order();
        held_at.dedup();
        held_at.iter().flat_map(|at| self.organisations.paths.of(*at)).copied().collect()
    }

    /// Whether a grant can reach an integration or something inside it with some key, whatever the time.
    pub(super) fn reaches_into(&self, site: &Site, grant: &Grant) -> bool {
        let Some(place) = self.place(ResourceKind::Integration, site.integration) else {
            return false;
        };
        let Some(meaning) = self.meanings.get(grant.meaning) else { return false };
        let is_held_above =
            |organisation| self.depth_on_path(place.organisation, organisation).is_some();
        let reaches_inside = meaning.everywhere.intersects(&site.inner_keys);
        match grant.form {
            Form::Residency { kind: ResidentKind::Blocked, .. } => false,
            Form::Residency { unit, .. } => self.lives_at(site, unit),
            Form::Administrator { unit } => self.unit_integration(unit) == site.integration,
            Form::SiteRole { organisation, sites }
            | Form::OrganisationRole { organisation, sites } => {
                let is_on_site = self.is_role_on(site, meaning, sites);
                is_held_above(organisation) && (reaches_inside || is_on_site)
            }
            Form::Platform { sites } => reaches_inside || self.is_role_on(site, meaning, sites),
            Form::Group { organisation, access } => {
                reaches_inside && has_access(self, &place, organisation, access)
            }
        }
    }

    fn is_role_on(&self, site: &Site, meaning: &Meaning, sites: Sites) -> bool {
        let matches = match sites {
            Sites::None => false,
            Sites::Any => self.is_site(site.integration),
            Sites::One(named) => named == site.integration,
        };
        let inner = &site.inner_keys;
        matches && (meaning.site.intersects(inner) || meaning.site_bound.intersects(inner))
    }

    /// Whether the residents of a unit may have a way into an integration.
    fn lives_at(&self, site: &Site, unit: u32) -> bool {
        let doors = [self.units.doors.of(unit), self.units.audience_of.of(unit)];
        let is_here = |door: &u32| {
            let row = self.doors.rows.get(to_index(*door));
            row.is_some_and(|row| row.integration == site.integration)
        };
        self.unit_integration(unit) == site.integration
            || doors.iter().any(|doors| doors.iter().any(is_here))
    }
}
