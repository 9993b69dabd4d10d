//! What a hostile reader tried on images: that a slice gives away no more than it says, that blocks in units that are not in
//! a slice are kept, and that opening stays linear [C-62, C-77].

mod support;

use sha2::{Digest, Sha256};
use vestibule::estate::Estate;
use vestibule::{
    Directory, IdRef, Image, ImageFault, Principal, Reason, Request, Resource, ResourceKind,
    Section, Slice, Timestamp,
};

use self::support::generate::all_targets;
use self::support::images::{frozen, opened};

fn directory(json: &str) -> Directory {
    Directory::from_json(json.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"))
}

fn id(text: &str) -> IdRef<'_> {
    IdRef::parse(text).unwrap()
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T18:00:00Z").unwrap()
}

/// Whether some text, which is in nothing else, is in an image.
fn has_text(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Two organisations below one; a site, an integration of another kind and a unit without one in the first.
const PLACES: &str = r#"
  "accounts": [{ "id": "acme" }],
  "organisations": [{ "id": "hq", "name": "HQ", "kind": "pmo", "account": "acme" },
                    { "id": "north", "name": "North", "parent": "hq", "kind": "pmo" },
                    { "id": "south", "name": "South", "parent": "hq", "kind": "pmo" }],
  "buildings": [{ "id": "b1", "owner": "north" }, { "id": "b2", "owner": "south" }],
  "integrations": [{ "id": "i1", "building": "b1" }, { "id": "other", "building": "b1", "kind": "other" },
                   { "id": "i2", "building": "b2", "kind": "other" }],
  "units": [{ "id": "u1", "number": "1", "building": "b1", "integration": "i1" },
            { "id": "u2", "number": "2", "building": "b1" },
            { "id": "u3", "number": "3", "building": "b2", "integration": "i2" }],
  "doors": [{ "id": "front", "integration": "i1", "audience": "all_residents" },
            { "id": "flat", "integration": "i1", "unit": "u1" },
            { "id": "plant", "integration": "other", "audience": "nobody" },
            { "id": "south_door", "integration": "i2", "audience": "nobody" }],
  "permission_groups": [{ "id": "readers", "account": "acme", "name": "Readers", "organisation_kind": "pmo", "keys": ["orgs:read"] }],
  "people": [{ "id": "ana" }]"#;

/// The places in the slice of `ana`, who holds what is given.
fn places_of(held: &str) -> Vec<String> {
    let json = format!(r#"{{ "version": 1, {PLACES}, {held} }}"#);
    let bytes = frozen(&directory(&json), &Slice::Person(id("ana")));
    let image = opened(&bytes);
    let estate = Estate::from_json(json.as_bytes()).unwrap();
    let targets = all_targets(&estate);
    let inside = targets.iter().filter(|target| target.kind != ResourceKind::Platform);
    let inside = inside.filter(|target| image.resource(target.resource()).is_some());
    let mut places: Vec<String> = inside.map(|target| target.resource().to_string()).collect();
    places.sort();
    places
}

/// The site, what is in it, and what contains it.
const SITE: [&str; 7] = [
    "building:b1",
    "door:flat",
    "door:front",
    "integration:i1",
    "organisation:hq",
    "organisation:north",
    "unit:u1",
];

#[test]
fn a_role_at_the_platform_that_names_a_site_gives_away_that_site_only() {
    let held =
        r#""platform_roles": [{ "person": "ana", "role": "virtual_access:integration:i1:admin" }]"#;
    assert_eq!(places_of(held), SITE);
}

#[test]
fn a_role_on_any_site_gives_away_sites_only() {
    let held = r#""memberships": [{ "person": "ana", "organisation": "hq",
                  "roles": ["virtual_access:integration:*:admin"] }]"#;
    assert_eq!(places_of(held), SITE);
}

#[test]
fn a_role_that_an_audience_binds_gives_away_no_units() {
    let held = r#""memberships": [{ "person": "ana", "organisation": "north",
                  "roles": ["virtual_access:integration:i1:resident"] }]"#;
    let wanted =
        ["building:b1", "door:front", "integration:i1", "organisation:hq", "organisation:north"];
    assert_eq!(places_of(held), wanted);
}

