//! The ids of one kind of entity: compact, in order, and found by hash.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use hashbrown::HashTable;

use crate::id::{Id, IdForm, IdRef};

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

#[inline]
fn hash(id: &IdRef<'_>) -> u64 {
    match id.sixteen() {
        Some(bytes) => crate::hash::sixteen(bytes),
        None => crate::hash::bytes(id.as_bytes()),
    }
}

/// The ids and aliases of one kind of entity. Handles are positions in the order of ids [C-77].
#[derive(Clone, Default)]
pub(crate) struct IdTable {
    ids: IdStore,
    aliases: IdStore,
    alias_of: Vec<u32>,
    index: HashTable<Slot>,
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
        let duplicates = table.fill_index(rows, &handle_of, id, aliases);
        Built { table, row_of, handle_of, duplicates }
    }

    /// Enters ids and aliases in the order of the rows.
    fn fill_index<'e, T>(
        &mut self,
        rows: &'e [T],
        handle_of: &[u32],
        id: impl Fn(&'e T) -> &'e Id,
        aliases: impl Fn(&'e T) -> &'e [Id],
    ) -> Vec<DuplicateId> {
        let mut duplicates = Vec::new();
        for (entity, (row, handle)) in rows.iter().zip(handle_of).enumerate() {
            let id = id(row).as_ref();
            if !self.enter(&id, Slot::new(false, id.form(), *handle)) {
                duplicates.push(DuplicateId { entity, alias: None });
            }
            for (position, alias) in aliases(row).iter().enumerate() {
                let number = u32::try_from(self.alias_of.len()).unwrap_or(u32::MAX);
                let slot = Slot::new(true, alias.form(), number);
                self.aliases.push(alias.as_ref());
                self.alias_of.push(*handle);
                if !self.enter(&alias.as_ref(), slot) {
                    duplicates.push(DuplicateId { entity, alias: Some(position) });
                }
            }
        }
        duplicates
    }

    /// Enters an id; false when it is there already.
    fn enter(&mut self, id: &IdRef<'_>, slot: Slot) -> bool {
        let hash_of = hash(id);
        if self.index.find(hash_of, |known| self.is(*known, id)).is_some() {
            return false;
        }
        let Self { ids, aliases, index, .. } = self;
        index.insert_unique(hash_of, slot, |slot| {
            let store = if slot.is_alias() { &*aliases } else { &*ids };
            store.get(to_index(slot.position())).map_or(0, |id| hash(&id))
        });
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
        let slot = *self.index.find(hash(id), |slot| self.is(*slot, id))?;
        if slot.is_alias() {
            return self.alias_of.get(to_index(slot.position())).copied();
        }
        Some(slot.position())
    }

    /// The id of a handle.
    pub(crate) fn id(&self, handle: u32) -> Option<IdRef<'_>> {
        self.ids.get(to_index(handle))
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// All handles, in the order of their ids.
    pub(crate) fn handles(&self) -> impl Iterator<Item = u32> + use<> {
        (0_u32..).take(self.len())
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
    keys.sort_unstable_by(|a, b| {
        (a.0, a.1)
            .cmp(&(b.0, b.1))
            .then_with(|| {
                if a.0 == IdForm::Name { full(a.2).cmp(&full(b.2)) } else { Ordering::Equal }
            })
            .then(a.2.cmp(&b.2))
    });
    keys.into_iter().map(|(_, _, row)| row).collect()
}

/// A handle as an index. On every platform of this library a `usize` has at least 32 bits.
#[inline]
pub(crate) const fn to_index(handle: u32) -> usize {
    handle as usize
}
