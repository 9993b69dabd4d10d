//! What a decision has to look up. A storage answers these questions; the rules are in `decide.rs`, once.

#[cfg(feature = "alloc")]
use crate::estate::PersonState;
use crate::key::Key;
use crate::reason::Basis;
use crate::request::ResourceKind;
use crate::time::{Timestamp, Validity};

/// A handle that names nothing.
pub(crate) const NONE: u32 = u32::MAX;

/// A handle as an index. On every platform of this library a `usize` has at least 32 bits.
#[inline]
pub(crate) const fn to_index(handle: u32) -> usize {
    handle as usize
}

/// Whether a person may be answered at all [C-27].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Active,
    Blocked,
    Deleted,
}

#[cfg(feature = "alloc")]
impl From<PersonState> for Standing {
    fn from(state: PersonState) -> Self {
        match state {
            PersonState::Active => Self::Active,
            PersonState::Blocked => Self::Blocked,
            PersonState::Deleted => Self::Deleted,
        }
    }
}

#[cfg(feature = "alloc")]
impl From<Standing> for PersonState {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Active => Self::Active,
            Standing::Blocked => Self::Blocked,
            Standing::Deleted => Self::Deleted,
        }
    }
}

/// Which residents a common door is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    AllResidents,
    Nobody,
    Units,
}

/// What a decision needs to know of a door, in the bits of an image's door (format.md, section 5): most decisions look at
/// one of them or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DoorFacts(u8);

impl DoorFacts {
    const AUDIENCE: u8 = 0b11;
    const ALL_RESIDENTS: u8 = 0;
    #[cfg(feature = "alloc")]
    const NOBODY: u8 = 1;
    const UNITS: u8 = 2;
    const GUESTS: u8 = 1 << 2;
    const ENABLED: u8 = 1 << 3;

    #[cfg(feature = "alloc")]
    pub(crate) const fn new(audience: Audience, guests: bool, enabled: bool) -> Self {
        let audience = match audience {
            Audience::AllResidents => Self::ALL_RESIDENTS,
            Audience::Nobody => Self::NOBODY,
            Audience::Units => Self::UNITS,
        };
        let guests = if guests { Self::GUESTS } else { 0 };
        let enabled = if enabled { Self::ENABLED } else { 0 };
        Self(audience | guests | enabled)
    }

    #[inline]
    pub(crate) const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Whether all bits mean something.
    pub(crate) const fn is_known(self) -> bool {
        let known = Self::AUDIENCE | Self::GUESTS | Self::ENABLED;
        self.0 & !known == 0 && self.0 & Self::AUDIENCE != Self::AUDIENCE
    }

    #[cfg(feature = "alloc")]
    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    #[inline]
    pub(crate) const fn audience(self) -> Audience {
        match self.0 & Self::AUDIENCE {
            Self::ALL_RESIDENTS => Audience::AllResidents,
            Self::UNITS => Audience::Units,
            _ => Audience::Nobody,
        }
    }

    #[inline]
    pub(crate) const fn guests(self) -> bool {
        self.0 & Self::GUESTS != 0
    }

    #[inline]
    pub(crate) const fn enabled(self) -> bool {
        self.0 & Self::ENABLED != 0
    }
}

/// Where a resource is. What it is not in is [`NONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) organisation: u32,
    pub(crate) building: u32,
    pub(crate) integration: u32,
    /// The unit itself, or the unit that a door belongs to.
    pub(crate) unit: u32,
    /// For a door.
    pub(crate) door: Option<DoorFacts>,
}

/// How a resident belongs to a unit [C-28].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResidentKind {
    /// UNIT or LINKED.
    Household,
    Guest,
    /// A BLOCKED residency: a restriction, never a grant.
    Blocked,
}

/// The site roles in a held path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sites {
    None,
    Any,
    One(u32),
}

/// The buildings in which a membership's groups count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    None,
    AllOfCompany,
    /// A list of the storage.
    Listed(u32),
}

/// One grant of a person. All fields are handles of the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) form: Form,
    /// What it grants; see [`Facts::holds`].
    pub(crate) meaning: u16,
    /// The window in which it is valid, the membership's included; 0 is always.
    pub(crate) condition: u32,
    /// The path, group or residency behind it.
    pub(crate) source: u32,
}

