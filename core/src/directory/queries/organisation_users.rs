//! The members of an organisation, for a caller who may list them [3-12, 3-31..3-33, C-49, C-86, C-87].

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::list::id_key;
use super::organisation_views::RolesById;
use super::pagination::{Part, Whole};
use super::query::{OutputOptions, Pagination};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, OrganisationError};
use crate::error::AccessError;
use crate::facts::Facts;
use crate::id::{Id, IdRef};

/// A member, once, with what they hold where [C-87].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationUserView<'d> {
    /// Who.
    #[serde(rename = "id")]
    pub person: IdRef<'d>,
    /// E-mail address; null where there is none.
    pub email: Option<&'d str>,
    /// Full name; null where there is none.
    pub name: Option<&'d str>,
    /// Each organisation they belong to, of those that are listed, with the roles they hold there.
    pub roles: RolesById<'d>,
}

/// A part of the members of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationUserPage<'d> {
    /// The members, by id.
    pub items: Vec<OrganisationUserView<'d>>,
    /// How many there are in all.
    pub total: usize,
    /// The limit used.
    pub limit: u32,
    /// Where the next part begins; none after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// A person with the organisations to which they belong.
struct Member {
    person: u32,
    organisations: Vec<u32>,
}

impl Directory {
    pub(super) fn query_org_users<'d>(
        &'d self,
        context: &'d Context,
        organisation: &Id,
        recursive: bool,
        options: OutputOptions,
        pagination: &Pagination,
    ) -> Result<OrganisationUserPage<'d>, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let acting_org = caller.require_acting_org()?;
        let organisation = self.shown_organisation(organisation, options.shows(false))?;
        require_acting_above(&caller, organisation, acting_org)?;
        require_listing(&caller, organisation)?;

        let items = self.members_listed(&caller, organisation, recursive, options);
        let key =
            |member: &Member| self.people.ids.id(member.person).map(id_key).unwrap_or_default();
        let fingerprint = self.user_list_fingerprint(organisation, recursive, options);
        let whole = Whole { items, key, fingerprint, revision: self.revision() };
        let Part { items, total, limit, next_cursor } = whole.part(pagination)?;
        let views = items.into_iter().filter_map(|member| self.user_view(&caller, &member));
        Ok(OrganisationUserPage { items: views.collect(), total, limit, next_cursor })
    }

    fn user_list_fingerprint(
        &self,
        organisation: u32,
        recursive: bool,
        options: OutputOptions,
    ) -> u64 {
        let id = self.organisations.ids.id(organisation);
        let (live, deleted) = (options.shows(true), options.shows(false));
        let list = format!("list_org_users {id:?} {recursive} {live} {deleted}");
        crate::hash::bytes(list.as_bytes())
    }

    /// The members of the organisation, and of those below it whose users the caller may list too: a permission group says
    /// nothing of what is below [C-75].
    fn members_listed(
        &self,
        caller: &Caller<'_>,
        organisation: u32,
        recursive: bool,
        options: OutputOptions,
    ) -> Vec<Member> {
        let within = if recursive { self.subtree(organisation) } else { alloc::vec![organisation] };
        let listed = within.into_iter().filter(|at| {
            options.shows(self.is_live(*at))
                && (*at == organisation || require_listing(caller, *at).is_ok())
        });
        let mut found = Vec::new();
        for organisation in listed {
            self.add_members(organisation, caller.at, &mut found);
        }
        self.group_by_person(found)
    }

    /// Pairs of person and organisation, each person once, all by id.
    fn group_by_person(&self, mut found: Vec<(u32, u32)>) -> Vec<Member> {
        self.sort_members(&mut found);
        let mut members: Vec<Member> = Vec::new();
        for (person, organisation) in found {
            match members.last_mut() {
                Some(last) if last.person == person => last.organisations.push(organisation),
                _ => members.push(Member { person, organisations: alloc::vec![organisation] }),
            }
        }
        members
    }

    fn user_view(&self, caller: &Caller<'_>, member: &Member) -> Option<OrganisationUserView<'_>> {
        let Member { person, organisations } = member;
        let roles = organisations.iter().filter_map(|at| self.roles_in(*person, *at, caller.at));
        Some(OrganisationUserView {
            person: self.people.ids.id(*person)?,
            email: self.people.contacts.email(*person),
            name: self.people.contacts.name(*person),
            roles: RolesById(roles.collect()),
        })
    }
}

/// Step 3 with an acting organisation, which must be it or above it. Not 404 but 403 in every case: to know that an
/// organisation is there is no secret in this family [C-15, C-76].
fn require_acting_above(
    caller: &Caller<'_>,
    organisation: u32,
    acting_org: u32,
) -> Result<(), AccessError> {
    if caller.directory.depth_on_path(organisation, acting_org).is_some() {
        return Ok(());
    }
    let id = caller.acting_org.ok_or(AccessError::OrgContextRequired)?;
    Err(AccessError::OrgContext { organisation: id.clone() })
}

/// Step 4: `users:list` on an organisation, asked from where a deleted one is decided [C-41, C-86].
fn require_listing(caller: &Caller<'_>, organisation: u32) -> Result<(), AccessError> {
    let (kind, handle) = caller.authority_over(organisation);
    caller.require("users:list", kind, handle).map(drop)
}
