//! Whatever a file or a flag can hold: an error that says where and why, exit 2, no panic.

use core::fmt::Write;
use std::process::Command;

use crate::support::{self, Answer, EXPECTED, Folder, REQUESTS};

const CHECK: &str = "check --estate estate.json --requests requests.jsonl";
const DEEP: usize = 50_000_000;
const DEEPER: usize = 1_000_000_000;

fn with_estate(name: &str, estate: impl AsRef<[u8]>) -> Answer {
    let folder = Folder::with_estate(name);
    folder.write("estate.json", estate);
    folder.run(CHECK)
}

fn with_requests(name: &str, requests: impl AsRef<[u8]>) -> Answer {
    let folder = Folder::with_estate(name);
    folder.write("requests.jsonl", requests);
    folder.run(CHECK)
}

fn with_field(name: &str, field: &str, value: &str) -> Answer {
    let request = REQUESTS.lines().next().unwrap();
    let mut fields: Vec<_> = request.trim_matches(['{', '}']).split(",\"").collect();
    let changed = format!("{field}\":{value}");
    for text in &mut fields {
        if text.trim_start_matches('"').starts_with(&format!("{field}\"")) {
            *text = &changed;
        }
    }
    let line = fields.iter().map(|text| format!("\"{}", text.trim_start_matches('"')));
    with_requests(name, format!("{{{}}}\n", line.collect::<Vec<_>>().join(",")))
}

#[test]
fn estates_that_are_not_json() {
    let cases: [(&str, &[u8], &[&str]); 9] = [
        ("empty", b"", &["estate.json: $: syntax"]),
        ("space", b" \n\t ", &["estate.json: $: syntax"]),
        ("words", b"hello", &["found `h` at line 1 (byte 0)", "expected one JSON object"]),
        ("later", b"\n\n  [1]", &["found `[` at line 3 (byte 4)"]),
        ("truncated", b"{\"version\":1,\"people\":[{\"id\":\"a", &["syntax", "byte"]),
        ("after", b"{\"version\":1} x", &["syntax"]),
        ("not-utf-8", b"{\"version\":1,\"people\":[{\"id\":\"\xff\"}]}", &["syntax"]),
        ("nul", b"\0\0\0\0", &["found the byte 0x00"]),
        ("utf-16", b"\xff\xfe{\0", &["found the byte 0xff"]),
    ];
    for (name, estate, parts) in cases {
        with_estate(&format!("estate-{name}"), estate).assert_refused(parts);
    }
}

