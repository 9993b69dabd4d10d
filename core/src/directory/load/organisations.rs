//! Organisations: parents without cycles, depth, accounts, liveness [C-41, C-47, C-69].

use alloc::format;
use alloc::vec::Vec;

use super::{Indexed, Loader};
use crate::directory::ids::{Built, IdTable, to_index};
use crate::directory::lists::Lists;
use crate::estate::{FaultCode, OrganisationKind, Path};
use crate::facts::NONE;
use crate::order::Order;

/// The organisations of an estate, by handle.
pub(crate) struct LoadedOrganisations {
    pub(crate) indexed: Indexed,
    pub(crate) parents: Vec<u32>,
    /// From the root down to the organisation; empty for one in or below a cycle, or too deep.
    pub(crate) paths: Lists,
    pub(crate) accounts: Vec<u32>,
    pub(crate) live: Vec<bool>,
    pub(crate) kinds: Vec<Option<OrganisationKind>>,
    /// The buildings that each organisation serves, sorted.
    pub(crate) serves: Lists,
    /// Ids that no organisation may have again.
    pub(crate) purged: IdTable,
}

impl LoadedOrganisations {
    /// Whether `organisation` is `above` or below it. None when that cannot be said for a fault.
    pub(crate) fn within(&self, organisation: u32, above: u32) -> Option<bool> {
        let path = self.paths.of(organisation);
        (!path.is_empty() && above != NONE).then(|| path.contains(&above))
    }

    pub(crate) fn kind(&self, organisation: u32) -> Option<OrganisationKind> {
        self.kinds.get(to_index(organisation)).copied().flatten()
    }

    pub(crate) fn account(&self, organisation: u32) -> u32 {
        self.accounts.get(to_index(organisation)).copied().unwrap_or(NONE)
    }
}

impl Loader<'_, '_> {
    pub(super) fn load_organisations(
        &mut self,
        accounts: &Indexed,
        buildings: &Indexed,
    ) -> LoadedOrganisations {
        let rows = &self.estate.organisations;
        let indexed = self.index("organisations", rows, |row| &row.id, |row| &row.aliases);
        let count = rows.len();
        let root = Path::ROOT;
        let section = root.field("organisations");
        let mut parents = alloc::vec![NONE; count];
        let mut own_accounts = alloc::vec![NONE; count];
        let mut kinds = alloc::vec![None; count];
        let mut deleted = alloc::vec![false; count];
        let mut serves = Vec::new();
        for (index, (row, handle)) in rows.iter().zip(&indexed.handle_of).enumerate() {
            let path = section.index(index);
            let at = to_index(*handle);
            if let (Some(parent), Some(slot)) = (&row.parent, parents.get_mut(at)) {
                *slot = self.resolve(&indexed, parent, &path.field("parent"));
            }
            if let (Some(account), Some(slot)) = (&row.account, own_accounts.get_mut(at)) {
                let path = path.field("account");
                *slot = self.resolve(accounts, account, &path);
                if row.parent.is_some() {
                    let expected = "an account on root organisations only; others inherit it";
                    self.faults.add(
                        &path,
                        FaultCode::AccountOnChild,
                        format!("`{account}`"),
                        expected,
                    );
                }
            }
            if let Some(slot) = kinds.get_mut(at) {
                *slot = row.kind;
            }
            if let Some(slot) = deleted.get_mut(at) {
                *slot = row.deleted.is_some();
            }
            let served = self.resolve_list(buildings, &row.serves, &path.field("serves"));
            serves.extend(served.into_iter().map(|building| (*handle, building)));
        }
        let purged = self.check_purged(&indexed);
        let paths = self.organisation_paths(&indexed, &parents);
        let by_path =
            |organisation: u32, at: fn(&[u32]) -> Option<&u32>| at(paths.of(organisation)).copied();
        let accounts = indexed.table.handles().map(|organisation| {
            let root = by_path(organisation, <[u32]>::first).unwrap_or(organisation);
            own_accounts.get(to_index(root)).copied().unwrap_or(NONE)
        });
        let is_deleted = |at: &u32| deleted.get(to_index(*at)).copied().unwrap_or(true);
        let live = indexed
            .table
            .handles()
            .map(|organisation| !paths.of(organisation).iter().any(is_deleted));
        LoadedOrganisations {
            accounts: accounts.collect(),
            live: live.collect(),
            parents,
            kinds,
            serves: Lists::group(count, &serves),
            paths,
            purged,
            indexed,
        }
    }

