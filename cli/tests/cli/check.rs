//! `check`: answers, exit codes, expected answers.

use crate::support::{self, EXPECTED, Folder};

const CHECK: &str = "check --estate estate.json --requests requests.jsonl";
const ONE: &str = "check --estate estate.json --at 2026-11-22T18:00:00Z --action doors:open";

#[test]
fn one_request_by_flags() {
    let folder = Folder::with_estate("one_request_by_flags");
    folder.run(&format!("{ONE} --person ana --resource door:front")).assert_prints(
        0,
        "   1 ALLOW person:ana doors:open door:front at 2026-11-22T18:00:00Z: granted by residency \
         until 2027-01-01T00:00:00Z\n1 request: 1 allowed, 0 denied\n",
    );
    let denied = folder.run(&format!("{ONE} --principal person:ben --resource door:front"));
    assert_eq!(denied.code, 1);
    assert!(denied.out.contains("DENY  person:ben doors:open door:front"), "{denied:?}");
    assert!(denied.out.contains("expired (what is held has ended)"), "{denied:?}");
}

#[test]
fn json_by_flags() {
    let folder = Folder::with_estate("json_by_flags");
    folder.run(&format!("{ONE} --person tenant-7 --resource door:front --json")).assert_prints(
        0,
        "{\"line\":1,\"effect\":\"allow\",\"reason\":\"granted\",\"code\":0,\
         \"basis\":\"residency\",\"until\":\"2027-01-01T00:00:00Z\"}\n",
    );
    folder.run(&format!("{ONE} --person nobody --resource door:front --json")).assert_prints(
        1,
        "{\"line\":1,\"effect\":\"deny\",\"reason\":\"principal_unknown\",\"code\":101,\
         \"until\":null}\n",
    );
}

#[test]
fn the_acting_organisation_narrows() {
    let folder = Folder::with_estate("the_acting_organisation_narrows");
    let answer =
        folder.run(&format!("{ONE} --person ana --resource door:front --acting-org branch"));
    assert_eq!(answer.code, 1);
    assert!(answer.out.contains("for organisation:branch"), "{answer:?}");
    assert!(answer.out.contains("org_context"), "{answer:?}");
}

#[test]
fn without_at_the_machine_tells_the_time() {
    let folder = Folder::with_estate("without_at_the_machine_tells_the_time");
    let now = "check --estate estate.json --action doors:open --resource door:front";
    assert_eq!(folder.run(&format!("{now} --person cleo")).code, 0);
    assert_eq!(folder.run(&format!("{now} --person ben")).code, 1);
}

#[test]
fn requests_from_a_file() {
    let folder = Folder::with_estate("requests_from_a_file");
    let answer = folder.run(CHECK);
    assert_eq!(answer.code, 1, "{answer:?}");
    let lines: Vec<_> = answer.out.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].starts_with("   1 ALLOW person:ana"));
    assert!(lines[2].contains("door_audience"));
    assert_eq!(lines[3], "3 requests: 1 allowed, 2 denied");
}

#[test]
fn all_allowed_is_exit_0() {
    let folder = Folder::with_estate("all_allowed_is_exit_0");
    let first = support::REQUESTS.lines().next().unwrap();
    // The last line needs no end; one that ends is no line more.
    for requests in [first.to_owned(), format!("{first}\n"), format!("{first}\r\n")] {
        folder.write("requests.jsonl", requests);
        assert_eq!(folder.run(CHECK).code, 0);
    }
}

#[test]
fn requests_from_standard_input_are_answered_one_by_one() {
    use std::io::{BufRead, BufReader, Write};

    let folder = Folder::with_estate("requests_from_standard_input");
    let mut child = folder.start("check --estate estate.json --requests - --json");
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for (number, request) in (1..).zip(support::REQUESTS.lines()) {
        writeln!(stdin, "{request}").unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"line\":{number},")), "{answer}");
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn the_estate_from_standard_input() {
    let folder = Folder::with_estate("the_estate_from_standard_input");
    let words = "check --estate - --requests requests.jsonl --expect expected.jsonl --quiet";
    folder.run_with(words, support::ESTATE.as_bytes()).assert_prints(
        0,
        "3 requests: 1 allowed, 2 denied; every answer is as in expected.jsonl\n",
    );
}

#[test]
fn at_is_for_lines_that_have_none() {
    let folder = Folder::with_estate("at_is_for_lines_that_have_none");
    folder.write(
        "requests.jsonl",
        "{\"principal\":\"person:ben\",\"action\":\"doors:open\",\"resource\":\"door:front\"}\n",
    );
    folder.run(CHECK).assert_refused(&["requests.jsonl:1: `at`: found nothing"]);
    assert_eq!(folder.run(&format!("{CHECK} --at 2025-11-22T18:00:00Z")).code, 0);
}

