//! The section table: where each section lies, and that its length fits its rows.

use crate::facts::to_index;
use zerocopy::little_endian::U32;
use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

use crate::image::error::{ImageError, ImageFault};
use crate::image::layout::{HEADER_BYTES, Header, KeyRow, Row, SectionEntry, row_bytes};
use crate::image::lists::Lists;
use crate::image::section::Section;
use crate::image::table::Table;
use crate::image::text::Texts;
use crate::image::{Image, SliceKind};
use crate::key::Key;

/// The section table. It is looked at again for each section: a copy would be a fifth of a panel's stack.
pub(super) struct Sections<'a> {
    bytes: &'a [u8],
    table: &'a [SectionEntry],
    slice: SliceKind,
}

const fn refuse(fault: ImageFault, offset: usize) -> ImageError {
    ImageError::new(fault, None, offset)
}

impl<'a> Sections<'a> {
    /// Reads the table: kinds ascending, sections end to end up to the end of the image.
    #[inline(never)]
    pub(super) fn read(bytes: &'a [u8], header: &Header) -> Result<Self, ImageError> {
        let slice = SliceKind::from_number(header.slice).unwrap_or(SliceKind::Person);
        let count = to_index(header.sections.get());
        let table = bytes.get(HEADER_BYTES..).unwrap_or_default();
        let Ok((table, _)) = <[SectionEntry]>::ref_from_prefix_with_elems(table, count) else {
            return Err(refuse(ImageFault::Header, HEADER_BYTES));
        };
        let mut end = size_of_val(table).saturating_add(HEADER_BYTES);
        let mut at = HEADER_BYTES;
        let mut last = 0;
        for entry in table {
            let (kind, flags) = (entry.kind.get(), entry.flags.get());
            let offset = to_index(entry.offset.get());
            if kind <= last || flags & !SectionEntry::REQUIRED != 0 || offset != end {
                return Err(refuse(ImageFault::Header, at));
            }
            if usize::from(kind) > Section::ALL.len() && flags & SectionEntry::REQUIRED != 0 {
                return Err(refuse(ImageFault::UnknownSection, at));
            }
            last = kind;
            end = offset.saturating_add(to_index(entry.length.get()));
            at = at.saturating_add(size_of::<SectionEntry>());
        }
        if end != to_index(header.length.get()) {
            return Err(refuse(ImageFault::Header, HEADER_BYTES));
        }
        Self { bytes, table, slice }.all_there()
    }

    /// Kinds ascend, so those that are known are the first, each in its place.
    fn all_there(self) -> Result<Self, ImageError> {
        match Section::ALL.iter().find(|section| self.entry(**section).is_none()) {
            Some(section) => {
                Err(ImageError::new(ImageFault::MissingSection, Some(*section), HEADER_BYTES))
            }
            None => Ok(self),
        }
    }

    fn entry(&self, section: Section) -> Option<&'a SectionEntry> {
        let at = usize::from(section.number()).saturating_sub(1);
        self.table.get(at).filter(|entry| entry.kind.get() == section.number())
    }

    /// Where a section begins.
    pub(super) fn offset(&self, section: Section) -> usize {
        self.entry(section).map_or(0, |entry| to_index(entry.offset.get()))
    }

    #[cfg_attr(feature = "compact", inline(never))]
    fn bytes(&self, section: Section) -> &'a [u8] {
        let length = self.entry(section).map_or(0, |entry| to_index(entry.length.get()));
        let offset = self.offset(section);
        self.bytes.get(offset..offset.saturating_add(length)).unwrap_or_default()
    }

    /// Whether each section is a whole number of rows.
    fn whole_rows(&self) -> Result<(), ImageError> {
        let is_whole = |section: &Section| {
            self.bytes(*section).len().checked_rem(row_bytes(*section)) == Some(0)
        };
        match Section::ALL.iter().find(|section| !is_whole(section)) {
            Some(section) => {
                let offset = self.offset(*section);
                Err(ImageError::new(ImageFault::SectionLength, Some(*section), offset))
            }
            None => Ok(()),
        }
    }

    /// The rows of a section, whose length was looked at.
    #[cfg_attr(feature = "compact", inline(never))]
    fn rows<R>(&self, section: Section) -> &'a [R]
    where
        R: FromBytes + Immutable + KnownLayout + Unaligned,
    {
        <[R]>::ref_from_bytes(self.bytes(section)).unwrap_or_default()
    }

    fn table<R: Row>(&self, rows: Section, index: Section) -> Table<'a, R> {
        Table { rows: self.rows(rows), index: self.rows(index) }
    }

    fn texts(&self) -> Result<Texts<'a>, ImageError> {
        let text = core::str::from_utf8(self.bytes(Section::Text));
        text.map(Texts).map_err(|error| {
            let offset = self.offset(Section::Text).saturating_add(error.valid_up_to());
            ImageError::new(ImageFault::Text, Some(Section::Text), offset)
        })
    }

    /// The image, its rows not looked at yet.
    #[inline(never)]
    pub(super) fn assemble(&self) -> Result<Image<'a>, ImageError> {
        self.whole_rows()?;
        let keys: &[KeyRow] = self.rows(Section::Keys);
        Ok(Image {
            bytes: self.bytes,
            texts: self.texts()?,
            keys,
            key_slots: self.rows(Section::KeySlots),
            meanings: self.rows(Section::Meanings),
            conditions: self.rows(Section::Conditions),
            organisations: self.table(Section::Organisations, Section::OrganisationIndex),
            buildings: self.table(Section::Buildings, Section::BuildingIndex),
            integrations: self.table(Section::Integrations, Section::IntegrationIndex),
            units: self.table(Section::Units, Section::UnitIndex),
            doors: self.table(Section::Doors, Section::DoorIndex),
            people: self.table(Section::People, Section::PersonIndex),
            grants: self.rows(Section::Grants),
            lists: Lists(self.rows::<U32>(Section::Lists)),
            roles: self.rows(Section::Roles),
            groups: self.rows(Section::Groups),
            lobby: self.rows(Section::Lobby),
            open_unit: open_unit(keys),
            slice: self.slice,
        })
    }
}

/// The key `doors:open_unit`.
fn open_unit(keys: &[KeyRow]) -> Option<Key> {
    let found = keys.iter().position(|row| row.flags & KeyRow::OPENS_UNIT != 0)?;
    u8::try_from(found).ok().map(Key::new)
}
