//! People and their grants: each grant says what its form may say, and stands in the list in which it is looked for.

use super::check::Check;
use crate::facts::{ADMINISTRATOR_MEANING, Facts, NONE, RESIDENT_MEANING, to_index};
use crate::image::error::{ImageError, ImageFault};
use crate::image::layout::{ALL, GrantRow, List, PersonRow, form};
use crate::image::lists::Lists;
use crate::image::section::Section;
use crate::image::{Image, SliceKind};

/// The type of a residency that is a guest's.
const GUEST_TYPE: u32 = 2;
/// The highest state of a person.
const DELETED: u32 = 2;
/// The bits of a handle in a key of order.
const HANDLE_BITS: u32 = 24;
/// Beyond the keys of order of all BLOCKED residencies.
const BLOCKS_END: u64 = order_of(form::HOUSEHOLD, 0, 0) - 1;

/// Grants whose units and items are read ahead together.
#[cfg(all(feature = "alloc", not(feature = "compact")))]
const AHEAD: usize = 32;
/// Where the grants of a form are mostly listed.
#[cfg(all(feature = "alloc", not(feature = "compact")))]
const LISTED_IN: [List; 8] = [
    List::Residents,
    List::Residents,
    List::Residents,
    List::Administrators,
    List::Bound,
    List::Here,
    List::Holders,
    List::Platform,
];

/// The grants of people, one after the other.
struct Walk<'c, 'a> {
    image: &'c Image<'a>,
    /// The place of the person's last grant in their order; 0 before the first.
    last: u64,
    /// Items that `residents` and `administrators` should have: each grant there is one.
    residents: usize,
    administrators: usize,
}

impl Check<'_, '_> {
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn people(&self) -> Result<(), ImageError> {
        let mut walk = Walk::new(self.image);
        let mut next = 0_u32;
        for (row, person) in self.image.people.rows.iter().zip(0..u32::MAX) {
            let refuse = |fault| Err(self.row(fault, Section::People, to_index(person)));
            let end = next.saturating_add(row.grants());
            let Some(grants) = self.image.grants.get(to_index(next)..to_index(end)) else {
                return refuse(ImageFault::Handle);
            };
            if row.first_grant.get() != next {
                return refuse(ImageFault::Order);
            }
            if !is_state(row, grants.first()) {
                return refuse(ImageFault::Value);
            }
            walk.last = 0;
            for (grant, number) in grants.iter().zip(to_index(next)..usize::MAX) {
                #[cfg(all(feature = "alloc", not(feature = "compact")))]
                if number.is_multiple_of(AHEAD) {
                    walk.look_ahead(number);
                }
                if let Err(fault) = walk.grant(person, grant) {
                    return Err(self.row(fault, Section::Grants, number));
                }
            }
            next = end;
        }
        if to_index(next) != self.image.grants.len() {
            return Err(self.row(ImageFault::Handle, Section::Grants, to_index(next)));
        }
        self.no_others(&walk)
    }

    /// Nobody is a resident or administrator without a grant: the lobby shows the residents.
    fn no_others(&self, walk: &Walk<'_, '_>) -> Result<(), ImageError> {
        let lists = self.image.lists;
        let counts =
            [(List::Residents, walk.residents), (List::Administrators, walk.administrators)];
        match counts.into_iter().find(|(list, count)| lists.total(*list) != *count) {
            Some((list, _)) => Err(self.row(ImageFault::List, Section::Lists, lists.place(list).1)),
            None => Ok(()),
        }
    }
}

/// Whether the state is one, and says whether the person is blocked somewhere.
fn is_state(row: &PersonRow, first: Option<&GrantRow>) -> bool {
    let state = row.state.get();
    let standing = state.wrapping_shr(PersonRow::STANDING_SHIFT) & PersonRow::STANDING;
    let is_blocked = first.is_some_and(|grant| grant.form == form::BLOCKED);
    state & !PersonRow::KNOWN == 0
        && standing <= DELETED
        && (state & PersonRow::BLOCKED_SOMEWHERE != 0) == is_blocked
}

/// Whether a number is that of a row.
fn is_of<R>(rows: &[R], number: u32) -> bool {
    to_index(number) < rows.len()
}

