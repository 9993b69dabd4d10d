//! The trees of organisations: paths, liveness, accounts, and what organisations serve.

use alloc::vec::Vec;

use super::{EditError, expect, expect_free, find_set, find_some, relink, set};
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::directory::tables::{Organisation, set_or_remove};
use crate::estate::{Deletion, LocalizedText, OrganisationDoc};
use crate::facts::NONE;
use crate::id::Id;
use crate::order::Order;

impl Directory {
    pub(crate) fn insert_organisation(&mut self, doc: &OrganisationDoc) -> Result<u32, EditError> {
        let purged = [&doc.id].into_iter().chain(&doc.aliases);
        if let Some(id) = purged.into_iter().find(|id| self.has_purged(id.as_ref())) {
            return Err(EditError::DuplicateId(id.clone()));
        }
        let parent = find_some(&self.organisations.ids, doc.parent.as_ref())?;
        let account = find_some(&self.accounts.ids, doc.account.as_ref())?;
        let serves = find_set(&self.buildings.ids, &doc.serves)?;
        if self.depth_of(parent) >= to_index(self.settings.max_organisation_depth) {
            return Err(EditError::Depth);
        }
        let organisations = &mut self.organisations;
        let organisation = organisations.ids.insert(&doc.id, &doc.aliases)?;
        organisations.names.push(doc.name.clone());
        let account = if parent == NONE { account } else { NONE };
        organisations.rows.push(Organisation { is_live: true, kind: doc.kind, account });
        set_or_remove(&mut organisations.descriptions, organisation, doc.description.clone());
        set_or_remove(&mut organisations.deletions, organisation, doc.deleted.clone());
        for lists in [
            &mut organisations.paths,
            &mut organisations.children,
            &mut organisations.buildings,
            &mut organisations.serves,
            &mut organisations.memberships,
            &mut organisations.role_holders,
            &mut organisations.group_members,
            &mut organisations.company_members,
        ] {
            lists.push_owner();
        }
        relink(&mut organisations.children, NONE, parent, organisation);
        let mut path = organisations.paths.of(parent).to_vec();
        path.push(organisation);
        organisations.paths.replace(organisation, &path);
        self.refresh_liveness(&[organisation]);
        self.set_served_buildings(organisation, &serves)?;
        Ok(organisation)
    }

    pub(crate) fn set_organisation_text(
        &mut self,
        organisation: u32,
        name: Option<&LocalizedText>,
        description: Option<Option<&str>>,
    ) -> Result<(), EditError> {
        let organisations = &mut self.organisations;
        expect(&organisations.ids, organisation, None, "organisation")?;
        if let Some(name) = name {
            set(&mut organisations.names, organisation, name.clone());
        }
        if let Some(description) = description {
            let description = description.map(Into::into);
            set_or_remove(&mut organisations.descriptions, organisation, description);
        }
        Ok(())
    }

    /// Moves an organisation with everything below it. One that becomes a root keeps the account it had; one that
    /// becomes a child has that of its new root. O(organisations below), and their members where an account comes or goes.
    pub(crate) fn move_organisation(
        &mut self,
        organisation: u32,
        parent: Option<u32>,
    ) -> Result<(), EditError> {
        expect(&self.organisations.ids, organisation, None, "organisation")?;
        let parent = parent.unwrap_or(NONE);
        if parent != NONE {
            expect(&self.organisations.ids, parent, None, "parent organisation")?;
        }
        let subtree = self.subtree(organisation);
        let above = self.organisations.paths.of(parent).to_vec();
        let old_depth = self.depth_of(organisation).saturating_sub(1);
        let is_too_deep = |at: &u32| {
            let below = self.depth_of(*at).saturating_sub(old_depth);
            above.len().saturating_add(below) > to_index(self.settings.max_organisation_depth)
        };
        if above.contains(&organisation) || subtree.iter().any(is_too_deep) {
            return Err(EditError::Depth);
        }
        let (old_account, new_account) = match parent {
            NONE => (self.account_of(organisation), self.account_of(organisation)),
            parent => (self.account_of(organisation), self.account_of(parent)),
        };
        let moved = if (old_account == NONE) == (new_account == NONE) {
            Vec::new()
        } else {
            self.members_of(&subtree)
        };
        moved.iter().for_each(|person| self.leave_email_index(*person));
        let old_parent = self.parent_of(organisation).unwrap_or(NONE);
        relink(&mut self.organisations.children, old_parent, parent, organisation);
        for at in &subtree {
            let old = self.organisations.paths.of(*at);
            let below = old.get(old_depth..).unwrap_or_default();
            let path: Vec<u32> = above.iter().chain(below).copied().collect();
            self.organisations.paths.replace(*at, &path);
        }
        if let Some(row) = self.organisations.rows.get_mut(to_index(organisation)) {
            row.account = if parent == NONE { old_account } else { NONE };
        }
        moved.iter().for_each(|person| self.enter_email_index(*person));
        self.refresh_liveness(&subtree);
        Ok(())
    }

