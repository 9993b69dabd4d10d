//! An image that owns its bytes.

use alloc::boxed::Box;
use alloc::string::String;
use self_cell::self_cell;
use vestibule::{
    Explanation, Image, Key, OrganisationHandle, PrincipalHandle, Question, Reason, Request,
    ResourceHandle, TextRequest,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::explained::explained;
use crate::failure::{self, outside};
use crate::json::{digits, hex};
use crate::lobby;
use crate::packed::{Handover, instant};
use crate::question::{id, lines, principal, readable, resource, text_request};

self_cell! {
    struct Opened {
        owner: Box<[u8]>,
        #[covariant]
        dependent: Image,
    }
}

/// What stands for no handle; kinds are counted from 1.
const NO_HANDLE: f64 = 0.0;
/// What stands for no acting organisation, apart from a handle that names nothing.
const NO_ACTING_ORG: f64 = -1.0;

/// What [`RawImage::call`] does, by its number in `js/raw-image.js`.
mod operation {
    pub(super) const DECIDE: u8 = 0;
    pub(super) const EXPLAIN: u8 = 1;
    pub(super) const PERMISSIONS: u8 = 2;
    pub(super) const WHAT_CAN: u8 = 3;
    pub(super) const WHO_CAN: u8 = 4;
    pub(super) const LOBBY_DIRECTORY: u8 = 5;
    pub(super) const PRINCIPAL: u8 = 6;
    pub(super) const KEY: u8 = 7;
    pub(super) const RESOURCE: u8 = 8;
    pub(super) const ORGANISATION: u8 = 9;
    pub(super) const FRESHNESS: u8 = 10;
    // 11, and whatever is none: what the image says of itself.
}

/// An opened image, with its bytes. Of its exports there are few: each is about half a kilobyte of code.
#[wasm_bindgen(js_name = RawImage)]
pub struct RawImage {
    opened: Opened,
    handover: Handover,
}

#[wasm_bindgen(js_class = RawImage)]
impl RawImage {
    /// Opens an image; keeps the bytes. Why they are none, [`image_fault`] says.
    #[must_use]
    pub fn open(bytes: Box<[u8]>) -> Option<RawImage> {
        let opened = Opened::try_new(bytes, |bytes| Image::open(bytes)).ok()?;
        Some(Self { opened, handover: Handover::new() })
    }

    /// Does one of the operations with those of the arguments that it needs. What comes of it is a number: a
    /// [`packed`](crate::packed) decision, a handle, or -1 for none; [`RawImage::answer`] has the text to it.
    pub fn call(
        &self,
        operation: u8,
        principal: &str,
        action: &str,
        resource: &str,
        acting_org: Option<String>,
        at: f64,
    ) -> f64 {
        let asked = text_request(principal, action, resource, acting_org.as_deref(), at);
        if operation == operation::DECIDE {
            return self.handover.give_text(self.image().decide_text(&asked));
        }
        match perform(self.image(), operation, &asked) {
            Ok((number, text)) => self.handover.tell(number, text),
            Err(failure) => self.handover.fail(failure),
        }
    }

    /// The text of the last call, once: its answer, or why there is none.
    pub fn answer(&self) -> String {
        self.handover.text()
    }

    /// Decides with handles. One that is none denies.
    #[wasm_bindgen(js_name = decideHandles)]
    pub fn decide_handles(
        &self,
        principal: f64,
        key: f64,
        resource: f64,
        acting_org: f64,
        at: f64,
    ) -> f64 {
        let question = question(principal, key, resource, acting_org, at);
        question.map_or_else(
            |reason| self.handover.refuse(reason),
            |question| self.handover.give(self.image().decide_question(&question)),
        )
    }

    /// Until when the last decision holds.
    pub fn until(&self) -> f64 {
        self.handover.until()
    }
}

impl RawImage {
    #[inline]
    fn image(&self) -> &Image<'_> {
        self.opened.borrow_dependent()
    }
}

/// Why bytes are no image; nothing where they are one.
#[wasm_bindgen(js_name = imageFault)]
#[must_use]
pub fn image_fault(bytes: &[u8]) -> String {
    Image::open(bytes).err().map(failure::image).unwrap_or_default()
}

