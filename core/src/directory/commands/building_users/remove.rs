//! Removing a building user [0-4, 1-16, C-9, C-66, C-77].

use alloc::vec::Vec;

use super::authority::{Authority, WRITE_RESIDENTS, is_unit_scoped};
use super::{BuildingUserError, Pending, RemoveBuildingUser, Site};
use crate::catalog::Key;
use crate::decide::decide;
use crate::directory::Directory;
use crate::directory::commands::{Context, Drafted, HeldRole, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::directory::holdings::SiteRole;
use crate::directory::tables::Residency;
use crate::directory::without::Without;
use crate::error::{AccessError, EntityKind};
use crate::estate::{AdministratorEntry, ResidencyStatus};
use crate::facts::{Facts, Form, Grant, NONE, Resolved, Who};
use crate::id::Id;
use crate::order::Order;
use crate::reason::Basis;
use crate::request::ResourceKind;
use crate::sorted::Map;

/// What goes of what a person holds.
#[derive(Default)]
pub(crate) struct Removal {
    person: u32,
    roles: Vec<(u32, u32)>,
    units: Vec<u32>,
    administered: Vec<u32>,
}

impl Directory {
    pub(crate) fn draft_remove_building_user(
        &self,
        context: &Context,
        command: &RemoveBuildingUser,
    ) -> Result<Drafted, BuildingUserError> {
        let RemoveBuildingUser { person, unit, .. } = command;
        let site = Site::resolve(self, context, &command.integration)?;
        let (basis, removal) = match site.authority(unit.as_ref())? {
            Authority::Operator(basis) => {
                let removal = site.removal(person)?;
                if unit.is_some() {
                    return Err(BuildingUserError::UnitNotExpected);
                }
                (basis, removal)
            }
            Authority::Delegated(unit) => {
                let (unit, basis) = unit.one()?;
                (basis, site.delegated_removal(person, unit, basis)?)
            }
        };
        let mut entries = Map::new();
        let mut events = site.removal_events(&removal, &mut entries);
        events.extend(administrators_set(self, entries));
        let details = site.removal_details(&removal);
        Ok(Drafted { kind: OutcomeKind::Removed, details, basis, events })
    }
}

impl Site<'_> {
    /// Step 3, once the caller is an operator: everything on the integration, whatever its validity. An entry among the
    /// administrators of a unit goes too: somebody who has left must not go on letting people in.
    pub(crate) fn removal(&self, person: &Id) -> Result<Removal, BuildingUserError> {
        let directory = self.caller.directory;
        let not_found = || AccessError::not_found(EntityKind::Person, person);
        let handle = directory.people.ids.find(&person.as_ref()).ok_or_else(not_found)?;
        let is_here = |unit: &u32| directory.unit_integration(*unit) == self.integration;
        let roles = directory.site_roles_of(handle, self.integration);
        let units = directory.residencies_of(handle);
        let units = units.filter_map(|row| Some(directory.residencies.get(row)?.unit));
        let removal = Removal {
            person: handle,
            roles: roles.iter().map(place_of).collect(),
            units: units.filter(is_here).collect(),
            administered: directory.administered_by(handle).filter(is_here).collect(),
        };
        let is_nothing =
            removal.roles.is_empty() && removal.units.is_empty() && removal.administered.is_empty();
        if is_nothing {
            return Err(not_found().into());
        }
        self.check_blocks_lifted(&removal)?;
        Ok(removal)
    }

    /// Step 4, of the person: a block goes with its residency, so ending that takes the key of whoever set it [C-27].
    fn check_blocks_lifted(&self, removal: &Removal) -> Result<(), AccessError> {
        let directory = self.caller.directory;
        let blocked =
            removal.units.iter().filter(|unit| directory.is_blocked_in(removal.person, **unit));
        for unit in blocked {
            self.caller.require(WRITE_RESIDENTS, ResourceKind::Unit, *unit)?;
        }
        Ok(())
    }

    /// What a delegated caller takes: one residency, the administration of that unit, and the role `resident` when no
    /// residency on the integration is left [C-66].
    fn delegated_removal(
        &self,
        person: &Id,
        unit: u32,
        basis: Basis,
    ) -> Result<Removal, BuildingUserError> {
        let directory = self.caller.directory;
        let not_found = || AccessError::not_found(EntityKind::Person, person);
        let handle = directory.people.ids.find(&person.as_ref()).ok_or_else(not_found)?;
        let row = directory.residency(handle, unit).and_then(|row| directory.residencies.get(row));
        let is_theirs = |row: &&Residency| self.caller.may_know_of(row, basis);
        row.filter(is_theirs).ok_or_else(not_found)?;
        self.check_delegated_scope(handle, unit)?;
        let at = self.caller.at;
        if is_unit_scoped(basis) && directory.is_last_administrator(handle, unit, at) {
            return Err(BuildingUserError::LastAdministrator { person: self.person(handle) });
        }
        let roles = directory.site_roles_of(handle, self.integration);
        let roles = if self.lives_elsewhere(handle, unit) { Vec::new() } else { roles };
        Ok(Removal {
            person: handle,
            roles: roles.iter().map(place_of).collect(),
            units: alloc::vec![unit],
            administered: directory.administered_by(handle).filter(|at| *at == unit).collect(),
        })
    }

    /// Step 4, of the person: no staff, and nobody whose block would go with the residency [C-27, C-66].
    fn check_delegated_scope(&self, person: u32, unit: u32) -> Result<(), BuildingUserError> {
        let directory = self.caller.directory;
        let at = self.caller.at;
        let roles = directory.site_roles_of(person, self.integration);
        let is_more =
            |held: &SiteRole<'_>| !directory.is_resident_role(held.role, self.integration);
        if roles.iter().any(is_more) || directory.is_staff_around(person, unit, at) {
            return Err(BuildingUserError::delegation(
                "somebody who is more than a resident there",
            ));
        }
        if directory.is_blocked_in(person, unit) && directory.holds_beside(person, unit, at) {
            return Err(BuildingUserError::delegation("a block that counts beyond the unit"));
        }
        Ok(())
    }

    /// Whether a person has a residency in another unit of the integration that has not ended.
    fn lives_elsewhere(&self, person: u32, unit: u32) -> bool {
        let directory = self.caller.directory;
        let rows = directory.residencies_of(person);
        let mut rows = rows.filter_map(|row| directory.residencies.get(row));
        rows.any(|row| {
            row.unit != unit
                && directory.unit_integration(row.unit) == self.integration
                && !directory.validity(row.condition).has_ended(self.caller.at)
        })
    }

    /// The events of a removal. The administrators of the units concerned are collected: several people of one plan may
    /// leave one unit.
    pub(crate) fn removal_events(
        &self,
        removal: &Removal,
        entries: &mut Map<u32, Vec<AdministratorEntry>>,
    ) -> Vec<Event> {
        let directory = self.caller.directory;
        let person = self.person(removal.person);
        for unit in &removal.administered {
            let entries = entries.or_insert_with(*unit, || directory.administrator_entries(*unit));
            if let Some(entries) = entries {
                entries.retain(|entry| entry.person != person);
            }
        }
        let left =
            removal.units.iter().flat_map(|unit| directory.left_behind(removal.person, *unit));
        let mut events: Vec<Event> = left.collect();
        let units_removed = self.unit_ids(&removal.units);
        if removal.roles.is_empty() {
            let ended = |unit| Event::ResidencyRemoved { person: person.clone(), unit };
            events.extend(units_removed.into_iter().map(ended));
            return events;
        }
        let roles_removed = self.held_roles(&removal.roles);
        let integration = self.id.to_owned();
        events.push(Event::BuildingUserRemoved {
            integration,
            person,
            roles_removed,
            units_removed,
        });
        events
    }

    /// Notes for the rows of a plan that people go from units.
    pub(crate) fn note_removal(&self, removal: &Removal, pending: &mut Pending) {
        let directory = self.caller.directory;
        for unit in &removal.units {
            let row = directory.residency(removal.person, *unit);
            let row = row.and_then(|row| directory.residencies.get(row));
            let is_present =
                row.is_some_and(|row| !directory.validity(row.condition).has_ended(self.caller.at));
            if is_present {
                let more = pending.residents.get(unit).copied().unwrap_or_default();
                pending.residents.insert(*unit, more.saturating_sub(1));
            }
        }
    }

    fn removal_details(&self, removal: &Removal) -> OutcomeDetails {
        OutcomeDetails::BuildingUserRemoved {
            roles_removed: self.held_roles(&removal.roles),
            units_removed: self.unit_ids(&removal.units),
            still_allowed: self.is_still_allowed(removal),
        }
    }

    /// By organisation, then role.
    fn held_roles(&self, roles: &[(u32, u32)]) -> Vec<HeldRole> {
        let directory = self.caller.directory;
        let held = roles.iter().filter_map(|(organisation, role)| {
            let organisation = directory.organisation_id(*organisation);
            Some(HeldRole { organisation, role: directory.roles.path(*role)?.clone() })
        });
        let mut held: Vec<HeldRole> = held.collect();
        held.order_by(|a, b| (&a.organisation, &a.role).cmp(&(&b.organisation, &b.role)));
        held
    }

    /// By id.
    fn unit_ids(&self, units: &[u32]) -> Vec<Id> {
        let mut ids: Vec<Id> = units.iter().map(|unit| self.unit_id(*unit)).collect();
        ids.order();
        ids
    }

    /// Whether something that is left opens a door of the integration [C-77]. O(doors × grants), for people with grants
    /// that have the key.
    fn is_still_allowed(&self, removal: &Removal) -> bool {
        let directory = self.caller.directory;
        let Some(open) = directory.catalog.key("doors:open") else { return false };
        let is_gone = &|grant: &Grant| removal.takes(grant);
        let rest = Without { directory, is_gone, door: None };
        if !rest.grants(removal.person).any(|grant| directory.has_key(&grant, open)) {
            return false;
        }
        let doors = directory.integrations.doors.of(self.integration);
        doors.iter().any(|door| self.opens(&rest, removal.person, open, *door))
    }

    fn opens(&self, rest: &Without<'_>, person: u32, open: Key, door: u32) -> bool {
        let question = Resolved {
            principal: Who::Person(person),
            key: open,
            kind: ResourceKind::Door,
            resource: door,
            acting_org: NONE,
            at: self.caller.at,
        };
        decide(rest, &question).is_allow()
    }
}

