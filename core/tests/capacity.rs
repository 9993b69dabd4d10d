//! What is prepared can be applied, also where there are nearly as many sets of keys as a directory takes: sets that no
//! group has any more make room, and where there is none a command is refused.

use serde_json::{Value, json};
use vestibule::limits::MAX_MEANINGS;
use vestibule::{Command, Context, Directory, Estate};

/// Sets of keys that built-in groups and roles, and the roles of the estate, may take, at most.
const SPARE: usize = 32;

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// The numbered subset of the keys that an administrator of an organisation may give.
fn keys(set: usize) -> Vec<&'static str> {
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
    KEYS.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, key)| *key).collect()
}

fn group(id: &str, set: usize) -> Value {
    json!({"id": id, "account": "acme", "name": "G", "organisation_kind": "pmo", "keys": keys(set)})
}

/// With groups of nearly all the different sets that there may be.
fn directory() -> Directory {
    let groups: Vec<Value> =
        (1..MAX_MEANINGS - SPARE).map(|set| group(&format!("g{set}"), set)).collect();
    let estate: Estate = read(json!({
        "version": 1,
        "accounts": [{"id": "acme"}],
        "organisations": [{"id": "hq", "name": "HQ", "account": "acme", "kind": "pmo"}],
        "people": [{"id": "ada"}, {"id": "bob"}],
        "memberships": [
            {"person": "ada", "organisation": "hq", "roles": ["admin"]},
            {"person": "bob", "organisation": "hq", "permission_groups": ["g5"]},
        ],
        "permission_groups": groups,
    }));
    Directory::new(estate).unwrap()
}

fn context() -> Context {
    read(json!({"actor": {"person": "ada"}, "acting_org": null, "at": "2026-11-22T18:00:00Z"}))
}

fn define(id: &str, set: usize) -> Command {
    read(json!({"command": "define_permission_group", "permission_group": group(id, set)}))
}

#[test]
fn sets_of_keys_make_room_and_what_has_none_is_refused() {
    let mut directory = directory();
    let first = MAX_MEANINGS - SPARE;
    // One group that is defined again and again, more often than there is room for sets.
    for set in first..first + 2 * SPARE {
        directory.execute(&context(), define("again", set)).unwrap();
    }
    // Groups of their own, until there is no room.
    let before = first + 2 * SPARE;
    let mut added = 0;
    let refused = loop {
        match directory.execute(&context(), define(&format!("new{added}"), before + added)) {
            Ok(_) => added += 1,
            Err(error) => break error,
        }
        assert!(added <= SPARE, "there was room for more sets than there may be");
    };
    assert!(added > 0);
    assert_eq!((refused.code(), refused.status()), ("capacity", 507));

    // What was refused changed nothing, and what needs no new set goes on.
    let (revision, digest) = (directory.revision(), directory.digest());
    let role: Command = read(json!({"command": "update_membership", "membership":
        {"person": "bob", "organisation": "hq", "permission_groups": ["g5"], "roles": ["zones:read", "zones:list"]}}));
    let refused = directory.execute(&context(), role).unwrap_err();
    assert_eq!((refused.code(), refused.status()), ("capacity", 507));
    assert_eq!((directory.revision(), directory.digest()), (revision, digest));
    directory.execute(&context(), define("new0", 5)).unwrap();
    // That gave a set up: its place is another's.
    directory.execute(&context(), define(&format!("new{added}"), before + added)).unwrap();
    let loaded = Directory::new(directory.to_estate()).unwrap();
    assert_eq!(loaded.digest(), directory.digest());
}
