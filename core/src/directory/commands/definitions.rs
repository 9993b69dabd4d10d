//! Permission groups and job functions, and the import of a whole estate [E.4].

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;

use serde::Serialize;

use super::last_administrator::ASSIGN;
use super::last_administrator::AdministratorGuard;
use super::memberships::canonical;
use super::people::details_set;
use super::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::events::Event;
use crate::directory::ids::to_index;
use crate::directory::tables::{Group, PersonDetails};
use crate::error::{
    AccessError, ErrorDetail, estate_details, family_error, fault_details, field_detail,
};
use crate::estate::{
    CatalogDoc, Estate, Faults, JobFunctionDoc, OrganisationKind, PermissionGroupDoc,
};
use crate::facts::NONE;
use crate::id::Id;
use crate::order::Order;
use crate::path::RolePath;
use crate::reason::Basis;
use crate::request::ResourceKind;

/// Says what a permission group of an account holds: a new one, or in place of the one with this id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DefinePermissionGroup {
    /// The whole row.
    pub permission_group: PermissionGroupDoc,
}

/// Says with which groups a job function starts: a new one, or in place of the one with this id. Members keep what they
/// have [4-10].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DefineJobFunction {
    /// The whole row.
    pub job_function: JobFunctionDoc,
}

/// Brings a whole estate into an empty directory. Nobody is asked who may: there is nobody yet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportEstate {
    /// The estate.
    pub estate: Box<Estate>,
}

family_error! {
    /// Why a definition or an import is refused.
    DefinitionError, details definition_details, {
        /// A group or job function stays in its account.
        ImmutableAccount = Invalid, "immutable_field", Some("account"), "it cannot go to another account";
        /// A group or job function stays for its kind of organisation.
        ImmutableKind = Invalid, "immutable_field", Some("organisation_kind"), "it cannot be for another kind of organisation";
        /// The row breaks rules of an estate.
        Invalid {
            /// Each of them.
            faults: Faults,
        } = Invalid, "invalid", None, "the row breaks the rules: {faults}";
        /// The estate breaks rules.
        InvalidEstate {
            /// Each of them.
            faults: Faults,
        } = Invalid, "invalid_estate", Some("estate"), "the estate breaks the rules: {faults}";
        /// An alias is in use.
        AlreadyExists {
            /// The id given.
            id: Id,
        } = Conflict, "already_exists", None, "`{id}` is in use";
        /// An account would have nobody left who may give permission groups by a group [C-31].
        LastAdmin = Conflict, "last_admin", Some("keys"),
            "the group makes the last administrators of an account, expected it to keep `permission_groups:assign`";
        /// An estate can only be imported where there is nothing.
        NotEmpty = Conflict, "directory_not_empty", None, "the directory has something in it already";
    }
}

fn definition_details(error: &DefinitionError) -> Vec<ErrorDetail> {
    match error {
        DefinitionError::Invalid { faults } => fault_details(faults),
        DefinitionError::InvalidEstate { faults } => estate_details(faults),
        _ => field_detail(error.field(), error.code()),
    }
}

impl Directory {
    pub(super) fn draft_define_permission_group(
        &self,
        context: &Context,
        command: &DefinePermissionGroup,
    ) -> Result<Drafted, DefinitionError> {
        let caller = Caller::authenticate(self, context)?;
        let row = self.canonical_group(&command.permission_group);
        let known = self.group(row.id.as_ref());
        let account = self.known_account_or_none(row.account.as_ref())?;
        let basis = self.require_definer(&caller, account)?;
        let before = known.map(|(_, before)| before);
        self.refuse_wider_group(&caller, &row, account, before)?;
        if let Some(before) = before {
            require_same(before.account, account, before.kind, row.organisation_kind)?;
        }
        let rows = Estate { permission_groups: alloc::vec![row.clone()], ..Estate::default() };
        let own = known.map(|(handle, _)| handle);
        self.check_row(&rows, &self.groups.ids, (&row.id, &row.aliases), own)?;
        if own.is_some() && own.and_then(|handle| self.group_doc(handle)).as_ref() == Some(&row) {
            return Ok(Drafted::unchanged(OutcomeDetails::None));
        }
        let guard = AdministratorGuard::new(self, caller.at);
        if own.is_some_and(|own| guard.would_lose_group(own, &row.keys)) {
            return Err(DefinitionError::LastAdmin);
        }
        Ok(defined(own, basis, Event::PermissionGroupDefined { permission_group: row }))
    }

