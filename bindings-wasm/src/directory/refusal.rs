//! Why an estate, a command, a query or a freeze is refused, as JSON for `js/errors.js`.

use alloc::format;
use alloc::string::{String, ToString};

use vestibule::estate::Faults;
use vestibule::{ApiError, Context, Error, ErrorClass, FreezeError};

use super::to_json;
use crate::failure::Failure;

/// Every fault; the first is that of the error itself.
pub(super) fn estate(faults: &Faults) -> String {
    let (code, path) =
        faults.iter().next().map_or(("", ""), |first| (first.code.as_str(), &first.path));
    let message = faults.to_string();
    let mut json = Failure::new("estate", &message, code).at_path(path).begin();
    json.number("count", faults.count().try_into().unwrap_or(u32::MAX));
    json.name("faults");
    json.open('[');
    for fault in faults.iter() {
        json.open('{');
        json.field("path", &fault.path);
        json.field("code", fault.code.as_str());
        json.field("found", &fault.found);
        json.field("expected", &fault.expected);
        json.close('}');
    }
    json.close(']');
    json.close('}');
    json.into_text()
}

/// A command or query that is refused.
pub(super) fn api(error: &Error, context: &Context) -> String {
    let message = error.to_string();
    let failure = Failure::new("api", &message, error.code()).at_field(error.field());
    answered(&failure, error.class(), &error.to_api_error(context))
}

/// JSON that is not of the form of what it should be.
pub(super) fn unreadable(what: &'static str, faults: &Faults) -> String {
    let body = ApiError::unreadable(format!("`{what}`: {faults}"));
    let path = faults.iter().next().map_or("$", |fault| &fault.path);
    let failure = Failure::new("api", &body.message, &body.error_code);
    let failure = failure.at_field(Some(what)).at_path(path);
    answered(&failure, ErrorClass::Invalid, &body)
}

/// A failure with what an interface over HTTP would answer.
fn answered(failure: &Failure<'_>, class: ErrorClass, body: &ApiError) -> String {
    let mut json = failure.begin();
    json.number("status", class.status().into());
    json.field("class", class.as_str());
    json.word("body", &to_json(body));
    json.close('}');
    json.into_text()
}

/// An image that cannot be made.
pub(super) fn freeze(error: &FreezeError) -> String {
    let field = match error {
        FreezeError::UnknownIntegration(_) => Some("slice.integration"),
        FreezeError::UnknownPerson(_) => Some("slice.person"),
        FreezeError::Limits { .. } => Some("fresh_for"),
        _ => None,
    };
    Failure::new("freeze", &error.to_string(), error.code()).at_field(field).to_text()
}
