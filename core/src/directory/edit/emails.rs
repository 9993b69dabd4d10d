//! Who has an e-mail address in an account [C-69]. The index has everybody with an address who belongs to an organisation
//! with an account; that two of one account differ keeps the entries of one address few.

use alloc::vec::Vec;

use crate::directory::Directory;
use crate::directory::contacts::email_hash;
use crate::facts::NONE;
use crate::hash::shared;
use crate::id::IdRef;
use crate::order::Order;

impl Directory {
    /// The member of an account with an e-mail address, whatever the case of its ASCII letters.
    pub(crate) fn person_with_email(&self, account: u32, email: &str) -> Option<u32> {
        self.find_email(account, email, |_| true)
    }

    /// The same, but for one person.
    pub(super) fn person_with_email_but(
        &self,
        account: u32,
        email: &str,
        but: &IdRef<'_>,
    ) -> Option<u32> {
        let but = self.people.ids.find(but);
        self.find_email(account, email, |person| Some(person) != but)
    }

    fn find_email(&self, account: u32, email: &str, may_be: impl Fn(u32) -> bool) -> Option<u32> {
        if account == NONE || email.is_empty() {
            return None;
        }
        let has_it = |person: &u32| {
            let known = self.people.contacts.email(*person).unwrap_or_default();
            known.eq_ignore_ascii_case(email)
                && may_be(*person)
                && self.accounts_of(*person).any(|at| at == account)
        };
        self.people.by_email.find(email_hash(email), has_it).copied()
    }

    /// The accounts of the organisations to which a person belongs.
    pub(crate) fn accounts_of(&self, person: u32) -> impl Iterator<Item = u32> {
        let rows = self.people.memberships.of(person).iter();
        let organisations = rows.filter_map(|row| Some(self.memberships.get(*row)?.organisation));
        organisations.map(|at| self.account_of(at)).filter(|account| *account != NONE)
    }

    /// To be called before the address or the accounts of a person change.
    pub(super) fn leave_email_index(&mut self, person: u32) {
        let hash = email_hash(self.people.contacts.email(person).unwrap_or_default());
        if let Ok(entry) = self.people.by_email.find_entry(hash, |known| *known == person) {
            entry.remove();
        }
    }

    /// To be called after the address or the accounts of a person have changed.
    pub(super) fn enter_email_index(&mut self, person: u32) {
        let email = self.people.contacts.email(person).unwrap_or_default();
        if email.is_empty() || self.accounts_of(person).next().is_none() {
            return;
        }
        let contacts = &self.people.contacts;
        let hash = |person: &u32| email_hash(contacts.email(*person).unwrap_or_default());
        self.people.by_email.insert_unique(hash(&person), person, shared(&hash));
    }

    /// The members of organisations, each once.
    pub(super) fn members_of(&self, organisations: &[u32]) -> Vec<u32> {
        let rows = organisations.iter().flat_map(|at| self.organisations.memberships.of(*at));
        let mut people: Vec<u32> =
            rows.filter_map(|row| Some(self.memberships.get(*row)?.person)).collect();
        people.order();
        people.dedup();
        people
    }
}
