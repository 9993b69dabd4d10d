//! The `vestibule` command line: asks an estate file, or an image of one, for decisions, explanations and lists.

mod args;
mod check;
mod covers;
mod duration;
mod estate;
mod expect;
mod explain;
mod failure;
mod freeze;
mod image;
mod input;
mod inspect;
mod lint;
mod lists;
mod object;
mod output;
mod policy;
mod progress;
mod question;
mod requests;
mod text;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::failure::{Failure, Outcome};
use crate::output::Out;

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => exit_code(&run(&cli.command)),
        Err(error) => failure::report_usage(&error),
    }
}

fn run(command: &Command) -> Result<Outcome, Failure> {
    let mut out = Out::new();
    let outcome = match command {
        Command::Check(args) => check::run(args, &mut out),
        Command::Explain(args) => explain::run(args, &mut out),
        Command::Permissions(args) => lists::permissions(args, &mut out),
        Command::WhoCan(args) => lists::who_can(args, &mut out),
        Command::WhatCan(args) => lists::what_can(args, &mut out),
        Command::Members(args) => lists::members(args, &mut out),
        Command::Orgs(args) => lists::visible_orgs(args, &mut out),
        Command::BuildingUsers(args) => lists::building_users(args, &mut out),
        Command::AssignableRoles(args) => lists::assignable_roles(args, &mut out),
        Command::Lobby(args) => lists::lobby_directory(args, &mut out),
        Command::Covers(args) => covers::run(args, &mut out),
        Command::Lint(args) => lint::run(args, &mut out),
        Command::Freeze(args) => freeze::run(args, &mut out),
        Command::Inspect(args) => inspect::run(args, &mut out),
        Command::Schema => out.raw(&vestibule::Estate::json_schema()).map(|()| Outcome::Yes),
    };
    // What was answered before a fault is worth printing too; the fault is the more important news.
    let flushed = out.flush();
    outcome.and_then(|outcome| flushed.map(|()| outcome))
}

fn exit_code(result: &Result<Outcome, Failure>) -> ExitCode {
    match result {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => {
            failure.report();
            failure::EXIT_BAD_INPUT.into()
        }
    }
}
