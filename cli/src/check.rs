//! `check`: decides one request, or a file of them.

use serde::Serialize;
use vestibule::{Basis, Decision, Reason, Request, Timestamp};

use crate::args::CheckArgs;
use crate::expect::{Difference, Expected, ExpectedFile, unexpected};
use crate::failure::{Failure, Outcome};
use crate::input::{Lines, Source, Step};
use crate::output::Out;
use crate::policy::Policy;
use crate::progress::Progress;
use crate::question::flag_failure;
use crate::requests::{MAX_REPORTED_LINES, read};
use crate::text::safe;

/// Decides, prints, and compares.
pub fn run(args: &CheckArgs, out: &mut Out) -> Result<Outcome, Failure> {
    check_inputs(args)?;
    let expected = args.expect.as_ref().map(ExpectedFile::open).transpose()?;
    let Some(requests) = &args.requests else {
        let asked = args.question.asked()?;
        let request = asked.parse().map_err(|fault| flag_failure(&fault.message))?;
        return args.policy.source.ask(|policy| {
            let mut run = Run::new(args, policy, expected, out);
            run.answer(1, &request)?;
            run.finish()
        });
    };
    let input = requests.open()?;
    let progress = if shows_output_on_terminal(args) {
        None
    } else {
        Some((format!("deciding {}", input.name()), input.size()))
    };
    let lines = input.lines();
    args.policy.source.ask(|policy| {
        let progress =
            progress.map_or_else(Progress::none, |(what, size)| Progress::bytes(what, size));
        let mut run = Run::new(args, policy, expected, out);
        run.answer_lines(lines, args.question.at.at, &progress)?;
        drop(progress);
        run.finish()
    })
}

/// Standard input can be one thing only.
fn check_inputs(args: &CheckArgs) -> Result<(), Failure> {
    let policy = &args.policy.source;
    let sources = [&policy.estate, &policy.image, &args.requests, &args.expect];
    let from_stdin = sources.into_iter().flatten().filter(|source| **source == Source::Stdin);
    if from_stdin.count() > 1 {
        let flag = if policy.image.is_some() { "--image" } else { "--estate" };
        return Err(flag_failure(&format!(
            "found `-` twice, expected standard input for one of {flag}, --requests and --expect"
        )));
    }
    Ok(())
}

fn shows_output_on_terminal(args: &CheckArgs) -> bool {
    use std::io::IsTerminal;
    !args.quiet && std::io::stdout().is_terminal()
}

/// A line of output for programs.
#[derive(Serialize)]
struct AnswerLine {
    line: u64,
    effect: &'static str,
    reason: &'static str,
    code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    until: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differs: Vec<Difference>,
}

/// A difference that belongs to no answer.
#[derive(Serialize)]
struct DifferenceLine {
    line: u64,
    differs: Vec<Difference>,
}

/// One run of `check`.
struct Run<'r> {
    policy: &'r Policy<'r>,
    out: &'r mut Out,
    expected: Option<ExpectedFile>,
    json: bool,
    quiet: bool,
    allowed: u64,
    denied: u64,
    differing: u64,
    bad: u64,
}

impl<'r> Run<'r> {
    fn new(
        args: &CheckArgs,
        policy: &'r Policy<'r>,
        expected: Option<ExpectedFile>,
        out: &'r mut Out,
    ) -> Self {
        let (json, quiet) = (args.policy.json, args.quiet);
        Self { policy, out, expected, json, quiet, allowed: 0, denied: 0, differing: 0, bad: 0 }
    }

    /// Answers every line. A bad line is reported and the next one read, but not for ever.
    fn answer_lines(
        &mut self,
        mut lines: Lines,
        default_at: Option<Timestamp>,
        progress: &Progress,
    ) -> Result<(), Failure> {
        loop {
            if lines.may_wait() {
                self.out.flush()?;
            }
            match lines.advance()? {
                Step::End if lines.number() == 0 => {
                    let name = lines.name();
                    return Err(Failure::Input(format!(
                        "{name}: found no request, expected one JSON object a line"
                    )));
                }
                Step::End => return Ok(()),
                Step::TooLong => return Err(lines.too_long()),
                Step::Line => self.answer_line(&lines, default_at)?,
            }
            progress.advance(lines.bytes().len() as u64 + 1);
        }
    }

    fn answer_line(&mut self, lines: &Lines, default_at: Option<Timestamp>) -> Result<(), Failure> {
        let asked = match read(lines.bytes(), default_at) {
            Ok(asked) => asked,
            Err(fault) => return self.bad_line(&lines.failure(&fault)),
        };
        match asked.parse() {
            Ok(request) => self.answer(lines.number(), &request),
            Err(fault) => self.bad_line(&lines.failure(&fault)),
        }
    }

    fn bad_line(&mut self, failure: &Failure) -> Result<(), Failure> {
        failure.report();
        self.bad += 1;
        if self.bad >= MAX_REPORTED_LINES {
            return Err(Failure::Input(format!("stopped after {MAX_REPORTED_LINES} bad lines")));
        }
        // Its place in the file of answers is taken all the same.
        if let Some(file) = &mut self.expected {
            file.advance()?;
        }
        Ok(())
    }

