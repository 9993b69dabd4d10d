//! A directory as if some grants were not there, or a door were another: what would a person be allowed then?

use super::Directory;
use crate::catalog::Key;
use crate::facts::{Facts, Grant, Part, Place, Standing};
use crate::request::ResourceKind;
use crate::time::Validity;

/// Leaves out the grants for which `is_gone` holds.
pub(crate) struct Without<'d> {
    pub(crate) directory: &'d Directory,
    pub(crate) is_gone: &'d dyn Fn(&Grant) -> bool,
    /// A door that is taken to be this.
    pub(crate) door: Option<(u32, Place)>,
}

impl Directory {
    /// Whether a grant may hold a key, somewhere.
    pub(crate) fn has_key(&self, grant: &Grant, key: Key) -> bool {
        let parts = [Part::Everywhere, Part::Site, Part::SiteBound];
        parts.into_iter().any(|part| self.holds(grant.meaning, part, key))
    }
}

impl Facts for Without<'_> {
    fn key_kind(&self, key: Key) -> Option<ResourceKind> {
        self.directory.key_kind(key)
    }

    fn unit_door_key(&self, key: Key) -> Option<Key> {
        self.directory.unit_door_key(key)
    }

    fn opens_door(&self, key: Key) -> bool {
        self.directory.opens_door(key)
    }

    fn holds(&self, meaning: u16, part: Part, key: Key) -> bool {
        self.directory.holds(meaning, part, key)
    }

    fn standing(&self, person: u32) -> Option<Standing> {
        self.directory.standing(person)
    }

    fn is_blocked_somewhere(&self, person: u32) -> bool {
        // Perhaps no more; the grants say.
        self.directory.is_blocked_somewhere(person)
    }

    fn grants(&self, person: u32) -> impl Iterator<Item = Grant> {
        self.directory.grants(person).filter(|grant| !(self.is_gone)(grant))
    }

    fn validity(&self, condition: u32) -> Validity {
        self.directory.validity(condition)
    }

    fn place(&self, kind: ResourceKind, handle: u32) -> Option<Place> {
        match self.door {
            Some((door, place)) if kind == ResourceKind::Door && handle == door => Some(place),
            _ => self.directory.place(kind, handle),
        }
    }

    fn is_live(&self, organisation: u32) -> bool {
        self.directory.is_live(organisation)
    }

    fn depth_on_path(&self, organisation: u32, above: u32) -> Option<u32> {
        self.directory.depth_on_path(organisation, above)
    }

    fn serves(&self, organisation: u32, building: u32) -> bool {
        self.directory.serves(organisation, building)
    }

    fn lists_building(&self, list: u32, building: u32) -> bool {
        self.directory.lists_building(list, building)
    }

    fn audience_lists(&self, door: u32, unit: u32) -> bool {
        self.directory.audience_lists(door, unit)
    }

    fn is_site(&self, integration: u32) -> bool {
        self.directory.is_site(integration)
    }

    fn unit_enabled(&self, unit: u32) -> bool {
        self.directory.unit_enabled(unit)
    }

    fn unit_integration(&self, unit: u32) -> u32 {
        self.directory.unit_integration(unit)
    }
}
