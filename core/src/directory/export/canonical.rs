//! One order for what a document may have in any.

use alloc::vec::Vec;

use crate::estate::CatalogDoc;
use crate::order::Order;
use crate::path::RolePath;

/// Additions to the catalog: keys, lines, and what is in them, in the order of their text.
pub(crate) fn canonical_catalog(doc: &CatalogDoc) -> CatalogDoc {
    let mut doc = doc.clone();
    doc.permissions.order_stable_by(|a, b| a.key.cmp(&b.key));
    doc.roles.order_stable_by(|a, b| a.role.cmp(&b.role));
    for line in &mut doc.roles {
        line.keys = sorted(&line.keys);
        line.given_by.order_stable_by(|a, b| (&a.key, a.on).cmp(&(&b.key, b.on)));
        line.given_by.dedup();
        if let Some(kinds) = &mut line.organisation_kinds {
            kinds.order();
            kinds.dedup();
        }
    }
    doc
}

/// Paths in order, each once.
pub(super) fn sorted(paths: &[RolePath]) -> Vec<RolePath> {
    let mut paths = paths.to_vec();
    paths.order();
    paths.dedup();
    paths
}
