//! Lists: where each lies, what may be in it, and that those of places have all that belongs into them. That those of people
//! have, is looked at with the grants.

use crate::facts::to_index;
use core::mem::offset_of;

use zerocopy::little_endian::U32;

use super::check::Check;
use crate::facts::NONE;
use crate::image::error::{ImageError, ImageFault};
use crate::image::layout::{ALL, BuildingRow, DoorRow, IntegrationRow, List, UnitRow};
use crate::image::lists::{FIRST_LIST, LIST_WORDS};
use crate::image::section::Section;

/// What owners and items are numbers of.
#[derive(Clone, Copy)]
enum Of {
    One,
    /// The lists of building access.
    Access,
    Rows(Section),
}

const BUILDINGS: Of = Of::Rows(Section::Buildings);
const DOORS: Of = Of::Rows(Section::Doors);
const INTEGRATIONS: Of = Of::Rows(Section::Integrations);
const ORGANISATIONS: Of = Of::Rows(Section::Organisations);
const PEOPLE: Of = Of::Rows(Section::People);
const UNITS: Of = Of::Rows(Section::Units);

/// Owners and items of each list, in the order of their numbers.
const LISTS: [(Of, Of); List::ALL.len()] = [
    (ORGANISATIONS, PEOPLE),
    (ORGANISATIONS, PEOPLE),
    (INTEGRATIONS, PEOPLE),
    (INTEGRATIONS, PEOPLE),
    (UNITS, PEOPLE),
    (UNITS, PEOPLE),
    (Of::Access, PEOPLE),
    (Of::One, PEOPLE),
    (Of::Access, BUILDINGS),
    (ORGANISATIONS, BUILDINGS),
    (BUILDINGS, ORGANISATIONS),
    (DOORS, UNITS),
    (UNITS, DOORS),
    (UNITS, DOORS),
    (Of::One, ORGANISATIONS),
    (ORGANISATIONS, BUILDINGS),
    (BUILDINGS, INTEGRATIONS),
    (BUILDINGS, UNITS),
    (INTEGRATIONS, UNITS),
    (INTEGRATIONS, DOORS),
    (BUILDINGS, Of::Access),
];

/// Lists of the rows that name their owner, and where they do.
const OWNED: [(List, Section, usize); 6] = [
    (List::UnitDoors, Section::Doors, offset_of!(DoorRow, unit)),
    (List::Buildings, Section::Buildings, offset_of!(BuildingRow, owner)),
    (List::Integrations, Section::Integrations, offset_of!(IntegrationRow, building)),
    (List::BuildingUnits, Section::Units, offset_of!(UnitRow, building)),
    (List::Units, Section::Units, offset_of!(UnitRow, integration)),
    (List::Doors, Section::Doors, offset_of!(DoorRow, integration)),
];

/// Lists that hold the same pairs.
const TURNED: [(List, List); 3] = [
    (List::Serves, List::ServedBy),
    (List::Audience, List::AudienceOf),
    (List::Access, List::AccessOf),
];

impl Check<'_, '_> {
    #[cold]
    fn word(&self, fault: ImageFault, word: usize) -> ImageError {
        self.row(fault, Section::Lists, word)
    }

    /// How many owners or items there are.
    fn number_of(&self, of: Of) -> u32 {
        match of {
            Of::One => 1,
            Of::Access => self.image.lists.place(List::Access).0,
            Of::Rows(section) => self.count(section),
        }
    }

