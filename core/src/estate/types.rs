//! The rows of an estate, as written. Field by field: `core/docs/semantics.md`, section 6.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::text::LocalizedText;
use crate::id::Id;
use crate::limits::DEFAULT_ORGANISATION_DEPTH;
use crate::path::RolePath;
use crate::time::{Timestamp, Validity};

/// The default of what is on unless switched off.
#[cfg(feature = "schema")]
const fn yes() -> bool {
    true
}

/// The version of the document that this library reads and writes.
pub(crate) const VERSION: u32 = 1;

/// The whole document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Estate {
    /// Version of the format: 1.
    #[cfg_attr(feature = "schema", schemars(extend("const" = 1)))]
    pub version: u32,
    /// Counts the changes of the estate; the host's number, 0 where it keeps none.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub revision: u64,
    /// Limits that an estate sets for itself.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub settings: Settings,
    /// What this estate adds to the built-in catalog.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub catalog: CatalogDoc,
    /// Labels on root organisations.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub accounts: Vec<Account>,
    /// The trees of organisations.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub organisations: Vec<OrganisationDoc>,
    /// Buildings, each owned by one organisation.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub buildings: Vec<BuildingDoc>,
    /// Integrations, each in one building.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub integrations: Vec<IntegrationDoc>,
    /// Units (apartments, offices), each in one building.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub units: Vec<UnitDoc>,
    /// Doors, each on one integration.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub doors: Vec<DoorDoc>,
    /// People, guests and services.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub people: Vec<PersonDoc>,
    /// Permission groups of accounts.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub permission_groups: Vec<PermissionGroupDoc>,
    /// Job functions of accounts.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub job_functions: Vec<JobFunctionDoc>,
    /// Who belongs to which organisation, and with which roles.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub memberships: Vec<MembershipDoc>,
    /// Who lives where.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub residencies: Vec<ResidencyDoc>,
    /// Roles held above every organisation.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub platform_roles: Vec<PlatformRoleDoc>,
    /// Ids of organisations that are gone for good; no organisation may have one again [3-24].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub purged_organisations: Vec<Id>,
}

impl Default for Estate {
    fn default() -> Self {
        Self {
            version: VERSION,
            revision: 0,
            settings: Settings::default(),
            catalog: CatalogDoc::default(),
            accounts: Vec::new(),
            organisations: Vec::new(),
            buildings: Vec::new(),
            integrations: Vec::new(),
            units: Vec::new(),
            doors: Vec::new(),
            people: Vec::new(),
            permission_groups: Vec::new(),
            job_functions: Vec::new(),
            memberships: Vec::new(),
            residencies: Vec::new(),
            platform_roles: Vec::new(),
            purged_organisations: Vec::new(),
        }
    }
}

/// Limits that an estate sets for itself. No setting changes a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields, default))]
pub struct Settings {
    /// Deepest organisation allowed; a root has depth 1. 1..=64, default 16 [C-47].
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 64)))]
    pub max_organisation_depth: u32,
    /// Whether a permission must be a key of the catalog wherever one is asked for by text [C-48].
    pub strict_permissions: bool,
    /// Whether e-mail addresses and telephone numbers must have their usual form [C-13].
    pub strict_contact: bool,
    /// Whether a member may be added without any permission group [C-30].
    pub allow_no_initial_permissions: bool,
    /// Whether the last administrator of an organisation may be removed [C-31].
    pub allow_last_administrator_removal: bool,
    /// Whether organisations side by side need names that differ [C-51].
    pub unique_sibling_names: bool,
    /// How long a deleted organisation is kept before it may be purged, in milliseconds [C-43].
    pub purge_retention_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_organisation_depth: DEFAULT_ORGANISATION_DEPTH,
            strict_permissions: false,
            strict_contact: false,
            allow_no_initial_permissions: false,
            allow_last_administrator_removal: false,
            unique_sibling_names: false,
            purge_retention_ms: 0,
        }
    }
}

/// Additions to the built-in catalog [C-72].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields, default))]
pub struct CatalogDoc {
    /// New permission keys.
    pub permissions: Vec<PermissionDoc>,
    /// New lines, and replacements of built-in ones.
    pub roles: Vec<LineDoc>,
}

/// A permission key that an estate adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct PermissionDoc {
    /// The key: a role path without `*`.
    pub key: RolePath,
    /// The kind of resource the key is about.
    pub kind: KeyKind,
}

