//! Runs every pass once, for callgrind to count; see `instructions.sh`. Prints how many questions a
//! pass asked.

use std::process::ExitCode;

use vestibule::{Directory, Image};
use vestibule_benches::engine::freeze;
use vestibule_benches::floor::Floor;
use vestibule_benches::generate::{self, Spec};
use vestibule_benches::workload::{Texts, Workload};

/// Instructions repeat exactly, so a few questions are enough.
const QUESTIONS: usize = 4_096;

fn main() -> ExitCode {
    let people = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let Some(people @ 1_000..) = people else {
        eprintln!("usage: instructions PEOPLE (1000 or more)");
        return ExitCode::from(2);
    };
    let spec = Spec::new(people);
    let model = generate::model(&spec);
    let json = generate::json(&model);
    let directory = Directory::from_json(&json).unwrap_or_else(|faults| panic!("{faults}"));
    let bytes = freeze(&directory);
    let image = Image::open(&bytes).unwrap_or_else(|error| panic!("{error}"));
    let floor = Floor::new(&model);
    let questions = generate::questions(&model, QUESTIONS, spec.seed);
    let texts = Texts::new(&model, &questions);
    let work = Workload::new(&directory, &image, &floor, &model, &questions, &texts);
    let answers = [
        work.pass_text(work.all()),
        work.image_pass_text(work.all()),
        work.floor_pass_text(work.all()),
        work.pass_ids(work.all()),
        work.image_pass_ids(work.all()),
        work.floor_pass_ids(work.all()),
        work.pass_handles(work.all()),
        work.image_pass_handles(work.all()),
        work.floor_pass_handles(work.all()),
    ];
    assert_eq!(answers, [work.allowed(); 9]);
    println!("{QUESTIONS}");
    ExitCode::SUCCESS
}
