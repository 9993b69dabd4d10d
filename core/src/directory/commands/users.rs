//! Users of companies [4-1..4-18, C-29..C-34, C-38].

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::Serialize;

use super::contact::{check_email, check_name, check_phone};
use super::people::details_set;
use super::{Context, Drafted, OutcomeDetails, OutcomeKind, UserError};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::events::{Event, GroupSource};
use crate::directory::giving_organisation::GivenAccess;
use crate::directory::ids::to_index;
use crate::directory::tables::PersonDetails;
use crate::error::{AccessError, EntityKind};
use crate::estate::{
    BuildingAccess, GrantedGroup, MembershipDoc, OrganisationKind, PersonDoc, PersonKind,
    PersonState,
};
use crate::facts::{Facts, NONE};
use crate::id::Id;
use crate::limits::MAX_ENTRIES;
use crate::request::ResourceKind;

/// What a user's company is: `pmo`, `tenant` or `vendor`; in a path `management`, `tenants` or `vendors` [4-2, 4-4].
pub type UserType = OrganisationKind;

/// Creates a person who is a member of a company [4-1]. New ids: one, for the person. Field names are those of the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreateUser {
    /// The kind of company in the path.
    pub organization_type: OrganisationKind,
    /// The company in the path.
    pub path_organization_id: Id,
    /// Must be the kind in the path [4-4].
    #[serde(rename = "userType")]
    pub user_type: OrganisationKind,
    /// The account; the company must be in it [4-5].
    pub account_id: Id,
    /// Must be the company in the path [4-6].
    pub organization_id: Id,
    /// E-mail address, unique in the account [4-7, C-38].
    pub email: Box<str>,
    /// First name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<Box<str>>,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<Box<str>>,
    /// Full name; where it is absent, first and last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Box<str>>,
    /// Telephone number; empty: none [4-16].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<Box<str>>,
    /// The number of an employee: a text that is kept, and no key [4-15].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Box<str>>,
    /// Whether to welcome them [4-9].
    pub send_welcome_email: bool,
    /// Decides the groups they start with, where none are named [4-10].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_function_id: Option<Id>,
    /// The groups they start with [C-30].
    pub permission_group_ids: Vec<Id>,
    /// The buildings in which the groups count [4-11].
    pub building_ids: Vec<Id>,
    /// Whether they count in all buildings of the company, now and later [4-12, C-29].
    pub automatic_property_access: bool,
}

/// A company that a user is created in, resolved.
struct Company {
    organisation: u32,
    account: u32,
    kind: OrganisationKind,
}

/// What a new user starts with, by id; what is unknown or belongs elsewhere is in `wrong`.
#[derive(Default)]
struct Start {
    groups: Vec<u32>,
    job_function: Option<u32>,
    source: Option<GroupSource>,
    wrong: Option<UserError>,
}

impl Directory {
    pub(super) fn draft_create_user(
        &self,
        context: &Context,
        command: &CreateUser,
    ) -> Result<Drafted, UserError> {
        let caller = Caller::authenticate(self, context)?;
        let company = self.known_company(command)?;
        let place = (ResourceKind::Organisation, company.organisation);
        let basis = caller.require("users:create", place.0, place.1)?;
        let start = self.start_of(command, &company);
        let buildings = self.company_buildings(command, &company);
        self.refuse_start_escalation(&caller, command, &company, &start, &buildings)?;
        self.check_user(command, &company, &start, &buildings)?;
        self.require_new_email(&caller, company.account, &command.email)?;
        let person = self.new_person_id(context)?;
        let membership = self.first_membership(&person, command, &company, &start, &buildings)?;
        let events = user_created(&person, command, membership, start.source);
        let details = OutcomeDetails::Person { person };
        Ok(Drafted { kind: OutcomeKind::Created, details, basis, events })
    }

    /// Step 3: the company in the path is one of that kind, in that account [4-2, 4-3, 4-5].
    fn known_company(&self, command: &CreateUser) -> Result<Company, AccessError> {
        let account = self.known_account(&command.account_id)?;
        let organisation = self.known_organisation(&command.path_organization_id)?;
        let kind = command.organization_type;
        let is_it =
            self.kind_of(organisation) == Some(kind) && self.account_of(organisation) == account;
        let not_found =
            || AccessError::not_found(EntityKind::Organisation, &command.path_organization_id);
        is_it.then_some(Company { organisation, account, kind }).ok_or_else(not_found)
    }

    /// The handle of an account, or that there is none.
    pub(crate) fn known_account(&self, id: &Id) -> Result<u32, AccessError> {
        let account = self.accounts.ids.find(&id.as_ref());
        account.ok_or_else(|| AccessError::not_found(EntityKind::Account, id))
    }

