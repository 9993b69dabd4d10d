//! The flags of every command.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand};
use vestibule::Timestamp;

use crate::duration::Millis;
use crate::input::Source;

const EXIT_CODES: &str = "\
Exit codes:
  0  everything asked was allowed, or the list was printed
  1  something was denied; with --expect: some answer differs
  2  bad input or usage, or nobody read the output to its end";

/// Asks a Vestibule estate, or an image of one: may this person do this, here, now?
#[derive(Debug, Parser)]
#[command(name = "vestibule", version, about, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Decide one request given by flags, or a file of requests.
    Check(CheckArgs),
    /// Say why one request is allowed or denied, and what was missing.
    Explain(ExplainArgs),
    /// List what a person, or a unit's token, may do on a resource.
    Permissions(PermissionsArgs),
    /// List the people who may do something on a resource.
    WhoCan(WhoCanArgs),
    /// List the resources on which a person may do something.
    WhatCan(WhatCanArgs),
    /// List the members of an organisation and their roles.
    Members(MembersArgs),
    /// List the organisations that a person sees.
    Orgs(OrgsArgs),
    /// List who holds a role on an integration.
    BuildingUsers(IntegrationArgs),
    /// List the roles on an integration that a person may give to another.
    AssignableRoles(AssignableRolesArgs),
    /// List the units and residents that the panel of an integration shows.
    Lobby(IntegrationArgs),
    /// Say whether one role path covers another: exit 0 or 1.
    Covers(CoversArgs),
    /// List what is legal in an estate, but suspicious.
    Lint(LintArgs),
    /// Write an estate, or what one panel or one person needs of it, as an image.
    Freeze(FreezeArgs),
    /// Say what an image holds, and where its bytes go.
    Inspect(InspectArgs),
    /// Print the JSON Schema of an estate file.
    Schema,
}

/// What is asked.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct PolicySource {
    /// The estate file (JSON); `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub estate: Option<Source>,
    /// An image in place of the estate, as `freeze` writes it; answers check, explain, permissions,
    /// who-can, what-can and lobby.
    #[arg(long, value_name = "FILE")]
    pub image: Option<Source>,
}

/// What is asked, and how to print.
#[derive(Debug, Args)]
pub struct PolicyArgs {
    /// What is asked.
    #[command(flatten)]
    pub source: PolicySource,
    /// Print lines of JSON for programs.
    #[arg(long)]
    pub json: bool,
}

/// The instant of a question.
#[derive(Clone, Copy, Debug, Args)]
pub struct AtArgs {
    /// The instant of the question, as in 2026-11-22T18:00:00Z; by default now, by the clock of
    /// this machine.
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse)]
    pub at: Option<Timestamp>,
}

impl AtArgs {
    /// The instant that was given, else now.
    pub fn or_now(self) -> Timestamp {
        self.at.unwrap_or_else(now)
    }
}

/// Now, by the clock of this machine.
fn now() -> Timestamp {
    let millis = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |millis| -millis)
        }
    };
    Timestamp::from_millis(millis)
}

/// Who asks.
#[derive(Debug, Args)]
pub struct PrincipalArgs {
    /// Who asks: `person:ID` or `unit_token:UNIT-ID`.
    #[arg(long, value_name = "PRINCIPAL", conflicts_with = "person")]
    pub principal: Option<String>,
    /// Who asks, a person by id or alias.
    #[arg(long, value_name = "ID")]
    pub person: Option<String>,
}

/// One question by flags.
#[derive(Debug, Args)]
pub struct QuestionArgs {
    /// Who asks.
    #[command(flatten)]
    pub who: PrincipalArgs,
    /// A permission key, such as `doors:open`.
    #[arg(long, value_name = "KEY")]
    pub action: Option<String>,
    /// On what: `platform`, or `organisation`, `building`, `integration`, `unit` or `door` with
    /// `:ID`.
    #[arg(long, value_name = "RESOURCE")]
    pub resource: Option<String>,
    /// The organisation on whose behalf; it only narrows.
    #[arg(long, value_name = "ID")]
    pub acting_org: Option<String>,
    /// When.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Flags of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// What is asked.
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// One question.
    #[command(flatten)]
    pub question: QuestionArgs,
    /// Many questions, one JSON object a line; `-` is standard input. --at is for lines without `at`.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["principal", "person", "action", "resource", "acting_org"]
    )]
    pub requests: Option<Source>,
    /// The answers that are expected, one JSON object a line: exit 0 exactly when all are equal.
    #[arg(long, value_name = "FILE")]
    pub expect: Option<Source>,
    /// Print only answers that differ from the expected ones, and the summary.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Flags of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// What is asked.
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// The question.
    #[command(flatten)]
    pub question: QuestionArgs,
}

/// What is asked, when, and which part of a list.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// What is asked.
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// When.
    #[command(flatten)]
    pub at: AtArgs,
    /// Print a page of at most N items, and the cursor of the next; more than 200 means 200.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub limit: Option<i64>,
    /// Print the page that follows the one that gave this cursor.
    #[arg(long, value_name = "CURSOR")]
    pub cursor: Option<String>,
}

