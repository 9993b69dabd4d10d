//! The tape of the host tier: directories, and all that is done with them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use vestibule::{Command, Directory, IdRef, Query, Slice, Timestamp};

use crate::directories::{self, Options, first_id, load};
use crate::refusals;
use crate::tape::{Fields, Kind, Tape};
use crate::vectors::{Vectors, array, family, text};
use crate::{images, steps};

/// Fewer than that of a kind means that vectors are lost on the way.
const AT_LEAST: [(Kind, u32); 10] = [
    (Kind::Load, 140),
    (Kind::Names, 2),
    (Kind::Command, 500),
    (Kind::Query, 100),
    (Kind::Apply, 150),
    (Kind::Reload, 1),
    (Kind::Freeze, 40),
    (Kind::DirectoryDecision, 600),
    (Kind::DirectoryList, 60),
    (Kind::Explain, 600),
];

pub fn tape() -> Tape {
    let mut tape = Tape::new();
    add_names(&mut tape);
    for vectors in family("faults") {
        add_faults(&mut tape, &vectors);
    }
    for vectors in family("decide") {
        add_decisions(&mut tape, &vectors);
    }
    let commands = family("commands");
    for vectors in &commands {
        steps::add(&mut tape, vectors);
    }
    check_every_operation(&commands);
    for (kind, at_least) in AT_LEAST {
        let count = tape.count(kind);
        assert!(count >= at_least, "{kind:?}: {count} records, expected {at_least} or more");
    }
    tape
}

/// The names of commands, then of queries. Fields: 0 for commands and 1 for queries; the names.
fn add_names(tape: &mut Tape) {
    for (which, name, names) in [(0, "commands", Command::NAMES), (1, "queries", Query::NAMES)] {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        tape.add(Kind::Names, name, Fields::new().u32(which).texts(&names));
    }
}

/// Every command and every query is carried out somewhere, and not only refused. The player counts them too.
fn check_every_operation(commands: &[Vectors]) {
    let steps = commands.iter().flat_map(|vectors| array(&vectors.value, "steps"));
    let carried_out = steps.filter(|step| step["error"].is_null());
    let names = carried_out
        .filter_map(|step| step["command"]["command"].as_str().or(step["query"]["query"].as_str()));
    let met: BTreeSet<&str> = names.collect();
    let all = Command::NAMES.iter().chain(Query::NAMES);
    let missing: Vec<_> = all.filter(|name| !met.contains(*name)).collect();
    assert!(missing.is_empty(), "operations that no vector carries out: {missing:?}");
}

fn add_faults(tape: &mut Tape, vectors: &Vectors) {
    for case in array(&vectors.value, "cases") {
        let name = format!("{}: {}", vectors.name, text(case, "name"));
        let document =
            case["text"].as_str().map_or_else(|| case["document"].to_string(), str::to_owned);
        check_faults(&name, document.as_bytes(), &case["faults"]);
        load(tape, &name, document.as_bytes());
    }
}

/// Faults are compared as a set, as everywhere; their order is compared in what C is told.
fn check_faults(name: &str, document: &[u8], wanted: &Value) {
    let faults = Directory::from_json(document).err().unwrap_or_default();
    let found =
        faults.iter().map(|fault| json!({ "path": fault.path, "code": fault.code.as_str() }));
    let found: BTreeSet<String> = found.map(|fault| refusals::json(&fault)).collect();
    let wanted = wanted.as_array().map_or(&[][..], Vec::as_slice);
    let wanted: BTreeSet<String> = wanted.iter().map(refusals::json).collect();
    assert_eq!(found, wanted, "{name}");
}

/// Decisions, lists and explanations of the directory, and of the image of all of it.
fn add_decisions(tape: &mut Tape, vectors: &Vectors) {
    let (name, estate) = (&vectors.name, &vectors.value["estate"]);
    let loaded = load(tape, name, estate.to_string().as_bytes());
    let directory = loaded.unwrap_or_else(|| panic!("{name}: a good estate"));
    for case in array(&vectors.value, "decisions") {
        let name = format!("{name}: {}", text(case, "name"));
        directories::ask_decision(tape, &name, &directory, &case["request"], &case["expect"]);
    }
    for case in array(&vectors.value, "lists") {
        let name = format!("{name}: {}", text(case, "name"));
        directories::ask_list(tape, &name, &directory, case);
    }
    let bytes = add_images(tape, name, &directory, estate);
    let image = images::place(tape, name, &bytes);
    for case in array(&vectors.value, "decisions") {
        let name = format!("{name}: {}", text(case, "name"));
        directories::explain_image(tape, &name, &image, &case["request"]);
    }
}

/// The images of a directory, and those that there are not; returns that of everything.
fn add_images(tape: &mut Tape, name: &str, directory: &Directory, estate: &Value) -> Vec<u8> {
    let issued_at = Timestamp::parse("2026-11-22T18:00:00Z").expect("an instant");
    let whole = Options { slice: Slice::Everything, issued_at, fresh_for: None, max_stale: None };
    let limited = |slice| Options { slice, fresh_for: Some(1), max_stale: Some(2), ..whole };
    if let Some(id) = first_id(estate, "integrations") {
        let options = limited(Slice::Integration(id));
        directories::freeze(tape, &format!("{name}: an integration"), directory, &options, "");
    }
    if let Some(id) = first_id(estate, "people") {
        let options = limited(Slice::Person(id));
        directories::freeze(tape, &format!("{name}: a person"), directory, &options, "");
    }
    let nobody = IdRef::parse("nobody-of-that-id").expect("an id");
    let refused = [
        (limited(Slice::Integration(nobody)), "unknown_integration"),
        (limited(Slice::Person(nobody)), "unknown_person"),
        (Options { fresh_for: Some(2), max_stale: Some(1), ..whole }, "limits"),
    ];
    for (options, code) in refused {
        directories::freeze(tape, &format!("{name}: {code}"), directory, &options, code);
    }
    directories::freeze(tape, &format!("{name}: everything"), directory, &whole, "")
}
