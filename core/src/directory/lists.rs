//! Many lists of handles, one an owner, in one allocation.

use alloc::vec::Vec;

use super::ids::to_index;

/// Where a list lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    len: u32,
}

impl Span {
    #[inline]
    fn range(self) -> core::ops::Range<usize> {
        let start = to_index(self.start);
        start..start.saturating_add(to_index(self.len))
    }
}

/// One list of `T` for each owner.
#[derive(Clone, Debug)]
pub(crate) struct Lists<T = u32> {
    spans: Vec<Span>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { spans: Vec::new(), items: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    /// Groups pairs by owner; a list keeps the order of its pairs. O(owners + pairs). A pair whose owner is
    /// not below `owners` is left out.
    pub(crate) fn group(owners: usize, pairs: &[(u32, T)]) -> Self {
        let mut spans = alloc::vec![Span::default(); owners];
        for (owner, _) in pairs {
            if let Some(span) = spans.get_mut(to_index(*owner)) {
                span.len = span.len.saturating_add(1);
            }
        }
        let mut start = 0_u32;
        for span in &mut spans {
            span.start = start;
            start = start.saturating_add(span.len);
            span.len = 0;
        }
        let Some((_, filler)) = pairs.first() else {
            return Self { spans, items: Vec::new() };
        };
        let mut items = alloc::vec![*filler; to_index(start)];
        for (owner, item) in pairs {
            let Some(span) = spans.get_mut(to_index(*owner)) else { continue };
            if let Some(slot) = items.get_mut(span.range().end) {
                *slot = *item;
            }
            span.len = span.len.saturating_add(1);
        }
        Self { spans, items }
    }

    #[inline]
    pub(crate) fn of(&self, owner: u32) -> &[T] {
        let span = self.spans.get(to_index(owner)).copied().unwrap_or_default();
        self.items.get(span.range()).unwrap_or_default()
    }

    /// Every list, to be put in order.
    pub(crate) fn sort_each(&mut self, sort: impl Fn(&mut [T])) {
        for span in &self.spans {
            if let (2.., Some(list)) = (span.len, self.items.get_mut(span.range())) {
                sort(list);
            }
        }
    }
}

impl Lists<u32> {
    /// Whether a sorted list has a handle. O(log of its length).
    #[inline]
    pub(crate) fn has(&self, owner: u32, item: u32) -> bool {
        self.of(owner).binary_search(&item).is_ok()
    }
}
