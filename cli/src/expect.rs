//! The answers that are expected, and how others differ from them.

use serde::Serialize;
use vestibule::{Basis, Decision, Effect, Reason, Timestamp};

use crate::failure::Failure;
use crate::input::{LineFault, Lines, Source, Step};
use crate::object::{self, Field, Kind, Value};
use crate::text::quoted;

const FIELDS: [Field; 7] = [
    Field { name: "effect", kind: Kind::Text },
    Field { name: "reason", kind: Kind::Text },
    Field { name: "basis", kind: Kind::Text },
    Field { name: "until", kind: Kind::TextOrNull },
    Field { name: "because", kind: Kind::Text },
    Field { name: "code", kind: Kind::Number },
    Field { name: "line", kind: Kind::Number },
];

const EFFECTS: [Effect; 3] = [Effect::Deny, Effect::Allow, Effect::Challenge];

/// An expected answer; only what it gives is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    effect: Effect,
    reason: Reason,
    basis: Option<Basis>,
    until: Option<Timestamp>,
    code: Option<u64>,
    line: Option<u64>,
    /// What the file says about why, for people.
    pub because: Option<String>,
}

/// A field of an answer that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The field, or `answer` when one of the two is not there at all.
    pub field: &'static str,
    /// What the file gives.
    pub expected: String,
    /// What the estate gives.
    pub found: String,
}

impl Expected {
    /// Every field that is given and not equal.
    pub fn differences(&self, line: u64, decision: &Decision) -> Vec<Difference> {
        let mut list = Vec::new();
        let mut compare = |field, expected: String, found: String| {
            if expected != found {
                list.push(Difference { field, expected, found });
            }
        };
        let text = str::to_owned;
        compare("effect", text(self.effect.as_str()), text(decision.effect().as_str()));
        compare("reason", text(self.reason.as_str()), text(decision.reason().as_str()));
        if let Some(basis) = self.basis {
            compare("basis", text(basis.as_str()), text(decision.basis().as_str()));
        }
        if let Some(until) = self.until {
            compare("until", until_text(until), until_text(decision.until()));
        }
        if let Some(code) = self.code {
            compare("code", code.to_string(), decision.reason().code().to_string());
        }
        if let Some(expected) = self.line {
            compare("line", expected.to_string(), line.to_string());
        }
        list
    }
}

/// The difference of an answer for which the file has no line.
pub fn unexpected(decision: &Decision) -> Difference {
    Difference {
        field: "answer",
        expected: "none".to_owned(),
        found: decision.effect().as_str().to_owned(),
    }
}

fn until_text(until: Timestamp) -> String {
    if until == Timestamp::MAX { "never".to_owned() } else { until.to_string() }
}

/// A file of expected answers.
pub struct ExpectedFile {
    lines: Lines,
}

impl ExpectedFile {
    /// Opens it.
    pub fn open(source: &Source) -> Result<Self, Failure> {
        Ok(Self { lines: source.open()?.lines() })
    }

    /// Its name, for messages.
    pub fn name(&self) -> &str {
        self.lines.name()
    }

    /// The next answer; none at the end.
    pub fn advance(&mut self) -> Result<Option<Expected>, Failure> {
        match self.lines.advance()? {
            Step::End => Ok(None),
            Step::TooLong => Err(self.lines.too_long()),
            Step::Line => {
                read(self.lines.bytes()).map(Some).map_err(|fault| self.lines.failure(&fault))
            }
        }
    }
}

fn read(line: &[u8]) -> Result<Expected, LineFault> {
    let [effect, reason, basis, until, because, code, number] = object::read(line, &FIELDS)?;
    let effect = word("effect", effect, &EFFECTS, Effect::as_str)?;
    let reason = word("reason", reason, &Reason::ALL, Reason::as_str)?;
    let whole = |value| match value {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    };
    Ok(Expected {
        effect: effect.ok_or_else(|| missing("effect"))?,
        reason: reason.ok_or_else(|| missing("reason"))?,
        basis: word("basis", basis, &Basis::ALL, Basis::as_str)?,
        until: until.map(read_until).transpose()?,
        code: whole(code),
        line: whole(number),
        because: because.and_then(Value::into_text).map(String::from),
    })
}

fn missing(name: &str) -> LineFault {
    LineFault::new(format!("`{name}`: found nothing, expected text"))
}

/// Null is never.
fn read_until(value: Value<'_>) -> Result<Timestamp, LineFault> {
    let Some(text) = value.into_text() else {
        return Ok(Timestamp::MAX);
    };
    Timestamp::parse(&text)
        .map_err(|error| LineFault::new(format!("`until`: found {}, {error}", quoted(&text))))
}

fn word<T: Copy>(
    name: &str,
    value: Option<Value<'_>>,
    all: &[T],
    as_str: fn(T) -> &'static str,
) -> Result<Option<T>, LineFault> {
    let Some(text) = value.and_then(Value::into_text) else {
        return Ok(None);
    };
    let found = all.iter().copied().find(|one| as_str(*one) == text);
    found.map(Some).ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|one| format!("`{}`", as_str(*one))).collect();
        let words = words.join(", ");
        LineFault::new(format!("`{name}`: found {}, expected one of {words}", quoted(&text)))
    })
}
