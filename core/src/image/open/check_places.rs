//! Buildings, integrations, units and doors: everything is where it says, and all agree.

use super::check::Check;
use crate::facts::{Audience, DoorFacts, NONE};
use crate::image::error::{ImageError, ImageFault};
use crate::image::layout::{DoorRow, IntegrationRow, List, UnitRow};
use crate::image::section::Section;

impl Check<'_, '_> {
    /// Each table relies on those before it.
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn places(&self) -> Result<(), ImageError> {
        let image = self.image;
        let organisations = image.organisations.len();
        let places = image.buildings.rows.iter().map(|row| row.owner.get() < organisations);
        self.each(Section::Buildings, places)?;
        self.each(
            Section::Integrations,
            image.integrations.rows.iter().map(|row| {
                self.is_owned(row.building.get(), row.organisation.get())
                    && row.flags & !IntegrationRow::SITE == 0
            }),
        )?;
        self.each(Section::Units, image.units.rows.iter().map(|row| self.is_unit(row)))?;
        let doors = image.doors.rows.iter().zip(0..u32::MAX);
        self.each(Section::Doors, doors.map(|(row, door)| self.is_door(door, row)))
    }

    fn each(&self, section: Section, rows: impl Iterator<Item = bool>) -> Result<(), ImageError> {
        match rows.zip(0..usize::MAX).find(|(is_sound, _)| !is_sound) {
            Some((_, row)) => Err(self.row(ImageFault::Handle, section, row)),
            None => Ok(()),
        }
    }

    fn is_owned(&self, building: u32, organisation: u32) -> bool {
        let row = self.image.buildings.get(building);
        row.is_some_and(|row| row.owner.get() == organisation)
    }

    /// Whether an integration, or nothing, is of a building.
    fn is_at(&self, integration: u32, building: u32) -> bool {
        let row = self.image.integrations.get(integration);
        row.map_or(integration == NONE, |row| row.building.get() == building)
    }

    /// Whether a unit, or nothing, is of a building.
    fn is_unit_of(&self, unit: u32, building: u32) -> bool {
        let row = self.image.units.get(unit);
        row.map_or(unit == NONE, |row| row.building.get() == building)
    }

    fn is_unit(&self, row: &UnitRow) -> bool {
        let building = row.building.get();
        self.is_owned(building, row.organisation.get())
            && self.is_at(row.integration.get(), building)
            && row.flags & !UnitRow::ENABLED == 0
    }

    /// An audience of units may list none: then the door is for nobody.
    fn is_door(&self, door: u32, row: &DoorRow) -> bool {
        let (building, integration) = (row.building.get(), row.integration.get());
        let facts = DoorFacts::from_bits(row.flags);
        let listed = self.image.lists.of(List::Audience, door);
        integration != NONE
            && self.is_at(integration, building)
            && self.is_owned(building, row.organisation.get())
            && self.is_unit_of(row.unit.get(), building)
            && facts.is_known()
            && (facts.audience() == Audience::Units || listed.is_empty())
            && listed.iter().all(|unit| self.is_unit_of(unit.get(), building))
    }
}
