//! Permission keys by their texts.

use super::Image;
use super::layout::{FREE_SLOT, KeyRow};
use crate::facts::to_index;
use crate::key::Key;
use crate::request::ResourceKind;

impl<'a> Image<'a> {
    /// The key with this text; none for a pattern or an unknown key. O(length of the text).
    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[must_use]
    pub fn key(&self, text: &str) -> Option<Key> {
        let hash = crate::hash::bytes(text.as_bytes());
        let mask = self.key_slots.len().checked_sub(1)?;
        let mut at = usize::try_from(hash & u64::try_from(mask).ok()?).ok()?;
        // Half of the slots are free; the bound is for images that never were opened.
        for _ in self.key_slots {
            let slot = self.key_slots.get(at)?.get();
            if slot == FREE_SLOT {
                return None;
            }
            let row = self.keys.get(usize::from(slot))?;
            if self.texts.get(row.text) == Some(text) {
                return u8::try_from(slot).ok().map(Key::new);
            }
            at = at.wrapping_add(1) & mask;
        }
        None
    }

    /// All keys, in the order of their text.
    pub fn keys(&self) -> impl Iterator<Item = Key> + use<> {
        let count = u16::try_from(self.keys.len()).unwrap_or(u16::MAX);
        (0..count).map_while(|number| u8::try_from(number).ok()).map(Key::new)
    }

    /// The text of a key; empty for a key of another catalog.
    #[must_use]
    pub fn key_text(&self, key: Key) -> &'a str {
        self.key_row(key).and_then(|row| self.texts.get(row.text)).unwrap_or_default()
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(super) fn key_row(&self, key: Key) -> Option<&'a KeyRow> {
        self.keys.get(to_index(u32::from(key.number())))
    }
}

/// The kind of resource with this number.
#[inline]
pub(crate) const fn kind_of(number: u8) -> Option<ResourceKind> {
    Some(match number {
        0 => ResourceKind::Platform,
        1 => ResourceKind::Organisation,
        2 => ResourceKind::Building,
        3 => ResourceKind::Integration,
        4 => ResourceKind::Unit,
        5 => ResourceKind::Door,
        _ => return None,
    })
}