    pub(super) fn draft_define_job_function(
        &self,
        context: &Context,
        command: &DefineJobFunction,
    ) -> Result<Drafted, DefinitionError> {
        let caller = Caller::authenticate(self, context)?;
        let row = self.canonical_job_function(&command.job_function);
        let account = self.known_account_or_none(row.account.as_ref())?;
        let basis = self.require_definer(&caller, account)?;
        let known = self.job_function(row.id.as_ref());
        if let Some((_, before)) = known {
            require_same(before.account, account, before.kind, row.organisation_kind)?;
        }
        let rows = Estate { job_functions: alloc::vec![row.clone()], ..Estate::default() };
        let own = known.map(|(handle, _)| handle);
        self.check_row(&rows, &self.job_functions.ids, (&row.id, &row.aliases), own)?;
        if own.is_some()
            && own.and_then(|handle| self.job_function_doc(handle)).as_ref() == Some(&row)
        {
            return Ok(Drafted::unchanged(OutcomeDetails::None));
        }
        Ok(defined(own, basis, Event::JobFunctionDefined { job_function: row }))
    }

    pub(super) fn draft_import_estate(
        &self,
        _context: &Context,
        command: &ImportEstate,
    ) -> Result<Drafted, DefinitionError> {
        let loaded = Self::new((*command.estate).clone());
        let loaded = loaded.map_err(|faults| DefinitionError::InvalidEstate { faults })?;
        if !self.is_empty() {
            return Err(DefinitionError::NotEmpty);
        }
        let mut estate = loaded.to_estate();
        estate.revision = 0;
        let personal = take_personal_data(&mut estate);
        let mut events = alloc::vec![Event::EstateImported { estate: Box::new(estate) }];
        events.extend(personal);
        let (kind, details) = (OutcomeKind::Created, OutcomeDetails::None);
        Ok(Drafted { kind, details, basis: Basis::None, events })
    }

    /// Whether there is nothing in the directory but what every estate has.
    fn is_empty(&self) -> bool {
        let tables = [
            &self.accounts.ids,
            &self.organisations.ids,
            &self.organisations.purged,
            &self.buildings.ids,
            &self.integrations.ids,
            &self.units.ids,
            &self.doors.ids,
            &self.people.ids,
        ];
        tables.iter().all(|table| table.len() == 0)
            && self.groups.rows.iter().all(|group| group.is_builtin)
            && self.job_functions.rows.iter().all(|job_function| job_function.is_builtin)
            && self.catalog_doc == CatalogDoc::default()
    }

    /// Step 3: the account of a row; [`NONE`] for a built-in one, which is in every account.
    fn known_account_or_none(&self, account: Option<&Id>) -> Result<u32, AccessError> {
        account.map_or(Ok(NONE), |id| self.known_account(id))
    }

    /// Step 4: who may give groups at every root of the account defines them; built-in ones are the platform's.
    fn require_definer(&self, caller: &Caller<'_>, account: u32) -> Result<Basis, AccessError> {
        let roots = self.roots_of(account);
        let mut basis = None;
        for root in &roots {
            let (kind, at) = caller.authority_over(*root);
            let allowed = caller.require(ASSIGN, kind, at)?;
            basis = basis.or(Some(allowed));
        }
        basis.map_or_else(|| caller.require(ASSIGN, ResourceKind::Platform, 0), Ok)
    }

    /// The root organisations of an account, by handle; none for [`NONE`]. O(organisations).
    fn roots_of(&self, account: u32) -> Vec<u32> {
        let is_root = |at: &u32| {
            let row = self.organisations.rows.get(to_index(*at));
            account != NONE && row.is_some_and(|row| row.account == account)
        };
        self.organisations.ids.handles().filter(is_root).collect()
    }

