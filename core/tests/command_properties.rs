//! What must hold for every sequence of commands, by anybody, on generated estates [C-4, C-16, C-66].
//!
//! How many estates: `VESTIBULE_COMMAND_CASES`, 300. From which seed: `VESTIBULE_SEED`. Each estate meets a sequence of
//! commands, most of them refused, as most are by strangers.

mod support;

use std::collections::BTreeMap;
use std::io::Write as _;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use vestibule::commands::{ImportEstate, OutcomeKind};
use vestibule::estate::{Estate, ResidencyStatus};
use vestibule::{
    Actor, Change, Command, Context, Directory, Id, IdRef, ListQuery, MemberDepth, Principal,
    Reason, Request, Resource, Timestamp,
};

use self::support::commands::{Names, command, context};
use self::support::generate::{Dice, Plan, Target, all_targets, any_instant, asks, plans};
use self::support::oracle::{Answer, Oracle};

const DEFAULT_CASES: u64 = 300;
const STEPS: usize = 60;
/// After so many steps names of what is new are drawn too.
const RENAME_EVERY: usize = 4;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

/// Estates from plans, the same for the same seed.
fn on_estates(property: &str, share: u64, mut holds: impl FnMut(&Estate, u64)) {
    let mut seed = [0_u8; 32];
    seed[..8].copy_from_slice(&number("VESTIBULE_SEED").unwrap_or(20_261_124).to_le_bytes());
    for (place, byte) in seed[8..].iter_mut().zip(property.bytes()) {
        *place = byte;
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let cases = number("VESTIBULE_COMMAND_CASES").unwrap_or(DEFAULT_CASES) * share / 100;
    for _ in 0..cases.max(1) {
        let plan: Plan = plans().new_tree(&mut runner).unwrap().current();
        holds(&with_an_administrator(plan.estate()), plan.seed);
    }
}

/// Somebody who may do most things: else most commands are refused, as strangers are.
fn with_an_administrator(mut estate: Estate) -> Estate {
    let person = serde_json::from_value(serde_json::json!({"id": "who-may-do-most"})).unwrap();
    let held = serde_json::json!({"person": "who-may-do-most", "role": "platform_admin"});
    estate.people.push(person);
    estate.platform_roles.push(serde_json::from_value(held).unwrap());
    estate
}

/// A directory made by commands alone, from an empty one, with the journal of its changes.
struct Run {
    directory: Directory,
    journal: Vec<Change>,
    dice: Dice,
    names: Names,
    estate: Estate,
}

/// What a step came to.
struct Step {
    context: Context,
    command: Command,
    before: Directory,
    change: Option<Change>,
}

impl Run {
    fn new(estate: &Estate, seed: u64, salt: &str) -> Self {
        let mut directory = Directory::new(Estate::default()).unwrap();
        let nobody = Context {
            actor: None,
            acting_org: None,
            at: Timestamp::parse("2026-01-01T00:00:00Z").unwrap(),
            new_ids: Vec::new(),
            correlation_id: None,
        };
        let import = ImportEstate { estate: Box::new(estate.clone()) };
        let outcome = directory.execute(&nobody, import).unwrap();
        Self {
            directory,
            journal: outcome.change.into_iter().collect(),
            dice: Dice::new(seed, salt, 0),
            names: Names::new(estate),
            estate: estate.clone(),
        }
    }

    fn step(&mut self, number: usize) -> Step {
        if number.is_multiple_of(RENAME_EVERY) {
            self.estate = self.directory.to_estate();
            self.names = Names::new(&self.estate);
        }
        let at = any_instant(&mut self.dice);
        let command = command(&mut self.dice, &self.names, &self.estate);
        let context = context(&mut self.dice, &self.names, &self.estate, &command, at, number);
        let (before, digest) = (self.directory.clone(), self.directory.digest());
        let change = match self.directory.execute(&context, command.clone()) {
            Ok(outcome) => {
                tally(command.name(), true);
                assert_eq!(outcome.kind == OutcomeKind::Unchanged, outcome.change.is_none());
                outcome.change
            }
            Err(error) => {
                tally(command.name(), false);
                tally(error.code(), false);
                None
            }
        };
        if change.is_none() {
            assert_eq!(self.directory.digest(), digest, "a refused {command:?} changed something");
            assert_eq!(self.directory.revision(), before.revision());
        }
        self.journal.extend(change.clone());
        Step { context, command, before, change }
    }
}

thread_local! {
    static TALLY: core::cell::RefCell<BTreeMap<String, (u64, u64)>> = core::cell::RefCell::default();
}

fn tally(word: &str, is_done: bool) {
    TALLY.with_borrow_mut(|tally| {
        let (all, done) = tally.entry(word.to_owned()).or_default();
        *all += 1;
        *done += u64::from(is_done);
    });
}

fn report(property: &str) {
    TALLY.with_borrow(|tally| {
        let commands = Command::NAMES.iter().filter_map(|name| tally.get(*name));
        let (all, done) = commands.fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
        let mut text = format!("{property}: {all} commands, {done} carried out or already so\n");
        if std::env::var_os("VESTIBULE_TALLY").is_some() {
            for (word, (all, done)) in tally {
                text += &format!("  {word}: {all}, {done} done\n");
            }
        }
        std::io::stderr().write_all(text.as_bytes()).unwrap_or_default();
    });
}

/// Every command is met, and every one is carried out at least once: else the properties say nothing of it.
fn every_command_was_carried_out() {
    TALLY.with_borrow(|tally| {
        let missing: Vec<_> = Command::NAMES
            .iter()
            .filter(|name| tally.get(**name).is_none_or(|(_, done)| *done == 0))
            .filter(|name| **name != "import_estate")
            .collect();
        assert!(missing.is_empty(), "never carried out: {missing:?}");
    });
}

fn lists(directory: &Directory, estate: &Estate, at: Timestamp) -> Vec<Value> {
    let mut queries = Vec::new();
    for person in &estate.people {
        let person = person.id.as_ref();
        queries.push(ListQuery::VisibleOrgs { person });
        queries.push(ListQuery::WhatCan { person, action: "doors:open" });
        queries.push(ListQuery::WhatCan { person, action: "users:read" });
    }
    for organisation in &estate.organisations {
        for depth in [MemberDepth::Own, MemberDepth::Recursive] {
            queries.push(ListQuery::Members { organisation: organisation.id.as_ref(), depth });
        }
    }
    for integration in &estate.integrations {
        let integration = integration.id.as_ref();
        queries.push(ListQuery::BuildingUsers { integration });
        queries.push(ListQuery::LobbyDirectory { integration });
        if let Some(actor) = estate.people.first() {
            queries.push(ListQuery::AssignableRoles { actor: actor.id.as_ref(), integration });
        }
    }
    for door in &estate.doors {
        let resource = Resource::Door(door.id.as_ref());
        queries.push(ListQuery::WhoCan { action: "doors:open", resource });
    }
    let list = |query| serde_json::to_value(directory.list(query, at).collect::<Vec<_>>()).unwrap();
    queries.iter().map(list).collect()
}

/// Edited, replayed and loaded anew are one directory, and the oracle reads it alike.
#[test]
fn an_edited_directory_is_the_one_that_is_replayed_and_the_one_that_is_loaded() {
    on_estates("edited", 40, |estate, seed| {
        let mut run = Run::new(estate, seed, "edited");
        for number in 1..=STEPS {
            run.step(number);
        }
        let estate = run.directory.to_estate();
        let journal: Vec<Change> =
            serde_json::from_slice(&serde_json::to_vec(&run.journal).unwrap()).unwrap();
        assert_eq!(journal, run.journal, "a journal survives being written and read");
        let mut replayed = Directory::new(Estate::default()).unwrap();
        for change in &journal {
            replayed.apply(change).unwrap();
        }
        assert_eq!(replayed.digest(), run.directory.digest());
        let loaded = Directory::new(estate.clone()).unwrap_or_else(|faults| {
            panic!("commands made an estate that is refused: {faults}\n{:?}", run.journal)
        });
        assert_eq!(loaded.digest(), run.directory.digest());

        let mut dice = Dice::new(seed, "instants", 0);
        let at = any_instant(&mut dice);
        assert_eq!(lists(&run.directory, &estate, at), lists(&loaded, &estate, at));
        let oracle = Oracle::new(&estate);
        for ask in asks(&estate, seed, 60) {
            let expected: Answer = oracle.decide(&ask.request());
            for directory in [&run.directory, &replayed, &loaded] {
                let found: Answer = directory.decide(&ask.request()).into();
                assert_eq!(found, expected, "{ask:?}");
            }
        }
    });
    report("edited");
    every_command_was_carried_out();
}

/// Whoever can do more after a command than before, at its instant or later, can do what the one who gave it could do there
/// then, or what a line of the catalog lets them give [C-4, C-66].
#[test]
fn nobody_gains_more_than_the_giver_holds_or_is_named_to_give() {
    on_estates("gains", 60, |estate, seed| {
        let mut run = Run::new(estate, seed, "gains");
        for number in 1..=STEPS {
            let step = run.step(number);
            if let Some(change) = &step.change {
                let gains = Gains { step: &step, after: &run.directory };
                gains.check(change);
            }
        }
    });
    report("gains");
}

/// An instant after every window of the generated estates and commands that ends.
fn later() -> Timestamp {
    Timestamp::parse("2040-01-01T00:00:00Z").unwrap()
}

/// Commands that switch what was given before off and on again, say which residents a door is for, or put something under
/// other owners, which takes the right to delete it there and to create it here: whoever may do that is entitled by these keys
/// themselves. What they ask for is in vectors of their own.
const SWITCHES: [&str; 6] =
    ["restore_org", "update_person", "update_door", "update_unit", "update_org", "update_building"];

struct Gains<'s> {
    step: &'s Step,
    after: &'s Directory,
}

