//! Text: every reference lies inside, and between characters.

use core::mem::offset_of;

use zerocopy::FromBytes;

use super::check::Check;
use crate::image::error::{ImageError, ImageFault};
use crate::image::layout::{DoorRow, KeyRow, LobbyRow, TextRef, UnitRow};
use crate::image::section::Section;
use crate::limits::MAX_IMAGE_TEXT_BYTES;

/// Where the rows of each section have their text.
const TEXTS: [(Section, usize); 9] = [
    (Section::Keys, offset_of!(KeyRow, text)),
    // Every table begins with an id and a text.
    (Section::Organisations, offset_of!(DoorRow, name)),
    (Section::Buildings, offset_of!(DoorRow, name)),
    (Section::Integrations, offset_of!(DoorRow, name)),
    (Section::Units, offset_of!(UnitRow, number)),
    (Section::Doors, offset_of!(DoorRow, name)),
    (Section::Roles, 0),
    (Section::Groups, 0),
    (Section::Lobby, offset_of!(LobbyRow, name)),
];

impl Check<'_, '_> {
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn texts(&self) -> Result<(), ImageError> {
        for &(section, field) in &TEXTS {
            for (row, number) in self.rows(section).iter().zip(0..usize::MAX) {
                let text = row.get(field..).and_then(|rest| TextRef::ref_from_prefix(rest).ok());
                if !text.is_some_and(|(text, _)| self.is_text(*text)) {
                    return Err(self.row(ImageFault::Text, section, number));
                }
            }
        }
        Ok(())
    }

    /// Of the empty text there is one spelling. Rows may share a text, so that its length counts as often: it has a limit.
    fn is_text(&self, text: TextRef) -> bool {
        let length = text.length.get();
        let is_spelt = length > 0 || text.start.get() == 0;
        is_spelt
            && usize::from(length) <= MAX_IMAGE_TEXT_BYTES
            && self.image.texts.get(text).is_some()
    }
}
