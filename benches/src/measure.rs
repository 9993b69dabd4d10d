//! Timing two things beside each other.

use std::hint::black_box;
use std::time::{Duration, Instant};

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

const ROUNDS: usize = 31;
/// A part of a round is repeated until it lasts so long.
const LEAST: Duration = Duration::from_millis(3);

/// Times two passes over the same `items`, in rounds of one and then the other.
pub fn pair<A, B>(
    items: usize,
    mut first: impl FnMut() -> A,
    mut second: impl FnMut() -> B,
) -> Pair {
    let (first_repeats, second_repeats) = (repeats(&mut first), repeats(&mut second));
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let first_ns = time(first_repeats, &mut first) / items as f64;
        let second_ns = time(second_repeats, &mut second) / items as f64;
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
    const ENOUGH: Duration = Duration::from_secs(2);
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < LEAST_RUNS || (times.len() < MOST_RUNS && begin.elapsed() < ENOUGH) {
        times.push(time(1, &mut run));
    }
    median(times.into_iter())
}

/// How often to repeat something for it to last long enough; warms it up as well.
fn repeats<T>(run: &mut impl FnMut() -> T) -> u32 {
    let mut repeats = 1;
    loop {
        let ns = time(repeats, run) * f64::from(repeats);
        if ns >= LEAST.as_nanos() as f64 {
            return repeats;
        }
        repeats *= 2;
    }
}

/// Nanoseconds of one run, of so many in a row.
fn time<T>(repeats: u32, run: &mut impl FnMut() -> T) -> f64 {
    let begin = Instant::now();
    for _ in 0..repeats {
        black_box(run());
    }
    begin.elapsed().as_nanos() as f64 / f64::from(repeats)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