#[test]
fn equal_answers_are_exit_0_even_when_some_are_denied() {
    let folder = Folder::with_estate("equal_answers");
    let answer = folder.run(&format!("{CHECK} --expect expected.jsonl"));
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.out.ends_with("every answer is as in expected.jsonl\n"), "{answer:?}");
    let json = folder.run(&format!("{CHECK} --expect expected.jsonl --json"));
    assert_eq!((json.code, json.out.lines().count()), (0, 3), "{json:?}");
}

#[test]
fn the_output_can_be_expected() {
    let folder = Folder::with_estate("the_output_can_be_expected");
    let answer = folder.run(&format!("{CHECK} --json"));
    folder.write("expected.jsonl", answer.out);
    assert_eq!(folder.run(&format!("{CHECK} --expect expected.jsonl")).code, 0);
}

#[test]
fn every_field_that_is_given_is_compared() {
    let folder = Folder::with_estate("every_field_that_is_given");
    let cases = [
        ("\"effect\":\"allow\"", "\"effect\":\"deny\"", "effect: expected deny, found allow"),
        ("\"granted\"", "\"no_grant\"", "reason: expected no_grant, found granted"),
        ("\"residency\"", "\"site_role\"", "basis: expected site_role, found residency"),
        ("\"2027-01-01T00:00:00Z\"", "null", "until: expected never, found 2027-01-01T00:00:00Z"),
        ("\"because\"", "\"code\":7,\"because\"", "code: expected 7, found 0"),
        ("\"because\"", "\"line\":9,\"because\"", "line: expected 9, found 1"),
        ("\"until\":null", "\"until\":\"2030-01-01T00:00:00Z\"", "found never"),
    ];
    for (from, to, difference) in cases {
        folder.write("expected.jsonl", EXPECTED.replacen(from, to, 1));
        let answer = folder.run(&format!("{CHECK} --expect expected.jsonl --quiet"));
        assert_eq!(answer.code, 1, "{answer:?}");
        assert!(answer.out.contains(difference), "no `{difference}` in {answer:?}");
        assert!(answer.out.contains("1 not as in expected.jsonl"), "{answer:?}");
        let json = folder.run(&format!("{CHECK} --expect expected.jsonl --quiet --json"));
        assert_eq!((json.code, json.out.lines().count()), (1, 1), "{json:?}");
        assert!(json.out.contains("\"differs\":[{\"field\":"), "{json:?}");
    }
}

#[test]
fn a_difference_repeats_what_the_file_says() {
    let folder = Folder::with_estate("a_difference_repeats");
    folder.write("expected.jsonl", EXPECTED.replacen("residency", "site_role", 1));
    let answer = folder.run(&format!("{CHECK} --expect expected.jsonl --quiet"));
    assert!(answer.out.contains("expected because: she lives there"), "{answer:?}");
}

#[test]
fn another_number_of_answers_is_a_difference() {
    let folder = Folder::with_estate("another_number_of_answers");
    let check = format!("{CHECK} --expect expected.jsonl");
    folder.write("expected.jsonl", EXPECTED.lines().next().unwrap());
    let fewer = folder.run(&check);
    assert_eq!(fewer.code, 1, "{fewer:?}");
    assert!(fewer.out.contains("answer: expected none, found deny"), "{fewer:?}");
    assert!(fewer.out.contains("2 not as in expected.jsonl"), "{fewer:?}");

    folder.write("expected.jsonl", EXPECTED.repeat(2));
    let more = folder.run(&check);
    assert_eq!(more.code, 1, "{more:?}");
    assert!(more.out.contains("answers: expected 6, found 3"), "{more:?}");
    let json = folder.run(&format!("{check} --json --quiet"));
    json.assert_prints(
        1,
        "{\"line\":4,\"differs\":[{\"field\":\"answers\",\"expected\":\"6\",\"found\":\"3\"}]}\n",
    );

    folder.write("expected.jsonl", "");
    assert_eq!(folder.run(&check).code, 1);
}

#[test]
fn the_examples_are_as_expected() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");
    let folder = Folder::new("the_examples");
    for (example, least) in [("maple-court", 60), ("harbour-group", 60)] {
        let file = |name| format!("{examples}/{example}/{name}");
        let (estate, requests) = (file("estate.json"), file("requests.jsonl"));
        let expected = file("expected.jsonl");
        let words = ["check", "--estate", &estate, "--requests", &requests, "--expect", &expected];
        let answer = folder.run_words(&words);
        assert_eq!(answer.code, 0, "{}\n{}", answer.out, answer.err);
        assert!(answer.out.lines().count() > least, "{example}");
    }
}
