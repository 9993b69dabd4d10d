//! The directory: an estate alive in memory, indexed both ways, answering.

mod access;
mod ask;
pub mod commands;
mod contacts;
mod describe;
mod edit;
pub mod events;
mod export;
mod facts;
mod freeze;
mod giving;
mod giving_organisation;
mod giving_person;
mod holdings;
mod hubs;
mod ids;
mod interned;
mod lint;
mod lists;
mod load;
pub mod queries;
mod roles;
mod secrets;
mod tables;
mod without;

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use self::interned::{Conditions, Meanings};
use self::lists::Lists;
use self::roles::Roles;
use self::tables::{
    Accounts, Buildings, Doors, Groups, Integrations, JobFunctions, Memberships, Organisations,
    People, Residencies, Units,
};
use crate::catalog::Catalog;
use crate::estate::{CatalogDoc, Settings};
use crate::id::IdRef;

pub use self::freeze::{FreezeError, Issue, Slice};
pub use self::lint::{Lint, LintCode};
pub(crate) use self::load::add_rule_faults;
pub use self::queries::{
    BuildingUserRow, ListItem, ListQuery, ListedResident, LobbyRow, MemberDepth, MemberRow, Page,
    PageError, PageRequest,
};

/// An estate that answers. Reading takes `&self` and never allocates for a decision.
///
/// ```
/// use vestibule::{Directory, Effect, TextRequest, Timestamp};
///
/// let estate = br#"{
///   "version": 1,
///   "organisations": [{ "id": "operator", "name": "Operator" }],
///   "buildings": [{ "id": "court", "owner": "operator" }],
///   "integrations": [{ "id": "panel", "building": "court" }],
///   "units": [{ "id": "u12", "number": "12", "building": "court", "integration": "panel" }],
///   "doors": [{ "id": "front", "integration": "panel", "audience": "all_residents" }],
///   "people": [{ "id": "ana" }],
///   "residencies": [{ "person": "ana", "unit": "u12", "valid": { "to": "2027-01-01T00:00:00Z" } }]
/// }"#;
/// let directory = Directory::from_json(estate)?;
/// let question = TextRequest {
///     principal: "person:ana",
///     action: "doors:open",
///     resource: "door:front",
///     acting_org: None,
///     at: Timestamp::parse("2026-11-22T18:00:00Z")?,
/// };
/// let decision = directory.decide_text(&question)?;
/// assert_eq!(decision.effect(), Effect::Allow);
/// assert_eq!(decision.until(), Timestamp::parse("2027-01-01T00:00:00Z")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Directory {
    catalog: Arc<Catalog>,
    /// What the estate adds to the built-in catalog, in order.
    catalog_doc: CatalogDoc,
    settings: Settings,
    revision: u64,
    meanings: Meanings,
    /// The windows of grants.
    conditions: Conditions,

    accounts: Accounts,
    organisations: Organisations,
    buildings: Buildings,
    integrations: Integrations,
    units: Units,
    doors: Doors,
    people: People,
    groups: Groups,
    job_functions: JobFunctions,

    roles: Roles,
    memberships: Memberships,
    residencies: Residencies,
    /// The buildings of listed access, sorted.
    building_lists: Lists,
    /// Lists of buildings that no membership has.
    free_building_lists: Vec<u32>,
    platform_holders: Vec<u32>,
}

impl fmt::Debug for Directory {
    /// How much there is, and none of it: a directory is large, and has people's addresses in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Directory")
            .field("revision", &self.revision)
            .field("organisations", &self.organisations.ids.len())
            .field("buildings", &self.buildings.ids.len())
            .field("doors", &self.doors.ids.len())
            .field("people", &self.people.ids.len())
            .finish_non_exhaustive()
    }
}

/// How to reach a person. Of no effect on any decision.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Contact<'d> {
    /// Full name.
    pub name: Option<&'d str>,
    /// E-mail address.
    pub email: Option<&'d str>,
    /// Telephone number.
    pub phone: Option<&'d str>,
}

impl Directory {
    /// How to reach a person, by id or alias; none for an unknown person.
    #[must_use]
    pub fn contact(&self, person: IdRef<'_>) -> Option<Contact<'_>> {
        let person = self.people.ids.find(&person)?;
        let contacts = &self.people.contacts;
        Some(Contact {
            name: contacts.name(person),
            email: contacts.email(person),
            phone: contacts.phone(person),
        })
    }
}
