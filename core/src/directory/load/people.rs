//! People: standing, contact text, and what guests may not have [C-82].

use alloc::format;
use alloc::vec::Vec;

use hashbrown::HashTable;

use super::organisations::LoadedOrganisations;
use super::{Indexed, Loader};
use crate::directory::contacts::{Contacts, email_hash};
use crate::directory::ids::to_index;
use crate::directory::tables::{Membership, Person, PersonDetails, set_or_remove};
use crate::estate::{FaultCode, Path, PersonKind};
use crate::facts::NONE;
use crate::hash::shared;
use crate::sorted::Map;

pub(crate) struct LoadedPeople {
    pub(crate) indexed: Indexed,
    pub(crate) rows: Vec<Person>,
    pub(crate) contacts: Contacts,
    pub(crate) details: Map<u32, PersonDetails>,
}

impl LoadedPeople {
    pub(crate) fn is_guest(&self, person: u32) -> bool {
        self.rows.get(to_index(person)).is_some_and(|row| row.kind == PersonKind::Guest)
    }

    /// Notes a fault when a guest gets what guests may not have [1-4].
    pub(crate) fn refuse_guest(
        &self,
        loader: &mut Loader<'_, '_>,
        person: u32,
        got: &str,
        path: &Path<'_>,
    ) {
        if self.is_guest(person) {
            let expected = "a guest to have GUEST residencies and nothing else";
            loader.faults.add(
                path,
                FaultCode::GuestNotAllowed,
                format!("{got} who is a guest"),
                expected,
            );
        }
    }
}

impl Loader<'_, '_> {
    pub(super) fn load_people(&mut self) -> LoadedPeople {
        let estate = self.estate;
        let indexed = self.index("people", &estate.people, |row| &row.id, |row| &row.aliases);
        let mut rows = Vec::with_capacity(indexed.row_of.len());
        let text = |text: &Option<_>| -> usize { text.as_deref().map_or(0, str::len) };
        let length = estate.people.iter().fold(0_usize, |sum, row| {
            sum.saturating_add(text(&row.name))
                .saturating_add(text(&row.email))
                .saturating_add(text(&row.phone))
        });
        let mut contacts = Contacts::with_capacity(indexed.row_of.len(), length);
        let mut details = Map::new();
        for ((_, row), person) in indexed.rows(&estate.people).zip(0_u32..) {
            set_or_remove(&mut details, person, PersonDetails::of(row));
            rows.push(Person {
                standing: row.state.into(),
                kind: row.kind,
                is_blocked_somewhere: false,
            });
            contacts.push(row.name.as_deref(), row.email.as_deref(), row.phone.as_deref());
        }
        LoadedPeople { indexed, rows, contacts, details }
    }

    /// E-mail addresses are unique among the members of an account, ignoring ASCII case [C-69].
    pub(super) fn check_emails(
        &mut self,
        people: &LoadedPeople,
        organisations: &LoadedOrganisations,
        memberships: &[Membership],
    ) {
        let mut seen: HashTable<(u32, u32)> = HashTable::with_capacity(memberships.len());
        let email = |person: u32| people.contacts.email(person).unwrap_or_default();
        let hash =
            |(account, person): &(u32, u32)| email_hash(email(*person)) ^ u64::from(*account);
        for membership in memberships {
            let account = organisations.account(membership.organisation);
            let person = membership.person;
            if account == NONE || email(person).is_empty() {
                continue;
            }
            let same = |(at, other): &(u32, u32)| {
                *at == account && email(*other).eq_ignore_ascii_case(email(person))
            };
            let key = (account, person);
            match seen.find(hash(&key), same) {
                None => {
                    seen.insert_unique(hash(&key), key, shared(&hash));
                }
                Some((_, other)) if *other == person => {}
                Some((_, other)) => {
                    let row = |person: u32| people.indexed.row_of.get(to_index(person)).copied();
                    let later = row(person).max(row(*other)).unwrap_or_default();
                    let root = Path::ROOT;
                    let section = root.field("people");
                    let path = section.index(to_index(later));
                    let found = "the address of another member of the same account";
                    let expected = "addresses that differ in more than ASCII case";
                    self.faults.add(
                        &path.field("email"),
                        FaultCode::DuplicateEmail,
                        found,
                        expected,
                    );
                }
            }
        }
    }
}
