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

/// One list of `T` for each owner. A loaded list has just its room. One that grows moves into a slot as long as the power
/// of two that holds it, and what it leaves is given to others, so that memory stays within a few times what lists need.
#[derive(Clone, Debug)]
pub(crate) struct Lists<T = u32> {
    spans: Vec<Span>,
    items: Vec<T>,
    /// Before this lie the loaded lists; their room is not given to others.
    loaded: u32,
    /// Where free slots of 2^n items begin, by n.
    free: Vec<Vec<u32>>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { spans: Vec::new(), items: Vec::new(), loaded: 0, free: Vec::new() }
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
            return Self { spans, ..Self::default() };
        };
        let mut items = alloc::vec![*filler; to_index(start)];
        for (owner, item) in pairs {
            let Some(span) = spans.get_mut(to_index(*owner)) else { continue };
            if let Some(slot) = items.get_mut(span.range().end) {
                *slot = *item;
            }
            span.len = span.len.saturating_add(1);
        }
        Self { spans, items, loaded: start, free: Vec::new() }
    }

    #[inline]
    pub(crate) fn of(&self, owner: u32) -> &[T] {
        let span = self.spans.get(to_index(owner)).copied().unwrap_or_default();
        self.items.get(span.range()).unwrap_or_default()
    }

    pub(crate) fn of_mut(&mut self, owner: u32) -> &mut [T] {
        let span = self.spans.get(to_index(owner)).copied().unwrap_or_default();
        self.items.get_mut(span.range()).unwrap_or_default()
    }

    /// Every list, to be put in order.
    pub(crate) fn sort_each(&mut self, sort: impl Fn(&mut [T])) {
        for span in &self.spans {
            if let (2.., Some(list)) = (span.len, self.items.get_mut(span.range())) {
                sort(list);
            }
        }
    }

    /// Changes items of any list.
    pub(crate) fn change_each(&mut self, change: impl FnMut(&mut T)) {
        self.items.iter_mut().for_each(change);
    }

    /// An empty list for one more owner.
    pub(crate) fn push_owner(&mut self) -> u32 {
        let owner = u32::try_from(self.spans.len()).unwrap_or(u32::MAX);
        self.spans.push(Span::default());
        owner
    }

    /// Adds an item at the end of a list. O(1), amortised.
    pub(crate) fn push(&mut self, owner: u32, item: T) {
        let Some(span) = self.spans.get(to_index(owner)).copied() else { return };
        self.resize(owner, span.len.saturating_add(1), item);
        if let Some(last) = self.of_mut(owner).last_mut() {
            *last = item;
        }
    }

    /// Takes out the item at a position; the last one takes its place.
    pub(crate) fn swap_remove(&mut self, owner: u32, position: usize) {
        let list = self.of_mut(owner);
        let Some(last) = list.len().checked_sub(1) else { return };
        if position > last {
            return;
        }
        list.swap(position, last);
        if let Some(filler) = list.first().copied() {
            self.resize(owner, u32::try_from(last).unwrap_or(u32::MAX), filler);
        }
    }

    /// Another list in place of the one there is.
    pub(crate) fn replace(&mut self, owner: u32, list: &[T]) {
        let length = u32::try_from(list.len()).unwrap_or(u32::MAX);
        let held = self.of(owner).first().copied();
        if let Some(filler) = list.first().copied().or(held) {
            self.resize(owner, length, filler);
        }
        for (slot, item) in self.of_mut(owner).iter_mut().zip(list) {
            *slot = *item;
        }
    }

    /// Gives a list another length. What it had stays at its beginning; new items hold anything.
    fn resize(&mut self, owner: u32, length: u32, filler: T) {
        let Some(old) = self.spans.get(to_index(owner)).copied() else { return };
        let is_loaded = old.len > 0 && old.start < self.loaded;
        let room = if is_loaded { old.len } else { room_of(old.len) };
        let needed = room_of(length);
        let start = if length == 0 {
            if !is_loaded {
                self.release(old.start, room);
            }
            0
        } else if length <= room && (is_loaded || needed == room) {
            old.start
        } else if !is_loaded && needed < room {
            let rest = old.start.saturating_add(needed);
            self.release(rest, room.saturating_sub(needed));
            old.start
        } else {
            let start = self.take(needed, filler);
            let from = to_index(start);
            self.items.copy_within(old.range(), from);
            if !is_loaded {
                self.release(old.start, room);
            }
            start
        };
        if let Some(span) = self.spans.get_mut(to_index(owner)) {
            *span = Span { start, len: length };
        }
    }

    /// A slot of this many items, a power of two.
    fn take(&mut self, room: u32, filler: T) -> u32 {
        let class = to_index(room.trailing_zeros());
        for larger in class..self.free.len() {
            let Some(start) = self.free.get_mut(larger).and_then(Vec::pop) else { continue };
            let whole = 1_u32.checked_shl(u32::try_from(larger).unwrap_or(u32::MAX));
            let whole = whole.unwrap_or(room);
            self.release(start.saturating_add(room), whole.saturating_sub(room));
            return start;
        }
        let start = self.items.len();
        let more = to_index(room);
        if self.items.capacity().saturating_sub(start) < more {
            // Doubling would double the memory of a directory at its first edit.
            self.items.reserve_exact(more.max(start / 16));
        }
        self.items.resize(start.saturating_add(more), filler);
        u32::try_from(start).unwrap_or(u32::MAX)
    }

    /// Notes free room: `len` is the difference of two powers of two, and so is made of slots that double.
    fn release(&mut self, start: u32, len: u32) {
        let (mut at, mut left) = (start, len);
        while left > 0 {
            let class = left.trailing_zeros();
            let room = 1_u32.checked_shl(class).unwrap_or(left);
            let index = to_index(class);
            if self.free.len() <= index {
                self.free.resize_with(index.saturating_add(1), Vec::new);
            }
            if let Some(slots) = self.free.get_mut(index) {
                slots.push(at);
            }
            at = at.saturating_add(room);
            left = left.saturating_sub(room);
        }
    }
}

/// The room of a slot that holds a list of this length.
fn room_of(length: u32) -> u32 {
    if length == 0 { 0 } else { length.checked_next_power_of_two().unwrap_or(u32::MAX) }
}

impl Lists<u32> {
    /// Whether a sorted list has a handle. O(log of its length).
    #[inline]
    pub(crate) fn has(&self, owner: u32, item: u32) -> bool {
        self.of(owner).binary_search(&item).is_ok()
    }

    /// Takes an item out of a list in no order. O(length of the list), one pass over its memory.
    pub(crate) fn remove_item(&mut self, owner: u32, item: u32) {
        if let Some(position) = self.of(owner).iter().position(|known| *known == item) {
            self.swap_remove(owner, position);
        }
    }
}
