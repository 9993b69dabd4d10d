//! How a command ends: what was asked is so, is not so, or could not be asked.

use std::io::Write;
use std::process::ExitCode;

use crate::text::safe_lines;

const EXIT_YES: u8 = 0;
const EXIT_NO: u8 = 1;
/// The exit code for bad input and bad usage.
pub const EXIT_BAD_INPUT: u8 = 2;

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything asked was allowed, is as expected, or was printed.
    Yes,
    /// Something was denied, or is not as expected.
    No,
}

impl Outcome {
    /// `Yes` when `is_so`.
    pub const fn from_answer(is_so: bool) -> Self {
        if is_so { Self::Yes } else { Self::No }
    }

    /// The code for the shell.
    pub fn exit_code(self) -> ExitCode {
        match self {
            Self::Yes => EXIT_YES.into(),
            Self::No => EXIT_NO.into(),
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Something given is bad; one fault a line.
    Input(String),
    /// Input was bad and has been reported already.
    Reported,
    /// Nobody reads the output any more.
    Closed,
}

impl Failure {
    /// Prints it to standard error, safe to show.
    pub fn report(&self) {
        match self {
            Self::Input(message) => report(message),
            Self::Reported | Self::Closed => {}
        }
    }
}

/// Prints a message to standard error, safe to show. A closed standard error is no reason to fail.
pub fn report(message: &str) {
    let _ = writeln!(std::io::stderr(), "{}", safe_lines(message));
}

/// Prints what `clap` has to say: help to standard output, errors to standard error.
pub fn report_usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        report(error.render().to_string().trim_end());
        return EXIT_BAD_INPUT.into();
    }
    match error.print() {
        Ok(()) => EXIT_YES.into(),
        Err(_) => EXIT_BAD_INPUT.into(),
    }
}
