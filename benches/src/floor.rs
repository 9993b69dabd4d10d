//! What the least possible work costs: find two ids, walk the grants of a person, test a bit.
//!
//! Written by hand for the questions of this benchmark. It knows nobody who is blocked, nothing
//! that is deleted or disabled, no validity, no audience, no acting organisation, and it cannot say
//! why. Nothing that answers these questions from text can do less.

use ulid::Ulid;

use crate::generate::{COMMON_DOORS, DOORS, Model, Reach};

/// A permission key: a set of one.
#[derive(Clone, Copy, Debug)]
pub struct Key(u64);

/// A person or door of one floor.
pub type Handle = u32;

/// A text that is not `person:` or `door:` and a ULID.
#[derive(Clone, Copy, Debug)]
pub struct Malformed;

const KEYS: [&str; 16] = [
    "doors:open",
    "directory:read",
    "calls:answer",
    "integrations:read",
    "devices:create",
    "devices:read",
    "devices:update",
    "devices:delete",
    "devices:list",
    "doors:read",
    "buildings:read",
    "entities:read",
    "units:read",
    "doors:list",
    "orgs:read",
    "doors:open_unit",
];
const RESIDENT: [&str; 3] = ["doors:open", "directory:read", "calls:answer"];
const TECHNICIAN: [&str; 9] = [
    "integrations:read",
    "devices:create",
    "devices:read",
    "devices:update",
    "devices:delete",
    "devices:list",
    "doors:open",
    "doors:read",
    "directory:read",
];
const SECURITY: [&str; 8] = [
    "buildings:read",
    "integrations:read",
    "entities:read",
    "units:read",
    "doors:read",
    "doors:list",
    "doors:open",
    "directory:read",
];

/// What a grant reaches, in 32 bits: two for the kind, the rest a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scope(u32);

impl Scope {
    const ORGANISATION: u32 = 2 << 30;
    /// That of a door which no grant of an integration or building opens.
    const NOTHING: Self = Self(Self::ORGANISATION - 1);

    const fn integration(number: u32) -> Self {
        Self(number)
    }

    const fn building(number: u32) -> Self {
        Self(1 << 30 | number)
    }

    const fn organisation(number: u32) -> Self {
        Self(Self::ORGANISATION | number)
    }
}

#[derive(Clone, Copy, Debug)]
struct Grant {
    scope: Scope,
    meaning: u32,
}

/// Where a door is.
#[derive(Clone, Copy, Debug)]
struct Place {
    integration: Scope,
    building: Scope,
    organisation: u32,
}

/// An estate as the floor keeps it.
#[derive(Debug)]
pub struct Floor {
    people: Index,
    doors: Index,
    /// Where the grants of a person start; they end where the next one's do.
    starts: Vec<u32>,
    grants: Vec<Grant>,
    /// A set of keys each.
    meanings: Vec<u64>,
    places: Vec<Place>,
    /// The first organisation after those within one; organisations are numbered in preorder, their shadows after them.
    ends: Vec<u32>,
}

impl Floor {
    /// Builds it from what was generated.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let (preorder, mut ends) = preorder(model);
        let organisations = ends.len() as u32;
        ends.extend_from_within(..);
        ends[organisations as usize..].iter_mut().for_each(|end| *end += organisations);
        let mut floor = Self {
            people: Index::new(model.people.iter().map(|person| person.id)),
            doors: Index::new(model.doors.iter().copied()),
            starts: vec![0],
            grants: Vec::new(),
            meanings: vec![keys(&RESIDENT), keys(&SECURITY), keys(&TECHNICIAN), u64::MAX],
            places: Vec::new(),
            ends,
        };
        for (number, _) in model.doors.iter().enumerate() {
            let building = number / DOORS;
            let owner = model.buildings[building].owner as usize;
            let is_common = number % DOORS < COMMON_DOORS;
            let common = |scope| if is_common { scope } else { Scope::NOTHING };
            // Doors of units stand in a shadow of the organisation, which only administrators reach: staff who
            // may open doors may not for that open those of units.
            let shadow = if is_common { 0 } else { organisations };
            floor.places.push(Place {
                integration: common(Scope::integration(building as u32)),
                building: common(Scope::building(building as u32)),
                organisation: preorder[owner] + shadow,
            });
        }
        for person in &model.people {
            let mut push = |scope, meaning| floor.grants.push(Grant { scope, meaning });
            match &person.reach {
                Reach::Resident(home) => {
                    push(Scope::integration(*home), 0);
                    if model.residencies {
                        push(Scope::integration(*home), 0);
                    }
                }
                Reach::Listed { buildings, .. } => {
                    buildings.iter().for_each(|building| push(Scope::building(*building), 1));
                }
                Reach::Technician(at) => push(Scope::organisation(preorder[*at as usize]), 2),
                Reach::Administrator(at) => {
                    push(Scope::organisation(preorder[*at as usize]), 3);
                    push(Scope::organisation(preorder[*at as usize] + organisations), 3);
                }
            }
            floor.starts.push(floor.grants.len() as u32);
        }
        floor
    }

    /// A permission key by its name.
    #[must_use]
    pub fn key(name: &str) -> Option<Key> {
        KEYS.iter().position(|key| *key == name).map(|bit| Key(1 << bit))
    }

    /// Decides from text.
    ///
    /// # Errors
    ///
    /// When one of the texts is not of its form.
    #[inline(always)]
    pub fn allows_text(&self, person: &str, door: &str, key: Key) -> Result<bool, Malformed> {
        let parse = |text: &str, prefix: &str| {
            let id = text.strip_prefix(prefix).ok_or(Malformed)?;
            Ulid::from_string(id).map_err(|_| Malformed)
        };
        Ok(self.allows_ids(parse(person, "person:")?, parse(door, "door:")?, key))
    }

    /// Decides from ids.
    #[inline(always)]
    #[must_use]
    pub fn allows_ids(&self, person: Ulid, door: Ulid, key: Key) -> bool {
        match (self.person(person), self.door(door)) {
            (Some(person), Some(door)) => self.allows(person, door, key),
            _ => false,
        }
    }

    /// Finds a person.
    #[inline(always)]
    #[must_use]
    pub fn person(&self, id: Ulid) -> Option<Handle> {
        self.people.find(id)
    }

    /// Finds a door.
    #[inline(always)]
    #[must_use]
    pub fn door(&self, id: Ulid) -> Option<Handle> {
        self.doors.find(id)
    }

    /// Decides from handles.
    #[inline(always)]
    #[must_use]
    pub fn allows(&self, person: Handle, door: Handle, key: Key) -> bool {
        let person = person as usize;
        let place = &self.places[door as usize];
        let grants = &self.grants[self.starts[person] as usize..self.starts[person + 1] as usize];
        // Without an early end: most people have one grant, and the answer cannot be predicted.
        let mut is_allowed = false;
        for Grant { scope, meaning } in grants {
            let has_key = self.meanings[*meaning as usize] & key.0 != 0;
            let reaches = (*scope == place.integration)
                | (*scope == place.building)
                | self.is_within(place.organisation, *scope);
            is_allowed |= has_key & reaches;
        }
        is_allowed
    }

    #[inline(always)]
    fn is_within(&self, organisation: u32, scope: Scope) -> bool {
        scope.0 >= Scope::ORGANISATION && {
            let above = scope.0 & !Scope::ORGANISATION;
            above <= organisation && organisation < self.ends[above as usize]
        }
    }
}