/// A line of the catalog: what a role means [C-5].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct LineDoc {
    /// A role path without `*`, or `virtual_access:integration:{integration}:…` with the slot.
    pub role: String,
    /// Where it may be held. None for a role with a slot, which is held at organisations and reaches a site.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub held_at: Option<HeldAt>,
    /// Keys and key patterns. Empty: the role grants nothing.
    pub keys: Vec<RolePath>,
    /// Whether a door's audience binds this role [C-71]. Only roles with a slot.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub audience_bound: bool,
    /// Who may give the role beside those whose own roles cover it [C-4].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub given_by: Vec<GivenBy>,
    /// The kinds of organisation that may hold it; absent: all. Never empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub organisation_kinds: Option<Vec<OrganisationKind>>,
}

/// A key that lets its holder give a role to somebody else [C-4].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct GivenBy {
    /// The key.
    pub key: RolePath,
    /// On what the giver must be allowed it.
    pub on: GivenOn,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)+];
            pub(crate) const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word used in documents and on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// Where a line may be held.
    HeldAt {
        /// Above every organisation.
        Platform = "platform",
        /// At an organisation, through a membership.
        Organisation = "organisation",
        /// At a unit, as its administrator.
        Unit = "unit",
    }
}

words! {
    /// On what a giver must be allowed the key of a [`GivenBy`].
    GivenOn {
        /// The integration that the role names.
        Integration = "integration",
        /// The unit in which the receiver gets a residency.
        Unit = "unit",
    }
}

words! {
    /// The kind of resource that a permission key is about [C-74].
    KeyKind {
        /// An organisation.
        Organisation = "organisation",
        /// A building.
        Building = "building",
        /// An integration.
        Integration = "integration",
        /// A unit.
        Unit = "unit",
        /// A door.
        Door = "door",
    }
}

words! {
    /// What an organisation is in its account [4-2].
    OrganisationKind {
        /// Property management.
        Pmo = "pmo",
        /// A tenant of buildings.
        Tenant = "tenant",
        /// A vendor to buildings.
        Vendor = "vendor",
    }
}

words! {
    /// What an integration is. Site roles reach `virtual_access` integrations only [1-6].
    IntegrationKind {
        /// An intercom site.
        VirtualAccess = "virtual_access",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// The state of a unit or a door.
    SwitchStatus {
        /// In service.
        Enabled = "ENABLED",
        /// Out of service.
        Disabled = "DISABLED",
    }
}

words! {
    /// What a principal is [C-82].
    PersonKind {
        /// A human being with an account.
        Person = "person",
        /// A visitor: holds GUEST residencies and nothing else.
        Guest = "guest",
        /// A program with an API key.
        Service = "service",
    }
}

words! {
    /// The state of a person; all but `active` deny everything everywhere [C-27].
    PersonState {
        /// In good standing.
        Active = "active",
        /// Shut out for now.
        Blocked = "blocked",
        /// Gone; kept for the records.
        Deleted = "deleted",
    }
}

words! {
    /// The status of a residency; `BLOCKED` denies everything in the building [C-27].
    ResidencyStatus {
        /// In good standing.
        Active = "ACTIVE",
        /// Shut out of the building.
        Blocked = "BLOCKED",
    }
}

words! {
    /// How a person belongs to a unit [C-28].
    ResidencyType {
        /// The household of the unit.
        Unit = "UNIT",
        /// A guest of the unit: opens doors with `guests: true` only.
        Guest = "GUEST",
        /// A further person of the unit; may not administer it.
        Linked = "LINKED",
    }
}

/// A label on root organisations; groups, job functions and e-mail addresses are per account [C-69].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Account {
    /// Its id.
    pub id: Id,
    /// Ids of other systems for it [C-70].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aliases: Vec<Id>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub name: Option<Box<str>>,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct OrganisationDoc {
    /// Its id.
    pub id: Id,
    /// Ids of other systems for it [C-70].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aliases: Vec<Id>,
    /// Its name, in one or more languages [C-12].
    pub name: LocalizedText,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub description: Option<Box<str>>,
    /// The organisation above it; none for a root.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub parent: Option<Id>,
    /// The account of a root and of everything below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub account: Option<Id>,
    /// What it is in its account; none where that does not matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub kind: Option<OrganisationKind>,
    /// Buildings it works or rents in without owning them [C-69].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub serves: Vec<Id>,
    /// Present when it is deleted, and with it everything below [C-41].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub deleted: Option<Deletion>,
}

/// That an organisation was deleted, reversibly. A state: the instant is for the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Deletion {
    /// When.
    pub at: Timestamp,
    /// Shared by all that one deletion took, so that a restore brings back exactly these [C-40].
    pub id: Id,
}

/// A building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct BuildingDoc {
    /// Its id.
    pub id: Id,
    /// Ids of other systems for it, a property id among them [C-70].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aliases: Vec<Id>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub name: Option<Box<str>>,
    /// The organisation that owns it.
    pub owner: Id,
    /// Its IANA time zone, unused so far [C-80].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub time_zone: Option<Box<str>>,
}