impl Gains<'_> {
    fn check(&self, change: &Change) {
        if SWITCHES.contains(&self.step.command.name()) {
            return;
        }
        let estate = self.step.before.to_estate();
        let targets = all_targets(&estate);
        for person in self.people(change, &estate) {
            for target in &targets {
                for at in [self.step.context.at, later()] {
                    self.check_gains(&estate, &person, target, at);
                }
            }
        }
    }

    /// Whom a change can concern: those it names, or, where it names nobody, all.
    fn people(&self, change: &Change, estate: &Estate) -> Vec<Id> {
        let text = serde_json::to_string(&change.events).unwrap();
        let all = estate.people.iter().map(|row| row.id.clone());
        let named: Vec<Id> = all.clone().filter(|id| text.contains(&format!("\"{id}\""))).collect();
        if named.is_empty() { all.collect() } else { named }
    }

    /// What somebody can do at an instant that they could not, the giver could do then.
    fn check_gains(&self, estate: &Estate, person: &Id, target: &Target, at: Timestamp) {
        let principal = Principal::Person(person.as_ref());
        let resource = target.resource();
        let now: Vec<&str> = self.after.permissions(principal, resource, at).collect();
        let then: Vec<&str> = self.step.before.permissions(principal, resource, at).collect();
        for key in now.iter().filter(|key| !then.contains(key)) {
            tally("gains", true);
            assert!(
                self.giver_could(estate, key, target, at)
                    || self.giver_is_named(estate, person, key, target)
                    || self.giver_lifts_a_block(estate, person, key, target, at),
                "{person} gained {key} on {resource} at {at} by {:?} of {:?}\n{}",
                self.step.command,
                self.step.context,
                serde_json::to_string(estate).unwrap(),
            );
        }
    }

    fn giver(&self) -> Principal<'_> {
        match self.step.context.actor.as_ref().unwrap() {
            Actor::Person(id) => Principal::Person(id.as_ref()),
            Actor::UnitToken { unit, .. } => Principal::UnitToken(unit.as_ref()),
            _ => panic!("no other actor"),
        }
    }

    fn was_allowed(&self, key: &str, resource: Resource<'_>) -> bool {
        self.would_be_allowed(key, resource, self.step.context.at)
    }

    fn would_be_allowed(&self, key: &str, resource: Resource<'_>, at: Timestamp) -> bool {
        self.step.before.decide(&Request::new(self.giver(), key, resource, at)).is_allow()
    }

    /// The giver could do it there, or on something that contains it.
    fn giver_could(&self, estate: &Estate, key: &str, target: &Target, at: Timestamp) -> bool {
        let containers = containers(estate, target);
        containers.iter().any(|target| self.would_be_allowed(key, target.resource(), at))
    }

    /// The person was blocked in the building, and the giver may write the residents of a unit where they were: what was given
    /// before counts again.
    fn giver_lifts_a_block(
        &self,
        estate: &Estate,
        person: &Id,
        key: &str,
        target: &Target,
        at: Timestamp,
    ) -> bool {
        let request = Request::new(Principal::Person(person.as_ref()), key, target.resource(), at);
        let was_blocked = self.step.before.decide(&request).reason() == Reason::PrincipalBlocked;
        let mut blocked = estate
            .residencies
            .iter()
            .filter(|row| row.person == *person && row.status == ResidencyStatus::Blocked);
        was_blocked
            && blocked.any(|row| {
                let unit = Resource::Unit(row.unit.as_ref());
                ["residents:write", "unit_users:update"]
                    .iter()
                    .any(|key| self.was_allowed(key, unit))
            })
    }

    /// The giver may give roles of residents on the integration, or manages a unit of the building, and the key is one
    /// that these give.
    fn giver_is_named(&self, estate: &Estate, person: &Id, key: &str, target: &Target) -> bool {
        let containers = containers(estate, target);
        let integrations = containers.iter().filter(|at| at.kind.as_str() == "integration");
        let mut named =
            integrations.map(|at| self.was_allowed("integrations:update", at.resource()));
        if named.any(|is_allowed| is_allowed) {
            return true;
        }
        let building = containers.iter().find(|at| at.kind.as_str() == "building");
        let homes =
            self.after.to_estate().residencies.into_iter().filter(|row| row.person == *person);
        let administered =
            estate.units.iter().filter(|unit| unit.administrators.len() < usize::MAX);
        let units = homes.map(|row| row.unit).chain(administered.map(|unit| unit.id.clone()));
        units.into_iter().any(|unit| {
            let is_here = estate.units.iter().any(|row| {
                row.id == unit
                    && building
                        .and_then(|at| at.id.as_ref())
                        .is_some_and(|id| is(estate, &row.building, id))
            });
            let resource = Resource::Unit(unit.as_ref());
            let is_resident_key =
                !matches!(key, "doors:open_unit" | "units:update" | "integrations:update");
            is_here
                && is_resident_key
                && (self.was_allowed("residents:write", resource)
                    || self.was_allowed("units:update", resource))
        })
    }
}

