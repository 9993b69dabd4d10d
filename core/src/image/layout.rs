//! The rows of an image as they lie in its bytes (format.md). Reading one is reading its fields: there is nothing to unpack.

use zerocopy::little_endian::{I64, U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::section::Section;

/// The first bytes of every image: a byte that no text begins with, a name, and a line end that transfers as text damage.
pub(crate) const MAGIC: [u8; 8] = *b"\x89VSTBL\r\n";
/// The version that is written, and the highest that can be read.
pub(crate) const FORMAT_VERSION: u16 = 1;
pub(crate) const DIGEST_BYTES: usize = 32;
/// Where the digest lies, and so what it leaves out.
pub(crate) const DIGEST_OFFSET: usize = 16;
pub(crate) const HEADER_BYTES: usize = size_of::<Header>();
/// In a duration of the header: no limit is given.
pub(crate) const NO_LIMIT: u64 = u64::MAX;

/// In `sites` and `access`: any site, all buildings of the company.
pub(crate) const ALL: u32 = 0xffff_fffe;
/// A slot of no key.
pub(crate) const FREE_SLOT: u16 = u16::MAX;

/// The beginning of an image.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Header {
    pub(crate) magic: [u8; 8],
    pub(crate) version: U16,
    pub(crate) minimum_reader: U16,
    pub(crate) length: U32,
    pub(crate) digest: [u8; DIGEST_BYTES],
    pub(crate) revision: U64,
    pub(crate) issued_at: I64,
    pub(crate) fresh_for: U64,
    pub(crate) max_stale: U64,
    pub(crate) slice: u8,
    pub(crate) zero: [u8; 3],
    pub(crate) subject: U32,
    pub(crate) sections: U32,
    pub(crate) seal: U32,
}

/// An entry of the section table.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct SectionEntry {
    pub(crate) kind: U16,
    pub(crate) flags: U16,
    pub(crate) offset: U32,
    pub(crate) length: U32,
}

impl SectionEntry {
    pub(crate) const REQUIRED: u16 = 1;
}

/// A text in the section `text`.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    FromBytes,
    IntoBytes,
    Immutable,
    KnownLayout,
    Unaligned,
)]
#[repr(C)]
pub(crate) struct TextRef {
    pub(crate) start: U32,
    pub(crate) length: U16,
}

/// A permission key.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct KeyRow {
    pub(crate) text: TextRef,
    pub(crate) kind: u8,
    pub(crate) flags: u8,
}

impl KeyRow {
    pub(crate) const OPENS: u8 = 1;
    pub(crate) const OPENS_UNIT: u8 = 1 << 1;
}

/// Three sets of keys.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct MeaningRow {
    pub(crate) everywhere: [u8; 32],
    pub(crate) site: [u8; 32],
    pub(crate) site_bound: [u8; 32],
}

/// When a grant counts.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct ConditionRow {
    pub(crate) kind: U32,
    pub(crate) zero: U32,
    pub(crate) from: I64,
    pub(crate) to: I64,
}

impl ConditionRow {
    pub(crate) const ALWAYS: u32 = 0;
    pub(crate) const WINDOW: u32 = 1;
}

/// A row of a table. Every one begins with its id.
pub(crate) trait Row: FromBytes + IntoBytes + Immutable + KnownLayout + Unaligned {}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct OrganisationRow {
    pub(crate) id: [u8; 16],
    pub(crate) name: TextRef,
    pub(crate) parent: U32,
    pub(crate) preorder: U32,
    pub(crate) end: U32,
    pub(crate) depth: u8,
    pub(crate) flags: u8,
}

