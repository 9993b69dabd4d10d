//! What an engine must do to stand in the comparison: load, decide, take one person more, and list.
//!
//! Each engine does it the way its good users would. The modules say how, and why.

mod directory;
mod floor;
mod image;

use ulid::Ulid;
use vestibule::IdRef;

pub use self::floor::FloorEngine;
pub use self::image::{FrozenImage, ImageHandle, freeze};
use crate::generate::{DOORS, Model};
use crate::workload::ACTION;

/// The estate that all engines load.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its rows, ready in memory: what the floor and the peers are built from.
    pub model: &'a Model,
    /// The document, which the directory reads and checks.
    pub json: &'a [u8],
    /// The directory, frozen: what the image is opened from.
    pub image: &'a [u8],
}

/// A resident who moves in.
#[derive(Clone, Copy, Debug)]
pub struct NewPerson {
    /// Their id, unknown until now.
    pub id: Ulid,
    /// Position of the building whose common doors they may open.
    pub building: u32,
    /// The integration there.
    pub integration: Ulid,
    /// The owner of the building, whose member they become.
    pub organisation: Ulid,
}

/// A list that an engine can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The people who may open a door.
    WhoCanOpen,
    /// The doors that a person may open.
    WhatCanOpen,
    /// The people who belong to an organisation or one below it.
    Members,
}

impl List {
    /// All lists, in the order of the table.
    pub const ALL: [Self; 3] = [Self::WhoCanOpen, Self::WhatCanOpen, Self::Members];

    /// What the table calls it.
    #[must_use]
    pub const fn what(self) -> &'static str {
        match self {
            Self::WhoCanOpen => "who may open a door",
            Self::WhatCanOpen => "what a person may open",
            Self::Members => "recursive members",
        }
    }

    /// The kind of what is asked about, as its text begins.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::WhoCanOpen => "door",
            Self::WhatCanOpen => "person",
            Self::Members => "organisation",
        }
    }
}

/// The engine has no such operation: to take a person it must be loaded anew, or it does not know what is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cannot;

/// An engine beside others. Texts are `person:ULID`, `door:ULID` and `organisation:ULID`, all of the estate.
pub trait Engine: Sized {
    /// What the table calls it.
    const NAME: &'static str;
    /// A question in which everything is found that can be found beforehand.
    type Prepared;
    /// A person or door in a list, as the engine gives it.
    type Item<'a>
    where
        Self: 'a;

    /// Makes it ready to answer.
    fn load(source: &Source<'_>) -> Self;

    /// Whether a person may do something with a door.
    fn allows(&self, person: &str, action: &str, door: &str) -> bool;

    /// Looks up beforehand what can be looked up.
    fn prepare(&self, person: &str, action: &str, door: &str) -> Self::Prepared;

    /// The same with a prepared question.
    fn allows_prepared(&self, question: &Self::Prepared) -> bool;

    /// Takes one person more, who may open doors at once.
    ///
    /// # Errors
    ///
    /// When it cannot.
    fn add_person(&mut self, person: &NewPerson) -> Result<(), Cannot>;

    /// Answers a list, each person or door once, in whatever order the engine has.
    ///
    /// # Errors
    ///
    /// When it cannot.
    fn list<'a>(
        &'a self,
        list: List,
        of: &str,
        found: &mut Vec<Self::Item<'a>>,
    ) -> Result<(), Cannot>;

    /// The id of an item; off the clock.
    fn id(&self, list: List, item: &Self::Item<'_>) -> Ulid;
}

/// The ids that an engine lists, in order.
///
/// # Errors
///
/// When it cannot.
pub fn listed<E: Engine>(engine: &E, list: List, of: &str) -> Result<Vec<Ulid>, Cannot> {
    let mut found = Vec::new();
    engine.list(list, of, &mut found)?;
    Ok(sorted_ids(engine, list, &found))
}

/// The ids of what an engine has listed, in order.
pub fn sorted_ids<E: Engine>(engine: &E, list: List, found: &[E::Item<'_>]) -> Vec<Ulid> {
    let mut ids: Vec<Ulid> = found.iter().map(|item| engine.id(list, item)).collect();
    ids.sort_unstable();
    ids
}

/// The right list, in order of id: everybody, or every door, tried one by one against the model.
#[must_use]
pub fn expected(model: &Model, list: List, of: Ulid) -> Vec<Ulid> {
    let mut ids: Vec<Ulid> = match list {
        List::WhoCanOpen => {
            let door = position(model.doors.iter(), |id| *id == of);
            let may = model.people.iter().filter(|person| model.may_open_door(person, door));
            may.map(|person| person.id).collect()
        }
        List::WhatCanOpen => {
            let person = &model.people[position(model.people.iter(), |person| person.id == of)];
            let doors = model.doors.iter().enumerate();
            doors
                .filter(|(door, _)| model.may_open_door(person, *door))
                .map(|(_, id)| *id)
                .collect()
        }
        List::Members => {
            let top = position(model.organisations.iter(), |row| row.id == of) as u32;
            let people = model.people.iter();
            let members = people.filter(|person| model.is_within(model.employer(person), top));
            members.map(|person| person.id).collect()
        }
    };
    ids.sort_unstable();
    ids
}

fn position<T>(mut rows: impl Iterator<Item = T>, is_it: impl FnMut(T) -> bool) -> usize {
    rows.position(is_it).expect("a row of the estate")
}

/// Up to `count` subjects of a list, spread over the estate: doors of all kinds, people, organisations.
#[must_use]
pub fn subjects(model: &Model, list: List, count: usize) -> Vec<Ulid> {
    let spread = |rows: usize, id: &dyn Fn(usize) -> Ulid| {
        // An odd step, for doors repeat every `DOORS` rows.
        let step = (rows / count) | 1;
        (0..rows).step_by(step).take(count).map(id).collect()
    };
    match list {
        List::WhoCanOpen => spread(model.doors.len(), &|number| model.doors[number]),
        List::WhatCanOpen => spread(model.people.len(), &|number| model.people[number].id),
        List::Members => spread(model.organisations.len(), &|at| model.organisations[at].id),
    }
}

/// Somebody who moves into a building, the same for the same number.
#[must_use]
pub fn newcomer(model: &Model, number: usize) -> NewPerson {
    // A time after all others, so that no id is taken.
    const AFTER_MS: u64 = 1_790_000_000_000;
    let building = number * 31 % model.buildings.len();
    let row = &model.buildings[building];
    NewPerson {
        id: Ulid::from_parts(AFTER_MS + number as u64, number as u128),
        building: building as u32,
        integration: row.integration,
        organisation: model.organisations[row.owner as usize].id,
    }
}

/// Whether a newcomer may open the front door of their building and not that of another.
#[must_use]
pub fn is_settled<E: Engine>(engine: &E, model: &Model, person: &NewPerson) -> bool {
    let text = format!("person:{}", person.id);
    let opens = |building: usize| {
        engine.allows(&text, ACTION, &format!("door:{}", model.doors[building * DOORS]))
    };
    let own = person.building as usize;
    opens(own) && !opens((own + 1) % model.buildings.len())
}

/// The id behind the kind.
fn id(text: &str) -> IdRef<'_> {
    let (_, id) = text.split_once(':').expect("a kind, a colon and an id");
    IdRef::parse(id).expect("an id")
}

fn ulid_of(id: &IdRef<'_>) -> Ulid {
    id.with_text(|text| Ulid::from_string(text).expect("ids of the estate are ULIDs"))
}
