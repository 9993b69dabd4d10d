//! What many grants share is kept once: sets of keys, and windows.

use alloc::vec::Vec;

use hashbrown::HashTable;

use super::ids::to_index;
use crate::catalog::{KeySet, Meaning};
use crate::facts::NONE;
use crate::hash::shared;
use crate::limits::MAX_MEANINGS;
use crate::time::Validity;

/// The different meanings, by number. A number that nothing has any more is given again after a sweep.
#[derive(Clone, Default)]
pub(crate) struct Meanings {
    rows: Vec<Meaning>,
    by_value: HashTable<u16>,
    /// The first so many keep their places.
    fixed: usize,
    /// Numbers that a sweep found free.
    free: Vec<u16>,
    /// Whether one was asked for since the last sweep.
    is_changed: bool,
}

/// Where no more numbers than this are left, it is looked for those that nothing has any more.
const FEW_MEANINGS: usize = 4096;

impl Meanings {
    /// With some whose places are fixed, also where they are equal to each other or to others.
    pub(crate) fn with_fixed(fixed: &[Meaning]) -> Self {
        Self { rows: fixed.to_vec(), fixed: fixed.len(), ..Self::default() }
    }

    #[inline]
    pub(crate) fn get(&self, number: u16) -> Option<&Meaning> {
        self.rows.get(usize::from(number))
    }

    /// How many different ones may be added.
    pub(crate) fn room(&self) -> usize {
        MAX_MEANINGS.saturating_sub(self.rows.len()).saturating_add(self.free.len())
    }

    /// The number of a meaning that is there, apart from the fixed ones.
    pub(crate) fn find(&self, meaning: &Meaning) -> Option<u16> {
        let same = |number: &u16| self.get(*number) == Some(meaning);
        self.by_value.find(hash_of_meaning(meaning), same).copied()
    }

    /// The number of a meaning, the same for equal ones; none when there are too many different ones.
    pub(crate) fn number(&mut self, meaning: Meaning) -> Option<u16> {
        // Also where it is there: perhaps whoever asks gives another up.
        self.is_changed = true;
        if let Some(number) = self.find(&meaning) {
            return Some(number);
        }
        let number = match self.free.pop() {
            Some(number) => number,
            None if self.rows.len() < MAX_MEANINGS => u16::try_from(self.rows.len()).ok()?,
            None => return None,
        };
        match self.rows.get_mut(usize::from(number)) {
            Some(row) => *row = meaning,
            None => self.rows.push(meaning),
        }
        let Self { rows, by_value, .. } = self;
        by_value.insert_unique(
            hash_of_meaning(&meaning),
            number,
            shared(&|number: &u16| rows.get(usize::from(*number)).map_or(0, hash_of_meaning)),
        );
        Some(number)
    }

    /// Whether it is so near its end that a sweep pays, and there may be something to sweep.
    pub(crate) fn is_crowded(&self) -> bool {
        self.is_changed && self.room() < FEW_MEANINGS
    }

    /// Frees the numbers that are neither fixed nor among those in use. O(all).
    pub(crate) fn sweep(&mut self, used: impl IntoIterator<Item = u16>) {
        let mut is_used = alloc::vec![false; self.rows.len()];
        is_used.iter_mut().take(self.fixed).for_each(|fixed| *fixed = true);
        for number in used {
            if let Some(is_used) = is_used.get_mut(usize::from(number)) {
                *is_used = true;
            }
        }
        let unused = is_used.iter().enumerate().filter(|(_, is_used)| !**is_used);
        self.free = unused.filter_map(|(number, _)| u16::try_from(number).ok()).collect();
        self.by_value
            .retain(|number| is_used.get(usize::from(*number)).copied().unwrap_or_default());
        self.is_changed = false;
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
        by_value.insert_unique(
            hash_of_window(&window),
            number,
            shared(&|number: &u32| rows.get(to_index(*number)).map_or(0, hash_of_window)),
        );
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Meanings, each with a set of keys of its own.
    fn meanings_by_number() -> impl Fn(usize) -> Meaning {
        let directory = crate::Directory::from_json(br#"{"version": 1}"#).unwrap();
        let keys: Vec<_> = directory.catalog().keys().collect();
        move |number| {
            let mut everywhere = KeySet::default();
            let chosen = keys.iter().enumerate().filter(|(bit, _)| number >> bit & 1 == 1);
            chosen.for_each(|(_, key)| everywhere.insert(*key));
            Meaning { everywhere, ..Meaning::default() }
        }
    }

    #[test]
    fn a_full_table_takes_what_it_has_and_after_a_sweep_what_is_new() {
        let meaning = meanings_by_number();
        let fixed = [meaning(1), meaning(1)];
        let mut meanings = Meanings::with_fixed(&fixed);
        let most = MAX_MEANINGS - fixed.len();
        let numbers: Vec<u16> =
            (2..most + 2).map(|at| meanings.number(meaning(at)).unwrap()).collect();
        assert_eq!((meanings.room(), meanings.is_crowded()), (0, true));
        assert_eq!(meanings.number(meaning(most + 2)), None);
        assert_eq!(meanings.number(meaning(2)), Some(numbers[0]));

        let used = [numbers[3], numbers[most - 1]];
        meanings.sweep(used);
        assert_eq!((meanings.room(), meanings.is_crowded()), (most - 2, false));
        assert_eq!(meanings.find(&meaning(5)), Some(used[0]));
        assert_eq!(meanings.find(&meaning(2)), None);
        assert_eq!((meanings.get(0), meanings.get(1)), (Some(&fixed[0]), Some(&fixed[1])));
        let again: Vec<u16> =
            (most + 2..2 * most).map(|at| meanings.number(meaning(at)).unwrap()).collect();
        assert!(again.iter().all(|number| usize::from(*number) >= 2 && !used.contains(number)));
        assert_eq!(meanings.number(meaning(2)), None);
        assert_eq!(meanings.get(used[0]), Some(&meaning(5)));
        assert_eq!(meanings.get(again[9]), Some(&meaning(most + 11)));
    }
}
