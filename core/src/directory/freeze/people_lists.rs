//! Lists of people by owner, filled from the grants of one person after the other.

use alloc::vec::Vec;

use crate::directory::ids::to_index;
use crate::facts::NONE;
use crate::image::write::{Csr, sum};

/// A list of people for each owner, made in two passes over the same pairs, with people ascending: the first counts, the
/// second puts each in its place and says where that is. A person with several grants for one owner stands there once.
#[derive(Default)]
pub(super) struct PeopleList {
    /// In the first pass how many there are; in the second the place of the next.
    next: Vec<u32>,
    /// The person who came last, by owner.
    last: Vec<u32>,
    csr: Csr,
}

impl PeopleList {
    pub(super) fn new(owners: usize) -> Self {
        Self { next: alloc::vec![0; owners], last: alloc::vec![NONE; owners], csr: Csr::default() }
    }

    /// First pass.
    pub(super) fn count(&mut self, owner: u32, person: u32) {
        let at = to_index(owner);
        let (Some(next), Some(last)) = (self.next.get_mut(at), self.last.get_mut(at)) else {
            return;
        };
        if *last != person {
            *last = person;
            *next = next.saturating_add(1);
        }
    }

    /// Between the passes.
    pub(super) fn lay_out(&mut self) {
        let starts = sum(&mut self.next);
        let length = starts.last().copied().unwrap_or_default();
        self.last.fill(NONE);
        self.csr = Csr { starts, items: alloc::vec![NONE; to_index(length)] };
    }

    /// Second pass: the place of a person among all items.
    pub(super) fn place(&mut self, owner: u32, person: u32) -> u32 {
        let at = to_index(owner);
        let (Some(next), Some(last)) = (self.next.get_mut(at), self.last.get_mut(at)) else {
            return NONE;
        };
        if *last != person {
            *last = person;
            if let Some(item) = self.csr.items.get_mut(to_index(*next)) {
                *item = person;
            }
            *next = next.saturating_add(1);
        }
        next.saturating_sub(1)
    }

    pub(super) const fn lists(&self) -> &Csr {
        &self.csr
    }
}
