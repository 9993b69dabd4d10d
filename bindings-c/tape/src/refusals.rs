//! Refusals as C is told them: written out here once more, so that a field that is renamed or lost in the library is noticed.

use serde::Serialize;
use vestibule::estate::{Fault, Faults};
use vestibule::{ApplyError, Context, Error, FreezeError};

/// A field of JSON.
fn field(name: &str, value: &impl Serialize) -> String {
    format!("\"{name}\":{}", json(value))
}

pub fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("what is told is JSON")
}

fn object(fields: &[String]) -> String {
    format!("{{{}}}", fields.join(","))
}

/// Of an estate.
pub fn of_estate(faults: &Faults) -> String {
    let rows: Vec<String> = faults.iter().map(of_fault).collect();
    let first = faults.iter().next().expect("a refused estate has a fault");
    object(&[
        field("code", &first.code.as_str()),
        field("message", &faults.to_string()),
        field("count", &faults.count()),
        format!("\"faults\":[{}]", rows.join(",")),
    ])
}

fn of_fault(fault: &Fault) -> String {
    object(&[
        field("path", &fault.path.to_string()),
        field("code", &fault.code.as_str()),
        field("found", &fault.found.to_string()),
        field("expected", &fault.expected.to_string()),
    ])
}

/// Of a command or query.
pub fn of_request(error: &Error, context: &Context) -> String {
    object(&[
        field("code", &error.code()),
        field("message", &error.to_string()),
        field("field", &error.field().map(|field| field.to_string())),
        field("status", &error.status()),
        field("class", &error.class().as_str()),
        field("body", &error.to_api_error(context)),
    ])
}

/// Of JSON that is not what it should be.
pub fn of_unreadable(what: &str, cause: &impl core::fmt::Display) -> String {
    let message = format!("`{what}`: {cause}");
    let body = [field("message", &message), field("error_code", &"unreadable")];
    object(&[
        field("code", &"unreadable"),
        field("message", &message),
        field("field", &what),
        field("status", &400),
        field("class", &"invalid"),
        format!("\"body\":{}", object(&body)),
    ])
}

/// Of an image.
pub fn of_freeze(code: &str, error: &FreezeError) -> String {
    object(&[field("code", &code), field("message", &error.to_string())])
}

/// Of a change.
pub fn of_apply(code: &str, error: &ApplyError) -> String {
    object(&[field("code", &code), field("message", &error.to_string())])
}
