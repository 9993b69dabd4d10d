//! `vestibule` itself, from the document.

use ulid::Ulid;
use vestibule::commands::EVENT_VERSION;
use vestibule::estate::{GrantedRole, MembershipDoc, PersonDoc, PersonKind, PersonState};
use vestibule::{
    Basis, Change, Directory, Event, Id, IdRef, MemberDepth, Principal, Question, Resource,
    RolePath, TextRequest,
};

use super::{Cannot, Engine, List, NewPerson, Source, id, ulid_of};
use crate::workload::{ACTION, instant};

impl Engine for Directory {
    const NAME: &'static str = "directory";
    type Prepared = Question;
    type Item<'a> = IdRef<'a>;

    fn load(source: &Source<'_>) -> Self {
        Self::from_json(source.json).unwrap_or_else(|faults| panic!("{faults}"))
    }

    #[inline]
    fn allows(&self, person: &str, action: &str, door: &str) -> bool {
        let at = instant();
        let request =
            TextRequest { principal: person, action, resource: door, acting_org: None, at };
        self.decide_text(&request).is_ok_and(|decision| decision.is_allow())
    }

    fn prepare(&self, person: &str, action: &str, door: &str) -> Question {
        let person = self.principal(Principal::Person(id(person))).expect("a known person");
        let key = self.catalog().key(action).expect("a key of the catalog");
        let door = self.resource(Resource::Door(id(door))).expect("a known door");
        Question::new(person, key, door, instant())
    }

    #[inline]
    fn allows_prepared(&self, question: &Question) -> bool {
        self.decide_question(question).is_allow()
    }

    /// As from a journal: the change is what a command of an administrator makes, and the host keeps. Peers do not ask
    /// who adds the person either.
    fn add_person(&mut self, person: &NewPerson) -> Result<(), Cannot> {
        let events = vec![
            Event::PersonCreated { person: person_row(person) },
            Event::MembershipSet { membership: membership(person), source: None },
        ];
        self.apply(&Change {
            revision: self.revision() + 1,
            version: EVENT_VERSION,
            at: instant(),
            actor: None,
            acting_org: None,
            correlation_id: None,
            basis: Basis::None,
            events,
        })
        .expect("of this revision, and of people unknown until now");
        Ok(())
    }

    fn list<'a>(&'a self, list: List, of: &str, found: &mut Vec<IdRef<'a>>) -> Result<(), Cannot> {
        let at = instant();
        match list {
            List::WhoCanOpen => found.extend(self.who_can(ACTION, Resource::Door(id(of)), at)),
            List::WhatCanOpen => found.extend(self.what_can(id(of), ACTION, at).map(|what| {
                let Resource::Door(door) = what else { panic!("{ACTION} is asked of doors") };
                door
            })),
            List::Members => found.extend(self.member_ids(id(of), MemberDepth::Recursive, at)),
        }
        Ok(())
    }

    fn id(&self, _list: List, item: &IdRef<'_>) -> Ulid {
        ulid_of(item)
    }
}

fn own(id: Ulid) -> Id {
    IdRef::from_ulid_bytes(id.to_bytes()).to_owned()
}

fn person_row(person: &NewPerson) -> PersonDoc {
    PersonDoc {
        id: own(person.id),
        aliases: Vec::new(),
        name: None,
        email: None,
        phone: None,
        first_name: None,
        last_name: None,
        identifier: None,
        kind: PersonKind::default(),
        state: PersonState::default(),
    }
}

fn membership(person: &NewPerson) -> MembershipDoc {
    let role = format!("virtual_access:integration:{}:resident", person.integration);
    MembershipDoc {
        person: own(person.id),
        organisation: own(person.organisation),
        valid: None,
        roles: vec![GrantedRole {
            role: RolePath::parse(&role).expect("a role path"),
            valid: None,
        }],
        permission_groups: None,
        job_function: None,
        building_access: None,
    }
}