/// Whether an id or alias in a row names this building.
fn is(estate: &Estate, written: &Id, building: &Id) -> bool {
    written == building
        || estate.buildings.iter().any(|row| row.id == *building && row.aliases.contains(written))
}

/// A resource and everything that contains it.
fn containers(estate: &Estate, target: &Target) -> Vec<Target> {
    use vestibule::ResourceKind as Kind;
    let mut found = vec![target.clone(), Target { kind: Kind::Platform, id: None }];
    let mut at = target.clone();
    loop {
        let Some(id) = at.id.clone() else { return found };
        let has = |row: &Id, aliases: &[Id]| *row == id || aliases.contains(&id);
        let next = match at.kind {
            Kind::Platform => return found,
            Kind::Organisation => {
                let row = estate.organisations.iter().find(|row| has(&row.id, &row.aliases));
                row.and_then(|row| row.parent.clone()).map(|id| (Kind::Organisation, id))
            }
            Kind::Building => {
                let row = estate.buildings.iter().find(|row| has(&row.id, &row.aliases));
                row.map(|row| (Kind::Organisation, row.owner.clone()))
            }
            Kind::Integration => {
                let row = estate.integrations.iter().find(|row| has(&row.id, &row.aliases));
                row.map(|row| (Kind::Building, row.building.clone()))
            }
            Kind::Unit => {
                let row = estate.units.iter().find(|row| has(&row.id, &row.aliases));
                if let Some(integration) = row.and_then(|row| row.integration.clone()) {
                    found.push(Target { kind: Kind::Integration, id: Some(integration) });
                }
                row.map(|row| (Kind::Building, row.building.clone()))
            }
            Kind::Door => {
                let row = estate.doors.iter().find(|row| has(&row.id, &row.aliases));
                row.map(|row| (Kind::Integration, row.integration.clone()))
            }
        };
        let Some((kind, id)) = next else { return found };
        at = Target { kind, id: Some(id) };
        found.push(at.clone());
    }
}

/// Ids are compared as `IdRef` where one side is borrowed.
#[test]
fn containers_of_a_door_reach_the_platform() {
    let estate = Estate::from_json(
        br#"{"version":1,"organisations":[{"id":"o","name":"O"}],"buildings":[{"id":"b","owner":"o"}],
        "integrations":[{"id":"i","building":"b"}],"doors":[{"id":"d","integration":"i","audience":"nobody"}]}"#,
    )
    .unwrap();
    let door =
        all_targets(&estate).into_iter().find(|target| target.kind.as_str() == "door").unwrap();
    let kinds: Vec<_> =
        containers(&estate, &door).iter().map(|target| target.kind.as_str()).collect();
    assert_eq!(kinds, ["door", "platform", "integration", "building", "organisation"]);
    assert!(IdRef::parse("d").is_ok());
}
