//! Cedar, with the entities of a request picked for it.
//!
//! The host keeps rows of its own and hands Cedar three entities at each question: the person, the door, the action. A
//! door and a person name all that is above them, so that nothing else is needed. The policies are those of [`Cedar`].
//! The host can then add a person by an insert, where [`Cedar`] finds the whole hierarchy anew; but each question pays
//! for an `Entities` of its own. A prepared question is a request with its slice.
//!
//! [`Cedar`]: super::Cedar

use std::collections::HashMap;

use cedar_policy::{Authorizer, Decision, Entities, Entity, EntityUid, PolicySet, Request};
use ulid::Ulid;

use super::cedar::{Parents, Types, policies, request, ulid};
use crate::engine::{Cannot, Engine, List, NewPerson, Source};
use crate::workload::ACTION;

/// Cedar with a slice a request.
#[derive(Debug)]
pub struct CedarSliced {
    types: Types,
    authorizer: Authorizer,
    policies: PolicySet,
    actions: HashMap<EntityUid, Entity>,
    people: HashMap<EntityUid, Entity>,
    doors: HashMap<EntityUid, Entity>,
    /// Each organisation and all above it.
    above: HashMap<EntityUid, Vec<EntityUid>>,
}

impl CedarSliced {
    fn slice(&self, person: &EntityUid, action: &EntityUid, door: &EntityUid) -> Entities {
        let entities = [self.people.get(person), self.actions.get(action), self.doors.get(door)];
        Entities::from_entities(entities.into_iter().flatten().cloned(), None)
            .expect("each entity once")
    }

    fn is_allowed(&self, request: &Request, entities: &Entities) -> bool {
        let response = self.authorizer.is_authorized(request, &self.policies, entities);
        response.decision() == Decision::Allow
    }

    fn decide(&self, person: EntityUid, action: EntityUid, door: EntityUid) -> bool {
        let entities = self.slice(&person, &action, &door);
        self.is_allowed(&request(person, action, door), &entities)
    }
}

impl Engine for CedarSliced {
    const NAME: &'static str = "cedar, sliced";
    type Prepared = (Request, Entities);
    type Item<'a> = &'a EntityUid;

    fn load(source: &Source<'_>) -> Self {
        let (model, types) = (source.model, Types::new());
        let by_uid = |entity: Entity| (entity.uid(), entity);
        let people = model.people.iter();
        let people = people.map(|person| types.person_entity(model, person, Parents::Whole));
        let doors = 0..model.doors.len();
        let doors = doors.map(|door| types.door_entity(model, door, Parents::Whole));
        let above = (0..model.organisations.len() as u32).map(|number| {
            let all: Vec<_> = types.parents(model, number, Parents::Whole).into_iter().collect();
            (types.organisation_at(model, number), all)
        });
        Self {
            authorizer: Authorizer::new(),
            policies: policies(),
            actions: types.actions().map(by_uid).collect(),
            people: people.map(by_uid).collect(),
            doors: doors.map(by_uid).collect(),
            above: above.collect(),
            types,
        }
    }

    fn allows(&self, person: &str, action: &str, door: &str) -> bool {
        let types = &self.types;
        self.decide(types.person(person), types.action(action), types.door(door))
    }

    fn prepare(&self, person: &str, action: &str, door: &str) -> (Request, Entities) {
        let types = &self.types;
        let entities = self.slice(&types.person(person), &types.action(action), &types.door(door));
        (types.request(person, action, door), entities)
    }

    fn allows_prepared(&self, (request, entities): &(Request, Entities)) -> bool {
        self.is_allowed(request, entities)
    }

    fn add_person(&mut self, person: &NewPerson) -> Result<(), Cannot> {
        let organisation = self.types.organisation(&person.organisation.to_string());
        let parents = self.above.get(&organisation).expect("a known organisation");
        let entity = self.types.newcomer(person, parents.iter().cloned());
        self.people.insert(entity.uid(), entity);
        Ok(())
    }

    /// All people or doors are tried, each with its slice; for members the person's own entity is enough.
    fn list<'a>(
        &'a self,
        list: List,
        of: &str,
        found: &mut Vec<&'a EntityUid>,
    ) -> Result<(), Cannot> {
        let types = &self.types;
        let action = types.action(ACTION);
        match list {
            List::WhoCanOpen => {
                let door = types.door(of);
                found.extend(
                    self.people.keys().filter(|person| {
                        self.decide((*person).clone(), action.clone(), door.clone())
                    }),
                );
            }
            List::WhatCanOpen => {
                let person = types.person(of);
                found.extend(
                    self.doors.keys().filter(|door| {
                        self.decide(person.clone(), action.clone(), (*door).clone())
                    }),
                );
            }
            List::Members => {
                let top = types.organisation(of);
                let members = self.people.iter().filter(|(uid, person)| {
                    let slice = Entities::from_entities([(*person).clone()], None);
                    slice.expect("one entity").is_ancestor_of(&top, uid)
                });
                found.extend(members.map(|(uid, _)| uid));
            }
        }
        Ok(())
    }

    fn id(&self, _list: List, item: &&EntityUid) -> Ulid {
        ulid(item)
    }
}
