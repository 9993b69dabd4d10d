//! Units: who administers one, and the generation of its token, are said by commands of their own.

use super::{CreateUnit, PlaceError, RemoveUnit, UpdateUnit, require_unused, written};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::memberships::canonical;
use crate::directory::commands::{Context, Drafted, OutcomeKind};
use crate::directory::events::Event;
use crate::error::EntityKind;
use crate::estate::{Estate, UnitDoc};
use crate::request::ResourceKind;

impl Directory {
    pub(in super::super) fn draft_create_unit(
        &self,
        context: &Context,
        command: &CreateUnit,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let building = self.known(EntityKind::Building, command.unit.building.as_ref())?;
        let basis = caller.require("units:create", ResourceKind::Building, building)?;
        let unit = self.canonical_unit(&command.unit);
        if unit.token_generation != 0 {
            return Err(PlaceError::ImmutableGeneration);
        }
        self.check_unit(&unit, None)?;
        Ok(written(OutcomeKind::Created, basis, Some(Event::UnitCreated { unit })))
    }

    pub(in super::super) fn draft_update_unit(
        &self,
        context: &Context,
        command: &UpdateUnit,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let handle = self.known(EntityKind::Unit, command.unit.id.as_ref())?;
        let basis = caller.require("units:update", ResourceKind::Unit, handle)?;
        let unit = self.canonical_unit(&command.unit);
        let before = self.unit_doc(handle).map(|row| self.canonical_unit(&row));
        if let Some(before) = &before {
            require_same(before, &unit)?;
        }
        self.check_unit(&unit, Some(handle))?;
        let is_changed = before.as_ref() != Some(&unit);
        let event = is_changed.then_some(Event::UnitUpdated { unit });
        Ok(written(OutcomeKind::Updated, basis, event))
    }

    pub(in super::super) fn draft_remove_unit(
        &self,
        context: &Context,
        command: &RemoveUnit,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let handle = self.known(EntityKind::Unit, command.unit.as_ref())?;
        let basis = caller.require("units:delete", ResourceKind::Unit, handle)?;
        require_unused(&[
            (!self.residents_of(handle).is_empty(), "residents"),
            (!self.units.doors.of(handle).is_empty(), "doors"),
            (!self.units.audience_of.of(handle).is_empty(), "audiences of doors"),
        ])?;
        let unit = canonical(&self.units.ids, &command.unit);
        Ok(written(OutcomeKind::Removed, basis, Some(Event::UnitRemoved { unit })))
    }

    fn canonical_unit(&self, row: &UnitDoc) -> UnitDoc {
        let mut row = row.clone();
        row.id = canonical(&self.units.ids, &row.id);
        row.building = canonical(&self.buildings.ids, &row.building);
        row.integration = row.integration.map(|id| canonical(&self.integrations.ids, &id));
        for entry in &mut row.administrators {
            entry.person = canonical(&self.people.ids, &entry.person);
        }
        row.administrators.sort_by(|a, b| a.person.cmp(&b.person));
        row.aliases.sort();
        row
    }

    fn check_unit(&self, row: &UnitDoc, own: Option<u32>) -> Result<(), PlaceError> {
        let rows = Estate { units: alloc::vec![row.clone()], ..Estate::default() };
        Ok(self.check_row(&rows, &self.units.ids, (&row.id, &row.aliases), own)?)
    }
}

/// Step 5 of an update: what it may not change.
fn require_same(before: &UnitDoc, now: &UnitDoc) -> Result<(), PlaceError> {
    if before.building != now.building {
        return Err(PlaceError::ImmutablePlace);
    }
    if before.administrators != now.administrators {
        return Err(PlaceError::ImmutableAdministrators);
    }
    if before.token_generation != now.token_generation {
        return Err(PlaceError::ImmutableGeneration);
    }
    Ok(())
}
