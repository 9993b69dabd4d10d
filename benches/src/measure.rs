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
    first: impl FnMut(Range<usize>) -> usize,
    second: impl FnMut(Range<usize>) -> usize,
) -> Pair {
    assert!(items / PART > 1, "questions for both");
    rounds(items, PART, items / PART / 2, first, second)
}

/// Times two passes over `items` lists, `part` in a round: the same ones by both, for no two lists are of a length.
pub fn pair_of_lists(
    items: usize,
    part: usize,
    first: impl FnMut(Range<usize>) -> usize,
    second: impl FnMut(Range<usize>) -> usize,
) -> Pair {
    rounds(items, part, 0, first, second)
}

fn rounds(
    items: usize,
    size: usize,
    behind: usize,
    mut first: impl FnMut(Range<usize>) -> usize,
    mut second: impl FnMut(Range<usize>) -> usize,
) -> Pair {
    let parts = items / size;
    let part = |round: usize| {
        let start = round % parts * size;
        start..start + size
    };
    // Warm.
    black_box((first(0..items), second(0..items)));
    let begin = Instant::now();
    let mut rounds = Vec::new();
    while rounds.len() < LEAST_ROUNDS.max(parts) || begin.elapsed() < ENOUGH {
        let round = rounds.len();
        let first_ns = time(|| first(part(round))) / size as f64;
        let second_ns = time(|| second(part(round + behind))) / size as f64;
        rounds.push((first_ns, second_ns));
    }
    Pair {
        first_ns: median(rounds.iter().map(|(first, _)| *first)),
        second_ns: median(rounds.iter().map(|(_, second)| *second)),
        ratio: median(rounds.iter().map(|(first, second)| first / second)),
    }
}

/// The median time of a run in nanoseconds, of some runs that together last long enough.
pub fn single<T>(run: impl FnMut() -> T) -> f64 {
    const LEAST_RUNS: usize = 3;
    const MOST_RUNS: usize = 101;
    repeated(LEAST_RUNS..MOST_RUNS, ENOUGH, run)
}

/// The median time of a run in nanoseconds, of a number of runs that ends early when they have lasted `enough`.
pub fn repeated<T>(runs: Range<usize>, enough: Duration, mut run: impl FnMut() -> T) -> f64 {
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < runs.start || (times.len() < runs.end && begin.elapsed() < enough) {
        times.push(time(&mut run));
    }
    median(times.into_iter())
}

/// How long single calls take.
#[derive(Clone, Copy, Debug)]
pub struct Calls {
    /// The median.
    pub median_ns: f64,
    /// What one of a hundred exceeds.
    pub p99_ns: f64,
    /// Calls timed together: the times are those of batches, divided by this.
    pub batch: usize,
}

/// Times calls about the items, one after the other and again from the first.
///
/// To read the clock takes some 25 ns. A call that takes a microsecond or more is timed alone; of faster ones so many
/// together as take about a microsecond, so that a percentile is one of a few calls and not of a clock.
pub fn calls(items: usize, mut call: impl FnMut(usize) -> bool) -> Calls {
    const LEAST_BATCHES: usize = 1_000;
    const PROBE: usize = 256;
    const WANTED_NS: f64 = 1_000.0;
    const LONG_ENOUGH: Duration = Duration::from_secs(1);
    let mut at = 0;
    let mut next = || {
        at = (at + 1) % items;
        at
    };
    let mut run = |count: usize| (0..count).filter(|_| call(next())).count();
    // Warm, and see how fast it is.
    black_box(run(PROBE));
    let each_ns = (time(|| run(PROBE)) / PROBE as f64).max(1.0);
    let batch = ((WANTED_NS / each_ns).ceil() as usize).next_power_of_two().min(PROBE);
    black_box(run(items.min((LONG_ENOUGH.as_nanos() as f64 / each_ns) as usize)));
    let (begin, mut times) = (Instant::now(), Vec::new());
    while times.len() < LEAST_BATCHES || begin.elapsed() < LONG_ENOUGH {
        times.push(time(|| run(batch)) / batch as f64);
    }
    times.sort_by(f64::total_cmp);
    let part = |hundredths: usize| times[times.len() * hundredths / 100];
    Calls { median_ns: part(50), p99_ns: part(99), batch }
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