/// The number and the text that an operation comes to, or why to nothing.
fn perform(
    image: &Image<'_>,
    operation: u8,
    asked: &TextRequest<'_>,
) -> Result<(f64, String), String> {
    let TextRequest { principal: who, action, resource: what, acting_org, at } = *asked;
    let text = match operation {
        operation::EXPLAIN => explained(&explain(image, &readable(asked)?)),
        operation::PERMISSIONS => {
            lines(image.permissions(principal(who)?, resource(what)?, at).map_err(outside)?)
        }
        operation::WHAT_CAN => {
            lines(image.what_can(id("person", who)?, action, at).map_err(outside)?)
        }
        operation::WHO_CAN => lines(image.who_can(action, resource(what)?, at).map_err(outside)?),
        operation::LOBBY_DIRECTORY => {
            lobby::shown(image.lobby_directory(id("integration", what)?, at).map_err(outside)?)
        }
        operation::FRESHNESS => image.freshness(at).as_str().into(),
        operation::PRINCIPAL => {
            return found(image.principal(principal(who)?).map(PrincipalHandle::to_bits));
        }
        operation::KEY => return found(image.key(action).map(Key::to_bits)),
        operation::RESOURCE => {
            return found(image.resource(resource(what)?).map(ResourceHandle::to_bits));
        }
        operation::ORGANISATION => {
            let id = id("organisation", acting_org.unwrap_or_default())?;
            return found(image.organisation(id).map(OrganisationHandle::to_bits));
        }
        _ => about(image),
    };
    Ok((0.0, text))
}

/// The number of a handle, below 2^53; [`NO_HANDLE`] where there is none.
#[expect(clippy::cast_precision_loss, reason = "a kind above 32 bits")]
fn found(bits: Option<u64>) -> Result<(f64, String), String> {
    Ok((bits.map_or(NO_HANDLE, |bits| bits as f64), String::new()))
}

/// What an image says of itself, a line each: the revision of the estate, the slice, its subject, the SHA-256, and the
/// milliseconds of the issue.
fn about(image: &Image<'_>) -> String {
    let mut text = String::new();
    digits(image.revision(), &mut text);
    text.push('\n');
    text.push_str(image.slice().as_str());
    text.push('\n');
    if let Some(subject) = image.subject() {
        subject.with_text(|id| text.push_str(id));
    }
    text.push('\n');
    hex(&image.digest(), &mut text);
    text.push('\n');
    let issued_at = image.issued_at().as_millis();
    if issued_at < 0 {
        text.push('-');
    }
    digits(issued_at.unsigned_abs(), &mut text);
    text
}

/// A question of numbers.
#[inline]
fn question(
    principal: f64,
    key: f64,
    resource: f64,
    acting_org: f64,
    at: f64,
) -> Result<Question, Reason> {
    let principal = PrincipalHandle::from_bits(bits(principal)).ok_or(Reason::PrincipalUnknown)?;
    let key = Key::from_bits(bits(key)).ok_or(Reason::ActionUnknown)?;
    let resource = ResourceHandle::from_bits(bits(resource)).ok_or(Reason::ResourceUnknown)?;
    let question = Question::new(principal, key, resource, instant(at));
    if acting_org.to_bits() == NO_ACTING_ORG.to_bits() {
        return Ok(question);
    }
    let organisation = OrganisationHandle::from_bits(bits(acting_org));
    Ok(question.acting_for(organisation.ok_or(Reason::ActingOrgUnknown)?))
}

/// What is no number, or below 0, is 0, and so no handle.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
fn bits(number: f64) -> u64 {
    number as u64
}

/// Explains with the capitals of JavaScript: those of Rust are a table that would be a tenth of this package.
#[cfg(target_family = "wasm")]
fn explain(image: &Image<'_>, request: &Request<'_>) -> Explanation {
    image.explain_with(request, capital)
}

#[cfg(not(target_family = "wasm"))]
fn explain(image: &Image<'_>, request: &Request<'_>) -> Explanation {
    image.explain(request)
}

/// A letter as a capital. JavaScript has those of all scripts.
#[cfg(target_family = "wasm")]
fn capital(letter: char) -> String {
    if letter.is_ascii() {
        return letter.to_ascii_uppercase().into();
    }
    to_upper_case(letter.encode_utf8(&mut [0; 4]))
}

#[cfg(target_family = "wasm")]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["String", "prototype", "toUpperCase"], js_name = call)]
    fn to_upper_case(text: &str) -> String;
}
