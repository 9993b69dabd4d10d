//! Buildings, integrations, units and doors: where each is, and that what belongs together is in one building.

use alloc::format;
use alloc::vec::Vec;

use super::organisations::LoadedOrganisations;
use super::people::LoadedPeople;
use super::{Indexed, Loader};
use crate::directory::ids::to_index;
use crate::directory::tables::{Door, Integration, Unit};
use crate::estate::{
    AudienceDoc, DoorDoc, FaultCode, IntegrationKind, OrganisationKind, Path, SwitchStatus, UnitDoc,
};
use crate::facts::{DoorFacts, NONE};

pub(crate) struct LoadedBuildings {
    pub(crate) indexed: Indexed,
    pub(crate) owners: Vec<u32>,
}

impl LoadedBuildings {
    pub(crate) fn owner(&self, building: u32) -> u32 {
        self.owners.get(to_index(building)).copied().unwrap_or(NONE)
    }
}

pub(crate) struct LoadedIntegrations {
    pub(crate) indexed: Indexed,
    pub(crate) rows: Vec<Integration>,
}

impl LoadedIntegrations {
    pub(crate) fn row(&self, integration: u32) -> Option<&Integration> {
        self.rows.get(to_index(integration))
    }
}

pub(crate) struct LoadedUnits {
    pub(crate) indexed: Indexed,
    pub(crate) rows: Vec<Unit>,
    /// By unit, in the order of the document.
    pub(crate) administrators: Vec<Administrator>,
}

pub(crate) struct Administrator {
    pub(crate) unit: u32,
    pub(crate) person: u32,
    pub(crate) condition: u32,
    /// Row of the unit, and place in its list.
    pub(crate) row: usize,
    pub(crate) position: usize,
}

impl LoadedUnits {
    pub(crate) fn row(&self, unit: u32) -> Option<&Unit> {
        self.rows.get(to_index(unit))
    }
}

pub(crate) struct LoadedDoors {
    pub(crate) indexed: Indexed,
    pub(crate) rows: Vec<Door>,
    /// Pairs (door, unit) of the audiences, in the order of both.
    pub(crate) audience: Vec<(u32, u32)>,
}

