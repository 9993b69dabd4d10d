//! Instructions of a decision, counted by callgrind in a second run of the same program.

use core::hint::black_box;
use std::process::{Command, Stdio};

use vestibule::Directory;

use crate::engine::{Engine, Source, freeze};
use crate::generate::{self, Spec};
use crate::workload::{ACTION, Texts};

/// Instructions repeat exactly, so a few questions are enough.
const QUESTIONS: usize = 512;

/// Instructions a decision, the loop included.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// From text.
    pub text: f64,
    /// Prepared.
    pub prepared: f64,
}

/// Whether valgrind can be run.
#[must_use]
pub fn is_there() -> bool {
    let mut valgrind = Command::new("valgrind");
    let run = valgrind.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

/// Runs this program again under callgrind, as `--count ENGINE PEOPLE`; none when that fails.
#[must_use]
pub fn count(engine: &str, people: usize) -> Option<Counted> {
    Some(Counted {
        text: instructions(engine, people, "pass_counted_text")?,
        prepared: instructions(engine, people, "pass_counted_prepared")?,
    })
}

fn instructions(engine: &str, people: usize, pass: &str) -> Option<f64> {
    let file = std::env::temp_dir().join(format!("callgrind.{}.{pass}", std::process::id()));
    let status = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(format!("--toggle-collect=*{pass}*"))
        .arg(std::env::current_exe().ok()?)
        .args(["--count", engine, &people.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let counts = std::fs::read_to_string(&file).unwrap_or_default();
    // It is in a directory for such files: nothing is lost when it stays.
    let _ = std::fs::remove_file(&file);
    if !status.ok()?.success() {
        return None;
    }
    let total = counts.lines().find_map(|line| line.strip_prefix("totals: "))?;
    Some(total.trim().parse::<f64>().ok()? / QUESTIONS as f64)
}

/// What is counted: each pass once.
///
/// # Panics
///
/// When an answer is wrong.
pub fn run<E: Engine>(people: usize) {
    let spec = Spec::new(people);
    let model = generate::model(&spec);
    let json = generate::json(&model);
    let image = freeze(&Directory::from_json(&json).unwrap_or_else(|faults| panic!("{faults}")));
    let engine = E::load(&Source { model: &model, json: &json, image: &image });
    let questions = generate::questions(&model, QUESTIONS, spec.seed);
    let texts = Texts::new(&model, &questions);
    let pairs = texts.pairs();
    let prepared: Vec<E::Prepared> =
        pairs.iter().map(|(person, door)| engine.prepare(person, ACTION, door)).collect();
    let answers = [pass_counted_text(&engine, &pairs), pass_counted_prepared(&engine, &prepared)];
    assert_eq!(answers, [QUESTIONS / 2; 2], "half of the questions are allowed");
}

#[inline(never)]
fn pass_counted_text<E: Engine>(engine: &E, pairs: &[(&str, &str)]) -> usize {
    let allowed = pairs.iter().filter(|(person, door)| engine.allows(person, ACTION, door));
    black_box(allowed.count())
}

#[inline(never)]
fn pass_counted_prepared<E: Engine>(engine: &E, prepared: &[E::Prepared]) -> usize {
    black_box(prepared.iter().filter(|question| engine.allows_prepared(question)).count())
}
