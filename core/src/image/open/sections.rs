//! The section table: where each section lies, and that its length fits its rows.

use zerocopy::little_endian::U32;
use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

use crate::image::error::{ImageError, ImageFault};
use crate::image::ids::to_usize;
use crate::image::layout::{HEADER_BYTES, Header, KeyRow, Row, SectionEntry};
use crate::image::lists::Lists;
use crate::image::section::Section;
use crate::image::table::Table;
use crate::image::text::Texts;
use crate::image::{Image, SliceKind};
use crate::key::Key;

/// Where each section lies, by its number less 1.
pub(super) struct Sections {
    places: [(u32, u32); Section::ALL.len()],
}

const fn refuse(fault: ImageFault, offset: usize) -> ImageError {
    ImageError::new(fault, None, offset)
}

impl Sections {
    /// Reads the table: kinds ascending, sections end to end up to the end of the image.
    pub(super) fn read(bytes: &[u8], header: &Header) -> Result<Self, ImageError> {
        let count = to_usize(header.sections.get());
        let table = bytes.get(HEADER_BYTES..).unwrap_or_default();
        let Ok((table, _)) = <[SectionEntry]>::ref_from_prefix_with_elems(table, count) else {
            return Err(refuse(ImageFault::Header, HEADER_BYTES));
        };
        let mut sections = Self { places: [(0, 0); Section::ALL.len()] };
        let mut end = size_of_val(table).saturating_add(HEADER_BYTES);
        let mut last = 0;
        for (entry, number) in table.iter().zip(0_usize..) {
            let at = number.saturating_mul(size_of::<SectionEntry>()).saturating_add(HEADER_BYTES);
            let (kind, flags) = (entry.kind.get(), entry.flags.get());
            let offset = to_usize(entry.offset.get());
            if kind <= last || flags & !SectionEntry::REQUIRED != 0 || offset != end {
                return Err(refuse(ImageFault::Header, at));
            }
            last = kind;
            end = offset.saturating_add(to_usize(entry.length.get()));
            let known = usize::from(kind).checked_sub(1).and_then(|at| sections.places.get_mut(at));
            match known {
                Some(place) => *place = (entry.offset.get(), entry.length.get()),
                None if flags & SectionEntry::REQUIRED != 0 => {
                    return Err(refuse(ImageFault::UnknownSection, at));
                }
                None => {}
            }
        }
        if end != to_usize(header.length.get()) {
            return Err(refuse(ImageFault::Header, HEADER_BYTES));
        }
        sections.all_there()
    }

    /// No section begins at 0, where the header is.
    fn all_there(self) -> Result<Self, ImageError> {
        let missing = Section::ALL.iter().zip(&self.places).find(|(_, (offset, _))| *offset == 0);
        match missing {
            Some((section, _)) => {
                Err(ImageError::new(ImageFault::MissingSection, Some(*section), HEADER_BYTES))
            }
            None => Ok(self),
        }
    }

    /// Where a section begins.
    pub(super) fn offset(&self, section: Section) -> usize {
        to_usize(self.place(section).0)
    }

    fn place(&self, section: Section) -> (u32, u32) {
        let at = usize::from(section.number()).saturating_sub(1);
        self.places.get(at).copied().unwrap_or_default()
    }

    fn bytes<'a>(&self, bytes: &'a [u8], section: Section) -> &'a [u8] {
        let (offset, length) = self.place(section);
        let (offset, length) = (to_usize(offset), to_usize(length));
        bytes.get(offset..offset.saturating_add(length)).unwrap_or_default()
    }

    fn rows<'a, R>(&self, bytes: &'a [u8], section: Section) -> Result<&'a [R], ImageError>
    where
        R: FromBytes + Immutable + KnownLayout + Unaligned,
    {
        <[R]>::ref_from_bytes(self.bytes(bytes, section)).map_err(|_| {
            ImageError::new(ImageFault::SectionLength, Some(section), self.offset(section))
        })
    }

    fn table<'a, R: Row>(
        &self,
        bytes: &'a [u8],
        rows: Section,
        index: Section,
    ) -> Result<Table<'a, R>, ImageError> {
        Ok(Table { rows: self.rows(bytes, rows)?, index: self.rows(bytes, index)? })
    }

    fn texts<'a>(&self, bytes: &'a [u8]) -> Result<Texts<'a>, ImageError> {
        let text = core::str::from_utf8(self.bytes(bytes, Section::Text));
        text.map(Texts).map_err(|error| {
            let offset = self.offset(Section::Text).saturating_add(error.valid_up_to());
            ImageError::new(ImageFault::Text, Some(Section::Text), offset)
        })
    }

    /// The image, its rows not looked at yet.
    pub(super) fn assemble<'a>(
        &self,
        bytes: &'a [u8],
        slice: SliceKind,
    ) -> Result<Image<'a>, ImageError> {
        let keys: &[KeyRow] = self.rows(bytes, Section::Keys)?;
        Ok(Image {
            bytes,
            texts: self.texts(bytes)?,
            keys,
            key_slots: self.rows(bytes, Section::KeySlots)?,
            meanings: self.rows(bytes, Section::Meanings)?,
            conditions: self.rows(bytes, Section::Conditions)?,
            organisations: self.table(bytes, Section::Organisations, Section::OrganisationIndex)?,
            buildings: self.table(bytes, Section::Buildings, Section::BuildingIndex)?,
            integrations: self.table(bytes, Section::Integrations, Section::IntegrationIndex)?,
            units: self.table(bytes, Section::Units, Section::UnitIndex)?,
            doors: self.table(bytes, Section::Doors, Section::DoorIndex)?,
            people: self.table(bytes, Section::People, Section::PersonIndex)?,
            grants: self.rows(bytes, Section::Grants)?,
            lists: Lists(self.rows::<U32>(bytes, Section::Lists)?),
            roles: self.rows(bytes, Section::Roles)?,
            groups: self.rows(bytes, Section::Groups)?,
            lobby: self.rows(bytes, Section::Lobby)?,
            open_unit: open_unit(keys),
            slice,
        })
    }
}

/// The key `doors:open_unit`.
fn open_unit(keys: &[KeyRow]) -> Option<Key> {
    let found = keys.iter().position(|row| row.flags & KeyRow::OPENS_UNIT != 0)?;
    u8::try_from(found).ok().map(Key::new)
}
