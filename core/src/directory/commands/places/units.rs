//! Units: who administers one, and the generation of its token, are said by commands of their own.

use super::{CreateUnit, PlaceError, RemoveUnit, UpdateUnit, require_unused, written};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::memberships::canonical;
use crate::directory::commands::{Context, Drafted, OutcomeKind};
use crate::directory::events::Event;
use crate::error::{AccessError, EntityKind};
use crate::estate::{Estate, UnitDoc};
use crate::order::Order;
use crate::question::ResourceHandle;
use crate::request::ResourceKind;

impl Directory {
    pub(in super::super) fn draft_create_unit(
        &self,
        context: &Context,
        command: &CreateUnit,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let (building, basis) =
            caller.require_known("units:create", EntityKind::Building, &command.unit.building)?;
        let mut unit = self.canonical_unit(&command.unit);
        if !unit.administrators.is_empty() {
            self.require_appointing(&caller, building, &unit)?;
        }
        if unit.token_generation != 0 {
            return Err(PlaceError::ImmutableGeneration);
        }
        // A unit of this id that is gone had a lower one, so that its tokens count no more [2-5].
        unit.token_generation = self.revision().saturating_add(1);
        self.check_unit(&unit, None)?;
        Ok(written(OutcomeKind::Created, basis, Some(Event::UnitCreated { unit })))
    }

    pub(in super::super) fn draft_update_unit(
        &self,
        context: &Context,
        command: &UpdateUnit,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let (handle, basis) =
            caller.require_known("units:update", EntityKind::Unit, &command.unit.id)?;
        let mut unit = self.canonical_unit(&command.unit);
        let before = self.unit_doc(handle).map(|row| self.canonical_unit(&row));
        if let Some(before) = &before {
            self.require_moving(&caller, handle, before, &unit)?;
            if unit.token_generation == 0 {
                unit.token_generation = before.token_generation;
            }
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
        let (handle, basis) =
            caller.require_known("units:delete", EntityKind::Unit, &command.unit)?;
        require_unused(&[
            (!self.residents_of(handle).is_empty(), "residents"),
            (!self.units.doors.of(handle).is_empty(), "doors"),
            (!self.units.audience_of.of(handle).is_empty(), "audiences of doors"),
        ])?;
        let unit = canonical(&self.units.ids, &command.unit);
        Ok(written(OutcomeKind::Removed, basis, Some(Event::UnitRemoved { unit })))
    }

    /// Step 4 of a creation: who says at once who administers the unit may write residents in the building, and names
    /// themselves only with all keys of an administrator [C-4, C-66].
    fn require_appointing(
        &self,
        caller: &Caller<'_>,
        building: u32,
        unit: &UnitDoc,
    ) -> Result<(), AccessError> {
        let is_allowed =
            |key| caller.giver().is_allowed(key, ResourceHandle(ResourceKind::Building, building));
        let own = caller.person().and_then(|person| self.people.ids.id(person));
        let names_caller =
            unit.administrators.iter().any(|entry| Some(entry.person.as_ref()) == own);
        let keys = self.catalog.administrator_keys();
        let mut own_keys = self.catalog.keys().filter(|key| names_caller && keys.contains(*key));
        if caller.is_allowed("residents:write", ResourceKind::Building, building)
            && own_keys.all(is_allowed)
        {
            return Ok(());
        }
        Err(AccessError::Escalation { given: "the administration of the unit".into() })
    }

    /// Step 4 of an update: those who live in a unit open what residents of its integration do, so that another one is a
    /// creation there [C-4].
    fn require_moving(
        &self,
        caller: &Caller<'_>,
        unit: u32,
        before: &UnitDoc,
        now: &UnitDoc,
    ) -> Result<(), AccessError> {
        if before.integration != now.integration {
            let building = self.building_of_unit(unit);
            caller.require("units:create", ResourceKind::Building, building)?;
        }
        Ok(())
    }

    fn canonical_unit(&self, row: &UnitDoc) -> UnitDoc {
        let mut row = row.clone();
        row.id = canonical(&self.units.ids, &row.id);
        row.building = canonical(&self.buildings.ids, &row.building);
        row.integration = row.integration.map(|id| canonical(&self.integrations.ids, &id));
        for entry in &mut row.administrators {
            entry.person = canonical(&self.people.ids, &entry.person);
        }
        row.administrators.order_stable_by(|a, b| a.person.cmp(&b.person));
        row.aliases.order();
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
