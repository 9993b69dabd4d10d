//! The steps of `commands-*.json`, one after the other, on one directory.

use serde_json::{Value, json};
use vestibule::estate::Faults;
use vestibule::{ApplyError, Change, Command, Context, Directory, Error, Outcome, Query};
use vestibule_c::{
    VESTIBULE_E_APPLY, VESTIBULE_E_REFUSED, VESTIBULE_E_UNREADABLE, VESTIBULE_OK, vestibule_status,
};

use crate::directories::{self, load, reload, state_fields};
use crate::refusals::{of_apply, of_request, of_unreadable};
use crate::tape::{Fields, Kind, Tape};
use crate::vectors::{Vectors, array};

pub fn add(tape: &mut Tape, vectors: &Vectors) {
    let estate = vectors.value["estate"].to_string();
    let loaded = load(tape, &vectors.name, estate.as_bytes());
    let mut directory = loaded.unwrap_or_else(|| panic!("{}: a good estate", vectors.name));
    let mut last_change = None;
    for (position, step) in array(&vectors.value, "steps").iter().enumerate() {
        let name = step["name"].as_str().unwrap_or_default();
        let name = format!("{}, step {position}: {name}", vectors.name);
        take(tape, &name, &mut directory, step, &mut last_change);
    }
    if let Some(change) = last_change {
        refuse_changes(tape, &vectors.name, &directory, &change);
    }
}

fn take(
    tape: &mut Tape,
    name: &str,
    directory: &mut Directory,
    step: &Value,
    last_change: &mut Option<Change>,
) {
    if let Some(request) = step.get("decide") {
        let mut wanted = step.clone();
        let fields = wanted.as_object_mut().expect("a step is an object");
        fields.retain(|field, _| ["effect", "reason", "basis"].contains(&field.as_str()));
        directories::ask_decision(tape, name, directory, request, &wanted);
    } else if step["reload"] == true {
        *directory = reload(tape, name, directory);
    } else if let Some(query) = step.get("query") {
        ask_query(tape, name, directory, step, query);
    } else {
        let change = carry_out(tape, name, directory, step);
        *last_change = change.or_else(|| last_change.take());
    }
}

/// What C is told: status, and the JSON of the outcome, answer or refusal; and what the vectors compare of it.
type Told = (vestibule_status, String, Value);

fn told_refusal(error: &Error, context: &Context) -> Told {
    let body = error.to_api_error(context);
    let compared = json!({ "error": {
        "code": error.code(), "status": error.status(), "field": error.field(), "details": body.details,
        "message": body.message,
    } });
    (VESTIBULE_E_REFUSED, of_request(error, context), compared)
}

fn told_unreadable(what: &str, error: &Faults) -> Told {
    let compared =
        json!({ "error": { "code": "unreadable", "status": 400, "message": error.to_string() } });
    (VESTIBULE_E_UNREADABLE, of_unreadable(what, error), compared)
}

fn told_outcome(outcome: &Outcome) -> Told {
    let events = outcome.change.iter().flat_map(|change| &change.events);
    let events: Vec<Value> = events.map(|event| json!(event)["event"].clone()).collect();
    let tasks: Vec<Value> = outcome.effects.iter().map(|effect| json!(effect.task)).collect();
    let compared = json!({
        "kind": outcome.kind, "details": outcome.details, "effects": tasks, "events": events,
    });
    (VESTIBULE_OK, crate::refusals::json(outcome), compared)
}

/// What a step says of the result, apart from what it asks.
const EXPECTED: [&str; 6] = ["kind", "details", "effects", "events", "error", "answer"];

fn check(name: &str, step: &Value, told: &Value) {
    assert_eq!(told["error"].is_null(), step["error"].is_null(), "{name}: {told}");
    for field in EXPECTED {
        let Some(wanted) = step.get(field) else { continue };
        let mut found = told[field].clone();
        if let (true, Some(fields)) = (field == "error", found.as_object_mut()) {
            fields.retain(|field, _| wanted.get(field).is_some());
        }
        assert_eq!(&found, wanted, "{name}: `{field}`");
    }
}