    pub(crate) fn set_deletion(
        &mut self,
        organisation: u32,
        deletion: Option<&Deletion>,
    ) -> Result<(), EditError> {
        expect(&self.organisations.ids, organisation, None, "organisation")?;
        set_or_remove(&mut self.organisations.deletions, organisation, deletion.cloned());
        let subtree = self.subtree(organisation);
        self.refresh_liveness(&subtree);
        Ok(())
    }

    /// Removes an organisation for good, its memberships with it. No organisation can have its id or aliases again [3-24].
    pub(crate) fn purge_organisation(&mut self, organisation: u32) -> Result<(), EditError> {
        let organisations = &self.organisations;
        expect(&organisations.ids, organisation, None, "organisation")?;
        let what = "organisation";
        expect_free(organisations.children.of(organisation), what, "organisations below it")?;
        expect_free(organisations.buildings.of(organisation), what, "its buildings")?;
        for person in self.members_of(&[organisation]) {
            self.remove_membership(person, organisation)?;
        }
        self.set_served_buildings(organisation, &[])?;
        let parent = self.parent_of(organisation).unwrap_or(NONE);
        let organisations = &mut self.organisations;
        relink(&mut organisations.children, parent, NONE, organisation);
        let id = organisations.ids.id(organisation).map(|id| id.to_owned());
        let gone: Vec<Id> = id.into_iter().chain(organisations.ids.aliases(organisation)).collect();
        organisations.ids.remove(organisation);
        for id in gone {
            organisations.purged.insert(&id, &[])?;
        }
        organisations.descriptions.remove(&organisation);
        organisations.deletions.remove(&organisation);
        set(&mut organisations.names, organisation, LocalizedText::plain(""));
        let nobody = Organisation { is_live: false, kind: None, account: NONE };
        set(&mut organisations.rows, organisation, nobody);
        organisations.paths.replace(organisation, &[]);
        Ok(())
    }

    pub(crate) fn set_served_buildings(
        &mut self,
        organisation: u32,
        buildings: &[u32],
    ) -> Result<(), EditError> {
        expect(&self.organisations.ids, organisation, None, "organisation")?;
        for building in buildings {
            expect(&self.buildings.ids, *building, None, "building")?;
        }
        let mut new = buildings.to_vec();
        new.order();
        new.dedup();
        let old = self.organisations.serves.of(organisation).to_vec();
        for building in old.iter().filter(|at| new.binary_search(at).is_err()) {
            self.buildings.served_by.remove_item(*building, organisation);
        }
        for building in new.iter().filter(|at| old.binary_search(at).is_err()) {
            self.buildings.served_by.push(*building, organisation);
        }
        self.organisations.serves.replace(organisation, &new);
        Ok(())
    }

    /// An organisation and everything below it, what is above first. Iterative; O(answer).
    pub(crate) fn subtree(&self, organisation: u32) -> Vec<u32> {
        let mut found = alloc::vec![organisation];
        let mut next = 0_usize;
        while let Some(at) = found.get(next).copied() {
            found.extend(self.organisations.children.of(at));
            next = next.saturating_add(1);
        }
        found
    }

    /// How deep an organisation stands, a root having 1; 0 of [`NONE`].
    pub(crate) fn depth_of(&self, organisation: u32) -> usize {
        self.organisations.paths.of(organisation).len()
    }

    /// Whether each of these is live, what is above being known or standing before.
    fn refresh_liveness(&mut self, organisations: &[u32]) {
        for at in organisations {
            let parent = self.parent_of(*at);
            let is_above_live = parent.is_none_or(|parent| {
                self.organisations.rows.get(to_index(parent)).is_some_and(|row| row.is_live)
            });
            let is_deleted = self.organisations.deletions.contains_key(at);
            if let Some(row) = self.organisations.rows.get_mut(to_index(*at)) {
                row.is_live = is_above_live && !is_deleted;
            }
        }
    }
}
