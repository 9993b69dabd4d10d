//! Doors: each stays on its integration.

use super::{CreateDoor, PlaceError, RemoveDoor, UpdateDoor, written};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::memberships::canonical;
use crate::directory::commands::{Context, Drafted, OutcomeKind};
use crate::directory::events::Event;
use crate::error::EntityKind;
use crate::estate::{AudienceDoc, DoorDoc, Estate};
use crate::request::ResourceKind;

impl Directory {
    pub(in super::super) fn draft_create_door(
        &self,
        context: &Context,
        command: &CreateDoor,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let integration = self.known(EntityKind::Integration, command.door.integration.as_ref())?;
        let basis = caller.require("doors:create", ResourceKind::Integration, integration)?;
        let door = self.canonical_door(&command.door);
        self.check_door(&door, None)?;
        Ok(written(OutcomeKind::Created, basis, Some(Event::DoorCreated { door })))
    }

    pub(in super::super) fn draft_update_door(
        &self,
        context: &Context,
        command: &UpdateDoor,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let handle = self.known(EntityKind::Door, command.door.id.as_ref())?;
        let basis = caller.require("doors:update", ResourceKind::Door, handle)?;
        let door = self.canonical_door(&command.door);
        let before = self.door_doc(handle).map(|row| self.canonical_door(&row));
        if before.as_ref().is_some_and(|before| before.integration != door.integration) {
            return Err(PlaceError::ImmutableIntegration);
        }
        self.check_door(&door, Some(handle))?;
        let is_changed = before.as_ref() != Some(&door);
        let event = is_changed.then_some(Event::DoorUpdated { door });
        Ok(written(OutcomeKind::Updated, basis, event))
    }

    pub(in super::super) fn draft_remove_door(
        &self,
        context: &Context,
        command: &RemoveDoor,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let handle = self.known(EntityKind::Door, command.door.as_ref())?;
        let basis = caller.require("doors:delete", ResourceKind::Door, handle)?;
        let door = canonical(&self.doors.ids, &command.door);
        Ok(written(OutcomeKind::Removed, basis, Some(Event::DoorRemoved { door })))
    }

    fn canonical_door(&self, row: &DoorDoc) -> DoorDoc {
        let mut row = row.clone();
        row.id = canonical(&self.doors.ids, &row.id);
        row.integration = canonical(&self.integrations.ids, &row.integration);
        row.unit = row.unit.map(|id| canonical(&self.units.ids, &id));
        if let Some(AudienceDoc::Units(units)) = &mut row.audience {
            for id in units.iter_mut() {
                *id = canonical(&self.units.ids, id);
            }
            units.sort();
        }
        row.name = row.name.filter(|name| !name.is_empty());
        row.aliases.sort();
        row
    }

    fn check_door(&self, row: &DoorDoc, own: Option<u32>) -> Result<(), PlaceError> {
        let rows = Estate { doors: alloc::vec![row.clone()], ..Estate::default() };
        Ok(self.check_row(&rows, &self.doors.ids, (&row.id, &row.aliases), own)?)
    }
}
