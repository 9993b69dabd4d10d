//! Permission groups, job functions and organisations by their members [4-21..4-30, C-35..C-37, C-88].

use alloc::vec::Vec;

use serde::Serialize;

use crate::decide::has_access;
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, UserError};
use crate::directory::ids::to_index;
use crate::error::{AccessError, EntityKind};
use crate::estate::{LocalizedText, OrganisationKind};
use crate::facts::{Facts, Form, NONE, Standing};
use crate::id::{Id, IdRef};
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// The permission that both lists need [C-86].
const LIST: &str = "permission_groups:list";

/// A permission group or job function [C-88].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedRow<'d> {
    /// Its id.
    pub id: IdRef<'d>,
    /// Its name.
    pub name: &'d str,
    /// For which kind of organisation.
    pub organization_type: OrganisationKind,
}

/// An organisation that a search found [C-88].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationSummary<'d> {
    /// Its id.
    pub id: IdRef<'d>,
    /// Its name.
    pub name: &'d LocalizedText,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_type: Option<OrganisationKind>,
}

/// What a search for organisations asks for; all of it must hold [4-30].
struct Filter<'q> {
    kinds: &'q [OrganisationKind],
    /// None where no building is asked for; those that are unknown are left out, and so match nothing.
    buildings: Option<Vec<u32>>,
    /// None where none is asked for, [`NONE`] for an unknown one, which matches nothing.
    account: Option<u32>,
}

impl Directory {
    pub(super) fn query_permission_groups<'d>(
        &'d self,
        context: &'d Context,
        account: &Id,
        kinds: &[OrganisationKind],
        person: Option<&Id>,
    ) -> Result<Vec<NamedRow<'d>>, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let account = self.known_account(account)?;
        caller.require_in_account(LIST, account)?;
        let held = match person {
            None => None,
            Some(id) => Some(self.groups_held(id, account, caller.at)?),
        };
        let rows = self.groups.ids.in_order().into_iter().filter_map(|group| {
            let row = self.groups.rows.get(to_index(group))?;
            let is_held = held.as_ref().is_none_or(|held| held.contains(&group));
            let is_in = row.account == NONE || row.account == account;
            let row = (is_held && is_in && is_of_kind(kinds, Some(row.kind))).then_some(row)?;
            let id = self.groups.ids.id(group)?;
            Some(NamedRow { id, name: &row.name, organization_type: row.kind })
        });
        Ok(rows.collect())
    }

    /// The groups that a member of an account has in it at an instant [C-35]; 404 for anybody else.
    fn groups_held(&self, id: &Id, account: u32, at: Timestamp) -> Result<Vec<u32>, AccessError> {
        let in_account = |at: &u32| self.account_of(*at) == account;
        let person = self.people.ids.find(&id.as_ref());
        let person = person.filter(|person| self.organisations_of(*person).iter().any(in_account));
        let person = person.ok_or_else(|| AccessError::not_found(EntityKind::Person, id))?;
        let held = self.grants(person).filter(|grant| match grant.form {
            Form::Group { organisation, .. } => {
                in_account(&organisation) && self.counts_at(&grant.form, grant.condition, at)
            }
            _ => false,
        });
        Ok(held.map(|grant| grant.source).collect())
    }

    pub(super) fn query_job_functions<'d>(
        &'d self,
        context: &'d Context,
        kinds: &[OrganisationKind],
    ) -> Result<Vec<NamedRow<'d>>, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let accounts = caller.accounts_of(LIST)?;
        let rows = self.job_functions.ids.in_order().into_iter().filter_map(|job_function| {
            let row = self.job_functions.rows.get(to_index(job_function))?;
            let is_in = row.account == NONE
                || accounts.as_ref().is_none_or(|accounts| accounts.contains(&row.account));
            let row = (is_in && is_of_kind(kinds, Some(row.kind))).then_some(row)?;
            let id = self.job_functions.ids.id(job_function)?;
            Some(NamedRow { id, name: &row.name, organization_type: row.kind })
        });
        Ok(rows.collect())
    }

    pub(super) fn search_organizations<'d>(
        &'d self,
        context: &'d Context,
        kinds: &[OrganisationKind],
        member: Option<&Id>,
        buildings: &[Id],
        account: Option<&Id>,
    ) -> Result<Vec<OrganisationSummary<'d>>, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let find = |id: &Id| self.buildings.ids.find(&id.as_ref());
        let known = || buildings.iter().filter_map(find).collect::<Vec<u32>>();
        let account = account.map(|id| self.accounts.ids.find(&id.as_ref()).unwrap_or(NONE));
        let buildings = (!buildings.is_empty()).then(known);
        let filter = Filter { kinds, buildings, account };
        let mut found = match member {
            Some(id) => self.organisations_of_member(&caller, id, &filter)?,
            None => self.organisations_at_buildings(&caller, &filter),
        };
        found.retain(|organisation| self.passes(*organisation, &filter));
        self.organisations.ids.sort(&mut found);
        Ok(found.into_iter().filter_map(|at| self.organisation_summary(at)).collect())
    }

    /// The organisations in which somebody has a valid membership, with access to one of the buildings [C-36]. One's own
    /// all of them; another's those where the caller may read users, 404 where there are none such [C-86].
    fn organisations_of_member(
        &self,
        caller: &Caller<'_>,
        id: &Id,
        filter: &Filter<'_>,
    ) -> Result<Vec<u32>, AccessError> {
        let not_found = || AccessError::not_found(EntityKind::Person, id);
        let person = self.people.ids.find(&id.as_ref()).ok_or_else(not_found)?;
        let mut organisations = self.organisations_of(person);
        if caller.person() == Some(person) {
            if self.standing(person) != Some(Standing::Active) {
                organisations.clear();
            }
        } else {
            organisations
                .retain(|at| caller.is_allowed("users:read", ResourceKind::Organisation, *at));
            organisations.first().ok_or_else(not_found)?;
        }
        organisations.retain(|at| self.has_live_membership(person, *at, filter, caller.at));
        Ok(organisations)
    }

    fn has_live_membership(
        &self,
        person: u32,
        organisation: u32,
        filter: &Filter<'_>,
        at: Timestamp,
    ) -> bool {
        let row = self.membership(person, organisation);
        let Some(row) = row.and_then(|row| self.memberships.get(row)) else { return false };
        let reaches = |building: &u32| {
            let place = self.place(ResourceKind::Building, *building);
            place.is_some_and(|place| has_access(self, &place, organisation, row.access))
        };
        self.is_live(organisation)
            && self.is_valid(row.condition, at)
            && filter.buildings.as_ref().is_none_or(|scope| scope.iter().any(reaches))
    }

    /// The organisations that the caller may see and that own or serve one of the buildings; without buildings, all that
    /// the caller may see [C-88].
    fn organisations_at_buildings(&self, caller: &Caller<'_>, filter: &Filter<'_>) -> Vec<u32> {
        let Some(buildings) = &filter.buildings else {
            let Some(person) = caller.person() else { return Vec::new() };
            return self.visible_org_handles(person, caller.at);
        };
        let mut found = Vec::new();
        for building in buildings {
            found.extend(self.buildings.owners.get(to_index(*building)));
            found.extend(self.buildings.served_by.of(*building));
        }
        self.organisations.ids.sort(&mut found);
        found.retain(|at| self.is_live(*at) && caller.sees_organisation(*at));
        found
    }

    /// Whether an organisation is of the kinds and the account asked for.
    fn passes(&self, organisation: u32, filter: &Filter<'_>) -> bool {
        let account = self.account_of(organisation);
        is_of_kind(filter.kinds, self.kind_of(organisation))
            && filter.account.is_none_or(|wanted| wanted == account && wanted != NONE)
    }

    fn organisation_summary(&self, organisation: u32) -> Option<OrganisationSummary<'_>> {
        Some(OrganisationSummary {
            id: self.organisations.ids.id(organisation)?,
            name: self.organisations.names.get(to_index(organisation))?,
            organization_type: self.kind_of(organisation),
        })
    }
}

