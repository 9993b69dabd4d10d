//! The permission groups of a user [4-19, 4-20, C-31, C-81].

use alloc::vec::Vec;

use serde::Serialize;

use super::gifts::HeldAccess;
use super::last_administrator::{ASSIGN, AdministratorGuard};
use super::{Context, Drafted, OutcomeDetails, OutcomeKind, UserError};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::events::Event;
use crate::directory::ids::to_index;
use crate::error::{AccessError, EntityKind};
use crate::estate::{GrantedGroup, OrganisationKind};
use crate::facts::{Facts, Form, Grant, NONE};
use crate::id::Id;
use crate::limits::MAX_ENTRIES;
use crate::reason::Basis;
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// Replaces the permission groups of a user. Each group goes to the memberships of its kind in its account [C-81].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetPermissionGroups {
    /// Whose, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// Exactly these; empty: none. Repeats collapse.
    pub permission_group_ids: Vec<Id>,
    /// The company, where the user has several memberships of one kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Id>,
}

/// A membership whose groups the caller may replace.
#[derive(Clone, Copy)]
struct Target {
    organisation: u32,
    account: u32,
    kind: Option<OrganisationKind>,
}

/// A group to give, and where it goes.
#[derive(Clone, Copy)]
struct Placed {
    group: u32,
    organisation: u32,
}

