//! Runs the shared vectors (`core/tests/vectors/README.md`): every case of every file, with all
//! differences reported at once.

use core::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use vestibule::{
    Directory, Estate, IdForm, IdRef, ListQuery, MemberDepth, Principal, Resource, RolePath,
    TextRequest, Timestamp,
};

fn read(family: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let files = files.iter().filter(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with(family) && name.ends_with(".json")
    });
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read(path).unwrap();
        (
            name.clone(),
            serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{name}: {error}")),
        )
    };
    let files: Vec<_> = files.map(read).collect();
    assert!(!files.is_empty(), "no vectors of family {family}");
    files
}

/// Differences between what a file expects and what came.
#[derive(Default)]
struct Differences {
    text: String,
    cases: usize,
}

impl Differences {
    fn compare(&mut self, file: &str, case: &str, expected: &Value, found: &Value) {
        self.cases += 1;
        if expected != found {
            writeln!(self.text, "{file}: {case}\n  expected {expected}\n  found    {found}")
                .unwrap();
        }
    }

    fn finish(self, family: &str, at_least: usize) {
        assert!(self.text.is_empty(), "\n{}", self.text);
        assert!(self.cases >= at_least, "{family}: only {} cases ran", self.cases);
        println!("{family}: {} cases", self.cases);
    }
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_else(|| panic!("`{field}` is missing in {value}"))
}

#[test]
fn ids() {
    let mut differences = Differences::default();
    for (file, vectors) in read("ids") {
        for case in array(&vectors["cases"]) {
            let found = match IdRef::parse(text(case, "text")) {
                Err(_) => json!({"error": true}),
                Ok(id) => {
                    let form = match id.form() {
                        IdForm::Ulid => "ulid",
                        IdForm::Uuid => "uuid",
                        IdForm::Name => "name",
                    };
                    json!({"id": {"form": form, "canonical": id.to_string()}})
                }
            };
            let mut expected = case.clone();
            expected.as_object_mut().unwrap().retain(|field, _| field == "error" || field == "id");
            differences.compare(&file, text(case, "text"), &expected, &found);
        }
    }
    differences.finish("ids", 40);
}

#[test]
fn covers() {
    let mut differences = Differences::default();
    for (file, vectors) in read("covers") {
        for case in array(&vectors["cases"]) {
            if case["path"].is_string() {
                let found = RolePath::parse(text(case, "path"))
                    .map_or(json!({"error": true}), |path| json!({"canonical": path.as_str()}));
                let mut expected = case.clone();
                expected
                    .as_object_mut()
                    .unwrap()
                    .retain(|field, _| field == "error" || field == "canonical");
                differences.compare(&file, text(case, "path"), &expected, &found);
                continue;
            }
            let held = RolePath::parse(text(case, "held")).unwrap();
            let wanted = RolePath::parse(text(case, "wanted")).unwrap();
            let name = format!("{held} / {wanted}");
            if !case["covers"].is_null() {
                differences.compare(&file, &name, &case["covers"], &json!(held.covers(&wanted)));
            }
            if !case["overlaps"].is_null() {
                let both = [held.overlaps(&wanted), wanted.overlaps(&held)];
                let expected = json!([case["overlaps"], case["overlaps"]]);
                differences.compare(&file, &format!("overlaps {name}"), &expected, &json!(both));
            }
        }
    }
    differences.finish("covers", 70);
}

#[test]
fn faults() {
    let mut differences = Differences::default();
    for (file, vectors) in read("faults") {
        for case in array(&vectors["cases"]) {
            let document = match case["text"].as_str() {
                Some(text) => text.as_bytes().to_vec(),
                None => serde_json::to_vec(&case["document"]).unwrap(),
            };
            let faults = Directory::from_json(&document).err().unwrap_or_default();
            let found =
                faults.iter().map(|fault| json!({"path": fault.path, "code": fault.code.as_str()}));
            let found = sorted(found.collect());
            let expected = sorted(array(&case["faults"]).to_vec());
            let name = format!("{} ({faults})", text(case, "name"));
            differences.compare(&file, &name, &expected, &found);
        }
    }
    differences.finish("faults", 60);
}

