//! Why something was refused, as JSON: `code` and `message` always, and what else there is to know.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;
use vestibule::estate::Faults;
use vestibule::{ApiError, ApplyError, Context, Error, ErrorClass, FreezeError};

/// An estate that cannot be loaded.
#[derive(Serialize)]
pub(crate) struct EstateRefusal {
    code: &'static str,
    message: String,
    count: usize,
    faults: Vec<Fault>,
}

#[derive(Serialize)]
struct Fault {
    path: String,
    code: &'static str,
    found: String,
    expected: String,
}

impl From<&Faults> for EstateRefusal {
    fn from(faults: &Faults) -> Self {
        let rows: Vec<Fault> = faults
            .iter()
            .map(|fault| Fault {
                path: fault.path.to_string(),
                code: fault.code.as_str(),
                found: fault.found.to_string(),
                expected: fault.expected.to_string(),
            })
            .collect();
        let code = rows.first().map_or("", |first| first.code);
        Self { code, message: faults.to_string(), count: faults.count(), faults: rows }
    }
}

/// A command or query that is refused; `body` is what a server answers with [0-21].
#[derive(Serialize)]
pub(crate) struct ApiRefusal {
    code: String,
    message: String,
    field: Option<String>,
    status: u16,
    class: &'static str,
    body: ApiError,
}

impl ApiRefusal {
    pub(crate) fn new(error: &Error, context: &Context) -> Self {
        Self {
            code: error.code().to_string(),
            message: error.to_string(),
            field: error.field().map(ToString::to_string),
            status: error.status(),
            class: error.class().as_str(),
            body: error.to_api_error(context),
        }
    }

    /// JSON that is not of the form of what it should be.
    pub(crate) fn unreadable(what: &str, cause: &impl core::fmt::Display) -> Self {
        let body = ApiError::unreadable(alloc::format!("`{what}`: {cause}"));
        let (code, message) = (body.error_code.clone(), body.message.clone());
        let (status, class) = (ErrorClass::Invalid.status(), ErrorClass::Invalid.as_str());
        Self { code, message, field: Some(what.into()), status, class, body }
    }
}

/// Anything else.
#[derive(Serialize)]
pub(crate) struct PlainRefusal {
    code: &'static str,
    message: String,
}

impl From<&FreezeError> for PlainRefusal {
    fn from(error: &FreezeError) -> Self {
        Self { code: error.code(), message: error.to_string() }
    }
}

impl From<&ApplyError> for PlainRefusal {
    fn from(error: &ApplyError) -> Self {
        Self { code: error.code(), message: error.to_string() }
    }
}
