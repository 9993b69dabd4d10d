//! The ids of one kind of entity: compact, in order, and found by hash.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use hashbrown::HashTable;

use super::edit::EditError;
use crate::facts::NONE;
pub(crate) use crate::facts::to_index;
use crate::hash::shared;
use crate::id::{Id, IdForm, IdRef};
use crate::order::Order;
use crate::sorted::{Map, Set};

/// A value of the index: whether it is an alias, the form of the id (so that a search need not look that up), and the
/// position among the ids or the aliases.
#[derive(Clone, Copy)]
struct Slot(u32);

impl Slot {
    const ALIAS: u32 = 1 << 31;
    const FORM_SHIFT: u32 = 29;
    const POSITION: u32 = (1 << Self::FORM_SHIFT) - 1;

    const fn new(is_alias: bool, form: IdForm, position: u32) -> Self {
        let alias = if is_alias { Self::ALIAS } else { 0 };
        Self(alias | Self::form_bits(form) | (position & Self::POSITION))
    }

    const fn form_bits(form: IdForm) -> u32 {
        (form as u32) << Self::FORM_SHIFT
    }

    const fn is_alias(self) -> bool {
        self.0 & Self::ALIAS != 0
    }

    const fn has_form(self, form: IdForm) -> bool {
        self.0 & !(Self::ALIAS | Self::POSITION) == Self::form_bits(form)
    }

    const fn position(self) -> u32 {
        self.0 & Self::POSITION
    }
}

/// Many ids, 17 bytes each and the text of names.
#[derive(Clone, Debug, Default)]
struct IdStore {
    /// The bytes of a ULID or UUID; of a name, where it starts and how long it is.
    bytes: Vec<[u8; 16]>,
    forms: Vec<IdForm>,
    names: String,
}

impl IdStore {
    fn with_capacity(ids: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(ids),
            forms: Vec::with_capacity(ids),
            names: String::new(),
        }
    }

    fn push(&mut self, id: IdRef<'_>) {
        let form = id.form();
        let bytes = match id.sixteen() {
            Some(bytes) => *bytes,
            None => {
                let start = self.names.len();
                id.with_text(|text| self.names.push_str(text));
                name_place(start, self.names.len().saturating_sub(start))
            }
        };
        self.bytes.push(bytes);
        self.forms.push(form);
    }

    fn get(&self, position: usize) -> Option<IdRef<'_>> {
        let bytes = self.bytes.get(position)?;
        Some(match self.forms.get(position)? {
            IdForm::Ulid => IdRef::from_ulid_bytes(*bytes),
            IdForm::Uuid => IdRef::from_uuid_bytes(*bytes),
            IdForm::Name => {
                let (start, length) = name_span(bytes);
                let text = self.names.get(start..start.checked_add(length)?)?;
                IdRef::parse(text).ok()?
            }
        })
    }

    fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether the id at a position, whose form is that of `id`, is `id`.
    #[inline]
    fn is(&self, position: usize, id: &IdRef<'_>) -> bool {
        let Some(bytes) = self.bytes.get(position) else { return false };
        if let Some(sixteen) = id.sixteen() {
            return bytes == sixteen;
        }
        let (start, length) = name_span(bytes);
        let end = start.saturating_add(length);
        self.names.as_bytes().get(start..end) == Some(id.as_bytes())
    }
}

fn name_place(start: usize, length: usize) -> [u8; 16] {
    let start = u64::try_from(start).unwrap_or(u64::MAX);
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    (u128::from(start) | u128::from(length) << 64).to_le_bytes()
}

fn name_span(place: &[u8; 16]) -> (usize, usize) {
    let place = u128::from_le_bytes(*place);
    let part = |part: u128| usize::try_from(part & u128::from(u64::MAX)).unwrap_or(usize::MAX);
    (part(place), part(place >> 64))
}

/// The ids and aliases of one kind of entity. Handles of loaded ones are positions in the order of ids [C-77]; later ones
/// follow as they came, and none is given twice.
#[derive(Clone, Default)]
pub(crate) struct IdTable {
    ids: IdStore,
    aliases: IdStore,
    alias_of: Vec<u32>,
    index: HashTable<Slot>,
    /// Handles below this are in the order of ids.
    ordered: u32,
    /// Aliases below this are in the order of their entities.
    ordered_aliases: usize,
    /// Positions of all other aliases, by entity.
    later_aliases: Map<u32, Vec<u32>>,
    dead: Set<u32>,
    dead_aliases: Set<u32>,
}