impl Directory {
    pub(super) fn draft_set_permission_groups(
        &self,
        context: &Context,
        command: &SetPermissionGroups,
    ) -> Result<Drafted, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let person = caller.known_user(&command.person)?;
        let (mut targets, basis) = caller.assignable(person, command.organization_id.as_ref())?;
        let groups = self.known_groups(&command.permission_group_ids);
        self.narrow_to_accounts(&mut targets, &groups);
        let placed = self.place_groups(&targets, &groups);
        self.refuse_escalation(&caller, person, placed.iter().flatten())?;
        let placed = self.require_all_placed(command, &targets, placed)?;
        self.draft_replacement(&caller, person, &targets, &placed, basis)
    }

    /// The groups with these ids, each once; what is unknown has none.
    fn known_groups(&self, ids: &[Id]) -> Vec<Option<u32>> {
        let mut groups: Vec<Option<u32>> = Vec::new();
        for id in ids.iter().take(MAX_ENTRIES.saturating_add(1)) {
            let group = self.group(id.as_ref()).map(|(handle, _)| handle);
            if group.is_none() || !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    /// Groups of an account concern the memberships in it only; built-in groups, and none at all, concern all.
    fn narrow_to_accounts(&self, targets: &mut Vec<Target>, groups: &[Option<u32>]) {
        let row =
            |group: &Option<u32>| group.and_then(|group| self.groups.rows.get(to_index(group)));
        let accounts: Vec<u32> = groups.iter().filter_map(row).map(|row| row.account).collect();
        let is_known = |account: &u32| targets.iter().any(|target| target.account == *account);
        if !accounts.is_empty() && accounts.iter().all(is_known) {
            targets.retain(|target| accounts.contains(&target.account));
        }
    }

    /// Where each group goes: to the one membership of its kind in its account.
    fn place_groups(
        &self,
        targets: &[Target],
        groups: &[Option<u32>],
    ) -> Vec<Result<Placed, Misplaced>> {
        groups.iter().map(|group| self.place_group(targets, *group)).collect()
    }

    fn place_group(&self, targets: &[Target], group: Option<u32>) -> Result<Placed, Misplaced> {
        let group = group.ok_or(Misplaced::Unknown)?;
        let row = self.groups.rows.get(to_index(group)).ok_or(Misplaced::Unknown)?;
        let in_account = |target: &&Target| row.account == NONE || target.account == row.account;
        let mut known = targets.iter().filter(in_account).peekable();
        if known.peek().is_none() {
            return Err(Misplaced::Unknown);
        }
        let mut fitting = known.filter(|target| target.kind == Some(row.kind));
        match (fitting.next(), fitting.next()) {
            (Some(target), None) => Ok(Placed { group, organisation: target.organisation }),
            (Some(_), Some(_)) => Err(Misplaced::Several),
            (None, _) => Err(Misplaced::Kind),
        }
    }

    /// Step 4: each group that is new to its membership is one that the caller may give there [C-4].
    fn refuse_escalation<'p>(
        &self,
        caller: &Caller<'_>,
        person: u32,
        placed: impl Iterator<Item = &'p Placed>,
    ) -> Result<(), UserError> {
        for Placed { group, organisation } in placed {
            let is_held = self
                .held_groups(person, *organisation)
                .any(|grant| grant.source == *group && !self.has_ended(&grant, caller.at));
            let access = HeldAccess::of_membership(self, person, *organisation);
            let giver = caller.giver_until(self.membership_end(person, *organisation));
            if !is_held && !giver.covers_group(*group, *organisation, access.as_given()) {
                return Err(self.group_escalation(*group).into());
            }
        }
        Ok(())
    }

    /// When a membership ends, and with it whatever is open in it.
    fn membership_end(&self, person: u32, organisation: u32) -> Timestamp {
        let row = self.membership_row(person, organisation);
        row.map_or(Timestamp::MAX, |(_, row)| self.validity(row.condition).to)
    }

    /// Step 5: the first group that goes nowhere.
    fn require_all_placed(
        &self,
        command: &SetPermissionGroups,
        targets: &[Target],
        placed: Vec<Result<Placed, Misplaced>>,
    ) -> Result<Vec<Placed>, UserError> {
        if placed.len() > MAX_ENTRIES {
            return Err(UserError::TooManyGroups);
        }
        let mut good = Vec::with_capacity(placed.len());
        for (placed, misplaced) in placed.into_iter().map(|placed| (placed.ok(), placed.err())) {
            good.extend(placed);
            let Some(misplaced) = misplaced else { continue };
            let group = self.misplaced_id(command, targets, misplaced);
            return Err(match misplaced {
                Misplaced::Unknown => UserError::UnknownPermissionGroup { group },
                Misplaced::Kind => UserError::OrgTypeMismatch { named: group },
                Misplaced::Several => UserError::OrganizationRequired,
            });
        }
        Ok(good)
    }

    /// The id, as it was given, of the first group that goes nowhere for this reason.
    fn misplaced_id(
        &self,
        command: &SetPermissionGroups,
        targets: &[Target],
        why: Misplaced,
    ) -> Id {
        let group = |id: &Id| self.group(id.as_ref()).map(|(handle, _)| handle);
        let is_it = |id: &&Id| self.place_group(targets, group(id)).err() == Some(why);
        let found = command.permission_group_ids.iter().find(is_it);
        found.unwrap_or(&command.person).clone()
    }

    fn draft_replacement(
        &self,
        caller: &Caller<'_>,
        person: u32,
        targets: &[Target],
        placed: &[Placed],
        basis: Basis,
    ) -> Result<Drafted, UserError> {
        let keeps = |grant: &Grant| match grant.form {
            Form::Group { organisation, .. } => {
                let is_target = targets.iter().any(|at| at.organisation == organisation);
                let is_listed = |placed: &Placed| {
                    placed.group == grant.source && placed.organisation == organisation
                };
                !is_target || placed.iter().any(is_listed)
            }
            _ => true,
        };
        let guard = AdministratorGuard::new(self, caller.at);
        let gained = self.accounts_gained(&guard, person, placed, caller.at);
        if guard.would_lose(person, &gained, keeps) {
            return Err(UserError::LastAdmin);
        }
        let id = self.person_id(person);
        let sets = targets.iter().map(|target| self.groups_set(caller, person, *target, placed));
        let events: Vec<Event> = sets.flatten().collect();
        let details = OutcomeDetails::Person { person: id };
        if events.is_empty() {
            return Ok(Drafted::unchanged(details));
        }
        Ok(Drafted { kind: OutcomeKind::Updated, details, basis, events })
    }

    /// The accounts that the user begins to administer by a group that is new to them, and until when.
    fn accounts_gained(
        &self,
        guard: &AdministratorGuard<'_>,
        person: u32,
        placed: &[Placed],
        at: Timestamp,
    ) -> Vec<(u32, Timestamp)> {
        let is_new = |placed: &&Placed| {
            let mut held = self.held_groups(person, placed.organisation);
            !held.any(|grant| grant.source == placed.group && !self.has_ended(&grant, at))
        };
        let counts = |placed: &&Placed| {
            let row = self.membership(person, placed.organisation);
            let row = row.and_then(|row| self.memberships.get(row));
            row.is_some_and(|row| self.is_valid(row.condition, at))
        };
        let gained = placed.iter().filter(is_new).filter(counts);
        let gained = gained.filter(|placed| guard.is_administrative(placed.group));
        let until = |placed: &Placed| self.membership_end(person, placed.organisation);
        gained.map(|placed| (self.account_of(placed.organisation), until(placed))).collect()
    }

    /// The groups of one membership from now on; none where they are what they were. A group that was held keeps its
    /// window, unless that has ended.
    fn groups_set(
        &self,
        caller: &Caller<'_>,
        person: u32,
        target: Target,
        placed: &[Placed],
    ) -> Option<Event> {
        let organisation = target.organisation;
        let before = self.membership_doc(person, organisation)?.permission_groups?;
        let here = placed.iter().filter(|placed| placed.organisation == organisation);
        let mut handles: Vec<u32> = here.map(|placed| placed.group).collect();
        self.groups.ids.sort(&mut handles);
        let groups: Vec<GrantedGroup> = handles
            .into_iter()
            .filter_map(|group| {
                let id = self.groups.ids.id(group)?.to_owned();
                let held = before.iter().find(|held| held.group == id);
                let ended = |held: &&GrantedGroup| {
                    held.valid.is_some_and(|valid| valid.window().has_ended(caller.at))
                };
                Some(match held.filter(|held| !ended(held)) {
                    Some(held) => held.clone(),
                    None => GrantedGroup { group: id, valid: None },
                })
            })
            .collect();
        (groups != before).then_some(Event::PermissionGroupsSet {
            person: self.people.ids.id(person)?.to_owned(),
            organisation: self.organisations.ids.id(organisation)?.to_owned(),
            groups,
        })
    }
}

