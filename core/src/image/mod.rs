//! The image: an estate, or a slice of it, frozen into bytes that decisions read in place (format.md).

mod ask;
#[cfg(feature = "alloc")]
mod describe;
mod error;
mod facts;
pub(crate) mod ids;
mod inspect;
mod keys;
pub(crate) mod layout;
pub(crate) mod lists;
mod open;
mod queries;
mod section;
mod table;
mod text;
#[cfg(feature = "alloc")]
pub(crate) mod write;

use core::fmt;

use zerocopy::FromBytes;
use zerocopy::little_endian::U16;

use self::layout::{
    BuildingRow, ConditionRow, DoorRow, GrantRow, Header, IntegrationRow, KeyRow, LobbyRow,
    MeaningRow, NO_LIMIT, OrganisationRow, PersonRow, TextRef, UnitRow,
};
use self::lists::Lists;
use self::table::Table;
use self::text::Texts;
use crate::id::IdRef;
use crate::key::Key;
use crate::time::Timestamp;

pub use self::error::{ImageError, ImageFault};
pub use self::inspect::{ImageCounts, PeopleBytes, SectionView};
pub use self::queries::LobbyUnit;
pub use self::section::Section;

/// An image that was opened. It borrows its bytes, copies nothing and allocates nothing; about 200 bytes itself where
/// pointers have 32 bits.
#[derive(Clone, Copy)]
pub struct Image<'a> {
    bytes: &'a [u8],
    texts: Texts<'a>,
    keys: &'a [KeyRow],
    key_slots: &'a [U16],
    meanings: &'a [MeaningRow],
    conditions: &'a [ConditionRow],
    organisations: Table<'a, OrganisationRow>,
    buildings: Table<'a, BuildingRow>,
    integrations: Table<'a, IntegrationRow>,
    units: Table<'a, UnitRow>,
    doors: Table<'a, DoorRow>,
    people: Table<'a, PersonRow>,
    grants: &'a [GrantRow],
    lists: Lists<'a>,
    roles: &'a [TextRef],
    groups: &'a [TextRef],
    lobby: &'a [LobbyRow],
    /// The key that staff need beside `doors:open` on the door of a unit.
    open_unit: Option<Key>,
    slice: SliceKind,
}

/// What an image holds of its estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum SliceKind {
    /// All of it.
    Everything = 0,
    /// What the panel of one integration needs.
    Integration = 1,
    /// What one person needs.
    Person = 2,
}

impl SliceKind {
    const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Everything),
            1 => Some(Self::Integration),
            2 => Some(Self::Person),
            _ => None,
        }
    }

    /// The word in texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Integration => "integration",
            Self::Person => "person",
        }
    }
}

/// Where an instant lies within the freshness limits of an image [C-62].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Freshness {
    /// Before the issue: some clock is wrong.
    BeforeIssue,
    /// As fresh as it should be.
    Fresh,
    /// Not fresh any more; a newer one should be had.
    Stale,
    /// Older than the host that froze it wants anybody to rely on.
    TooOld,
}

impl Freshness {
    /// The word in texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BeforeIssue => "before_issue",
            Self::Fresh => "fresh",
            Self::Stale => "stale",
            Self::TooOld => "too_old",
        }
    }
}

/// A question, or a list, that needs what an image does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OutsideSlice;

impl core::error::Error for OutsideSlice {}

impl fmt::Debug for Image<'_> {
    /// How much there is, and none of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Image")
            .field("bytes", &self.bytes.len())
            .field("slice", &self.slice)
            .field("revision", &self.revision())
            .field("people", &self.people.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Image<'a> {
    /// The header. It was there when the image was opened.
    fn header(&self) -> Option<&'a Header> {
        Header::ref_from_prefix(self.bytes).ok().map(|(header, _)| header)
    }

    /// The revision of the estate, which the host gave.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.header().map_or(0, |header| header.revision.get())
    }

    /// When it was issued.
    #[must_use]
    pub fn issued_at(&self) -> Timestamp {
        Timestamp::from_millis(self.header().map_or(0, |header| header.issued_at.get()))
    }

    /// The SHA-256 of the image: what a signature is made over.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.header().map_or([0; 32], |header| header.digest)
    }

    /// What it holds of its estate.
    #[must_use]
    pub const fn slice(&self) -> SliceKind {
        self.slice
    }

    /// The id of the integration or person it is for; none for everything.
    #[must_use]
    pub fn subject(&self) -> Option<IdRef<'a>> {
        let subject = self.header()?.subject.get();
        match self.slice {
            SliceKind::Everything => None,
            SliceKind::Integration => self.integrations.ids(self.texts).id(subject),
            SliceKind::Person => self.people.ids(self.texts).id(subject),
        }
    }

    /// Where an instant lies within the limits that the host gave at the issue. For the host to act on: no decision
    /// reads it [C-62].
    #[must_use]
    pub fn freshness(&self, at: Timestamp) -> Freshness {
        let Some(header) = self.header() else { return Freshness::TooOld };
        let age = i128::from(at.as_millis()).saturating_sub(header.issued_at.get().into());
        let within = |limit: u64| limit == NO_LIMIT || age <= i128::from(limit);
        if age < 0 {
            Freshness::BeforeIssue
        } else if !within(header.max_stale.get()) {
            Freshness::TooOld
        } else if !within(header.fresh_for.get()) {
            Freshness::Stale
        } else {
            Freshness::Fresh
        }
    }

    const fn holds_everything(&self) -> bool {
        matches!(self.slice, SliceKind::Everything)
    }
}
