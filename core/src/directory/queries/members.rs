//! Who belongs to an organisation, and to everything below it [3-12, 3-31, C-49].

use alloc::vec::Vec;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::organisation_views::RoleMap;
use crate::directory::Directory;
use crate::facts::{Facts, Form, Standing};
use crate::id::IdRef;
use crate::order::Order;
use crate::path::RolePath;
use crate::time::Timestamp;

/// How far down members are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberDepth {
    /// The organisation alone.
    Own,
    /// The organisation and everything live below it.
    Recursive,
}

/// A member, once, with what they hold where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow<'d> {
    /// Who.
    pub person: IdRef<'d>,
    /// Whether they are blocked everywhere.
    pub blocked: bool,
    /// Each organisation they belong to, by id, with the roles they hold there, in text order.
    pub org_roles: Vec<(IdRef<'d>, Vec<&'d RolePath>)>,
}

impl Serialize for MemberRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("MemberRow", 3)?;
        row.serialize_field("person", &self.person)?;
        row.serialize_field("blocked", &self.blocked)?;
        row.serialize_field("org_roles", &RoleMap(&self.org_roles))?;
        row.end()
    }
}

impl Directory {
    /// The members at an instant, by id, each once. Organisations that are deleted, or below a deleted one, and
    /// people who are deleted, are left out; blocked people are flagged. A residency is no membership. None for
    /// an unknown organisation. O(answer × log answer).
    pub fn members(
        &self,
        organisation: IdRef<'_>,
        depth: MemberDepth,
        at: Timestamp,
    ) -> impl Iterator<Item = MemberRow<'_>> {
        let mut found = Vec::new();
        for organisation in self.live_organisations(organisation, depth) {
            self.add_members(organisation, at, &mut found);
        }
        self.sort_members(&mut found);
        let mut found = found.into_iter().peekable();
        core::iter::from_fn(move || {
            let (person, first) = found.next()?;
            let mut org_roles = Vec::new();
            org_roles.extend(self.roles_in(person, first, at));
            while let Some((_, organisation)) = found.next_if(|(next, _)| *next == person) {
                org_roles.extend(self.roles_in(person, organisation, at));
            }
            let blocked = self.standing(person) == Some(Standing::Blocked);
            Some(MemberRow { person: self.people.ids.id(person)?, blocked, org_roles })
        })
    }

    /// The people of [`Directory::members`] alone, by id, each once; a blocked one is among them. None for an unknown
    /// organisation. O(answer × log answer).
    pub fn member_ids(
        &self,
        organisation: IdRef<'_>,
        depth: MemberDepth,
        at: Timestamp,
    ) -> impl Iterator<Item = IdRef<'_>> {
        let mut people = Vec::new();
        for organisation in self.live_organisations(organisation, depth) {
            people.extend(self.members_at(organisation, at));
        }
        self.sort_people(&mut people);
        people.into_iter().filter_map(|person| self.people.ids.id(person))
    }

    /// The organisation, unless it is unknown or deleted, and, where asked for, all live ones below it.
    fn live_organisations(
        &self,
        organisation: IdRef<'_>,
        depth: MemberDepth,
    ) -> impl Iterator<Item = u32> {
        let known = self.organisations.ids.find(&organisation);
        let (own, top) = match depth {
            MemberDepth::Own => (known.filter(|organisation| self.is_live(*organisation)), None),
            MemberDepth::Recursive => (None, known),
        };
        let subtree = top.into_iter().flat_map(|organisation| self.live_subtree(organisation));
        own.into_iter().chain(subtree)
    }

    /// Puts pairs of person and organisation in the order of their ids.
    pub(super) fn sort_members(&self, found: &mut [(u32, u32)]) {
        found.order_by(|(person, organisation), (other, elsewhere)| {
            let by_person = self.people.ids.compare(*person, *other);
            by_person.then_with(|| self.organisations.ids.compare(*organisation, *elsewhere))
        });
    }

    pub(super) fn add_members(
        &self,
        organisation: u32,
        at: Timestamp,
        found: &mut Vec<(u32, u32)>,
    ) {
        found.extend(self.members_at(organisation, at).map(|person| (person, organisation)));
    }

    /// People who are not deleted and whose membership of the organisation is valid.
    fn members_at(&self, organisation: u32, at: Timestamp) -> impl Iterator<Item = u32> {
        let rows = self.organisations.memberships.of(organisation).iter();
        let memberships = rows.filter_map(|row| self.memberships.get(*row));
        let valid = memberships.filter(move |row| self.is_valid(row.condition, at));
        let people = valid.map(|row| row.person);
        people.filter(|person| self.standing(*person) != Some(Standing::Deleted))
    }

    pub(super) fn roles_in(
        &self,
        person: u32,
        organisation: u32,
        at: Timestamp,
    ) -> Option<(IdRef<'_>, Vec<&RolePath>)> {
        let roles = self.grants(person).filter(|grant| {
            let is_here = matches!(
                grant.form,
                Form::SiteRole { organisation: held_at, .. }
                | Form::OrganisationRole { organisation: held_at, .. } if held_at == organisation
            );
            is_here && self.is_valid(grant.condition, at)
        });
        let mut roles: Vec<_> = roles.filter_map(|grant| self.roles.path(grant.source)).collect();
        roles.order();
        Some((self.organisations.ids.id(organisation)?, roles))
    }
}
