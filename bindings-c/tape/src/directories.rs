//! A directory on the tape: loaded, read, asked, frozen.

use serde_json::Value;
use vestibule::{Directory, IdRef, Image, Issue, Principal, Resource, Slice, Timestamp};
use vestibule_c::{
    VESTIBULE_E_ESTATE, VESTIBULE_E_FREEZE, VESTIBULE_NO_LIMIT, VESTIBULE_OK,
    VESTIBULE_SLICE_EVERYTHING, VESTIBULE_SLICE_INTEGRATION, VESTIBULE_SLICE_PERSON,
};

use crate::questions::{answer_fields, request_fields, text_request};
use crate::refusals::{self, json};
use crate::tape::{Fields, Kind, Tape};
use crate::vectors::{array, instant, text};

/// Loads an estate; what follows is asked of it. A directory that is refused leaves the one before.
///
/// Fields: the JSON; status; what is refused, empty where nothing is; the digest as bytes, and the revision.
pub fn load(tape: &mut Tape, name: &str, estate: &[u8]) -> Option<Directory> {
    let loaded = Directory::from_json(estate);
    let fields = Fields::new().bytes(estate);
    let fields = match &loaded {
        Ok(directory) => fields.status(VESTIBULE_OK).text("").with(state_fields(directory)),
        Err(faults) => fields
            .status(VESTIBULE_E_ESTATE)
            .text(&refusals::of_estate(faults))
            .bytes(&[0; 32])
            .u64(0),
    };
    tape.add(Kind::Load, name, fields);
    loaded.ok()
}

/// What state a directory is in: the digest as bytes, and the revision.
pub fn state_fields(directory: &Directory) -> Fields {
    Fields::new().bytes(&directory.digest()).u64(directory.revision())
}

/// Writes the estate, loads what was written and goes on with that. Fields: the JSON of the estate.
pub fn reload(tape: &mut Tape, name: &str, directory: &Directory) -> Directory {
    let estate = json(&directory.to_estate());
    let loaded = Directory::from_json(estate.as_bytes());
    let loaded = loaded.unwrap_or_else(|faults| panic!("{name}: {faults}"));
    assert_eq!(loaded.digest(), directory.digest(), "{name}");
    tape.add(Kind::Reload, name, Fields::new().text(&estate));
    loaded
}

/// Fields: the request; the answer; the explanation as JSON.
pub fn ask_decision(
    tape: &mut Tape,
    name: &str,
    directory: &Directory,
    request: &Value,
    wanted: &Value,
) {
    let asked = text_request(request);
    let parsed = asked.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    let decision = directory.decide(&parsed);
    crate::questions::check_wanted(name, &decision, wanted);
    let fields = request_fields(&asked)
        .with(answer_fields(&decision))
        .text(&json(&directory.explain(&parsed)));
    tape.add(Kind::DirectoryDecision, name, fields);
}

/// The explanation of an image that is in place. Fields: the request; the explanation as JSON.
pub fn explain_image(tape: &mut Tape, name: &str, image: &Image<'_>, request: &Value) {
    let asked = text_request(request);
    let parsed = asked.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    let fields = request_fields(&asked).text(&json(&image.explain(&parsed)));
    tape.add(Kind::Explain, name, fields);
}

/// Which list, as the player counts them.
const WHO_CAN: u32 = 1;
const WHAT_CAN: u32 = 2;
const PERMISSIONS: u32 = 3;
const LOBBY: u32 = 4;