impl<'e> Loader<'e, '_> {
    pub(super) fn load_buildings(
        &mut self,
        indexed: Indexed,
        organisations: &LoadedOrganisations,
    ) -> LoadedBuildings {
        let root = Path::ROOT;
        let section = root.field("buildings");
        let mut owners = Vec::with_capacity(indexed.row_of.len());
        for (index, row) in indexed.rows(&self.estate.buildings) {
            let path = section.index(index);
            let path = path.field("owner");
            let owner = self.resolve(&organisations.indexed, &row.owner, &path);
            owners.push(owner);
            let kind = organisations.kind(owner);
            if matches!(kind, Some(OrganisationKind::Tenant | OrganisationKind::Vendor)) {
                let found =
                    format!("`{}`, a {}", row.owner, kind.map_or("", OrganisationKind::as_str));
                let expected = "an owner that is no tenant or vendor; these have `serves`";
                self.faults.add(&path, FaultCode::OwnerKind, found, expected);
            }
        }
        LoadedBuildings { indexed, owners }
    }

    pub(super) fn load_integrations(&mut self, buildings: &LoadedBuildings) -> LoadedIntegrations {
        let estate = self.estate;
        let indexed =
            self.index("integrations", &estate.integrations, |row| &row.id, |row| &row.aliases);
        let root = Path::ROOT;
        let section = root.field("integrations");
        let mut rows = Vec::with_capacity(indexed.row_of.len());
        for (index, row) in indexed.rows(&estate.integrations) {
            let path = section.index(index);
            let building = self.resolve(&buildings.indexed, &row.building, &path.field("building"));
            rows.push(Integration {
                building,
                organisation: buildings.owner(building),
                is_site: row.kind == IntegrationKind::VirtualAccess,
            });
        }
        LoadedIntegrations { indexed, rows }
    }

    pub(super) fn load_units(
        &mut self,
        buildings: &LoadedBuildings,
        integrations: &LoadedIntegrations,
        people: &LoadedPeople,
    ) -> LoadedUnits {
        let estate = self.estate;
        let indexed = self.index("units", &estate.units, |row| &row.id, |row| &row.aliases);
        let root = Path::ROOT;
        let section = root.field("units");
        let mut rows = Vec::with_capacity(indexed.row_of.len());
        let mut administrators = Vec::new();
        for ((index, row), handle) in indexed.rows(&estate.units).zip(0_u32..) {
            let path = section.index(index);
            let building = self.resolve(&buildings.indexed, &row.building, &path.field("building"));
            let integration = match &row.integration {
                None => NONE,
                Some(id) => {
                    let path = path.field("integration");
                    let integration = self.resolve(&integrations.indexed, id, &path);
                    let found = integrations.row(integration).map(|row| row.building);
                    self.check_building(found, building, "the unit", &path);
                    integration
                }
            };
            if row.resident_limit == Some(0) {
                let path = path.field("resident_limit");
                self.faults.add(&path, FaultCode::InvalidValue, "0", "1 or more");
            }
            rows.push(Unit {
                building,
                integration,
                organisation: buildings.owner(building),
                is_enabled: row.status == SwitchStatus::Enabled,
            });
            self.load_administrators(row, index, handle, people, &path, &mut administrators);
        }
        LoadedUnits { indexed, rows, administrators }
    }

    fn load_administrators(
        &mut self,
        unit: &'e UnitDoc,
        row: usize,
        handle: u32,
        people: &LoadedPeople,
        path: &Path<'_>,
        administrators: &mut Vec<Administrator>,
    ) {
        let path = path.field("administrators");
        let from = administrators.len();
        let entries = self.short(&unit.administrators, &path);
        for (position, entry) in entries.iter().enumerate() {
            let path = path.index(position);
            let person = self.resolve(&people.indexed, &entry.person, &path);
            let window = self.window(entry.valid.as_ref(), &path);
            let condition = self.condition(window);
            let earlier = administrators.get(from..).unwrap_or_default();
            if person != NONE && earlier.iter().any(|earlier| earlier.person == person) {
                let found = format!("`{}` a second time", entry.person);
                self.faults.add(&path, FaultCode::DuplicateRow, found, "each administrator once");
                continue;
            }
            people.refuse_guest(self, person, "an administrator of a unit", &path);
            administrators.push(Administrator { unit: handle, person, condition, row, position });
        }
    }

    /// That something is in the building in which it is used. Nothing is said of what is not known.
    fn check_building(&mut self, found: Option<u32>, expected: u32, user: &str, path: &Path<'_>) {
        let Some(found) = found else { return };
        if found != NONE && expected != NONE && found != expected {
            let expected = format!("one in the building of {user}");
            self.faults.add(path, FaultCode::WrongBuilding, "one in another building", expected);
        }
    }

    pub(super) fn load_doors(
        &mut self,
        integrations: &LoadedIntegrations,
        units: &LoadedUnits,
    ) -> LoadedDoors {
        let estate = self.estate;
        let indexed = self.index("doors", &estate.doors, |row| &row.id, |row| &row.aliases);
        let root = Path::ROOT;
        let section = root.field("doors");
        let mut rows = Vec::with_capacity(indexed.row_of.len());
        let mut audience = Vec::new();
        for ((index, row), handle) in indexed.rows(&estate.doors).zip(0_u32..) {
            let path = section.index(index);
            let integration =
                self.resolve(&integrations.indexed, &row.integration, &path.field("integration"));
            let building = integrations.row(integration).map_or(NONE, |row| row.building);
            let unit = match &row.unit {
                None => NONE,
                Some(id) => {
                    let path = path.field("unit");
                    let unit = self.resolve(&units.indexed, id, &path);
                    self.check_building(
                        units.row(unit).map(|unit| unit.building),
                        building,
                        "the door",
                        &path,
                    );
                    unit
                }
            };
            let listed = self.load_audience(row, units, building, &path);
            audience.extend(listed.into_iter().map(|unit| (handle, unit)));
            rows.push(Door {
                integration,
                unit,
                building,
                organisation: integrations.row(integration).map_or(NONE, |row| row.organisation),
                facts: DoorFacts::of(row),
            });
        }
        LoadedDoors { indexed, rows, audience }
    }

    /// The units that an audience lists [C-59].
    fn load_audience(
        &mut self,
        door: &DoorDoc,
        units: &LoadedUnits,
        building: u32,
        path: &Path<'_>,
    ) -> Vec<u32> {
        let path = path.field("audience");
        match (&door.unit, &door.audience) {
            (None, None) => {
                let expected = "`all_residents`, `nobody` or `{\"units\": [ids]}`, or a `unit` that the door belongs to";
                self.faults.add(&path, FaultCode::AudienceRequired, "nothing", expected);
            }
            (Some(unit), Some(_)) => {
                let expected = format!("none: the door belongs to unit `{unit}`");
                self.faults.add(&path, FaultCode::AudienceConflict, "an audience", expected);
            }
            _ => {}
        }
        let Some(AudienceDoc::Units(ids)) = &door.audience else { return Vec::new() };
        let path = path.field("units");
        if ids.is_empty() {
            let expected = "at least one unit; for nobody there is `nobody`";
            self.faults.add(&path, FaultCode::EmptyList, "no unit", expected);
        }
        let listed = self.resolve_list(&units.indexed, ids, &path);
        for (position, id) in ids.iter().enumerate() {
            let unit = units.indexed.table.find(&id.as_ref()).and_then(|unit| units.row(unit));
            self.check_building(
                unit.map(|unit| unit.building),
                building,
                "the door",
                &path.index(position),
            );
        }
        listed
    }
}
