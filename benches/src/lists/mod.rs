//! Whether a list costs what it answers, whatever the size of the estate: the time per answer of the
//! short lists and of the long ones of an estate; and how far the lists are from their floor.

pub mod floor;

use ulid::Ulid;
use vestibule::{Directory, IdRef, MemberDepth, Resource};

use crate::engine::{Engine, FloorEngine, FrozenImage, List, listed, subjects};
use crate::generate::Model;
use crate::measure::{self, Pair};
use crate::workload::{ACTION, instant};

/// How many lists to look at. Each is asked for in turn, so that none is found in the caches.
const SAMPLE: usize = 400;
/// The part of them that are the short ones, and the long ones.
const TAIL: usize = 10;

/// Some lists, timed together.
#[derive(Clone, Copy, Debug)]
pub struct Timed {
    /// How many answers one has, on average.
    pub answers: f64,
    /// Nanoseconds an answer.
    pub ns: f64,
}

/// The shortest tenth of the lists that have an answer, and the longest tenth.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    /// The shortest.
    pub short: Timed,
    /// The longest.
    pub long: Timed,
}

impl Ends {
    /// Whether time grows no faster than the answer: one of a long list costs at most three times what one of a
    /// short list does, which carries the fixed cost of a call (and at a million people, its cache misses).
    #[must_use]
    pub fn are_proportional(&self) -> bool {
        self.long.ns <= 3.0 * self.short.ns
    }
}

/// The lists of one sort by the directory, beside those of the floor. The directory gives ids, the floor handles.
#[must_use]
pub fn directory_beside_floor(
    directory: &Directory,
    floor: &FloorEngine,
    model: &Model,
    list: List,
) -> Pair {
    beside_floor(directory, floor, model, list, |of| answers(directory, list, of))
}

/// The lists of one sort by an image, beside those of the floor. Both give handles.
#[must_use]
pub fn image_beside_floor(
    image: &FrozenImage,
    floor: &FloorEngine,
    model: &Model,
    list: List,
) -> Pair {
    beside_floor(image, floor, model, list, |of| {
        let mut found = Vec::new();
        image.list_handles(list, of, &mut found).expect("a list that an image gives");
        found.len()
    })
}

/// The same lists in turn, those that an engine gives and those of the floor.
fn beside_floor<E: Engine>(
    engine: &E,
    floor: &FloorEngine,
    model: &Model,
    list: List,
    count: impl Fn(&str) -> usize,
) -> Pair {
    const LISTS_OF_ROUND: usize = 10;
    let subjects = subjects(model, list, SAMPLE).into_iter();
    let subjects: Vec<String> = subjects.map(|of| format!("{}:{of}", list.subject())).collect();
    for of in subjects.iter().step_by(SAMPLE / LISTS_OF_ROUND) {
        let expected = listed(floor, list, of);
        assert_eq!(listed(engine, list, of), expected, "{list:?} of {of}");
        assert_eq!(Ok(count(of)), expected.map(|answers| answers.len()), "{list:?} of {of}");
    }
    measure::pair_of_lists(
        subjects.len(),
        LISTS_OF_ROUND,
        |part| subjects[part].iter().map(|of| count(of)).sum(),
        |part| subjects[part].iter().map(|of| answers(floor, list, of)).sum(),
    )
}

/// How many answers a list has.
fn answers<E: Engine>(engine: &E, list: List, of: &str) -> usize {
    let mut found = Vec::new();
    engine.list(list, of, &mut found).expect("a list that the engine gives");
    found.len()
}

/// Members of an organisation and everything below it.
#[must_use]
pub fn members(directory: &Directory, model: &Model) -> Ends {
    let ids: Vec<Ulid> = model.organisations.iter().map(|row| row.id).collect();
    ends(&ids, |id| directory.members(id, MemberDepth::Recursive, instant()).count())
}

/// Who may open a door; doors of units have the short lists.
#[must_use]
pub fn who_can(directory: &Directory, model: &Model) -> Ends {
    ends(&model.doors, |id| directory.who_can(ACTION, Resource::Door(id), instant()).count())
}

fn ends(ids: &[Ulid], count: impl Fn(IdRef<'_>) -> usize) -> Ends {
    let count = |id: Ulid| count(IdRef::from_ulid_bytes(id.to_bytes()));
    // An odd step, for doors repeat every four rows.
    let step = (ids.len() / SAMPLE) | 1;
    let lists = ids.iter().step_by(step).map(|id| (count(*id), *id));
    let mut lists: Vec<_> = lists.filter(|(answers, _)| *answers > 0).collect();
    lists.sort();
    let tail = lists.len().div_ceil(TAIL);
    let timed = |lists: &[(usize, Ulid)]| {
        let answers: usize = lists.iter().map(|(answers, _)| answers).sum();
        let ns = measure::single(|| lists.iter().map(|(_, id)| count(*id)).sum::<usize>());
        Timed { answers: answers as f64 / lists.len() as f64, ns: ns / answers as f64 }
    };
    Ends { short: timed(&lists[..tail]), long: timed(&lists[lists.len() - tail..]) }
}
