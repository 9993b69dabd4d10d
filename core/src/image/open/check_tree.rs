//! The tree of organisations: one walk in preorder, without a stack.

use super::check::Check;
use crate::facts::{NONE, to_index};
use crate::image::error::{ImageError, ImageFault};
use crate::image::layout::{List, OrganisationRow};
use crate::image::section::Section;
use crate::limits::MAX_ORGANISATION_DEPTH;

impl Check<'_, '_> {
    /// From each organisation the walk climbs to the parent of the next: what it leaves behind ends there. All that it
    /// climbs over was looked at before, so the climb ends; and each is left once, so the walk is O(organisations).
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn tree(&self) -> Result<(), ImageError> {
        let rows = self.image.organisations.rows;
        let order = self.image.lists.of(List::Preorder, 0);
        if order.len() != rows.len() {
            return Err(self.row(ImageFault::Tree, Section::Organisations, 0));
        }
        let mut place = NONE;
        for (item, position) in order.iter().zip(0..u32::MAX) {
            let next = item.get();
            let refuse = || self.row(ImageFault::Tree, Section::Organisations, to_index(next));
            let row = self.image.organisations.get(next).ok_or_else(refuse)?;
            let left = self.climb(place, row.parent.get(), position).ok_or_else(refuse)?;
            // Brothers and sisters are in the order of ids.
            let is_after = left == NONE || left < next;
            if !is_after || row.preorder.get() != position || !self.hangs_on_its_parent(row) {
                return Err(refuse());
            }
            place = next;
        }
        let end = self.image.organisations.len();
        self.climb(place, NONE, end)
            .map(|_| ())
            .ok_or_else(|| self.row(ImageFault::Tree, Section::Organisations, to_index(place)))
    }

    /// From an organisation up to another, or above the root; what is left ends at a position. The last that was left, or
    /// `NONE`.
    fn climb(&self, from: u32, to: u32, position: u32) -> Option<u32> {
        let (mut place, mut left) = (from, NONE);
        while place != to {
            // There is nothing above `NONE`: the parent is not where the next one stands.
            let row = self.image.organisations.get(place)?;
            if row.end.get() != position {
                return None;
            }
            left = place;
            place = row.parent.get();
        }
        Some(left)
    }

    /// Whether depth and flags go with those of the parent.
    fn hangs_on_its_parent(&self, row: &OrganisationRow) -> bool {
        let (depth, is_live) = match self.image.organisations.get(row.parent.get()) {
            Some(parent) => (parent.depth.saturating_add(1), parent.flags),
            None => (0, OrganisationRow::LIVE),
        };
        row.depth == depth
            && u32::from(depth) < MAX_ORGANISATION_DEPTH
            && row.flags & !(is_live & OrganisationRow::LIVE) == 0
    }
}