#[test]
fn a_group_with_keys_of_organisations_gives_away_its_own_only() {
    let held = r#""memberships": [{ "person": "ana", "organisation": "hq", "permission_groups": ["readers"],
                  "building_access": { "scope": "all_of_company" } }]"#;
    assert_eq!(places_of(held), ["organisation:hq"]);
}

/// What is as long as an estate may have it fits into an image.
#[test]
fn the_longest_names_are_frozen_and_opened() {
    let (name, number) = ("\u{1F511}".repeat(255), "\u{1F511}".repeat(64));
    let directory = directory(&format!(
        r#"{{ "version": 1, "accounts": [{{ "id": "a" }}],
        "organisations": [{{ "id": "o", "name": "{name}", "account": "a", "kind": "pmo" }}],
        "buildings": [{{ "id": "b", "owner": "o", "name": "{name}" }}],
        "integrations": [{{ "id": "i", "building": "b", "name": "{name}" }}],
        "units": [{{ "id": "u", "number": "{number}", "building": "b", "integration": "i" }}],
        "doors": [{{ "id": "d", "integration": "i", "audience": "all_residents", "name": "{name}" }}],
        "people": [{{ "id": "p", "name": "{name}" }}],
        "permission_groups": [{{ "id": "g", "account": "a", "name": "{name}", "organisation_kind": "pmo", "keys": ["orgs:read"] }}],
        "memberships": [{{ "person": "p", "organisation": "o", "permission_groups": ["g"] }}],
        "residencies": [{{ "person": "p", "unit": "u" }}] }}"#
    ));
    for slice in [Slice::Everything, Slice::Integration(id("i")), Slice::Person(id("p"))] {
        opened(&frozen(&directory, &slice));
    }
}

/// A panel knows the names it may show at some time, and no other.
#[test]
fn the_lobby_has_no_name_of_somebody_who_cannot_be_listed() {
    let directory = directory(
        r#"{ "version": 1,
        "organisations": [{ "id": "o", "name": "O" }], "buildings": [{ "id": "b", "owner": "o" }],
        "integrations": [{ "id": "i", "building": "b" }],
        "units": [{ "id": "u", "number": "1", "building": "b", "integration": "i" },
                  { "id": "off", "number": "2", "building": "b", "integration": "i", "status": "DISABLED" },
                  { "id": "away", "number": "3", "building": "b" }],
        "people": [{ "id": "p1", "name": "Listed Person" },
                   { "id": "p2", "name": "Deleted Person", "state": "deleted" },
                   { "id": "p3", "name": "Blocked Person", "state": "blocked" },
                   { "id": "p4", "name": "Barred Person" },
                   { "id": "p5", "name": "Disabled Person" }],
        "residencies": [{ "person": "p1", "unit": "u" }, { "person": "p2", "unit": "u" },
                        { "person": "p3", "unit": "u", "display_name": "Blocked Name" },
                        { "person": "p4", "unit": "u" },
                        { "person": "p4", "unit": "away", "status": "BLOCKED" },
                        { "person": "p5", "unit": "off" }] }"#,
    );
    for slice in [Slice::Integration(id("i")), Slice::Everything] {
        let bytes = frozen(&directory, &slice);
        assert!(has_text(&bytes, "Listed Person"));
        for name in
            ["Deleted Person", "Blocked Person", "Blocked Name", "Barred Person", "Disabled Person"]
        {
            assert!(!has_text(&bytes, name), "{name} in {slice:?}");
        }
    }
}

/// A site line may have keys of buildings, which a role on a site never reaches.
#[test]
fn a_panel_does_not_know_who_reaches_nothing_in_it() {
    let directory = directory(
        r#"{ "version": 1,
        "catalog": { "roles": [{ "role": "virtual_access:integration:{integration}:clerk", "keys": ["buildings:read"], "given_by": [] }] },
        "organisations": [{ "id": "o", "name": "O" }], "buildings": [{ "id": "b", "owner": "o" }],
        "integrations": [{ "id": "i", "building": "b" }],
        "people": [{ "id": "clerk" }],
        "memberships": [{ "person": "clerk", "organisation": "o", "roles": ["virtual_access:integration:i:clerk"] }] }"#,
    );
    let bytes = frozen(&directory, &Slice::Integration(id("i")));
    assert_eq!(opened(&bytes).principal(Principal::Person(id("clerk"))), None);
}

