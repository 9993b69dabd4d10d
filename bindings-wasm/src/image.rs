//! An image that owns its bytes.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use self_cell::self_cell;
use vestibule::{
    Explanation, Freshness, Image, Key, OrganisationHandle, PrincipalHandle, Question, Reason,
    Request, ResourceHandle,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::failure::{self, to_json};
use crate::lobby::Unit;
use crate::packed::{Handover, instant, millis};
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

/// An opened image, with its bytes.
#[wasm_bindgen(js_name = RawImage)]
pub struct RawImage {
    opened: Opened,
    handover: Handover,
}

#[wasm_bindgen(js_class = RawImage)]
impl RawImage {
    /// Opens an image; keeps the bytes.
    ///
    /// # Errors
    ///
    /// Why they are none.
    pub fn open(bytes: Box<[u8]>) -> Result<RawImage, String> {
        let opened = Opened::try_new(bytes, |bytes| Image::open(bytes)).map_err(failure::image)?;
        Ok(Self { opened, handover: Handover::new() })
    }

    /// Decides from text; a [`packed`](crate::packed) decision, or that the question could not be read.
    pub fn decide(
        &self,
        principal: &str,
        action: &str,
        resource: &str,
        acting_org: &str,
        has_acting_org: bool,
        at: f64,
    ) -> u32 {
        let request = text_request(principal, action, resource, acting_org, has_acting_org, at);
        self.handover.give_text(self.image().decide_text(&request))
    }

    /// Decides with handles. One that is none denies.
    #[wasm_bindgen(js_name = decideHandles)]
    pub fn decide_handles(
        &self,
        principal: f64,
        key: u32,
        resource: f64,
        acting_org: f64,
        at: f64,
    ) -> u32 {
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

    /// The handle of a principal, 0 where there is none.
    ///
    /// # Errors
    ///
    /// When the text is not of its form, as with all below.
    pub fn principal(&self, text: &str) -> Result<f64, String> {
        let found = self.image().principal(principal(text)?);
        Ok(found.map_or(NO_HANDLE, |handle| number(handle.to_bits())))
    }

    /// The handle of a resource.
    ///
    /// # Errors
    ///
    /// See [`RawImage::principal`].
    pub fn resource(&self, text: &str) -> Result<f64, String> {
        let found = self.image().resource(resource(text)?);
        Ok(found.map_or(NO_HANDLE, |handle| number(handle.to_bits())))
    }

    /// The handle of an organisation.
    ///
    /// # Errors
    ///
    /// See [`RawImage::principal`].
    pub fn organisation(&self, text: &str) -> Result<f64, String> {
        let found = self.image().organisation(id("organisation", text)?);
        Ok(found.map_or(NO_HANDLE, |handle| number(handle.to_bits())))
    }

    /// The number of a permission key, 0 where there is none.
    pub fn key(&self, text: &str) -> u32 {
        self.image().key(text).map_or(0, |key| key.to_bits().into())
    }

    /// Explains, as JSON.
    ///
    /// # Errors
    ///
    /// See [`RawImage::principal`].
    pub fn explain(
        &self,
        principal: &str,
        action: &str,
        resource: &str,
        acting_org: &str,
        has_acting_org: bool,
        at: f64,
    ) -> Result<String, String> {
        let request = text_request(principal, action, resource, acting_org, has_acting_org, at);
        Ok(to_json(&explain(self.image(), &readable(&request)?)))
    }

    /// The keys that a principal has on a resource, a line each.
    ///
    /// # Errors
    ///
    /// See [`RawImage::principal`]; or when it is outside the slice, as with all lists.
    pub fn permissions(&self, who: &str, what: &str, at: f64) -> Result<String, String> {
        let (who, what) = (principal(who)?, resource(what)?);
        Ok(lines(self.image().permissions(who, what, instant(at)).map_err(failure::outside)?))
    }

    /// The resources on which a person may do something, a line each.
    ///
    /// # Errors
    ///
    /// See [`RawImage::permissions`].
    #[wasm_bindgen(js_name = whatCan)]
    pub fn what_can(&self, person: &str, action: &str, at: f64) -> Result<String, String> {
        let person = id("person", person)?;
        Ok(lines(self.image().what_can(person, action, instant(at)).map_err(failure::outside)?))
    }

    /// The people who may do something, a line each.
    ///
    /// # Errors
    ///
    /// See [`RawImage::permissions`].
    #[wasm_bindgen(js_name = whoCan)]
    pub fn who_can(&self, action: &str, on: &str, at: f64) -> Result<String, String> {
        let on = resource(on)?;
        Ok(lines(self.image().who_can(action, on, instant(at)).map_err(failure::outside)?))
    }

    /// Who is shown in the lobby, as JSON.
    ///
    /// # Errors
    ///
    /// See [`RawImage::permissions`].
    #[wasm_bindgen(js_name = lobbyDirectory)]
    pub fn lobby_directory(&self, integration: &str, at: f64) -> Result<String, String> {
        let integration = id("integration", integration)?;
        let units = self.image().lobby_directory(integration, instant(at));
        Ok(to_json(&units.map_err(failure::outside)?.map(Unit::from).collect::<Vec<_>>()))
    }

    /// The revision of the estate.
    #[wasm_bindgen(getter)]
    pub fn revision(&self) -> u64 {
        self.image().revision()
    }

    /// When it was issued, in milliseconds since 1970.
    #[wasm_bindgen(getter, js_name = issuedAt)]
    pub fn issued_at(&self) -> f64 {
        millis(self.image().issued_at())
    }

    /// What it holds of its estate.
    #[wasm_bindgen(getter)]
    pub fn slice(&self) -> String {
        self.image().slice().as_str().into()
    }

    /// The id of the integration or person it is for; empty for everything.
    #[wasm_bindgen(getter)]
    pub fn subject(&self) -> String {
        self.image().subject().map(|id| id.to_string()).unwrap_or_default()
    }

    /// Its SHA-256.
    #[wasm_bindgen(getter)]
    pub fn digest(&self) -> Box<[u8]> {
        self.image().digest().into()
    }

    /// Where an instant lies within the limits of freshness.
    pub fn freshness(&self, at: f64) -> String {
        let word = match self.image().freshness(instant(at)) {
            Freshness::BeforeIssue => "before_issue",
            Freshness::Fresh => "fresh",
            Freshness::Stale => "stale",
            _ => "too_old",
        };
        word.into()
    }
}

impl RawImage {
    #[inline]
    fn image(&self) -> &Image<'_> {
        self.opened.borrow_dependent()
    }
}

/// A question of numbers.
#[inline]
fn question(
    principal: f64,
    key: u32,
    resource: f64,
    acting_org: f64,
    at: f64,
) -> Result<Question, Reason> {
    let principal = PrincipalHandle::from_bits(bits(principal)).ok_or(Reason::PrincipalUnknown)?;
    let key = u16::try_from(key).ok().and_then(Key::from_bits).ok_or(Reason::ActionUnknown)?;
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

/// The number of a handle, below 2^53.
#[expect(clippy::cast_precision_loss, reason = "a kind above 32 bits")]
fn number(bits: u64) -> f64 {
    bits as f64
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
