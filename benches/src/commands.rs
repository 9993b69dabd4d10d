//! Commands beside decisions: what adding and removing a building user costs, and how fast changes are replayed.
//!
//! People from all over the estate become technicians of an intercom by the word of an administrator above it, and cease
//! to be. The first add of a person creates a membership of the organisation, which a remove leaves: the rounds that are
//! timed find it, and what is replayed has it in.

use core::hint::black_box;
use core::ops::Range;
use std::time::Instant;

use ulid::Ulid;
use vestibule::commands::{AddBuildingUser, OutcomeKind, RemoveBuildingUser};
use vestibule::{Actor, Change, Command, Context, Directory, Id, IdRef, RolePath};

use crate::generate::{Model, Reach};
use crate::workload::instant;

/// Commands of a round: few enough for it to be over before the system takes the processor away.
const PART: usize = 512;
const ROUNDS: usize = 301;

/// The same people added and removed, one after the other.
#[derive(Debug)]
pub struct Commands {
    contexts: Vec<Context>,
    adds: Vec<Command>,
    removes: Vec<Command>,
}

fn id(ulid: Ulid) -> Id {
    IdRef::from_ulid_bytes(ulid.to_bytes()).to_owned()
}

impl Commands {
    /// `count` of them, spread over the estate.
    ///
    /// # Panics
    ///
    /// When the estate has no administrator with a building below.
    #[must_use]
    pub fn new(model: &Model, count: usize) -> Self {
        let sites = sites(model);
        assert!(!sites.is_empty(), "some building has an administrator above it");
        let mut commands = Self { contexts: Vec::new(), adds: Vec::new(), removes: Vec::new() };
        let step = (model.people.len() / count).max(1) | 1;
        for number in 0..count {
            let (administrator, building) = sites[number * 31 % sites.len()];
            let site = &model.buildings[building as usize];
            let person = &model.people[number * step % model.people.len()];
            let owner = model.organisations[site.owner as usize].id;
            let actor = Actor::Person(id(model.people[administrator].id));
            commands.contexts.push(Context::new(actor, Some(id(owner)), instant()));
            let (integration, person) = (id(site.integration), id(person.id));
            let role = format!("virtual_access:integration:{integration}:technician");
            let role = RolePath::parse(&role).expect("a role path");
            commands.adds.push(Command::AddBuildingUser(AddBuildingUser {
                integration: integration.clone(),
                person: person.clone(),
                role,
                unit: None,
            }));
            let remove = RemoveBuildingUser { integration, person, unit: None };
            commands.removes.push(Command::RemoveBuildingUser(remove));
        }
        commands
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> Range<usize> {
        0..self.adds.len()
    }

    /// Executes adds; how many created something.
    #[inline(never)]
    pub fn pass_adds(&self, directory: &mut Directory, part: Range<usize>) -> usize {
        self.pass(directory, &self.adds, part, OutcomeKind::Created)
    }

    /// Executes removes; how many removed something.
    #[inline(never)]
    pub fn pass_removes(&self, directory: &mut Directory, part: Range<usize>) -> usize {
        self.pass(directory, &self.removes, part, OutcomeKind::Removed)
    }

    /// In the caller's own body: a jump at its end would not be counted as its part.
    #[inline(always)]
    fn pass(
        &self,
        directory: &mut Directory,
        commands: &[Command],
        part: Range<usize>,
        expected: OutcomeKind,
    ) -> usize {
        let mut done = 0;
        for (context, command) in self.contexts[part.clone()].iter().zip(&commands[part]) {
            let outcome = directory.prepare(context, command).expect("an administrator may");
            if let Some(change) = &outcome.change {
                directory.apply(change).expect("of this revision");
            }
            done += usize::from(outcome.kind == expected);
            black_box(outcome);
        }
        done
    }

    /// The changes of all adds, then all removes.
    #[must_use]
    pub fn changes(&self, directory: &mut Directory) -> Vec<Change> {
        let mut changes = Vec::new();
        for commands in [&self.adds, &self.removes] {
            for (context, command) in self.contexts.iter().zip(commands) {
                let outcome =
                    directory.execute(context, command.clone()).expect("an administrator may");
                changes.extend(outcome.change);
            }
        }
        changes
    }
}

/// Pairs of an administrator and a building below them, of at most one building an administrator.
fn sites(model: &Model) -> Vec<(usize, u32)> {
    let mut first_below: Vec<Option<u32>> = vec![None; model.organisations.len()];
    for (building, number) in model.buildings.iter().zip(0_u32..) {
        let mut at = Some(building.owner);
        while let Some(here) = at {
            first_below[here as usize].get_or_insert(number);
            at = model.organisations[here as usize].parent;
        }
    }
    let administrators = model.people.iter().enumerate().filter_map(|(number, person)| {
        let Reach::Administrator(organisation) = person.reach else { return None };
        Some((number, first_below[organisation as usize]?))
    });
    administrators.collect()
}

/// Medians of rounds, in nanoseconds a command, and beside a decision from text in the same round.
#[derive(Clone, Copy, Debug)]
pub struct Timed {
    /// An add.
    pub add_ns: f64,
    /// A remove.
    pub remove_ns: f64,
    /// A decision from text.
    pub decide_ns: f64,
    /// An add in decisions.
    pub add_ratio: f64,
    /// A remove in decisions.
    pub remove_ratio: f64,
    /// Changes applied a second.
    pub replayed: f64,
}

/// Times adds, decisions and removes in turn; then replays what they changed.
pub fn measure(
    commands: &Commands,
    directory: &Directory,
    decide: impl Fn(Range<usize>) -> usize,
    questions: usize,
) -> Timed {
    let mut edited = directory.clone();
    let done = commands.pass_adds(&mut edited, commands.all());
    assert_eq!(done, commands.pass_removes(&mut edited, commands.all()), "all are undone");
    let parts = commands.adds.len() / PART;
    let mut rounds = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let part = round % parts * PART..(round % parts + 1) * PART;
        let start = round * PART % (questions - PART);
        let add = time(|| commands.pass_adds(&mut edited, part.clone()));
        let decision = time(|| decide(start..start + PART));
        let remove = time(|| commands.pass_removes(&mut edited, part.clone()));
        rounds.push([add, remove, decision, add / decision, remove / decision]);
    }
    let median = |column: usize| {
        let mut values: Vec<f64> = rounds.iter().map(|round| round[column]).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let part = PART as f64;
    Timed {
        add_ns: median(0) / part,
        remove_ns: median(1) / part,
        decide_ns: median(2) / part,
        add_ratio: median(3),
        remove_ratio: median(4),
        replayed: replayed(commands, directory),
    }
}

/// Changes applied a second, of many adds and removes.
fn replayed(commands: &Commands, directory: &Directory) -> f64 {
    let changes = commands.changes(&mut directory.clone());
    let mut replaying = directory.clone();
    let ns = time(|| {
        for change in &changes {
            replaying.apply(change).expect("in order");
        }
        changes.len()
    });
    changes.len() as f64 * 1e9 / ns
}

/// Nanoseconds of one run.
fn time(run: impl FnOnce() -> usize) -> f64 {
    let begin = Instant::now();
    black_box(run());
    begin.elapsed().as_nanos() as f64
}
