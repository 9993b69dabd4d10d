//! The indexes of ids.

use alloc::vec::Vec;

use zerocopy::little_endian::U32;

use super::kept::Kept;
use super::selection::Selection;
use crate::directory::Directory;
use crate::directory::ids::IdTable;
use crate::id::{Id, IdRef};
use crate::image::write::{Alias, TextPool, write_index};
use crate::order::Order;

/// One a kind.
pub(super) struct Indexes {
    pub(super) organisations: Vec<U32>,
    pub(super) buildings: Vec<U32>,
    pub(super) integrations: Vec<U32>,
    pub(super) units: Vec<U32>,
    pub(super) doors: Vec<U32>,
    pub(super) people: Vec<U32>,
}

impl Indexes {
    pub(super) fn new(directory: &Directory, selection: &Selection, texts: &mut TextPool) -> Self {
        let mut index = |ids: &IdTable, kept: &Kept| frozen_index(ids, kept, texts);
        Self {
            organisations: index(&directory.organisations.ids, &selection.organisations),
            buildings: index(&directory.buildings.ids, &selection.buildings),
            integrations: index(&directory.integrations.ids, &selection.integrations),
            units: index(&directory.units.ids, &selection.units),
            doors: index(&directory.doors.ids, &selection.doors),
            people: index(&directory.people.ids, &selection.people),
        }
    }
}

fn frozen_index(ids: &IdTable, kept: &Kept, texts: &mut TextPool) -> Vec<U32> {
    let rows: Vec<IdRef<'_>> = kept.handles().filter_map(|handle| ids.id(handle)).collect();
    let mut names: Vec<(Id, u32)> = Vec::new();
    if ids.alias_count() > 0 {
        for (handle, frozen) in kept.handles().zip(0_u32..) {
            names.extend(ids.aliases(handle).into_iter().map(|alias| (alias, frozen)));
        }
    }
    names.order();
    let aliases: Vec<Alias<'_>> = names
        .iter()
        .map(|(id, handle)| Alias {
            id: id.as_ref(),
            bytes: texts.id(&id.as_ref()),
            handle: *handle,
        })
        .collect();
    write_index(&rows, &aliases)
}