    fn answer(&mut self, line: u64, request: &Request<'_>) -> Result<(), Failure> {
        let decision = self.policy.decide(request);
        if decision.is_allow() {
            self.allowed += 1;
        } else {
            self.denied += 1;
        }
        let expected = match &mut self.expected {
            Some(file) => file.advance()?,
            None => None,
        };
        let differs = match &expected {
            Some(expected) => expected.differences(line, &decision),
            None if self.expected.is_some() => vec![unexpected(&decision)],
            None => Vec::new(),
        };
        self.differing += u64::from(!differs.is_empty());
        if self.quiet && differs.is_empty() {
            return Ok(());
        }
        if self.json {
            return self.out.json(&answer_line(line, &decision, differs));
        }
        self.print(line, request, &decision)?;
        self.print_differences(&differs, expected.as_ref())
    }

    fn print(
        &mut self,
        line: u64,
        request: &Request<'_>,
        decision: &Decision,
    ) -> Result<(), Failure> {
        let Request { principal, action, resource, acting_org, at, .. } = request;
        let effect = if decision.is_allow() { "ALLOW" } else { "DENY " };
        let acting = acting_org.map(|id| format!(" for organisation:{id}")).unwrap_or_default();
        let answer = answer_words(decision);
        let action = safe(action);
        self.out.line(format_args!(
            "{line:>4} {effect} {principal} {action} {resource}{acting} at {at}: {answer}"
        ))
    }

    fn print_differences(
        &mut self,
        differs: &[Difference],
        expected: Option<&Expected>,
    ) -> Result<(), Failure> {
        for Difference { field, expected, found } in differs {
            self.out
                .line(format_args!("     DIFFERS {field}: expected {expected}, found {found}"))?;
        }
        let because = expected.and_then(|expected| expected.because.as_deref());
        match because {
            Some(because) if !differs.is_empty() => {
                self.out.line(format_args!("     expected because: {}", safe(because)))
            }
            _ => Ok(()),
        }
    }

    /// Compares the numbers of lines, prints the summary, and says how it went.
    fn finish(mut self) -> Result<Outcome, Failure> {
        let mut missing = 0_u64;
        if let Some(file) = &mut self.expected {
            while file.advance()?.is_some() {
                missing += 1;
            }
        }
        self.report_missing(missing)?;
        if !self.json {
            self.print_summary()?;
        }
        if self.bad > 0 {
            return Err(Failure::Reported);
        }
        Ok(Outcome::from_answer(match self.expected {
            Some(_) => self.differing == 0,
            None => self.denied == 0,
        }))
    }

    fn report_missing(&mut self, missing: u64) -> Result<(), Failure> {
        if missing == 0 {
            return Ok(());
        }
        self.differing += missing;
        let asked = self.allowed + self.denied + self.bad;
        let differs = vec![Difference {
            field: "answers",
            expected: (asked + missing).to_string(),
            found: asked.to_string(),
        }];
        if self.json {
            self.out.json(&DifferenceLine { line: asked + 1, differs })
        } else {
            self.print_differences(&differs, None)
        }
    }

    fn print_summary(&mut self) -> Result<(), Failure> {
        let Self { allowed, denied, differing, bad, .. } = self;
        let asked = *allowed + *denied;
        let plural = |count| if count == 1 { "" } else { "s" };
        let bad = match *bad {
            0 => String::new(),
            bad => format!(", {bad} bad line{}", plural(bad)),
        };
        let compared = match &self.expected {
            None => String::new(),
            Some(file) if *differing == 0 => format!("; every answer is as in {}", file.name()),
            Some(file) => format!("; {differing} not as in {}", file.name()),
        };
        self.out.line(format_args!(
            "{asked} request{}: {allowed} allowed, {denied} denied{bad}{compared}",
            plural(asked)
        ))
    }
}

fn answer_line(line: u64, decision: &Decision, differs: Vec<Difference>) -> AnswerLine {
    let basis = decision.basis();
    let until = decision.until();
    AnswerLine {
        line,
        effect: decision.effect().as_str(),
        reason: decision.reason().as_str(),
        code: decision.reason().code(),
        basis: (basis != Basis::None).then(|| basis.as_str()),
        until: (until != Timestamp::MAX).then(|| until.to_string()),
        differs,
    }
}

/// The answer in words: for an allow what granted it and until when, for a deny the reason.
fn answer_words(decision: &Decision) -> String {
    let mut words = match decision.basis() {
        Basis::None => decision.reason().as_str().to_owned(),
        basis => format!("{} by {}", decision.reason().as_str(), basis.as_str()),
    };
    let meaning = reason_words(decision.reason());
    if !meaning.is_empty() {
        words = format!("{words} ({meaning})");
    }
    if decision.until() == Timestamp::MAX {
        words
    } else {
        format!("{words} until {}", decision.until())
    }
}

/// What a reason means, for people.
const fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::PrincipalUnknown => "nobody has this id",
        Reason::ActionUnknown => "there is no such permission",
        Reason::ResourceUnknown => "there is no such place",
        Reason::ActingOrgUnknown => "there is no such acting organisation",
        Reason::OutsideSlice => "the image does not hold what this asks about",
        Reason::ActionNotApplicable => "cannot be done to a thing of this kind",
        Reason::PrincipalDeleted => "the person is deleted",
        Reason::PrincipalBlocked => "the person is blocked, everywhere or in this building",
        Reason::OrgDeleted => "the organisation of the place is deleted",
        Reason::DoorDisabled => "the door is out of service",
        Reason::OrgContext => "the place is outside the acting organisation",
        Reason::NoGrant => "nothing held reaches this",
        Reason::GrantOrgDeleted => "held at an organisation that is deleted",
        Reason::UnitDisabled => "the unit is out of service",
        Reason::NotYetValid => "what is held begins later",
        Reason::Expired => "what is held has ended",
        Reason::DoorAudience => "the door is not for this resident",
        Reason::GuestDoor => "the door is not for guests",
        _ => "",
    }
}
