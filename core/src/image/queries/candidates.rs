//! What a list asks about one by one: in order, each once.

use core::ops::Range;

#[cfg(feature = "alloc")]
use alloc::vec::{self, Vec};

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
        let is_much = u32::try_from(handles.len()).is_ok_and(|much| much > count / FEWEST_IN_BITS);
        if is_much {
            sort_by_bits(&mut handles, count);
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

/// From one in so many of a kind on, a bit for everything of the kind is sooner set and read than handles are compared.
#[cfg(feature = "alloc")]
const FEWEST_IN_BITS: u32 = 256;

/// Sorts, and keeps each once. O(handles + count / 64).
#[cfg(feature = "alloc")]
fn sort_by_bits(handles: &mut Vec<u32>, count: u32) {
    use crate::image::ids::to_usize;

    let mut words: Vec<u64> = alloc::vec![0; to_usize(count.div_ceil(u64::BITS))];
    for handle in handles.drain(..) {
        if let Some(word) = words.get_mut(to_usize(handle / u64::BITS)) {
            *word |= 1_u64.wrapping_shl(handle % u64::BITS);
        }
    }
    for (first, mut word) in (0..count).step_by(64).zip(words) {
        while word != 0 {
            handles.push(first.saturating_add(word.trailing_zeros()));
            word &= word.wrapping_sub(1);
        }
    }
}
