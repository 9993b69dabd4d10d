//! What is prepared can be applied, also when somebody has defined as many sets of keys as a directory takes.

use serde_json::{Value, json};
use vestibule::{Command, Context, Directory};

const KEYS: [&str; 17] = [
    "buildings:read",
    "buildings:update",
    "buildings:list",
    "buildings:delete",
    "units:read",
    "units:update",
    "units:list",
    "units:delete",
    "doors:read",
    "doors:update",
    "doors:list",
    "doors:delete",
    "devices:read",
    "devices:list",
    "devices:update",
    "devices:delete",
    "zones:read",
];

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn a_group_that_is_defined_again_and_again_breaks_nothing() {
    let estate = json!({"version": 1, "accounts": [{"id": "acme"}],
        "organisations": [{"id": "hq", "name": "HQ", "account": "acme"}],
        "people": [{"id": "ada"}],
        "memberships": [{"person": "ada", "organisation": "hq", "roles": ["admin"]}]});
    let mut directory = Directory::from_json(&serde_json::to_vec(&estate).unwrap()).unwrap();
    let context: Context = read(json!({"actor": {"person": "ada"}, "acting_org": null,
        "at": "2026-11-22T18:00:00Z"}));
    for set in 1_u32..66_000 {
        let keys: Vec<&str> = KEYS
            .iter()
            .enumerate()
            .filter(|(bit, _)| set >> bit & 1 == 1)
            .map(|(_, key)| *key)
            .collect();
        let command: Command = read(
            json!({"command": "define_permission_group", "permission_group":
            {"id": "g", "account": "acme", "name": "G", "organisation_kind": "pmo", "keys": keys}}),
        );
        let outcome = directory.prepare(&context, &command).unwrap();
        directory
            .apply(outcome.change.as_ref().unwrap())
            .unwrap_or_else(|error| panic!("{set}: {error}"));
    }
}
