//! The last person who may give permission groups in an account is not shut out of it [C-31].
//!
//! An administrator of an account is who is allowed `permission_groups:assign` on some organisation of it by a permission
//! group. Those who are by a role are not counted: it is groups that the guarded operations take. What is taken is time as
//! well: somebody must be an administrator for as long as before.

use alloc::vec::Vec;

use crate::catalog::Key;
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::facts::{Facts, Form, Grant, NONE, Part, Standing};
use crate::order::Order;
use crate::path::RolePath;
use crate::time::Timestamp;

/// The permission that makes an administrator.
pub(crate) const ASSIGN: &str = "permission_groups:assign";

/// Accounts and the instant at which somebody is about to lose something.
pub(crate) struct AdministratorGuard<'d> {
    directory: &'d Directory,
    key: Option<Key>,
    at: Timestamp,
}

impl<'d> AdministratorGuard<'d> {
    /// A guard that lets everything pass where the estate says so.
    pub(crate) fn new(directory: &'d Directory, at: Timestamp) -> Self {
        let is_on = !directory.settings().allow_last_administrator_removal;
        let key = is_on.then(|| directory.catalog.key(ASSIGN)).flatten();
        Self { directory, key, at }
    }

    /// Whether a person is the last administrator of some account, and would be none of it by what they keep: `keeps` is
    /// asked of each grant that makes them one, and holds where it lasts as long as before. `gained` are accounts of which
    /// they become one, and until when.
    pub(crate) fn would_lose(
        &self,
        person: u32,
        gained: &[(u32, Timestamp)],
        keeps: impl Fn(&Grant) -> bool,
    ) -> bool {
        let (mut lost, mut kept) = (Vec::new(), gained.to_vec());
        for (account, grant) in self.administrations(person) {
            let until = self.directory.validity(grant.condition).to;
            if keeps(&grant) { kept.push((account, until)) } else { lost.push((account, until)) }
        }
        latest_of_each(&mut lost);
        lost.into_iter().any(|lost| !has_as_long(&kept, lost) && !self.has_other(lost, person))
    }

    /// The accounts that a person administers, with the grants by which they do.
    fn administrations(&self, person: u32) -> impl Iterator<Item = (u32, Grant)> {
        let is_active = self.directory.standing(person) == Some(Standing::Active);
        let grants = self.directory.grants(person).filter(move |_| is_active);
        grants.filter_map(|grant| {
            let Form::Group { organisation, .. } = grant.form else { return None };
            let holds = self.directory.holds(grant.meaning, Part::Everywhere, self.key?)
                && self.directory.counts_at(&grant.form, grant.condition, self.at);
            let account = self.directory.account_of(organisation);
            (holds && account != NONE).then_some((account, grant))
        })
    }

    /// Whether somebody else administers an account, and for as long: or the last one could be sent away beside somebody
    /// who is one for a moment. Stops at the first; O(members with a group in the account).
    fn has_other(&self, (account, until): (u32, Timestamp), person: u32) -> bool {
        let organisations = &self.directory.organisations;
        let in_account = organisations
            .ids
            .handles()
            .filter(|organisation| self.directory.account_of(*organisation) == account);
        let mut members = in_account.flat_map(|at| organisations.group_members.of(at)).copied();
        members.any(|other| {
            other != person
                && self.administrations(other).any(|(administered, grant)| {
                    administered == account && self.directory.validity(grant.condition).to >= until
                })
        })
    }

    /// Whether some account has administrators by this group alone, and would have none if the group held these entries.
    /// O(people with a group).
    pub(crate) fn would_lose_group(&self, group: u32, entries: &[RolePath]) -> bool {
        let stays = |key| self.directory.catalog.keys_covered(entries).contains(key);
        if !self.is_administrative(group) || self.key.is_some_and(stays) {
            return false;
        }
        let organisations = &self.directory.organisations;
        let members = organisations.ids.handles().flat_map(|at| organisations.group_members.of(at));
        let mut members: Vec<u32> = members.copied().collect();
        members.order();
        members.dedup();
        let (mut lost, mut kept) = (Vec::new(), Vec::new());
        for (account, grant) in members.into_iter().flat_map(|member| self.administrations(member))
        {
            let until = self.directory.validity(grant.condition).to;
            let list = if grant.source == group { &mut lost } else { &mut kept };
            list.push((account, until));
        }
        lost.into_iter().any(|lost| !has_as_long(&kept, lost))
    }

    /// Whether a group would make its holder an administrator.
    pub(crate) fn is_administrative(&self, group: u32) -> bool {
        let row = self.directory.groups.rows.get(to_index(group));
        let holds =
            |key| row.is_some_and(|row| self.directory.holds(row.meaning, Part::Everywhere, key));
        self.key.is_some_and(holds)
    }
}

/// Whether one of several keeps an account for as long as another.
fn has_as_long(kept: &[(u32, Timestamp)], (account, until): (u32, Timestamp)) -> bool {
    kept.iter().any(|(at, end)| *at == account && *end >= until)
}

/// Of each account the entry that lasts longest.
fn latest_of_each(entries: &mut Vec<(u32, Timestamp)>) {
    entries.order_by(|(a, until_a), (b, until_b)| a.cmp(b).then(until_b.cmp(until_a)));
    entries.dedup_by_key(|(account, _)| *account);
}
