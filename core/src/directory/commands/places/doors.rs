//! Doors: each stays on its integration.

use super::{CreateDoor, PlaceError, RemoveDoor, UpdateDoor, written};
use crate::decide::decide;
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::memberships::canonical;
use crate::directory::commands::{Context, Drafted, OutcomeKind};
use crate::directory::events::Event;
use crate::directory::without::Without;
use crate::error::{AccessError, EntityKind};
use crate::estate::{AudienceDoc, DoorDoc, Estate};
use crate::facts::{Audience, DoorFacts, Facts, NONE, Place};
use crate::order::Order;
use crate::question::{Question, ResourceHandle};
use crate::request::ResourceKind;

impl Directory {
    pub(in super::super) fn draft_create_door(
        &self,
        context: &Context,
        command: &CreateDoor,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let (integration, basis) = caller.require_known(
            "doors:create",
            EntityKind::Integration,
            &command.door.integration,
        )?;
        let door = self.canonical_door(&command.door);
        if door.unit.is_some() || door.audience != Some(AudienceDoc::Nobody) {
            let place = self.place(ResourceKind::Integration, integration);
            self.require_opening(
                &caller,
                NONE,
                place.map(|place| self.with_unit_of(&door, place)),
            )?;
        }
        self.check_door(&door, None)?;
        Ok(written(OutcomeKind::Created, basis, Some(Event::DoorCreated { door })))
    }

    pub(in super::super) fn draft_update_door(
        &self,
        context: &Context,
        command: &UpdateDoor,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let (handle, basis) =
            caller.require_known("doors:update", EntityKind::Door, &command.door.id)?;
        let door = self.canonical_door(&command.door);
        let before = self.door_doc(handle).map(|row| self.canonical_door(&row));
        if before.as_ref().is_some_and(|before| opens_for_others(before, &door)) {
            let is = self.place(ResourceKind::Door, handle);
            let will_be = is.map(|place| self.with_unit_of(&door, place));
            self.require_opening(&caller, handle, is.into_iter().chain(will_be))?;
        }
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
        let (_, basis) = caller.require_known("doors:delete", EntityKind::Door, &command.door)?;
        let door = canonical(&self.doors.ids, &command.door);
        Ok(written(OutcomeKind::Removed, basis, Some(Event::DoorRemoved { door })))
    }

    /// A place with the unit to which a row says that its door belongs.
    fn with_unit_of(&self, door: &DoorDoc, place: Place) -> Place {
        let unit = door.unit.as_ref().and_then(|id| self.units.ids.find(&id.as_ref()));
        Place { unit: unit.unwrap_or(NONE), ..place }
    }

    /// Step 4: who says for whom a door opens opens it themselves, as staff do, in each of these places: as it is and as
    /// it will be [C-4, C-71]. No audience counts, for what is open to the caller as one of many is not theirs to give;
    /// nor is it asked whether the door is switched off.
    fn require_opening(
        &self,
        caller: &Caller<'_>,
        door: u32,
        places: impl IntoIterator<Item = Place>,
    ) -> Result<(), AccessError> {
        places.into_iter().try_for_each(|place| self.require_opening_at(caller, door, place))
    }

    fn require_opening_at(
        &self,
        caller: &Caller<'_>,
        door: u32,
        place: Place,
    ) -> Result<(), AccessError> {
        const STAFF_ONLY: DoorFacts = DoorFacts::new(Audience::Nobody, false, true);
        let place = Place { door: Some(STAFF_ONLY), ..place };
        let facts = Without { directory: self, is_gone: &|_| false, door: Some((door, place)) };
        let of_a_unit = (place.unit != NONE).then_some("doors:open_unit");
        for key in ["doors:open"].into_iter().chain(of_a_unit) {
            let resource = ResourceHandle(ResourceKind::Door, door);
            let question = self
                .catalog
                .key(key)
                .map(|key| Question::new(caller.principal, key, resource, caller.at));
            if !question.is_some_and(|question| decide(&facts, &question.0).is_allow()) {
                return Err(AccessError::Escalation { given: key.into() });
            }
        }
        Ok(())
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
            units.order();
        }
        row.name = row.name.filter(|name| !name.is_empty());
        row.aliases.order();
        row
    }

    fn check_door(&self, row: &DoorDoc, own: Option<u32>) -> Result<(), PlaceError> {
        let rows = Estate { doors: alloc::vec![row.clone()], ..Estate::default() };
        Ok(self.check_row(&rows, &self.doors.ids, (&row.id, &row.aliases), own)?)
    }
}

/// Whether a door opens for others than before.
fn opens_for_others(before: &DoorDoc, now: &DoorDoc) -> bool {
    (&before.unit, &before.audience, before.guests, &before.integration)
        != (&now.unit, &now.audience, now.guests, &now.integration)
}
