//! What the operations look up in the tree of organisations.

use alloc::vec::Vec;

use crate::directory::Directory;
use crate::facts::Facts;
use crate::id::Id;

impl Directory {
    /// The ids of organisations, in their order.
    pub(super) fn organisation_ids(&self, mut organisations: Vec<u32>) -> Vec<Id> {
        self.organisations.ids.sort(&mut organisations);
        let ids = organisations.into_iter().filter_map(|at| self.organisations.ids.id(at));
        ids.map(|id| id.to_owned()).collect()
    }

    /// How deep something right below `parent` stands; a root where there is none.
    pub(super) fn depth_below(&self, parent: Option<u32>) -> usize {
        parent.map_or(0, |parent| self.depth_of(parent)).saturating_add(1)
    }

    /// Whether an organisation is `above`, or stands below it.
    pub(super) fn is_within(&self, organisation: u32, above: u32) -> bool {
        self.depth_on_path(organisation, above).is_some()
    }

    /// Organisations right below `parent`, or all roots; deleted ones too, for they may be restored. For roots O(all).
    pub(super) fn siblings_below(&self, parent: Option<u32>) -> Vec<u32> {
        match parent {
            Some(parent) => self.children_of(parent).to_vec(),
            None => {
                let all = self.organisations.ids.handles();
                all.filter(|organisation| self.parent_of(*organisation).is_none()).collect()
            }
        }
    }
}
