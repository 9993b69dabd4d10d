//! Questions as they cross: text, with a word on whether an acting organisation was given.

use alloc::string::String;
use core::fmt::{self, Write};

use vestibule::{IdRef, Principal, Request, Resource, TextRequest};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::failure;
use crate::packed::instant;

/// A question. The empty text is no id, so a flag beside it tells "none" from "wrong".
pub(crate) fn text_request<'a>(
    principal: &'a str,
    action: &'a str,
    resource: &'a str,
    acting_org: &'a str,
    has_acting_org: bool,
    at: f64,
) -> TextRequest<'a> {
    let acting_org = has_acting_org.then_some(acting_org);
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

/// A line each; neither ids nor names of keys, commands and queries contain the end of a line.
pub(crate) fn lines(items: impl Iterator<Item: fmt::Display>) -> String {
    let mut text = String::new();
    for item in items {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "{item}");
    }
    text
}

/// Why a question could not be read; asked for after a decision that says so.
#[wasm_bindgen(js_name = unreadable)]
#[must_use]
pub fn unreadable(
    principal: &str,
    action: &str,
    resource: &str,
    acting_org: &str,
    has_acting_org: bool,
) -> String {
    let request = text_request(principal, action, resource, acting_org, has_acting_org, 0.0);
    readable(&request).err().unwrap_or_default()
}
