//! Commands, queries and contexts that are not of their form: every fault says where, what was found and what was
//! expected, as those of an estate do; and what serde reads is refused with the first of them.

use vestibule::estate::Faults;
use vestibule::{Command, Context, Query};

/// The faults as `path code`.
fn faults<T>(read: Result<T, Faults>) -> Vec<String> {
    let faults = read.err().expect("it is at fault");
    faults.iter().map(|fault| format!("{} {}", fault.path, fault.code.as_str())).collect()
}

#[test]
fn commands() {
    for (json, expected) in [
        ("{", &["$ syntax"][..]),
        ("\"\u{7f}", &["$ syntax"]),
        ("[]", &["$ wrong_type"]),
        (r#"["rotate_unit_token","u"]"#, &["$ wrong_type"]),
        ("{}", &["$.command missing_field"]),
        (r#"{"command":1}"#, &["$.command wrong_type"]),
        (r#"{"command":"open_sesame"}"#, &["$.command invalid_value"]),
        (
            r#"{"command":"rotate_unit_token","unit_id":"u","command":"rotate_unit_token"}"#,
            &["$.command duplicate_field"],
        ),
        (r#"{"command":"rotate_unit_token"}"#, &["$.unit_id missing_field"]),
        (r#"{"command":"rotate_unit_token","unit_id":null}"#, &["$.unit_id wrong_type"]),
        (
            r#"{"unit_id":"a b","command":"rotate_unit_token","unit":"u","unit_id":"u"}"#,
            &["$.unit_id invalid_id", "$.unit unknown_field", "$.unit_id duplicate_field"],
        ),
        (
            r#"{"command":"create_unit","unit":{"id":"u","building":7}}"#,
            &["$.unit.building wrong_type", "$.unit.number missing_field"],
        ),
        (
            r#"{"command":"set_unit_administrators","unit_id":"u","administrators":["a",{"person":"b","valid":{"to":"2026"}}]}"#,
            &["$.administrators[1].valid.to invalid_time"],
        ),
        (
            r#"{"command":"import_estate","estate":{"version":2,"people":[{"id":"p"},{}],"people":[]}}"#,
            &[
                "$.estate.version unsupported_version",
                "$.estate.people[1].id missing_field",
                "$.estate.people duplicate_field",
            ],
        ),
        (
            r#"{"command":"apply_resident_plan","integration_id":"i","plan":{"add":[],"remove":[],"change":[],"unchanged":-1}}"#,
            &["$.plan.unchanged invalid_value"],
        ),
    ] {
        assert_eq!(faults(Command::from_json(json.as_bytes())), expected, "{json}");
        assert!(serde_json::from_str::<Command>(json).is_err(), "{json}");
    }
    assert_eq!(faults(Command::from_json(b"\"\xff\"")), ["$ syntax"]);
}

#[test]
fn what_serde_says_is_the_first_fault() {
    let json = r#"{"command":"rotate_unit_token","unit_id":"a b","x":1}"#;
    let error = serde_json::from_str::<Command>(json).unwrap_err().to_string();
    let fault = Command::from_json(json.as_bytes()).unwrap_err().iter().next().unwrap().to_string();
    assert!(error.starts_with(&fault), "{error}\n{fault}");
}

#[test]
fn optional_fields_may_be_null() {
    for json in [
        r#"{"command":"create_org","name":"N","parent_id":null,"kind":null}"#,
        r#"{"command":"update_org","org_id":"o","name":null,"description":null}"#,
    ] {
        let read = Command::from_json(json.as_bytes()).unwrap();
        assert_eq!(serde_json::from_str::<Command>(json).unwrap(), read);
    }
}

/// A clear text that got into a command by mistake comes out in no fault [C-25].
#[test]
fn no_fault_tells_a_passphrase() {
    let beside = r#"{"secret":"s1","clear":"hunter2"}"#;
    for passphrase in
        [beside, r#""hunter2""#, r#"{"secret":"hunter 2"}"#, r#"{"hunter2":"hunter2"}"#, "7"]
    {
        let json = format!(
            r#"{{"command":"update_unit_user","property_id":"b","user_id":"p","patch":{{"passphrase":{passphrase}}}}}"#
        );
        let refused = Command::from_json(json.as_bytes()).unwrap_err();
        assert!(refused.to_string().starts_with("$.patch.passphrase: invalid_value"), "{refused}");
        assert!(!refused.to_string().contains("hunter"), "{refused}");
    }
}

#[test]
fn queries_and_contexts() {
    for (json, expected) in [
        (r#"{"query":"list_orgs","pagination":{}}"#, &["$.output_options missing_field"][..]),
        (
            r#"{"query":"query_unit_users","property_id":"b","search":{"page":1.5,"sortDirection":"UP","sortFields":[1]}}"#,
            &[
                "$.search.page invalid_value",
                "$.search.sortDirection invalid_value",
                "$.search.sortFields[0] wrong_type",
            ],
        ),
    ] {
        assert_eq!(faults(Query::from_json(json.as_bytes())), expected, "{json}");
    }
    for (json, expected) in [
        (r#"{"actor":null,"at":"2026-11-22T18:00:00Z"}"#, &["$.acting_org missing_field"][..]),
        (
            r#"{"actor":{"person":"p","unit_token":{"unit":"u","generation":0}},"acting_org":null,"at":"2026-11-22T18:00:00Z"}"#,
            &["$.actor wrong_type"],
        ),
        (r#"{"actor":{},"acting_org":null,"at":0}"#, &["$.actor wrong_type", "$.at wrong_type"]),
    ] {
        assert_eq!(faults(Context::from_json(json.as_bytes())), expected, "{json}");
    }
}
