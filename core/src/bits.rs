//! Sorting many handles by a bit for each of all there are.

use alloc::vec::Vec;

use crate::facts::to_index;

/// From one in so many of all of a kind on, a bit for each of all is sooner set and read than handles are compared.
pub(crate) const FEWEST_IN_BITS: usize = 256;

/// Sorts handles, each below `count`, and keeps each once. O(handles + count / 64).
pub(crate) fn sort_by_bits(handles: &mut Vec<u32>, count: usize) {
    let mut words = alloc::vec![0_u64; count.div_ceil(64)];
    for handle in handles.iter().copied() {
        if let Some(word) = words.get_mut(to_index(handle / u64::BITS)) {
            *word |= 1_u64.wrapping_shl(handle % u64::BITS);
        }
    }
    handles.clear();
    for (first, mut word) in (0_u32..).step_by(64).zip(words) {
        while word != 0 {
            handles.push(first.saturating_add(word.trailing_zeros()));
            word &= word.wrapping_sub(1);
        }
    }
}