/// Asks for a list, where C has it. Fields: which; two texts, the second empty for a lobby; the instant; the list as JSON.
pub fn ask_list(tape: &mut Tape, name: &str, directory: &Directory, case: &Value) {
    let at = instant(case, "at");
    let id = |field| parse_id(text(case, field));
    let resource = || parse_resource(text(case, "resource"));
    let (which, first, second, found) = match text(case, "list") {
        "who_can" => {
            let people = directory.who_can(text(case, "action"), resource(), at);
            let people: Vec<String> = people.map(|id| id.to_string()).collect();
            (WHO_CAN, text(case, "action").to_owned(), text(case, "resource"), json(&people))
        }
        "what_can" => {
            let resources = directory.what_can(id("person"), text(case, "action"), at);
            let resources: Vec<String> = resources.map(|on| on.to_string()).collect();
            (WHAT_CAN, text(case, "person").to_owned(), text(case, "action"), json(&resources))
        }
        "permissions" => {
            let principal = Principal::Person(id("person"));
            let keys: Vec<&str> = directory.permissions(principal, resource(), at).collect();
            (PERMISSIONS, principal.to_string(), text(case, "resource"), json(&keys))
        }
        "lobby_directory" => {
            let units: Vec<_> = directory.lobby_directory(id("integration"), at).collect();
            (LOBBY, text(case, "integration").to_owned(), "", json(&units))
        }
        _ => return,
    };
    let wanted: &Value = &case["expect"];
    let told: Value = serde_json::from_str(&found).expect("the list is JSON");
    assert_eq!(&told, wanted, "{name}");
    let fields =
        Fields::new().u32(which).text(&first).text(second).i64(at.as_millis()).text(&found);
    tape.add(Kind::DirectoryList, name, fields);
}

fn parse_id(id: &str) -> IdRef<'_> {
    IdRef::parse(id).unwrap_or_else(|error| panic!("{id}: {error}"))
}

fn parse_resource(resource: &str) -> Resource<'_> {
    Resource::parse(resource).unwrap_or_else(|error| panic!("{resource}: {error}"))
}

/// How an image is asked for.
pub struct Options<'o> {
    pub slice: Slice<'o>,
    pub issued_at: Timestamp,
    pub fresh_for: Option<u64>,
    pub max_stale: Option<u64>,
}

/// Freezes; `code` is what a refusal is called, empty where none is expected.
///
/// Fields: slice, 4 bytes; subject, empty for everything; issued at, fresh for, max stale; status; the refusal, or empty; the image.
pub fn freeze(
    tape: &mut Tape,
    name: &str,
    directory: &Directory,
    options: &Options<'_>,
    code: &str,
) -> Vec<u8> {
    let (slice, subject) = match options.slice {
        Slice::Integration(id) => (VESTIBULE_SLICE_INTEGRATION, id.to_string()),
        Slice::Person(id) => (VESTIBULE_SLICE_PERSON, id.to_string()),
        _ => (VESTIBULE_SLICE_EVERYTHING, String::new()),
    };
    let (fresh_for, max_stale) = (
        options.fresh_for.unwrap_or(VESTIBULE_NO_LIMIT),
        options.max_stale.unwrap_or(VESTIBULE_NO_LIMIT),
    );
    let issue = Issue::at(options.issued_at).fresh_for(fresh_for).max_stale(max_stale);
    let frozen = directory.freeze(&options.slice, &issue);
    assert_eq!(frozen.is_err(), !code.is_empty(), "{name}");
    let (status, refusal) = match &frozen {
        Ok(_) => (VESTIBULE_OK, String::new()),
        Err(error) => (VESTIBULE_E_FREEZE, refusals::of_freeze(code, error)),
    };
    let bytes = frozen.unwrap_or_default();
    let fields = Fields::new()
        .u32(slice)
        .text(&subject)
        .i64(options.issued_at.as_millis())
        .u64(fresh_for)
        .u64(max_stale)
        .status(status)
        .text(&refusal)
        .bytes(&bytes);
    tape.add(Kind::Freeze, name, fields);
    bytes
}

/// The first id of a table of an estate.
pub fn first_id<'e>(estate: &'e Value, rows: &str) -> Option<IdRef<'e>> {
    array(estate, rows).first().map(|row| parse_id(text(row, "id")))
}