/// Faults are compared as a set: a reader of a report does not mind their order.
fn sorted(mut faults: Vec<Value>) -> Value {
    faults.sort_by_key(ToString::to_string);
    Value::Array(faults)
}

#[test]
fn decisions_and_lists() {
    let mut differences = Differences::default();
    let mut lists = Differences::default();
    for (file, vectors) in read("decide") {
        let estate = serde_json::to_vec(&vectors["estate"]).unwrap();
        let directory =
            Directory::from_json(&estate).unwrap_or_else(|faults| panic!("{file}: {faults}"));
        for case in array(&vectors["decisions"]) {
            let found = decide(&directory, &case["request"]);
            let expected = &case["expect"];
            let fields = expected.as_object().unwrap().keys();
            let found = fields.map(|field| (field.clone(), found[field].clone()));
            differences.compare(&file, text(case, "name"), expected, &found.collect());
        }
        for case in array(&vectors["lists"]) {
            let found = list(&directory, case);
            lists.compare(&file, text(case, "name"), &case["expect"], &found);
        }
    }
    differences.finish("decisions", 120);
    lists.finish("lists", 40);
}

/// [C-85]
fn decide(directory: &Directory, request: &Value) -> Value {
    let request = TextRequest {
        principal: text(request, "principal"),
        action: text(request, "action"),
        resource: text(request, "resource"),
        acting_org: request["acting_org"].as_str(),
        at: at(request),
    };
    let decision = directory.decide_text(&request).unwrap();
    let until = (decision.until() != Timestamp::MAX).then(|| decision.until().to_string());
    json!({
        "effect": decision.effect().as_str(),
        "reason": decision.reason().as_str(),
        "basis": decision.basis().as_str(),
        "until": until,
    })
}

fn at(value: &Value) -> Timestamp {
    Timestamp::parse(text(value, "at")).unwrap()
}

fn list(directory: &Directory, case: &Value) -> Value {
    let id = |field| IdRef::parse(text(case, field)).unwrap();
    let resource = || Resource::parse(text(case, "resource")).unwrap();
    let query = match text(case, "list") {
        "permissions" => ListQuery::Permissions {
            principal: Principal::Person(id("person")),
            resource: resource(),
        },
        "who_can" => ListQuery::WhoCan { action: text(case, "action"), resource: resource() },
        "what_can" => ListQuery::WhatCan { person: id("person"), action: text(case, "action") },
        "members" => {
            let is_recursive = case["recursive"].as_bool().unwrap();
            let depth = if is_recursive { MemberDepth::Recursive } else { MemberDepth::Own };
            ListQuery::Members { organisation: id("organisation"), depth }
        }
        "visible_orgs" => ListQuery::VisibleOrgs { person: id("person") },
        "building_users" => ListQuery::BuildingUsers { integration: id("integration") },
        "assignable_roles" => {
            ListQuery::AssignableRoles { actor: id("actor"), integration: id("integration") }
        }
        "lobby_directory" => ListQuery::LobbyDirectory { integration: id("integration") },
        other => panic!("no list is called {other}"),
    };
    serde_json::to_value(directory.list(&query, at(case)).collect::<Vec<_>>()).unwrap()
}

/// What the library writes, it reads back as the same estate.
#[test]
fn estates_survive_being_written_and_read() {
    let mut estates = 0;
    for (file, vectors) in read("decide") {
        let read = Estate::from_json(&serde_json::to_vec(&vectors["estate"]).unwrap()).unwrap();
        let written = serde_json::to_vec(&read).unwrap();
        assert_eq!(Estate::from_json(&written).unwrap(), read, "{file}");
        estates += 1;
    }
    assert!(estates > 0);
}
