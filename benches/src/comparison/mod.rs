//! The engines beside each other, each with everything measured once at each size.

mod budgets;
mod instructions;
mod table;

use core::time::Duration;
use std::time::Instant;

pub use self::budgets::markdown as budgets_markdown;
pub use self::instructions::{Counted, is_there as is_counting_possible};
pub use self::table::{Contender, Size, markdown, with_commas};
use crate::check::{Expected, Lists};
use crate::engine::{Engine, List, Source, is_settled, newcomer};
use crate::heap;
use crate::measure::{self, Calls};
use crate::workload::ACTION;

/// Most questions that are prepared: a slice of Cedar takes some kilobytes.
const MOST_PREPARED: usize = 65_536;
const ENOUGH: Duration = Duration::from_secs(1);

/// What was measured of one engine at one size.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Decisions from text.
    pub text: Calls,
    /// Decisions by handles, or with a prepared request.
    pub prepared: Calls,
    /// Instructions of a decision from text and of a prepared one, where they are counted.
    pub instructions: Option<Counted>,
    /// To load everything.
    pub load_ns: f64,
    /// What is kept then.
    pub live_bytes: i64,
    /// To add one person, where that can be done.
    pub add_ns: Option<f64>,
    /// An average list of each of [`List::ALL`], where there is one.
    pub list_ns: [Option<f64>; 3],
    /// How many lists of each sort these are the average of.
    pub lists: [usize; 3],
}

/// Loads an engine, checks every answer, then measures.
///
/// # Panics
///
/// When an answer is wrong.
#[must_use]
pub fn measure<E: Engine>(source: &Source<'_>, expected: &Expected) -> Measured {
    let load_ns = measure::repeated(1..5, ENOUGH, || E::load(source));
    let (mut engine, usage) = heap::measure(|| E::load(source));
    let lists = expected.verify(&engine);
    let pairs: Vec<(&str, &str)> = expected.pairs().collect();
    let text = measure::calls(pairs.len(), |number| {
        let (person, door) = pairs[number];
        engine.allows(person, ACTION, door)
    });
    Measured {
        text,
        prepared: prepared_calls(&engine, &pairs),
        instructions: None,
        load_ns,
        live_bytes: usage.live_bytes,
        list_ns: [0, 1, 2].map(|at| Some(list_ns(&engine, expected, List::ALL[at], lists[at]?))),
        lists: lists.map(|lists| lists.map_or(0, |lists| lists.asked)),
        add_ns: add_ns(&mut engine, source),
    }
}

fn prepared_calls<E: Engine>(engine: &E, pairs: &[(&str, &str)]) -> Calls {
    let pairs = &pairs[..pairs.len().min(MOST_PREPARED)];
    let prepare = |(person, door): &(&str, &str)| engine.prepare(person, ACTION, door);
    let prepared: Vec<E::Prepared> = pairs.iter().map(prepare).collect();
    measure::calls(prepared.len(), |number| engine.allows_prepared(&prepared[number]))
}

/// Lists that took long when they were checked were timed then, and are not asked for again.
fn list_ns<E: Engine>(engine: &E, expected: &Expected, list: List, checked: Lists) -> f64 {
    if checked.took > ENOUGH {
        return checked.took.as_nanos() as f64 / checked.asked as f64;
    }
    let subjects: Vec<&str> = expected.subjects(list).collect();
    let ns = measure::repeated(1..101, ENOUGH, || {
        let mut answers = 0;
        for of in &subjects {
            let mut found = Vec::new();
            engine.list(list, of, &mut found).expect("it could a moment ago");
            answers += found.len();
        }
        assert_eq!(answers, expected.answers(list), "{}: {list:?}", E::NAME);
    });
    ns / subjects.len() as f64
}

/// The median of adds, one after the other; each newcomer must be settled.
fn add_ns<E: Engine>(engine: &mut E, source: &Source<'_>) -> Option<f64> {
    const LEAST: usize = 3;
    const MOST: usize = 1_000;
    let (begin, mut times) = (Instant::now(), Vec::new());
    while times.len() < LEAST || (times.len() < MOST && begin.elapsed() < ENOUGH) {
        let person = newcomer(source.model, times.len());
        let start = Instant::now();
        engine.add_person(&person).ok()?;
        times.push(start.elapsed().as_nanos() as f64);
        assert!(is_settled(engine, source.model, &person), "{}: {person:?}", E::NAME);
    }
    times.sort_by(f64::total_cmp);
    Some(times[times.len() / 2])
}
