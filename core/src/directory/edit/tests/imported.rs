//! What only an import brings: accounts, and roles at the platform. No command gives them, so only these tests edit them.

use crate::directory::Directory;
use crate::directory::edit::{EditError, find, set, window};
use crate::directory::load::platform_grant;
use crate::estate::{Account, PlatformRoleDoc};
use crate::facts::{Form, Grant};
use crate::path::RolePath;

impl Directory {
    pub(super) fn insert_account(&mut self, doc: &Account) -> Result<u32, EditError> {
        let account = self.accounts.ids.insert(&doc.id, &doc.aliases)?;
        self.accounts.names.push(None);
        set(&mut self.accounts.names, account, doc.name.clone());
        Ok(account)
    }

    /// Gives a role at the platform, or gives one that is held another window.
    pub(super) fn grant_platform_role(&mut self, doc: &PlatformRoleDoc) -> Result<(), EditError> {
        let person = find(&self.people.ids, &doc.person)?;
        let role = self.role_number(&doc.role)?;
        let condition = self.conditions.number(window(doc.valid.as_ref()));
        let held = self.roles.get(role).ok_or(EditError::Missing("role"))?;
        let grant = platform_grant(held, role, condition);
        self.change_grants(person, |_, grants| {
            grants.retain(|held| !is_platform_role(held, role));
            grants.push(grant);
        });
        Ok(())
    }

    pub(super) fn revoke_platform_role(
        &mut self,
        person: u32,
        role: &RolePath,
    ) -> Result<(), EditError> {
        let role = self.roles.find(role).ok_or(EditError::Missing("role"))?;
        let mut held = self.people.grants.of(person).iter();
        if !held.any(|held| is_platform_role(held, role)) {
            return Err(EditError::Missing("role"));
        }
        self.change_grants(person, |_, grants| {
            grants.retain(|held| !is_platform_role(held, role));
        });
        Ok(())
    }
}

const fn is_platform_role(grant: &Grant, role: u32) -> bool {
    matches!(grant.form, Form::Platform { .. }) && grant.source == role
}
