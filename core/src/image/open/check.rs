//! What every check needs: the image, its sections as plain rows, and the place of a row at fault.

use crate::facts::to_index;
use zerocopy::IntoBytes;

use super::sections::Sections;
use crate::image::Image;
use crate::image::error::{ImageError, ImageFault};
use crate::image::layout::row_bytes;
use crate::image::section::Section;

/// An image whose sections fit their rows, and nothing else is known of it yet.
#[derive(Clone, Copy)]
pub(super) struct Check<'c, 'a> {
    pub(super) image: &'c Image<'a>,
    pub(super) sections: &'c Sections<'a>,
}

impl<'a> Check<'_, 'a> {
    /// The rows of a table, whatever they are: one routine for six kinds is a sixth of the code.
    pub(super) fn rows(&self, section: Section) -> Rows<'a> {
        let image = self.image;
        let bytes = match section {
            Section::Keys => image.keys.as_bytes(),
            Section::Organisations => image.organisations.rows.as_bytes(),
            Section::Buildings => image.buildings.rows.as_bytes(),
            Section::Integrations => image.integrations.rows.as_bytes(),
            Section::Units => image.units.rows.as_bytes(),
            Section::Doors => image.doors.rows.as_bytes(),
            Section::People => image.people.rows.as_bytes(),
            Section::Roles => image.roles.as_bytes(),
            Section::Groups => image.groups.as_bytes(),
            Section::Lobby => image.lobby.as_bytes(),
            _ => &[],
        };
        Rows { bytes, stride: row_bytes(section) }
    }

    /// How many rows a table has.
    pub(super) fn count(&self, section: Section) -> u32 {
        self.rows(section).len()
    }

    /// A fault in a row.
    #[cold]
    pub(super) fn row(&self, fault: ImageFault, section: Section, row: usize) -> ImageError {
        self.byte(fault, section, row.saturating_mul(row_bytes(section)))
    }

    /// A fault at a byte of a section.
    #[cold]
    pub(super) fn byte(&self, fault: ImageFault, section: Section, byte: usize) -> ImageError {
        let offset = self.sections.offset(section).saturating_add(byte);
        ImageError::new(fault, Some(section), offset)
    }
}

/// Rows of equal length.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) stride: usize,
}

impl<'a> Rows<'a> {
    pub(super) fn len(&self) -> u32 {
        let rows = self.bytes.len().checked_div(self.stride).unwrap_or_default();
        u32::try_from(rows).unwrap_or(u32::MAX)
    }

    /// Each row.
    pub(super) fn iter(&self) -> core::slice::ChunksExact<'a, u8> {
        self.bytes.chunks_exact(self.stride.max(1))
    }

    /// The number at a byte of a row; of a row there is not, one that names nothing.
    #[inline]
    pub(super) fn word(&self, row: u32, field: usize) -> u32 {
        let at = to_index(row).saturating_mul(self.stride).saturating_add(field);
        let word = self.bytes.get(at..).and_then(<[u8]>::first_chunk);
        word.map_or(u32::MAX, |word| u32::from_le_bytes(*word))
    }
}