    /// No organisation has the id of one that is gone for good, and each of these is told once [3-24].
    fn check_purged(&mut self, organisations: &Indexed) -> IdTable {
        let purged = &self.estate.purged_organisations;
        let Built { table, duplicates, .. } = IdTable::build(purged, |id| id, |_| &[]);
        let mut again: Vec<usize> = duplicates.iter().map(|duplicate| duplicate.entity).collect();
        again.extend((0..purged.len()).filter(|position| {
            let id = purged.get(*position);
            id.is_some_and(|id| organisations.table.find(&id.as_ref()).is_some())
        }));
        again.order();
        again.dedup();
        let root = Path::ROOT;
        let section = root.field("purged_organisations");
        for position in again {
            let Some(id) = purged.get(position) else { continue };
            let expected = "ids that no organisation has, each once";
            let found = format!("`{id}` a second time");
            self.faults.add(&section.index(position), FaultCode::DuplicateId, found, expected);
        }
        table
    }

    /// The way from the root to each organisation. Iterative: a chain of parents may be as long as the
    /// document allows.
    fn organisation_paths(&mut self, indexed: &Indexed, parents: &[u32]) -> Lists {
        let max_depth = self.estate.settings.max_organisation_depth;
        let depths = self.organisation_depths(indexed, parents, max_depth);
        let mut pairs = Vec::new();
        for (organisation, depth) in (0_u32..).zip(&depths) {
            let from = pairs.len();
            let mut at = organisation;
            for _ in 0..*depth {
                pairs.push((organisation, at));
                at = parents.get(to_index(at)).copied().unwrap_or(NONE);
            }
            if let Some(path) = pairs.get_mut(from..) {
                path.reverse();
            }
        }
        Lists::group(parents.len(), &pairs)
    }

    /// The depth of each organisation, a root having 1; 0 for one in or below a cycle, or too deep.
    fn organisation_depths(
        &mut self,
        indexed: &Indexed,
        parents: &[u32],
        max_depth: u32,
    ) -> Vec<u32> {
        const UNSEEN: u32 = u32::MAX;
        const ON_THE_WAY: u32 = u32::MAX - 1;
        let mut depths = alloc::vec![UNSEEN; parents.len()];
        let mut way = Vec::new();
        for start in indexed.table.handles() {
            let mut at = start;
            // Up to something known, a root, or back onto this way.
            while at != NONE && depths.get(to_index(at)) == Some(&UNSEEN) {
                if let Some(depth) = depths.get_mut(to_index(at)) {
                    *depth = ON_THE_WAY;
                }
                way.push(at);
                at = parents.get(to_index(at)).copied().unwrap_or(NONE);
            }
            let above = match depths.get(to_index(at)) {
                None => Some(0),
                Some(&ON_THE_WAY) => {
                    self.report_cycle(indexed, parents, at);
                    None
                }
                Some(0) => None,
                Some(depth) => Some(*depth),
            };
            // Down again, giving each its depth.
            let mut above = above;
            while let Some(organisation) = way.pop() {
                let depth = above.map(|depth| depth.saturating_add(1));
                let depth = depth.filter(|depth| {
                    let fits = *depth <= max_depth;
                    if !fits {
                        self.report_depth(indexed, organisation, *depth, max_depth);
                    }
                    fits
                });
                if let Some(slot) = depths.get_mut(to_index(organisation)) {
                    *slot = depth.unwrap_or(0);
                }
                above = depth;
            }
        }
        depths
    }

    fn report_cycle(&mut self, indexed: &Indexed, parents: &[u32], start: u32) {
        let mut first = u32::MAX;
        let mut length = 0_usize;
        let mut at = start;
        loop {
            first = first.min(indexed.row_of.get(to_index(at)).copied().unwrap_or(u32::MAX));
            length = length.saturating_add(1);
            at = parents.get(to_index(at)).copied().unwrap_or(NONE);
            if at == start || at == NONE {
                break;
            }
        }
        let found = format!("a cycle of {length} organisations");
        let root = Path::ROOT;
        let section = root.field("organisations");
        let row = section.index(to_index(first));
        self.faults.add(
            &row.field("parent"),
            FaultCode::OrganisationCycle,
            found,
            "parents that end in a root",
        );
    }

    fn report_depth(&mut self, indexed: &Indexed, organisation: u32, depth: u32, max_depth: u32) {
        let row = indexed.row_of.get(to_index(organisation)).copied().unwrap_or_default();
        let root = Path::ROOT;
        let section = root.field("organisations");
        let row = section.index(to_index(row));
        let expected = format!("at most {max_depth}, a root having depth 1");
        self.faults.add(
            &row.field("parent"),
            FaultCode::DepthExceeded,
            format!("depth {depth}"),
            expected,
        );
    }
}
