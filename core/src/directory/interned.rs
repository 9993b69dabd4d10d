//! What many grants share is kept once: sets of keys, and windows.

use alloc::vec::Vec;

use hashbrown::HashTable;

use super::ids::to_index;
use crate::catalog::{KeySet, Meaning};
use crate::facts::NONE;
use crate::time::Validity;

/// The different meanings, by number.
#[derive(Clone, Default)]
pub(crate) struct Meanings {
    rows: Vec<Meaning>,
    by_value: HashTable<u16>,
}

impl Meanings {
    /// With some whose places are fixed, also where they are equal to each other or to others.
    pub(crate) fn with_fixed(fixed: &[Meaning]) -> Self {
        Self { rows: fixed.to_vec(), by_value: HashTable::new() }
    }

    #[inline]
    pub(crate) fn get(&self, number: u16) -> Option<&Meaning> {
        self.rows.get(usize::from(number))
    }

    /// The number of a meaning, the same for equal ones; none when there are too many different ones.
    pub(crate) fn number(&mut self, meaning: Meaning) -> Option<u16> {
        let Self { rows, by_value } = self;
        let same = |number: &u16| rows.get(usize::from(*number)) == Some(&meaning);
        if let Some(number) = by_value.find(hash_of_meaning(&meaning), same) {
            return Some(*number);
        }
        let number = u16::try_from(rows.len()).ok()?;
        rows.push(meaning);
        by_value.insert_unique(hash_of_meaning(&meaning), number, |number| {
            rows.get(usize::from(*number)).map_or(0, hash_of_meaning)
        });
        Some(number)
    }
}

fn hash_of_meaning(meaning: &Meaning) -> u64 {
    let parts = [meaning.everywhere, meaning.site, meaning.site_bound];
    parts.iter().fold(0, |hash: u64, keys: &KeySet| {
        crate::hash::bytes(&keys.to_bytes()) ^ hash.rotate_left(21)
    })
}

/// The different windows, by number; 0 is always.
#[derive(Clone)]
pub(crate) struct Conditions {
    rows: Vec<Validity>,
    by_value: HashTable<u32>,
    /// How many there were when the last sweep was over.
    swept: usize,
}

/// So few windows are not worth a sweep.
const FEW_CONDITIONS: usize = 4096;

impl Default for Conditions {
    fn default() -> Self {
        Self { rows: alloc::vec![Validity::ALWAYS], by_value: HashTable::new(), swept: 0 }
    }
}

impl Conditions {
    #[inline]
    pub(crate) fn get(&self, number: u32) -> Option<Validity> {
        self.rows.get(to_index(number)).copied()
    }

    /// Whether there are so many more than after the last sweep that another one pays.
    pub(crate) fn is_crowded(&self) -> bool {
        self.rows.len() > self.swept.saturating_mul(2).saturating_add(FEW_CONDITIONS)
    }

    /// To be called when a sweep is over.
    pub(crate) const fn note_sweep(&mut self) {
        self.swept = self.rows.len();
    }

    /// The number of a window; 0 for always, the same for equal ones.
    pub(crate) fn number(&mut self, window: Validity) -> u32 {
        if window == Validity::ALWAYS {
            return 0;
        }
        let Self { rows, by_value, .. } = self;
        let same = |number: &u32| rows.get(to_index(*number)) == Some(&window);
        if let Some(number) = by_value.find(hash_of_window(&window), same) {
            return *number;
        }
        let number = u32::try_from(rows.len()).unwrap_or(NONE);
        rows.push(window);
        by_value.insert_unique(hash_of_window(&window), number, |number| {
            rows.get(to_index(*number)).map_or(0, hash_of_window)
        });
        number
    }
}

fn hash_of_window(window: &Validity) -> u64 {
    let mut bytes = [0; 16];
    let (from, to) = bytes.split_at_mut(8);
    from.copy_from_slice(&window.from.as_millis().to_le_bytes());
    to.copy_from_slice(&window.to.as_millis().to_le_bytes());
    crate::hash::sixteen(&bytes)
}
