//! What people hold in and around a building, as commands need to know it: who is staff there, who administers a unit,
//! and whose account is only one household's to change [C-27, C-66, C-77].

use alloc::vec::Vec;

use super::Directory;
use super::events::Event;
use super::ids::{IdTable, to_index};
use super::tables::{Membership, Residency, Source};
use crate::catalog::site_role;
use crate::decide::{blocked_buildings, has_access};
use crate::estate::PersonKind;
use crate::facts::{Facts, Form, Grant, NONE, Place, Sites, Standing};
use crate::id::{Id, IdRef};
use crate::path::{RolePath, covers};
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// What follows the slot in the role that residents hold.
const RESIDENT: &str = "resident";

/// A role on a site, where it is held.
#[derive(Clone, Copy)]
pub(crate) struct SiteRole<'d> {
    pub(crate) organisation: u32,
    pub(crate) role: &'d RolePath,
    pub(crate) grant: Grant,
}

impl Directory {
    /// Whether a person is known and not deleted.
    pub(crate) fn living(&self, person: &Id) -> Option<u32> {
        let person = self.people.ids.find(&person.as_ref())?;
        (self.standing(person) != Some(Standing::Deleted)).then_some(person)
    }

    pub(crate) fn is_guest(&self, person: u32) -> bool {
        self.people.rows.get(to_index(person)).is_some_and(|row| row.kind == PersonKind::Guest)
    }

