//! Changes to a directory, each of which keeps every index right. The rules of an estate are checked before, by
//! `check_rows`; a change refuses only what would break what the directory itself relies on.

mod check;
mod emails;
mod error;
mod grants;
mod groups;
mod look;
mod memberships;
mod organisations;
mod people;
mod places;
mod residencies;
#[cfg(test)]
mod tests;
mod units;

pub(crate) use self::error::EditError;
use super::Directory;
use super::ids::{IdTable, to_index};
use super::lists::Lists;
use crate::estate::ValidityDoc;
use crate::facts::NONE;
use crate::id::Id;
use crate::order::Order;
use crate::time::Validity;

impl Directory {
    /// The number of the estate's state, as the host counts. Between two states, what edits left behind is cleared away.
    pub(crate) fn set_revision(&mut self, revision: u64) {
        self.revision = revision;
        if self.conditions.is_crowded() {
            self.sweep_conditions();
        }
        if self.meanings.is_crowded() {
            self.sweep_meanings();
        }
    }

    /// Frees the numbers of meanings that no role and no group has any more; every grant has that of its role or group.
    /// O(roles, groups and meanings); only where few numbers are left.
    fn sweep_meanings(&mut self) {
        let roles = self.roles.rows().flat_map(|role| [role.meaning, role.platform_meaning]);
        let groups = self.groups.rows.iter().map(|group| group.meaning);
        self.meanings.sweep(roles.chain(groups));
    }

    /// Forgets windows that nothing has any more. O(grants of everybody); worth it once the windows have doubled, and so
    /// of no cost to a single edit.
    fn sweep_conditions(&mut self) {
        let old = core::mem::take(&mut self.conditions);
        let kept = &mut self.conditions;
        let mut renumber = |number: &mut u32| {
            *number = kept.number(old.get(*number).unwrap_or(Validity::NEVER));
        };
        self.people.grants.change_each(|grant| renumber(&mut grant.condition));
        self.memberships.rows.iter_mut().for_each(|row| renumber(&mut row.condition));
        self.residencies.rows.iter_mut().for_each(|row| renumber(&mut row.condition));
        self.memberships.own_windows.values_mut().for_each(renumber);
        self.conditions.note_sweep();
    }

    /// The number of a window as written; absent is always.
    fn number_of(&mut self, valid: Option<&ValidityDoc>) -> u32 {
        self.conditions.number(window(valid))
    }
}

fn window(valid: Option<&ValidityDoc>) -> Validity {
    valid.map_or(Validity::ALWAYS, ValidityDoc::window)
}

/// What an id or alias names.
fn find(ids: &IdTable, id: &Id) -> Result<u32, EditError> {
    ids.find(&id.as_ref()).ok_or_else(|| EditError::UnknownReference(id.clone()))
}

/// What an id or alias names, [`NONE`] where there is none.
fn find_some(ids: &IdTable, id: Option<&Id>) -> Result<u32, EditError> {
    id.map_or(Ok(NONE), |id| find(ids, id))
}

/// A list of different things, in the order of their handles.
fn find_set(ids: &IdTable, named: &[Id]) -> Result<alloc::vec::Vec<u32>, EditError> {
    let mut handles = alloc::vec::Vec::with_capacity(named.len());
    for id in named {
        handles.push(find(ids, id)?);
    }
    handles.order();
    handles.dedup();
    Ok(handles)
}

/// That a handle is something's, and, where the document of it is given, that it is the same thing's.
fn expect(
    ids: &IdTable,
    handle: u32,
    id: Option<&Id>,
    what: &'static str,
) -> Result<(), EditError> {
    let known = ids.id(handle).ok_or(EditError::Missing(what))?;
    match id {
        Some(id) if known != id.as_ref() => Err(EditError::UnknownReference(id.clone())),
        _ => Ok(()),
    }
}

/// Refuses while a list has somebody.
const fn expect_free(list: &[u32], what: &'static str, by: &'static str) -> Result<(), EditError> {
    if list.is_empty() { Ok(()) } else { Err(EditError::InUse { what, by }) }
}

fn set<T>(rows: &mut [T], handle: u32, value: T) {
    if let Some(row) = rows.get_mut(to_index(handle)) {
        *row = value;
    }
}

/// Moves an item from the list of one owner to that of another; [`NONE`] has no list.
fn relink(lists: &mut Lists, old: u32, new: u32, item: u32) {
    if old == new {
        return;
    }
    if old != NONE {
        lists.remove_item(old, item);
    }
    if new != NONE {
        lists.push(new, item);
    }
}
