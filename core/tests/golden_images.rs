//! Images of every version that was ever written open, and answer as they did; today's are these very bytes [C-62].
//! What to do when the format changes: `vectors/images/README.md`.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use vestibule::estate::Estate;
use vestibule::{
    Directory, IdRef, Image, Issue, Principal, Resource, Slice, SliceKind, TextRequest, Timestamp,
};

use self::support::images::{Listed, lobby, opened, permissions, what_can, who_can};
use self::support::oracle::{Answer, Oracle};

/// The version whose bytes are written today. It gets a new name whenever the bytes of the golden estate change.
const CURRENT: &str = "v1";
const MAX_BYTES: usize = 20_000;
const SLICES: [SliceKind; 3] = [SliceKind::Everything, SliceKind::Integration, SliceKind::Person];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/images")
}

fn read(version: &str, name: &str) -> Vec<u8> {
    let path = folder().join(format!("{version}-{name}"));
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read_json(version: &str, name: &str) -> Value {
    serde_json::from_slice(&read(version, name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What the images of the newest version are asked.
fn requests() -> Value {
    serde_json::from_slice(&fs::read(folder().join("requests.json")).unwrap()).unwrap()
}

fn image_name(slice: SliceKind) -> String {
    format!("{}.image", slice.as_str())
}

/// Every version that has an estate there.
fn versions() -> BTreeSet<String> {
    let names = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter_map(|name| name.strip_suffix("-estate.json").map(str::to_owned)).collect()
}

fn field<'v>(of: &'v Value, field: &str) -> &'v str {
    of[field].as_str().unwrap_or_else(|| panic!("`{field}` is missing in {of}"))
}

fn array<'v>(of: &'v Value, field: &str) -> &'v [Value] {
    of[field].as_array().unwrap_or_else(|| panic!("no array `{field}`"))
}

fn instant(of: &Value, name: &str) -> Timestamp {
    Timestamp::parse(field(of, name)).unwrap_or_else(|error| panic!("{error} in {of}"))
}

fn id<'v>(of: &'v Value, name: &str) -> IdRef<'v> {
    IdRef::parse(field(of, name)).unwrap_or_else(|error| panic!("{error} in {of}"))
}

fn resource(of: &Value) -> Resource<'_> {
    Resource::parse(field(of, "resource")).unwrap_or_else(|error| panic!("{error} in {of}"))
}

// ---------------------------------------------------------------------------------------------
// What images say
// ---------------------------------------------------------------------------------------------

fn request(of: &Value) -> TextRequest<'_> {
    TextRequest {
        principal: field(of, "principal"),
        action: field(of, "action"),
        resource: field(of, "resource"),
        acting_org: of["acting_org"].as_str(),
        at: instant(of, "at"),
    }
}

fn said(answer: Answer) -> Value {
    let until = (answer.until != Timestamp::MAX).then(|| answer.until.to_string());
    json!({
        "effect": answer.effect.as_str(),
        "reason": answer.reason.as_str(),
        "basis": answer.basis.as_str(),
        "until": until,
    })
}

fn decided(image: &Image<'_>, case: &Value) -> Value {
    said(image.decide_text(&request(&case["request"])).unwrap().into())
}

/// A list; `outside_slice` where the image does not have it.
fn listed(image: &Image<'_>, case: &Value) -> Value {
    let of = &case["request"];
    let at = instant(of, "at");
    let found: Listed = match field(of, "list") {
        "permissions" => {
            permissions(image, (Principal::Person(id(of, "person")), resource(of)), at)
        }
        "who_can" => who_can(image, (field(of, "action"), resource(of)), at),
        "what_can" => what_can(image, (id(of, "person"), field(of, "action")), at),
        "lobby_directory" => {
            return lobby(image, id(of, "integration"), at).unwrap_or(json!("outside_slice"));
        }
        other => panic!("`{other}` is not a list of images"),
    };
    found.map_or(json!("outside_slice"), |items| json!(items))
}

/// A case with what the images of all slices say to it.
fn answered(case: &Value, says: impl Fn(SliceKind, &Value) -> Value) -> Value {
    let answers = SLICES.map(|slice| (slice.as_str().to_owned(), says(slice, case)));
    json!({ "request": case["request"], "answers": Value::Object(answers.into_iter().collect()) })
}

/// Cases with the answers that the images of a version give.
fn answers_of(version: &str, cases: &Value) -> Value {
    let bytes = SLICES.map(|slice| read(version, &image_name(slice)));
    let images = bytes.each_ref().map(|bytes| opened(bytes));
    let image = |slice| images.iter().find(|image| image.slice() == slice).unwrap();
    let decisions = array(cases, "decisions").iter();
    let decisions = decisions.map(|case| answered(case, |of, case| decided(image(of), case)));
    let lists = array(cases, "lists").iter();
    let lists = lists.map(|case| answered(case, |of, case| listed(image(of), case)));
    json!({
        "issued_at": cases["issued_at"],
        "integration": cases["integration"],
        "person": cases["person"],
        "decisions": decisions.collect::<Vec<_>>(),
        "lists": lists.collect::<Vec<_>>(),
    })
}

