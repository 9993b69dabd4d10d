//! Writes an estate and questions about it into a folder, for benchmarks in other languages: `estate.json`, and
//! `questions.json`, an array of `{"person":ID,"door":ID,"allowed":BOOLEAN}`.

use core::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use vestibule_benches::generate::{self, Spec};

/// Enough that caches of single answers would not help, and few enough to read at once.
const QUESTIONS: usize = 4_096;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let people = arguments.next().and_then(|text| text.parse().ok());
    let (Some(people @ 1_000..), Some(folder), None) = (people, arguments.next(), arguments.next())
    else {
        eprintln!("usage: estate PEOPLE FOLDER (1000 people or more, a folder that is there)");
        return ExitCode::from(2);
    };
    match write(people, Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(people: usize, folder: &Path) -> std::io::Result<()> {
    let spec = Spec::new(people);
    let model = generate::model(&spec);
    std::fs::write(folder.join("estate.json"), generate::json(&model))?;
    let mut text = String::from("[");
    for question in generate::questions(&model, QUESTIONS, spec.seed) {
        let separator = if text.len() == 1 { "\n" } else { ",\n" };
        let person = model.people[question.person as usize].id;
        let door = model.doors[question.door as usize];
        let allowed = question.is_allowed;
        write!(text, r#"{separator}{{"person":"{person}","door":"{door}","allowed":{allowed}}}"#)
            .expect("a string takes everything");
    }
    text.push_str("\n]\n");
    std::fs::write(folder.join("questions.json"), text)
}
