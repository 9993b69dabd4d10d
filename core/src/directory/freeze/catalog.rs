//! What grants refer to: keys, meanings, conditions, roles, groups, lists of buildings.

use alloc::vec::Vec;

use zerocopy::little_endian::{I64, U16, U32};

use super::selection::Selection;
use crate::catalog::{Catalog, Meaning};
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::explain::Describe;
use crate::facts::{Access, Form, Grant, NONE};
use crate::image::layout::{ConditionRow, FREE_SLOT, KeyRow, MeaningRow, TextRef};
use crate::image::write::{Csr, TextPool};
use crate::order::Order;
use crate::time::Validity;

/// The meanings of residencies and administrators, which have places of their own.
const FIXED_MEANINGS: u16 = 2;

/// Rows that grants refer to, and what the numbers of the directory are in the image.
pub(super) struct FrozenCatalog {
    pub(super) keys: Vec<KeyRow>,
    pub(super) key_slots: Vec<U16>,
    pub(super) meanings: Vec<MeaningRow>,
    pub(super) conditions: Vec<ConditionRow>,
    pub(super) access: Csr,
    roles: Vec<u32>,
    groups: Vec<u32>,
    meaning_numbers: Numbers,
    condition_numbers: Numbers,
    role_numbers: Numbers,
    group_numbers: Numbers,
    access_numbers: Numbers,
}

/// A number in the image for each of the directory that is used.
#[derive(Default)]
struct Numbers(Vec<u32>);

impl Numbers {
    fn set(&mut self, number: u32, frozen: u32) {
        let at = to_index(number);
        if self.0.len() <= at {
            self.0.resize(at.saturating_add(1), NONE);
        }
        if let Some(slot) = self.0.get_mut(at) {
            *slot = frozen;
        }
    }

    #[inline]
    fn get(&self, number: u32) -> u32 {
        self.0.get(to_index(number)).copied().unwrap_or(NONE)
    }

    /// Those that were set.
    fn used(&self) -> Vec<u32> {
        let numbers = self.0.iter().zip(0_u32..);
        numbers.filter(|(frozen, _)| **frozen != NONE).map(|(_, number)| number).collect()
    }
}

/// The numbers of the directory that the grants of an image use.
#[derive(Default)]
struct Used {
    meanings: Numbers,
    conditions: Numbers,
    roles: Numbers,
    groups: Numbers,
    access: Numbers,
}

impl Used {
    fn new(directory: &Directory, selection: &Selection) -> Self {
        let mut used = Self::default();
        for person in selection.people.handles() {
            for grant in directory.frozen_grants(selection, person) {
                used.note(grant);
            }
        }
        used
    }

    fn note(&mut self, grant: &Grant) {
        self.meanings.set(u32::from(grant.meaning), 0);
        self.conditions.set(grant.condition, 0);
        match grant.form {
            Form::SiteRole { .. } | Form::OrganisationRole { .. } | Form::Platform { .. } => {
                self.roles.set(grant.source, 0);
            }
            Form::Group { access, .. } => {
                self.groups.set(grant.source, 0);
                if let Access::Listed(list) = access {
                    self.access.set(list, 0);
                }
            }
            Form::Residency { .. } | Form::Administrator { .. } => {}
        }
    }
}

impl FrozenCatalog {
    pub(super) fn new(directory: &Directory, selection: &Selection, texts: &mut TextPool) -> Self {
        let used = Used::new(directory, selection);
        let keys = frozen_keys(&directory.catalog, texts);
        let (meanings, meaning_numbers) = frozen_meanings(directory, &used.meanings);
        let (conditions, condition_numbers) = frozen_conditions(directory, &used.conditions);
        let (access, access_numbers) = frozen_access(directory, selection, &used.access);
        let mut roles = used.roles.used();
        roles.order_by(|a, b| directory.roles.compare(*a, *b));
        let mut groups = used.groups.used();
        directory.groups.ids.sort(&mut groups);
        Self {
            key_slots: key_slots(&directory.catalog),
            keys,
            meanings,
            conditions,
            access,
            role_numbers: numbered(&roles),
            group_numbers: numbered(&groups),
            roles,
            groups,
            meaning_numbers,
            condition_numbers,
            access_numbers,
        }
    }

    /// The paths of the roles.
    pub(super) fn role_texts(&self, directory: &Directory, texts: &mut TextPool) -> Vec<TextRef> {
        let paths = self.roles.iter().filter_map(|role| directory.roles.path(*role));
        paths.map(|path| texts.intern(path.as_str())).collect()
    }

    /// The names of the groups, else their ids.
    pub(super) fn group_texts(&self, directory: &Directory, texts: &mut TextPool) -> Vec<TextRef> {
        let names = self.groups.iter().map(|group| directory.group_name(*group));
        names.map(|name| texts.intern(&name)).collect()
    }

    #[inline]
    pub(super) fn meaning(&self, number: u16) -> u16 {
        u16::try_from(self.meaning_numbers.get(u32::from(number))).unwrap_or(u16::MAX)
    }

    #[inline]
    pub(super) fn condition(&self, number: u32) -> u32 {
        self.condition_numbers.get(number)
    }