/// An integration: a system in a building that controls doors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct IntegrationDoc {
    /// Its id.
    pub id: Id,
    /// Ids of other systems for it [C-70].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aliases: Vec<Id>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub name: Option<Box<str>>,
    /// The building it is in.
    pub building: Id,
    /// What it is.
    #[cfg_attr(feature = "schema", schemars(default = "IntegrationKind::default"))]
    pub kind: IntegrationKind,
}

/// A unit: an apartment, an office, a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct UnitDoc {
    /// Its id.
    pub id: Id,
    /// Ids of other systems for it [C-70].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aliases: Vec<Id>,
    /// Its number, as at the door.
    pub number: Box<str>,
    /// The building it is in.
    pub building: Id,
    /// The integration whose panel calls it, of the same building.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub integration: Option<Id>,
    /// Whether it is in service; a disabled one switches off its residencies, administrators and token [C-27].
    #[cfg_attr(feature = "schema", schemars(default = "SwitchStatus::default"))]
    pub status: SwitchStatus,
    /// Who manages its residents [C-66].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub administrators: Vec<AdministratorEntry>,
    /// Most residents that an administrator may let in, 1 or more; absent: no limit [C-66].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default, range(min = 1)))]
    pub resident_limit: Option<u32>,
    /// Counts the tokens of the unit that were withdrawn: one made for an earlier number is none [2-5].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub token_generation: u64,
}

/// That a person administers a unit; written as the person's id or as an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdministratorEntry {
    /// Who.
    pub person: Id,
    /// When; absent: always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<ValidityDoc>,
}

/// A door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct DoorDoc {
    /// Its id.
    pub id: Id,
    /// Ids of other systems for it [C-70].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aliases: Vec<Id>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub name: Option<Box<str>>,
    /// The integration that controls it.
    pub integration: Id,
    /// The unit it belongs to; absent: it is common.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub unit: Option<Id>,
    /// Which residents it is for; exactly when it is common [C-59].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub audience: Option<AudienceDoc>,
    /// Whether guests of these residents may open it too [C-28].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub guests: bool,
    /// Whether it is in service.
    #[cfg_attr(feature = "schema", schemars(default = "SwitchStatus::default"))]
    pub status: SwitchStatus,
}

/// Which residents a common door is for. There is no empty list that could mean everybody [C-59].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AudienceDoc {
    /// The residents of every unit of the door's integration.
    #[serde(rename = "all_residents")]
    AllResidents,
    /// No resident.
    #[serde(rename = "nobody")]
    Nobody,
    /// The residents of these units; at least one.
    #[serde(rename = "units")]
    Units(Vec<Id>),
}

/// A person, guest or service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct PersonDoc {
    /// Their id.
    pub id: Id,
    /// Ids of other systems for them [C-70].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aliases: Vec<Id>,
    /// Full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub name: Option<Box<str>>,
    /// E-mail address, 0 to 255 characters, not otherwise checked [C-13].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub email: Option<Box<str>>,
    /// Telephone number, 0 to 16 characters [C-13].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub phone: Option<Box<str>>,
    /// First name, where it is known apart from the full name [4-8].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub first_name: Option<Box<str>>,
    /// Last name, where it is known apart from the full name [4-8].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub last_name: Option<Box<str>>,
    /// The number of an employee, a text and no key [4-15].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub identifier: Option<Box<str>>,
    /// What they are.
    #[cfg_attr(feature = "schema", schemars(default = "PersonKind::default"))]
    pub kind: PersonKind,
    /// Whether they are in good standing.
    #[cfg_attr(feature = "schema", schemars(default = "PersonState::default"))]
    pub state: PersonState,
}

/// A permission group of an account [4-19].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct PermissionGroupDoc {
    /// Its id; that of a built-in group replaces it.
    pub id: Id,
    /// Ids of other systems for it [C-70].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aliases: Vec<Id>,
    /// Its account; absent only where a built-in group is replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub account: Option<Id>,
    /// Its name.
    pub name: Box<str>,
    /// The kind of organisation whose members may be in it.
    pub organisation_kind: OrganisationKind,
    /// Keys and key patterns.
    pub keys: Vec<RolePath>,
}

/// A job function: the permission groups that a new member starts with [4-10].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct JobFunctionDoc {
    /// Its id; that of a built-in job function replaces it.
    pub id: Id,
    /// Ids of other systems for it [C-70].
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aliases: Vec<Id>,
    /// Its account; absent only where a built-in job function is replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub account: Option<Id>,
    /// Its name.
    pub name: Box<str>,
    /// The kind of organisation whose members may have it.
    pub organisation_kind: OrganisationKind,
    /// The groups that a new member starts with.
    pub initial_groups: Vec<Id>,
}

