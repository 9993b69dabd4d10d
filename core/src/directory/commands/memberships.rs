//! Memberships of known people: further organisations, other roles, an end [4-24, C-38, C-86].

use serde::Serialize;

use super::gifts::Gift;
use super::last_administrator::AdministratorGuard;
use super::{Context, Drafted, OutcomeDetails, OutcomeKind, UserError};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::events::{Event, GroupSource};
use crate::directory::export::is_group_at;
use crate::directory::ids::{IdTable, to_index};
use crate::error::{AccessError, EntityKind};
use crate::estate::{BuildingAccess, Estate, GrantedGroup, MembershipDoc, PersonKind};
use crate::facts::{Facts, Grant, NONE, Standing};
use crate::id::Id;
use crate::order::Order;
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// Makes a known person a member of an organisation. Absent groups are those of the job function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AddMembership {
    /// The whole row: person and organisation by id or alias.
    pub membership: MembershipDoc,
}

/// Replaces a membership: roles, groups, window, job function and building access. Absent groups stay as they are: a job
/// function says only what a member starts with [4-10].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateMembership {
    /// The whole row: person and organisation by id or alias.
    pub membership: MembershipDoc,
}

/// Ends a membership, and with it what was held through it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemoveMembership {
    /// Whose, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Of what, by id or alias.
    #[serde(rename = "org_id")]
    pub organisation: Id,
}

