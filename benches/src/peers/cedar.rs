//! Cedar, with everything in one `Entities`.
//!
//! Four policies, one for each meaning of a grant and none for a person or role row. What a person holds stands in
//! attributes: sets of sites where they are resident or security, sets of organisations where they are technician or
//! administrator; an attribute that would be empty is left out, so that `has` ends most policies early. Keys are actions
//! in action groups. The hierarchy does the rest: a door is in its site, a site in its owner, an organisation in the
//! one above, a person in the organisation whose member they are.
//!
//! Requests are made without a schema: policies are validated when they are written, not at each question.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    PolicySet, Request, RestrictedExpression,
};
use ulid::Ulid;

use crate::engine::{Cannot, Engine, List, NewPerson, Source};
use crate::generate::{COMMON_DOORS, DOORS, Model, Person, Reach};
use crate::workload::ACTION;

/// The policies. A door of a unit opens for administrators alone: staff need `doors:open_unit` as well.
pub const POLICIES: &str = r#"
permit (principal, action in Action::"resident", resource)
when { principal has residentOf && resource in principal.residentOf && !resource.ofUnit };

permit (principal, action in Action::"security", resource)
when { principal has securityOf && resource in principal.securityOf && !resource.ofUnit };

permit (principal, action in Action::"technician", resource)
when { principal has technicianOf && resource in principal.technicianOf && !resource.ofUnit };

permit (principal, action, resource)
when { principal has administratorOf && resource in principal.administratorOf };
"#;

/// The groups in which an action is, of those in [`POLICIES`].
const GROUPS_OF_ACTION: [(&str, &[&str]); 4] = [
    (ACTION, &["resident", "security", "technician"]),
    ("directory:read", &["resident", "security", "technician"]),
    ("calls:answer", &["resident"]),
    ("doors:read", &["security", "technician"]),
];

/// Names of types, parsed once.
#[derive(Clone, Debug)]
pub struct Types {
    person: EntityTypeName,
    door: EntityTypeName,
    site: EntityTypeName,
    organisation: EntityTypeName,
    action: EntityTypeName,
}

impl Types {
    /// Those of the estate.
    #[must_use]
    pub fn new() -> Self {
        let name = |text: &str| text.parse().expect("a name of a type");
        Self {
            person: name("Person"),
            door: name("Door"),
            site: name("Site"),
            organisation: name("Organisation"),
            action: name("Action"),
        }
    }

    fn uid(name: &EntityTypeName, id: &str) -> EntityUid {
        EntityUid::from_type_name_and_id(name.clone(), EntityId::new(id))
    }

    /// A person, of `person:ID` or the id alone.
    #[must_use]
    pub fn person(&self, text: &str) -> EntityUid {
        Self::uid(&self.person, text.strip_prefix("person:").unwrap_or(text))
    }

    /// A door, of `door:ID` or the id alone.
    #[must_use]
    pub fn door(&self, text: &str) -> EntityUid {
        Self::uid(&self.door, text.strip_prefix("door:").unwrap_or(text))
    }

    /// An organisation, of `organisation:ID` or the id alone.
    #[must_use]
    pub fn organisation(&self, text: &str) -> EntityUid {
        Self::uid(&self.organisation, text.strip_prefix("organisation:").unwrap_or(text))
    }

    /// An integration.
    #[must_use]
    pub fn site(&self, id: Ulid) -> EntityUid {
        Self::uid(&self.site, &id.to_string())
    }

    /// An action, by its key.
    #[must_use]
    pub fn action(&self, key: &str) -> EntityUid {
        Self::uid(&self.action, key)
    }

    /// Whether this is a person.
    #[must_use]
    pub fn is_person(&self, uid: &EntityUid) -> bool {
        *uid.type_name() == self.person
    }

    /// Whether this is a door.
    #[must_use]
    pub fn is_door(&self, uid: &EntityUid) -> bool {
        *uid.type_name() == self.door
    }

    /// A request with an empty context.
    #[must_use]
    pub fn request(&self, person: &str, action: &str, door: &str) -> Request {
        request(self.person(person), self.action(action), self.door(door))
    }

