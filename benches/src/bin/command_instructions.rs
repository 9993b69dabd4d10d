//! Runs adds and removes of building users once, for callgrind to count; see `instructions.sh`. Prints how many.

use std::process::ExitCode;

use vestibule::Directory;
use vestibule_benches::commands::Commands;
use vestibule_benches::generate::{self, Spec};

/// Instructions repeat exactly, so a few commands are enough; each person is added once.
const COMMANDS: usize = 512;

fn main() -> ExitCode {
    let people = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let Some(people @ 1_000..) = people else {
        eprintln!("usage: command_instructions PEOPLE (1000 or more)");
        return ExitCode::from(2);
    };
    let model = generate::model(&Spec::new(people));
    let json = generate::json(&model);
    let mut directory = Directory::from_json(&json).unwrap_or_else(|faults| panic!("{faults}"));
    let commands = Commands::new(&model, COMMANDS);
    // Once uncounted: lists find their room, role paths their numbers.
    directory = warmed(&commands, directory);
    let added = commands.pass_adds(&mut directory, commands.all());
    let removed = commands.pass_removes(&mut directory, commands.all());
    assert_eq!(added, removed);
    println!("{COMMANDS}");
    ExitCode::SUCCESS
}

fn warmed(commands: &Commands, mut directory: Directory) -> Directory {
    drop(commands.changes(&mut directory));
    directory
}