/// Units of other integrations are not in the slice, and have no order among those that are.
#[test]
fn blocks_in_units_elsewhere_in_the_building_are_kept_in_any_order() {
    let directory = directory(
        r#"{ "version": 1,
        "organisations": [{ "id": "o", "name": "O" }], "buildings": [{ "id": "b", "owner": "o" }],
        "integrations": [{ "id": "i", "building": "b" }],
        "units": [{ "id": "a", "number": "1", "building": "b" },
                  { "id": "c", "number": "2", "building": "b", "integration": "i" },
                  { "id": "d", "number": "3", "building": "b" },
                  { "id": "e", "number": "4", "building": "b", "integration": "i" },
                  { "id": "f", "number": "5", "building": "b" }, { "id": "g", "number": "6", "building": "b", "integration": "i" }],
        "doors": [{ "id": "door", "integration": "i", "audience": "all_residents" }],
        "people": [{ "id": "p" }],
        "residencies": [{ "person": "p", "unit": "a", "status": "BLOCKED" }, { "person": "p", "unit": "c", "status": "BLOCKED" },
                        { "person": "p", "unit": "d", "status": "BLOCKED" }, { "person": "p", "unit": "e", "status": "BLOCKED" },
                        { "person": "p", "unit": "f", "status": "BLOCKED" }, { "person": "p", "unit": "g" }] }"#,
    );
    let bytes = frozen(&directory, &Slice::Integration(id("i")));
    let request =
        Request::new(Principal::Person(id("p")), "doors:open", Resource::Door(id("door")), now());
    assert_eq!(opened(&bytes).decide(&request).reason(), Reason::PrincipalBlocked);
}

const HEADER_BYTES: usize = 96;
const ENTRY_BYTES: usize = 12;

fn word(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

fn set_word(bytes: &mut [u8], at: usize, word: usize) {
    bytes[at..at + 4].copy_from_slice(&u32::try_from(word).unwrap().to_le_bytes());
}

/// Gives an image more text, and the numbers of all units the end of it.
fn with_long_numbers(bytes: &[u8], length: u16) -> Vec<u8> {
    let entry = |section: Section| HEADER_BYTES + (usize::from(section.number()) - 1) * ENTRY_BYTES;
    let text = entry(Section::Text);
    let (start, old) = (word(bytes, text + 4), word(bytes, text + 8));
    let mut made = bytes.to_vec();
    let more = vec![b'x'; usize::from(length)];
    made.splice(start + old..start + old, more.iter().copied());
    set_word(&mut made, text + 8, old + more.len());
    for section in Section::ALL.into_iter().filter(|section| *section != Section::Text) {
        let at = entry(section) + 4;
        set_word(&mut made, at, word(bytes, at) + more.len());
    }
    let (first, size) =
        (word(&made, entry(Section::Units) + 4), word(&made, entry(Section::Units) + 8));
    for row in (first..first + size).step_by(35) {
        set_word(&mut made, row + 16, old);
        made[row + 20..row + 22].copy_from_slice(&length.to_le_bytes());
    }
    let all = made.len();
    set_word(&mut made, 12, all);
    let mut hash = Sha256::new();
    hash.update(&made[..16]);
    hash.update(&made[48..]);
    made[16..48].copy_from_slice(&hash.finalize());
    made
}

/// The numbers of the units of an integration are compared with each other: texts of 64 KiB, all the same one, would make that
/// hundreds of times the bytes of the image.
#[test]
fn texts_longer_than_any_estate_has_are_refused() {
    let units: Vec<String> = (10..60)
        .map(|unit| {
            format!(
                r#"{{ "id": "u{unit}", "number": "{unit}", "building": "b", "integration": "i" }}"#
            )
        })
        .collect();
    let directory = directory(&format!(
        r#"{{ "version": 1, "organisations": [{{ "id": "o", "name": "O" }}], "buildings": [{{ "id": "b", "owner": "o" }}],
        "integrations": [{{ "id": "i", "building": "b" }}], "units": [{}] }}"#,
        units.join(",")
    ));
    let bytes = frozen(&directory, &Slice::Everything);
    opened(&with_long_numbers(&bytes, 1020));
    for length in [1021, u16::MAX] {
        let made = with_long_numbers(&bytes, length);
        let error = Image::open(&made).map(|_| ()).unwrap_err();
        assert_eq!((error.fault(), error.section()), (ImageFault::Text, Some(Section::Units)));
    }
}
