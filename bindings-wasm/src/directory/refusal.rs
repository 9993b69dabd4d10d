//! Why an estate, a command, a query or a freeze is refused, as JSON for `js/errors.js`.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;
use vestibule::estate::{Fault, Faults};
use vestibule::{ApiError, Context, Error, ErrorClass, FreezeError};

use crate::failure::{Failure, to_json};

#[derive(Serialize)]
struct EstateRefusal<'a> {
    #[serde(flatten)]
    failure: Failure<'a>,
    count: usize,
    faults: Vec<FaultRow<'a>>,
}

#[derive(Serialize)]
struct FaultRow<'a> {
    path: &'a str,
    code: &'static str,
    found: &'a str,
    expected: &'a str,
}

impl<'a> From<&'a Fault> for FaultRow<'a> {
    fn from(fault: &'a Fault) -> Self {
        let Fault { path, code, found, expected } = fault;
        Self { path, code: code.as_str(), found, expected }
    }
}

#[derive(Serialize)]
struct ApiRefusal<'a> {
    #[serde(flatten)]
    failure: Failure<'a>,
    status: u16,
    class: &'static str,
    body: ApiError,
}

/// Every fault; the first is that of the error itself.
pub(super) fn estate(faults: &Faults) -> String {
    let rows: Vec<FaultRow<'_>> = faults.iter().map(FaultRow::from).collect();
    let (code, path) = rows.first().map_or(("", ""), |first| (first.code, first.path));
    let failure = Failure::new("estate", faults.to_string(), code).at_path(path);
    to_json(&EstateRefusal { failure, count: faults.count(), faults: rows })
}

/// A command or query that is refused.
pub(super) fn api(error: &Error, context: &Context) -> String {
    let failure = Failure::new("api", error.to_string(), error.code()).at_field(error.field());
    let body = error.to_api_error(context);
    to_json(&ApiRefusal { failure, status: error.status(), class: error.class().as_str(), body })
}

/// JSON that is not of the form of what it should be.
pub(super) fn unreadable(what: &'static str, faults: &Faults) -> String {
    const CODE: &str = "unreadable";
    let message = format!("`{what}`: {faults}");
    let path = faults.iter().next().map_or("$", |fault| &fault.path);
    let body = ApiError {
        message: message.clone(),
        error_code: CODE.into(),
        correlation_id: None,
        details: Vec::new(),
    };
    let failure = Failure::new("api", message, CODE).at_field(Some(what)).at_path(path);
    let class = ErrorClass::Invalid;
    to_json(&ApiRefusal { failure, status: class.status(), class: class.as_str(), body })
}

/// An image that cannot be made.
pub(super) fn freeze(error: &FreezeError) -> String {
    let (code, field) = match error {
        FreezeError::UnknownIntegration(_) => ("unknown_integration", Some("slice.integration")),
        FreezeError::UnknownPerson(_) => ("unknown_person", Some("slice.person")),
        FreezeError::Limits { .. } => ("limits", Some("fresh_for")),
        FreezeError::TooMany { .. } => ("too_many", None),
        _ => ("too_large", None),
    };
    Failure::new("freeze", error.to_string(), code).at_field(field).to_text()
}
