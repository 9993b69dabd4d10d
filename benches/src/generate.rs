//! Estates of any number of people, and questions about them. The same [`Spec`] gives the same
//! bytes, on every machine.
//!
//! For each 100 people there is an organisation, in trees of up to 100 organisations and 16 levels,
//! each tree with an account. A leaf owns 4 buildings; a building has one integration, 3 common
//! doors for all residents, one door of a unit, and a unit for every 3 people. Of 50 people, 45 are
//! residents of one integration, 4 have a permission group in listed buildings, and 1 is a
//! technician of all sites of an organisation or its administrator.
//!
//! A resident holds the site role `virtual_access:integration:ID:resident`, in a membership of the
//! organisation that owns the building: the grant that a floor can walk as well. With
//! [`Spec::residencies`] each also has a residency in a unit.
//!
//! Rows come in no order of their ids, which is what makes indexes work hardest.

use std::io::Write;

use ulid::Ulid;

/// Organisations of one tree.
const TREE: usize = 100;
/// Levels of a tree; a root is the first.
const LEVELS: usize = 16;
const BUILDINGS_OF_LEAF: usize = 4;
/// Doors of an integration that every resident may open.
pub const COMMON_DOORS: usize = 3;
/// Doors of an integration; the last belongs to a unit.
pub const DOORS: usize = COMMON_DOORS + 1;
const PEOPLE_OF_UNIT: usize = 3;

/// What to generate.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// How many people; at least 1,000.
    pub people: usize,
    /// Where the pseudo-random numbers start.
    pub seed: u64,
    /// Whether a resident has a residency in a unit beside the site role.
    pub residencies: bool,
}

impl Spec {
    /// An estate with the usual seed and no residencies.
    #[must_use]
    pub const fn new(people: usize) -> Self {
        Self { people, seed: 2026, residencies: false }
    }
}

/// An organisation; a place in a list of organisations stands for it.
#[derive(Clone, Copy, Debug)]
pub struct Organisation {
    /// Its id.
    pub id: Ulid,
    /// The organisation above it, of a smaller number; none for a root.
    pub parent: Option<u32>,
    level: usize,
    is_leaf: bool,
    is_pmo: bool,
}

/// A building with its only integration.
#[derive(Clone, Copy, Debug)]
pub struct Building {
    /// Its id.
    pub id: Ulid,
    /// The id of its integration.
    pub integration: Ulid,
    /// The organisation that owns it.
    pub owner: u32,
}

/// What a person may open.
#[derive(Clone, Debug)]
pub enum Reach {
    /// The common doors of one building, as its resident.
    Resident(u32),
    /// Every common door of some buildings, by a permission group.
    Listed {
        /// Whose member.
        organisation: u32,
        /// Which buildings.
        buildings: Box<[u32]>,
    },
    /// Every common door of the buildings within an organisation, as technician of all its sites.
    Technician(u32),
    /// Everything within an organisation.
    Administrator(u32),
}

/// A person.
#[derive(Clone, Debug)]
pub struct Person {
    /// The id.
    pub id: Ulid,
    /// What the person may open.
    pub reach: Reach,
}

/// What stands in an estate, by position: door `n` is one of building `n / DOORS`.
#[derive(Clone, Debug)]
pub struct Model {
    /// Parents come before children.
    pub organisations: Vec<Organisation>,
    /// All buildings.
    pub buildings: Vec<Building>,
    /// The ids of all doors, [`DOORS`] a building.
    pub doors: Vec<Ulid>,
    /// All people.
    pub people: Vec<Person>,
    /// Whether each resident has a residency too.
    pub residencies: bool,
}

impl Model {
    /// Whether an organisation is, or is below, another.
    #[must_use]
    pub fn is_within(&self, organisation: u32, above: u32) -> bool {
        let mut at = Some(organisation);
        while let Some(here) = at {
            if here == above {
                return true;
            }
            at = self.organisations[here as usize].parent;
        }
        false
    }

    /// The organisation whose member a person is.
    #[must_use]
    pub fn employer(&self, person: &Person) -> u32 {
        match &person.reach {
            Reach::Resident(home) => self.buildings[*home as usize].owner,
            Reach::Listed { organisation, .. }
            | Reach::Technician(organisation)
            | Reach::Administrator(organisation) => *organisation,
        }
    }

    /// Whether a person may open a door: one of a unit opens for administrators alone.
    #[must_use]
    pub fn may_open_door(&self, person: &Person, door: usize) -> bool {
        let is_common = door % DOORS < COMMON_DOORS;
        let holds = is_common || matches!(person.reach, Reach::Administrator(_));
        holds && self.may_open(person, (door / DOORS) as u32)
    }

