//! How fast images are opened: their size, and megabytes a second of `Image::open`, the best of some runs, as a Markdown row
//! for each number of people; beside it SHA-256 alone, which is a part of it.
//!
//! ```text
//! open [PEOPLE …]
//! ```

use std::hint::black_box;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use vestibule::{Directory, Image, Issue, Slice, Timestamp};
use vestibule_benches::generate::{Spec, json, model};

/// Of which the best counts.
const RUNS: usize = 15;
const DEFAULT_PEOPLE: [usize; 2] = [10_000, 1_000_000];

fn main() {
    let given: Vec<usize> = std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let sizes = if given.is_empty() { DEFAULT_PEOPLE.to_vec() } else { given };
    println!("| people | residencies | bytes | open MB/s | SHA-256 MB/s |");
    println!("|--:|---|--:|--:|--:|");
    for people in sizes {
        for residencies in [false, true] {
            print_row(&Spec { residencies, ..Spec::new(people) });
        }
    }
}

fn print_row(spec: &Spec) {
    let bytes = frozen(spec);
    let open = best(|| {
        black_box(Image::open(black_box(&bytes)).expect("an image"));
    });
    let hash = best(|| {
        black_box(Sha256::digest(black_box(&bytes)));
    });
    println!(
        "| {} | {} | {} | {:.0} | {:.0} |",
        spec.people,
        spec.residencies,
        bytes.len(),
        rate(bytes.len(), open),
        rate(bytes.len(), hash)
    );
}

fn frozen(spec: &Spec) -> Vec<u8> {
    let directory = Directory::from_json(&json(&model(spec))).expect("a legal estate");
    let issue = Issue::at(Timestamp::from_millis(0));
    directory.freeze(&Slice::Everything, &issue).expect("an image")
}

fn best(run: impl Fn()) -> Duration {
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

/// Millions of bytes a second.
fn rate(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / time.as_secs_f64() / 1e6
}