    /// The groups named, else those of the job function [C-30]; each once.
    fn start_of(&self, command: &CreateUser, company: &Company) -> Start {
        let mut start = Start::default();
        if let Some(id) = &command.job_function_id {
            match self.job_function_of(company, id) {
                Ok(job_function) => start.job_function = Some(job_function),
                Err(error) => start.wrong = Some(error),
            }
        }
        if command.permission_group_ids.is_empty() {
            let job_function =
                start.job_function.and_then(|at| self.job_functions.rows.get(to_index(at)));
            if let Some(row) = job_function {
                start.groups.clone_from(&row.initial_groups);
                start.source = Some(GroupSource::JobFunction);
            }
        } else {
            start.source = Some(GroupSource::Explicit);
        }
        for id in command.permission_group_ids.iter().take(MAX_ENTRIES) {
            match self.group_of(company, id) {
                Ok(group) => start.groups.push(group),
                Err(error) => start.wrong = start.wrong.or(Some(error)),
            }
        }
        self.groups.ids.sort(&mut start.groups);
        start
    }

    fn group_of(&self, company: &Company, id: &Id) -> Result<u32, UserError> {
        match self.group(id.as_ref()) {
            Some((group, row)) if row.account == NONE || row.account == company.account => {
                let mismatch = UserError::OrgTypeMismatch { named: id.clone() };
                (row.kind == company.kind).then_some(group).ok_or(mismatch)
            }
            _ => Err(UserError::UnknownPermissionGroup { group: id.clone() }),
        }
    }

    fn job_function_of(&self, company: &Company, id: &Id) -> Result<u32, UserError> {
        match self.job_function(id.as_ref()) {
            Some((handle, row)) if row.account == NONE || row.account == company.account => {
                let mismatch = UserError::OrgTypeMismatch { named: id.clone() };
                (row.kind == company.kind).then_some(handle).ok_or(mismatch)
            }
            _ => Err(UserError::UnknownJobFunction { job_function: id.clone() }),
        }
    }

    /// The buildings named that the company has, each once, and the first that it has not [C-33].
    fn company_buildings(&self, command: &CreateUser, company: &Company) -> Buildings {
        let mut known = Vec::new();
        let mut unknown = None;
        for id in &command.building_ids {
            let found = self.buildings.ids.find(&id.as_ref());
            match found.filter(|building| self.is_of_company(company.organisation, *building)) {
                Some(building) => known.push(building),
                None => unknown = unknown.or(Some(id)),
            }
        }
        self.buildings.ids.sort(&mut known);
        Buildings { known, unknown: unknown.cloned() }
    }

    /// Whether an organisation, or one below it, owns a building, or it serves it [C-69].
    fn is_of_company(&self, organisation: u32, building: u32) -> bool {
        let owner = self.buildings.owners.get(to_index(building)).copied().unwrap_or(NONE);
        self.depth_on_path(owner, organisation).is_some() || self.serves(organisation, building)
    }

    /// Step 4: the groups are the caller's to give, in all these buildings [C-4, C-86].
    fn refuse_start_escalation(
        &self,
        caller: &Caller<'_>,
        command: &CreateUser,
        company: &Company,
        start: &Start,
        buildings: &Buildings,
    ) -> Result<(), AccessError> {
        let access = if command.automatic_property_access {
            GivenAccess::AllOfCompany
        } else {
            GivenAccess::Listed(&buildings.known)
        };
        let mut groups = start.groups.iter();
        let too_much =
            groups.find(|group| !caller.may_give_group(**group, company.organisation, access));
        too_much.map_or(Ok(()), |group| Err(self.group_escalation(*group)))
    }

    /// Step 5.
    fn check_user(
        &self,
        command: &CreateUser,
        company: &Company,
        start: &Start,
        buildings: &Buildings,
    ) -> Result<(), UserError> {
        if command.user_type != command.organization_type {
            return Err(UserError::UserTypeMismatch);
        }
        if self.organisations.ids.find(&command.organization_id.as_ref())
            != Some(company.organisation)
        {
            return Err(UserError::IdMismatch);
        }
        self.check_user_texts(command)?;
        if !command.automatic_property_access && command.building_ids.is_empty() {
            return Err(UserError::BuildingIdsRequired);
        }
        if let Some(building) = buildings.unknown.clone() {
            return Err(UserError::UnknownBuilding { building });
        }
        if command.permission_group_ids.len() > MAX_ENTRIES {
            return Err(UserError::TooManyGroups);
        }
        if let Some(wrong) = start.wrong.clone() {
            return Err(wrong);
        }
        if start.groups.is_empty() && !self.settings().allow_no_initial_permissions {
            return Err(UserError::InitialPermissionsRequired);
        }
        Ok(())
    }