    /// Whether a person may open the common doors of a building.
    #[must_use]
    pub fn may_open(&self, person: &Person, building: u32) -> bool {
        match &person.reach {
            Reach::Resident(home) => *home == building,
            Reach::Listed { buildings, .. } => buildings.contains(&building),
            Reach::Technician(organisation) | Reach::Administrator(organisation) => {
                self.is_within(self.buildings[building as usize].owner, *organisation)
            }
        }
    }
}

/// One `doors:open` on a common door, by position, and its answer.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Position of the person.
    pub person: u32,
    /// Position of the door.
    pub door: u32,
    /// The right answer.
    pub is_allowed: bool,
}

/// Small, fast, and good enough to scatter things (SplitMix64).
#[derive(Clone, Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    fn position(&mut self, end: usize) -> u32 {
        u32::try_from(self.below(end)).expect("at most 2^32 of anything")
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// An id made at some instant of five years.
    fn ulid(&mut self) -> Ulid {
        const FIRST_MS: u64 = 1_609_459_200_000;
        const FIVE_YEARS_MS: usize = 5 * 365 * 86_400_000;
        let ms = FIRST_MS + self.below(FIVE_YEARS_MS) as u64;
        let random = u128::from(self.next()) << 64 | u128::from(self.next());
        Ulid::from_parts(ms, random)
    }
}

/// Decides what there is.
#[must_use]
pub fn model(spec: &Spec) -> Model {
    assert!(spec.people >= 1_000, "an estate of fewer than 1,000 people has too few buildings");
    let mut random = Random(spec.seed);
    let organisations = organisations(spec.people / 100, &mut random);
    let buildings = buildings(&organisations, &mut random);
    let doors = (0..buildings.len() * DOORS).map(|_| random.ulid()).collect();
    let mut model = Model {
        organisations,
        buildings,
        doors,
        people: Vec::with_capacity(spec.people),
        residencies: spec.residencies,
    };
    for number in 0..spec.people {
        let reach = reach(&model, number, &mut random);
        model.people.push(Person { id: random.ulid(), reach });
    }
    random.shuffle(&mut model.people);
    model
}

fn organisations(count: usize, random: &mut Random) -> Vec<Organisation> {
    let mut all: Vec<Organisation> = Vec::with_capacity(count);
    for number in 0..count {
        let root = number - number % TREE;
        let is_last_of_tree = number + 1 == count || (number + 1).is_multiple_of(TREE);
        let parent = match number - root {
            0 => None,
            // So that a root always has two branches, and nobody below it reaches everything.
            _ if is_last_of_tree => Some(root),
            _ if random.below(10) < 7 && all[number - 1].level < LEVELS => Some(number - 1),
            _ => Some(root + random.below(number - root)),
        };
        let parent = parent.map(|mut parent| {
            while all[parent].level == LEVELS {
                parent = all[parent].parent.expect("a root is of the first level") as usize;
            }
            parent
        });
        let level = parent.map_or(1, |parent| all[parent].level + 1);
        if let Some(parent) = parent {
            all[parent].is_leaf = false;
        }
        all.push(Organisation {
            id: random.ulid(),
            parent: parent.map(|parent| u32::try_from(parent).expect("few organisations")),
            level,
            is_leaf: true,
            is_pmo: level == 1 || random.below(4) > 0,
        });
    }
    all
}

fn buildings(organisations: &[Organisation], random: &mut Random) -> Vec<Building> {
    let mut buildings = Vec::new();
    for (owner, organisation) in (0_u32..).zip(organisations) {
        if organisation.is_leaf {
            buildings.extend((0..BUILDINGS_OF_LEAF).map(|_| Building {
                id: random.ulid(),
                integration: random.ulid(),
                owner,
            }));
        }
    }
    buildings
}

fn reach(model: &Model, number: usize, random: &mut Random) -> Reach {
    let building = random.position(model.buildings.len());
    let owner = model.buildings[building as usize].owner;
    let parent = |of: u32| model.organisations[of as usize].parent;
    match number % 50 {
        // A technician or administrator: of the owner, or of one or two above it, but of no root.
        0 => {
            let mut organisation = owner;
            for _ in 0..random.below(3) {
                match parent(organisation) {
                    Some(above) if parent(above).is_some() => organisation = above,
                    _ => {}
                }
            }
            if number.is_multiple_of(100) {
                Reach::Administrator(organisation)
            } else {
                Reach::Technician(organisation)
            }
        }
        1..=4 => {
            let mut organisation = owner;
            while !model.organisations[organisation as usize].is_pmo {
                organisation = parent(organisation).expect("a root is of kind pmo");
            }
            // Some of the buildings of this leaf.
            let first = building - building % BUILDINGS_OF_LEAF as u32;
            let mut listed: Vec<u32> = (first..first + BUILDINGS_OF_LEAF as u32).collect();
            random.shuffle(&mut listed);
            listed.truncate(1 + random.below(BUILDINGS_OF_LEAF));
            Reach::Listed { organisation, buildings: listed.into() }
        }
        _ => Reach::Resident(building),
    }
}