#[test]
fn every_version_opens_and_answers_as_it_did() {
    let versions = versions();
    assert!(versions.contains("v1"), "golden images are never deleted: {versions:?}");
    for version in &versions {
        let golden = read_json(version, "answers.json");
        let found = answers_of(version, &golden);
        for list in ["decisions", "lists"] {
            for (found, wanted) in array(&found, list).iter().zip(array(&golden, list)) {
                assert_eq!(found, wanted, "{version}: {list}");
            }
        }
        assert!(array(&golden, "decisions").len() >= 40 && array(&golden, "lists").len() >= 15);
    }
}

// ---------------------------------------------------------------------------------------------
// Today's bytes
// ---------------------------------------------------------------------------------------------

/// JSON that people compare by line.
fn one_case_a_line(answers: &Value) -> String {
    let fields = answers.as_object().unwrap().iter().map(|(name, value)| {
        let value = value.as_array().map_or_else(
            || value.to_string(),
            |cases| {
                let cases: Vec<String> = cases.iter().map(|case| format!("    {case}")).collect();
                format!("[\n{}\n  ]", cases.join(",\n"))
            },
        );
        format!("  \"{name}\": {value}")
    });
    format!("{{\n{}\n}}\n", fields.collect::<Vec<_>>().join(",\n"))
}

/// The estate of today's version, frozen as its answers say.
fn frozen_today(cases: &Value) -> [(SliceKind, Vec<u8>); 3] {
    const HOUR: u64 = 3_600_000;
    let directory = Directory::from_json(&read(CURRENT, "estate.json")).unwrap();
    let issue = Issue::at(instant(cases, "issued_at")).fresh_for(24 * HOUR).max_stale(720 * HOUR);
    SLICES.map(|kind| {
        let slice = match kind {
            SliceKind::Integration => Slice::Integration(id(cases, "integration")),
            SliceKind::Person => Slice::Person(id(cases, "person")),
            _ => Slice::Everything,
        };
        (kind, directory.freeze(&slice, &issue).unwrap())
    })
}

/// Writes what is not there yet, where that was asked for. Never over anything.
fn write_new(name: &str, content: &[u8]) {
    let path = folder().join(format!("{CURRENT}-{name}"));
    if std::env::var_os("VESTIBULE_UPDATE").is_some() && !path.exists() {
        fs::write(path, content).unwrap();
    }
}

#[test]
fn the_estate_freezes_to_these_very_bytes() {
    for (slice, bytes) in frozen_today(&requests()) {
        let name = image_name(slice);
        write_new(&name, &bytes);
        assert!(bytes.len() < MAX_BYTES, "{name} has {} bytes", bytes.len());
        let golden = read(CURRENT, &name);
        assert!(
            bytes == golden,
            "{CURRENT}-{name} is not what freezing gives: see images/README.md"
        );
    }
    let answers = answers_of(CURRENT, &requests());
    write_new("answers.json", one_case_a_line(&answers).as_bytes());
}

// ---------------------------------------------------------------------------------------------
// Are the answers right?
// ---------------------------------------------------------------------------------------------

/// The oracle reads the estate itself. A slice says the same, or that it cannot.
#[test]
fn the_answers_are_those_of_the_oracle() {
    let estate = Estate::from_json(&read(CURRENT, "estate.json")).unwrap();
    let oracle = Oracle::new(&estate);
    let golden = read_json(CURRENT, "answers.json");
    let mut met = BTreeSet::new();
    for case in array(&golden, "decisions") {
        let answers = &case["answers"];
        let wanted = said(oracle.decide(&request(&case["request"]).parse().unwrap()));
        assert_eq!(answers["everything"], wanted, "{}", case["request"]);
        met.extend([field(&wanted, "reason").to_owned(), field(&wanted, "basis").to_owned()]);
        for slice in ["integration", "person"] {
            let said = &answers[slice];
            let is_known = field(said, "reason") != "outside_slice";
            assert!(!is_known || *said == wanted, "{slice} says {said} to {}", case["request"]);
        }
    }
    for case in array(&golden, "lists") {
        let of = &case["request"];
        let at = instant(of, "at");
        let wanted = match field(of, "list") {
            "permissions" => {
                oracle.permissions(Principal::Person(id(of, "person")), resource(of), at)
            }
            "who_can" => oracle.who_can(field(of, "action"), resource(of), at),
            "what_can" => oracle.what_can(id(of, "person"), field(of, "action"), at),
            _ => continue,
        };
        assert_eq!(case["answers"]["everything"], json!(wanted), "{of}");
    }
    // Every reason but the one that only slices have, and every basis.
    let reasons = vestibule::Reason::ALL.map(vestibule::Reason::as_str);
    let bases = vestibule::Basis::ALL.map(vestibule::Basis::as_str);
    let unmet = |word: &&str| *word != "outside_slice" && !met.contains(*word);
    let missing: Vec<&str> = reasons.into_iter().chain(bases).filter(unmet).collect();
    assert_eq!(missing, Vec::<&str>::new(), "the requests meet none of these");
}
