//! Which site roles may somebody give to another? [1-13, C-4, C-66] The rules are semantics.md, section 5.

use alloc::vec::Vec;

use crate::catalog::site_role_path;
use crate::directory::Directory;
use crate::directory::giving::Giver;
use crate::facts::Facts;
use crate::id::IdRef;
use crate::order::Order;
use crate::path::{RolePath, WILDCARD};
use crate::question::{HandleKind, PrincipalHandle};
use crate::time::Timestamp;

impl Directory {
    /// The site roles of an integration that the actor may give to another, in text order: one for each site
    /// line of the catalog, and the wildcard over all of them. None where actor or integration are unknown, or the
    /// integration is no site.
    pub fn assignable_roles(
        &self,
        actor: IdRef<'_>,
        integration: IdRef<'_>,
        at: Timestamp,
    ) -> impl Iterator<Item = RolePath> + use<> {
        let known = self.people.ids.find(&actor).zip(self.integrations.ids.find(&integration));
        let known = known.filter(|(_, integration)| self.is_site(*integration));
        let roles = known.map(|(actor, integration)| {
            let principal = PrincipalHandle(HandleKind::Person, actor);
            Giver { directory: self, principal, at, until: Timestamp::MAX }
                .site_roles_to_give(integration)
        });
        roles.unwrap_or_default().into_iter()
    }
}

impl Giver<'_> {
    /// The roles of a site that the giver may give to another for good, in text order.
    pub(crate) fn site_roles_to_give(&self, integration: u32) -> Vec<RolePath> {
        let Some(id) = self.directory.integrations.ids.id(integration) else { return Vec::new() };
        let id = id.to_owned();
        let suffixes = self.directory.catalog.site_lines().map(|(suffix, _)| suffix);
        let roles = suffixes.chain([WILDCARD]).filter_map(|suffix| site_role_path(&id, suffix));
        let may_give = |role: &RolePath| self.may_give_site_role(role, integration);
        let mut roles: Vec<_> = roles.filter(may_give).collect();
        roles.order();
        roles
    }
}