impl<'c, 'a> Walk<'c, 'a> {
    const fn new(image: &'c Image<'a>) -> Self {
        Self { image, last: 0, residents: 0, administrators: 0 }
    }

    /// Reads what the next grants refer to, and does nothing with it. Units and lists are in another order than people,
    /// and a processor that waits for one word at a time waits most of the time; here it waits for many at once.
    #[cfg(all(feature = "alloc", not(feature = "compact")))]
    fn look_ahead(&self, first: usize) {
        let next = self.image.grants.get(first..).unwrap_or_default().iter().take(AHEAD);
        let words = next.map(|row| {
            let list = LISTED_IN.get(usize::from(row.form)).copied().unwrap_or(List::Residents);
            let unit = self.image.units.get(row.a.get()).map_or(0, |unit| unit.building.get());
            let start = self.image.lists.span(list, row.a.get()).start;
            (unit, start, self.image.lists.item(list, row.rank.get()))
        });
        words.for_each(|words| {
            core::hint::black_box(words);
        });
    }

    /// All about one grant.
    fn grant(&mut self, person: u32, row: &GrantRow) -> Result<(), ImageFault> {
        let is_away = self.is_block_elsewhere(row);
        if row.form > form::PLATFORM || row.zero != 0 || !self.is_source(row) {
            return Err(ImageFault::Value);
        }
        let is_sound = (is_away || self.is_a(row))
            && self.is_meaning(row)
            && is_of(self.image.conditions, row.condition.get())
            && self.is_b(row, is_away);
        if !is_sound {
            return Err(ImageFault::Handle);
        }
        // Units that are not there have no order; no grant of another form comes before.
        let order = if is_away { self.last.min(BLOCKS_END) } else { order(row) };
        if self.last > order || self.last == order && !is_away {
            return Err(ImageFault::Order);
        }
        self.last = order;
        self.is_listed(person, row).then_some(()).ok_or(ImageFault::List)
    }

    /// A panel knows that somebody is blocked in its building, not in which unit when that is none of its own.
    fn is_block_elsewhere(&self, row: &GrantRow) -> bool {
        row.form == form::BLOCKED
            && row.a.get() == NONE
            && self.image.slice == SliceKind::Integration
    }

    /// Whether `source` is what the form wants: the type of a residency, or what it is held by.
    fn is_source(&self, row: &GrantRow) -> bool {
        let source = row.source.get();
        match row.form {
            form::BLOCKED => source <= GUEST_TYPE,
            form::HOUSEHOLD => source < GUEST_TYPE,
            form::GUEST => source == GUEST_TYPE,
            form::ADMINISTRATOR => source == NONE,
            form::GROUP => is_of(self.image.groups, source),
            _ => is_of(self.image.roles, source),
        }
    }

    fn is_meaning(&self, row: &GrantRow) -> bool {
        let meaning = row.meaning.get();
        match row.form {
            form::BLOCKED | form::HOUSEHOLD | form::GUEST => meaning == RESIDENT_MEANING,
            form::ADMINISTRATOR => meaning == ADMINISTRATOR_MEANING,
            _ => is_of(self.image.meanings, meaning.into()),
        }
    }

    /// Whether `a` is what the form wants.
    fn is_a(&self, row: &GrantRow) -> bool {
        let a = row.a.get();
        match row.form {
            form::PLATFORM => a == NONE,
            form::SITE_ROLE | form::GROUP | form::ORGANISATION_ROLE => {
                is_of(self.image.organisations.rows, a)
            }
            _ => is_of(self.image.units.rows, a),
        }
    }

    /// Whether `b` is what the form wants.
    fn is_b(&self, row: &GrantRow, is_away: bool) -> bool {
        let (image, b) = (self.image, row.b.get());
        match row.form {
            _ if is_away => b < image.buildings.len(),
            form::BLOCKED | form::HOUSEHOLD | form::GUEST => {
                image.units.get(row.a.get()).is_some_and(|unit| unit.building.get() == b)
            }
            form::ADMINISTRATOR => b == NONE,
            form::GROUP => matches!(b, NONE | ALL) || b < image.lists.place(List::Access).0,
            form::PLATFORM => matches!(b, NONE | ALL) || image.is_site(b),
            _ => matches!(b, NONE | ALL) || self.is_site_within(b, row.a.get()),
        }
    }

