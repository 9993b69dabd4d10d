//! Permission keys as numbers, and sets of them.

use crate::question::{pack, unpack};

/// A permission key of a catalog, as a number from 0. Keys are numbered in the order of their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u8);

impl Key {
    pub(crate) const fn new(number: u8) -> Self {
        Self(number)
    }

    pub(crate) const fn number(self) -> u8 {
        self.0
    }

    /// The number of the key for hosts in other languages: a kind of its own, as that of a handle, so that neither can be taken for the
    /// other; below 2^53, and never 0.
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        pack(7, self.0 as u32)
    }

    /// The key with this number; none where there can be none. Of another directory or image it is another key, or none.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Option<Self> {
        match unpack(bits) {
            #[expect(clippy::cast_possible_truncation, reason = "at most 255")]
            (7, number @ 0..=255) => Some(Self(number as u8)),
            _ => None,
        }
    }

    #[cfg(feature = "alloc")]
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A set of keys; at most [`MAX_KEYS`](crate::limits::MAX_KEYS).
#[cfg(feature = "alloc")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct KeySet([u64; 4]);

#[cfg(feature = "alloc")]
impl KeySet {
    pub(crate) fn insert(&mut self, key: Key) {
        if let Some(word) = self.0.get_mut(key.index() / 64) {
            *word |= 1_u64.wrapping_shl(u32::from(key.0) % 64);
        }
    }

    #[inline]
    pub(crate) fn contains(&self, key: Key) -> bool {
        let word = self.0.get(key.index() / 64).copied().unwrap_or_default();
        word.wrapping_shr(u32::from(key.0) % 64) & 1 == 1
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    pub(crate) fn intersects(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(word, other)| word & other != 0)
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut words = self.0;
        for (word, more) in words.iter_mut().zip(other.0) {
            *word |= more;
        }
        Self(words)
    }

    pub(crate) fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (to, from) in bytes.chunks_exact_mut(8).zip(self.0) {
            to.copy_from_slice(&from.to_le_bytes());
        }
        bytes
    }
}

/// What a held path or a permission group grants (semantics.md 1.5).
#[cfg(feature = "alloc")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Meaning {
    /// Keys that count on everything within the holding organisation.
    pub(crate) everywhere: KeySet,
    /// Keys that count on the matching sites only.
    pub(crate) site: KeySet,
    /// Keys that count on the matching sites, where a door's audience allows.
    pub(crate) site_bound: KeySet,
}

#[cfg(feature = "alloc")]
impl Meaning {
    pub(crate) fn is_empty(&self) -> bool {
        self.everywhere.is_empty() && self.site.is_empty() && self.site_bound.is_empty()
    }
}
