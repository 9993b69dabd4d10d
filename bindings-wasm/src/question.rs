//! Questions as they cross, as text; and lists, as lines.

use alloc::string::String;

use vestibule::{IdRef, Principal, Request, Resource, TextRequest};

use crate::failure;
use crate::packed::instant;

/// A question.
pub(crate) fn text_request<'a>(
    principal: &'a str,
    action: &'a str,
    resource: &'a str,
    acting_org: Option<&'a str>,
    at: f64,
) -> TextRequest<'a> {
    TextRequest { principal, action, resource, acting_org, at: instant(at) }
}

/// The question with its ids read.
pub(crate) fn readable<'a>(request: &TextRequest<'a>) -> Result<Request<'a>, String> {
    request.parse().map_err(failure::request)
}

pub(crate) fn principal(text: &str) -> Result<Principal<'_>, String> {
    Principal::parse(text).map_err(failure::request)
}

pub(crate) fn resource(text: &str) -> Result<Resource<'_>, String> {
    Resource::parse(text).map_err(failure::request)
}

pub(crate) fn id<'a>(field: &str, text: &'a str) -> Result<IdRef<'a>, String> {
    IdRef::parse(text).map_err(|error| failure::id(field, error))
}

/// What stands in a line of a list. Neither ids nor names of keys, commands and queries contain the end of a line.
pub(crate) trait Line {
    fn add_to(&self, text: &mut String);
}

impl Line for &str {
    fn add_to(&self, text: &mut String) {
        text.push_str(self);
    }
}

impl Line for IdRef<'_> {
    fn add_to(&self, text: &mut String) {
        self.with_text(|id| text.push_str(id));
    }
}

impl Line for Resource<'_> {
    fn add_to(&self, text: &mut String) {
        text.push_str(&self.to_text());
    }
}

/// A line each.
pub(crate) fn lines(items: impl Iterator<Item: Line>) -> String {
    let mut text = String::new();
    for item in items {
        item.add_to(&mut text);
        text.push('\n');
    }
    text
}
