//! Administrators and tokens of units [2-5, C-66].

use alloc::vec::Vec;

use super::house::{House, UPDATE_UNIT, WRITE_RESIDENTS, check_window};
use super::{ResidentError, RotateUnitToken, SetUnitAdministrators};
use crate::decide::blocked_buildings;
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::error::AccessError;
use crate::estate::{AdministratorEntry, Estate, ResidencyStatus, ResidencyType, UnitDoc};
use crate::facts::{Facts, Form, Standing};
use crate::limits::MAX_ENTRIES;
use crate::order::Order;
use crate::question::ResourceHandle;
use crate::request::ResourceKind;
use crate::sorted::Set;
use crate::time::{Timestamp, Validity};

/// An entry whose person is known.
struct Entry<'e> {
    person: u32,
    window: Validity,
    doc: &'e AdministratorEntry,
}

impl Directory {
    pub(crate) fn draft_set_unit_administrators(
        &self,
        context: &Context,
        command: &SetUnitAdministrators,
    ) -> Result<Drafted, ResidentError> {
        let keys = [UPDATE_UNIT, WRITE_RESIDENTS];
        let house = House::resolve(self, context, &command.unit, &keys)?;
        house.check_may_set()?;
        let wanted = &command.administrators;
        if wanted.len() > MAX_ENTRIES {
            return Err(ResidentError::TooManyAdministrators);
        }
        let known: Vec<Entry<'_>> = wanted.iter().filter_map(|doc| self.entry(doc)).collect();
        for entry in &known {
            house.check_appointment(entry)?;
        }
        for doc in wanted {
            house.check_entry(doc)?;
        }
        check_once(&house, &known)?;
        let administrators = house.canonical_entries(&known);
        house.check_unit(&administrators)?;
        house.check_one_left(&known)?;
        if administrators == self.administrator_entries(house.unit) {
            return Ok(Drafted::unchanged(OutcomeDetails::None));
        }
        let event = Event::UnitAdministratorsSet { unit: house.unit_id(), administrators };
        Ok(house.updated(event))
    }

    pub(crate) fn draft_rotate_unit_token(
        &self,
        context: &Context,
        command: &RotateUnitToken,
    ) -> Result<Drafted, ResidentError> {
        let house = House::resolve(self, context, &command.unit, &[UPDATE_UNIT])?;
        let next = self.token_generation(house.unit).checked_add(1);
        let next = next.ok_or(ResidentError::GenerationsExhausted)?;
        // At least the revision, so that a later unit of this id begins above it.
        let generation = next.max(self.revision().saturating_add(1));
        Ok(house.updated(Event::UnitTokenRotated { unit: house.unit_id(), generation }))
    }

    fn entry<'e>(&self, doc: &'e AdministratorEntry) -> Option<Entry<'e>> {
        let person = self.living(&doc.person)?;
        let window = doc.valid.map_or(Validity::ALWAYS, |valid| valid.window());
        Some(Entry { person, window, doc })
    }
}