    /// A role names sites of its own organisation: who holds it is looked for there.
    fn is_site_within(&self, site: u32, organisation: u32) -> bool {
        let row = self.image.integrations.get(site);
        let owner = row.map_or(NONE, |row| row.organisation.get());
        self.image.is_site(site) && self.image.depth_on_path(owner, organisation).is_some()
    }

    /// Whether the person stands where the grant is looked for.
    fn is_listed(&mut self, person: u32, row: &GrantRow) -> bool {
        let lists = self.image.lists;
        let rank = row.rank.get();
        let is_found = match self.list_of(row) {
            Some((list, owner)) => is_at(lists, (list, owner), rank, person),
            None => rank == NONE,
        };
        match row.form {
            form::HOUSEHOLD => self.residents = self.residents.saturating_add(1),
            form::GUEST => self.residents = self.residents.saturating_add(1),
            form::ADMINISTRATOR => self.administrators = self.administrators.saturating_add(1),
            _ => {}
        }
        is_found && self.is_unnamed_guest(row) && self.is_listed_with_access(person, row)
    }

    /// The list in which a grant is looked for, and whose it is.
    fn list_of(&self, row: &GrantRow) -> Option<(List, u32)> {
        let (a, b) = (row.a.get(), row.b.get());
        Some(match row.form {
            form::BLOCKED => return None,
            form::HOUSEHOLD | form::GUEST => (List::Residents, a),
            form::ADMINISTRATOR => (List::Administrators, a),
            number => {
                let meaning = self.image.meanings.get(usize::from(row.meaning.get()))?;
                let is_staff = has_keys(&meaning.everywhere) || has_keys(&meaning.site);
                match (number, b) {
                    // What grants nothing reaches nothing.
                    _ if !is_staff && !has_keys(&meaning.site_bound) => return None,
                    (form::PLATFORM, _) => (List::Platform, 0),
                    (form::SITE_ROLE, NONE | ALL) => (List::Holders, a),
                    (form::SITE_ROLE, site) if is_staff => (List::Staff, site),
                    (form::SITE_ROLE, site) => (List::Bound, site),
                    (form::ORGANISATION_ROLE, _) | (form::GROUP, ALL) => (List::Holders, a),
                    _ => (List::Here, a),
                }
            }
        })
    }

    /// The lobby never shows guests.
    fn is_unnamed_guest(&self, row: &GrantRow) -> bool {
        let shown = self.image.lobby.get(to_index(row.rank.get()));
        row.form != form::GUEST || shown.is_none_or(|shown| shown.flags == 0)
    }

    /// Whether a member stands among those of their list of buildings; O(log of these).
    fn is_listed_with_access(&self, person: u32, row: &GrantRow) -> bool {
        let access = row.b.get();
        let is_apart = row.form != form::GROUP || matches!(access, NONE | ALL);
        is_apart || self.image.lists.has(List::Listed, access, person)
    }
}

fn has_keys(set: &[u8; 32]) -> bool {
    *set != [0; 32]
}

/// Whether a person is the item of an owner at a rank.
fn is_at(lists: Lists<'_>, (list, owner): (List, u32), rank: u32, person: u32) -> bool {
    lists.span(list, owner).contains(&to_index(rank)) && lists.item(list, rank) == Some(person)
}

/// Where a grant stands among those of its person, by class, then the ties of semantics.md 3.7.
fn order(row: &GrantRow) -> u64 {
    let (first, second) = match row.form {
        form::GROUP => (row.source.get(), row.a.get()),
        form::SITE_ROLE | form::ORGANISATION_ROLE => (row.a.get(), row.source.get()),
        form::PLATFORM => (row.source.get(), 0),
        _ => (row.a.get(), 0),
    };
    // Guests stand among the other residents.
    let class = if row.form == form::GUEST { form::HOUSEHOLD } else { row.form };
    order_of(class, first, second)
}

/// A number that is the greater the later a grant stands; never 0.
const fn order_of(class: u8, first: u32, second: u32) -> u64 {
    let first = (class as u64).saturating_add(1) << HANDLE_BITS | first as u64;
    first << HANDLE_BITS | second as u64
}