    /// The lists lie end to end; every start and item is in its order and range.
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn lists(&self) -> Result<(), ImageError> {
        let words = self.image.lists.0;
        let length = || self.word(ImageFault::SectionLength, 0);
        if words.first().map(|word| word.get()) != u32::try_from(LISTS.len()).ok() {
            return Err(length());
        }
        let mut start = LISTS.len().saturating_mul(LIST_WORDS).saturating_add(FIRST_LIST);
        for (list, (owners, items)) in List::ALL.into_iter().zip(LISTS) {
            let (found, place) = self.image.lists.place(list);
            if found != self.number_of(owners) || found >= ALL || place != start {
                let at = (list as usize).saturating_mul(LIST_WORDS).saturating_add(FIRST_LIST);
                return Err(self.word(ImageFault::Value, at));
            }
            let block = words.get(start..).unwrap_or_default();
            let starts = to_index(found).saturating_add(1);
            let (starts, rest) = block.split_at_checked(starts).ok_or_else(length)?;
            let count = starts.last().map_or(0, |last| to_index(last.get()));
            let all = rest.get(..count).ok_or_else(length)?;
            let is_ascending = !matches!(list, List::Preorder | List::Units);
            if let Err(word) = check_items(starts, all, self.number_of(items), is_ascending) {
                return Err(self.word(ImageFault::List, start.saturating_add(word)));
            }
            start = start.saturating_add(starts.len()).saturating_add(count);
        }
        if start == words.len() { Ok(()) } else { Err(self.word(ImageFault::SectionLength, start)) }
    }

    /// A list of access that has nothing would mean nothing: there is none.
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn access(&self) -> Result<(), ImageError> {
        let (lists, start) = self.image.lists.place(List::Access);
        let of = |list| self.image.lists.of(List::Access, list).iter().map(|item| item.get());
        for list in 0..lists {
            let is_after = list.checked_sub(1).is_none_or(|last| of(last).lt(of(list)));
            if !is_after {
                let at = start.saturating_add(to_index(list));
                return Err(self.word(ImageFault::List, at));
            }
        }
        Ok(())
    }

    /// Each item names its owner, none is twice in a list, and there are as many as rows that have an owner: so all are
    /// there.
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn owned(&self) -> Result<(), ImageError> {
        let lists = self.image.lists;
        for &(list, section, field) in &OWNED {
            let rows = self.rows(section);
            let (owners, start) = lists.place(list);
            for owner in 0..owners {
                let items = lists.of(list, owner);
                let is_here = items.iter().all(|item| rows.word(item.get(), field) == owner);
                let is_ordered = list != List::Units || self.is_in_order_of_numbers(items);
                if !is_here || !is_ordered {
                    return Err(self.word(ImageFault::List, start.saturating_add(to_index(owner))));
                }
            }
            let is_owned = |row: u32| u32::from(rows.word(row, field) != NONE);
            let owned = (0..rows.len()).map(is_owned).fold(0, u32::saturating_add);
            if lists.total(list) != to_index(owned) {
                return Err(self.word(ImageFault::List, start));
            }
        }
        Ok(())
    }

    /// Ascending by number, then handle.
    fn is_in_order_of_numbers(&self, units: &[U32]) -> bool {
        let number = |unit: u32| {
            let row = self.image.units.get(unit)?;
            self.image.texts.get(row.number)
        };
        units.is_sorted_by(|a, b| {
            let (a, b) = (a.get(), b.get());
            (number(a), a) < (number(b), b)
        })
    }

    /// All pairs of the one are in the other, which has no more.
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn turned(&self) -> Result<(), ImageError> {
        let lists = self.image.lists;
        for &(list, turned) in &TURNED {
            let (owners, start) = lists.place(list);
            for owner in 0..owners {
                let items = lists.of(list, owner);
                if !items.iter().all(|item| lists.has(turned, item.get(), owner)) {
                    return Err(self.word(ImageFault::List, start.saturating_add(to_index(owner))));
                }
            }
            if lists.total(list) != lists.total(turned) {
                return Err(self.word(ImageFault::List, lists.place(turned).1));
            }
        }
        Ok(())
    }
}

/// The first word, counted from the first start, that is not in its order or range.
fn check_items(starts: &[U32], items: &[U32], limit: u32, ascending: bool) -> Result<(), usize> {
    let mut from = 0;
    for (start, number) in starts.iter().zip(0..usize::MAX) {
        let to = to_index(start.get());
        let Some(owned) = items.get(from..to) else { return Err(number) };
        // What comes before the first start has no owner.
        if number == 0 && to != 0 {
            return Err(number);
        }
        let mut least = 0;
        for item in owned {
            let item = item.get();
            if item < least || item >= limit {
                return Err(starts.len().saturating_add(from));
            }
            if ascending {
                least = item.saturating_add(1);
            }
        }
        from = to;
    }
    Ok(())
}
