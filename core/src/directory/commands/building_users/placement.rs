//! What it takes that somebody holds a role on an integration, and lives in a unit of it: a membership, the role, a
//! residency, each only where it is missing [C-6, C-10, C-11].

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{BuildingUserError, Site};
use crate::directory::events::Event;
use crate::estate::{ResidencyDoc, ResidencyStatus, ResidencyType, ValidityDoc};
use crate::facts::{Facts, Form, NONE};
use crate::id::Id;
use crate::limits::MAX_ENTRIES;
use crate::path::RolePath;
use crate::sorted::{Map, Set};
use crate::time::{Timestamp, Validity};

/// What the earlier rows of a plan will have changed, where that matters for the later ones.
#[derive(Default)]
pub(crate) struct Pending {
    /// How many residents a unit has more, or fewer.
    pub(crate) residents: Map<u32, i64>,
    /// E-mail addresses of people who become members, in small letters.
    emails: Set<Box<str>>,
}

/// What somebody is given: a role on an integration and, perhaps, a home in a unit of it.
#[derive(Clone, Copy)]
pub(crate) struct SiteGift<'r> {
    pub(crate) role: &'r RolePath,
    pub(crate) unit: Option<u32>,
    /// When both end; [`Timestamp::MAX`]: never.
    pub(crate) until: Timestamp,
}

impl<'r> SiteGift<'r> {
    /// One that does not end.
    pub(crate) const fn open(role: &'r RolePath, unit: Option<u32>) -> Self {
        Self { role, unit, until: Timestamp::MAX }
    }

    /// The window from now on.
    fn valid(&self) -> Option<ValidityDoc> {
        (self.until != Timestamp::MAX).then_some(ValidityDoc { from: None, to: Some(self.until) })
    }
}

/// What is missing.
#[derive(Default)]
pub(crate) struct Placement {
    pub(crate) events: Vec<Event>,
    /// Whether a role or residency is new; else only a window is wider.
    pub(crate) is_new: bool,
}

impl Placement {
    fn add(&mut self, event: Event, is_new: bool) {
        self.events.push(event);
        self.is_new |= is_new;
    }
}

