//! Adding, replacing and ending residencies.

use alloc::vec::Vec;

use super::house::{House, WRITE_RESIDENTS, check_window};
use super::{AddResident, RemoveResident, ResidentError, UpdateResident};
use crate::directory::Directory;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::error::{AccessError, EntityKind};
use crate::estate::{Estate, ResidencyDoc, ResidencyStatus, ResidencyType, is_text};
use crate::facts::Facts;
use crate::facts::Form;
use crate::id::Id;
use crate::limits::MAX_NAME_CHARS;
use crate::time::Validity;

impl Directory {
    pub(crate) fn draft_add_resident(
        &self,
        context: &Context,
        command: &AddResident,
    ) -> Result<Drafted, ResidentError> {
        let wanted = &command.residency;
        let house = House::resolve(self, context, &wanted.unit, &[WRITE_RESIDENTS])?;
        if let Some(person) = self.living(&wanted.person) {
            house.check_newcomer(person, wanted)?;
        }
        let person = house.check_row(wanted)?;
        let wanted = house.canonical(person, wanted);
        let details = OutcomeDetails::Person { person: house.person_id(person) };
        match house.present(person) {
            Some(present) if present == wanted => return Ok(Drafted::unchanged(details)),
            Some(_) => {
                return Err(ResidentError::AlreadyResident { person: house.person_id(person) });
            }
            None => house.check_room_for(person, &wanted)?,
        }
        let events = changed(None, wanted);
        Ok(Drafted { kind: OutcomeKind::Created, details, basis: house.basis, events })
    }

    pub(crate) fn draft_update_resident(
        &self,
        context: &Context,
        command: &UpdateResident,
    ) -> Result<Drafted, ResidentError> {
        let wanted = &command.residency;
        let house = House::resolve(self, context, &wanted.unit, &[WRITE_RESIDENTS])?;
        let (person, present) = house.resident(&wanted.person)?;
        house.check_change(person, &present, wanted)?;
        house.check_row(wanted)?;
        let wanted = house.canonical(person, wanted);
        if wanted.status == ResidencyStatus::Blocked && present.status != wanted.status {
            house.check_not_last(person)?;
        }
        if house.has_ended(&present) {
            house.check_room_for(person, &wanted)?;
        }
        let details = OutcomeDetails::Person { person: house.person_id(person) };
        let events = changed(Some(present), wanted);
        if events.is_empty() {
            return Ok(Drafted::unchanged(details));
        }
        Ok(Drafted { kind: OutcomeKind::Updated, details, basis: house.basis, events })
    }

    pub(crate) fn draft_remove_resident(
        &self,
        context: &Context,
        command: &RemoveResident,
    ) -> Result<Drafted, ResidentError> {
        let RemoveResident { person, unit } = command;
        let house = House::resolve(self, context, unit, &[WRITE_RESIDENTS])?;
        let (person, present) = house.resident(person)?;
        house.check_no_staff(person)?;
        if present.status == ResidencyStatus::Blocked {
            house.check_block(person)?;
        }
        house.check_not_last(person)?;
        let id = house.person_id(person);
        let mut events = self.left_behind(person, house.unit);
        events.push(Event::ResidencyRemoved { person: id.clone(), unit: house.unit_id() });
        let mut administrators = self.administrator_entries(house.unit);
        if administrators.iter().any(|entry| entry.person == id) {
            administrators.retain(|entry| entry.person != id);
            let unit = house.unit_id();
            events.push(Event::UnitAdministratorsSet { unit, administrators });
        }
        let details = OutcomeDetails::Person { person: id };
        Ok(Drafted { kind: OutcomeKind::Removed, details, basis: house.basis, events })
    }
}

