//! A directory that lives in JavaScript's memory: commands and queries cross as JSON.

mod refusal;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;
use vestibule::{Command, Context, Directory, Issue, Query, Slice};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::explained::explained;
use crate::json::hex;
use crate::packed::{Handover, instant};
use crate::question::{id, lines, principal, readable, resource, text_request};

/// A directory.
#[wasm_bindgen(js_name = RawDirectory)]
pub struct RawDirectory {
    directory: Directory,
    handover: Handover,
}

#[wasm_bindgen(js_class = RawDirectory)]
impl RawDirectory {
    /// Loads an estate from its JSON.
    ///
    /// # Errors
    ///
    /// Every fault of it.
    pub fn load(estate: &[u8]) -> Result<RawDirectory, String> {
        let directory = Directory::from_json(estate).map_err(|faults| refusal::estate(&faults))?;
        Ok(Self { directory, handover: Handover::new() })
    }

    /// A copy of it.
    #[wasm_bindgen(js_name = copy)]
    #[must_use]
    pub fn copy(&self) -> RawDirectory {
        Self { directory: self.directory.clone(), handover: Handover::new() }
    }

    /// Decides from text; a [`packed`](crate::packed) decision, or -1 where the question cannot be read: [`RawDirectory::answer`]
    /// says why.
    pub fn decide(
        &self,
        principal: &str,
        action: &str,
        resource: &str,
        acting_org: Option<String>,
        at: f64,
    ) -> f64 {
        let request = text_request(principal, action, resource, acting_org.as_deref(), at);
        self.handover.give_text(self.directory.decide_text(&request))
    }

    /// Why the last question could not be read, once.
    pub fn answer(&self) -> String {
        self.handover.text()
    }

    /// Until when the last decision holds.
    pub fn until(&self) -> f64 {
        self.handover.until()
    }

    /// Explains, as JSON.
    ///
    /// # Errors
    ///
    /// When a field is not of its form, as with the lists below.
    pub fn explain(
        &self,
        principal: &str,
        action: &str,
        resource: &str,
        acting_org: Option<String>,
        at: f64,
    ) -> Result<String, String> {
        let request = text_request(principal, action, resource, acting_org.as_deref(), at);
        Ok(explained(&self.directory.explain(&readable(&request)?)))
    }

    /// The keys that a principal has on a resource, a line each.
    ///
    /// # Errors
    ///
    /// See [`RawDirectory::explain`].
    pub fn permissions(&self, who: &str, what: &str, at: f64) -> Result<String, String> {
        let (who, what) = (principal(who)?, resource(what)?);
        Ok(lines(self.directory.permissions(who, what, instant(at))))
    }

    /// The resources on which a person may do something, a line each.
    ///
    /// # Errors
    ///
    /// See [`RawDirectory::explain`].
    #[wasm_bindgen(js_name = whatCan)]
    pub fn what_can(&self, person: &str, action: &str, at: f64) -> Result<String, String> {
        Ok(lines(self.directory.what_can(id("person", person)?, action, instant(at))))
    }

    /// The people who may do something, a line each.
    ///
    /// # Errors
    ///
    /// See [`RawDirectory::explain`].
    #[wasm_bindgen(js_name = whoCan)]
    pub fn who_can(&self, action: &str, on: &str, at: f64) -> Result<String, String> {
        Ok(lines(self.directory.who_can(action, resource(on)?, instant(at))))
    }

    /// Who is shown in the lobby, as JSON.
    ///
    /// # Errors
    ///
    /// See [`RawDirectory::explain`].
    #[wasm_bindgen(js_name = lobbyDirectory)]
    pub fn lobby_directory(&self, integration: &str, at: f64) -> Result<String, String> {
        let units = self.directory.lobby_directory(id("integration", integration)?, instant(at));
        Ok(to_json(&units.collect::<Vec<_>>()))
    }

    /// Carries a command out; the outcome as JSON.
    ///
    /// # Errors
    ///
    /// Why it is refused.
    pub fn execute(&mut self, context: &str, command: &str) -> Result<String, String> {
        let (context, command) = read_command(context, command)?;
        let outcome = self.directory.execute(&context, command);
        outcome.map(|outcome| to_json(&outcome)).map_err(|error| refusal::api(&error, &context))
    }

    /// What a command would come to, as JSON.
    ///
    /// # Errors
    ///
    /// Why it is refused.
    pub fn prepare(&self, context: &str, command: &str) -> Result<String, String> {
        let (context, command) = read_command(context, command)?;
        let outcome = self.directory.prepare(&context, &command);
        outcome.map(|outcome| to_json(&outcome)).map_err(|error| refusal::api(&error, &context))
    }

    /// Answers a caller, as JSON.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn query(&self, context: &str, query: &str) -> Result<String, String> {
        let context = read_context(context)?;
        let query = Query::from_json(query.as_bytes())
            .map_err(|faults| refusal::unreadable("query", &faults))?;
        let answer = self.directory.query(&context, &query);
        answer.map(|answer| to_json(&answer)).map_err(|error| refusal::api(&error, &context))
    }

    /// Freezes a slice of the kind `everything`, `integration` or `person`; the limits are in milliseconds, infinite for none.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn freeze(
        &self,
        kind: &str,
        subject: &str,
        issued_at: f64,
        fresh_for: f64,
        max_stale: f64,
    ) -> Result<Box<[u8]>, String> {
        let slice = match kind {
            "everything" => Slice::Everything,
            "integration" => Slice::Integration(id("slice.integration", subject)?),
            // Of no other kind, and if it were one, the narrowest.
            _ => Slice::Person(id("slice.person", subject)?),
        };
        let issue = issue(issued_at, fresh_for, max_stale);
        let image = self.directory.freeze(&slice, &issue);
        image.map(Vec::into_boxed_slice).map_err(|error| refusal::freeze(&error))
    }

    /// The estate as JSON.
    #[wasm_bindgen(js_name = toEstate)]
    #[must_use]
    pub fn to_estate(&self) -> String {
        to_json(&self.directory.to_estate())
    }

    /// The SHA-256 of the estate, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut text = String::new();
        hex(&self.directory.digest(), &mut text);
        text
    }

    /// The revision of the estate.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.directory.revision()
    }
}

/// The names of all commands, a line each.
#[wasm_bindgen(js_name = commandNames)]
#[must_use]
pub fn command_names() -> String {
    lines(Command::NAMES.iter().copied())
}

/// The names of all queries, a line each.
#[wasm_bindgen(js_name = queryNames)]
#[must_use]
pub fn query_names() -> String {
    lines(Query::NAMES.iter().copied())
}

/// JSON of what cannot fail to be written: no map in it has a key that is not text.
fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn read_command(context: &str, command: &str) -> Result<(Context, Command), String> {
    let command = Command::from_json(command.as_bytes());
    Ok((read_context(context)?, command.map_err(|faults| refusal::unreadable("command", &faults))?))
}

fn read_context(json: &str) -> Result<Context, String> {
    Context::from_json(json.as_bytes()).map_err(|faults| refusal::unreadable("context", &faults))
}

/// JavaScript has found the limits to be whole milliseconds from 0 up, or infinite.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and not below 0"
)]
fn issue(issued_at: f64, fresh_for: f64, max_stale: f64) -> Issue {
    let mut issue = Issue::at(instant(issued_at));
    if fresh_for.is_finite() {
        issue = issue.fresh_for(fresh_for as u64);
    }
    if max_stale.is_finite() {
        issue = issue.max_stale(max_stale as u64);
    }
    issue
}
