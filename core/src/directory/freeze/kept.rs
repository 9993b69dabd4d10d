//! Which entities of a kind are frozen, and what their handles are in the image.

use alloc::vec::Vec;

use crate::directory::ids::{IdTable, to_index};
use crate::facts::NONE;
use crate::order::Order;

/// Entities that are kept, in the order of their ids.
#[derive(Default)]
pub(super) struct Kept {
    /// Handles of the directory, by that of the image.
    order: Vec<u32>,
    /// Handles of the image, by that of the directory; [`NONE`] of what is not kept.
    frozen: Vec<u32>,
}

impl Kept {
    pub(super) fn all(ids: &IdTable) -> Self {
        Self::in_order(ids, ids.in_order())
    }

    /// Those of a list, which may have some twice, or [`NONE`] in it.
    pub(super) fn some(ids: &IdTable, mut handles: Vec<u32>) -> Self {
        handles.retain(|handle| *handle != NONE);
        ids.sort(&mut handles);
        Self::in_order(ids, handles)
    }

    fn in_order(ids: &IdTable, order: Vec<u32>) -> Self {
        let mut frozen = alloc::vec![NONE; ids.given()];
        for (handle, number) in order.iter().zip(0_u32..) {
            if let Some(slot) = frozen.get_mut(to_index(*handle)) {
                *slot = number;
            }
        }
        Self { order, frozen }
    }

    /// The handle in the image, or [`NONE`].
    #[inline]
    pub(super) fn frozen(&self, handle: u32) -> u32 {
        self.frozen.get(to_index(handle)).copied().unwrap_or(NONE)
    }

    /// The handle in the directory, or [`NONE`].
    pub(super) fn original(&self, frozen: u32) -> u32 {
        self.order.get(to_index(frozen)).copied().unwrap_or(NONE)
    }

    pub(super) fn has(&self, handle: u32) -> bool {
        self.frozen(handle) != NONE
    }

    /// Handles of the directory, in order.
    pub(super) fn handles(&self) -> impl Iterator<Item = u32> {
        self.order.iter().copied()
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// Those of a list that are kept, as handles of the image, in order.
    pub(super) fn frozen_list(&self, handles: &[u32]) -> Vec<u32> {
        let mut list: Vec<u32> = handles
            .iter()
            .map(|handle| self.frozen(*handle))
            .filter(|handle| *handle != NONE)
            .collect();
        list.order();
        list
    }
}