impl Directory {
    pub(super) fn draft_add_membership(
        &self,
        context: &Context,
        command: &AddMembership,
    ) -> Result<Drafted, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let doc = &command.membership;
        let organisation = self.known_organisation(&doc.organisation)?;
        let basis = caller.require("users:create", ResourceKind::Organisation, organisation)?;
        let (now, source) = self.with_initial_groups(self.canonical_membership(doc));
        let person = self.people.ids.find(&doc.person.as_ref());
        caller.refuse_escalation(&Gift { person, organisation, now: &now, before: None })?;
        let person = self.possible_member(&caller, person, &doc.person)?;
        if self.membership(person, organisation).is_some() {
            return Err(UserError::AlreadyMember);
        }
        self.require_own_email(&caller, person, organisation)?;
        self.check_membership(&now)?;
        let details = OutcomeDetails::Person { person: now.person.clone() };
        let events = alloc::vec![Event::MembershipSet { membership: now, source }];
        Ok(Drafted { kind: OutcomeKind::Created, details, basis, events })
    }

    pub(super) fn draft_update_membership(
        &self,
        context: &Context,
        command: &UpdateMembership,
    ) -> Result<Drafted, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let doc = &command.membership;
        let organisation = self.known_organisation(&doc.organisation)?;
        let basis = caller.require("users:create", ResourceKind::Organisation, organisation)?;
        let (person, before) = self.known_membership(&doc.person, organisation)?;
        let mut now = self.canonical_membership(doc);
        if now.permission_groups.is_none() {
            now.permission_groups.clone_from(&before.permission_groups);
        }
        let gift = Gift { person: Some(person), organisation, now: &now, before: Some(&before) };
        caller.refuse_escalation(&gift)?;
        if gift.takes(self, caller.at) {
            caller.require("users:delete", ResourceKind::Organisation, organisation)?;
        }
        self.check_membership(&now)?;
        let keeps = |grant: &Grant| self.keeps_group(&now, organisation, grant, caller.at);
        if AdministratorGuard::new(self, caller.at).would_lose(person, &[], keeps) {
            return Err(UserError::LastAdmin);
        }
        let details = OutcomeDetails::Person { person: now.person.clone() };
        if now == before {
            return Ok(Drafted::unchanged(details));
        }
        let events = alloc::vec![Event::MembershipSet { membership: now, source: None }];
        Ok(Drafted { kind: OutcomeKind::Updated, details, basis, events })
    }

    pub(super) fn draft_remove_membership(
        &self,
        context: &Context,
        command: &RemoveMembership,
    ) -> Result<Drafted, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let organisation = self.known_organisation(&command.organisation)?;
        let basis = caller.require("users:delete", ResourceKind::Organisation, organisation)?;
        let (person, before) = self.known_membership(&command.person, organisation)?;
        let keeps = |grant: &Grant| !is_group_at(&grant.form, organisation);
        if AdministratorGuard::new(self, caller.at).would_lose(person, &[], keeps) {
            return Err(UserError::LastAdmin);
        }
        let MembershipDoc { person, organisation, .. } = before;
        let details = OutcomeDetails::Person { person: person.clone() };
        let events = alloc::vec![Event::MembershipRemoved { person, organisation }];
        Ok(Drafted { kind: OutcomeKind::Removed, details, basis, events })
    }

    /// A row with ids in place of aliases, and its lists in order, each entry once where it is the same. What is unknown
    /// stays as it is written.
    fn canonical_membership(&self, doc: &MembershipDoc) -> MembershipDoc {
        let mut row = doc.clone();
        row.person = canonical(&self.people.ids, &row.person);
        row.organisation = canonical(&self.organisations.ids, &row.organisation);
        row.job_function = row.job_function.map(|id| canonical(&self.job_functions.ids, &id));
        row.roles.order_stable_by(|a, b| a.role.cmp(&b.role));
        if let Some(groups) = &mut row.permission_groups {
            for granted in groups.iter_mut() {
                granted.group = canonical(&self.groups.ids, &granted.group);
            }
            groups.order_stable_by(|a, b| a.group.cmp(&b.group));
        }
        if let Some(
            BuildingAccess::AllOfCompany { buildings } | BuildingAccess::Listed { buildings },
        ) = &mut row.building_access
        {
            for id in buildings.iter_mut() {
                *id = canonical(&self.buildings.ids, id);
            }
            buildings.order();
        }
        row
    }

    /// Groups that are not named are those of the job function [4-10, C-30].
    fn with_initial_groups(&self, mut row: MembershipDoc) -> (MembershipDoc, Option<GroupSource>) {
        if row.permission_groups.is_some() {
            return (row, Some(GroupSource::Explicit));
        }
        let job_function = row.job_function.as_ref().and_then(|id| self.job_function(id.as_ref()));
        let mut handles = job_function.map(|(_, at)| at.initial_groups.clone()).unwrap_or_default();
        self.groups.ids.sort(&mut handles);
        let ids = handles.into_iter().filter_map(|group| self.groups.ids.id(group));
        let groups = ids.map(|id| GrantedGroup { group: id.to_owned(), valid: None });
        row.permission_groups = Some(groups.collect());
        let source = job_function.map(|_| GroupSource::JobFunction);
        (row, source)
    }

    /// Step 5: somebody who can belong to an organisation, and of whom the caller may know: as a member they would be read
    /// and listed there [C-76, C-82].
    fn possible_member(
        &self,
        caller: &Caller<'_>,
        person: Option<u32>,
        id: &Id,
    ) -> Result<u32, UserError> {
        let row = person.and_then(|person| Some((person, self.people.rows.get(to_index(person))?)));
        let known = row.filter(|(person, row)| {
            row.standing != Standing::Deleted && caller.sees_person(*person)
        });
        match known {
            None => Err(UserError::UnknownUser { person: id.clone() }),
            Some((_, row)) if row.kind == PersonKind::Guest => Err(UserError::GuestNotAllowed),
            Some((person, _)) => Ok(person),
        }
    }

    /// Step 6: nobody else in the account has their e-mail address [C-69].
    fn require_own_email(
        &self,
        caller: &Caller<'_>,
        person: u32,
        organisation: u32,
    ) -> Result<(), UserError> {
        let account = self.account_of(organisation);
        let Some(email) = self.people.contacts.email(person).filter(|_| account != NONE) else {
            return Ok(());
        };
        if self.person_with_email(account, email) == Some(person) {
            return Ok(());
        }
        self.require_new_email(caller, account, email)
    }

    /// Step 3, of what is in the organisation: a membership of it.
    fn known_membership(
        &self,
        id: &Id,
        organisation: u32,
    ) -> Result<(u32, MembershipDoc), AccessError> {
        let person = self.people.ids.find(&id.as_ref());
        let row =
            person.and_then(|person| Some((person, self.membership_doc(person, organisation)?)));
        row.ok_or_else(|| AccessError::not_found(EntityKind::Membership, id))
    }

    /// Step 5: the rules of an estate.
    fn check_membership(&self, row: &MembershipDoc) -> Result<(), UserError> {
        let rows = Estate { memberships: alloc::vec![row.clone()], ..Estate::default() };
        self.check_rows(&rows).map_err(|faults| UserError::Invalid { faults })
    }

    /// Whether a grant by a group is still there, and valid for as long, when a membership is as said.
    fn keeps_group(
        &self,
        now: &MembershipDoc,
        organisation: u32,
        grant: &Grant,
        at: Timestamp,
    ) -> bool {
        if !is_group_at(&grant.form, organisation) {
            return true;
        }
        let id = self.groups.ids.id(grant.source);
        let mut groups = now.permission_groups.iter().flatten();
        groups.any(|granted| {
            let window = super::gifts::window(now, granted.valid.as_ref());
            Some(granted.group.as_ref()) == id
                && window.contains(at)
                && window.to >= self.validity(grant.condition).to
        })
    }
}

/// The id of what an id or alias names; itself where it names nothing.
pub(crate) fn canonical(ids: &IdTable, id: &Id) -> Id {
    let found = ids.find(&id.as_ref()).and_then(|handle| ids.id(handle));
    found.map_or_else(|| id.clone(), |id| id.to_owned())
}