fn keys(names: &[&str]) -> u64 {
    names.iter().filter_map(|name| Floor::key(name)).fold(0, |set, key| set | key.0)
}

/// The number of each organisation in preorder, and the first number after those within each.
pub(crate) fn preorder(model: &Model) -> (Vec<u32>, Vec<u32>) {
    let organisations = &model.organisations;
    let mut sizes = vec![1_u32; organisations.len()];
    for (number, organisation) in organisations.iter().enumerate().rev() {
        if let Some(parent) = organisation.parent {
            sizes[parent as usize] += sizes[number];
        }
    }
    // The next number free for a child of each, and for a root.
    let (mut next, mut next_root) = (vec![0; organisations.len()], 0);
    let (mut numbers, mut ends) = (vec![0; organisations.len()], vec![0; organisations.len()]);
    for (number, organisation) in organisations.iter().enumerate() {
        let free = organisation.parent.map_or(&mut next_root, |parent| &mut next[parent as usize]);
        let first = *free;
        *free += sizes[number];
        next[number] = first + 1;
        numbers[number] = first;
        ends[first as usize] = first + sizes[number];
    }
    (numbers, ends)
}

/// Ids by hash: open addressing with the ids in the slots, one cache line a find as a rule.
#[derive(Debug)]
pub(crate) struct Index {
    slots: Vec<Slot>,
}

/// 20 bytes.
#[derive(Clone, Copy, Debug)]
struct Slot {
    id: [u32; 4],
    handle: u32,
}

const FREE: u32 = u32::MAX;

impl Index {
    pub(crate) fn new(ids: impl ExactSizeIterator<Item = Ulid>) -> Self {
        let mut index = Self { slots: vec![Slot { id: [0; 4], handle: FREE }; ids.len() * 2] };
        for (id, handle) in ids.zip(0..) {
            let mut at = index.start(u128::from(id));
            while index.slots[at].handle != FREE {
                at = index.after(at);
            }
            index.slots[at] = Slot { id: split(u128::from(id)), handle };
        }
        index
    }

    #[inline(always)]
    pub(crate) fn find(&self, id: Ulid) -> Option<Handle> {
        let id = u128::from(id);
        let wanted = split(id);
        let mut at = self.start(id);
        loop {
            let Slot { id, handle } = self.slots[at];
            if handle == FREE {
                return None;
            }
            if id == wanted {
                return Some(handle);
            }
            at = self.after(at);
        }
    }

    /// Where to look first: the high half of a product takes a hash to a range without dividing.
    #[inline(always)]
    fn start(&self, id: u128) -> usize {
        let (low, high) = (id as u64, (id >> 64) as u64);
        let product = u128::from(low ^ 0x9e37_79b9_7f4a_7c15)
            .wrapping_mul(u128::from(high ^ 0xd6e8_feb8_6659_fd93));
        let hash = product as u64 ^ (product >> 64) as u64;
        ((u128::from(hash) * self.slots.len() as u128) >> 64) as usize
    }

    #[inline(always)]
    fn after(&self, at: usize) -> usize {
        if at + 1 == self.slots.len() { 0 } else { at + 1 }
    }
}

#[inline(always)]
fn split(id: u128) -> [u32; 4] {
    [id as u32, (id >> 32) as u32, (id >> 64) as u32, (id >> 96) as u32]
}
