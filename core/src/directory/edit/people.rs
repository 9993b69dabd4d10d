//! People.

use super::{EditError, expect};
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::directory::tables::{Person, PersonDetails, set_or_remove};
use crate::estate::{PersonDoc, PersonState};

impl Directory {
    pub(crate) fn insert_person(&mut self, doc: &PersonDoc) -> Result<u32, EditError> {
        let people = &mut self.people;
        let person = people.ids.insert(&doc.id, &doc.aliases)?;
        people.rows.push(Person {
            standing: doc.state.into(),
            kind: doc.kind,
            is_blocked_somewhere: false,
        });
        people.contacts.push(doc.name.as_deref(), doc.email.as_deref(), doc.phone.as_deref());
        set_or_remove(&mut people.details, person, PersonDetails::of(doc));
        people.grants.push_owner();
        people.memberships.push_owner();
        Ok(person)
    }

    pub(crate) fn set_person_state(
        &mut self,
        person: u32,
        state: PersonState,
    ) -> Result<(), EditError> {
        let row = self.people.rows.get_mut(to_index(person));
        row.ok_or(EditError::Missing("person"))?.standing = state.into();
        Ok(())
    }

    /// The whole contact; absent texts are erased.
    pub(crate) fn set_contact(
        &mut self,
        person: u32,
        name: Option<&str>,
        email: Option<&str>,
        phone: Option<&str>,
    ) -> Result<(), EditError> {
        expect(&self.people.ids, person, None, "person")?;
        self.leave_email_index(person);
        self.people.contacts.set(person, name, email, phone);
        self.enter_email_index(person);
        Ok(())
    }

    /// What else is known of a person; none: nothing.
    pub(crate) fn set_person_details(
        &mut self,
        person: u32,
        details: Option<PersonDetails>,
    ) -> Result<(), EditError> {
        expect(&self.people.ids, person, None, "person")?;
        set_or_remove(&mut self.people.details, person, details);
        Ok(())
    }
}
