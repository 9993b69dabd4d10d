//! Organisations for a caller who may see them [3-4..3-16, 3-30, C-44, C-45, C-48, C-76].

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::list::id_key;
use super::organisation_views::OrganisationView;
use super::pagination::{Part, Whole};
use super::query::{OutputOptions, Pagination};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, OrganisationError};
use crate::error::{AccessError, EntityKind};
use crate::facts::Facts;
use crate::id::Id;
use crate::question::ResourceHandle;
use crate::request::ResourceKind;

/// A part of the organisations that a caller may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationPage<'d> {
    /// The organisations, by id.
    pub items: Vec<OrganisationView<'d>>,
    /// How many there are in all.
    pub total: usize,
    /// The limit used.
    pub limit: u32,
    /// Where the next part begins; none after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

impl OutputOptions {
    /// Whether a list has a live, or a deleted, organisation; `only_deleted` wins [C-45].
    pub(super) const fn shows(self, is_live: bool) -> bool {
        if is_live { !self.only_deleted } else { self.include_deleted || self.only_deleted }
    }
}

impl Directory {
    /// The organisations that the caller may see: live ones, and where deleted ones are asked for, those that may be read
    /// from their nearest live ancestor. Needs no acting organisation [3-4].
    pub(super) fn query_orgs<'d>(
        &'d self,
        context: &'d Context,
        options: OutputOptions,
        pagination: &Pagination,
    ) -> Result<OrganisationPage<'d>, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let (live, deleted) = (options.shows(true), options.shows(false));
        let mut items = Vec::new();
        if let (true, Some(person)) = (live, caller.person()) {
            items.extend(self.visible_org_handles(person, caller.at));
        }
        if deleted {
            items.extend(self.visible_deleted(&caller));
        }
        self.organisations.ids.sort(&mut items);

        let fingerprint = crate::hash::bytes(format!("list_orgs {live} {deleted}").as_bytes());
        let key = |at: &u32| self.organisations.ids.id(*at).map(id_key).unwrap_or_default();
        let whole = Whole { items, key, fingerprint, revision: self.revision() };
        let Part { items, total, limit, next_cursor } = whole.part(pagination)?;
        let views = items.into_iter().filter_map(|at| self.organisation_view(&caller, at));
        Ok(OrganisationPage { items: views.collect(), total, limit, next_cursor })
    }

    /// The deleted organisations that the caller may read. All below one that is deleted is decided in the same place, so
    /// one question for each topmost one is enough. O(deleted organisations).
    fn visible_deleted(&self, caller: &Caller<'_>) -> Vec<u32> {
        let is_topmost = |organisation: &u32| {
            self.parent_of(*organisation).is_none_or(|parent| self.is_live(parent))
        };
        let topmost = self.organisations.deletions.keys().copied().filter(is_topmost);
        let readable = topmost.filter(|organisation| caller.sees_organisation(*organisation));
        readable.flat_map(|organisation| self.subtree(organisation)).collect()
    }

    pub(super) fn query_org<'d>(
        &'d self,
        context: &'d Context,
        organisation: &Id,
        include_deleted: bool,
    ) -> Result<OrganisationView<'d>, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let handle = self.shown_organisation(organisation, include_deleted)?;
        if !caller.sees_organisation(handle) {
            let (kind, above) = caller.authority_over(handle);
            caller.require("orgs:read", kind, above)?;
        }
        let view = self.organisation_view(&caller, handle);
        let not_found = || AccessError::not_found(EntityKind::Organisation, organisation);
        Ok(view.ok_or_else(not_found)?)
    }

    /// Step 3: a known organisation; a deleted one only where that is asked for [C-44].
    pub(super) fn shown_organisation(
        &self,
        id: &Id,
        shows_deleted: bool,
    ) -> Result<u32, AccessError> {
        let organisation = self.known_organisation(id)?;
        if !shows_deleted && !self.is_live(organisation) {
            return Err(AccessError::not_found(EntityKind::Organisation, id));
        }
        Ok(organisation)
    }

    /// What the caller, and nobody else, may do in an organisation: what `decide` allows there. Nothing for somebody who
    /// has nothing to do with it, or 403 where the estate is strict [C-48].
    pub(super) fn query_org_permissions<'d>(
        &'d self,
        context: &'d Context,
        organisation: &Id,
    ) -> Result<Vec<&'d str>, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let organisation = self.known_organisation(organisation)?;
        let resource = ResourceHandle(ResourceKind::Organisation, organisation);
        let keys: Vec<&str> = self.permissions_on(caller.principal, resource, caller.at).collect();
        let is_strict = self.settings().strict_permissions;
        if keys.is_empty() && is_strict && !caller.sees_organisation(organisation) {
            caller.require("orgs:read", ResourceKind::Organisation, organisation)?;
        }
        Ok(keys)
    }
}
