//! What is kept of each kind of entity, by handle. What few rows have stands in maps.

use alloc::boxed::Box;
use alloc::vec::Vec;

use hashbrown::HashTable;

use super::contacts::Contacts;
use super::ids::{IdTable, to_index};
use super::lists::Lists;
use super::secrets::Secrets;
use crate::estate::{
    AudienceDoc, Deletion, DeviceDoc, DoorDoc, LocalizedText, OrganisationKind, PersonDoc,
    PersonKind, ResidencyDoc, ResidencyStatus, ResidencyType, SwitchStatus,
};
use crate::facts::{Access, Audience, DoorFacts, Grant, NONE, Standing};
use crate::order::Order;
use crate::path::RolePath;
use crate::sorted::Map;

#[derive(Clone, Default)]
pub(crate) struct Accounts {
    pub(crate) ids: IdTable,
    pub(crate) names: Vec<Option<Box<str>>>,
}

#[derive(Clone, Default)]
pub(crate) struct Organisations {
    pub(crate) ids: IdTable,
    pub(crate) names: Vec<LocalizedText>,
    pub(crate) rows: Vec<Organisation>,
    pub(crate) descriptions: Map<u32, Box<str>>,
    /// Of those that are deleted themselves, not only with one above them.
    pub(crate) deletions: Map<u32, Deletion>,
    /// Ids that no organisation may have again.
    pub(crate) purged: IdTable,
    /// From the root down to the organisation itself.
    pub(crate) paths: Lists,
    pub(crate) children: Lists,
    pub(crate) buildings: Lists,
    /// Buildings it serves, sorted.
    pub(crate) serves: Lists,
    /// Rows of `memberships`.
    pub(crate) memberships: Lists,
    /// People with a role here that grants something and names no integration.
    pub(crate) role_holders: Lists,
    /// People with a permission group here.
    pub(crate) group_members: Lists,
    /// Those of them whose building access is all of the company.
    pub(crate) company_members: Lists,
}

#[derive(Clone, Copy)]
pub(crate) struct Organisation {
    pub(crate) is_live: bool,
    pub(crate) kind: Option<OrganisationKind>,
    /// Of a root; [`NONE`] where it has none, and of all others.
    pub(crate) account: u32,
}

#[derive(Clone, Default)]
pub(crate) struct Buildings {
    pub(crate) ids: IdTable,
    pub(crate) names: Vec<Box<str>>,
    pub(crate) owners: Vec<u32>,
    pub(crate) time_zones: Map<u32, Box<str>>,
    pub(crate) integrations: Lists,
    pub(crate) units: Lists,
    pub(crate) served_by: Lists,
    /// People whose building access lists it and who have a permission group there.
    pub(crate) listed_members: Lists,
}

#[derive(Clone, Default)]
pub(crate) struct Integrations {
    pub(crate) ids: IdTable,
    pub(crate) names: Vec<Box<str>>,
    pub(crate) rows: Vec<Integration>,
    pub(crate) units: Lists,
    pub(crate) doors: Lists,
    /// People with a role that names it literally.
    pub(crate) role_holders: Lists,
    /// Those of them who have staff keys by it.
    pub(crate) staff_holders: Lists,
}

#[derive(Clone, Copy)]
pub(crate) struct Integration {
    pub(crate) building: u32,
    pub(crate) organisation: u32,
    pub(crate) is_site: bool,
}

#[derive(Clone, Default)]
pub(crate) struct Units {
    pub(crate) ids: IdTable,
    pub(crate) numbers: Vec<Box<str>>,
    pub(crate) rows: Vec<Unit>,
    pub(crate) resident_limits: Map<u32, u32>,
    /// Where it is not 0.
    pub(crate) token_generations: Map<u32, u64>,
    /// Rows of `residencies`.
    pub(crate) residencies: Lists,
    pub(crate) administrators: Lists,
    pub(crate) doors: Lists,
    /// Common doors whose audience lists it.
    pub(crate) audience_of: Lists,
}

#[derive(Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) building: u32,
    pub(crate) integration: u32,
    pub(crate) organisation: u32,
    pub(crate) is_enabled: bool,
}

#[derive(Clone, Default)]
pub(crate) struct Doors {
    pub(crate) ids: IdTable,
    pub(crate) names: Vec<Box<str>>,
    pub(crate) rows: Vec<Door>,
    /// Units in the audience, sorted.
    pub(crate) audience: Lists,
}

#[derive(Clone, Copy)]
pub(crate) struct Door {
    pub(crate) integration: u32,
    pub(crate) unit: u32,
    pub(crate) building: u32,
    pub(crate) organisation: u32,
    pub(crate) facts: DoorFacts,
}

#[derive(Clone, Default)]
pub(crate) struct People {
    pub(crate) ids: IdTable,
    pub(crate) rows: Vec<Person>,
    pub(crate) contacts: Contacts,
    /// What is known of few.
    pub(crate) details: Map<u32, PersonDetails>,
    /// Those who have an e-mail address and belong to an organisation with an account, by the address.
    pub(crate) by_email: HashTable<u32>,
    pub(crate) grants: Lists<Grant>,
    /// Rows of `memberships`.
    pub(crate) memberships: Lists,
}

#[derive(Clone, Copy)]
pub(crate) struct Person {
    pub(crate) standing: Standing,
    pub(crate) kind: PersonKind,
    /// Whether some residency of theirs is BLOCKED.
    pub(crate) is_blocked_somewhere: bool,
}