/// What kind of grant, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Residency { unit: u32, building: u32, kind: ResidentKind },
    Administrator { unit: u32 },
    SiteRole { organisation: u32, sites: Sites },
    OrganisationRole { organisation: u32, sites: Sites },
    Group { organisation: u32, access: Access },
    Platform { sites: Sites },
}

impl Form {
    /// The organisation at which it is held.
    #[cfg(feature = "alloc")]
    pub(crate) const fn organisation(&self) -> Option<u32> {
        match self {
            Self::SiteRole { organisation, .. }
            | Self::OrganisationRole { organisation, .. }
            | Self::Group { organisation, .. } => Some(*organisation),
            Self::Residency { .. } | Self::Administrator { .. } | Self::Platform { .. } => None,
        }
    }

    pub(crate) const fn basis(&self) -> Basis {
        match self {
            Self::Residency { .. } => Basis::Residency,
            Self::Administrator { .. } => Basis::UnitAdministrator,
            Self::SiteRole { .. } => Basis::SiteRole,
            Self::Group { .. } => Basis::PermissionGroup,
            Self::OrganisationRole { .. } => Basis::OrganisationRole,
            Self::Platform { .. } => Basis::PlatformRole,
        }
    }
}

/// Which keys of a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// On everything within the holding organisation.
    Everywhere,
    /// On the matching sites.
    Site,
    /// On the matching sites, bound by audiences.
    SiteBound,
}

/// The meaning of a residency.
pub(crate) const RESIDENT_MEANING: u16 = 0;
/// The meaning of an administrator of a unit, and of its token.
pub(crate) const ADMINISTRATOR_MEANING: u16 = 1;

/// A storage that a decision can be made on. No answer allocates, none can fail; a handle that names
/// nothing gets the answer that denies.
pub(crate) trait Facts {
    /// The kind of resource a key is about.
    fn key_kind(&self, key: Key) -> Option<ResourceKind>;
    /// The key that staff need beside this one on the door of a unit [C-71].
    fn unit_door_key(&self, key: Key) -> Option<Key>;
    /// Whether the key moves the bolt of a door.
    fn opens_door(&self, key: Key) -> bool;
    /// Whether a meaning has a key in this part.
    fn holds(&self, meaning: u16, part: Part, key: Key) -> bool;

    /// None for a handle that names nobody.
    fn standing(&self, person: u32) -> Option<Standing>;
    /// Whether some residency of the person is BLOCKED.
    fn is_blocked_somewhere(&self, person: u32) -> bool;
    /// The grants: BLOCKED residencies first, then in the order of their basis, ties as in
    /// semantics.md 3.7, but for organisation roles, which come in any order of depth.
    fn grants(&self, person: u32) -> impl Iterator<Item = Grant>;
    /// The window behind a condition.
    fn validity(&self, condition: u32) -> Validity;
    /// Whether a condition holds at an instant.
    fn is_valid(&self, condition: u32, at: Timestamp) -> bool {
        self.validity(condition).contains(at)
    }

    /// None for a handle that names nothing.
    fn place(&self, kind: ResourceKind, handle: u32) -> Option<Place>;
    /// Whether neither the organisation nor one above it is deleted.
    fn is_live(&self, organisation: u32) -> bool;
    /// How far below the root `above` stands on the way from the root to `organisation`; none when it
    /// does not stand there.
    fn depth_on_path(&self, organisation: u32, above: u32) -> Option<u32>;
    /// Whether an organisation serves a building.
    fn serves(&self, organisation: u32, building: u32) -> bool;
    /// Whether a list of building access has a building.
    fn lists_building(&self, list: u32, building: u32) -> bool;
    /// Whether the audience of a door lists a unit.
    fn audience_lists(&self, door: u32, unit: u32) -> bool;
    /// Whether an integration is of kind `virtual_access`.
    fn is_site(&self, integration: u32) -> bool;
    /// Whether a unit is in service.
    fn unit_enabled(&self, unit: u32) -> bool;
    /// The integration that contains a unit, or [`NONE`].
    fn unit_integration(&self, unit: u32) -> u32;
}

/// A question whose ids are resolved to handles of one storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) principal: Who,
    pub(crate) key: Key,
    pub(crate) kind: ResourceKind,
    pub(crate) resource: u32,
    /// [`NONE`] where none is given.
    pub(crate) acting_org: u32,
    pub(crate) at: Timestamp,
}

/// A principal as a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Person(u32),
    UnitToken(u32),
}