    /// Step 4: what the group holds is the caller's to give everywhere in the account, of a group of no account (or of one
    /// that has nothing yet) at the platform; and, where something is new to a group that people have, in the buildings of
    /// others that organisations of the account serve [C-4]. There too all of it: what is new may make more of what they
    /// had, as the second key of a door does [C-71].
    fn refuse_wider_group(
        &self,
        caller: &Caller<'_>,
        row: &PermissionGroupDoc,
        account: u32,
        before: Option<&Group>,
    ) -> Result<(), AccessError> {
        let is_wider =
            before.is_some_and(|before| row.keys.iter().any(|key| !before.entries.contains(key)));
        let keys: Vec<&RolePath> = row.keys.iter().collect();
        let roots = self.roots_of(account);
        let is_given = if roots.is_empty() {
            caller.giver().covers_entries_at_platform(&keys)
        } else {
            roots.iter().all(|root| caller.may_give_entries_below(&row.keys, *root))
        };
        let served = if is_wider { self.buildings_of_others(account, &roots) } else { Vec::new() };
        let is_given =
            is_given && served.iter().all(|building| caller.may_give_entries_in(&keys, *building));
        if is_given { Ok(()) } else { Err(AccessError::Escalation { given: row.id.to_string() }) }
    }

    /// The buildings that organisations of an account serve and none of it owns.
    fn buildings_of_others(&self, account: u32, roots: &[u32]) -> Vec<u32> {
        if roots.is_empty() {
            return Vec::new();
        }
        let organisations = self.organisations.ids.handles();
        let inside = organisations.filter(|at| self.account_of(*at) == account);
        let served = inside.flat_map(|at| self.organisations.serves.of(at)).copied();
        let mut served: Vec<u32> = served
            .filter(|building| self.account_of(self.owner_of(*building)) != account)
            .collect();
        self.buildings.ids.sort(&mut served);
        served
    }

    fn canonical_group(&self, row: &PermissionGroupDoc) -> PermissionGroupDoc {
        let mut row = row.clone();
        row.id = canonical(&self.groups.ids, &row.id);
        row.account = row.account.map(|id| canonical(&self.accounts.ids, &id));
        row.keys.order();
        row.keys.dedup();
        row.aliases.order();
        row
    }

    fn canonical_job_function(&self, row: &JobFunctionDoc) -> JobFunctionDoc {
        let mut row = row.clone();
        row.id = canonical(&self.job_functions.ids, &row.id);
        row.account = row.account.map(|id| canonical(&self.accounts.ids, &id));
        for group in &mut row.initial_groups {
            *group = canonical(&self.groups.ids, group);
        }
        row.initial_groups.order();
        row.aliases.order();
        row
    }
}

/// Step 5: what a definition does not change.
fn require_same(
    account: u32,
    new_account: u32,
    kind: OrganisationKind,
    new_kind: OrganisationKind,
) -> Result<(), DefinitionError> {
    if account != new_account {
        return Err(DefinitionError::ImmutableAccount);
    }
    if kind != new_kind {
        return Err(DefinitionError::ImmutableKind);
    }
    Ok(())
}

fn defined(own: Option<u32>, basis: Basis, event: Event) -> Drafted {
    let kind = if own.is_some() { OutcomeKind::Updated } else { OutcomeKind::Created };
    Drafted { kind, details: OutcomeDetails::None, basis, events: alloc::vec![event] }
}

/// Takes names, addresses, numbers and display names out of an estate, as the events that bring them back.
fn take_personal_data(estate: &mut Estate) -> Vec<Event> {
    let mut events = Vec::new();
    for row in &mut estate.people {
        let details = PersonDetails::of(row).map(|details| details_set(&row.id, details));
        events.extend(details);
        (row.first_name, row.last_name, row.identifier) = (None, None, None);
        let (name, email, phone) = (row.name.take(), row.email.take(), row.phone.take());
        if name.is_some() || email.is_some() || phone.is_some() {
            events.push(Event::PersonContactSet { person: row.id.clone(), name, email, phone });
        }
    }
    for row in &mut estate.residencies {
        if let Some(name) = row.display_name.take() {
            events.push(Event::ResidencyDisplayNameSet {
                person: row.person.clone(),
                unit: row.unit.clone(),
                display_name: Some(name),
            });
        }
    }
    events
}
