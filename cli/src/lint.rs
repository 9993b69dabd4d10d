//! `lint`: what is legal, but suspicious.

use crate::args::LintArgs;
use crate::estate;
use crate::failure::{Failure, Outcome};
use crate::output::Out;

/// Prints the list; suspicion is no fault.
pub fn run(args: &LintArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let directory = estate::load(args.policy.source.needs_estate("lint")?)?;
    let lints = directory.lint(args.at.or_now());
    for lint in &lints {
        if args.policy.json {
            out.json(lint)?;
        } else {
            out.line(format_args!("{lint}"))?;
        }
    }
    if lints.is_empty() && !args.policy.json {
        out.line(format_args!("Nothing suspicious."))?;
    }
    Ok(Outcome::Yes)
}