impl DoorFacts {
    /// Those of a document.
    pub(crate) fn of(doc: &DoorDoc) -> Self {
        let audience = match &doc.audience {
            None | Some(AudienceDoc::Nobody) => Audience::Nobody,
            Some(AudienceDoc::AllResidents) => Audience::AllResidents,
            Some(AudienceDoc::Units(_)) => Audience::Units,
        };
        Self::new(audience, doc.guests, doc.status == SwitchStatus::Enabled)
    }
}

/// What is kept of a person and read by nobody here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PersonDetails {
    pub(crate) first_name: Option<Box<str>>,
    pub(crate) last_name: Option<Box<str>>,
    pub(crate) identifier: Option<Box<str>>,
}

impl PersonDetails {
    /// None where there is nothing; an empty text is none.
    pub(crate) fn new(
        first_name: Option<&str>,
        last_name: Option<&str>,
        identifier: Option<&str>,
    ) -> Option<Self> {
        let filled = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(Box::from);
        let details = Self {
            first_name: filled(first_name),
            last_name: filled(last_name),
            identifier: filled(identifier),
        };
        (details != Self::default()).then_some(details)
    }

    pub(crate) fn of(doc: &PersonDoc) -> Option<Self> {
        Self::new(doc.first_name.as_deref(), doc.last_name.as_deref(), doc.identifier.as_deref())
    }
}

#[derive(Clone, Default)]
pub(crate) struct Groups {
    pub(crate) ids: IdTable,
    pub(crate) rows: Vec<Group>,
}

#[derive(Clone)]
pub(crate) struct Group {
    pub(crate) name: Box<str>,
    pub(crate) kind: OrganisationKind,
    /// The account it belongs to, or [`NONE`] for every account.
    pub(crate) account: u32,
    pub(crate) entries: Vec<RolePath>,
    pub(crate) meaning: u16,
    /// Whether it is a built-in one that the estate says nothing of.
    pub(crate) is_builtin: bool,
}

#[derive(Clone, Default)]
pub(crate) struct JobFunctions {
    pub(crate) ids: IdTable,
    pub(crate) rows: Vec<JobFunction>,
}

#[derive(Clone)]
pub(crate) struct JobFunction {
    pub(crate) name: Box<str>,
    pub(crate) kind: OrganisationKind,
    /// The account it belongs to, or [`NONE`] for every account.
    pub(crate) account: u32,
    pub(crate) initial_groups: Vec<u32>,
    /// Whether it is a built-in one that the estate says nothing of.
    pub(crate) is_builtin: bool,
}

#[derive(Clone, Default)]
pub(crate) struct Memberships {
    pub(crate) rows: Vec<Membership>,
    /// Rows that are nobody's.
    pub(crate) free: Vec<u32>,
    pub(crate) job_functions: Map<u32, u32>,
    /// Buildings that stand beside access to all of the company.
    pub(crate) dormant: Map<u32, Vec<u32>>,
    /// The windows that roles and groups have themselves, where their membership has one too; elsewhere the condition of
    /// the grant says it.
    pub(crate) own_windows: Map<(u32, Source), u32>,
}

/// What a membership gives, by number or handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    Role(u32),
    Group(u32),
}

#[derive(Clone, Copy)]
pub(crate) struct Membership {
    /// [`NONE`] in a row that is nobody's.
    pub(crate) person: u32,
    pub(crate) organisation: u32,
    pub(crate) condition: u32,
    pub(crate) access: Access,
}

impl Memberships {
    pub(crate) fn get(&self, row: u32) -> Option<&Membership> {
        self.rows.get(to_index(row)).filter(|row| row.person != NONE)
    }
}

#[derive(Clone, Default)]
pub(crate) struct Residencies {
    pub(crate) rows: Vec<Residency>,
    /// Rows that are nobody's.
    pub(crate) free: Vec<u32>,
    pub(crate) display_names: Map<u32, Box<str>>,
    pub(crate) secrets: Secrets,
    pub(crate) devices: Map<u32, Vec<DeviceDoc>>,
}

#[derive(Clone, Copy)]
pub(crate) struct Residency {
    /// [`NONE`] in a row that is nobody's.
    pub(crate) person: u32,
    pub(crate) unit: u32,
    pub(crate) condition: u32,
    pub(crate) residency_type: ResidencyType,
    pub(crate) status: ResidencyStatus,
    pub(crate) directory_visible: bool,
    pub(crate) receives_calls: bool,
}

impl Residency {
    /// The row of a document, with what it refers to resolved.
    pub(crate) const fn of(doc: &ResidencyDoc, person: u32, unit: u32, condition: u32) -> Self {
        Self {
            person,
            unit,
            condition,
            residency_type: doc.residency_type,
            status: doc.status,
            directory_visible: doc.directory_visible,
            receives_calls: doc.receives_calls,
        }
    }
}

impl Residencies {
    pub(crate) fn get(&self, row: u32) -> Option<&Residency> {
        self.rows.get(to_index(row)).filter(|row| row.person != NONE)
    }
}

impl Residencies {
    /// Keeps what few residencies have.
    pub(crate) fn set_extras(&mut self, row: u32, doc: &ResidencyDoc) {
        set_or_remove(&mut self.display_names, row, doc.display_name.clone());
        self.secrets.set(row, doc.secret.clone());
        self.set_devices(row, doc.devices.clone());
    }
}

impl Residencies {
    /// Keeps devices in the order of their ids.
    pub(crate) fn set_devices(&mut self, row: u32, mut devices: Vec<DeviceDoc>) {
        devices.order_stable_by(|a, b| a.device_id.cmp(&b.device_id));
        set_or_remove(&mut self.devices, row, (!devices.is_empty()).then_some(devices));
    }
}

/// Puts what there is under a key, or nothing.
pub(crate) fn set_or_remove<K: Ord, T>(map: &mut Map<K, T>, key: K, value: Option<T>) {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}
