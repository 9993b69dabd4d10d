//! Memberships, with their roles, groups and building access.

use alloc::vec::Vec;

use super::{EditError, expect, find, find_set, find_some, set, window};
use crate::directory::Directory;
use crate::directory::export::{is_group_at, is_role_at};
use crate::directory::ids::to_index;
use crate::directory::load::role_grant;
use crate::directory::tables::{Membership, Source, set_or_remove};
use crate::estate::{BuildingAccess, GrantedGroup, MembershipDoc, ValidityDoc};
use crate::facts::{Access, Form, Grant, NONE};
use crate::path::RolePath;
use crate::time::Validity;

/// A membership's document with everything in it resolved.
struct Read {
    person: u32,
    organisation: u32,
    window: Validity,
    roles: Vec<(u32, Validity)>,
    groups: Vec<(u32, Validity)>,
    job_function: u32,
    scope: Scope,
    buildings: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    None,
    AllOfCompany,
    Listed,
}

impl Directory {
    /// Adds a membership, or replaces the whole of it.
    pub(crate) fn set_membership(&mut self, doc: &MembershipDoc) -> Result<(), EditError> {
        let read = self.read_membership(doc)?;
        let Read { person, organisation, .. } = read;
        let known = self.membership(person, organisation);
        if known.is_none() {
            self.leave_email_index(person);
        }
        let row = known.unwrap_or_else(|| self.new_membership(person, organisation));
        self.change_grants(person, |directory, grants| {
            directory.put_membership(row, &read);
            grants.retain(|held| !is_of(&held.form, organisation));
            for (role, own) in &read.roles {
                grants.extend(directory.held_role(row, *role, *own));
            }
            for (group, own) in &read.groups {
                grants.extend(directory.held_group(row, *group, *own));
            }
        });
        if known.is_none() {
            self.enter_email_index(person);
        }
        Ok(())
    }

    fn read_membership(&mut self, doc: &MembershipDoc) -> Result<Read, EditError> {
        let (scope, buildings) = match &doc.building_access {
            None => (Scope::None, &[][..]),
            Some(BuildingAccess::AllOfCompany { buildings }) => (Scope::AllOfCompany, &**buildings),
            Some(BuildingAccess::Listed { buildings }) => (Scope::Listed, &**buildings),
        };
        let job_function = find_some(&self.job_functions.ids, doc.job_function.as_ref())?;
        let groups = match &doc.permission_groups {
            Some(granted) => self.find_groups(granted)?,
            None => {
                let job_function = self.job_functions.rows.get(to_index(job_function));
                let groups = job_function.iter().flat_map(|row| &row.initial_groups);
                groups.map(|group| (*group, Validity::ALWAYS)).collect()
            }
        };
        let mut roles: Vec<(u32, Validity)> = Vec::with_capacity(doc.roles.len());
        let person = find(&self.people.ids, &doc.person)?;
        let organisation = find(&self.organisations.ids, &doc.organisation)?;
        let buildings = find_set(&self.buildings.ids, buildings)?;
        for granted in &doc.roles {
            let number = self.role_number(&granted.role)?;
            if !roles.iter().any(|(known, _)| *known == number) {
                roles.push((number, window(granted.valid.as_ref())));
            }
        }
        let window = window(doc.valid.as_ref());
        Ok(Read { person, organisation, window, roles, groups, job_function, scope, buildings })
    }

    /// Different groups with their windows.
    fn find_groups(&self, granted: &[GrantedGroup]) -> Result<Vec<(u32, Validity)>, EditError> {
        let mut groups: Vec<(u32, Validity)> = Vec::with_capacity(granted.len());
        for granted in granted {
            let group = find(&self.groups.ids, &granted.group)?;
            if groups.iter().any(|(known, _)| *known == group) {
                return Err(EditError::DuplicateId(granted.group.clone()));
            }
            groups.push((group, window(granted.valid.as_ref())));
        }
        Ok(groups)
    }

    /// A row for a membership that is not there yet.
    fn new_membership(&mut self, person: u32, organisation: u32) -> u32 {
        let membership = Membership { person, organisation, condition: 0, access: Access::None };
        let memberships = &mut self.memberships;
        let row = memberships.free.pop().unwrap_or_else(|| {
            memberships.rows.push(membership);
            u32::try_from(memberships.rows.len().saturating_sub(1)).unwrap_or(NONE)
        });
        set(&mut memberships.rows, row, membership);
        self.people.memberships.push(person, row);
        self.organisations.memberships.push(organisation, row);
        row
    }

    /// Everything of a membership but its roles and groups, whose own windows are forgotten.
    fn put_membership(&mut self, row: u32, read: &Read) {
        let condition = self.conditions.number(read.window);
        self.forget_own_windows(row, None);
        let access = self.put_access(row, read.scope, &read.buildings);
        let job_function = Some(read.job_function).filter(|at| *at != NONE);
        set_or_remove(&mut self.memberships.job_functions, row, job_function);
        let Read { person, organisation, .. } = *read;
        let membership = Membership { person, organisation, condition, access };
        set(&mut self.memberships.rows, row, membership);
    }