/// Why a group goes nowhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Misplaced {
    /// There is none of this id in an account concerned.
    Unknown,
    /// The user has no membership of its kind.
    Kind,
    /// The user has several.
    Several,
}

impl Caller<'_> {
    /// Step 3: a person whom the caller may know of: `users:read` or `permission_groups:assign` is allowed to the caller
    /// on an organisation of theirs [C-81].
    fn known_user(&self, id: &Id) -> Result<u32, AccessError> {
        let not_found = || AccessError::not_found(EntityKind::Person, id);
        let person = self.directory.people.ids.find(&id.as_ref()).ok_or_else(not_found)?;
        let mut organisations = self.directory.organisations_of(person).into_iter();
        let is_known = organisations.any(|at| {
            ["users:read", ASSIGN]
                .iter()
                .any(|key| self.is_allowed(key, ResourceKind::Organisation, at))
        });
        if is_known { Ok(person) } else { Err(not_found()) }
    }

    /// Step 4: the memberships of a person whose groups the caller may replace, and what allows the first; with an
    /// organisation, that one.
    fn assignable(
        &self,
        person: u32,
        organisation: Option<&Id>,
    ) -> Result<(Vec<Target>, Basis), AccessError> {
        let directory = self.directory;
        let only = match organisation {
            None => None,
            Some(id) => {
                let at = directory.known_organisation(id)?;
                let row = directory.membership(person, at);
                row.ok_or_else(|| AccessError::not_found(EntityKind::Membership, id))?;
                Some(at)
            }
        };
        let (mut targets, mut first) = (
            Vec::new(),
            Err(AccessError::MissingPermission {
                action: ASSIGN,
                reason: crate::reason::Reason::NoGrant,
            }),
        );
        for at in directory.organisations_of(person) {
            if only.is_some_and(|only| only != at) {
                continue;
            }
            let decided = self.require(ASSIGN, ResourceKind::Organisation, at);
            if decided.is_ok() {
                let (account, kind) = (directory.account_of(at), directory.kind_of(at));
                targets.push(Target { organisation: at, account, kind });
            }
            if first.is_err() {
                first = decided;
            }
        }
        Ok((targets, first?))
    }
}
