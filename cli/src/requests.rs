//! Request lines: one JSON object a line.

use std::borrow::Cow;

use vestibule::{Request, TextRequest, Timestamp};

use crate::input::LineFault;
use crate::object::{self, Field, Kind, Value};
use crate::text::quoted;

/// Most bad lines of one input that are reported one by one.
pub const MAX_REPORTED_LINES: u64 = 100;

const FIELDS: [Field; 6] = [
    Field { name: "principal", kind: Kind::Text },
    Field { name: "action", kind: Kind::Text },
    Field { name: "resource", kind: Kind::Text },
    Field { name: "acting_org", kind: Kind::Text },
    Field { name: "at", kind: Kind::Text },
    Field { name: "note", kind: Kind::Text },
];

/// A question as it is written on a line or by flags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// `person:ID` or `unit_token:UNIT-ID`.
    pub principal: Cow<'a, str>,
    /// A permission key.
    pub action: Cow<'a, str>,
    /// `platform`, or a kind, a colon and an id.
    pub resource: Cow<'a, str>,
    /// The organisation on whose behalf.
    pub acting_org: Option<Cow<'a, str>>,
    /// When.
    pub at: Timestamp,
}

impl Asked<'_> {
    /// Reads its ids.
    ///
    /// # Errors
    ///
    /// The field, what was found, and what was expected.
    pub fn parse(&self) -> Result<Request<'_>, LineFault> {
        let text = TextRequest {
            principal: &self.principal,
            action: &self.action,
            resource: &self.resource,
            acting_org: self.acting_org.as_deref(),
            at: self.at,
        };
        text.parse().map_err(|error| {
            let found = match error.field() {
                "principal" => text.principal,
                "resource" => text.resource,
                _ => text.acting_org.unwrap_or_default(),
            };
            LineFault::new(format!("{error}, found {}", quoted(found)))
        })
    }
}

/// Reads a request line. A line without `at` is asked at `default_at`, where one is given.
///
/// # Errors
///
/// What is wrong with the line.
pub fn read(line: &[u8], default_at: Option<Timestamp>) -> Result<Asked<'_>, LineFault> {
    let [principal, action, resource, acting_org, at, _note] = object::read(line, &FIELDS)?;
    let at = match at.and_then(Value::into_text) {
        Some(text) => Some(instant(&text)?),
        None => default_at,
    };
    Ok(Asked {
        principal: required(principal, "principal")?,
        action: required(action, "action")?,
        resource: required(resource, "resource")?,
        acting_org: acting_org.and_then(Value::into_text),
        at: at.ok_or_else(|| missing("at", "an instant, here or by --at"))?,
    })
}

fn required<'a>(value: Option<Value<'a>>, name: &str) -> Result<Cow<'a, str>, LineFault> {
    value.and_then(Value::into_text).ok_or_else(|| missing(name, "text"))
}

fn missing(name: &str, expected: &str) -> LineFault {
    LineFault::new(format!("`{name}`: found nothing, expected {expected}"))
}

fn instant(text: &str) -> Result<Timestamp, LineFault> {
    Timestamp::parse(text)
        .map_err(|error| LineFault::new(format!("`at`: found {}, {error}", quoted(text))))
}
