//! The lists of an image, all in one section.

use crate::facts::to_index;
use zerocopy::little_endian::U32;

use super::layout::List;

/// Words for each list at the beginning: owners, and where it begins.
pub(crate) const LIST_WORDS: usize = 2;
/// Where those of the first list are.
pub(crate) const FIRST_LIST: usize = 1;

/// The section `lists`.
#[derive(Clone, Copy)]
pub(crate) struct Lists<'a>(pub(crate) &'a [U32]);

impl<'a> Lists<'a> {
    #[inline]
    fn word(self, at: usize) -> u32 {
        self.0.get(at).map_or(0, |word| word.get())
    }

    /// How many owners a list has, and the word at which its starts begin.
    #[inline]
    pub(crate) fn place(self, list: List) -> (u32, usize) {
        let at = (list as usize).saturating_mul(LIST_WORDS).saturating_add(FIRST_LIST);
        (self.word(at), to_index(self.word(at.saturating_add(1))))
    }

    /// All items of a list, those of all owners end to end, and a word or more behind them.
    #[inline]
    fn items(self, (owners, start): (u32, usize)) -> &'a [U32] {
        let first = start.saturating_add(to_index(owners)).saturating_add(1);
        self.0.get(first..).unwrap_or_default()
    }

    /// The item of a list at a rank, whoever the owner is.
    pub(crate) fn item(self, list: List, rank: u32) -> Option<u32> {
        self.items(self.place(list)).get(to_index(rank)).map(|word| word.get())
    }

    /// How many items a list has, those of all owners together.
    pub(crate) fn total(self, list: List) -> usize {
        let (owners, start) = self.place(list);
        to_index(self.word(start.saturating_add(to_index(owners))))
    }

    /// Where the items of an owner lie among all items of a list; nothing for an owner there is not.
    #[cfg_attr(not(feature = "compact"), inline)]
    #[cfg_attr(feature = "compact", inline(never))]
    pub(crate) fn span(self, list: List, owner: u32) -> core::ops::Range<usize> {
        let (owners, start) = self.place(list);
        if owner >= owners {
            return 0..0;
        }
        let at = start.saturating_add(to_index(owner));
        to_index(self.word(at))..to_index(self.word(at.saturating_add(1)))
    }

    /// The items of an owner.
    #[cfg_attr(not(feature = "compact"), inline)]
    #[cfg_attr(feature = "compact", inline(never))]
    pub(crate) fn of(self, list: List, owner: u32) -> &'a [U32] {
        self.items(self.place(list)).get(self.span(list, owner)).unwrap_or_default()
    }

    /// Whether an owner has an item. O(log of its items); not for lists in an order of their own.
    #[cfg_attr(not(feature = "compact"), inline)]
    #[cfg_attr(feature = "compact", inline(never))]
    pub(crate) fn has(self, list: List, owner: u32, item: u32) -> bool {
        self.of(list, owner).binary_search_by_key(&item, |word| word.get()).is_ok()
    }
}