impl OrganisationRow {
    pub(crate) const LIVE: u8 = 1;
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct BuildingRow {
    pub(crate) id: [u8; 16],
    pub(crate) name: TextRef,
    pub(crate) owner: U32,
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct IntegrationRow {
    pub(crate) id: [u8; 16],
    pub(crate) name: TextRef,
    pub(crate) building: U32,
    pub(crate) organisation: U32,
    pub(crate) flags: u8,
}

impl IntegrationRow {
    pub(crate) const SITE: u8 = 1;
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct UnitRow {
    pub(crate) id: [u8; 16],
    pub(crate) number: TextRef,
    pub(crate) building: U32,
    pub(crate) integration: U32,
    pub(crate) organisation: U32,
    pub(crate) flags: u8,
}

impl UnitRow {
    pub(crate) const ENABLED: u8 = 1;
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct DoorRow {
    pub(crate) id: [u8; 16],
    pub(crate) name: TextRef,
    pub(crate) integration: U32,
    pub(crate) building: U32,
    pub(crate) organisation: U32,
    pub(crate) unit: U32,
    pub(crate) flags: u8,
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct PersonRow {
    pub(crate) id: [u8; 16],
    pub(crate) first_grant: U32,
    pub(crate) state: U32,
}

impl PersonRow {
    pub(crate) const GRANTS: u32 = 0x00ff_ffff;
    pub(crate) const STANDING_SHIFT: u32 = 24;
    pub(crate) const STANDING: u32 = 0b11;
    pub(crate) const BLOCKED_SOMEWHERE: u32 = 1 << 26;
    /// All bits that mean something.
    pub(crate) const KNOWN: u32 = 0x07ff_ffff;

    /// How many grants there are.
    #[inline]
    pub(crate) const fn grants(&self) -> u32 {
        self.state.get() & Self::GRANTS
    }
}

impl Row for OrganisationRow {}
impl Row for BuildingRow {}
impl Row for IntegrationRow {}
impl Row for UnitRow {}
impl Row for DoorRow {}
impl Row for PersonRow {}

/// A grant. Fields of 32 bits, not fewer: they are what a decision reads most.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct GrantRow {
    pub(crate) a: U32,
    pub(crate) b: U32,
    pub(crate) condition: U32,
    pub(crate) source: U32,
    pub(crate) rank: U32,
    pub(crate) meaning: U16,
    pub(crate) form: u8,
    pub(crate) zero: u8,
}

/// The forms of grants by their numbers.
pub(crate) mod form {
    pub(crate) const BLOCKED: u8 = 0;
    pub(crate) const HOUSEHOLD: u8 = 1;
    pub(crate) const GUEST: u8 = 2;
    pub(crate) const ADMINISTRATOR: u8 = 3;
    pub(crate) const SITE_ROLE: u8 = 4;
    pub(crate) const GROUP: u8 = 5;
    pub(crate) const ORGANISATION_ROLE: u8 = 6;
    pub(crate) const PLATFORM: u8 = 7;
}

/// What a lobby shows of a residency.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct LobbyRow {
    pub(crate) name: TextRef,
    pub(crate) flags: u8,
}

impl LobbyRow {
    pub(crate) const SHOWN: u8 = 1;
    pub(crate) const RECEIVES_CALLS: u8 = 1 << 1;
}

/// Bytes of a row of a section; text is rows of one byte.
pub(crate) const fn row_bytes(section: Section) -> usize {
    match section {
        Section::Text => 1,
        Section::Keys => size_of::<KeyRow>(),
        Section::KeySlots => size_of::<u16>(),
        Section::Meanings => size_of::<MeaningRow>(),
        Section::Conditions => size_of::<ConditionRow>(),
        Section::Organisations => size_of::<OrganisationRow>(),
        Section::Buildings => size_of::<BuildingRow>(),
        Section::Integrations => size_of::<IntegrationRow>(),
        Section::Units => size_of::<UnitRow>(),
        Section::Doors => size_of::<DoorRow>(),
        Section::People => size_of::<PersonRow>(),
        Section::OrganisationIndex
        | Section::BuildingIndex
        | Section::IntegrationIndex
        | Section::UnitIndex
        | Section::DoorIndex
        | Section::PersonIndex
        | Section::Lists => size_of::<u32>(),
        Section::Grants => size_of::<GrantRow>(),
        Section::Roles | Section::Groups => size_of::<TextRef>(),
        Section::Lobby => size_of::<LobbyRow>(),
    }
}

/// The lists, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum List {
    Holders = 0,
    Here = 1,
    Staff = 2,
    Bound = 3,
    Residents = 4,
    Administrators = 5,
    Listed = 6,
    Platform = 7,
    Access = 8,
    Serves = 9,
    ServedBy = 10,
    Audience = 11,
    AudienceOf = 12,
    UnitDoors = 13,
    Preorder = 14,
    Buildings = 15,
    Integrations = 16,
    BuildingUnits = 17,
    Units = 18,
    Doors = 19,
    AccessOf = 20,
}

impl List {
    /// All, in the order of their numbers.
    pub(crate) const ALL: [Self; 21] = [
        Self::Holders,
        Self::Here,
        Self::Staff,
        Self::Bound,
        Self::Residents,
        Self::Administrators,
        Self::Listed,
        Self::Platform,
        Self::Access,
        Self::Serves,
        Self::ServedBy,
        Self::Audience,
        Self::AudienceOf,
        Self::UnitDoors,
        Self::Preorder,
        Self::Buildings,
        Self::Integrations,
        Self::BuildingUnits,
        Self::Units,
        Self::Doors,
        Self::AccessOf,
    ];
}