impl Site<'_> {
    /// Step 5: a person who may be a building user of a site.
    pub(crate) fn receiver(&self, person: &Id) -> Result<u32, BuildingUserError> {
        let directory = self.caller.directory;
        if !directory.is_site(self.integration) {
            let integration = self.id.to_owned();
            return Err(BuildingUserError::WrongIntegrationKind { integration });
        }
        let unknown = || BuildingUserError::UnknownUser { person: person.clone() };
        let receiver = directory.living(person).ok_or_else(unknown)?;
        if directory.is_guest(receiver) {
            return Err(BuildingUserError::GuestNotAllowed { person: person.clone() });
        }
        Ok(receiver)
    }

    /// Step 5: a unit of the integration, where one is named.
    pub(crate) fn named_unit(&self, unit: Option<&Id>) -> Result<Option<u32>, BuildingUserError> {
        let unknown = |id: &Id| BuildingUserError::UnknownUnit { unit: id.clone() };
        unit.map(|id| self.unit(id).ok_or_else(|| unknown(id))).transpose()
    }

    /// Steps 6 and 7: what is missing for a role and a unit.
    pub(crate) fn place(
        &self,
        person: u32,
        gift: SiteGift<'_>,
        pending: &mut Pending,
    ) -> Result<Placement, BuildingUserError> {
        let mut placement = Placement::default();
        self.place_role(person, gift, &mut placement, pending)?;
        if let Some(unit) = gift.unit {
            self.place_residency(person, unit, gift.valid(), &mut placement, pending)?;
        }
        Ok(placement)
    }

    fn place_role(
        &self,
        person: u32,
        gift: SiteGift<'_>,
        placement: &mut Placement,
        pending: &mut Pending,
    ) -> Result<(), BuildingUserError> {
        let directory = self.caller.directory;
        let Some((_, membership)) = directory.membership_row(person, self.organisation) else {
            self.check_email(person, pending)?;
            placement.add(self.role_added(person, gift, true), true);
            return Ok(());
        };
        if !directory.is_valid(membership.condition, self.caller.at) {
            return Err(BuildingUserError::MembershipNotValid { person: self.person(person) });
        }
        match self.own_window(person, gift.role) {
            Some(None) => {}
            Some(Some(held)) => {
                let widened = self.role_widened(person, gift, directory.validity(held));
                widened.into_iter().for_each(|event| placement.add(event, false));
            }
            None if self.roles_here(person) >= MAX_ENTRIES => {
                return Err(BuildingUserError::TooManyRoles);
            }
            None => placement.add(self.role_added(person, gift, false), true),
        }
        Ok(())
    }

    /// The window that a role held at the integration's organisation has of its own; none where it is not held there.
    fn own_window(&self, person: u32, role: &RolePath) -> Option<Option<u32>> {
        let directory = self.caller.directory;
        let number = directory.roles.find(role)?;
        let grant = directory
            .grants(person)
            .find(|grant| grant.source == number && is_role_at(&grant.form, self.organisation))?;
        Some(directory.own_window(person, self.organisation, &grant))
    }

    fn roles_here(&self, person: u32) -> usize {
        let grants = self.caller.directory.grants(person);
        grants.filter(|grant| is_role_at(&grant.form, self.organisation)).count()
    }

    /// A new member has an address that no other member of the account has [C-69].
    fn check_email(&self, person: u32, pending: &mut Pending) -> Result<(), BuildingUserError> {
        let directory = self.caller.directory;
        let account = directory.account_of(self.organisation);
        let Some(email) = directory.people.contacts.email(person) else { return Ok(()) };
        if account == NONE {
            return Ok(());
        }
        let other = directory.person_with_email(account, email);
        let is_taken = other.is_some_and(|other| other != person);
        if is_taken || !pending.emails.insert(email.to_ascii_lowercase().into()) {
            return Err(BuildingUserError::EmailExists);
        }
        Ok(())
    }

    fn place_residency(
        &self,
        person: u32,
        unit: u32,
        valid: Option<ValidityDoc>,
        placement: &mut Placement,
        pending: &mut Pending,
    ) -> Result<(), BuildingUserError> {
        let directory = self.caller.directory;
        let held = directory.residency(person, unit);
        let held = held.and_then(|row| directory.residencies.get(row));
        let is_blocked = held.is_some_and(|row| row.status == ResidencyStatus::Blocked);
        if is_blocked {
            return Err(BuildingUserError::ResidentBlocked { person: self.person(person) });
        }
        if held.is_some_and(|row| directory.is_valid(row.condition, self.caller.at)) {
            return Ok(());
        }
        let is_present =
            held.is_some_and(|row| !directory.validity(row.condition).has_ended(self.caller.at));
        if !is_present {
            self.check_room(person, unit, pending)?;
        }
        let residency = match directory.residency_doc(person, unit) {
            Some(held) => ResidencyDoc {
                valid,
                display_name: None,
                secret: None,
                devices: Vec::new(),
                ..held
            },
            None => new_residency(self.person(person), self.unit_id(unit), valid),
        };
        placement.add(Event::ResidencySet { residency }, held.is_none());
        Ok(())
    }

    /// A unit has room for another resident [C-66].
    fn check_room(
        &self,
        person: u32,
        unit: u32,
        pending: &mut Pending,
    ) -> Result<(), BuildingUserError> {
        let directory = self.caller.directory;
        let limit = directory.resident_limit(unit);
        let more = pending.residents.get(&unit).copied().unwrap_or_default();
        let present = i64::from(directory.residents_beside(unit, person, self.caller.at));
        if present.saturating_add(more) >= i64::from(limit) {
            return Err(BuildingUserError::UnitFull { unit: self.unit_id(unit), limit });
        }
        pending.residents.insert(unit, more.saturating_add(1));
        Ok(())
    }

    fn role_added(&self, person: u32, gift: SiteGift<'_>, membership_created: bool) -> Event {
        Event::BuildingUserAdded {
            integration: self.id.to_owned(),
            person: self.person(person),
            organisation: self.organisation_id(),
            role: gift.role.clone(),
            membership_created,
            valid: gift.valid(),
        }
    }

    /// A role that is held with a window, for as long as the gift lasts too; nothing where it lasts as long.
    fn role_widened(&self, person: u32, gift: SiteGift<'_>, held: Validity) -> Option<Event> {
        let lasts = held.has_begun(self.caller.at) && held.to >= gift.until;
        (!lasts).then(|| Event::RoleGranted {
            person: self.person(person),
            organisation: self.organisation_id(),
            role: gift.role.clone(),
            valid: SiteGift { until: gift.until.max(held.to), ..gift }.valid(),
        })
    }

    pub(crate) fn person(&self, person: u32) -> Id {
        self.caller.directory.person_id(person)
    }

    pub(crate) fn unit_id(&self, unit: u32) -> Id {
        self.caller.directory.unit_id(unit)
    }

    pub(crate) fn organisation_id(&self) -> Id {
        self.caller.directory.organisation_id(self.organisation)
    }
}

/// A resident of the household of a unit, from now on.
fn new_residency(person: Id, unit: Id, valid: Option<ValidityDoc>) -> ResidencyDoc {
    ResidencyDoc {
        person,
        unit,
        residency_type: ResidencyType::Unit,
        status: ResidencyStatus::Active,
        valid,
        directory_visible: true,
        receives_calls: true,
        display_name: None,
        secret: None,
        devices: Vec::new(),
    }
}

pub(crate) fn is_role_at(form: &Form, at: u32) -> bool {
    matches!(
        form,
        Form::SiteRole { organisation, .. } | Form::OrganisationRole { organisation, .. }
            if *organisation == at
    )
}
