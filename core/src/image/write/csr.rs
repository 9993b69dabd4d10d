//! Lists by owner, laid end to end behind their starts.

use crate::facts::to_index;
use alloc::vec::Vec;

/// One list an owner.
#[derive(Default)]
pub(crate) struct Csr {
    /// One more than there are owners.
    pub(crate) starts: Vec<u32>,
    pub(crate) items: Vec<u32>,
}

impl Csr {
    /// Groups pairs by owner; each list keeps the order of its pairs. Pairs are gone through twice. A pair whose owner
    /// or item is not there (over `owners`) is left out.
    pub(crate) fn group<I: Iterator<Item = (u32, u32)>>(
        owners: usize,
        pairs: impl Fn() -> I,
    ) -> Self {
        let mut next = alloc::vec![0_u32; owners];
        for (owner, _) in pairs() {
            if let Some(count) = next.get_mut(to_index(owner)) {
                *count = count.saturating_add(1);
            }
        }
        let starts = sum(&mut next);
        let length = starts.last().copied().unwrap_or_default();
        let mut items = alloc::vec![0_u32; to_index(length)];
        for (owner, item) in pairs() {
            let Some(next) = next.get_mut(to_index(owner)) else { continue };
            if let Some(slot) = items.get_mut(to_index(*next)) {
                *slot = item;
            }
            *next = next.saturating_add(1);
        }
        Self { starts, items }
    }

    /// From lists, one an owner.
    pub(crate) fn from_lists<'l>(lists: impl Iterator<Item = &'l [u32]>) -> Self {
        let mut csr = Self { starts: alloc::vec![0], items: Vec::new() };
        for list in lists {
            csr.items.extend_from_slice(list);
            csr.starts.push(u32::try_from(csr.items.len()).unwrap_or(u32::MAX));
        }
        csr
    }

    pub(crate) fn of(&self, owner: u32) -> &[u32] {
        let at = to_index(owner);
        match self.starts.get(at..at.saturating_add(2)) {
            Some([start, end]) => self.items.get(to_index(*start)..to_index(*end)),
            _ => None,
        }
        .unwrap_or_default()
    }

    pub(crate) fn owners(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The items of each owner, to be put in order.
    pub(crate) fn sort_each(&mut self, sort: impl Fn(&mut [u32])) {
        for pair in self.starts.windows(2) {
            let [start, end] = pair else { continue };
            if let Some(list @ [_, _, ..]) = self.items.get_mut(to_index(*start)..to_index(*end)) {
                sort(list);
            }
        }
    }
}

/// Turns numbers of items into where each list begins, and gives these with the end of the last.
pub(crate) fn sum(counts: &mut [u32]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(counts.len().saturating_add(1));
    let mut start = 0_u32;
    for count in counts {
        starts.push(start);
        let next = start.saturating_add(*count);
        *count = start;
        start = next;
    }
    starts.push(start);
    starts
}