impl Removal {
    pub(crate) const fn person(&self) -> u32 {
        self.person
    }

    /// Whether it takes a grant of the person away.
    fn takes(&self, grant: &Grant) -> bool {
        match grant.form {
            Form::Residency { unit, .. } => self.units.contains(&unit),
            Form::Administrator { unit } => self.administered.contains(&unit),
            Form::SiteRole { organisation, .. } => {
                self.roles.contains(&(organisation, grant.source))
            }
            _ => false,
        }
    }
}

fn place_of(held: &SiteRole<'_>) -> (u32, u32) {
    (held.organisation, held.grant.source)
}

/// The events that say who administers units from now on.
pub(crate) fn administrators_set(
    directory: &Directory,
    entries: Map<u32, Vec<AdministratorEntry>>,
) -> impl Iterator<Item = Event> {
    entries.into_iter().map(|(unit, administrators)| Event::UnitAdministratorsSet {
        unit: directory.unit_id(unit),
        administrators,
    })
}

impl Directory {
    /// Whether the residency of a person in a unit is BLOCKED.
    pub(crate) fn is_blocked_in(&self, person: u32, unit: u32) -> bool {
        let row = self.residency(person, unit).and_then(|row| self.residencies.get(row));
        row.is_some_and(|row| row.status == ResidencyStatus::Blocked)
    }
}