impl House<'_> {
    /// Step 3, once the caller is known to write residents: somebody with a residency in the unit; for who acts for the
    /// unit, one that has begun.
    fn resident(&self, person: &Id) -> Result<(u32, ResidencyDoc), AccessError> {
        let not_found = || AccessError::not_found(EntityKind::Residency, person);
        let handle = self.caller.directory.people.ids.find(&person.as_ref());
        let found = handle.and_then(|handle| Some((handle, self.present(handle)?)));
        let is_theirs = |(_, row): &(u32, ResidencyDoc)| {
            !self.is_scoped() || window(row).has_begun(self.caller.at)
        };
        found.filter(is_theirs).ok_or_else(not_found)
    }

    /// The residency of a person, without its secret and devices.
    fn present(&self, person: u32) -> Option<ResidencyDoc> {
        let row = self.caller.directory.residency_doc(person, self.unit)?;
        Some(ResidencyDoc { secret: None, devices: Vec::new(), ..row })
    }

    /// Step 4, of somebody who comes.
    fn check_newcomer(&self, person: u32, wanted: &ResidencyDoc) -> Result<(), AccessError> {
        if wanted.status == ResidencyStatus::Blocked {
            self.check_block(person)?;
            self.check_household_of_resident(None)?;
            self.check_shutting_out(person)?;
        }
        self.check_lease(wanted)?;
        self.check_own_gain(person, window(wanted).to)
    }

    /// Step 4, of somebody who is there.
    fn check_change(
        &self,
        person: u32,
        present: &ResidencyDoc,
        wanted: &ResidencyDoc,
    ) -> Result<(), AccessError> {
        self.check_no_staff(person)?;
        if wanted.status != present.status {
            self.check_block(person)?;
        }
        if wanted.status != present.status && wanted.status == ResidencyStatus::Blocked {
            self.check_household_of_resident(Some(present))?;
            self.check_shutting_out(person)?;
        }
        if window(wanted).to > window(present).to {
            self.check_lease(wanted)?;
        }
        if is_wider(present, wanted) {
            self.check_own_gain(person, window(wanted).to)
        } else {
            Ok(())
        }
    }

    /// Step 4: who acts for one unit blocks who lives there now, and nobody else: a block counts in the building, also where
    /// the person moves in next, and after they have left [C-27].
    fn check_household_of_resident(
        &self,
        present: Option<&ResidencyDoc>,
    ) -> Result<(), AccessError> {
        let is_here = |row: &ResidencyDoc| window(row).contains(self.caller.at);
        if self.is_scoped() && !present.is_some_and(is_here) {
            let what = "a block of somebody who does not live there now";
            return Err(AccessError::DelegationScope { what });
        }
        Ok(())
    }

    /// Step 4: who acts for one unit lets nobody in for longer than they may themselves [C-4, C-66].
    fn check_lease(&self, wanted: &ResidencyDoc) -> Result<(), AccessError> {
        if window(wanted).to <= self.caller.houses_until(self.unit) {
            return Ok(());
        }
        Err(AccessError::Escalation { given: "a residency beyond one's own lease".into() })
    }

    /// Step 5: a row that the rules of an estate allow.
    fn check_row(&self, wanted: &ResidencyDoc) -> Result<u32, ResidentError> {
        let directory = self.caller.directory;
        let unknown = || ResidentError::UnknownUser { person: wanted.person.clone() };
        let person = directory.living(&wanted.person).ok_or_else(unknown)?;
        if wanted.secret.is_some() {
            return Err(ResidentError::SecretNotExpected);
        }
        if !wanted.devices.is_empty() {
            return Err(ResidentError::DevicesNotExpected);
        }
        check_window(wanted.valid.as_ref())?;
        let name = wanted.display_name.as_deref();
        if !name.is_none_or(|name| is_text(name, MAX_NAME_CHARS)) {
            return Err(ResidentError::InvalidDisplayName);
        }
        self.check_type(person, wanted.residency_type)?;
        let residencies = alloc::vec![self.canonical(person, wanted)];
        self.check_rules(&Estate { residencies, ..Estate::default() })?;
        Ok(person)
    }

    fn check_type(&self, person: u32, wanted: ResidencyType) -> Result<(), ResidentError> {
        let directory = self.caller.directory;
        if wanted != ResidencyType::Guest && directory.is_guest(person) {
            return Err(ResidentError::GuestNotAllowed { person: self.person_id(person) });
        }
        let entry = Form::Administrator { unit: self.unit };
        if wanted == ResidencyType::Linked
            && directory.grants(person).any(|grant| grant.form == entry)
        {
            return Err(ResidentError::LinkedCannotAdminister { person: self.person_id(person) });
        }
        Ok(())
    }

    /// The row with canonical ids; an empty name is none.
    fn canonical(&self, person: u32, wanted: &ResidencyDoc) -> ResidencyDoc {
        ResidencyDoc {
            person: self.person_id(person),
            unit: self.unit_id(),
            display_name: wanted.display_name.clone().filter(|name| !name.is_empty()),
            ..wanted.clone()
        }
    }

    /// Step 6: a row that counts now or later needs room.
    fn check_room_for(&self, person: u32, wanted: &ResidencyDoc) -> Result<(), ResidentError> {
        if self.has_ended(wanted) { Ok(()) } else { self.check_room(person) }
    }

    fn has_ended(&self, row: &ResidencyDoc) -> bool {
        row.valid.as_ref().is_some_and(|valid| valid.window().has_ended(self.caller.at))
    }
}

fn window(row: &ResidencyDoc) -> Validity {
    row.valid.map_or(Validity::ALWAYS, |valid| valid.window())
}

/// Whether a row gives more than another.
fn is_wider(present: &ResidencyDoc, wanted: &ResidencyDoc) -> bool {
    let (old, new) = (window(present), window(wanted));
    let is_longer = new.from < old.from || new.to > old.to;
    let is_unblocked =
        present.status == ResidencyStatus::Blocked && wanted.status != present.status;
    let is_no_guest = present.residency_type == ResidencyType::Guest
        && wanted.residency_type != ResidencyType::Guest;
    is_longer || is_unblocked || is_no_guest
}

/// The events of a row that becomes another; the name travels on its own.
fn changed(present: Option<ResidencyDoc>, mut wanted: ResidencyDoc) -> Vec<Event> {
    let name = wanted.display_name.take();
    let (present, present_name) = match present {
        None => (None, None),
        Some(mut row) => {
            let name = row.display_name.take();
            (Some(row), name)
        }
    };
    let (person, unit) = (wanted.person.clone(), wanted.unit.clone());
    let mut events = Vec::new();
    if present.as_ref() != Some(&wanted) {
        events.push(Event::ResidencySet { residency: wanted });
    }
    if name != present_name {
        events.push(Event::ResidencyDisplayNameSet { person, unit, display_name: name });
    }
    events
}
