//! An image of everything, which is asked in place.

use ulid::Ulid;
use vestibule::{
    Directory, IdRef, Image, Issue, Key, Principal, PrincipalHandle, Question, Resource,
    ResourceHandle, Slice, TextRequest,
};

use super::{Cannot, Engine, List, NewPerson, Source, id, ulid_of};
use crate::workload::{ACTION, instant};

/// Freezes all of a directory.
#[must_use]
pub fn freeze(directory: &Directory) -> Vec<u8> {
    directory
        .freeze(&Slice::Everything, &Issue::at(instant()))
        .unwrap_or_else(|error| panic!("{error}"))
}

/// An image that was opened, with its bytes in memory of its own.
#[derive(Clone, Copy, Debug)]
pub struct FrozenImage {
    image: Image<'static>,
    key: Key,
}

/// A person or door by handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageHandle {
    /// Of who may open a door.
    Person(PrincipalHandle),
    /// Of what a person may open.
    Door(ResourceHandle),
}

impl FrozenImage {
    /// Copies the bytes, as reading a file does, and opens them. The copy is never given back: an engine lives as long as
    /// the program.
    ///
    /// # Panics
    ///
    /// When they are no image.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        let image = Image::open(bytes.to_vec().leak()).unwrap_or_else(|error| panic!("{error}"));
        Self { key: image.key(ACTION).expect("a key of the catalog"), image }
    }

    /// The image itself.
    #[must_use]
    pub const fn image(&self) -> &Image<'static> {
        &self.image
    }

    fn person(&self, text: &str) -> PrincipalHandle {
        self.image.principal(Principal::Person(id(text))).expect("a known person")
    }

    fn door(&self, text: &str) -> ResourceHandle {
        self.image.resource(Resource::Door(id(text))).expect("a known door")
    }

    /// A list by handles, as the floor gives it.
    ///
    /// # Errors
    ///
    /// For members: an image knows of grants and of nobody's memberships.
    pub fn list_handles(
        &self,
        list: List,
        of: &str,
        found: &mut Vec<ImageHandle>,
    ) -> Result<(), Cannot> {
        let (key, at) = (self.key, instant());
        match list {
            List::WhoCanOpen => {
                let people = self.image.who_can_handles(key, self.door(of), at);
                found.extend(people.expect("all is inside").map(ImageHandle::Person));
            }
            List::WhatCanOpen => {
                let doors = self.image.what_can_handles(self.person(of), key, at);
                found.extend(doors.map(ImageHandle::Door));
            }
            List::Members => return Err(Cannot),
        }
        Ok(())
    }
}

impl Engine for FrozenImage {
    const NAME: &'static str = "image";
    type Prepared = Question;
    type Item<'a> = IdRef<'a>;

    fn load(source: &Source<'_>) -> Self {
        Self::new(source.image)
    }

    #[inline]
    fn allows(&self, person: &str, action: &str, door: &str) -> bool {
        let at = instant();
        let request =
            TextRequest { principal: person, action, resource: door, acting_org: None, at };
        self.image.decide_text(&request).is_ok_and(|decision| decision.is_allow())
    }

    fn prepare(&self, person: &str, action: &str, door: &str) -> Question {
        let key = self.image.key(action).expect("a key of the catalog");
        Question::new(self.person(person), key, self.door(door), instant())
    }

    #[inline]
    fn allows_prepared(&self, question: &Question) -> bool {
        self.image.decide_question(question).is_allow()
    }

    /// It is made anew from its directory.
    fn add_person(&mut self, _person: &NewPerson) -> Result<(), Cannot> {
        Err(Cannot)
    }

    fn list<'a>(&'a self, list: List, of: &str, found: &mut Vec<IdRef<'a>>) -> Result<(), Cannot> {
        let at = instant();
        match list {
            List::WhoCanOpen => {
                let people = self.image.who_can(ACTION, Resource::Door(id(of)), at);
                found.extend(people.expect("all is inside"));
            }
            List::WhatCanOpen => {
                let doors = self.image.what_can(id(of), ACTION, at).expect("all is inside");
                found.extend(doors.filter_map(|door| door.id()));
            }
            List::Members => return Err(Cannot),
        }
        Ok(())
    }

    fn id(&self, _list: List, item: &IdRef<'_>) -> Ulid {
        ulid_of(item)
    }
}