/// Questions in a random order, half of them allowed: the door of a building that the person
/// reaches, and the door of another one.
#[must_use]
pub fn questions(model: &Model, count: usize, seed: u64) -> Vec<Question> {
    let mut random = Random(seed ^ 0x5155_4553_5449_4f4e);
    let mut questions: Vec<Question> = (0..count)
        .map(|number| {
            let is_allowed = number.is_multiple_of(2);
            let person = random.position(model.people.len());
            let building =
                building_for(model, &model.people[person as usize], is_allowed, &mut random);
            let door = building * DOORS as u32 + random.position(COMMON_DOORS);
            Question { person, door, is_allowed }
        })
        .collect();
    random.shuffle(&mut questions);
    questions
}

/// A building that the person reaches, or one that the person does not.
fn building_for(model: &Model, person: &Person, is_reached: bool, random: &mut Random) -> u32 {
    match &person.reach {
        Reach::Resident(home) if is_reached => *home,
        Reach::Listed { buildings, .. } if is_reached => random.pick(buildings),
        // Nobody reaches everything, and whoever reaches something reaches a hundredth or more.
        Reach::Resident(_)
        | Reach::Listed { .. }
        | Reach::Technician(_)
        | Reach::Administrator(_) => candidates(model, person, is_reached, random),
    }
}

fn candidates(model: &Model, person: &Person, is_reached: bool, random: &mut Random) -> u32 {
    let start = random.position(model.buildings.len());
    let all = (start..model.buildings.len() as u32).chain(0..start);
    let mut fitting = all.filter(|building| model.may_open(person, *building) == is_reached);
    fitting.next().expect("nobody reaches everything or nothing")
}

/// Writes the estate document.
#[must_use]
pub fn json(model: &Model) -> Vec<u8> {
    let mut out = Vec::with_capacity(model.people.len() * 360);
    out.extend_from_slice(b"{\"version\":1,\"revision\":1");
    write_estate(&mut out, model).expect("a vector takes everything");
    out.extend_from_slice(b"}\n");
    out
}

/// Number of units of each building.
fn units_of_building(model: &Model) -> usize {
    model.people.len().div_ceil(PEOPLE_OF_UNIT).div_ceil(model.buildings.len())
}

/// The id of an entity that only the document knows: made from those around it.
fn derived(id: Ulid, number: usize) -> Ulid {
    let mut random = Random(u128::from(id) as u64 ^ number as u64);
    Ulid::from_parts(id.timestamp_ms(), u128::from(random.next()) << 64 | u128::from(random.next()))
}

