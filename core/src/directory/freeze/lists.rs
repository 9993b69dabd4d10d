//! The section `lists`.

use alloc::vec::Vec;

use zerocopy::little_endian::U32;

use super::grants::PeopleLists;
use super::kept::Kept;
use super::selection::Selection;
use super::tree::Tree;
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::directory::lists::Lists;
use crate::facts::NONE;
use crate::image::layout::List;
use crate::image::lists::{FIRST_LIST, LIST_WORDS};
use crate::image::write::Csr;
use crate::order::Order;

/// Everything that refers to somewhere the other way round.
pub(super) fn frozen_lists(
    directory: &Directory,
    selection: &Selection,
    access: &Csr,
    people: &PeopleLists,
    tree: &Tree,
) -> Vec<U32> {
    let places = PlaceLists::new(directory, selection);
    let access_of = turned(access, selection.buildings.len());
    let preorder = Csr::from_lists([&*tree.preorder].into_iter());
    let lists: [&Csr; List::ALL.len()] = [
        people.holders.lists(),
        people.here.lists(),
        people.staff.lists(),
        people.bound.lists(),
        people.residents.lists(),
        people.administrators.lists(),
        people.listed.lists(),
        people.platform.lists(),
        access,
        &places.serves,
        &places.served_by,
        &places.audience,
        &places.audience_of,
        &places.unit_doors,
        &preorder,
        &places.buildings,
        &places.integrations,
        &places.building_units,
        &places.units,
        &places.doors,
        &access_of,
    ];
    lay_out(&lists)
}

fn lay_out(lists: &[&Csr]) -> Vec<U32> {
    let head = lists.len().saturating_mul(LIST_WORDS).saturating_add(FIRST_LIST);
    let sizes = lists.iter().map(|list| list.starts.len().saturating_add(list.items.len()));
    let word = |number: usize| U32::new(u32::try_from(number).unwrap_or(u32::MAX));
    let mut words = Vec::with_capacity(sizes.sum::<usize>().saturating_add(head));
    words.push(word(lists.len()));
    let mut start = head;
    for list in lists {
        words.extend([word(list.owners()), word(start)]);
        start = start.saturating_add(list.starts.len()).saturating_add(list.items.len());
    }
    for list in lists {
        words.extend(list.starts.iter().chain(&list.items).map(|number| U32::new(*number)));
    }
    words
}

/// The lists of places.
struct PlaceLists {
    serves: Csr,
    served_by: Csr,
    audience: Csr,
    audience_of: Csr,
    unit_doors: Csr,
    buildings: Csr,
    integrations: Csr,
    building_units: Csr,
    units: Csr,
    doors: Csr,
}

impl PlaceLists {
    fn new(directory: &Directory, selection: &Selection) -> Self {
        let Selection { organisations, buildings, integrations, units, doors, .. } = selection;
        let owner_of = |building: u32| directory.buildings.owners.get(to_index(building)).copied();
        let integration = |at: u32| directory.integrations.rows.get(to_index(at));
        let unit = |at: u32| directory.units.rows.get(to_index(at));
        let door = |at: u32| directory.doors.rows.get(to_index(at));
        let serves = of_lists(organisations, buildings, &directory.organisations.serves);
        let audience = of_lists(doors, units, &directory.doors.audience);
        Self {
            served_by: turned(&serves, buildings.len()),
            serves,
            audience_of: turned(&audience, units.len()),
            audience,
            unit_doors: grouped(units, doors, |at| door(at).map(|row| row.unit)),
            buildings: grouped(organisations, buildings, owner_of),
            integrations: grouped(buildings, integrations, |at| {
                integration(at).map(|row| row.building)
            }),
            building_units: grouped(buildings, units, |at| unit(at).map(|row| row.building)),
            units: lobby_ordered(directory, selection),
            doors: grouped(integrations, doors, |at| door(at).map(|row| row.integration)),
        }
    }
}

/// What the directory lists, as far as owners and items are kept.
fn of_lists(owners: &Kept, items: &Kept, lists: &Lists) -> Csr {
    let lists: Vec<Vec<u32>> =
        owners.handles().map(|owner| items.frozen_list(lists.of(owner))).collect();
    Csr::from_lists(lists.iter().map(|list| &**list))
}

/// The same pairs by the other side.
fn turned(lists: &Csr, owners: usize) -> Csr {
    Csr::group(owners, || {
        let lists = (0_u32..).take(lists.owners()).map(|owner| (owner, lists.of(owner)));
        lists.flat_map(|(owner, items)| items.iter().map(move |item| (*item, owner)))
    })
}

/// The items that have an owner, by it.
fn grouped(owners: &Kept, items: &Kept, owner_of: impl Fn(u32) -> Option<u32>) -> Csr {
    Csr::group(owners.len(), || {
        let items = items.handles().zip(0_u32..);
        items.map(|(item, frozen)| (owners.frozen(owner_of(item).unwrap_or(NONE)), frozen))
    })
}

/// The units of each integration, by number, then id.
fn lobby_ordered(directory: &Directory, selection: &Selection) -> Csr {
    let Selection { integrations, units, .. } = selection;
    let table = &directory.units;
    let mut lists =
        grouped(integrations, units, |at| table.rows.get(to_index(at)).map(|row| row.integration));
    let number = |unit: u32| {
        let unit = units.original(unit);
        table.numbers.get(to_index(unit)).map(|number| &**number)
    };
    lists.sort_each(|list| list.order_stable_by_key(|unit| number(*unit)));
    lists
}
