//! Whatever a document holds: an error that says where and why, no panic, no deep stack (security rows 10, 25).

use core::fmt::Write as _;
use std::thread;

use vestibule::estate::Faults;
use vestibule::{Directory, Estate};

/// The stack of a small thread: recursion over the input would show.
const SMALL_STACK: usize = 256 * 1024;

fn faults_of(document: String) -> Faults {
    let check = move || Directory::from_json(document.as_bytes()).err().unwrap_or_default();
    thread::Builder::new().stack_size(SMALL_STACK).spawn(check).unwrap().join().unwrap()
}

fn organisations(count: usize, parent: impl Fn(usize) -> Option<usize>) -> String {
    let mut rows = String::new();
    for number in 0..count {
        let comma = if number == 0 { "" } else { "," };
        let parent =
            parent(number).map(|parent| format!(r#","parent":"o{parent}""#)).unwrap_or_default();
        write!(rows, r#"{comma}{{"id":"o{number}","name":"O"{parent}}}"#).unwrap();
    }
    format!(r#"{{"version":1,"organisations":[{rows}]}}"#)
}

/// [C-47]
#[test]
fn a_cycle_of_a_hundred_thousand_organisations() {
    let count = 100_000;
    let faults = faults_of(organisations(count, |number| Some((number + 1) % count)));
    let faults: Vec<_> = faults.iter().collect();
    assert_eq!(faults.len(), 1, "one cycle is one fault");
    assert_eq!(faults[0].code.as_str(), "organisation_cycle");
    assert_eq!(faults[0].path, "$.organisations[0].parent");
    assert_eq!(faults[0].found, "a cycle of 100000 organisations");
}

/// [C-47]
#[test]
fn a_chain_of_a_hundred_thousand_organisations() {
    let faults = faults_of(organisations(100_000, |number| number.checked_sub(1)));
    let faults: Vec<_> = faults.iter().collect();
    assert_eq!(faults.len(), 1, "only the first that is too deep on a branch");
    assert_eq!(faults[0].code.as_str(), "depth_exceeded");
    assert_eq!(faults[0].path, "$.organisations[16].parent");
}

#[test]
fn an_organisation_above_itself() {
    let faults = faults_of(organisations(3, Some));
    assert_eq!(faults.count(), 3);
}

#[test]
fn brackets_to_the_end() {
    for open in ["[", "{\"a\":", "[{\"x\":"] {
        for prefix in ["", "{\"version\":1,\"people\":", "{\"version\":1,\"?\":"] {
            let document = format!("{prefix}{}", open.repeat(5_000_000 / open.len()));
            let faults = faults_of(document);
            assert!(faults.iter().any(|fault| fault.code.as_str() == "syntax"), "{prefix}{open}");
        }
    }
}

/// Truncated anywhere, a good document is refused, and the place is named.
#[test]
fn every_truncation_is_a_fault() {
    let document = include_str!("../../examples/harbour-group/estate.json").trim_end();
    for length in (0..document.len()).step_by(97) {
        let Some(cut) = document.get(..length) else { continue };
        let faults = Directory::from_json(cut.as_bytes()).err().unwrap_or_default();
        let fault = faults.iter().last().expect("a truncated document is at fault");
        assert_eq!(fault.code.as_str(), "syntax");
        assert!(fault.found.contains("byte"), "{fault}");
    }
}

/// Flipping any byte of a good document never panics.
#[test]
fn every_flipped_byte_is_survived() {
    let document = include_bytes!("../../examples/harbour-group/estate.json");
    let mut refused = 0;
    for position in (0..document.len()).step_by(41) {
        for flip in [0x01, 0x20, 0x80] {
            let mut changed = document.to_vec();
            changed[position] ^= flip;
            refused += usize::from(Directory::from_json(&changed).is_err());
        }
    }
    assert!(refused > 500, "only {refused} were refused");
}

/// However many faults there are, the report is bounded, and counts them all.
#[test]
fn many_faults_are_counted() {
    let people = vec![r#"{"id":"a b"}"#; 20_000].join(",");
    let faults = faults_of(format!(r#"{{"version":1,"people":[{people}]}}"#));
    assert_eq!(faults.iter().count(), vestibule::limits::MAX_FAULTS_REPORTED);
    assert_eq!(faults.count(), 20_000);
    assert!(faults.to_string().ends_with("and 19000 more"));
}

/// Positions in faults of rules count the elements that faults of form have taken out.
#[test]
fn positions_survive_gaps() {
    let document = r#"{
      "version": 1,
      "organisations": [{"id":"o","name":"O"}],
      "buildings": [{"id":"b1","owner":"o"}, {"id":"b 2","owner":"o"}, {"id":"b3","owner":"nobody"}],
      "units": [{"id":"u","number":"1","building":"lost"}]
    }"#;
    let faults = faults_of(document.into());
    let found: Vec<_> = faults.iter().map(|fault| (&*fault.path, fault.code.as_str())).collect();
    let expected =
        [("$.buildings[1].id", "invalid_id"), ("$.buildings[2].owner", "unknown_reference")];
    assert_eq!(found, expected, "and nothing of the unit, whose building may be the lost one");
}

/// An estate made in code meets the same rules.
#[test]
fn estates_made_in_code_are_checked() {
    let mut estate =
        Estate::from_json(include_bytes!("../../examples/harbour-group/estate.json")).unwrap();
    let first = estate.people[0].clone();
    estate.people.push(first);
    let faults = Directory::new(estate).unwrap_err();
    assert_eq!(faults.iter().next().unwrap().code.as_str(), "duplicate_id");
}

/// Lists that are compared pair by pair are short (security row 11).
#[test]
fn long_lists_of_grants_are_refused() {
    let list = |item: &str, count: usize| vec![item; count].join(",");
    for (rows, path) in [
        (
            format!(
                r#""memberships":[{{"person":"p","organisation":"o","roles":[{}]}}]"#,
                list("\"member\"", 100_000)
            ),
            "$.memberships[0].roles",
        ),
        (
            format!(
                r#""memberships":[{{"person":"p","organisation":"o","permission_groups":[{}]}}]"#,
                list("\"pmo.security\"", 257)
            ),
            "$.memberships[0].permission_groups",
        ),
        (
            format!(
                r#""units":[{{"id":"u","number":"1","building":"b","administrators":[{}]}}]"#,
                list("\"p\"", 257)
            ),
            "$.units[0].administrators",
        ),
    ] {
        let document = format!(
            r#"{{"version":1,"organisations":[{{"id":"o","name":"O","kind":"pmo"}}],"buildings":[{{"id":"b","owner":"o"}}],"people":[{{"id":"p"}}],{rows}}}"#
        );
        let faults = faults_of(document);
        let found: Vec<_> =
            faults.iter().map(|fault| (&*fault.path, fault.code.as_str())).collect();
        assert_eq!(found, [(path, "too_many")]);
    }
}

/// A list of references that is long and full of repeats is read once.
#[test]
fn long_lists_of_references_are_sorted_not_searched() {
    let serves = vec![r#""b""#; 200_000].join(",");
    let faults = faults_of(format!(
        r#"{{"version":1,"organisations":[{{"id":"o","name":"O","serves":[{serves}]}}],"buildings":[{{"id":"b","owner":"o"}}]}}"#
    ));
    assert_eq!(faults.count(), 199_999);
    assert!(faults.iter().all(|fault| fault.code.as_str() == "duplicate_row"));
}

/// What the estate keeps for commands is bounded and unique too.
#[test]
fn devices_limits_and_tombstones() {
    let fault = |sections: &str| {
        let faults = faults_of(format!(r#"{{"version":1,{sections}}}"#));
        let list: Vec<_> = faults.iter().map(|fault| (fault.path.clone(), fault.code)).collect();
        assert_eq!(list.len(), 1, "{faults}");
        let (path, code) = list.into_iter().next().unwrap();
        format!("{path} {}", code.as_str())
    };
    let place = r#""organisations":[{"id":"o","name":"O"}],"buildings":[{"id":"b","owner":"o"}],"people":[{"id":"p"}]"#;
    let unit = r#""units":[{"id":"u","number":"1","building":"b"}]"#;
    let devices = |devices: &str| {
        fault(&format!(
            r#"{place},{unit},"residencies":[{{"person":"p","unit":"u","devices":[{devices}]}}]"#
        ))
    };
    assert_eq!(
        devices(r#"{"device_id":"a b"},{"device_id":"a b"}"#),
        "$.residencies[0].devices[1] duplicate_row"
    );
    assert_eq!(
        devices(r#"{"device_id":""}"#),
        "$.residencies[0].devices[0].device_id invalid_text"
    );
    let long = "x".repeat(129);
    assert_eq!(
        devices(&format!(r#"{{"device_id":"{long}"}}"#)),
        "$.residencies[0].devices[0].device_id invalid_text"
    );
    let attributes: Vec<_> = (0..33).map(|at| format!(r#""{at}":"x""#)).collect();
    let many = format!(r#"{{"device_id":"a","attributes":{{{}}}}}"#, attributes.join(","));
    assert_eq!(devices(&many), "$.residencies[0].devices[0].attributes too_many");
    let ids: Vec<_> = (0..257).map(|at| format!(r#"{{"device_id":"{at}"}}"#)).collect();
    assert_eq!(devices(&ids.join(",")), "$.residencies[0].devices too_many");
    let limit = r#""units":[{"id":"u","number":"1","building":"b","resident_limit":0}]"#;
    assert_eq!(fault(&format!("{place},{limit}")), "$.units[0].resident_limit invalid_value");
    assert_eq!(
        fault(&format!(r#"{place},"purged_organisations":["x","o"]"#)),
        "$.purged_organisations[1] duplicate_id"
    );
    assert_eq!(
        fault(r#""purged_organisations":["x","x"]"#),
        "$.purged_organisations[1] duplicate_id"
    );
}