fn context(name: &str, step: &Value) -> (String, Context) {
    let text = step["context"].to_string();
    let context = Context::from_json(text.as_bytes());
    (text, context.unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// Fields: the context and the command as JSON; the name of the command; status; outcome or refusal; the change of the outcome, or
/// empty; the state after it. Returns the change.
fn carry_out(
    tape: &mut Tape,
    name: &str,
    directory: &mut Directory,
    step: &Value,
) -> Option<Change> {
    let (context_text, context) = context(name, step);
    let command_text = step["command"].to_string();
    let mut change = None;
    let (status, told, compared) = match Command::from_json(command_text.as_bytes()) {
        Err(error) => told_unreadable("command", &error),
        Ok(command) => match directory.execute(&context, command) {
            Err(error) => told_refusal(&error, &context),
            Ok(outcome) => {
                let told = told_outcome(&outcome);
                change = outcome.change;
                told
            }
        },
    };
    check(name, step, &compared);
    let fields = Fields::new()
        .text(&context_text)
        .text(&command_text)
        .text(step["command"]["command"].as_str().unwrap_or_default())
        .status(status)
        .text(&told)
        .text(&change.as_ref().map(crate::refusals::json).unwrap_or_default())
        .with(state_fields(directory));
    tape.add(Kind::Command, name, fields);
    change
}

/// Fields: the context and the query as JSON; the name of the query; status; answer or refusal.
fn ask_query(tape: &mut Tape, name: &str, directory: &Directory, step: &Value, query: &Value) {
    let (context_text, context) = context(name, step);
    let query_text = query.to_string();
    let (status, told, compared) = match Query::from_json(query_text.as_bytes()) {
        Err(error) => told_unreadable("query", &error),
        Ok(query) => match directory.query(&context, &query) {
            Err(error) => told_refusal(&error, &context),
            Ok(answer) => {
                (VESTIBULE_OK, crate::refusals::json(&answer), json!({ "answer": answer }))
            }
        },
    };
    check(name, step, &compared);
    let fields = Fields::new()
        .text(&context_text)
        .text(&query_text)
        .text(query["query"].as_str().unwrap_or_default())
        .status(status)
        .text(&told);
    tape.add(Kind::Query, name, fields);
}

/// Changes that do not follow: the last one once more, one of a later version, one of another state, and what is no change.
fn refuse_changes(tape: &mut Tape, name: &str, directory: &Directory, change: &Change) {
    refuse_change(tape, &format!("{name}: the last change again"), directory, &json!(change));
    let mut later = json!(change);
    later["version"] = json!(u32::MAX);
    refuse_change(tape, &format!("{name}: a change of a later version"), directory, &later);
    let mut moved = json!(change);
    moved["revision"] = json!(directory.revision() + 1);
    refuse_change(tape, &format!("{name}: the last change, moved"), directory, &moved);
    refuse_change(tape, &format!("{name}: no change"), directory, &json!({ "revision": 1 }));
}

/// Tries a change on a copy. Fields: the change as JSON; status; the refusal, or empty; whether the copy is of no use any more; its
/// state if it is.
fn refuse_change(tape: &mut Tape, name: &str, directory: &Directory, change: &Value) {
    let change = change.to_string();
    let mut copy = directory.clone();
    let (status, refusal, is_poisoned) = match serde_json::from_str::<Change>(&change) {
        Err(error) => (VESTIBULE_E_UNREADABLE, of_unreadable("change", &error), false),
        Ok(change) => match copy.apply(&change) {
            Ok(()) => (VESTIBULE_OK, String::new(), false),
            Err(error) => {
                let (code, is_poisoned) = match error {
                    ApplyError::StaleRevision { .. } => ("stale_revision", false),
                    ApplyError::Version { .. } => ("version", false),
                    _ => ("event", true),
                };
                (VESTIBULE_E_APPLY, of_apply(code, &error), is_poisoned)
            }
        },
    };
    let fields = Fields::new()
        .text(&change)
        .status(status)
        .text(&refusal)
        .u32(is_poisoned.into())
        .with(state_fields(&copy));
    tape.add(Kind::Apply, name, fields);
}
