//! Keys, meanings and conditions.

use zerocopy::IntoBytes;
use zerocopy::little_endian::U16;

use super::check::Check;
use crate::image::error::{ImageError, ImageFault};
use crate::image::keys::kind_of;
use crate::image::layout::{ConditionRow, FREE_SLOT, KeyRow};
use crate::image::section::Section;
use crate::key::Key;
use crate::limits::{MAX_KEYS, MAX_MEANINGS};
use crate::request::ResourceKind;

/// Rows of residencies and administrators, which are always there.
const FIXED_MEANINGS: usize = 2;
/// The keys that move the bolt of a door, and how they are marked. An image that could leave a mark out could open doors
/// that are disabled, or those of units to staff who lack the second key.
const OPENING: [(&str, u8); 2] =
    [("doors:open", KeyRow::OPENS), ("doors:open_unit", KeyRow::OPENS_UNIT)];

impl Check<'_, '_> {
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn keys(&self) -> Result<(), ImageError> {
        let keys = self.image.keys;
        if keys.len() > MAX_KEYS {
            return Err(self.row(ImageFault::SectionLength, Section::Keys, MAX_KEYS));
        }
        let mut last = "";
        for (row, number) in keys.iter().zip(0..usize::MAX) {
            let text = self.image.texts.get(row.text).unwrap_or_default();
            if text <= last {
                return Err(self.row(ImageFault::Order, Section::Keys, number));
            }
            last = text;
            if !is_key(row, text) {
                return Err(self.row(ImageFault::Value, Section::Keys, number));
            }
        }
        let marks = keys.iter().fold(0, |marks, row| marks | row.flags);
        if marks != 0 && marks != KeyRow::OPENS | KeyRow::OPENS_UNIT {
            return Err(self.row(ImageFault::Value, Section::Keys, 0));
        }
        self.key_slots()
    }

    /// Each key is found from its text, so it has a slot; when there are no more slots in use than keys, nothing else is
    /// found. At least half are free, so every search ends.
    fn key_slots(&self) -> Result<(), ImageError> {
        let slots = self.image.key_slots;
        let wanted = self.image.keys.len().saturating_mul(2).max(2).next_power_of_two();
        if slots.len() != wanted {
            return Err(self.row(ImageFault::SectionLength, Section::KeySlots, 0));
        }
        let is_missing = |key: &Key| self.image.key(self.image.key_text(*key)) != Some(*key);
        let is_used = |slot: &U16| usize::from(slot.get() != FREE_SLOT);
        let used = slots.iter().map(is_used).fold(0, usize::saturating_add);
        if used != self.image.keys.len() || self.image.keys().any(|key| is_missing(&key)) {
            return Err(self.row(ImageFault::Index, Section::KeySlots, 0));
        }
        Ok(())
    }

    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn meanings(&self) -> Result<(), ImageError> {
        let rows = self.image.meanings;
        if !(FIXED_MEANINGS..=MAX_MEANINGS).contains(&rows.len()) {
            return Err(self.row(ImageFault::SectionLength, Section::Meanings, 0));
        }
        let known = known_keys(self.image.keys.len());
        let mut last: &[u8] = &[];
        for (row, number) in rows.iter().zip(0..usize::MAX) {
            let sets = [&row.everywhere, &row.site, &row.site_bound];
            let is_unknown = |(byte, known): (&u8, &u8)| byte & !known != 0;
            if sets.iter().any(|set| set.iter().zip(&known).any(is_unknown)) {
                return Err(self.row(ImageFault::Value, Section::Meanings, number));
            }
            if number > FIXED_MEANINGS && last >= row.as_bytes() {
                return Err(self.row(ImageFault::Order, Section::Meanings, number));
            }
            last = row.as_bytes();
        }
        Ok(())
    }

    /// Kinds of later versions may come in any order: whatever they are, they never hold.
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn conditions(&self) -> Result<(), ImageError> {
        let mut last = None;
        for (row, number) in self.image.conditions.iter().zip(0..usize::MAX) {
            let (kind, from, to) = (row.kind.get(), row.from.get(), row.to.get());
            let is_first = number == 0;
            if is_first && (kind, from, to) != (ConditionRow::ALWAYS, i64::MIN, i64::MAX)
                || is_first != (kind == ConditionRow::ALWAYS)
                || kind <= ConditionRow::WINDOW && row.zero.get() != 0
            {
                return Err(self.row(ImageFault::Value, Section::Conditions, number));
            }
            if kind == ConditionRow::WINDOW && last.replace((from, to)) >= Some((from, to)) {
                return Err(self.row(ImageFault::Order, Section::Conditions, number));
            }
        }
        if self.image.conditions.is_empty() {
            return Err(self.row(ImageFault::SectionLength, Section::Conditions, 0));
        }
        Ok(())
    }
}

/// Nothing is a key of the platform.
fn is_key(row: &KeyRow, text: &str) -> bool {
    let kind = kind_of(row.kind).filter(|kind| *kind != ResourceKind::Platform);
    let mark = OPENING.iter().find(|(opening, _)| *opening == text).map(|(_, mark)| *mark);
    let is_of_doors = kind == Some(ResourceKind::Door);
    kind.is_some() && row.flags == mark.unwrap_or_default() && (row.flags == 0 || is_of_doors)
}

/// The set of all keys.
fn known_keys(count: usize) -> [u8; 32] {
    let mut known = [0; 32];
    for (byte, first) in known.iter_mut().zip((0..usize::MAX).step_by(8)) {
        let bits = u32::try_from(count.saturating_sub(first)).unwrap_or(u32::MAX).min(8);
        *byte = u8::MAX.checked_shr(8_u32.saturating_sub(bits)).unwrap_or_default();
    }
    known
}
