//! The tables: organisations, buildings, integrations, units, doors, people.

use alloc::vec::Vec;

use zerocopy::little_endian::U32;

use super::selection::Selection;
use super::tree::Tree;
use crate::directory::Directory;
use crate::directory::ids::{IdTable, to_index};
use crate::facts::{NONE, Standing};
use crate::image::layout::{
    BuildingRow, DoorRow, IntegrationRow, OrganisationRow, PersonRow, TextRef, UnitRow,
};
use crate::image::write::TextPool;

/// Every table. The grants of people are counted later.
pub(super) struct Places {
    pub(super) tree: Tree,
    pub(super) organisations: Vec<OrganisationRow>,
    pub(super) buildings: Vec<BuildingRow>,
    pub(super) integrations: Vec<IntegrationRow>,
    pub(super) units: Vec<UnitRow>,
    pub(super) doors: Vec<DoorRow>,
    pub(super) people: Vec<PersonRow>,
}

/// Makes the rows of one directory.
struct Rows<'d> {
    directory: &'d Directory,
    selection: &'d Selection,
    texts: &'d mut TextPool,
}

impl Places {
    pub(super) fn new(directory: &Directory, selection: &Selection, texts: &mut TextPool) -> Self {
        let tree = Tree::new(directory, selection);
        let mut rows = Rows { directory, selection, texts };
        Self {
            organisations: rows.organisations(&tree),
            buildings: rows.buildings(),
            integrations: rows.integrations(),
            units: rows.units(),
            doors: rows.doors(),
            people: rows.people(),
            tree,
        }
    }
}

impl Rows<'_> {
    fn id(&mut self, ids: &IdTable, handle: u32) -> [u8; 16] {
        ids.id(handle).map(|id| self.texts.id(&id)).unwrap_or_default()
    }

    fn text(&mut self, text: Option<&str>) -> TextRef {
        self.texts.intern(text.unwrap_or_default())
    }

    fn organisations(&mut self, tree: &Tree) -> Vec<OrganisationRow> {
        let table = &self.directory.organisations;
        let kept = self.selection.organisations.handles().zip(&tree.nodes);
        kept.map(|(organisation, node)| {
            let at = to_index(organisation);
            let is_live = table.rows.get(at).is_some_and(|row| row.is_live);
            OrganisationRow {
                id: self.id(&table.ids, organisation),
                name: self.text(table.names.get(at).map(|name| name.any())),
                parent: U32::new(node.parent),
                preorder: U32::new(node.preorder),
                end: U32::new(node.end),
                depth: node.depth,
                flags: if is_live { OrganisationRow::LIVE } else { 0 },
            }
        })
        .collect()
    }

    fn buildings(&mut self) -> Vec<BuildingRow> {
        let table = &self.directory.buildings;
        let kept = self.selection.buildings.handles();
        kept.map(|building| {
            let at = to_index(building);
            BuildingRow {
                id: self.id(&table.ids, building),
                name: self.text(table.names.get(at).map(|name| &**name)),
                owner: self.owner(building),
            }
        })
        .collect()
    }

    /// The owner of a building, in the image.
    fn owner(&self, building: u32) -> U32 {
        let owner = self.directory.buildings.owners.get(to_index(building)).copied();
        U32::new(self.selection.organisations.frozen(owner.unwrap_or(NONE)))
    }

    fn building(&self, building: u32) -> U32 {
        U32::new(self.selection.buildings.frozen(building))
    }

    fn integrations(&mut self) -> Vec<IntegrationRow> {
        let table = &self.directory.integrations;
        let kept = self.selection.integrations.handles();
        let rows = kept.filter_map(|integration| {
            let at = to_index(integration);
            let row = table.rows.get(at)?;
            Some(IntegrationRow {
                id: self.id(&table.ids, integration),
                name: self.text(table.names.get(at).map(|name| &**name)),
                building: self.building(row.building),
                organisation: self.owner(row.building),
                flags: if row.is_site { IntegrationRow::SITE } else { 0 },
            })
        });
        rows.collect()
    }

    fn units(&mut self) -> Vec<UnitRow> {
        let table = &self.directory.units;
        let kept = self.selection.units.handles();
        let rows = kept.filter_map(|unit| {
            let at = to_index(unit);
            let row = table.rows.get(at)?;
            Some(UnitRow {
                id: self.id(&table.ids, unit),
                number: self.text(table.numbers.get(at).map(|number| &**number)),
                building: self.building(row.building),
                integration: U32::new(self.selection.integrations.frozen(row.integration)),
                organisation: self.owner(row.building),
                flags: if row.is_enabled { UnitRow::ENABLED } else { 0 },
            })
        });
        rows.collect()
    }

    fn doors(&mut self) -> Vec<DoorRow> {
        let table = &self.directory.doors;
        let kept = self.selection.doors.handles();
        let rows = kept.filter_map(|door| {
            let at = to_index(door);
            let row = table.rows.get(at)?;
            Some(DoorRow {
                id: self.id(&table.ids, door),
                name: self.text(table.names.get(at).map(|name| &**name)),
                integration: U32::new(self.selection.integrations.frozen(row.integration)),
                building: self.building(row.building),
                organisation: self.owner(row.building),
                unit: U32::new(self.selection.units.frozen(row.unit)),
                flags: row.facts.bits(),
            })
        });
        rows.collect()
    }

    fn people(&mut self) -> Vec<PersonRow> {
        let table = &self.directory.people;
        let kept = self.selection.people.handles();
        let rows = kept.filter_map(|person| {
            let row = table.rows.get(to_index(person))?;
            let standing = match row.standing {
                Standing::Active => 0_u32,
                Standing::Blocked => 1,
                Standing::Deleted => 2,
            };
            Some(PersonRow {
                id: self.id(&table.ids, person),
                first_grant: U32::new(0),
                state: U32::new(standing.wrapping_shl(PersonRow::STANDING_SHIFT)),
            })
        });
        rows.collect()
    }
}
