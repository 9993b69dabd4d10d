//! The slice of one person: what their browser needs.

use alloc::vec::Vec;

use super::kept::Kept;
use super::selection::Selection;
use crate::catalog::Meaning;
use crate::decide::{self, Asked, Case};
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::facts::{Access, Facts, Form, Grant, NONE, ResidentKind, Sites};
use crate::image::SliceKind;
use crate::key::Key;
use crate::order::Order;
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// Handles by kind, some perhaps twice.
#[derive(Default)]
struct Reach {
    organisations: Vec<u32>,
    buildings: Vec<u32>,
    integrations: Vec<u32>,
    units: Vec<u32>,
    doors: Vec<u32>,
}

impl Reach {
    fn of(&mut self, kind: ResourceKind) -> Option<&mut Vec<u32>> {
        match kind {
            ResourceKind::Platform => None,
            ResourceKind::Organisation => Some(&mut self.organisations),
            ResourceKind::Building => Some(&mut self.buildings),
            ResourceKind::Integration => Some(&mut self.integrations),
            ResourceKind::Unit => Some(&mut self.units),
            ResourceKind::Door => Some(&mut self.doors),
        }
    }
}

impl Directory {
    pub(super) fn select_person(&self, person: u32) -> Selection {
        let mut reach = Reach::default();
        for grant in self.people.grants.of(person) {
            self.add_held(grant, &mut reach);
            self.add_reach(grant, &mut reach);
        }
        self.add_containers(&mut reach);
        Selection {
            subject: 0,
            organisations: Kept::some(&self.organisations.ids, reach.organisations),
            buildings: Kept::some(&self.buildings.ids, reach.buildings),
            integrations: Kept::some(&self.integrations.ids, reach.integrations),
            units: Kept::some(&self.units.ids, reach.units),
            doors: Kept::some(&self.doors.ids, reach.doors),
            people: Kept::some(&self.people.ids, alloc::vec![person]),
            ..Selection::empty(SliceKind::Person)
        }
    }

    /// What a grant itself names.
    fn add_held(&self, grant: &Grant, reach: &mut Reach) {
        reach.organisations.extend(grant.form.organisation());
        match grant.form {
            Form::Residency { unit, .. } | Form::Administrator { unit } => reach.units.push(unit),
            Form::SiteRole { sites: Sites::One(site), .. }
            | Form::OrganisationRole { sites: Sites::One(site), .. }
            | Form::Platform { sites: Sites::One(site) } => reach.integrations.push(site),
            Form::Group { access: Access::Listed(list), .. } => {
                reach.buildings.extend(self.building_lists.of(list));
            }
            _ => {}
        }
    }

    fn add_reach(&self, grant: &Grant, reach: &mut Reach) {
        match grant.form {
            Form::Residency { kind: ResidentKind::Blocked, .. } | Form::Administrator { .. } => {}
            Form::Residency { unit, .. } => self.add_home(unit, reach),
            _ => self.add_staff_reach(grant, reach),
        }
    }

    /// The doors that a resident may open, now or when their audience changes; never those of other units.
    fn add_home(&self, unit: u32, reach: &mut Reach) {
        reach.doors.extend(self.units.doors.of(unit));
        reach.doors.extend(self.units.audience_of.of(unit));
        let common = self.integrations.doors.of(self.unit_integration(unit)).iter().copied();
        reach.doors.extend(common.filter(|door| {
            self.doors.rows.get(to_index(*door)).is_some_and(|row| row.unit == NONE)
        }));
    }

    /// Of every kind what some key of a grant reaches; nothing else is the browser's to know.
    fn add_staff_reach(&self, grant: &Grant, reach: &mut Reach) {
        let Some(meaning) = self.meanings.get(grant.meaning) else { return };
        for (kind, ids) in
            ResourceKind::ALL.into_iter().filter_map(|kind| Some((kind, self.ids_of(kind)?)))
        {
            let mut found = Vec::new();
            for key in self.telling_keys(meaning, kind) {
                self.add_reachable(kind, key, grant, &mut found);
            }
            // Everything inside an organisation below can be asked of a group, though no organisation is inside another here.
            if let (
                ResourceKind::Organisation,
                Form::Group { organisation, access: Access::AllOfCompany },
            ) = (kind, grant.form)
            {
                self.add_inside_organisation(kind, organisation, &mut found);
            }
            ids.sort(&mut found);
            found.retain(|place| self.is_reached(kind, *place, grant, meaning));
            reach.of(kind).into_iter().for_each(|to| to.append(&mut found));
        }
    }

    /// Whether a grant is a candidate for some question about a place, whatever the time.
    fn is_reached(&self, kind: ResourceKind, place: u32, grant: &Grant, meaning: &Meaning) -> bool {
        let sets = [&meaning.everywhere, &meaning.site, &meaning.site_bound];
        let mut held = self.catalog.keys().filter(|key| sets.iter().any(|set| set.contains(*key)));
        held.any(|key| {
            let asked = Asked { key, kind, resource: place, acting_org: NONE, at: Timestamp::MIN };
            Case::new(self, asked).is_ok_and(|case| decide::reach(self, &case, grant).is_some())
        })
    }

    /// A key that counts everywhere, and one that counts on sites only, of those that can be asked of a kind: no other
    /// reaches further.
    fn telling_keys(&self, meaning: &Meaning, kind: ResourceKind) -> impl Iterator<Item = Key> {
        let is_asked = |key: &Key| {
            let of = self.catalog.kind(*key);
            of.is_some_and(|of| of == kind || kind.is_above(of))
        };
        let asked = || self.catalog.keys().filter(is_asked);
        let everywhere = asked().find(|key| meaning.everywhere.contains(*key));
        let on_sites = asked().find(|key| {
            let on_sites = meaning.site.contains(*key) || meaning.site_bound.contains(*key);
            on_sites && !meaning.everywhere.contains(*key)
        });
        everywhere.into_iter().chain(on_sites)
    }

    /// Everything that contains what is there.
    fn add_containers(&self, reach: &mut Reach) {
        for door in &reach.doors {
            let Some(row) = self.doors.rows.get(to_index(*door)) else { continue };
            reach.integrations.push(row.integration);
            reach.units.extend((row.unit != NONE).then_some(row.unit));
        }
        for unit in &reach.units {
            let Some(row) = self.units.rows.get(to_index(*unit)) else { continue };
            reach.integrations.extend((row.integration != NONE).then_some(row.integration));
            reach.buildings.push(row.building);
        }
        for integration in &reach.integrations {
            reach
                .buildings
                .extend(self.integrations.rows.get(to_index(*integration)).map(|row| row.building));
        }
        let owners = reach.buildings.iter();
        reach
            .organisations
            .extend(owners.filter_map(|building| self.buildings.owners.get(to_index(*building))));
        let organisations = &mut reach.organisations;
        organisations.order();
        organisations.dedup();
        let paths = organisations.iter().flat_map(|at| self.organisations.paths.of(*at));
        *organisations = paths.copied().collect();
    }
}
