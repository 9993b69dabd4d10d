//! Buildings, integrations and doors.

use alloc::vec::Vec;

use super::{EditError, expect, expect_free, find, find_set, find_some, relink, set};
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::directory::tables::{Door, Integration, set_or_remove};
use crate::estate::{AudienceDoc, BuildingDoc, DoorDoc, IntegrationDoc, IntegrationKind};
use crate::facts::{Access, Audience, DoorFacts, Form, NONE, Sites};

impl Directory {
    pub(crate) fn insert_building(&mut self, doc: &BuildingDoc) -> Result<u32, EditError> {
        let owner = find(&self.organisations.ids, &doc.owner)?;
        let buildings = &mut self.buildings;
        let building = buildings.ids.insert(&doc.id, &doc.aliases)?;
        buildings.names.push("".into());
        buildings.owners.push(NONE);
        for lists in [
            &mut buildings.integrations,
            &mut buildings.units,
            &mut buildings.served_by,
            &mut buildings.listed_members,
        ] {
            lists.push_owner();
        }
        self.put_building(building, owner, doc);
        Ok(building)
    }

    pub(crate) fn replace_building(
        &mut self,
        building: u32,
        doc: &BuildingDoc,
    ) -> Result<(), EditError> {
        expect(&self.buildings.ids, building, Some(&doc.id), "building")?;
        let owner = find(&self.organisations.ids, &doc.owner)?;
        self.buildings.ids.set_aliases(building, &doc.aliases)?;
        self.put_building(building, owner, doc);
        Ok(())
    }

    fn put_building(&mut self, building: u32, owner: u32, doc: &BuildingDoc) {
        let buildings = &mut self.buildings;
        set(&mut buildings.names, building, doc.name.clone().unwrap_or_default());
        set_or_remove(&mut buildings.time_zones, building, doc.time_zone.clone());
        let old = buildings.owners.get(to_index(building)).copied().unwrap_or(NONE);
        set(&mut buildings.owners, building, owner);
        relink(&mut self.organisations.buildings, old, owner, building);
        if old == owner {
            return;
        }
        for unit in self.buildings.units.of(building) {
            if let Some(row) = self.units.rows.get_mut(to_index(*unit)) {
                row.organisation = owner;
            }
        }
        for integration in self.buildings.integrations.of(building).to_vec() {
            self.put_integration_in(integration, building);
        }
    }

    /// Refused while anything is in the building, serves it, or lists it. O(memberships): who lists a building is not kept.
    pub(crate) fn remove_building(&mut self, building: u32) -> Result<(), EditError> {
        let buildings = &self.buildings;
        expect(&buildings.ids, building, None, "building")?;
        let what = "building";
        expect_free(buildings.integrations.of(building), what, "its integrations")?;
        expect_free(buildings.units.of(building), what, "its units")?;
        expect_free(buildings.served_by.of(building), what, "organisations that serve it")?;
        let is_listed = self.memberships.rows.iter().any(|row| match row.access {
            Access::Listed(list) => row.person != NONE && self.building_lists.has(list, building),
            Access::None | Access::AllOfCompany => false,
        });
        let is_dormant = self.memberships.dormant.values().any(|list| list.contains(&building));
        if is_listed || is_dormant {
            return Err(EditError::InUse { what, by: "building access of members" });
        }
        let owner = self.buildings.owners.get(to_index(building)).copied().unwrap_or(NONE);
        relink(&mut self.organisations.buildings, owner, NONE, building);
        set(&mut self.buildings.owners, building, NONE);
        set(&mut self.buildings.names, building, "".into());
        self.buildings.time_zones.remove(&building);
        self.buildings.ids.remove(building);
        Ok(())
    }

    pub(crate) fn insert_integration(&mut self, doc: &IntegrationDoc) -> Result<u32, EditError> {
        let building = find(&self.buildings.ids, &doc.building)?;
        let integrations = &mut self.integrations;
        let integration = integrations.ids.insert(&doc.id, &doc.aliases)?;
        integrations.names.push("".into());
        integrations.rows.push(Integration { building: NONE, organisation: NONE, is_site: false });
        for lists in [
            &mut integrations.units,
            &mut integrations.doors,
            &mut integrations.role_holders,
            &mut integrations.staff_holders,
        ] {
            lists.push_owner();
        }
        self.put_integration(integration, building, doc);
        Ok(integration)
    }

    /// Refused where it stops being a site that roles name.
    pub(crate) fn replace_integration(
        &mut self,
        integration: u32,
        doc: &IntegrationDoc,
    ) -> Result<(), EditError> {
        expect(&self.integrations.ids, integration, Some(&doc.id), "integration")?;
        let building = find(&self.buildings.ids, &doc.building)?;
        if doc.kind != IntegrationKind::VirtualAccess {
            self.expect_unnamed(integration)?;
        }
        self.integrations.ids.set_aliases(integration, &doc.aliases)?;
        self.put_integration(integration, building, doc);
        Ok(())
    }

    fn put_integration(&mut self, integration: u32, building: u32, doc: &IntegrationDoc) {
        let integrations = &mut self.integrations;
        set(&mut integrations.names, integration, doc.name.clone().unwrap_or_default());
        let Some(row) = integrations.rows.get_mut(to_index(integration)) else { return };
        row.is_site = doc.kind == IntegrationKind::VirtualAccess;
        let old = row.building;
        relink(&mut self.buildings.integrations, old, building, integration);
        self.put_integration_in(integration, building);
    }