/// Flags of `permissions`.
#[derive(Debug, Args)]
pub struct PermissionsArgs {
    /// Of a list.
    #[command(flatten)]
    pub list: ListArgs,
    /// Who.
    #[command(flatten)]
    pub who: PrincipalArgs,
    /// On what: `platform`, or `organisation`, `building`, `integration`, `unit` or `door` with
    /// `:ID`.
    #[arg(long, value_name = "RESOURCE")]
    pub resource: String,
}

/// Flags of `who-can`.
#[derive(Debug, Args)]
pub struct WhoCanArgs {
    /// Of a list.
    #[command(flatten)]
    pub list: ListArgs,
    /// A permission key, such as `doors:open`.
    #[arg(long, value_name = "KEY")]
    pub action: String,
    /// On what: `platform`, or `organisation`, `building`, `integration`, `unit` or `door` with
    /// `:ID`.
    #[arg(long, value_name = "RESOURCE")]
    pub resource: String,
}

/// Flags of `what-can`.
#[derive(Debug, Args)]
pub struct WhatCanArgs {
    /// Of a list.
    #[command(flatten)]
    pub list: ListArgs,
    /// A person, by id or alias.
    #[arg(long, value_name = "ID")]
    pub person: String,
    /// A permission key, such as `doors:open`.
    #[arg(long, value_name = "KEY")]
    pub action: String,
}

/// Flags of `members`.
#[derive(Debug, Args)]
pub struct MembersArgs {
    /// Of a list.
    #[command(flatten)]
    pub list: ListArgs,
    /// An organisation, by id or alias.
    #[arg(long, value_name = "ID")]
    pub organisation: String,
    /// The members of every organisation below it too.
    #[arg(long)]
    pub recursive: bool,
}

/// Flags of `orgs`.
#[derive(Debug, Args)]
pub struct OrgsArgs {
    /// Of a list.
    #[command(flatten)]
    pub list: ListArgs,
    /// A person, by id or alias.
    #[arg(long, value_name = "ID")]
    pub person: String,
}

/// Flags of the lists about an integration.
#[derive(Debug, Args)]
pub struct IntegrationArgs {
    /// Of a list.
    #[command(flatten)]
    pub list: ListArgs,
    /// An integration, by id or alias.
    #[arg(long, value_name = "ID")]
    pub integration: String,
}

/// Flags of `assignable-roles`.
#[derive(Debug, Args)]
pub struct AssignableRolesArgs {
    /// Of a list.
    #[command(flatten)]
    pub list: ListArgs,
    /// The person who gives, by id or alias.
    #[arg(long, value_name = "ID")]
    pub actor: String,
    /// An integration, by id or alias.
    #[arg(long, value_name = "ID")]
    pub integration: String,
}

/// Flags of `covers`.
#[derive(Debug, Args)]
pub struct CoversArgs {
    /// The role path that somebody holds.
    #[arg(required_unless_present = "lines", requires = "wanted")]
    pub held: Option<String>,
    /// The role path that is asked for.
    pub wanted: Option<String>,
    /// Read tab-separated pairs from standard input, one a line, and write `true` or `false` a line.
    /// Exit 0 when every pair could be read, whatever the answers.
    #[arg(long, conflicts_with_all = ["held", "wanted", "json"])]
    pub lines: bool,
    /// Print a line of JSON for programs.
    #[arg(long)]
    pub json: bool,
}

/// Flags of `lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// What is asked.
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// When.
    #[command(flatten)]
    pub at: AtArgs,
}

/// How much of an estate to freeze.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct SliceArgs {
    /// All of it.
    #[arg(long)]
    pub everything: bool,
    /// What the panel of an integration needs, by id or alias.
    #[arg(long, value_name = "ID")]
    pub integration: Option<String>,
    /// What the browser of a person needs, by id or alias.
    #[arg(long, value_name = "ID")]
    pub person: Option<String>,
}

/// Flags of `freeze`.
#[derive(Debug, Args)]
pub struct FreezeArgs {
    /// What to freeze.
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// How much of it.
    #[command(flatten)]
    pub slice: SliceArgs,
    /// The instant of the issue, as in 2026-11-22T18:00:00Z; the clock of this machine is not asked, so
    /// that the same estate gives the same bytes.
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse)]
    pub issued_at: Timestamp,
    /// How long after the issue a newer image need not be had: digits and ms, s, m, h or d, as in 36h.
    #[arg(long, value_name = "TIME")]
    pub fresh_for: Option<Millis>,
    /// How long after the issue the image may be relied on, as in 30d.
    #[arg(long, value_name = "TIME")]
    pub max_stale: Option<Millis>,
    /// The image to write; one that is there is replaced, all at once.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Flags of `inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// The image; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub image: Source,
    /// List who is in it, by id.
    #[arg(long)]
    pub who: bool,
    /// Print a line of JSON for programs.
    #[arg(long)]
    pub json: bool,
}
