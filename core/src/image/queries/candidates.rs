//! What a list asks about one by one: in order, each once.

use core::ops::Range;

#[cfg(feature = "alloc")]
use alloc::vec::{self, Vec};

#[cfg(feature = "alloc")]
use crate::bits::{FEWEST_IN_BITS, sort_by_bits};
#[cfg(feature = "alloc")]
use crate::facts::to_index;

/// Handles in order.
pub(super) enum Candidates {
    All(Range<u32>),
    #[cfg(feature = "alloc")]
    Listed(vec::IntoIter<u32>),
}

impl Candidates {
    /// Everything there is of a kind.
    pub(super) const fn all(count: u32) -> Self {
        Self::All(0..count)
    }

    /// What was listed, in any order and some of it more than once, of a kind of which there are so many.
    #[cfg(feature = "alloc")]
    pub(super) fn listed(mut handles: Vec<u32>, count: u32) -> Self {
        let all = to_index(count);
        // Where code is to be small, one way of sorting is enough.
        if cfg!(feature = "compact") || handles.len() > all / FEWEST_IN_BITS {
            sort_by_bits(&mut handles, all);
        } else {
            handles.sort_unstable();
            handles.dedup();
        }
        Self::Listed(handles.into_iter())
    }
}

impl Iterator for Candidates {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        match self {
            Self::All(range) => range.next(),
            #[cfg(feature = "alloc")]
            Self::Listed(listed) => listed.next(),
        }
    }
}
