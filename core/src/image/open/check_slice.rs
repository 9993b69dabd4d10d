//! What a slice must be, and the lobby, which only some have.

use super::check::Check;
use crate::image::SliceKind;
use crate::image::error::{ImageError, ImageFault};
use crate::image::layout::{List, LobbyRow};
use crate::image::section::Section;

impl Check<'_, '_> {
    /// A slice has its subject alone of its kind.
    pub(super) fn slice(&self) -> Result<(), ImageError> {
        let section = match self.image.slice {
            SliceKind::Everything => return Ok(()),
            SliceKind::Integration => Section::Integrations,
            SliceKind::Person => Section::People,
        };
        let subject = self.image.header().map(|header| header.subject.get());
        if self.count(section) != 1 || subject != Some(0) {
            return Err(self.row(ImageFault::Handle, section, 0));
        }
        Ok(())
    }

    /// A row for each resident; no name but of who is shown.
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn lobby(&self) -> Result<(), ImageError> {
        const KNOWN: u8 = LobbyRow::SHOWN | LobbyRow::RECEIVES_CALLS;
        let rows = self.image.lobby;
        let residents = match self.image.slice {
            SliceKind::Person => 0,
            _ => self.image.lists.total(List::Residents),
        };
        if rows.len() != residents {
            return Err(self.row(ImageFault::SectionLength, Section::Lobby, 0));
        }
        let is_row = |row: &LobbyRow| match row.flags & LobbyRow::SHOWN {
            0 => row.flags == 0 && row.name.length.get() == 0,
            _ => row.flags & !KNOWN == 0,
        };
        match rows.iter().position(|row| !is_row(row)) {
            Some(row) => Err(self.row(ImageFault::Value, Section::Lobby, row)),
            None => Ok(()),
        }
    }
}
