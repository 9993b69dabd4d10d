//! The example estates: every request has the answer that was reasoned beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use vestibule::{Basis, Directory, Reason, TextRequest, Timestamp};

fn example(name: &str, file: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("../examples").join(name).join(file)).unwrap()
}

/// Decides every request, and returns the reasons and bases that occurred.
fn check(name: &str, at_least: usize) -> (BTreeSet<Reason>, BTreeSet<Basis>) {
    let directory = Directory::from_json(example(name, "estate.json").as_bytes())
        .unwrap_or_else(|faults| panic!("{name}:\n{faults}"));
    let requests = example(name, "requests.jsonl");
    let expected = example(name, "expected.jsonl");
    assert_eq!(requests.lines().count(), expected.lines().count());
    assert!(requests.lines().count() >= at_least);
    let mut differences = String::new();
    let mut reasons = BTreeSet::new();
    let mut bases = BTreeSet::new();
    for (number, (request, expected)) in (1..).zip(requests.lines().zip(expected.lines())) {
        let request: Value = serde_json::from_str(request).unwrap();
        let expected: Value = serde_json::from_str(expected).unwrap();
        let text = |field: &str| request[field].as_str();
        let decision = directory
            .decide_text(&TextRequest {
                principal: text("principal").unwrap(),
                action: text("action").unwrap(),
                resource: text("resource").unwrap(),
                acting_org: text("acting_org"),
                at: Timestamp::parse(text("at").unwrap()).unwrap(),
            })
            .unwrap();
        reasons.insert(decision.reason());
        bases.insert(decision.basis());
        let until = (decision.until() != Timestamp::MAX).then(|| decision.until());
        let is_same = expected["effect"] == decision.effect().as_str()
            && expected["reason"] == decision.reason().as_str()
            && (expected["basis"].is_null() || expected["basis"] == decision.basis().as_str())
            && match expected.get("until") {
                None => true,
                Some(Value::Null) => until.is_none(),
                Some(text) => until == Some(Timestamp::parse(text.as_str().unwrap()).unwrap()),
            };
        if !is_same {
            differences +=
                &format!("line {number}: {request}\n  expected {expected}\n  found {decision:?}\n");
        }
    }
    assert!(differences.is_empty(), "{name}:\n{differences}");
    (reasons, bases)
}

#[test]
fn maple_court() {
    let (reasons, bases) = check("maple-court", 60);
    // Only an image says that something is outside it.
    let of_estates = Reason::ALL.iter().filter(|reason| **reason != Reason::OutsideSlice).count();
    assert_eq!(reasons.len(), of_estates, "an estate can give every reason: {reasons:?}");
    assert_eq!(bases.len(), Basis::ALL.len(), "{bases:?}");
}

#[test]
fn harbour_group() {
    check("harbour-group", 60);
}