    /// All actions, in their groups.
    pub fn actions(&self) -> impl Iterator<Item = Entity> {
        GROUPS_OF_ACTION.iter().map(|(key, groups)| {
            let parents = groups.iter().map(|group| self.action(group)).collect();
            Entity::new_no_attrs(self.action(key), parents)
        })
    }

    /// A person with what they hold.
    #[must_use]
    pub fn person_entity(&self, model: &Model, person: &Person, parents: Parents) -> Entity {
        let organisation = |at: u32| self.organisation_at(model, at);
        let site = |building: u32| self.site(model.buildings[building as usize].integration);
        let (name, places): (_, Vec<EntityUid>) = match &person.reach {
            Reach::Resident(home) => ("residentOf", vec![site(*home)]),
            Reach::Listed { buildings, .. } => {
                ("securityOf", buildings.iter().map(|building| site(*building)).collect())
            }
            Reach::Technician(at) => ("technicianOf", vec![organisation(*at)]),
            Reach::Administrator(at) => ("administratorOf", vec![organisation(*at)]),
        };
        let uid = self.person(&person.id.to_string());
        holder(uid, name, places, self.parents(model, model.employer(person), parents))
    }

    /// Somebody who has moved in.
    #[must_use]
    pub fn newcomer(
        &self,
        person: &NewPerson,
        parents: impl IntoIterator<Item = EntityUid>,
    ) -> Entity {
        let uid = self.person(&person.id.to_string());
        let sites = vec![self.site(person.integration)];
        holder(uid, "residentOf", sites, parents.into_iter().collect())
    }

    /// A door, by its position.
    #[must_use]
    pub fn door_entity(&self, model: &Model, door: usize, parents: Parents) -> Entity {
        let building = &model.buildings[door / DOORS];
        let mut above = HashSet::from([self.site(building.integration)]);
        if parents == Parents::Whole {
            above.extend(self.parents(model, building.owner, parents));
        }
        let of_unit = RestrictedExpression::new_bool(door % DOORS >= COMMON_DOORS);
        let attributes = HashMap::from([("ofUnit".to_owned(), of_unit)]);
        let uid = self.door(&model.doors[door].to_string());
        Entity::new(uid, attributes, above).expect("plain attributes")
    }

    /// What a member of an organisation, or a site of its, is in.
    #[must_use]
    pub fn parents(
        &self,
        model: &Model,
        organisation: u32,
        parents: Parents,
    ) -> HashSet<EntityUid> {
        let mut above = HashSet::from([self.organisation_at(model, organisation)]);
        let mut at = organisation;
        while let (Parents::Whole, Some(parent)) =
            (parents, model.organisations[at as usize].parent)
        {
            above.insert(self.organisation_at(model, parent));
            at = parent;
        }
        above
    }

    /// An organisation, by its position.
    #[must_use]
    pub fn organisation_at(&self, model: &Model, at: u32) -> EntityUid {
        self.organisation(&model.organisations[at as usize].id.to_string())
    }
}

impl Default for Types {
    fn default() -> Self {
        Self::new()
    }
}

/// What an entity says of the hierarchy above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parents {
    /// The entities directly above: Cedar finds the others.
    Direct,
    /// All of them, so that a slice needs no other entity.
    Whole,
}

fn holder(uid: EntityUid, name: &str, of: Vec<EntityUid>, parents: HashSet<EntityUid>) -> Entity {
    let places = of.into_iter().map(RestrictedExpression::new_entity_uid);
    let attributes = HashMap::from([(name.to_owned(), RestrictedExpression::new_set(places))]);
    Entity::new(uid, attributes, parents).expect("plain attributes")
}

/// A request with an empty context.
#[must_use]
pub fn request(person: EntityUid, action: EntityUid, door: EntityUid) -> Request {
    Request::new(person, action, door, Context::empty(), None).expect("no schema to break")
}