impl House<'_> {
    fn updated(&self, event: Event) -> Drafted {
        Drafted {
            kind: OutcomeKind::Updated,
            details: OutcomeDetails::None,
            basis: self.basis,
            events: alloc::vec![event],
        }
    }

    /// Step 4: who may update the unit, or who acts for it; to write residents is not enough.
    fn check_may_set(&self) -> Result<(), AccessError> {
        if self.is_scoped() {
            return Ok(());
        }
        self.caller.require(UPDATE_UNIT, ResourceKind::Unit, self.unit).map(|_| ())
    }

    /// Step 4, of an entry that is new, or whose window is wider: nobody appoints beyond what they are.
    fn check_appointment(&self, entry: &Entry<'_>) -> Result<(), AccessError> {
        let present = self.present_window(entry.person);
        if self.is_scoped() && present.is_some_and(|present| self.is_to_come(present)) {
            let what = "an administrator whose time has not begun";
            return Err(AccessError::DelegationScope { what });
        }
        let is_wider =
            |present: Validity| entry.window.from < present.from || entry.window.to > present.to;
        if !present.is_none_or(is_wider) {
            return Ok(());
        }
        if self.is_scoped() {
            return self.check_scoped_appointment(entry);
        }
        let may_let_in = self.caller.is_allowed(WRITE_RESIDENTS, ResourceKind::Unit, self.unit);
        if !may_let_in
            || self.is_caller(entry.person) && !self.has_administrators_keys(entry.window.to)
        {
            return Err(escalation());
        }
        Ok(())
    }

    /// Who acts for a unit names residents of its household, and for no longer than they administer it themselves.
    fn check_scoped_appointment(&self, entry: &Entry<'_>) -> Result<(), AccessError> {
        if !self.is_of_household(entry.person) {
            let what = "somebody who is no resident of type UNIT there";
            return Err(AccessError::DelegationScope { what });
        }
        let own = match self.caller.person() {
            Some(person) => self.present_window(person),
            None => Some(Validity::ALWAYS),
        };
        let lease = self.caller.houses_until(self.unit);
        let ends_by_then = own.is_some_and(|own| entry.window.to <= own.to.min(lease));
        if ends_by_then { Ok(()) } else { Err(escalation()) }
    }

    fn is_to_come(&self, window: Validity) -> bool {
        !window.has_begun(self.caller.at)
    }

    /// The entries that stay although they are not named: who acts for a unit has no business with the administrators of
    /// the household that comes next [1-20, C-66].
    fn kept_entries(&self) -> Vec<AdministratorEntry> {
        let mut kept = self.caller.directory.administrator_entries(self.unit);
        kept.retain(|entry| {
            let window = entry.valid.map_or(Validity::ALWAYS, |valid| valid.window());
            self.is_scoped() && self.is_to_come(window)
        });
        kept
    }

    /// The window of a person's entry among the administrators.
    fn present_window(&self, person: u32) -> Option<Validity> {
        let directory = self.caller.directory;
        let entry = Form::Administrator { unit: self.unit };
        let grant = directory.grants(person).find(|grant| grant.form == entry)?;
        Some(directory.validity(grant.condition))
    }

    fn is_of_household(&self, person: u32) -> bool {
        let directory = self.caller.directory;
        let row = directory.residency(person, self.unit);
        row.and_then(|row| directory.residencies.get(row)).is_some_and(|row| {
            row.residency_type == ResidencyType::Unit
                && row.status == ResidencyStatus::Active
                && !directory.validity(row.condition).has_ended(self.caller.at)
        })
    }

    /// Whether the caller is allowed all that administrators of the unit are, for as long as an entry counts.
    fn has_administrators_keys(&self, until: Timestamp) -> bool {
        let catalog = &self.caller.directory.catalog;
        let keys = catalog.keys().filter(|key| catalog.administrator_keys().contains(*key));
        let unit = ResourceHandle(ResourceKind::Unit, self.unit);
        let giver = self.caller.giver_until(until);
        keys.into_iter().all(|key| giver.may_give_key(key, unit))
    }

    /// Step 5: an entry that the rules of an estate allow.
    fn check_entry(&self, doc: &AdministratorEntry) -> Result<(), ResidentError> {
        let directory = self.caller.directory;
        let unknown = || ResidentError::UnknownUser { person: doc.person.clone() };
        let person = directory.living(&doc.person).ok_or_else(unknown)?;
        if directory.is_guest(person) {
            return Err(ResidentError::GuestNotAllowed { person: doc.person.clone() });
        }
        check_window(doc.valid.as_ref())?;
        let row = directory.residency(person, self.unit);
        let row = row.and_then(|row| directory.residencies.get(row));
        if row.is_some_and(|row| row.residency_type == ResidencyType::Linked) {
            return Err(ResidentError::LinkedCannotAdminister { person: doc.person.clone() });
        }
        Ok(())
    }

    /// Step 5: the unit with these administrators.
    fn check_unit(&self, administrators: &[AdministratorEntry]) -> Result<(), ResidentError> {
        let unit = self.caller.directory.unit_doc(self.unit);
        let unit = unit.map(|unit| UnitDoc { administrators: administrators.to_vec(), ..unit });
        self.check_rules(&Estate { units: unit.into_iter().collect(), ..Estate::default() })
    }

    /// Step 6: who acts for a unit that has an administrator leaves it one.
    fn check_one_left(&self, wanted: &[Entry<'_>]) -> Result<(), ResidentError> {
        let Caller { directory, at, .. } = self.caller;
        if !self.is_scoped() {
            return Ok(());
        }
        let mut present = directory.administrators_of(self.unit).iter();
        let had_one = present.any(|person| directory.administers_now(*person, self.unit, at));
        let is_good =
            |entry: &Entry<'_>| entry.window.contains(at) && self.is_in_good_standing(entry.person);
        if had_one && !wanted.iter().any(is_good) {
            return Err(ResidentError::LastAdministrator);
        }
        Ok(())
    }

    fn is_in_good_standing(&self, person: u32) -> bool {
        let directory = self.caller.directory;
        let building = directory.building_of_unit(self.unit);
        directory.standing(person) == Some(Standing::Active)
            && !blocked_buildings(directory, person).any(|blocked| blocked == building)
    }

    /// By person, under their own ids.
    fn canonical_entries(&self, entries: &[Entry<'_>]) -> Vec<AdministratorEntry> {
        let canonical = entries.iter().map(|entry| AdministratorEntry {
            person: self.person_id(entry.person),
            valid: entry.doc.valid,
        });
        let mut canonical: Vec<AdministratorEntry> = canonical.chain(self.kept_entries()).collect();
        canonical.order_by(|a, b| a.person.cmp(&b.person));
        canonical
    }
}

/// Step 5: each person once, under whichever id.
fn check_once(house: &House<'_>, entries: &[Entry<'_>]) -> Result<(), ResidentError> {
    let mut seen = Set::new();
    match entries.iter().find(|entry| !seen.insert(entry.person)) {
        None => Ok(()),
        Some(entry) => {
            Err(ResidentError::DuplicateAdministrator { person: house.person_id(entry.person) })
        }
    }
}

fn escalation() -> AccessError {
    AccessError::Escalation { given: "the administration of the unit".into() }
}
