//! What must be unique in a whole directory, looked up for a few rows.

use alloc::format;

use crate::directory::Directory;
use crate::directory::ids::IdTable;
use crate::estate::{Estate, FaultCode, Faults, Path};
use crate::facts::NONE;
use crate::id::Id;
use crate::sorted::Set;

impl Directory {
    pub(super) fn check_unique(&self, rows: &Estate, faults: &mut Faults) {
        macro_rules! check {
            ($($section:ident: $table:ident,)+) => {
                $(check_ids(
                    stringify!($section),
                    &self.$table.ids,
                    rows.$section.iter().map(|row| (&row.id, &*row.aliases)),
                    faults,
                );)+
            };
        }
        check! {
            accounts: accounts,
            organisations: organisations,
            buildings: buildings,
            integrations: integrations,
            units: units,
            doors: doors,
            people: people,
            permission_groups: groups,
            job_functions: job_functions,
        }
        self.check_purged(rows, faults);
        self.check_emails(rows, faults);
    }

    fn check_purged(&self, rows: &Estate, faults: &mut Faults) {
        let root = Path::ROOT;
        let section = root.field("organisations");
        for (index, row) in rows.organisations.iter().enumerate() {
            let path = section.index(index);
            if self.has_purged(row.id.as_ref()) {
                taken(&row.id, "one that was purged", &path.field("id"), faults);
            }
            for (position, alias) in row.aliases.iter().enumerate() {
                if self.has_purged(alias.as_ref()) {
                    let path = path.field("aliases");
                    taken(alias, "one that was purged", &path.index(position), faults);
                }
            }
        }
    }

    /// E-mail addresses are unique among the members of an account [C-69]: of people who come into an account, and of
    /// people whose address changes.
    fn check_emails(&self, rows: &Estate, faults: &mut Faults) {
        let root = Path::ROOT;
        let section = root.field("people");
        let mut told = Set::new();
        for (index, row) in rows.people.iter().enumerate() {
            let Some(person) = self.people.ids.find(&row.id.as_ref()) else { continue };
            let email = row.email.as_deref().unwrap_or_default();
            if self.accounts_of(person).any(|at| self.has_other(rows, at, email, &row.id)) {
                told.insert(&row.id);
                address_taken(&section.index(index).field("email"), faults);
            }
        }
        let section = root.field("memberships");
        for (index, row) in rows.memberships.iter().enumerate() {
            let new = rows
                .people
                .iter()
                .position(|person| is_named(&person.id, &person.aliases, &row.person));
            let new = new.and_then(|position| Some((position, rows.people.get(position)?)));
            let known = self.people.ids.find(&row.person.as_ref());
            let known =
                known.and_then(|person| Some((self.people.ids.id(person)?.to_owned(), person)));
            let (id, email) = match (&new, &known) {
                (Some((_, row)), _) => (&row.id, row.email.as_deref()),
                (None, Some((id, person))) => (id, self.people.contacts.email(*person)),
                (None, None) => continue,
            };
            let account = self.account_in(rows, &row.organisation);
            let email = email.unwrap_or_default();
            if told.contains(id) || !self.has_other(rows, account, email, id) {
                continue;
            }
            match new {
                Some((position, _)) => {
                    let people = root.field("people");
                    address_taken(&people.index(position).field("email"), faults);
                }
                None => address_taken(&section.index(index).field("person"), faults),
            }
        }
    }

    /// Whether somebody else in an account has an address. People among the rows have another one there.
    fn has_other(&self, rows: &Estate, account: u32, email: &str, id: &Id) -> bool {
        let other = self.person_with_email_but(account, email, &id.as_ref());
        let other = other.and_then(|other| self.people.ids.id(other));
        other.is_some_and(|other| !rows.people.iter().any(|row| row.id.as_ref() == other))
    }

    /// The account of an organisation, the rows to be checked included. Their parents lead to a root, or to nothing
    /// within as many steps as there are rows.
    fn account_in(&self, rows: &Estate, organisation: &Id) -> u32 {
        let mut at = organisation;
        for _ in 0..=rows.organisations.len() {
            let new = rows.organisations.iter().find(|row| is_named(&row.id, &row.aliases, at));
            let Some(row) = new else {
                let known = self.organisations.ids.find(&at.as_ref());
                return known.map_or(NONE, |known| self.account_of(known));
            };
            match (&row.parent, &row.account) {
                (Some(parent), _) => at = parent,
                (None, Some(account)) => {
                    return self.accounts.ids.find(&account.as_ref()).unwrap_or(NONE);
                }
                (None, None) => return NONE,
            }
        }
        NONE
    }
}

fn is_named(id: &Id, aliases: &[Id], name: &Id) -> bool {
    id == name || aliases.contains(name)
}

/// Ids and aliases of a section that other rows of the directory have.
fn check_ids<'r>(
    section: &'static str,
    ids: &IdTable,
    rows: impl Iterator<Item = (&'r Id, &'r [Id])> + Clone,
    faults: &mut Faults,
) {
    let replaced: Set<&Id> = rows.clone().map(|(id, _)| id).collect();
    let root = Path::ROOT;
    let path = root.field(section);
    let is_others = |name: &Id, own: &Id| {
        let owner = ids.find(&name.as_ref()).and_then(|owner| ids.id(owner));
        owner.is_some_and(|owner| owner != own.as_ref() && !replaced.contains(&owner.to_owned()))
    };
    for (index, (id, aliases)) in rows.enumerate() {
        let path = path.index(index);
        if is_others(id, id) {
            taken(id, "an alias of another", &path.field("id"), faults);
        }
        for (position, alias) in aliases.iter().enumerate() {
            if is_others(alias, id) {
                let path = path.field("aliases");
                taken(alias, "that of another", &path.index(position), faults);
            }
        }
    }
}

fn taken(id: &Id, whose: &str, path: &Path<'_>, faults: &mut Faults) {
    let expected = "ids and aliases that nothing else of the kind has";
    faults.add(path, FaultCode::DuplicateId, format!("`{id}`, {whose}"), expected);
}

fn address_taken(path: &Path<'_>, faults: &mut Faults) {
    let found = "the address of another member of the same account";
    let expected = "addresses that differ in more than ASCII case";
    faults.add(path, FaultCode::DuplicateEmail, found, expected);
}