/// Whether a kind is one of those asked for; none asked for means all [C-37].
fn is_of_kind(kinds: &[OrganisationKind], kind: Option<OrganisationKind>) -> bool {
    kinds.is_empty() || kind.is_some_and(|kind| kinds.contains(&kind))
}

impl Caller<'_> {
    /// Step 4: that a key of kind organisation is allowed on some organisation of an account, or on the platform.
    fn require_in_account(&self, key: &'static str, account: u32) -> Result<(), AccessError> {
        let refused = match self.require(key, ResourceKind::Platform, 0) {
            Ok(_) => return Ok(()),
            Err(refused) => refused,
        };
        let own = self.organisations_reached().into_iter();
        let mut own = own.filter(|at| self.directory.account_of(*at) == account);
        let is_allowed = own.any(|at| self.is_allowed(key, ResourceKind::Organisation, at));
        if is_allowed { Ok(()) } else { Err(refused) }
    }

    /// Step 4: the accounts on some organisation of which a key is allowed; none, for all of them, where it is on the
    /// platform.
    fn accounts_of(&self, key: &'static str) -> Result<Option<Vec<u32>>, AccessError> {
        let refused = match self.require(key, ResourceKind::Platform, 0) {
            Ok(_) => return Ok(None),
            Err(refused) => refused,
        };
        let mut own = self.organisations_reached();
        own.retain(|at| self.is_allowed(key, ResourceKind::Organisation, *at));
        own.first().ok_or(refused)?;
        Ok(Some(own.into_iter().map(|at| self.directory.account_of(at)).collect()))
    }
}
