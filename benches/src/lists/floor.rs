//! What the least possible work for a list costs: take the slices of candidates that stand ready, ask the decide floor
//! about each candidate, and keep each once, in order.
//!
//! Written by hand for this benchmark, over handles; no list answers with less. Who may open a door comes from the
//! residents of the integration, the group members of the building, and whoever holds a role at the owner or above it.

use ulid::Ulid;

use crate::floor::{self, Floor, Handle, Index, Key};
use crate::generate::{DOORS, Model, Reach};

/// Slices end to end, one for each number.
#[derive(Debug)]
struct Slices {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Slices {
    /// From pairs of a number below `count` and an item; items keep their order.
    fn new(count: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0_u32; count + 1];
        pairs.iter().for_each(|(number, _)| starts[*number as usize + 1] += 1);
        for number in 0..count {
            starts[number + 1] += starts[number];
        }
        let (mut next, mut items) = (starts.clone(), vec![0; pairs.len()]);
        for (number, item) in pairs {
            let free = &mut next[*number as usize];
            items[*free as usize] = *item;
            *free += 1;
        }
        Self { starts, items }
    }

    fn of(&self, number: u32) -> &[u32] {
        self.range(number, number + 1)
    }

    /// The slices of consecutive numbers, which are one.
    fn range(&self, first: u32, end: u32) -> &[u32] {
        &self.items[self.starts[first as usize] as usize..self.starts[end as usize] as usize]
    }
}

const ROOT: u32 = u32::MAX;

/// The candidates of an estate. Organisations are numbered in preorder, so that all below one is a range.
#[derive(Debug)]
pub struct ListFloor {
    organisations: Index,
    /// The number of each organisation, by its position.
    preorder: Vec<u32>,
    /// The first number after those within an organisation.
    ends: Vec<u32>,
    /// The organisation above each, or [`ROOT`].
    above: Vec<u32>,
    /// The owner of each building.
    owners: Vec<u32>,
    /// People by building.
    residents: Slices,
    /// People by building.
    groups: Slices,
    /// People by organisation.
    staff: Slices,
    /// People by organisation.
    members: Slices,
    /// Doors by organisation.
    doors: Slices,
    /// Buildings by person.
    homes: Slices,
    /// Organisations by person.
    posts: Slices,
}

impl ListFloor {
    /// Builds it from what was generated.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let (preorder, ends) = floor::preorder(model);
        let (buildings, organisations) = (model.buildings.len(), model.organisations.len());
        let mut above = vec![ROOT; organisations];
        for (row, number) in model.organisations.iter().zip(&preorder) {
            above[*number as usize] = row.parent.map_or(ROOT, |parent| preorder[parent as usize]);
        }
        let owners: Vec<u32> =
            model.buildings.iter().map(|row| preorder[row.owner as usize]).collect();
        let doors: Vec<_> = (0..model.doors.len() as u32)
            .map(|door| (owners[door as usize / DOORS], door))
            .collect();
        let pairs = Pairs::new(model, &preorder);
        let by_person = |pairs: &[(u32, u32)]| {
            let swapped: Vec<_> = pairs.iter().map(|(place, person)| (*person, *place)).collect();
            Slices::new(model.people.len(), &swapped)
        };
        Self {
            organisations: Index::new(model.organisations.iter().map(|row| row.id)),
            residents: Slices::new(buildings, &pairs.residents),
            groups: Slices::new(buildings, &pairs.groups),
            staff: Slices::new(organisations, &pairs.staff),
            members: Slices::new(organisations, &pairs.members),
            doors: Slices::new(organisations, &doors),
            homes: by_person(&[pairs.residents, pairs.groups].concat()),
            posts: by_person(&pairs.staff),
            preorder,
            ends,
            above,
            owners,
        }
    }

    /// Finds an organisation.
    #[must_use]
    pub fn organisation(&self, id: Ulid) -> Option<Handle> {
        self.organisations.find(id)
    }

    /// The people who may open a door, in order.
    pub fn who_can_open(&self, floor: &Floor, door: Handle, key: Key, found: &mut Vec<Handle>) {
        let building = door / DOORS as u32;
        let mut keep = |candidates: &[u32]| {
            found.extend(candidates.iter().filter(|person| floor.allows(**person, door, key)));
        };
        keep(self.residents.of(building));
        keep(self.groups.of(building));
        let mut organisation = self.owners[building as usize];
        while organisation != ROOT {
            keep(self.staff.of(organisation));
            organisation = self.above[organisation as usize];
        }
        each_once(found);
    }

    /// The doors that a person may open, in order.
    pub fn what_can_open(&self, floor: &Floor, person: Handle, key: Key, found: &mut Vec<Handle>) {
        for building in self.homes.of(person) {
            let first = building * DOORS as u32;
            let doors = first..first + DOORS as u32;
            found.extend(doors.filter(|door| floor.allows(person, *door, key)));
        }
        for organisation in self.posts.of(person) {
            let doors = self.doors.range(*organisation, self.ends[*organisation as usize]);
            found.extend(doors.iter().filter(|door| floor.allows(person, **door, key)));
        }
        each_once(found);
    }

    /// The people who belong to an organisation or one below it, in order.
    pub fn members(&self, organisation: Handle, found: &mut Vec<Handle>) {
        let number = self.preorder[organisation as usize];
        found.extend_from_slice(self.members.range(number, self.ends[number as usize]));
        each_once(found);
    }
}

fn each_once(found: &mut Vec<Handle>) {
    found.sort_unstable();
    found.dedup();
}

/// Pairs of a place and a person.
#[derive(Default)]
struct Pairs {
    residents: Vec<(u32, u32)>,
    groups: Vec<(u32, u32)>,
    staff: Vec<(u32, u32)>,
    members: Vec<(u32, u32)>,
}

impl Pairs {
    fn new(model: &Model, preorder: &[u32]) -> Self {
        let mut pairs = Self::default();
        for (row, person) in model.people.iter().zip(0..) {
            pairs.members.push((preorder[model.employer(row) as usize], person));
            match &row.reach {
                Reach::Resident(home) => pairs.residents.push((*home, person)),
                Reach::Listed { buildings, .. } => {
                    pairs.groups.extend(buildings.iter().map(|building| (*building, person)));
                }
                Reach::Technician(at) | Reach::Administrator(at) => {
                    pairs.staff.push((preorder[*at as usize], person));
                }
            }
        }
        pairs
    }
}