    /// The roles of a person that name an integration literally, whatever their validity [C-77].
    pub(crate) fn site_roles_of(&self, person: u32, integration: u32) -> Vec<SiteRole<'_>> {
        let Some(id) = self.integrations.ids.id(integration) else { return Vec::new() };
        let all = id.with_text(|id| site_role(id, "*"));
        let named = self.grants(person).filter_map(|grant| match grant.form {
            Form::SiteRole { organisation, sites: Sites::One(named) } if named == integration => {
                let role = self.roles.path(grant.source)?;
                covers(&all, role.as_str()).then_some(SiteRole { organisation, role, grant })
            }
            _ => None,
        });
        named.collect()
    }

    /// Whether a role is the one that residents of an integration hold.
    pub(crate) fn is_resident_role(&self, role: &RolePath, integration: u32) -> bool {
        let id = self.integrations.ids.id(integration);
        id.is_some_and(|id| id.with_text(|id| site_role(id, RESIDENT) == *role.as_str()))
    }

    /// The residencies of a person in a building.
    pub(crate) fn residencies_in(
        &self,
        person: u32,
        building: u32,
    ) -> impl Iterator<Item = (u32, &Residency)> {
        self.grants(person).filter_map(move |grant| match grant.form {
            Form::Residency { building: at, .. } if at == building => {
                Some((grant.source, self.residencies.get(grant.source)?))
            }
            _ => None,
        })
    }

    /// The units that a person administers, whatever the validity.
    pub(crate) fn administered_by(&self, person: u32) -> impl Iterator<Item = u32> {
        self.grants(person).filter_map(|grant| match grant.form {
            Form::Administrator { unit } => Some(unit),
            _ => None,
        })
    }

    /// Whether somebody else than this person administers a unit now, is in good standing, and not blocked there.
    pub(crate) fn has_other_administrator(&self, unit: u32, person: u32, at: Timestamp) -> bool {
        let others = self.administrators_of(unit).iter();
        let mut others = others.filter(|other| **other != person);
        others.any(|other| self.administers_now(*other, unit, at))
    }

    /// Whether a person is an administrator of a unit now, in good standing, and not blocked there.
    pub(crate) fn administers_now(&self, person: u32, unit: u32, at: Timestamp) -> bool {
        let building = self.building_of_unit(unit);
        self.standing(person) == Some(Standing::Active)
            && self.grants(person).any(|grant| {
                grant.form == Form::Administrator { unit } && self.is_valid(grant.condition, at)
            })
            && !blocked_buildings(self, person).any(|blocked| blocked == building)
    }

    /// Whether a person is the only one who administers a unit now.
    pub(crate) fn is_last_administrator(&self, person: u32, unit: u32, at: Timestamp) -> bool {
        self.administers_now(person, unit, at) && !self.has_other_administrator(unit, person, at)
    }

    pub(crate) fn building_of_unit(&self, unit: u32) -> u32 {
        self.units.rows.get(to_index(unit)).map_or(NONE, |row| row.building)
    }

    /// Whether a person holds anything in a unit's building that is not of this unit: another residency, the
    /// administration of another unit, or a role or group that reaches the building. What has ended does not count.
    pub(crate) fn holds_beside(&self, person: u32, unit: u32, at: Timestamp) -> bool {
        let Some(place) = self.place(ResourceKind::Unit, unit) else { return true };
        self.grants(person).any(|grant| {
            !self.has_ended(&grant, at)
                && !self.is_of_unit(&grant, &place)
                && self.reaches_building(&grant, &place)
        })
    }

    /// Whether a person holds more in a unit's building than residents and administrators of units do: they are staff.
    /// What has ended does not count.
    pub(crate) fn is_staff_around(&self, person: u32, unit: u32, at: Timestamp) -> bool {
        let Some(place) = self.place(ResourceKind::Unit, unit) else { return true };
        self.grants(person).any(|grant| {
            let is_role =
                !matches!(grant.form, Form::Residency { .. } | Form::Administrator { .. });
            is_role
                && !self.has_ended(&grant, at)
                && !self.is_of_unit(&grant, &place)
                && self.reaches_building(&grant, &place)
        })
    }

    /// Whether all that a person holds and belongs to is of one unit: so that its household may say how to reach them.
    /// What has ended does not count.
    pub(crate) fn is_of_unit_alone(&self, person: u32, unit: u32, at: Timestamp) -> bool {
        let Some(place) = self.place(ResourceKind::Unit, unit) else { return false };
        let mut grants = self.grants(person).filter(|grant| !self.has_ended(grant, at));
        let memberships = self.memberships_of(person);
        let mut memberships = memberships.filter_map(|row| self.memberships.get(row));
        grants.all(|grant| self.is_of_unit(&grant, &place))
            && memberships.all(|row| {
                row.organisation == place.organisation || self.validity(row.condition).has_ended(at)
            })
    }

    /// Whether a grant is one that belongs to a unit: its residency, its administration, the role of its residents, or
    /// one that grants nothing.
    fn is_of_unit(&self, grant: &Grant, unit: &Place) -> bool {
        match grant.form {
            Form::Residency { unit: at, .. } | Form::Administrator { unit: at } => at == unit.unit,
            Form::SiteRole { sites: Sites::One(site), .. } if site == unit.integration => {
                let role = self.roles.path(grant.source);
                role.is_some_and(|role| self.is_resident_role(role, site)) || self.is_void(grant)
            }
            _ => self.is_void(grant),
        }
    }

    /// Whether a person lives or administers a unit in another building than a unit's. What has ended does not count.
    pub(crate) fn has_home_outside(&self, person: u32, unit: u32, at: Timestamp) -> bool {
        let here = self.building_of_unit(unit);
        self.grants(person).filter(|grant| !self.has_ended(grant, at)).any(|grant| {
            match grant.form {
                Form::Residency { building, .. } => building != here,
                Form::Administrator { unit } => self.building_of_unit(unit) != here,
                _ => false,
            }
        })
    }

    /// Whether a person has homes and nothing else, and belongs to no other organisation than a unit's. What has ended does
    /// not count.
    pub(crate) fn is_at_home_alone(&self, person: u32, unit: u32, at: Timestamp) -> bool {
        let organisation = self.place(ResourceKind::Unit, unit).map(|place| place.organisation);
        let rows = self.memberships_of(person).filter_map(|row| self.memberships.get(row));
        let mut present = rows.filter(|row| !self.validity(row.condition).has_ended(at));
        !self.is_staff_anywhere(person, at)
            && present.all(|row| Some(row.organisation) == organisation)
    }

    /// Whether a person holds more, anywhere, than residents and administrators of units do. What has ended does not count.
    pub(crate) fn is_staff_anywhere(&self, person: u32, at: Timestamp) -> bool {
        self.grants(person).any(|grant| {
            let is_of_a_home =
                matches!(grant.form, Form::Residency { .. } | Form::Administrator { .. });
            !is_of_a_home && !self.is_of_residents(&grant) && !self.has_ended(&grant, at)
        })
    }

    /// Whether a grant has no key but those that an audience binds.
    pub(crate) fn is_of_residents(&self, grant: &Grant) -> bool {
        let meaning = self.meanings.get(grant.meaning);
        meaning.is_none_or(|meaning| meaning.everywhere.is_empty() && meaning.site.is_empty())
    }

    /// What a residency leaves behind when it ends: devices to cut off, and a secret to throw away.
    pub(crate) fn left_behind(&self, person: u32, unit: u32) -> Vec<Event> {
        let Some(row) = self.residency(person, unit) else { return Vec::new() };
        let (person, unit) = (self.person_id(person), self.unit_id(unit));
        let devices = self.residencies.devices.get(&row).into_iter().flatten();
        let devices = devices.map(|device| Event::DeviceRemoved {
            person: person.clone(),
            unit: unit.clone(),
            device_id: device.device_id.clone(),
        });
        let secrets = &self.residencies.secrets;
        let own = secrets.get(row).filter(|secret| !secrets.is_of_another(secret, row));
        let secret = own.map(|secret| Event::SecretDiscarded {
            person: person.clone(),
            unit: unit.clone(),
            secret: secret.clone(),
        });
        devices.chain(secret).collect()
    }

    fn is_void(&self, grant: &Grant) -> bool {
        self.meanings.get(grant.meaning).is_none_or(crate::catalog::Meaning::is_empty)
    }

    /// Whether a grant may count somewhere in a building; rather once too often.
    fn reaches_building(&self, grant: &Grant, place: &Place) -> bool {
        let is_within =
            |organisation| self.depth_on_path(place.organisation, organisation).is_some();
        let names_site = |sites| match sites {
            Sites::None => false,
            Sites::Any => true,
            Sites::One(site) => {
                let row = self.integrations.rows.get(to_index(site));
                row.is_some_and(|row| row.building == place.building)
            }
        };
        match grant.form {
            Form::Residency { building, .. } => building == place.building,
            Form::Administrator { unit } => self.building_of_unit(unit) == place.building,
            Form::SiteRole { organisation, sites } => is_within(organisation) && names_site(sites),
            Form::OrganisationRole { organisation, .. } => is_within(organisation),
            Form::Group { organisation, access } => {
                has_access(self, place, organisation, access) || is_within(organisation)
            }
            Form::Platform { .. } => true,
        }
    }

    /// The membership of a person in an organisation.
    pub(crate) fn membership_row(
        &self,
        person: u32,
        organisation: u32,
    ) -> Option<(u32, &Membership)> {
        let row = self.membership(person, organisation)?;
        Some((row, self.memberships.get(row)?))
    }

    /// How many people live in a unit, or will, apart from one.
    pub(crate) fn residents_beside(&self, unit: u32, person: u32, at: Timestamp) -> u32 {
        let rows = self.residents_of(unit).iter().filter_map(|row| self.residencies.get(*row));
        let present =
            rows.filter(|row| row.person != person && !self.validity(row.condition).has_ended(at));
        u32::try_from(present.count()).unwrap_or(u32::MAX)
    }

    pub(crate) fn resident_limit(&self, unit: u32) -> u32 {
        self.units.resident_limits.get(&unit).copied().unwrap_or(u32::MAX)
    }

    /// The window that a role or group of a membership has of its own.
    pub(crate) fn own_window(&self, person: u32, organisation: u32, grant: &Grant) -> Option<u32> {
        let (row, membership) = self.membership_row(person, organisation)?;
        if membership.condition == 0 {
            return (grant.condition != 0).then_some(grant.condition);
        }
        let source = match grant.form {
            Form::Group { .. } => Source::Group(grant.source),
            _ => Source::Role(grant.source),
        };
        self.memberships.own_windows.get(&(row, source)).copied()
    }

    /// The id of a person of this directory.
    pub(crate) fn person_id(&self, person: u32) -> Id {
        owned(&self.people.ids, person)
    }

    /// The id of a unit of this directory.
    pub(crate) fn unit_id(&self, unit: u32) -> Id {
        owned(&self.units.ids, unit)
    }

    /// The id of an organisation of this directory.
    pub(crate) fn organisation_id(&self, organisation: u32) -> Id {
        owned(&self.organisations.ids, organisation)
    }
}

fn owned(ids: &IdTable, handle: u32) -> Id {
    // INVARIANT: a handle that was found in this directory has an id; what stands in for it names nothing.
    ids.id(handle).unwrap_or(IdRef::from_ulid_bytes([0; 16])).to_owned()
}