#[test]
fn estates_out_of_form() {
    let cases: [(&str, &str, &str); 12] = [
        ("unversioned", "{}", "$.version: missing_field"),
        ("version", r#"{"version":2}"#, "$.version: unsupported_version: found 2"),
        ("huge", r#"{"version":1e999}"#, "number out of range"),
        ("negative", r#"{"version":1,"revision":-1}"#, "$.revision"),
        ("large", r#"{"version":1,"revision":18446744073709551616}"#, "$.revision"),
        ("twice", r#"{"version":1,"version":1}"#, "$.version: duplicate_field"),
        ("unknown", r#"{"version":1,"poeple":[]}"#, "$.poeple: unknown_field"),
        ("type", r#"{"version":1,"people":{}}"#, "$.people: wrong_type"),
        ("colon", r#"{"version":1,"people":[{"id":"a:b"}]}"#, "$.people[0].id: invalid_id"),
        ("star", r#"{"version":1,"people":[{"id":"*"}]}"#, "$.people[0].id: invalid_id"),
        ("nul", r#"{"version":1,"people":[{"id":"a\u0000"}]}"#, "$.people[0].id: invalid_id"),
        ("bidi", r#"{"version":1,"people":[{"id":"a\u202e"}]}"#, "$.people[0].id: invalid_id"),
    ];
    for (name, estate, part) in cases {
        let answer = with_estate(&format!("estate-form-{name}"), estate);
        answer.assert_refused(&["estate.json: $", part]);
        assert!(!answer.err.contains(['\0', '\u{202e}']), "{answer:?}");
    }
}

#[test]
fn every_fault_has_a_line_with_the_file_name() {
    let estate = r#"{"version":1,"people":[{"id":"a:b"},{}],"units":[{"id":"u"}],"what":1}"#;
    let answer = with_estate("every_fault", estate);
    answer.assert_refused(&["$.people[0].id", "$.people[1].id", "$.units[0].number", "$.what"]);
    assert!(answer.err.lines().all(|line| line.starts_with("estate.json: $")), "{answer:?}");
}

#[test]
fn an_alias_in_lower_case_is_the_same_ulid() {
    let upper = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    let lower = upper.to_lowercase();
    let estate = format!(r#"{{"version":1,"people":[{{"id":"{upper}"}},{{"id":"{lower}"}}]}}"#);
    with_estate("lower_case_ulid", estate).assert_refused(&["$.people[1].id: duplicate_id"]);
}

#[test]
fn a_cycle_of_100_000_organisations() {
    let mut estate = r#"{"version":1,"organisations":["#.to_owned();
    for index in 0..100_000 {
        let comma = if index == 0 { "" } else { "," };
        let parent = (index + 1) % 100_000;
        write!(estate, r#"{comma}{{"id":"o{index}","name":"O","parent":"o{parent}"}}"#).unwrap();
    }
    estate.push_str("]}");
    with_estate("a_cycle", estate)
        .assert_refused(&["$.organisations[0].parent: organisation_cycle"]);
}

#[test]
fn depth_bombs() {
    let object = "{\"a\":".repeat(100_000);
    with_estate("bomb-objects", format!("{{\"version\":1,\"what\":{object}"))
        .assert_refused(&["estate.json: $"]);
    let arrays = "[".repeat(1_000_000);
    with_estate("bomb-arrays", format!("{{\"version\":1,\"people\":{arrays}"))
        .assert_refused(&["estate.json: $"]);
    let line = "{\"note\":".repeat(5_000);
    with_requests("bomb-line", line).assert_refused(&["requests.jsonl:1", "`note`"]);
    let line = format!("{{\"what\":{}", "[".repeat(20_000));
    with_requests("bomb-unknown", line).assert_refused(&["unknown field `what`"]);
}

/// Runs a command that may use at most 200 MB of address space.
fn run_in_200_mb(folder: &str, command: &str) -> Answer {
    let vestibule = env!("CARGO_BIN_EXE_vestibule");
    let script = format!("ulimit -v 200000; cd \"$0\"; exec {vestibule} {command}");
    Command::new("sh").args(["-c", &script, folder]).output().unwrap().into()
}

fn brackets(name: &str, count: usize) {
    let folder = Folder::with_estate(name);
    let brackets = "[".repeat(count);
    let path = folder.write("brackets", &brackets);
    let folder_path = path.parent().unwrap().to_str().unwrap();
    run_in_200_mb(folder_path, "check --estate brackets --requests requests.jsonl")
        .assert_refused(&["brackets: $: syntax: found `[`"]);
    run_in_200_mb(folder_path, "check --estate estate.json --requests brackets")
        .assert_refused(&["brackets:1: found a longer line, expected at most 65536 bytes"]);
    run_in_200_mb(folder_path, &format!("{CHECK} --expect brackets"))
        .assert_refused(&["brackets:1: found a longer line"]);
    let pairs = run_in_200_mb(folder_path, "covers --lines < brackets");
    pairs.assert_refused(&["standard input:1: found a longer line"]);
    assert_eq!(pairs.out, "false\n");
    folder.write("brackets", format!("{{\"version\":1,\"people\":{brackets}"));
    folder
        .run("check --estate brackets --requests requests.jsonl")
        .assert_refused(&["brackets: $: syntax"]);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn many_brackets() {
    brackets("many_brackets", DEEP);
}

#[test]
#[ignore = "writes a file of 1 GB"]
fn a_gigabyte_of_brackets() {
    brackets("a_gigabyte_of_brackets", DEEPER);
}

#[cfg(target_os = "linux")]
#[test]
fn input_without_end() {
    let folder = Folder::with_estate("input_without_end");
    folder.run("lint --estate /dev/zero").assert_refused(&["/dev/zero: $: syntax"]);
    folder
        .run("check --estate estate.json --requests /dev/zero")
        .assert_refused(&["/dev/zero:1: found a longer line"]);
}

#[test]
fn an_estate_over_the_limit_is_not_read() {
    let folder = Folder::with_estate("an_estate_over_the_limit");
    let file = std::fs::File::create(folder.write("estate.json", "{")).unwrap();
    // A sparse file: it takes no room.
    file.set_len(2_000_000_001).unwrap();
    folder.run(CHECK).assert_refused(&["estate.json: too long, expected at most 2000000000 bytes"]);
}

#[test]
fn files_that_are_none() {
    let folder = Folder::with_estate("files_that_are_none");
    folder
        .run("check --estate . --requests requests.jsonl")
        .assert_refused(&[".: a directory, expected a file"]);
    folder
        .run("check --estate none.json --requests requests.jsonl")
        .assert_refused(&["none.json: cannot be read"]);
    folder
        .run("check --estate estate.json --requests .")
        .assert_refused(&[".: a directory, expected a file"]);
    folder
        .run("check --estate estate.json --requests none.jsonl")
        .assert_refused(&["none.jsonl: cannot be read"]);
    folder.run(&format!("{CHECK} --expect none.jsonl")).assert_refused(&["none.jsonl: cannot"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::with_estate("a_file_that_may_not_be_read");
    let path = folder.write("estate.json", support::ESTATE);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(&path).is_ok() {
        return; // Whoever runs the tests may read everything.
    }
    folder.run(CHECK).assert_refused(&["estate.json: cannot be read"]);
}

#[test]
fn lines_that_are_no_request() {
    let good = REQUESTS.lines().next().unwrap();
    let cases: [(&str, Vec<u8>, &str); 10] = [
        ("empty", b"".to_vec(), "requests.jsonl: found no request"),
        ("words", b"hello\n".to_vec(), "requests.jsonl:1:1: not one JSON object"),
        ("array", b"[1]\n".to_vec(), "requests.jsonl:1:1: invalid type: sequence, expected one"),
        (
            "truncated",
            good.as_bytes()[..50].to_vec(),
            "requests.jsonl:1:50: not one JSON object: EOF",
        ),
        ("two", format!("{good}{good}\n").into(), "not one JSON object: trailing characters"),
        ("blank", format!("{good}\n\n{good}\n").into(), "requests.jsonl:2: found a blank line"),
        ("last", format!("{good}\n\n").into(), "requests.jsonl:2: found a blank line"),
        ("space", format!("{good}\n \r\n").into(), "requests.jsonl:2: found a blank line"),
        ("not-utf-8", b"{\"note\":\"\xff\"}\n".to_vec(), ":1:10: not UTF-8: found the byte 0xff"),
        ("nothing", b"{}\n".to_vec(), "requests.jsonl:1: `principal`: found nothing"),
    ];
    for (name, requests, part) in cases {
        with_requests(&format!("request-{name}"), requests).assert_refused(&[part]);
    }
}

#[test]
fn fields_that_are_not_of_their_form() {
    let cases: [(&str, &str, &str, &[&str]); 17] = [
        ("number", "at", "5", &["requests.jsonl:1:", "`at`: found the number 5, expected text"]),
        ("range", "at", "1e999", &["`at`: not one JSON object: number out of range"]),
        ("minus", "at", "-5", &["`at`: found the number -5"]),
        ("fraction", "note", "0.5", &["`note`: found the number 0.5"]),
        ("null", "acting_org", "null", &["door:front"]),
        ("truth", "action", "true", &["`action`: found true, expected text"]),
        ("list", "resource", "[]", &["`resource`: found an array, expected text"]),
        ("object", "principal", "{}", &["`principal`: found an object, expected text"]),
        ("word", "principal", "\"ana\"", &["`principal`: expected `person:ID`", "found `ana`"]),
        ("star", "principal", "\"person:*\"", &["`principal`", "byte 0x2a", "`person:*`"]),
        ("kind", "resource", "\"house:x\"", &["`resource`: expected `platform`", "`house:x`"]),
        ("colon", "resource", "\"door:a:b\"", &["`resource`", "byte 0x3a"]),
        ("nul", "resource", "\"door:\\u0000\"", &["byte 0x00", "`door:\\u{0}`"]),
        ("bidi", "principal", "\"person:\\u202eana\"", &["byte 0xe2", "`person:\\u{202e}ana`"]),
        ("surrogate", "note", "\"\\ud800\"", &["`note`: not one JSON object"]),
        ("date", "at", "\"2026-11-22\"", &["`at`: found `2026-11-22`", "time and an offset"]),
        ("time", "at", "\"soon\"", &["`at`: found `soon`", "expected RFC 3339"]),
    ];
    for (name, field, value, parts) in cases {
        if name == "null" {
            let line = REQUESTS.lines().next().unwrap().replace("\"note\"", "\"acting_org\"");
            with_requests("field-null", line.replace("\"home\"", value))
                .assert_refused(&["`acting_org`: found null, expected text"]);
            continue;
        }
        with_field(&format!("field-{name}"), field, value).assert_refused(parts);
    }
}

#[test]
fn fields_twice_and_unknown_fields() {
    let good = REQUESTS.lines().next().unwrap();
    let twice = good.replace("\"note\":\"home\"", "\"action\":\"doors:open\"");
    with_requests("field-twice", twice)
        .assert_refused(&["requests.jsonl:1:", "`action`: found twice, expected once"]);
    let escaped = good.replace("\"note\":\"home\"", "\"\\u0061ction\":\"doors:open\"");
    with_requests("field-twice-escaped", escaped).assert_refused(&["`action`: found twice"]);
    let unknown = good.replace("\"note\"", "\"\\u001b[31mnotes\"");
    with_requests("field-unknown", unknown).assert_refused(&[
        "found the unknown field `\\u{1b}[31mnotes`",
        "expected one of `principal`, `action`, `resource`, `acting_org`, `at`, `note`",
    ]);
}

#[test]
fn every_bad_line_is_reported_and_the_good_ones_answered() {
    let good = REQUESTS.lines().next().unwrap();
    let answer = with_requests("every_bad_line", format!("x\n{good}\ny\n{good}\n"));
    answer.assert_refused(&["requests.jsonl:1:1:", "requests.jsonl:3:1:"]);
    assert_eq!(answer.out.matches("ALLOW").count(), 2, "{answer:?}");
    let many = with_requests("too_many_bad_lines", "x\n".repeat(1_000_000));
    many.assert_refused(&["requests.jsonl:100:1:", "stopped after 100 bad lines"]);
    assert_eq!(many.err.lines().count(), 101);
}

#[test]
fn a_line_of_just_the_limit() {
    let good = REQUESTS.lines().next().unwrap();
    let fill = |bytes: usize| good.replace("home", &"x".repeat(bytes - good.len() + 4));
    let at_limit = with_requests("line_at_limit", fill(65_536) + "\n");
    assert_eq!(at_limit.code, 0, "{at_limit:?}");
    with_requests("line_over_limit", fill(65_537) + "\n")
        .assert_refused(&["requests.jsonl:1: found a longer line"]);
}

#[test]
fn expected_answers_out_of_form() {
    let cases = [
        ("effect", EXPECTED.replace("allow", "alow"), "expected.jsonl:1: `effect`: found `alow`"),
        ("reason", EXPECTED.replace("expired", "late"), "expected.jsonl:2: `reason`: found `late`"),
        ("basis", EXPECTED.replace("residency", "luck"), "`basis`: found `luck`"),
        ("until", EXPECTED.replace("null", "\"never\""), "`until`: found `never`"),
        ("code", EXPECTED.replace("\"until\":null", "\"code\":-1"), "`code`: found the number -1"),
        ("missing", EXPECTED.replace("\"reason\":\"expired\",", ""), "`reason`: found nothing"),
        ("unknown", EXPECTED.replace("\"until\":null", "\"why\":\"\""), "unknown field `why`"),
        ("blank", EXPECTED.replace("}\n{", "}\n\n{"), "expected.jsonl:2: found a blank line"),
    ];
    for (name, expected, part) in cases {
        let folder = Folder::with_estate(&format!("expected-{name}"));
        folder.write("expected.jsonl", expected);
        folder.run(&format!("{CHECK} --expect expected.jsonl")).assert_refused(&[part]);
    }
}

#[test]
fn bad_usage() {
    let folder = Folder::with_estate("bad_usage");
    let one = "check --estate estate.json --person ana --action doors:open --resource";
    let cases = [
        (String::new(), "Usage"),
        ("open".to_owned(), "unrecognized subcommand"),
        ("check".to_owned(), "--estate"),
        (
            "check --estate estate.json".to_owned(),
            "--person ID or --principal PRINCIPAL is missing",
        ),
        ("check --estate estate.json --person ana".to_owned(), "--action KEY is missing"),
        (format!("{CHECK} --person ana"), "cannot be used with"),
        (format!("{one} door:front --principal person:ben"), "cannot be used with"),
        (format!("{one} front"), "`resource`: expected `platform`"),
        (format!("{one} door:front --at noon"), "expected RFC 3339"),
        (format!("{one} door:front --at 2026-11-22"), "time and an offset"),
        (format!("{one} door:front --acting-org a:b"), "`acting_org`"),
        ("check --estate - --requests -".to_owned(), "found `-` twice"),
        ("who-can --estate estate.json --action doors:open".to_owned(), "--resource"),
        ("members --estate estate.json --organisation o*".to_owned(), "byte 0x2a"),
        ("schema --estate estate.json".to_owned(), "unexpected argument"),
    ];
    for (command, part) in cases {
        folder.run(&command).assert_refused(&[part]);
    }
    let hidden = ["check", "--estate", "estate.json", "--person", "\u{1b}[31m\u{202e}x"];
    let answer =
        folder.run_words(&[&hidden[..], &["--action", "a", "--resource", "platform"]].concat());
    answer.assert_refused(&["\\u{1b}[31m\\u{202e}x"]);
    assert!(!answer.err.contains(['\u{1b}', '\u{202e}']), "{answer:?}");
}

#[cfg(unix)]
#[test]
fn flags_and_file_names_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let raw = OsStr::from_bytes(b"\xff\x1b.json");
    for words in [["lint", "--estate"], ["covers", "a"]] {
        let answer: Answer = support::vestibule().args(words).arg(raw).output().unwrap().into();
        assert_eq!(answer.code, 2, "{answer:?}");
        assert!(!answer.err.contains('\u{1b}'), "{answer:?}");
    }
}
