//! The directory answers what a decision asks.

use super::Directory;
use super::ids::to_index;
use super::tables::{Door, Integration, Unit};
use crate::catalog::Key;
use crate::facts::{Facts, Grant, NONE, Part, Place, Standing};
use crate::request::ResourceKind;
use crate::time::Validity;

impl Facts for Directory {
    #[inline]
    fn key_kind(&self, key: Key) -> Option<ResourceKind> {
        self.catalog.kind(key)
    }

    #[inline]
    fn unit_door_key(&self, key: Key) -> Option<Key> {
        self.catalog.unit_door_key(key)
    }

    #[inline]
    fn opens_door(&self, key: Key) -> bool {
        self.catalog.opens_door(key)
    }

    #[inline]
    fn holds(&self, meaning: u16, part: Part, key: Key) -> bool {
        let Some(meaning) = self.meanings.get(meaning) else { return false };
        match part {
            Part::Everywhere => meaning.everywhere.contains(key),
            Part::Site => meaning.site.contains(key),
            Part::SiteBound => meaning.site_bound.contains(key),
        }
    }

    #[inline]
    fn standing(&self, person: u32) -> Option<Standing> {
        self.people.rows.get(to_index(person)).map(|row| row.standing)
    }

    #[inline]
    fn is_blocked_somewhere(&self, person: u32) -> bool {
        self.people.rows.get(to_index(person)).is_some_and(|row| row.is_blocked_somewhere)
    }

    #[inline]
    fn grants(&self, person: u32) -> impl Iterator<Item = Grant> {
        self.people.grants.of(person).iter().copied()
    }

    #[inline]
    fn validity(&self, condition: u32) -> Validity {
        if condition == 0 {
            return Validity::ALWAYS;
        }
        self.conditions.get(condition).unwrap_or(Validity::NEVER)
    }

    #[inline]
    fn place(&self, kind: ResourceKind, handle: u32) -> Option<Place> {
        const NOWHERE: Place =
            Place { organisation: NONE, building: NONE, integration: NONE, unit: NONE, door: None };
        let at = to_index(handle);
        let place = match kind {
            ResourceKind::Platform => NOWHERE,
            ResourceKind::Organisation => {
                // One that was removed has no way from a root.
                self.organisations.paths.of(handle).first()?;
                Place { organisation: handle, ..NOWHERE }
            }
            ResourceKind::Building => {
                let organisation = *self.buildings.owners.get(at)?;
                Place { organisation, building: handle, ..NOWHERE }
            }
            ResourceKind::Integration => {
                let Integration { building, organisation, .. } = *self.integrations.rows.get(at)?;
                Place { organisation, building, integration: handle, ..NOWHERE }
            }
            ResourceKind::Unit => {
                let Unit { building, integration, organisation, .. } = *self.units.rows.get(at)?;
                Place { organisation, building, integration, unit: handle, door: None }
            }
            ResourceKind::Door => {
                let Door { integration, unit, building, organisation, facts } =
                    *self.doors.rows.get(at)?;
                Place { organisation, building, integration, unit, door: Some(facts) }
            }
        };
        // What was removed is nowhere.
        (place.organisation != NONE || kind == ResourceKind::Platform).then_some(place)
    }

    #[inline]
    fn is_live(&self, organisation: u32) -> bool {
        self.organisations.rows.get(to_index(organisation)).is_some_and(|row| row.is_live)
    }

    #[inline]
    fn depth_on_path(&self, organisation: u32, above: u32) -> Option<u32> {
        let path = self.organisations.paths.of(organisation);
        path.iter().zip(0_u32..).find(|(at, _)| **at == above).map(|(_, depth)| depth)
    }

    #[inline]
    fn serves(&self, organisation: u32, building: u32) -> bool {
        self.organisations.serves.has(organisation, building)
    }

    #[inline]
    fn lists_building(&self, list: u32, building: u32) -> bool {
        self.building_lists.has(list, building)
    }

    #[inline]
    fn audience_lists(&self, door: u32, unit: u32) -> bool {
        self.doors.audience.has(door, unit)
    }

    #[inline]
    fn is_site(&self, integration: u32) -> bool {
        self.integrations.rows.get(to_index(integration)).is_some_and(|row| row.is_site)
    }

    #[inline]
    fn unit_enabled(&self, unit: u32) -> bool {
        self.units.rows.get(to_index(unit)).is_some_and(|row| row.is_enabled)
    }

    #[inline]
    fn unit_integration(&self, unit: u32) -> u32 {
        self.units.rows.get(to_index(unit)).map_or(NONE, |row| row.integration)
    }
}