    fn put_access(&mut self, row: u32, scope: Scope, buildings: &[u32]) -> Access {
        let dormant = scope == Scope::AllOfCompany && !buildings.is_empty();
        let dormant = dormant.then(|| buildings.to_vec());
        set_or_remove(&mut self.memberships.dormant, row, dormant);
        let old = match self.memberships.rows.get(to_index(row)).map(|row| row.access) {
            Some(Access::Listed(list)) => Some(list),
            _ => None,
        };
        if scope == Scope::Listed {
            let list = old.or_else(|| self.free_building_lists.pop());
            let list = list.unwrap_or_else(|| self.building_lists.push_owner());
            self.building_lists.replace(list, buildings);
            return Access::Listed(list);
        }
        if let Some(list) = old {
            self.building_lists.replace(list, &[]);
            self.free_building_lists.push(list);
        }
        if scope == Scope::AllOfCompany { Access::AllOfCompany } else { Access::None }
    }

    /// The grant of a role in a membership; its own window is kept.
    fn held_role(&mut self, row: u32, role: u32, own: Validity) -> Option<Grant> {
        let condition = self.keep_own_window(row, Source::Role(role), own)?;
        let organisation = self.memberships.get(row)?.organisation;
        Some(role_grant(self.roles.get(role)?, role, organisation, condition))
    }

    /// The grant of a group in a membership; its own window is kept.
    fn held_group(&mut self, row: u32, group: u32, own: Validity) -> Option<Grant> {
        let condition = self.keep_own_window(row, Source::Group(group), own)?;
        let Membership { organisation, access, .. } = *self.memberships.get(row)?;
        let meaning = self.groups.rows.get(to_index(group))?.meaning;
        let form = Form::Group { organisation, access };
        Some(Grant { form, meaning, condition, source: group })
    }

    /// Keeps the window that a role or group has of its own, where the membership has one too. The number of what both
    /// share.
    fn keep_own_window(&mut self, row: u32, source: Source, own: Validity) -> Option<u32> {
        let outer = self.conditions.get(self.memberships.get(row)?.condition)?;
        let is_hidden = own != Validity::ALWAYS && outer != Validity::ALWAYS;
        let kept = is_hidden.then(|| self.conditions.number(own));
        set_or_remove(&mut self.memberships.own_windows, (row, source), kept);
        Some(self.conditions.number(own.intersection(&outer)))
    }

    /// Forgets the windows of roles and groups of a membership; of its groups only, where asked.
    fn forget_own_windows(&mut self, row: u32, first: Option<Source>) {
        let first = first.unwrap_or(Source::Role(0));
        let windows = &mut self.memberships.own_windows;
        let own = windows.starting_at((row, first)).map(|(key, _)| *key);
        let keys: Vec<_> = own.take_while(|(of, _)| *of == row).collect();
        keys.iter().for_each(|key| {
            windows.remove(key);
        });
    }

    fn expect_membership(&self, person: u32, organisation: u32) -> Result<u32, EditError> {
        expect(&self.people.ids, person, None, "person")?;
        self.membership(person, organisation).ok_or(EditError::Missing("membership"))
    }

    pub(crate) fn remove_membership(
        &mut self,
        person: u32,
        organisation: u32,
    ) -> Result<(), EditError> {
        let row = self.expect_membership(person, organisation)?;
        self.leave_email_index(person);
        self.change_grants(person, |directory, grants| {
            grants.retain(|held| !is_of(&held.form, organisation));
            directory.put_access(row, Scope::None, &[]);
        });
        self.forget_own_windows(row, None);
        self.people.memberships.remove_item(person, row);
        self.organisations.memberships.remove_item(organisation, row);
        let memberships = &mut self.memberships;
        memberships.job_functions.remove(&row);
        let nobody =
            Membership { person: NONE, organisation: NONE, condition: 0, access: Access::None };
        set(&mut memberships.rows, row, nobody);
        memberships.free.push(row);
        self.enter_email_index(person);
        Ok(())
    }

    /// Gives a role in a membership, or gives one that is held another window.
    pub(crate) fn grant_role(
        &mut self,
        person: u32,
        organisation: u32,
        role: &RolePath,
        valid: Option<&ValidityDoc>,
    ) -> Result<(), EditError> {
        let row = self.expect_membership(person, organisation)?;
        let role = self.role_number(role)?;
        self.change_grants(person, |directory, grants| {
            grants.retain(|held| held.source != role || !is_role_at(&held.form, organisation));
            grants.extend(directory.held_role(row, role, window(valid)));
        });
        Ok(())
    }

    pub(crate) fn revoke_role(
        &mut self,
        person: u32,
        organisation: u32,
        role: &RolePath,
    ) -> Result<(), EditError> {
        let row = self.expect_membership(person, organisation)?;
        let role = self.roles.find(role).ok_or(EditError::Missing("role"))?;
        let is_it = |held: &Grant| held.source == role && is_role_at(&held.form, organisation);
        if !self.people.grants.of(person).iter().any(is_it) {
            return Err(EditError::Missing("role"));
        }
        self.memberships.own_windows.remove(&(row, Source::Role(role)));
        self.change_grants(person, |_, grants| grants.retain(|held| !is_it(held)));
        Ok(())
    }

    /// Other permission groups for a membership.
    pub(crate) fn set_member_groups(
        &mut self,
        person: u32,
        organisation: u32,
        granted: &[GrantedGroup],
    ) -> Result<(), EditError> {
        let row = self.expect_membership(person, organisation)?;
        let groups = self.find_groups(granted)?;
        self.forget_own_windows(row, Some(Source::Group(0)));
        self.change_grants(person, |directory, grants| {
            grants.retain(|held| !is_group_at(&held.form, organisation));
            for (group, own) in groups {
                grants.extend(directory.held_group(row, group, own));
            }
        });
        Ok(())
    }
}

/// Whether a grant comes from the membership of an organisation.
fn is_of(form: &Form, organisation: u32) -> bool {
    is_role_at(form, organisation) || is_group_at(form, organisation)
}
