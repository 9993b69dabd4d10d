//! An explanation is of the decision, names what it is about, and gives every reason.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use vestibule::{Directory, Effect, Failed, Reason, TextRequest, Timestamp};

struct Example {
    directory: Directory,
    requests: Vec<Value>,
}

fn examples() -> Vec<Example> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let read = |name: &str, file: &str| fs::read_to_string(root.join(name).join(file)).unwrap();
    let example = |name: &str| Example {
        directory: Directory::from_json(read(name, "estate.json").as_bytes()).unwrap(),
        requests: read(name, "requests.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    };
    ["maple-court", "harbour-group"].map(example).into()
}

fn text(request: &Value) -> TextRequest<'_> {
    TextRequest {
        principal: request["principal"].as_str().unwrap(),
        action: request["action"].as_str().unwrap(),
        resource: request["resource"].as_str().unwrap(),
        acting_org: request["acting_org"].as_str(),
        at: Timestamp::parse(request["at"].as_str().unwrap()).unwrap(),
    }
}

#[test]
fn every_explanation_is_of_its_decision() {
    let mut allowed = 0;
    let mut denied = 0;
    for Example { directory, requests } in examples() {
        for request in &requests {
            let request = text(request).parse().unwrap();
            let decision = directory.decide(&request);
            let explanation = directory.explain(&request);
            assert_eq!(explanation.decision(), decision, "{request:?}");
            assert_eq!(explanation, directory.explain(&request), "an explanation repeats");
            let reasons: Vec<_> = explanation.reasons().map(|reason| reason.reason).collect();
            if decision.effect() == Effect::Allow {
                allowed += 1;
                assert!(explanation.headline().starts_with("Yes: "));
                assert!(explanation.facts().count() >= 2, "{explanation}");
                assert!(explanation.facts().all(|fact| !fact.text.is_empty()));
                assert!(reasons.is_empty() && explanation.nearest().is_none());
            } else {
                denied += 1;
                assert!(explanation.headline().starts_with("No: "));
                assert_eq!(reasons.first(), Some(&decision.reason()), "{explanation}");
                let mut distinct = reasons.clone();
                distinct.sort_unstable();
                distinct.dedup();
                assert_eq!(distinct.len(), reasons.len(), "each reason once: {explanation}");
                assert_eq!(explanation.facts().count(), 0);
            }
            let data = serde_json::to_value(&explanation).unwrap();
            assert_eq!(data["effect"], decision.effect().as_str());
            assert_eq!(data["code"], decision.reason().code());
        }
    }
    assert!(allowed > 100 && denied > 100, "{allowed} allowed, {denied} denied");
}

fn explain(principal: &str, action: &str, resource: &str) -> vestibule::Explanation {
    let example = examples().remove(0);
    let request = TextRequest {
        principal,
        action,
        resource,
        acting_org: None,
        at: Timestamp::parse("2026-11-22T18:00:00Z").unwrap(),
    };
    example.directory.explain(&request.parse().unwrap())
}

#[test]
fn an_allow_reads_as_a_path_of_facts() {
    let explanation = explain("person:chidi-okafor", "doors:open", "door:mc-front");
    assert_eq!(
        explanation.to_string(),
        "Yes: Chidi Okafor may open Front door (person:chidi-okafor, door:mc-front).\n  \
         Chidi Okafor has the residency (UNIT) in unit 203.\n  \
         Front door is for all residents of Maple Court intercom."
    );
    let about: Vec<_> = explanation.facts().flat_map(|fact| &fact.about).collect();
    assert_eq!(
        about,
        [
            "person:chidi-okafor",
            "unit:mc-203",
            "door:mc-front",
            "integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"
        ]
    );
}

#[test]
fn a_deny_names_the_nearest_miss() {
    let failed = |principal, action, resource| {
        let explanation = explain(principal, action, resource);
        explanation.nearest().map(|nearest| nearest.failed)
    };
    // Another apartment's door; a door for some apartments only; an apartment's door for a technician.
    assert_eq!(failed("person:chidi-okafor", "doors:open", "door:mc-door-204"), Some(Failed::Unit));
    assert_eq!(failed("person:rhys-morgan", "doors:open", "door:mc-bike"), Some(Failed::Condition));
    assert_eq!(
        failed("person:payroll-0417", "doors:open", "door:mc-door-203"),
        Some(Failed::UnitDoor)
    );
    // A technician who wants to administer; a resident who wants every door at once.
    assert_eq!(
        failed(
            "person:payroll-0417",
            "integrations:update",
            "integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"
        ),
        Some(Failed::Key)
    );
    assert_eq!(
        failed("person:chidi-okafor", "doors:open", "building:maple-court"),
        Some(Failed::Container)
    );
}

#[test]
fn every_reason_is_given_not_only_the_first() {
    // Blocked here, and without any grant that would reach.
    let explanation = explain("person:marco-bellini", "doors:open", "door:mc-front");
    let reasons: Vec<_> = explanation.reasons().map(|reason| reason.reason).collect();
    assert_eq!(reasons, [Reason::PrincipalBlocked, Reason::NoGrant]);
    // A role that the audience stops, and a lease that has ended.
    let explanation = explain("person:keiko-tanaka", "doors:open", "door:mc-bike");
    let reasons: Vec<_> = explanation.reasons().map(|reason| reason.reason).collect();
    assert_eq!(reasons, [Reason::DoorAudience, Reason::Expired]);
}

/// [C-60]
#[test]
fn everything_unknown_is_named() {
    let explanation = explain("person:nobody", "nope", "door:zz");
    let reasons: Vec<_> = explanation.reasons().map(|reason| reason.reason).collect();
    let expected = [Reason::PrincipalUnknown, Reason::ActionUnknown, Reason::ResourceUnknown];
    assert_eq!(reasons, expected);
    assert_eq!(explanation.decision().reason(), Reason::PrincipalUnknown);
}
