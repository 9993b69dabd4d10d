//! Sorting. With the feature `compact` what is sorted is a list of positions, by one function for all types, which takes a
//! hundredth of the size; else the standard library sorts.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Slices that are put in order.
pub(crate) trait Order<T> {
    /// Sorts; what is equal is the same.
    fn order(&mut self)
    where
        T: Ord;

    /// Sorts by a comparison; what is equal may come in any order.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// Sorts by a comparison; what is equal stays in its order.
    fn order_stable_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// Sorts by a key; what is equal may come in any order.
    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }

    /// Sorts by a key; what is equal stays in its order.
    fn order_stable_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_stable_by(|a, b| key(a).cmp(&key(b)));
    }
}

impl<T> Order<T> for [T] {
    fn order(&mut self)
    where
        T: Ord,
    {
        if cfg!(feature = "compact") {
            shared(self, T::cmp);
        } else {
            self.sort_unstable();
        }
    }

    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering) {
        if cfg!(feature = "compact") {
            shared(self, compare);
        } else {
            self.sort_unstable_by(compare);
        }
    }

    fn order_stable_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering) {
        if cfg!(feature = "compact") {
            shared(self, compare);
        } else {
            self.sort_by(compare);
        }
    }
}

fn shared<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = positions(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    rearrange(order, &mut |a, b| {
        if a < items.len() && b < items.len() {
            items.swap(a, b);
        }
    });
}

/// The positions of what is sorted, in order; what is equal stays in its order.
fn positions(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
    order
}

/// Swaps what is at each place with what belongs there.
fn rearrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for place in 0..order.len() {
        let mut from = place;
        // Round the cycle that begins here, of places that take each other's contents.
        while let Some(next) = order.get_mut(from) {
            let to = core::mem::replace(next, from);
            if to == place {
                break;
            }
            swap(from, to);
            from = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shared_one_is_stable_and_sorts() {
        let mut state = 7_u64;
        for length in [0, 1, 2, 3, 10, 100, 1000] {
            let mut items: Vec<(u64, usize)> = (0..length)
                .map(|place| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    ((state >> 33) % 20, place)
                })
                .collect();
            let mut known = items.clone();
            known.sort_by_key(|(key, _)| *key);
            shared(&mut items, |(a, _), (b, _)| a.cmp(b));
            assert_eq!(items, known);
        }
    }
}
