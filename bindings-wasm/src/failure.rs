//! Errors as JSON, for `js/errors.js`.

use alloc::string::String;

use vestibule::{IdError, ImageError, OutsideSlice, RequestError, Section};

use crate::json::Json;

/// What JavaScript makes an `Error` of.
pub(crate) struct Failure<'a> {
    /// Which subclass.
    kind: &'static str,
    message: &'a str,
    code: &'a str,
    field: Option<&'a str>,
    path: Option<&'a str>,
}

impl<'a> Failure<'a> {
    pub(crate) const fn new(kind: &'static str, message: &'a str, code: &'a str) -> Self {
        Self { kind, message, code, field: None, path: None }
    }

    pub(crate) const fn at_field(mut self, field: Option<&'a str>) -> Self {
        self.field = field;
        self
    }

    pub(crate) const fn at_path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }

    /// Its fields, of an object to which some kinds of failure add theirs.
    pub(crate) fn begin(&self) -> Json {
        let mut json = Json::new();
        json.open('{');
        json.field("kind", self.kind);
        json.field("message", self.message);
        json.field("code", self.code);
        json.optional("field", self.field);
        json.optional("path", self.path);
        json
    }

    /// The text that crosses.
    pub(crate) fn to_text(&self) -> String {
        let mut json = self.begin();
        json.close('}');
        json.into_text()
    }
}

/// A field of a request that is not of its form.
pub(crate) fn request(error: RequestError) -> String {
    in_field(error.field(), &error.to_text())
}

/// An argument that is no id.
pub(crate) fn id(field: &str, error: IdError) -> String {
    let mut message = String::from("`");
    message.push_str(field);
    message.push_str("`: ");
    message.push_str(&error.to_text());
    in_field(field, &message)
}

fn in_field(field: &str, message: &str) -> String {
    Failure::new("request", message, "invalid_request").at_field(Some(field)).to_text()
}

/// Bytes that are no image.
pub(crate) fn image(error: ImageError) -> String {
    let path = error.section().map_or("header", Section::as_str);
    let message = error.to_text();
    let mut json = Failure::new("image", &message, error.fault().as_str()).at_path(path).begin();
    json.number("offset", error.offset().try_into().unwrap_or(u32::MAX));
    json.close('}');
    json.into_text()
}

/// A question beyond the slice.
pub(crate) fn outside(error: OutsideSlice) -> String {
    Failure::new("outside_slice", &error.to_text(), "outside_slice").to_text()
}
