//! The checked-in JSON Schema is the one that the types make. To make it anew:
//! `cargo run --release -- schema > core/docs/estate.schema.json`.
#![cfg(feature = "schema")]

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use vestibule::Estate;

#[test]
fn schema_is_current() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/estate.schema.json");
    let checked_in = fs::read_to_string(path).unwrap();
    assert_eq!(checked_in, Estate::json_schema(), "core/docs/estate.schema.json is not current");
}

/// Every field that the reader of estates knows is in the schema, and no other.
#[test]
fn schema_and_reader_know_the_same_fields() {
    let schema: Value = serde_json::from_str(&Estate::json_schema()).unwrap();
    let definitions = schema["$defs"].as_object().unwrap();
    let fields = |object: &Value| -> Vec<String> {
        object["properties"]
            .as_object()
            .map(|fields| fields.keys().cloned().collect())
            .unwrap_or_default()
    };
    // An unknown field of each section is reported with the list of the known ones.
    let mut compared = 0;
    for (section, name) in [
        ("accounts", "Account"),
        ("organisations", "OrganisationDoc"),
        ("buildings", "BuildingDoc"),
        ("integrations", "IntegrationDoc"),
        ("units", "UnitDoc"),
        ("doors", "DoorDoc"),
        ("people", "PersonDoc"),
        ("permission_groups", "PermissionGroupDoc"),
        ("job_functions", "JobFunctionDoc"),
        ("memberships", "MembershipDoc"),
        ("residencies", "ResidencyDoc"),
        ("platform_roles", "PlatformRoleDoc"),
    ] {
        let document = format!(r#"{{"version":1,"{section}":[{{"?":0}}]}}"#);
        let faults = Estate::from_json(document.as_bytes()).unwrap_err();
        let fault = faults.iter().find(|fault| fault.code.as_str() == "unknown_field").unwrap();
        let mut known: Vec<String> =
            fault.expected.split('`').skip(1).step_by(2).map(String::from).collect();
        known.sort();
        let mut described = fields(&definitions[name]);
        described.sort();
        assert_eq!(known, described, "{section}");
        compared += 1;
    }
    assert_eq!(compared, 12);
}
