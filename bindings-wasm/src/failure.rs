//! Errors as JSON, for `js/errors.js`.

use alloc::format;
use alloc::string::{String, ToString};

use serde::Serialize;
use vestibule::{IdError, ImageError, OutsideSlice, RequestError, Section};

/// What JavaScript makes an `Error` of.
#[derive(Serialize)]
pub(crate) struct Failure<'a> {
    /// Which subclass.
    kind: &'static str,
    message: String,
    code: &'a str,
    field: Option<&'a str>,
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<usize>,
}

impl<'a> Failure<'a> {
    pub(crate) const fn new(kind: &'static str, message: String, code: &'a str) -> Self {
        Self { kind, message, code, field: None, path: None, offset: None }
    }

    pub(crate) const fn at_field(mut self, field: Option<&'a str>) -> Self {
        self.field = field;
        self
    }

    pub(crate) const fn at_path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }

    /// The text that crosses.
    pub(crate) fn to_text(&self) -> String {
        to_json(self)
    }
}

/// JSON of what cannot fail to be written: no map in it has a key that is not text.
pub(crate) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

pub(crate) fn request(error: RequestError) -> String {
    Failure::new("request", error.to_string(), "invalid_request")
        .at_field(Some(error.field()))
        .to_text()
}

pub(crate) fn id(field: &str, error: IdError) -> String {
    Failure::new("request", format!("`{field}`: {error}"), "invalid_request")
        .at_field(Some(field))
        .to_text()
}

pub(crate) fn image(error: ImageError) -> String {
    let mut failure = Failure::new("image", error.to_string(), error.fault().as_str())
        .at_path(error.section().map_or("header", Section::as_str));
    failure.offset = Some(error.offset());
    failure.to_text()
}

pub(crate) fn outside(error: OutsideSlice) -> String {
    Failure::new("outside_slice", error.to_string(), "outside_slice").to_text()
}