fn write_estate(out: &mut Vec<u8>, model: &Model) -> std::io::Result<()> {
    let Model { organisations, buildings, doors, people, .. } = model;
    let units = units_of_building(model);
    section(out, "accounts", organisations, |out, _, row| {
        if row.parent.is_some() {
            return Ok(false);
        }
        write!(out, r#"{{"id":"{}","name":"Account"}}"#, derived(row.id, 0))?;
        Ok(true)
    })?;
    section(out, "organisations", organisations, |out, number, row| {
        write!(out, r#"{{"id":"{}","name":"Organisation {number}""#, row.id)?;
        match row.parent {
            Some(parent) => write!(out, r#","parent":"{}""#, organisations[parent as usize].id)?,
            None => write!(out, r#","account":"{}""#, derived(row.id, 0))?,
        }
        out.write_all(if row.is_pmo { br#","kind":"pmo"}"# } else { b"}" })?;
        Ok(true)
    })?;
    section(out, "buildings", buildings, |out, number, row| {
        let owner = organisations[row.owner as usize].id;
        write!(out, r#"{{"id":"{}","name":"{number} Main Street","owner":"{owner}"}}"#, row.id)?;
        Ok(true)
    })?;
    section(out, "integrations", buildings, |out, _, row| {
        let Building { id, integration, .. } = row;
        write!(out, r#"{{"id":"{integration}","name":"Lobby panel","building":"{id}"}}"#)?;
        Ok(true)
    })?;
    let all_units: Vec<_> =
        buildings.iter().flat_map(|row| (0..units).map(move |number| (row, number))).collect();
    section(out, "units", &all_units, |out, _, (building, number)| {
        write!(
            out,
            r#"{{"id":"{}","number":"{}","building":"{}","integration":"{}"}}"#,
            derived(building.id, *number),
            number + 1,
            building.id,
            building.integration
        )?;
        Ok(true)
    })?;
    section(out, "doors", doors, |out, number, id| {
        let building = &buildings[number / DOORS];
        let integration = building.integration;
        match ["Front door", "Garage", "Bike room"].get(number % DOORS) {
            Some(name) => write!(
                out,
                r#"{{"id":"{id}","name":"{name}","integration":"{integration}","audience":"all_residents"}}"#
            )?,
            None => {
                let unit = derived(building.id, 0);
                write!(
                    out,
                    r#"{{"id":"{id}","name":"Apartment","integration":"{integration}","unit":"{unit}"}}"#
                )?;
            }
        }
        Ok(true)
    })?;
    section(out, "people", people, |out, number, row| write_person(out, number, row.id))?;
    section(out, "memberships", people, |out, _, row| write_membership(out, model, row))?;
    if model.residencies {
        section(out, "residencies", people, |out, number, row| {
            let Reach::Resident(home) = &row.reach else { return Ok(false) };
            let unit = derived(buildings[*home as usize].id, number % units);
            write!(out, r#"{{"person":"{}","unit":"{unit}"}}"#, row.id)?;
            Ok(true)
        })?;
    }
    Ok(())
}

/// Writes an array; `write` says whether it wrote a row.
fn section<T>(
    out: &mut Vec<u8>,
    name: &str,
    rows: &[T],
    mut write: impl FnMut(&mut Vec<u8>, usize, &T) -> std::io::Result<bool>,
) -> std::io::Result<()> {
    write!(out, ",\n\"{name}\":[")?;
    let mut separator: &[u8] = b"\n";
    for (number, row) in rows.iter().enumerate() {
        let before = out.len();
        out.extend_from_slice(separator);
        if write(out, number, row)? {
            separator = b",\n";
        } else {
            out.truncate(before);
        }
    }
    out.extend_from_slice(b"\n]");
    Ok(())
}

const GIVEN: [&str; 16] = [
    "Amina",
    "Benedikt",
    "Chiara",
    "Dmitri",
    "Eleanor",
    "Felipe",
    "Gudrun",
    "Hiroshi",
    "Ines",
    "Jonathan",
    "Katarzyna",
    "Leopold",
    "Marguerite",
    "Nikhil",
    "Oluwaseun",
    "Priya",
];
const FAMILY: [&str; 16] = [
    "Andersen",
    "Bianchi",
    "Castillo",
    "Dubois",
    "Eriksson",
    "Fitzgerald",
    "Georgiou",
    "Hoffmann",
    "Ivanova",
    "Johansson",
    "Kowalska",
    "Lindqvist",
    "Moreau",
    "Nakamura",
    "Okonkwo",
    "Petrov",
];

/// About 60 bytes of contact text: name, e-mail address and telephone number.
fn write_person(out: &mut Vec<u8>, number: usize, id: Ulid) -> std::io::Result<bool> {
    let (given, family) = (GIVEN[number % 16], FAMILY[number / 16 % 16]);
    write!(out, r#"{{"id":"{id}","name":"{given} {family}","email":""#)?;
    out.extend(given.bytes().map(|byte| byte.to_ascii_lowercase()));
    write!(out, r#".{number:07}@mail.example.org","phone":"+336{number:08}"}}"#)?;
    Ok(true)
}

fn write_membership(out: &mut Vec<u8>, model: &Model, row: &Person) -> std::io::Result<bool> {
    let organisation = model.organisations[model.employer(row) as usize].id;
    write!(out, r#"{{"person":"{}","organisation":"{organisation}","#, row.id)?;
    match &row.reach {
        Reach::Resident(home) => {
            let integration = model.buildings[*home as usize].integration;
            write!(out, r#""roles":["virtual_access:integration:{integration}:resident"]}}"#)?;
        }
        Reach::Technician(_) => {
            write!(out, r#""roles":["virtual_access:integration:*:technician"]}}"#)?;
        }
        Reach::Administrator(_) => write!(out, r#""roles":["admin"]}}"#)?,
        Reach::Listed { buildings, .. } => {
            write!(out, r#""permission_groups":["pmo.security"],"#)?;
            write!(out, r#""building_access":{{"scope":"listed","buildings":["#)?;
            for (position, building) in buildings.iter().enumerate() {
                let separator = if position == 0 { "" } else { "," };
                write!(out, r#"{separator}"{}""#, model.buildings[*building as usize].id)?;
            }
            write!(out, "]}}}}")?;
        }
    }
    Ok(true)
}
