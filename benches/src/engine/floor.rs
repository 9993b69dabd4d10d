//! The floors of decisions and lists, as one engine.

use ulid::Ulid;

use super::{Cannot, Engine, List, NewPerson, Source};
use crate::floor::{Floor, Handle, Key};
use crate::generate::Model;
use crate::lists::floor::ListFloor;
use crate::workload::ACTION;

/// The decide floor, with the candidates of the list floor and the ids to answer with.
#[derive(Debug)]
pub struct FloorEngine {
    floor: Floor,
    lists: ListFloor,
    people: Vec<Ulid>,
    doors: Vec<Ulid>,
    key: Key,
}

impl FloorEngine {
    /// Builds it from what was generated.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self {
            floor: Floor::new(model),
            lists: ListFloor::new(model),
            people: model.people.iter().map(|person| person.id).collect(),
            doors: model.doors.clone(),
            key: Floor::key(ACTION).expect("a key of the floor"),
        }
    }

    fn person(&self, text: &str) -> Handle {
        self.floor.person(ulid(text, "person:")).expect("a known person")
    }

    fn door(&self, text: &str) -> Handle {
        self.floor.door(ulid(text, "door:")).expect("a known door")
    }
}

impl Engine for FloorEngine {
    const NAME: &'static str = "floor";
    type Prepared = (Handle, Handle, Key);
    /// A handle.
    type Item<'a> = Handle;

    fn load(source: &Source<'_>) -> Self {
        Self::new(source.model)
    }

    /// Whatever the action, one key is tested: the floor knows what is asked.
    #[inline]
    fn allows(&self, person: &str, _action: &str, door: &str) -> bool {
        self.floor.allows_text(person, door, self.key).is_ok_and(|allowed| allowed)
    }

    fn prepare(&self, person: &str, action: &str, door: &str) -> Self::Prepared {
        let key = Floor::key(action).expect("a key of the floor");
        (self.person(person), self.door(door), key)
    }

    #[inline]
    fn allows_prepared(&self, (person, door, key): &Self::Prepared) -> bool {
        self.floor.allows(*person, *door, *key)
    }

    /// Its grants stand end to end.
    fn add_person(&mut self, _person: &NewPerson) -> Result<(), Cannot> {
        Err(Cannot)
    }

    fn list(&self, list: List, of: &str, found: &mut Vec<Handle>) -> Result<(), Cannot> {
        match list {
            List::WhoCanOpen => {
                self.lists.who_can_open(&self.floor, self.door(of), self.key, found);
            }
            List::WhatCanOpen => {
                self.lists.what_can_open(&self.floor, self.person(of), self.key, found);
            }
            List::Members => {
                let organisation = self.lists.organisation(ulid(of, "organisation:"));
                self.lists.members(organisation.expect("a known organisation"), found);
            }
        }
        Ok(())
    }

    fn id(&self, list: List, item: &Handle) -> Ulid {
        match list {
            List::WhoCanOpen | List::Members => self.people[*item as usize],
            List::WhatCanOpen => self.doors[*item as usize],
        }
    }
}

fn ulid(text: &str, prefix: &str) -> Ulid {
    let id = text.strip_prefix(prefix).and_then(|id| Ulid::from_string(id).ok());
    id.expect("a prefix and a ULID")
}