/// The policies, parsed.
#[must_use]
pub fn policies() -> PolicySet {
    POLICIES.parse().expect("policies of Cedar")
}

/// The id of an entity.
#[must_use]
pub fn ulid(uid: &EntityUid) -> Ulid {
    Ulid::from_string(uid.id().unescaped()).expect("ids of the estate are ULIDs")
}

/// Cedar with the whole estate.
#[derive(Debug)]
pub struct Cedar {
    types: Types,
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
}

impl Cedar {
    fn is_allowed(&self, request: &Request) -> bool {
        let response = self.authorizer.is_authorized(request, &self.policies, &self.entities);
        response.decision() == Decision::Allow
    }

    fn uids(&self, is_wanted: impl Fn(&EntityUid) -> bool) -> impl Iterator<Item = EntityUid> {
        self.entities.iter().map(Entity::uid).filter(move |uid| is_wanted(uid))
    }
}

impl Engine for Cedar {
    const NAME: &'static str = "cedar";
    type Prepared = Request;
    type Item<'a> = EntityUid;

    fn load(source: &Source<'_>) -> Self {
        let (model, types) = (source.model, Types::new());
        let people = model.people.iter();
        let people = people.map(|person| types.person_entity(model, person, Parents::Direct));
        let doors = 0..model.doors.len();
        let doors = doors.map(|door| types.door_entity(model, door, Parents::Direct));
        let sites = model.buildings.iter().map(|row| {
            let owner = types.organisation_at(model, row.owner);
            Entity::new_no_attrs(types.site(row.integration), HashSet::from([owner]))
        });
        let organisations = model.organisations.iter().map(|row| {
            let parent = row.parent.map(|at| types.organisation_at(model, at));
            let uid = types.organisation(&row.id.to_string());
            Entity::new_no_attrs(uid, parent.into_iter().collect())
        });
        let all = people.chain(doors).chain(sites).chain(organisations).chain(types.actions());
        let entities = Entities::from_entities(all, None).expect("each entity once");
        Self { authorizer: Authorizer::new(), policies: policies(), entities, types }
    }

    fn allows(&self, person: &str, action: &str, door: &str) -> bool {
        self.is_allowed(&self.types.request(person, action, door))
    }

    fn prepare(&self, person: &str, action: &str, door: &str) -> Request {
        self.types.request(person, action, door)
    }

    fn allows_prepared(&self, question: &Request) -> bool {
        self.is_allowed(question)
    }

    /// Cedar finds anew what is in what, of all entities.
    fn add_person(&mut self, person: &NewPerson) -> Result<(), Cannot> {
        let entities = core::mem::replace(&mut self.entities, Entities::empty());
        let organisation = self.types.organisation(&person.organisation.to_string());
        let added = entities.upsert_entities([self.types.newcomer(person, [organisation])], None);
        self.entities = added.expect("a plain entity");
        Ok(())
    }

    /// There is no operation for a list (partial evaluation is experimental, and what it leaves must be evaluated by
    /// somebody else): all people or doors are tried. Members are those that are *in* the organisation.
    fn list(&self, list: List, of: &str, found: &mut Vec<EntityUid>) -> Result<(), Cannot> {
        let types = &self.types;
        let action = types.action(ACTION);
        match list {
            List::WhoCanOpen => {
                let door = types.door(of);
                found.extend(self.uids(|uid| types.is_person(uid)).filter(|person| {
                    self.is_allowed(&request(person.clone(), action.clone(), door.clone()))
                }));
            }
            List::WhatCanOpen => {
                let person = types.person(of);
                found.extend(self.uids(|uid| types.is_door(uid)).filter(|door| {
                    self.is_allowed(&request(person.clone(), action.clone(), door.clone()))
                }));
            }
            List::Members => {
                let top = types.organisation(of);
                let people = self.uids(|uid| types.is_person(uid));
                found.extend(people.filter(|person| self.entities.is_ancestor_of(&top, person)));
            }
        }
        Ok(())
    }

    fn id(&self, _list: List, item: &EntityUid) -> Ulid {
        ulid(item)
    }
}