/// Two ids, or aliases, that are the same: positions in what [`IdTable::build`] was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DuplicateId {
    /// The entity whose id is not the first.
    pub(crate) entity: usize,
    /// Which of its aliases; none for its id.
    pub(crate) alias: Option<usize>,
}

/// A table, and how its handles and the rows it was made from belong together.
pub(crate) struct Built {
    pub(crate) table: IdTable,
    /// Row of each handle.
    pub(crate) row_of: Vec<u32>,
    /// Handle of each row.
    pub(crate) handle_of: Vec<u32>,
    pub(crate) duplicates: Vec<DuplicateId>,
}

impl IdTable {
    /// Sorts and indexes the ids of rows. O(n log n), O(n) for rows that come in order.
    pub(crate) fn build<'e, T>(
        rows: &'e [T],
        id: impl Fn(&'e T) -> &'e Id,
        aliases: impl Fn(&'e T) -> &'e [Id],
    ) -> Built {
        let row_of = rows_by_id(rows, &id);
        let id_at = |row: u32| rows.get(to_index(row)).map(&id);
        let mut handle_of = alloc::vec![0; rows.len()];
        let mut table = Self {
            ids: IdStore::with_capacity(rows.len()),
            index: HashTable::with_capacity(rows.len()),
            ..Self::default()
        };
        for (row, handle) in row_of.iter().zip(0_u32..) {
            if let Some(slot) = handle_of.get_mut(to_index(*row)) {
                *slot = handle;
            }
            if let Some(id) = id_at(*row) {
                table.ids.push(id.as_ref());
            }
        }
        table.ordered = u32::try_from(table.ids.len()).unwrap_or(NONE);
        let first_alias = table.store_aliases(rows, &row_of, &aliases);
        let duplicates = table.fill_index(rows, &handle_of, &first_alias, id, aliases);
        Built { table, row_of, handle_of, duplicates }
    }

    /// Stores the aliases in the order of handles. Where those of each handle begin; nothing where there are none at all.
    fn store_aliases<'e, T>(
        &mut self,
        rows: &'e [T],
        row_of: &[u32],
        aliases: impl Fn(&'e T) -> &'e [Id],
    ) -> Vec<u32> {
        if rows.iter().all(|row| aliases(row).is_empty()) {
            return Vec::new();
        }
        let mut first = Vec::with_capacity(rows.len());
        for (row, handle) in row_of.iter().zip(0_u32..) {
            first.push(u32::try_from(self.alias_of.len()).unwrap_or(NONE));
            for alias in rows.get(to_index(*row)).map(&aliases).unwrap_or_default() {
                self.aliases.push(alias.as_ref());
                self.alias_of.push(handle);
            }
        }
        self.ordered_aliases = self.alias_of.len();
        first
    }

    /// Enters ids and aliases in the order of the rows.
    fn fill_index<'e, T>(
        &mut self,
        rows: &'e [T],
        handle_of: &[u32],
        first_alias: &[u32],
        id: impl Fn(&'e T) -> &'e Id,
        aliases: impl Fn(&'e T) -> &'e [Id],
    ) -> Vec<DuplicateId> {
        let mut duplicates = Vec::new();
        for (entity, (row, handle)) in rows.iter().zip(handle_of).enumerate() {
            let id = id(row).as_ref();
            if !self.enter(&id, Slot::new(false, id.form(), *handle)) {
                duplicates.push(DuplicateId { entity, alias: None });
            }
            let first = first_alias.get(to_index(*handle)).copied().unwrap_or_default();
            for ((position, alias), number) in aliases(row).iter().enumerate().zip(first..) {
                let slot = Slot::new(true, alias.form(), number);
                if !self.enter(&alias.as_ref(), slot) {
                    duplicates.push(DuplicateId { entity, alias: Some(position) });
                }
            }
        }
        duplicates
    }

    /// Enters an id; false when it is there already.
    fn enter(&mut self, id: &IdRef<'_>, slot: Slot) -> bool {
        let hash_of = crate::hash::id(id);
        if self.index.find(hash_of, |known| self.is(*known, id)).is_some() {
            return false;
        }
        let Self { ids, aliases, index, .. } = self;
        index.insert_unique(
            hash_of,
            slot,
            shared(&|slot: &Slot| {
                let store = if slot.is_alias() { &*aliases } else { &*ids };
                store.get(to_index(slot.position())).map_or(0, |id| crate::hash::id(&id))
            }),
        );
        true
    }

    #[inline]
    fn is(&self, slot: Slot, id: &IdRef<'_>) -> bool {
        let store = if slot.is_alias() { &self.aliases } else { &self.ids };
        slot.has_form(id.form()) && store.is(to_index(slot.position()), id)
    }

    /// The handle of an id or alias.
    #[inline]
    pub(crate) fn find(&self, id: &IdRef<'_>) -> Option<u32> {
        let slot = *self.index.find(crate::hash::id(id), |slot| self.is(*slot, id))?;
        if slot.is_alias() {
            return self.alias_of.get(to_index(slot.position())).copied();
        }
        Some(slot.position())
    }

    /// The id of a handle; none of one that is gone.
    pub(crate) fn id(&self, handle: u32) -> Option<IdRef<'_>> {
        if !self.dead.is_empty() && self.dead.contains(&handle) {
            return None;
        }
        self.ids.get(to_index(handle))
    }

    /// The aliases of a handle, by id.
    pub(crate) fn aliases(&self, handle: u32) -> Vec<Id> {
        let positions = self.alias_positions(handle);
        let mut aliases: Vec<Id> = positions
            .filter_map(|position| Some(self.aliases.get(to_index(position))?.to_owned()))
            .collect();
        aliases.order();
        aliases
    }

    /// How many aliases there are.
    pub(crate) fn alias_count(&self) -> usize {
        self.alias_of.len().saturating_sub(self.dead_aliases.len())
    }

    fn alias_positions(&self, handle: u32) -> impl Iterator<Item = u32> {
        let ordered = self.alias_of.get(..self.ordered_aliases).unwrap_or_default();
        let start = ordered.partition_point(|of| *of < handle);
        let end = ordered.partition_point(|of| *of <= handle);
        let first = u32::try_from(start).unwrap_or(NONE);
        let ordered = (first..).take(end.saturating_sub(start));
        let later = self.later_aliases.get(&handle).into_iter().flatten().copied();
        ordered.chain(later).filter(|position| !self.dead_aliases.contains(position))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ids.len().saturating_sub(self.dead.len())
    }

    /// How many handles were given; the length of what is kept by handle.
    pub(crate) fn given(&self) -> usize {
        self.ids.len()
    }

    /// All handles, in no order.
    pub(crate) fn handles(&self) -> impl Iterator<Item = u32> {
        (0_u32..).take(self.given()).filter(|handle| !self.dead.contains(handle))
    }

    /// All handles, in the order of their ids.
    pub(crate) fn in_order(&self) -> Vec<u32> {
        let mut handles: Vec<u32> = self.handles().collect();
        if self.has_later() {
            handles.order_stable_by(|a, b| self.compare(*a, *b));
        }
        handles
    }

    fn has_later(&self) -> bool {
        self.given() > to_index(self.ordered)
    }

    /// The order of two ids, by their handles.
    #[inline]
    pub(crate) fn compare(&self, a: u32, b: u32) -> Ordering {
        if a < self.ordered && b < self.ordered || a == b {
            return a.cmp(&b);
        }
        match (self.ids.get(to_index(a)), self.ids.get(to_index(b))) {
            (Some(first), Some(second)) => first.cmp(&second),
            _ => a.cmp(&b),
        }
    }

    /// Puts handles in the order of their ids, each once.
    pub(crate) fn sort(&self, handles: &mut Vec<u32>) {
        if self.has_later() {
            handles.order_by(|a, b| self.compare(*a, *b));
        } else {
            handles.order();
        }
        handles.dedup();
    }

    /// Whether a new entity may have this id and these aliases.
    pub(crate) fn check_new(&self, id: &Id, aliases: &[Id]) -> Result<(), EditError> {
        for (position, name) in [id].into_iter().chain(aliases).enumerate() {
            let mut earlier = [id].into_iter().chain(aliases).take(position);
            if self.find(&name.as_ref()).is_some() || earlier.any(|earlier| earlier == name) {
                return Err(EditError::DuplicateId(name.clone()));
            }
        }
        if self.given() >= to_index(Slot::POSITION) {
            return Err(EditError::Full);
        }
        Ok(())
    }

    /// A new entity, with the next handle.
    pub(crate) fn insert(&mut self, id: &Id, aliases: &[Id]) -> Result<u32, EditError> {
        self.check_new(id, aliases)?;
        let handle = u32::try_from(self.given()).map_err(|_| EditError::Full)?;
        let reference = id.as_ref();
        let last = handle.checked_sub(1).and_then(|last| self.ids.get(to_index(last)));
        if self.ordered == handle && last.is_none_or(|last| last < reference) {
            self.ordered = handle.saturating_add(1);
        }
        self.ids.push(reference);
        self.enter(&reference, Slot::new(false, id.form(), handle));
        aliases.iter().for_each(|alias| self.add_alias(handle, alias));
        Ok(handle)
    }

    fn add_alias(&mut self, handle: u32, alias: &Id) {
        let position = u32::try_from(self.alias_of.len()).unwrap_or(NONE);
        self.aliases.push(alias.as_ref());
        self.alias_of.push(handle);
        if let Some(aliases) = self.later_aliases.or_insert_with(handle, Vec::new) {
            aliases.push(position);
        }
        self.enter(&alias.as_ref(), Slot::new(true, alias.form(), position));
    }

    /// Whether an entity may have these aliases in place of its own.
    pub(crate) fn check_aliases(&self, handle: u32, aliases: &[Id]) -> Result<(), EditError> {
        for (position, alias) in aliases.iter().enumerate() {
            let is_own_id = self.id(handle) == Some(alias.as_ref());
            let is_others = self.find(&alias.as_ref()).is_some_and(|owner| owner != handle);
            if is_own_id || is_others || aliases.iter().take(position).any(|known| known == alias) {
                return Err(EditError::DuplicateId(alias.clone()));
            }
        }
        Ok(())
    }

    /// Other aliases for an entity.
    pub(crate) fn set_aliases(&mut self, handle: u32, aliases: &[Id]) -> Result<(), EditError> {
        self.check_aliases(handle, aliases)?;
        let known = self.aliases(handle);
        if known.len() == aliases.len() && aliases.iter().all(|alias| known.contains(alias)) {
            return Ok(());
        }
        self.remove_aliases(handle);
        aliases.iter().for_each(|alias| self.add_alias(handle, alias));
        Ok(())
    }

    fn remove_aliases(&mut self, handle: u32) {
        let positions: Vec<u32> = self.alias_positions(handle).collect();
        for position in positions {
            let alias = self.aliases.get(to_index(position)).map(|alias| alias.to_owned());
            if let Some(alias) = alias {
                self.leave(&alias);
            }
            if to_index(position) < self.ordered_aliases {
                self.dead_aliases.insert(position);
            }
        }
        self.later_aliases.remove(&handle);
    }

    /// Takes an id or alias out of the index.
    fn leave(&mut self, id: &Id) {
        let id = id.as_ref();
        let Self { ids, aliases, index, .. } = self;
        let is_it = |slot: &Slot| {
            let store = if slot.is_alias() { &*aliases } else { &*ids };
            slot.has_form(id.form()) && store.is(to_index(slot.position()), &id)
        };
        if let Ok(entry) = index.find_entry(crate::hash::id(&id), is_it) {
            entry.remove();
        }
    }

    /// Takes an entity out; its handle names nothing from now on.
    pub(crate) fn remove(&mut self, handle: u32) {
        let Some(id) = self.id(handle).map(|id| id.to_owned()) else { return };
        self.remove_aliases(handle);
        self.leave(&id);
        self.dead.insert(handle);
    }
}

/// The rows in the order of their ids, equal ones as they come. What is compared first lies side by side: the form and
/// the first bytes, which are all of a ULID or UUID.
fn rows_by_id<'e, T>(rows: &'e [T], id: impl Fn(&'e T) -> &'e Id) -> Vec<u32> {
    let mut keys: Vec<(IdForm, [u8; 16], u32)> = Vec::with_capacity(rows.len());
    for (row, number) in rows.iter().zip(0_u32..) {
        let id = id(row).as_ref();
        let mut first = [0; 16];
        for (to, from) in first.iter_mut().zip(id.as_bytes()) {
            *to = *from;
        }
        keys.push((id.form(), first, number));
    }
    let full = |row: u32| rows.get(to_index(row)).map(&id);
    keys.order_by(|a, b| {
        (a.0, a.1)
            .cmp(&(b.0, b.1))
            .then_with(|| {
                if a.0 == IdForm::Name { full(a.2).cmp(&full(b.2)) } else { Ordering::Equal }
            })
            .then(a.2.cmp(&b.2))
    });
    keys.into_iter().map(|(_, _, row)| row).collect()
}
