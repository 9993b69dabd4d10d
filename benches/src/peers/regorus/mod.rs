//! Regorus, with its compiled program.
//!
//! The policy is compiled once to a program of the Rego virtual machine, with an entry point for decisions and one for
//! each list; a question sets the input and runs it. Data are objects by id, never arrays, and no rule looks through more
//! than what a person holds: their sites and organisations with the role there, of a door its site, kind and owner, of an
//! organisation all above it. Rego is a language of queries, so that its good users ask it for lists too, and keep in the
//! data what those need: who holds what, by site and by organisation, and all that is below an organisation.
//!
//! A prepared question is its input, made beforehand.

use core::cell::RefCell;
use core::fmt::{Debug, Formatter};

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine as Rego, Rc, Value};
use ulid::Ulid;

use self::data::{data, settle};
use crate::engine::{Cannot, Engine, List, NewPerson, Source};
use crate::workload::ACTION;

mod data;

/// One person holds at most one role at a place, as in the estate.
const POLICY: &str = r#"
package estate
import rego.v1

default allow := false

allow if {
    door := data.doors[input.door]
    role := data.people[input.person].sites[door.site]
    data.roles[role][door.kind][input.action]
}

allow if {
    door := data.doors[input.door]
    some organisation, role in data.people[input.person].organisations
    data.organisations[door.owner].above[organisation]
    data.roles[role][door.kind][input.action]
}

who_can_open contains person if {
    door := data.doors[input.door]
    some person, role in data.sites[door.site].people
    data.roles[role][door.kind][input.action]
}

who_can_open contains person if {
    door := data.doors[input.door]
    some organisation, _ in data.organisations[door.owner].above
    some person, role in data.organisations[organisation].staff
    data.roles[role][door.kind][input.action]
}

what_can_open contains door if {
    some site, role in data.people[input.person].sites
    some door, kind in data.sites[site].doors
    data.roles[role][kind][input.action]
}

what_can_open contains door if {
    some organisation, role in data.people[input.person].organisations
    some site, _ in data.organisations[organisation].sites
    some door, kind in data.sites[site].doors
    data.roles[role][kind][input.action]
}

members contains person if {
    some organisation, _ in data.organisations[input.organisation].below
    some person, _ in data.organisations[organisation].members
}
"#;

/// In the order of the program's entry points: the decision, then [`List::ALL`].
const ENTRY_POINTS: [&str; 4] = [
    "data.estate.allow",
    "data.estate.who_can_open",
    "data.estate.what_can_open",
    "data.estate.members",
];

/// Far above what the longest list needs; the default is 25,000.
const MOST_INSTRUCTIONS: usize = 1_000_000_000;

/// The virtual machine with its data.
pub struct Regorus {
    /// To run it is to change it.
    machine: RefCell<RegoVM>,
    data: Value,
}

impl Debug for Regorus {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("Regorus").finish_non_exhaustive()
    }
}

fn machine() -> RegoVM {
    let mut engine = Rego::new();
    engine.add_policy("estate.rego".to_owned(), POLICY.to_owned()).expect("a policy in Rego");
    let compiled = engine.compile_with_entrypoint(&Rc::from(ENTRY_POINTS[0]));
    let compiled = compiled.expect("a policy in Rego");
    let program =
        Compiler::compile_from_policy(&compiled, &ENTRY_POINTS).expect("a program for the machine");
    let mut machine = RegoVM::new();
    machine.set_max_instructions(MOST_INSTRUCTIONS);
    machine.load_program(program);
    machine
}

fn input<const N: usize>(fields: [(&str, &str); N]) -> Value {
    let mut object = Value::new_object();
    let map = object.as_object_mut().expect("an object");
    for (name, value) in fields {
        map.insert(Value::from(name), Value::from(value));
    }
    object
}

fn question(person: &str, action: &str, door: &str) -> Value {
    input([("person", person), ("action", action), ("door", door)])
}

impl Regorus {
    fn run(&self, entry_point: usize, input: Value) -> Value {
        let mut machine = self.machine.borrow_mut();
        machine.set_input(input);
        machine.execute_entry_point_by_index(entry_point).expect("a run without faults")
    }
}

impl Engine for Regorus {
    const NAME: &'static str = "regorus";
    type Prepared = Value;
    type Item<'a> = Value;

    fn load(source: &Source<'_>) -> Self {
        let (mut machine, data) = (machine(), data(source.model));
        machine.set_data(data.clone()).expect("data beside the rules");
        Self { machine: RefCell::new(machine), data }
    }

    fn allows(&self, person: &str, action: &str, door: &str) -> bool {
        self.allows_prepared(&question(person, action, door))
    }

    fn prepare(&self, person: &str, action: &str, door: &str) -> Value {
        question(person, action, door)
    }

    fn allows_prepared(&self, question: &Value) -> bool {
        self.run(0, question.clone()) == Value::Bool(true)
    }

    /// The machine gives its data back first: what nobody shares is changed in place.
    fn add_person(&mut self, person: &NewPerson) -> Result<(), Cannot> {
        let machine = self.machine.get_mut();
        machine.set_data(Value::new_object()).expect("no data");
        settle(&mut self.data, person);
        machine.set_data(self.data.clone()).expect("data beside the rules");
        Ok(())
    }

    fn list(&self, list: List, of: &str, found: &mut Vec<Value>) -> Result<(), Cannot> {
        let entry_point = 1 + List::ALL.iter().position(|at| *at == list).expect("one of all");
        let result = self.run(entry_point, input([(list.subject(), of), ("action", ACTION)]));
        found.extend(result.as_set().expect("a set").iter().cloned());
        Ok(())
    }

    fn id(&self, _list: List, item: &Value) -> Ulid {
        let text = item.as_string().expect("a text");
        let id = text.split_once(':').and_then(|(_, id)| Ulid::from_string(id).ok());
        id.expect("a kind, a colon and a ULID")
    }
}
