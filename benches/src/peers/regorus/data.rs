//! The data document: everything by id, and what the lists need the other way round.

use std::collections::BTreeMap;

use regorus::Value;

use crate::engine::NewPerson;
use crate::generate::{COMMON_DOORS, DOORS, Model, Person, Reach};

/// Objects on the way to a `Value`.
type Rows = BTreeMap<Value, Value>;

/// What each role holds, by the kind of door: of a unit's door, administrators alone.
const ROLES: [(&str, &[&str], &[&str]); 4] = [
    ("resident", &["doors:open", "directory:read", "calls:answer"], &[]),
    ("security", &["doors:open", "doors:read", "directory:read"], &[]),
    ("technician", &["doors:open", "doors:read", "directory:read"], &[]),
    ("administrator", &["doors:open", "doors:open_unit"], &["doors:open", "doors:open_unit"]),
];

fn text(text: impl AsRef<str>) -> Value {
    Value::from(text.as_ref())
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::from(fields.into_iter().map(|(name, value)| (text(name), value)).collect::<Rows>())
}

fn keys(names: &[&str]) -> Value {
    Value::from(names.iter().map(|name| (text(name), Value::Bool(true))).collect::<Rows>())
}

/// Names of places, made once: a `Value` of text is shared, not copied.
struct Names {
    sites: Vec<Value>,
    organisations: Vec<Value>,
    roles: BTreeMap<&'static str, Value>,
}

impl Names {
    fn new(model: &Model) -> Self {
        let organisations = model.organisations.iter();
        Self {
            sites: model.buildings.iter().map(|row| text(row.integration.to_string())).collect(),
            organisations: organisations
                .map(|row| text(format!("organisation:{}", row.id)))
                .collect(),
            roles: ROLES.iter().map(|(role, ..)| (*role, text(role))).collect(),
        }
    }
}

/// What stands at a place, by its position.
#[derive(Clone, Default)]
struct Place {
    people: Rows,
    members: Rows,
    doors: Rows,
    above: Rows,
    below: Rows,
    sites: Rows,
}

/// The whole document.
pub(super) fn data(model: &Model) -> Value {
    let names = Names::new(model);
    let mut sites = vec![Place::default(); model.buildings.len()];
    let mut organisations = vec![Place::default(); model.organisations.len()];
    let doors = place_doors(model, &names, &mut sites);
    place_organisations(model, &names, &mut organisations);
    let people = place_people(model, &names, &mut sites, &mut organisations);
    let roles = ROLES.iter().map(|(role, common, unit)| {
        (names.roles[role].clone(), object([("common", keys(common)), ("unit", keys(unit))]))
    });
    let sites = names.sites.iter().cloned().zip(sites).map(|(name, place)| {
        let (people, doors) = (Value::from(place.people), Value::from(place.doors));
        (name, object([("people", people), ("doors", doors)]))
    });
    let organisations = names.organisations.iter().cloned().zip(organisations);
    let organisations = organisations.map(|(name, place)| (name, organisation(place)));
    object([
        ("people", Value::from(people)),
        ("doors", Value::from(doors)),
        ("roles", Value::from(roles.collect::<Rows>())),
        ("sites", Value::from(sites.collect::<Rows>())),
        ("organisations", Value::from(organisations.collect::<Rows>())),
    ])
}

fn organisation(place: Place) -> Value {
    object([
        ("above", Value::from(place.above)),
        ("below", Value::from(place.below)),
        ("sites", Value::from(place.sites)),
        ("staff", Value::from(place.people)),
        ("members", Value::from(place.members)),
    ])
}

fn place_doors(model: &Model, names: &Names, sites: &mut [Place]) -> Rows {
    let kinds = [text("common"), text("unit")];
    let mut doors = Rows::new();
    for (number, id) in model.doors.iter().enumerate() {
        let building = number / DOORS;
        let kind = &kinds[usize::from(number % DOORS >= COMMON_DOORS)];
        let door = text(format!("door:{id}"));
        sites[building].doors.insert(door.clone(), kind.clone());
        let owner = &names.organisations[model.buildings[building].owner as usize];
        let fields = [
            ("site", names.sites[building].clone()),
            ("kind", kind.clone()),
            ("owner", owner.clone()),
        ];
        doors.insert(door, object(fields));
    }
    doors
}

fn place_organisations(model: &Model, names: &Names, organisations: &mut [Place]) {
    let mut climb = |from: u32, at_each: &mut dyn FnMut(&mut [Place], usize)| {
        let mut at = Some(from);
        while let Some(here) = at {
            at_each(organisations, here as usize);
            at = model.organisations[here as usize].parent;
        }
    };
    for number in 0..model.organisations.len() {
        climb(number as u32, &mut |places, above| {
            places[number].above.insert(names.organisations[above].clone(), Value::Bool(true));
            places[above].below.insert(names.organisations[number].clone(), Value::Bool(true));
        });
    }
    for (building, row) in model.buildings.iter().enumerate() {
        climb(row.owner, &mut |places, above| {
            places[above].sites.insert(names.sites[building].clone(), Value::Bool(true));
        });
    }
}

fn place_people(
    model: &Model,
    names: &Names,
    sites: &mut [Place],
    organisations: &mut [Place],
) -> Rows {
    let mut people = Rows::new();
    for row in &model.people {
        let person = text(format!("person:{}", row.id));
        let employer = model.employer(row) as usize;
        organisations[employer].members.insert(person.clone(), Value::Bool(true));
        let (role, buildings, at) = held(row);
        let role = &names.roles[role];
        let (mut held_sites, mut held_at) = (Rows::new(), Rows::new());
        for building in buildings {
            sites[*building as usize].people.insert(person.clone(), role.clone());
            held_sites.insert(names.sites[*building as usize].clone(), role.clone());
        }
        if let Some(at) = at {
            organisations[at as usize].people.insert(person.clone(), role.clone());
            held_at.insert(names.organisations[at as usize].clone(), role.clone());
        }
        people.insert(person, holder(held_sites, held_at));
    }
    people
}

fn holder(sites: Rows, organisations: Rows) -> Value {
    object([("sites", Value::from(sites)), ("organisations", Value::from(organisations))])
}

/// A person's role, and the buildings or the organisation where it is held.
fn held(person: &Person) -> (&'static str, &[u32], Option<u32>) {
    match &person.reach {
        Reach::Resident(home) => ("resident", core::slice::from_ref(home), None),
        Reach::Listed { buildings, .. } => ("security", buildings, None),
        Reach::Technician(at) => ("technician", &[], Some(*at)),
        Reach::Administrator(at) => ("administrator", &[], Some(*at)),
    }
}

/// Adds a resident, in place.
pub(super) fn settle(data: &mut Value, person: &NewPerson) {
    let name = text(format!("person:{}", person.id));
    let site = text(person.integration.to_string());
    let organisation = text(format!("organisation:{}", person.organisation));
    let role = text("resident");
    let sites = Rows::from([(site.clone(), role.clone())]);
    insert(data, &[text("people")], &name, holder(sites, Rows::new()));
    insert(data, &[text("sites"), site, text("people")], &name, role);
    let members = [text("organisations"), organisation, text("members")];
    insert(data, &members, &name, Value::Bool(true));
}

fn insert(data: &mut Value, path: &[Value], name: &Value, value: Value) {
    let mut at = data;
    for step in path {
        at = at.as_object_mut().expect("an object").get_mut(step).expect("a known place");
    }
    at.as_object_mut().expect("an object").insert(name.clone(), value);
}