    /// Says of an integration and its doors in which building they are, and whose it is.
    fn put_integration_in(&mut self, integration: u32, building: u32) {
        let organisation = self.buildings.owners.get(to_index(building)).copied().unwrap_or(NONE);
        if let Some(row) = self.integrations.rows.get_mut(to_index(integration)) {
            (row.building, row.organisation) = (building, organisation);
        }
        for door in self.integrations.doors.of(integration) {
            if let Some(row) = self.doors.rows.get_mut(to_index(*door)) {
                (row.building, row.organisation) = (building, organisation);
            }
        }
    }

    /// Whether somebody holds a role that names the integration, at an organisation or at the platform.
    pub(crate) fn is_named_by_roles(&self, integration: u32) -> bool {
        let grants = self.platform_holders.iter().flat_map(|at| self.people.grants.of(*at));
        let mut forms = grants.map(|grant| grant.form);
        !self.integrations.role_holders.of(integration).is_empty()
            || forms.any(|form| form == Form::Platform { sites: Sites::One(integration) })
    }

    fn expect_unnamed(&self, integration: u32) -> Result<(), EditError> {
        if self.is_named_by_roles(integration) {
            return Err(EditError::InUse { what: "integration", by: "roles that name it" });
        }
        Ok(())
    }

    pub(crate) fn remove_integration(&mut self, integration: u32) -> Result<(), EditError> {
        let integrations = &self.integrations;
        expect(&integrations.ids, integration, None, "integration")?;
        expect_free(integrations.units.of(integration), "integration", "its units")?;
        expect_free(integrations.doors.of(integration), "integration", "its doors")?;
        self.expect_unnamed(integration)?;
        let nowhere = Integration { building: NONE, organisation: NONE, is_site: false };
        let row = integrations.rows.get(to_index(integration)).copied().unwrap_or(nowhere);
        relink(&mut self.buildings.integrations, row.building, NONE, integration);
        set(&mut self.integrations.rows, integration, nowhere);
        set(&mut self.integrations.names, integration, "".into());
        self.integrations.ids.remove(integration);
        Ok(())
    }

    pub(crate) fn insert_door(&mut self, doc: &DoorDoc) -> Result<u32, EditError> {
        let refers = self.door_refers(doc)?;
        let doors = &mut self.doors;
        let door = doors.ids.insert(&doc.id, &doc.aliases)?;
        doors.names.push("".into());
        doors.rows.push(NO_DOOR);
        doors.audience.push_owner();
        self.put_door(door, &refers, doc);
        Ok(door)
    }

    pub(crate) fn replace_door(&mut self, door: u32, doc: &DoorDoc) -> Result<(), EditError> {
        expect(&self.doors.ids, door, Some(&doc.id), "door")?;
        let refers = self.door_refers(doc)?;
        self.doors.ids.set_aliases(door, &doc.aliases)?;
        self.put_door(door, &refers, doc);
        Ok(())
    }

    fn door_refers(&self, doc: &DoorDoc) -> Result<DoorRefers, EditError> {
        let audience = match &doc.audience {
            Some(AudienceDoc::Units(units)) => find_set(&self.units.ids, units)?,
            _ => Vec::new(),
        };
        Ok(DoorRefers {
            integration: find(&self.integrations.ids, &doc.integration)?,
            unit: find_some(&self.units.ids, doc.unit.as_ref())?,
            audience,
        })
    }

    fn put_door(&mut self, door: u32, refers: &DoorRefers, doc: &DoorDoc) {
        let old = self.doors.rows.get(to_index(door)).copied().unwrap_or(NO_DOOR);
        relink(&mut self.integrations.doors, old.integration, refers.integration, door);
        relink(&mut self.units.doors, old.unit, refers.unit, door);
        self.set_audience(door, &refers.audience);
        let site = self.integrations.rows.get(to_index(refers.integration));
        let facts = DoorFacts::of(doc);
        let row = Door {
            integration: refers.integration,
            unit: refers.unit,
            building: site.map_or(NONE, |row| row.building),
            organisation: site.map_or(NONE, |row| row.organisation),
            facts,
        };
        set(&mut self.doors.rows, door, row);
        set(&mut self.doors.names, door, doc.name.clone().unwrap_or_default());
    }

    fn set_audience(&mut self, door: u32, units: &[u32]) {
        for unit in self.doors.audience.of(door) {
            self.units.audience_of.remove_item(*unit, door);
        }
        for unit in units {
            self.units.audience_of.push(*unit, door);
        }
        self.doors.audience.replace(door, units);
    }

    pub(crate) fn remove_door(&mut self, door: u32) -> Result<(), EditError> {
        expect(&self.doors.ids, door, None, "door")?;
        let row = self.doors.rows.get(to_index(door)).copied().unwrap_or(NO_DOOR);
        relink(&mut self.integrations.doors, row.integration, NONE, door);
        relink(&mut self.units.doors, row.unit, NONE, door);
        self.set_audience(door, &[]);
        set(&mut self.doors.rows, door, NO_DOOR);
        set(&mut self.doors.names, door, "".into());
        self.doors.ids.remove(door);
        Ok(())
    }
}

/// What a door refers to.
struct DoorRefers {
    integration: u32,
    unit: u32,
    audience: Vec<u32>,
}

const NO_DOOR: Door = Door {
    integration: NONE,
    unit: NONE,
    building: NONE,
    organisation: NONE,
    facts: DoorFacts::new(Audience::Nobody, false, false),
};
