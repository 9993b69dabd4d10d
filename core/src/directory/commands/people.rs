//! People apart from what they belong to [C-27, C-70, C-82].

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::Serialize;

use super::contact::{check_email, check_name, check_phone};
use super::last_administrator::AdministratorGuard;
use super::{Context, Drafted, OutcomeDetails, OutcomeKind, Patch, UserError};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::events::Event;
use crate::directory::tables::PersonDetails;
use crate::error::AccessError;
use crate::estate::{Estate, PersonDoc, PersonState};
use crate::facts::{Facts, Form, NONE, Standing};
use crate::id::Id;
use crate::order::Order;
use crate::reason::Basis;
use crate::request::ResourceKind;

/// Makes a person, guest or service known, who belongs to nothing yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreatePerson {
    /// The whole row; its id is the caller's choice.
    pub person: PersonDoc,
}

/// Updates how to reach a person, or blocks or unblocks them everywhere; what is absent stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdatePerson {
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Full name; null takes it away.
    #[serde(skip_serializing_if = "Patch::is_unchanged")]
    pub name: Patch<Box<str>>,
    /// E-mail address; null takes it away.
    #[serde(skip_serializing_if = "Patch::is_unchanged")]
    pub email: Patch<Box<str>>,
    /// Telephone number; null takes it away.
    #[serde(skip_serializing_if = "Patch::is_unchanged")]
    pub phone: Patch<Box<str>>,
    /// `active` or `blocked`; for `deleted` there is [`DeletePerson`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<PersonState>,
}

/// Deletes a person: everything denies them everywhere. What they hold stays, for the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeletePerson {
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Whether name, address, number and display names go too.
    pub erase: bool,
}

impl Directory {
    pub(super) fn draft_create_person(
        &self,
        context: &Context,
        command: &CreatePerson,
    ) -> Result<Drafted, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let basis = caller.require_somewhere("users:create")?;
        let row = &command.person;
        self.check_contact(row.name.as_deref(), row.email.as_deref(), row.phone.as_deref())?;
        let details = [&row.first_name, &row.last_name, &row.identifier];
        details.into_iter().flatten().try_for_each(|text| check_name(text))?;
        let rows = Estate { people: alloc::vec![row.clone()], ..Estate::default() };
        self.check_row(&rows, &self.people.ids, (&row.id, &row.aliases), None)?;
        let details = OutcomeDetails::Person { person: row.id.clone() };
        Ok(Drafted { kind: OutcomeKind::Created, details, basis, events: person_created(row) })
    }

    pub(super) fn draft_update_person(
        &self,
        context: &Context,
        command: &UpdatePerson,
    ) -> Result<Drafted, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let person = caller.known_person(&command.person)?;
        let basis = caller.require_over_person("users:update", person)?;
        if command.state.is_some() && self.standing(person) == Some(Standing::Deleted) {
            caller.require_over_person("users:delete", person)?;
        }
        caller.require_cover(person)?;
        let before = self.contact_of(person);
        let now = before.patched(command);
        self.check_contact(now.name.as_deref(), now.email.as_deref(), now.phone.as_deref())?;
        if command.state == Some(PersonState::Deleted) {
            return Err(UserError::StateNotAllowed);
        }
        if now.email != before.email {
            self.require_new_email_everywhere(&caller, person, now.email.as_deref())?;
        }
        let state = self.new_state(&caller, person, command.state)?;
        let id = self.person_id(person);
        let contact = (now != before).then(|| now.into_event(&id));
        let state = state.map(|state| Event::PersonStateSet { person: id.clone(), state });
        let events: Vec<Event> = contact.into_iter().chain(state).collect();
        let details = OutcomeDetails::Person { person: id };
        if events.is_empty() {
            return Ok(Drafted::unchanged(details));
        }
        Ok(Drafted { kind: OutcomeKind::Updated, details, basis, events })
    }

    pub(super) fn draft_delete_person(
        &self,
        context: &Context,
        command: &DeletePerson,
    ) -> Result<Drafted, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let person = caller.known_person(&command.person)?;
        let basis = caller.require_over_person("users:delete", person)?;
        caller.require_cover(person)?;
        let state = self.new_state(&caller, person, Some(PersonState::Deleted))?;
        let id = self.person_id(person);
        let state = state.map(|state| Event::PersonStateSet { person: id.clone(), state });
        let mut events: Vec<Event> = state.into_iter().collect();
        if command.erase {
            events.extend(self.erasure(person, &id));
        }
        let details = OutcomeDetails::Person { person: id };
        if events.is_empty() {
            return Ok(Drafted::unchanged(details));
        }
        Ok(Drafted { kind: OutcomeKind::Removed, details, basis, events })
    }

    fn check_contact(
        &self,
        name: Option<&str>,
        email: Option<&str>,
        phone: Option<&str>,
    ) -> Result<(), UserError> {
        check_name(name.unwrap_or_default())?;
        check_email(email.unwrap_or_default(), self.settings())?;
        check_phone(phone.unwrap_or_default(), self.settings())
    }

    /// Step 6: nobody else has the address in an account of the person.
    fn require_new_email_everywhere(
        &self,
        caller: &Caller<'_>,
        person: u32,
        email: Option<&str>,
    ) -> Result<(), UserError> {
        let Some(email) = email else { return Ok(()) };
        for organisation in self.organisations_of(person) {
            let account = self.account_of(organisation);
            let other = self.person_with_email(account, email).filter(|other| *other != person);
            if account != NONE && other.is_some() {
                return self.require_new_email(caller, account, email);
            }
        }
        Ok(())
    }

    /// Step 6: the state from now on, where it is another; nobody shuts out themselves or the last administrator [C-31].
    fn new_state(
        &self,
        caller: &Caller<'_>,
        person: u32,
        state: Option<PersonState>,
    ) -> Result<Option<PersonState>, UserError> {
        let before = self.standing(person).map(PersonState::from);
        let Some(state) = state.filter(|state| Some(*state) != before) else { return Ok(None) };
        let is_shut_out = state != PersonState::Active;
        let guard = AdministratorGuard::new(self, caller.at);
        if is_shut_out
            && (caller.person() == Some(person) || guard.would_lose(person, &[], |_| false))
        {
            return Err(UserError::LastAdmin);
        }
        Ok(Some(state))
    }

    /// The events that take name, address, number and display names away, where there are any.
    fn erasure(&self, person: u32, id: &Id) -> Vec<Event> {
        let mut events = Vec::new();
        if self.contact_of(person) != ContactTexts::default() {
            events.push(ContactTexts::default().into_event(id));
        }
        if self.people.details.contains_key(&person) {
            events.push(details_set(id, PersonDetails::default()));
        }
        let named = self
            .residency_docs(person)
            .filter(|residency| residency.display_name.is_some())
            .map(|residency| Event::ResidencyDisplayNameSet {
                person: id.clone(),
                unit: residency.unit,
                display_name: None,
            });
        events.extend(named);
        events
    }

    fn contact_of(&self, person: u32) -> ContactTexts {
        let contacts = &self.people.contacts;
        ContactTexts {
            name: contacts.name(person).map(Box::from),
            email: contacts.email(person).map(Box::from),
            phone: contacts.phone(person).map(Box::from),
        }
    }
}