/// That a person belongs to an organisation [4-24].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct MembershipDoc {
    /// Who.
    pub person: Id,
    /// Where.
    pub organisation: Id,
    /// When; absent: always. Everything inside the membership is valid only then too [C-80].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub valid: Option<ValidityDoc>,
    /// Roles held at the organisation.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub roles: Vec<GrantedRole>,
    /// Permission groups; absent: those of the job function, or none. Empty: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub permission_groups: Option<Vec<GrantedGroup>>,
    /// Job function.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub job_function: Option<Id>,
    /// The buildings in which the permission groups count; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub building_access: Option<BuildingAccess>,
}

/// A role in a membership; written as its path or as an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GrantedRole {
    /// The role.
    pub role: RolePath,
    /// When; absent: as long as the membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<ValidityDoc>,
}

/// A permission group in a membership; written as its id or as an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GrantedGroup {
    /// The group.
    pub group: Id,
    /// When; absent: as long as the membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<ValidityDoc>,
}

/// The buildings in which a membership's permission groups count [4-10..4-13, C-32].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "scope")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub enum BuildingAccess {
    /// Every building that the organisation owns, that a live descendant owns, or that it serves, now
    /// and later.
    #[serde(rename = "all_of_company")]
    AllOfCompany {
        /// Kept for the day when the scope is narrowed; of no effect before.
        #[cfg_attr(feature = "schema", schemars(default))]
        buildings: Vec<Id>,
    },
    /// These buildings; at least one.
    #[serde(rename = "listed")]
    Listed {
        /// The buildings.
        buildings: Vec<Id>,
    },
}

/// That a person lives in, works in, or is a guest of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct ResidencyDoc {
    /// Who.
    pub person: Id,
    /// Where.
    pub unit: Id,
    /// As what.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "schema", schemars(default = "ResidencyType::default"))]
    pub residency_type: ResidencyType,
    /// Whether in good standing.
    #[cfg_attr(feature = "schema", schemars(default = "ResidencyStatus::default"))]
    pub status: ResidencyStatus,
    /// When (the lease); absent: always.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub valid: Option<ValidityDoc>,
    /// Whether the lobby directory lists them [1-2].
    #[cfg_attr(feature = "schema", schemars(default = "yes"))]
    pub directory_visible: bool,
    /// Whether the panel may call them [1-2].
    #[cfg_attr(feature = "schema", schemars(default = "yes"))]
    pub receives_calls: bool,
    /// The name in the lobby directory; absent: the person's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub display_name: Option<Box<str>>,
    /// The host's reference to a secret of this resident, never the secret itself [2-18, C-26].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub secret: Option<Id>,
    /// Devices that ring and open for this resident.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub devices: Vec<DeviceDoc>,
}

/// A device of a resident; nothing that this library decides depends on one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct DeviceDoc {
    /// Its id in the system it comes from: 1 to 128 characters, no [`Id`] of this library [C-2].
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 128)))]
    pub device_id: Box<str>,
    /// What that system says of it: at most 32 names of 1 to 64 characters, with texts of up to 255.
    #[cfg_attr(feature = "schema", schemars(default, extend("maxProperties" = 32)))]
    pub attributes: BTreeMap<Box<str>, Box<str>>,
}

/// A role held above every organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct PlatformRoleDoc {
    /// Who.
    pub person: Id,
    /// The role.
    pub role: RolePath,
    /// When; absent: always.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub valid: Option<ValidityDoc>,
}

/// A half-open window `[from, to)`; at least one end is given, and `from` is before `to` [C-54].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct ValidityDoc {
    /// The first instant inside; absent: since ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub from: Option<Timestamp>,
    /// The first instant after; absent: for ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub to: Option<Timestamp>,
}

impl ValidityDoc {
    /// The window, with open ends filled in.
    #[must_use]
    pub fn window(&self) -> Validity {
        Validity {
            from: self.from.unwrap_or(Timestamp::MIN),
            to: self.to.unwrap_or(Timestamp::MAX),
        }
    }
}

macro_rules! default_word {
    ($($name:ident = $variant:ident,)+) => {$(
        impl Default for $name {
            /// What a document that does not say means.
            fn default() -> Self {
                Self::$variant
            }
        }
    )+};
}

default_word! {
    IntegrationKind = VirtualAccess,
    SwitchStatus = Enabled,
    PersonKind = Person,
    PersonState = Active,
    ResidencyType = Unit,
    ResidencyStatus = Active,
}
