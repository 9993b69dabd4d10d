//! The tree of organisations as numbers: each one's place in preorder, and where its descendants end.

use alloc::vec::Vec;

use super::selection::Selection;
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::facts::NONE;
use crate::image::write::Csr;

/// What the tree says of an organisation. Handles are those of the image.
#[derive(Clone, Copy, Default)]
pub(super) struct Node {
    pub(super) parent: u32,
    pub(super) preorder: u32,
    pub(super) end: u32,
    pub(super) depth: u8,
}

/// All of them, by handle of the image.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Handles in preorder.
    pub(super) preorder: Vec<u32>,
}

impl Tree {
    pub(super) fn new(directory: &Directory, selection: &Selection) -> Self {
        let kept = &selection.organisations;
        let nodes = kept.handles().map(|organisation| {
            let path = directory.organisations.paths.of(organisation);
            let parent = path.iter().rev().nth(1).map_or(NONE, |parent| kept.frozen(*parent));
            let depth = u8::try_from(path.len().saturating_sub(1)).unwrap_or(u8::MAX);
            Node { parent, depth, ..Node::default() }
        });
        let mut tree = Self { nodes: nodes.collect(), preorder: Vec::with_capacity(kept.len()) };
        tree.number();
        tree
    }

    /// Numbers the nodes from the roots down, without recursion.
    fn number(&mut self) {
        let parents = || self.nodes.iter().map(|node| node.parent).zip(0_u32..);
        let children = Csr::group(self.nodes.len(), parents);
        let roots = parents().filter(|(parent, _)| *parent == NONE).map(|(_, root)| root);
        // Of each the smallest is to come out first.
        let mut waiting: Vec<u32> = roots.collect();
        waiting.reverse();
        while let Some(next) = waiting.pop() {
            let number = u32::try_from(self.preorder.len()).unwrap_or(NONE);
            self.preorder.push(next);
            if let Some(node) = self.nodes.get_mut(to_index(next)) {
                node.preorder = number;
                node.end = number.saturating_add(1);
            }
            waiting.extend(children.of(next).iter().rev());
        }
        self.find_ends();
    }

    /// Each ends where its last child does: from the last in preorder to the first, children come before their parents.
    fn find_ends(&mut self) {
        for organisation in self.preorder.iter().rev() {
            let Some(node) = self.nodes.get(to_index(*organisation)).copied() else { continue };
            if let Some(parent) = self.nodes.get_mut(to_index(node.parent)) {
                parent.end = parent.end.max(node.end);
            }
        }
    }
}
