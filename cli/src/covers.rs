//! `covers`: the matching rule of role paths by itself.

use serde::Serialize;
use vestibule::RolePath;

use crate::args::CoversArgs;
use crate::failure::{Failure, Outcome, report};
use crate::input::{LineFault, Lines, Source, Step};
use crate::output::Out;
use crate::question::flag_failure;
use crate::requests::MAX_REPORTED_LINES;
use crate::text::quoted;

#[derive(Serialize)]
struct Answer<'a> {
    held: &'a str,
    wanted: &'a str,
    covers: bool,
}

/// One pair, or pairs from standard input.
pub fn run(args: &CoversArgs, out: &mut Out) -> Result<Outcome, Failure> {
    match (&args.held, &args.wanted) {
        (Some(held), Some(wanted)) => one_pair(held, wanted, args.json, out),
        _ => lines(out),
    }
}

fn one_pair(held: &str, wanted: &str, json: bool, out: &mut Out) -> Result<Outcome, Failure> {
    let held = path("HELD", held).map_err(|message| flag_failure(&message))?;
    let wanted = path("WANTED", wanted).map_err(|message| flag_failure(&message))?;
    let covers = held.covers(&wanted);
    if json {
        out.json(&Answer { held: held.as_str(), wanted: wanted.as_str(), covers })?;
    } else {
        out.raw(if covers { "yes\n" } else { "no\n" })?;
    }
    Ok(Outcome::from_answer(covers))
}

/// A line that is no pair is answered with `false`, so that answers stay beside their pairs.
fn lines(out: &mut Out) -> Result<Outcome, Failure> {
    let mut lines = Source::Stdin.open()?.lines();
    let mut bad = 0_u64;
    loop {
        if lines.may_wait() {
            out.flush()?;
        }
        let step = lines.advance()?;
        let answer = match step {
            Step::End => break,
            Step::Line => pair(lines.bytes()).map_err(|fault| lines.failure(&fault)),
            Step::TooLong => Err(lines.too_long()),
        };
        let covers = answer.unwrap_or_else(|failure| {
            bad += 1;
            if bad <= MAX_REPORTED_LINES {
                failure.report();
            }
            false
        });
        out.raw(if covers { "true\n" } else { "false\n" })?;
        if step == Step::TooLong {
            lines.skip_rest()?;
        }
    }
    finish(&lines, bad)
}

fn finish(lines: &Lines, bad: u64) -> Result<Outcome, Failure> {
    if bad > MAX_REPORTED_LINES {
        let more = bad - MAX_REPORTED_LINES;
        report(&format!("{}: and {more} more bad lines", lines.name()));
    }
    if bad > 0 { Err(Failure::Reported) } else { Ok(Outcome::Yes) }
}

fn pair(line: &[u8]) -> Result<bool, LineFault> {
    let text = core::str::from_utf8(line).map_err(|error| LineFault {
        column: Some(error.valid_up_to() + 1),
        message: "not UTF-8".to_owned(),
    })?;
    let Some((held, wanted)) = text.split_once('\t') else {
        let found = quoted(text);
        return Err(LineFault::new(format!("found {found}, expected HELD, a tab, WANTED")));
    };
    let held = path("HELD", held).map_err(LineFault::new)?;
    let wanted = path("WANTED", wanted).map_err(LineFault::new)?;
    Ok(held.covers(&wanted))
}

fn path(name: &str, text: &str) -> Result<RolePath, String> {
    RolePath::parse(text).map_err(|error| format!("{name}: found {}: {error}", quoted(text)))
}
