//! Runs the shared vectors of commands and queries (`commands-*.json`): the steps of a file, one after the other, on one
//! directory. Every change is also written as JSON, read back and replayed.

use core::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use vestibule::{Change, Command, Context, Directory, Query, TextRequest, Timestamp};

fn files() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("commands-"))
        .collect();
    files.sort();
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read(&path).unwrap();
        let value = serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, value)
    };
    files.into_iter().map(read).collect()
}

/// A directory with the changes that were made to it.
struct Run {
    estate: Vec<u8>,
    directory: Directory,
    journal: Vec<Change>,
}

#[test]
fn every_step_comes_to_what_was_reasoned() {
    let mut differences = String::new();
    let mut steps = 0;
    for (file, vectors) in files() {
        let estate = serde_json::to_vec(&vectors["estate"]).unwrap();
        let directory =
            Directory::from_json(&estate).unwrap_or_else(|faults| panic!("{file}: {faults}"));
        let mut run = Run { estate, directory, journal: Vec::new() };
        for (position, step) in vectors["steps"].as_array().unwrap().iter().enumerate() {
            let found = run.step(step);
            if let Some((field, expected, found)) = difference(step, &found) {
                let name = step["name"].as_str().unwrap_or_default();
                writeln!(
                    differences,
                    "{file}: step {position} {name}: {field}\n  expected {expected}\n  found    {found}"
                )
                .unwrap();
            }
            steps += 1;
        }
        run.check_replay(&file);
    }
    assert!(differences.is_empty(), "\n{differences}");
    println!("{steps} steps");
}

/// What a step says of the result, apart from what it asks. Of `details` and `answer` everything is compared.
const EXPECTED: [&str; 9] =
    ["kind", "details", "effects", "events", "error", "answer", "effect", "reason", "basis"];

fn difference(step: &Value, found: &Value) -> Option<(&'static str, Value, Value)> {
    // What was refused must be expected to be, and the other way round.
    let is_refused = !found["error"].is_null();
    if is_refused == step["error"].is_null() {
        return Some(("error", step["error"].clone(), found.clone()));
    }
    EXPECTED.into_iter().find_map(|field| {
        let expected = step.get(field)?;
        let mut found = found[field].clone();
        if field == "error" {
            found.as_object_mut()?.retain(|key, _| expected.get(key).is_some());
        }
        (*expected != found).then(|| (field, expected.clone(), found))
    })
}

impl Run {
    fn step(&mut self, step: &Value) -> Value {
        if let Some(request) = step.get("decide") {
            return decide(&self.directory, request);
        }
        if step["reload"] == true {
            let loaded = Directory::new(self.directory.to_estate());
            let loaded = loaded.unwrap_or_else(|faults| panic!("{faults}"));
            assert_eq!(loaded.digest(), self.directory.digest());
            return json!({});
        }
        let context: Context = read(&step["context"]);
        if let Some(query) = step.get("query") {
            let query: Query = match serde_json::from_value(query.clone()) {
                Ok(query) => query,
                Err(error) => return unreadable(&error),
            };
            return match self.directory.query(&context, &query) {
                Ok(answer) => json!({ "answer": answer }),
                Err(error) => refused(&error, &context),
            };
        }
        let command: Command = match serde_json::from_value(step["command"].clone()) {
            Ok(command) => command,
            Err(error) => return unreadable(&error),
        };
        assert_eq!(round_trip(&command), command);
        match self.directory.execute(&context, command) {
            Ok(outcome) => {
                let events = outcome.change.iter().flat_map(|change| &change.events);
                let events: Vec<_> = events
                    .map(|event| serde_json::to_value(event).unwrap()["event"].clone())
                    .collect();
                let tasks: Vec<_> =
                    outcome.effects.iter().map(|effect| json!(effect.task)).collect();
                let found = json!({
                    "kind": outcome.kind, "details": outcome.details, "effects": tasks, "events": events,
                });
                self.journal.extend(outcome.change);
                found
            }
            Err(error) => refused(&error, &context),
        }
    }

    /// The same changes, written and read, make the same directory.
    fn check_replay(&self, file: &str) {
        let mut replayed = Directory::from_json(&self.estate).unwrap();
        for change in &self.journal {
            replayed.apply(&round_trip(change)).unwrap();
        }
        assert_eq!(replayed.revision(), self.directory.revision(), "{file}");
        assert_eq!(replayed.digest(), self.directory.digest(), "{file}");
    }
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error} in {value}"))
}

fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    read(&serde_json::to_value(value).unwrap())
}

/// A body that is not a command at all: 400 right after 401 [C-76].
fn unreadable(error: &serde_json::Error) -> Value {
    json!({ "error": { "code": "unreadable", "status": 400, "message": error.to_string() } })
}

fn refused(error: &vestibule::Error, context: &Context) -> Value {
    let body = error.to_api_error(context);
    json!({ "error": {
        "code": error.code(), "status": error.status(), "field": error.field(), "details": body.details,
        "message": body.message,
    } })
}

fn decide(directory: &Directory, request: &Value) -> Value {
    let text = |field: &str| request[field].as_str().unwrap();
    let request = TextRequest {
        principal: text("principal"),
        action: text("action"),
        resource: text("resource"),
        acting_org: request["acting_org"].as_str(),
        at: Timestamp::parse(text("at")).unwrap(),
    };
    let decision = directory.decide_text(&request).unwrap();
    json!({
        "effect": decision.effect().as_str(),
        "reason": decision.reason().as_str(),
        "basis": decision.basis().as_str(),
    })
}
