//! Timing two things beside each other.

use core::hint::black_box;
use core::ops::Range;
use core::time::Duration;
use std::time::Instant;

/// Medians over rounds, in each of which one ran directly after the other.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Nanoseconds an item of the first.
    pub first_ns: f64,
    /// Nanoseconds an item of the second.
    pub second_ns: f64,
    /// First divided by second, of the same round.
    pub ratio: f64,
}

/// Questions of a part: few enough for a part to be over before the system takes the processor away.
const PART: usize = 2_048;
const LEAST_ROUNDS: usize = 501;
const ENOUGH: Duration = Duration::from_secs(2);

/// Times two passes over `items` questions, in rounds of a part by one and then a part by the other.
///
/// The second is half of the questions behind the first, so that it does not find in the caches
/// what the first has just read for it.
pub fn pair(
    items: usize,
    mut first: impl FnMut(Range<usize>) -> usize,
    mut second: impl FnMut(Range<usize>) -> usize,
) -> Pair {
    let parts = items / PART;
    assert!(parts > 1, "questions for both");
    let part = |round: usize| {
        let start = round % parts * PART;
        start..start + PART
    };
    // Warm.
    black_box((first(0..items), second(0..items)));
    let begin = Instant::now();
    let mut rounds = Vec::new();
    while rounds.len() < LEAST_ROUNDS.max(parts) || begin.elapsed() < ENOUGH {
        let round = rounds.len();
        let first_ns = time(|| first(part(round))) / PART as f64;
        let second_ns = time(|| second(part(round + parts / 2))) / PART as f64;
        rounds.push((first_ns, second_ns));
    }
    Pair {
        first_ns: median(rounds.iter().map(|(first, _)| *first)),
        second_ns: median(rounds.iter().map(|(_, second)| *second)),
        ratio: median(rounds.iter().map(|(first, second)| first / second)),
    }
}

/// The median time of a run in nanoseconds, of some runs that together last long enough.
pub fn single<T>(mut run: impl FnMut() -> T) -> f64 {
    const LEAST_RUNS: usize = 3;
    const MOST_RUNS: usize = 101;
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < LEAST_RUNS || (times.len() < MOST_RUNS && begin.elapsed() < ENOUGH) {
        times.push(time(&mut run));
    }
    median(times.into_iter())
}

/// Nanoseconds of one run. What it returns is dropped off the clock.
fn time<T>(run: impl FnOnce() -> T) -> f64 {
    let begin = Instant::now();
    let result = black_box(run());
    let ns = begin.elapsed().as_nanos() as f64;
    drop(result);
    ns
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
