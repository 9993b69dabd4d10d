//! The directory: an estate alive in memory, indexed both ways, answering.

mod access;
mod ask;
pub mod commands;
mod describe;
pub mod events;
mod facts;
mod giving;
mod giving_organisation;
mod ids;
mod lint;
mod lists;
mod load;
pub mod queries;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use self::ids::{IdTable, to_index};
use self::lists::Lists;
use crate::catalog::{Catalog, Meaning};
use crate::estate::{LocalizedText, OrganisationKind, PersonKind, ResidencyStatus, ResidencyType};
use crate::facts::{Access, DoorFacts, Grant, Standing};
use crate::id::IdRef;
use crate::path::RolePath;
use crate::time::Validity;

pub use self::ask::{OrganisationHandle, PrincipalHandle, Question, ResourceHandle};
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
pub struct Directory {
    catalog: Catalog,
    revision: u64,
    meanings: Vec<Meaning>,
    /// The windows of grants; the first is always.
    conditions: Vec<Validity>,

    organisations: Organisations,
    buildings: Buildings,
    integrations: Integrations,
    units: Units,
    doors: Doors,
    people: People,
    groups: Groups,

    /// Role paths in the order of their text.
    roles: Vec<RolePath>,
    memberships: Vec<Membership>,
    residencies: Vec<Residency>,
    display_names: Vec<Box<str>>,
    /// The buildings of listed access, sorted.
    building_lists: Lists,
    platform_holders: Vec<u32>,
}

#[derive(Default)]
struct Organisations {
    ids: IdTable,
    names: Vec<LocalizedText>,
    rows: Vec<Organisation>,
    /// From the root down to the organisation itself.
    paths: Lists,
    children: Lists,
    buildings: Lists,
    /// Buildings it serves, sorted.
    serves: Lists,
    /// Positions in `memberships`, by person.
    memberships: Lists,
    /// People with a role here that grants something and names no integration.
    role_holders: Lists,
    /// People with a permission group here.
    group_members: Lists,
    /// Those of them whose building access is all of the company.
    company_members: Lists,
}

#[derive(Clone, Copy)]
struct Organisation {
    is_live: bool,
}

#[derive(Default)]
struct Buildings {
    ids: IdTable,
    names: Vec<Box<str>>,
    owners: Vec<u32>,
    integrations: Lists,
    units: Lists,
    served_by: Lists,
    /// People whose building access lists it and who have a permission group there.
    listed_members: Lists,
}

#[derive(Default)]
struct Integrations {
    ids: IdTable,
    names: Vec<Box<str>>,
    rows: Vec<Integration>,
    units: Lists,
    doors: Lists,
    /// People with a role that names it literally.
    role_holders: Lists,
    /// Those of them who have staff keys by it.
    staff_holders: Lists,
}

#[derive(Clone, Copy)]
struct Integration {
    building: u32,
    organisation: u32,
    is_site: bool,
}

#[derive(Default)]
struct Units {
    ids: IdTable,
    numbers: Vec<Box<str>>,
    rows: Vec<Unit>,
    /// Positions in `residencies`, by person.
    residencies: Lists,
    administrators: Lists,
    doors: Lists,
    /// Common doors whose audience lists it.
    audience_of: Lists,
}

#[derive(Clone, Copy)]
struct Unit {
    building: u32,
    integration: u32,
    organisation: u32,
    is_enabled: bool,
}

#[derive(Default)]
struct Doors {
    ids: IdTable,
    names: Vec<Box<str>>,
    rows: Vec<Door>,
    /// Units in the audience, sorted.
    audience: Lists,
}

#[derive(Clone, Copy)]
struct Door {
    integration: u32,
    unit: u32,
    building: u32,
    organisation: u32,
    facts: DoorFacts,
}

#[derive(Default)]
struct People {
    ids: IdTable,
    rows: Vec<Person>,
    contacts: Contacts,
    grants: Lists<Grant>,
    /// Positions in `memberships`.
    memberships: Lists,
}

#[derive(Clone, Copy)]
struct Person {
    standing: Standing,
    kind: PersonKind,
    /// Whether some residency of theirs is BLOCKED.
    is_blocked_somewhere: bool,
}

/// Names, e-mail addresses and telephone numbers, end to end.
#[derive(Default)]
struct Contacts {
    text: String,
    spans: Vec<ContactSpan>,
}

#[derive(Clone, Copy)]
struct ContactSpan {
    start: u32,
    name: u16,
    email: u16,
    phone: u16,
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

impl Contacts {
    fn part(&self, person: u32, part: impl Fn(&ContactSpan) -> (usize, u16)) -> Option<&str> {
        let span = self.spans.get(to_index(person))?;
        let (before, length) = part(span);
        let start = to_index(span.start).checked_add(before)?;
        let text = self.text.get(start..start.checked_add(usize::from(length))?)?;
        (!text.is_empty()).then_some(text)
    }

    fn name(&self, person: u32) -> Option<&str> {
        self.part(person, |span| (0, span.name))
    }

    fn email(&self, person: u32) -> Option<&str> {
        self.part(person, |span| (usize::from(span.name), span.email))
    }

    fn phone(&self, person: u32) -> Option<&str> {
        self.part(person, |span| {
            (usize::from(span.name).saturating_add(usize::from(span.email)), span.phone)
        })
    }
}

#[derive(Default)]
struct Groups {
    ids: IdTable,
    rows: Vec<Group>,
}

struct Group {
    name: Box<str>,
    kind: OrganisationKind,
    /// The account it belongs to, or [`NONE`] for every account.
    account: u32,
    entries: Vec<RolePath>,
    meaning: u16,
}

#[derive(Clone, Copy)]
struct Membership {
    person: u32,
    organisation: u32,
    condition: u32,
    access: Access,
}

#[derive(Clone, Copy)]
struct Residency {
    person: u32,
    unit: u32,
    condition: u32,
    /// Position in `display_names`, or [`NONE`].
    display_name: u32,
    residency_type: ResidencyType,
    status: ResidencyStatus,
    directory_visible: bool,
    receives_calls: bool,
}