    fn check_user_texts(&self, command: &CreateUser) -> Result<(), UserError> {
        if command.email.is_empty() {
            return Err(UserError::EmailRequired);
        }
        check_email(&command.email, self.settings())?;
        check_phone(command.mobile_phone.as_deref().unwrap_or_default(), self.settings())?;
        let names = [&command.first_name, &command.last_name, &command.identifier];
        names.into_iter().flatten().try_for_each(|text| check_name(text))?;
        check_name(&full_name(command).unwrap_or_default())
    }

    /// Step 6: nobody in an account has this address; who has it is said to those who may read them [C-38].
    pub(super) fn require_new_email(
        &self,
        caller: &Caller<'_>,
        account: u32,
        email: &str,
    ) -> Result<(), UserError> {
        let Some(person) = self.person_with_email(account, email) else { return Ok(()) };
        let may_read = |at: u32| caller.is_allowed("users:read", ResourceKind::Organisation, at);
        let is_visible = self.organisations_of(person).into_iter().any(may_read);
        let id = if is_visible { self.people.ids.id(person) } else { None };
        Err(UserError::EmailExists { person: id.map(|id| id.to_owned()) })
    }

    /// The first of the new ids, which nobody must have.
    fn new_person_id(&self, context: &Context) -> Result<Id, UserError> {
        let missing = AccessError::NewIdsMissing { expected: 1 };
        let id = context.new_ids.first().cloned().ok_or(missing)?;
        if self.people.ids.find(&id.as_ref()).is_some() {
            return Err(UserError::AlreadyExists { id });
        }
        Ok(id)
    }

    fn first_membership(
        &self,
        person: &Id,
        command: &CreateUser,
        company: &Company,
        start: &Start,
        buildings: &Buildings,
    ) -> Result<MembershipDoc, UserError> {
        let organisation = self.organisations.ids.id(company.organisation);
        let not_found =
            || AccessError::not_found(EntityKind::Organisation, &command.path_organization_id);
        let id_of = |at: &u32| self.groups.ids.id(*at).map(|id| id.to_owned());
        let groups = start.groups.iter().filter_map(id_of);
        let groups = groups.map(|group| GrantedGroup { group, valid: None }).collect();
        let known = buildings.known.iter().filter_map(|at| self.buildings.ids.id(*at));
        let buildings = known.map(|id| id.to_owned()).collect();
        let job_function = start.job_function.and_then(|at| self.job_functions.ids.id(at));
        Ok(MembershipDoc {
            person: person.clone(),
            organisation: organisation.ok_or_else(not_found)?.to_owned(),
            valid: None,
            roles: Vec::new(),
            permission_groups: Some(groups),
            job_function: job_function.map(|id| id.to_owned()),
            building_access: Some(if command.automatic_property_access {
                BuildingAccess::AllOfCompany { buildings }
            } else {
                BuildingAccess::Listed { buildings }
            }),
        })
    }
}

/// Buildings of a company by handle, in the order of their ids, and the first id that is none.
struct Buildings {
    known: Vec<u32>,
    unknown: Option<Id>,
}

/// The name, else first and last name with a space between them.
fn full_name(command: &CreateUser) -> Option<Box<str>> {
    if let Some(name) = command.name.as_deref().filter(|name| !name.is_empty()) {
        return Some(name.into());
    }
    let parts = [command.first_name.as_deref(), command.last_name.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" ").into())
}

fn user_created(
    person: &Id,
    command: &CreateUser,
    membership: MembershipDoc,
    source: Option<GroupSource>,
) -> Vec<Event> {
    let filled = |text: &Option<Box<str>>| text.clone().filter(|text| !text.is_empty());
    let mut events = alloc::vec![
        Event::PersonCreated { person: bare_person(person) },
        Event::PersonContactSet {
            person: person.clone(),
            name: full_name(command),
            email: Some(command.email.clone()),
            phone: filled(&command.mobile_phone),
        },
    ];
    let details = PersonDetails::new(
        command.first_name.as_deref(),
        command.last_name.as_deref(),
        command.identifier.as_deref(),
    );
    events.extend(details.map(|details| details_set(person, details)));
    events.push(Event::MembershipSet { membership, source });
    if command.send_welcome_email {
        events.push(Event::UserWelcomed { person: person.clone() });
    }
    events
}

/// A person of whom only the id is known.
fn bare_person(id: &Id) -> PersonDoc {
    PersonDoc {
        id: id.clone(),
        aliases: Vec::new(),
        name: None,
        email: None,
        phone: None,
        first_name: None,
        last_name: None,
        identifier: None,
        kind: PersonKind::Person,
        state: PersonState::Active,
    }
}