/// How to reach somebody; an empty text is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ContactTexts {
    name: Option<Box<str>>,
    email: Option<Box<str>>,
    phone: Option<Box<str>>,
}

impl ContactTexts {
    fn patched(&self, command: &UpdatePerson) -> Self {
        let patched = |before: &Option<Box<str>>, patch: &Patch<Box<str>>| match patch {
            Patch::Unchanged => before.clone(),
            Patch::Clear => None,
            Patch::Set(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        };
        Self {
            name: patched(&self.name, &command.name),
            email: patched(&self.email, &command.email),
            phone: patched(&self.phone, &command.phone),
        }
    }

    fn into_event(self, person: &Id) -> Event {
        Event::PersonContactSet {
            person: person.clone(),
            name: self.name,
            email: self.email,
            phone: self.phone,
        }
    }
}

fn person_created(row: &PersonDoc) -> Vec<Event> {
    let filled = |text: &Option<Box<str>>| text.clone().filter(|text| !text.is_empty());
    let contact = ContactTexts {
        name: filled(&row.name),
        email: filled(&row.email),
        phone: filled(&row.phone),
    };
    let mut bare = without_personal_data(row);
    bare.aliases.order();
    let mut events = alloc::vec![Event::PersonCreated { person: bare }];
    if contact != ContactTexts::default() {
        events.push(contact.into_event(&row.id));
    }
    events.extend(PersonDetails::of(row).map(|details| details_set(&row.id, details)));
    events
}

/// A row as the event that creates a person may carry it.
pub(super) fn without_personal_data(row: &PersonDoc) -> PersonDoc {
    let mut bare = row.clone();
    (bare.name, bare.email, bare.phone) = (None, None, None);
    (bare.first_name, bare.last_name, bare.identifier) = (None, None, None);
    bare
}

/// The event that says what else is known of a person.
pub(super) fn details_set(person: &Id, details: PersonDetails) -> Event {
    let PersonDetails { first_name, last_name, identifier } = details;
    Event::PersonDetailsSet { person: person.clone(), first_name, last_name, identifier }
}

impl Caller<'_> {
    /// That a key of kind organisation is allowed on the platform or on some organisation.
    fn require_somewhere(&self, key: &'static str) -> Result<Basis, AccessError> {
        let refused = match self.require(key, ResourceKind::Platform, 0) {
            Ok(basis) => return Ok(basis),
            Err(refused) => refused,
        };
        let mut own = self.organisations_reached().into_iter();
        let basis = own.find_map(|at| self.require(key, ResourceKind::Organisation, at).ok());
        basis.ok_or(refused)
    }

    /// The organisations at which the caller holds something, by id: what they are allowed anywhere, they are allowed at
    /// one of these.
    pub(crate) fn organisations_reached(&self) -> Vec<u32> {
        let directory = self.directory;
        let grants = self.person().into_iter().flat_map(|person| directory.grants(person));
        let organisations = grants.filter_map(|grant| match grant.form {
            Form::SiteRole { organisation, .. }
            | Form::OrganisationRole { organisation, .. }
            | Form::Group { organisation, .. } => Some(organisation),
            Form::Residency { .. } | Form::Administrator { .. } | Form::Platform { .. } => None,
        });
        let mut organisations: Vec<u32> = organisations.collect();
        directory.organisations.ids.sort(&mut organisations);
        organisations
    }
}