    pub(super) fn role(&self, number: u32) -> u32 {
        self.role_numbers.get(number)
    }

    pub(super) fn group(&self, number: u32) -> u32 {
        self.group_numbers.get(number)
    }

    pub(super) fn access_list(&self, list: u32) -> u32 {
        self.access_numbers.get(list)
    }
}

/// Numbers of things that stand in the order of the image.
fn numbered(order: &[u32]) -> Numbers {
    let mut numbers = Numbers::default();
    order.iter().zip(0_u32..).for_each(|(number, frozen)| numbers.set(*number, frozen));
    numbers
}

fn frozen_keys(catalog: &Catalog, texts: &mut TextPool) -> Vec<KeyRow> {
    catalog
        .keys()
        .map(|key| {
            let is_open = catalog.unit_door_key(key).is_some();
            let flags = match (catalog.opens_door(key), is_open) {
                (true, true) => KeyRow::OPENS,
                (true, false) => KeyRow::OPENS_UNIT,
                _ => 0,
            };
            let kind = catalog.kind(key).map_or(0, |kind| kind as u8);
            KeyRow { text: texts.intern(catalog.text(key)), kind, flags }
        })
        .collect()
}

fn key_slots(catalog: &Catalog) -> Vec<U16> {
    let slots = catalog.keys().count().saturating_mul(2).max(2).next_power_of_two();
    let mut table = alloc::vec![U16::new(FREE_SLOT); slots];
    let mask = slots.saturating_sub(1);
    for key in catalog.keys() {
        let hash = crate::hash::bytes(catalog.text(key).as_bytes());
        let mask_bits = u64::try_from(mask).unwrap_or_default();
        let mut at = usize::try_from(hash & mask_bits).unwrap_or_default();
        while table.get(at).is_some_and(|slot| slot.get() != FREE_SLOT) {
            at = at.wrapping_add(1) & mask;
        }
        if let Some(slot) = table.get_mut(at) {
            *slot = U16::new(u16::from(key.number()));
        }
    }
    table
}

fn meaning_row(meaning: &Meaning) -> MeaningRow {
    MeaningRow {
        everywhere: meaning.everywhere.to_bytes(),
        site: meaning.site.to_bytes(),
        site_bound: meaning.site_bound.to_bytes(),
    }
}

fn frozen_meanings(directory: &Directory, used: &Numbers) -> (Vec<MeaningRow>, Numbers) {
    let row = |number: u16| directory.meanings.get(number).map(meaning_row);
    let mut rows: Vec<MeaningRow> = (0..FIXED_MEANINGS).filter_map(row).collect();
    let mut numbers = Numbers::default();
    (0..u32::from(FIXED_MEANINGS)).for_each(|fixed| numbers.set(fixed, fixed));
    let others = used.used().into_iter().filter(|number| *number >= u32::from(FIXED_MEANINGS));
    let mut others: Vec<(MeaningRow, u32)> =
        others.filter_map(|number| Some((row(u16::try_from(number).ok()?)?, number))).collect();
    let bytes = |row: &MeaningRow| (row.everywhere, row.site, row.site_bound);
    others.order_by_key(|(row, _)| bytes(row));
    for (row, number) in others {
        // Numbers of the directory are of different meanings.
        numbers.set(number, u32::try_from(rows.len()).unwrap_or(NONE));
        rows.push(row);
    }
    (rows, numbers)
}

fn condition_row(kind: u32, window: &Validity) -> ConditionRow {
    ConditionRow {
        kind: U32::new(kind),
        zero: U32::new(0),
        from: I64::new(window.from.as_millis()),
        to: I64::new(window.to.as_millis()),
    }
}

fn frozen_conditions(directory: &Directory, used: &Numbers) -> (Vec<ConditionRow>, Numbers) {
    let mut rows = alloc::vec![condition_row(ConditionRow::ALWAYS, &Validity::ALWAYS)];
    let mut numbers = Numbers::default();
    numbers.set(0, 0);
    let windows = used.used().into_iter().filter(|number| *number != 0);
    let mut windows: Vec<(Validity, u32)> =
        windows.filter_map(|number| Some((directory.conditions.get(number)?, number))).collect();
    windows.order_by_key(|(window, _)| (window.from, window.to));
    for (window, number) in windows {
        numbers.set(number, u32::try_from(rows.len()).unwrap_or(NONE));
        rows.push(condition_row(ConditionRow::WINDOW, &window));
    }
    (rows, numbers)
}

/// The different lists of buildings, in the order of their items.
fn frozen_access(directory: &Directory, selection: &Selection, used: &Numbers) -> (Csr, Numbers) {
    let mut lists: Vec<(Vec<u32>, u32)> = used
        .used()
        .into_iter()
        .map(|list| (selection.buildings.frozen_list(directory.building_lists.of(list)), list))
        .collect();
    lists.order();
    let mut numbers = Numbers::default();
    let mut different: Vec<&[u32]> = Vec::new();
    for (list, number) in &lists {
        if different.last() != Some(&&**list) {
            different.push(list);
        }
        let frozen = different.len().saturating_sub(1);
        numbers.set(*number, u32::try_from(frozen).unwrap_or(NONE));
    }
    (Csr::from_lists(different.into_iter()), numbers)
}
