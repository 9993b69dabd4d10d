//! Writes the shared vectors (`core/tests/vectors`) as *tapes*: flat files that a program in C plays without a parser of JSON,
//! from a file or straight from flash.
//!
//! ```text
//! vestibule-tape panel FILE       images and what they are asked: the panel tier
//! vestibule-tape host FILE        directories, commands, queries: the host tier
//! ```
//!
//! What a tape expects of C is what the vectors say. Where they say nothing, as of the slice of an integration, it is what the core
//! itself answers; where both speak, this program fails unless they agree.
//!
//! # The format
//!
//! All numbers are little-endian, nothing is aligned, nothing is padded. A tape is the 8 bytes `VSTAPE1\n` and then records up to
//! the last one, which is `end`. A record is
//!
//! | size | field |
//! |---|---|
//! | 4 | its length after this field |
//! | 4 | its kind, see [`Kind`] |
//! | 4, … | its name, a text, for whoever reads a report |
//! | … | the fields of its kind |
//!
//! A field is a number of 4 or 8 bytes; or a text or bytes, which is a length of 4 bytes and as many bytes. Which fields a kind has
//! is said where they are written: `Kind` leads there. `bindings-c/tests/player` reads them in the same order. A record is played
//! against what the last `image` or `load` before it put in place.

mod damage;
mod directories;
mod golden;
mod host;
mod ids;
mod images;
mod lookups;
mod panel;
mod questions;
mod refusals;
mod steps;
mod tape;
mod vectors;

use std::process::ExitCode;

use crate::tape::Kind;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (tape, file) = match *arguments {
        ["panel", file] => (panel::tape(), file),
        ["host", file] => (host::tape(), file),
        _ => {
            eprintln!("usage: vestibule-tape panel|host FILE");
            return ExitCode::from(2);
        }
    };
    let summary = tape.summary();
    match std::fs::write(file, tape.finish()) {
        Ok(()) => {
            println!("{file}: {summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}
