//! `explain` and `lint`.

use crate::support::Folder;

const AT: &str = "--estate estate.json --at 2026-11-22T18:00:00Z";

#[test]
fn an_allow_in_words() {
    let folder = Folder::with_estate("explain_allow");
    let answer =
        folder.run(&format!("explain {AT} --person ana --action doors:open --resource door:front"));
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.out.contains("Yes: Ana"), "{answer:?}");
    assert!(answer.out.contains("2027-01-01T00:00:00Z"), "{answer:?}");
    assert!(answer.out.ends_with('\n') && !answer.out.ends_with("\n\n"), "{answer:?}");
}

#[test]
fn denies_in_words() {
    let folder = Folder::with_estate("explain_deny");
    let cases = [
        ("--person ben --resource door:front", "[expired]"),
        ("--person ana --resource door:plant", "[door_audience]"),
        ("--person dora --resource door:front", "[no_grant]"),
        ("--person none --resource door:front", "[principal_unknown]"),
        ("--person ana --resource door:front --acting-org branch", "[org_context]"),
    ];
    for (question, reason) in cases {
        let answer = folder.run(&format!("explain {AT} --action doors:open {question}"));
        assert_eq!(answer.code, 1, "{answer:?}");
        assert!(answer.out.contains(reason), "no {reason} in {answer:?}");
    }
}

#[test]
fn as_data() {
    let folder = Folder::with_estate("explain_data");
    let question = "--action doors:open --resource door:front --json";
    let cases = [("ana", 0, "allow", "granted"), ("ben", 1, "deny", "expired")];
    for (person, code, effect, reason) in cases {
        let answer = folder.run(&format!("explain {AT} --person {person} {question}"));
        assert_eq!(answer.code, code, "{answer:?}");
        assert_eq!(answer.out.lines().count(), 1, "{answer:?}");
        let data: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        assert_eq!((&data["effect"], &data["reason"]), (&effect.into(), &reason.into()));
    }
}

#[test]
fn questions_that_are_none() {
    let folder = Folder::with_estate("explain_bad");
    folder
        .run(&format!("explain {AT} --person ana --resource door:front"))
        .assert_refused(&["--action KEY is missing"]);
    folder
        .run(&format!("explain {AT} --person ana --action doors:open --resource front"))
        .assert_refused(&["`resource`: expected `platform`"]);
}

#[test]
fn suspicion() {
    let folder = Folder::with_estate("lint");
    let words = folder.run(&format!("lint {AT}"));
    assert_eq!(words.code, 0, "{words:?}");
    assert!(words.out.contains("ended: person:ben: "), "{words:?}");
    let lines = folder.run(&format!("lint {AT} --json"));
    assert_eq!(lines.code, 0, "{lines:?}");
    assert_eq!(lines.out.lines().count(), words.out.lines().count());
    for line in lines.out.lines() {
        let data: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(data["code"].is_string() && data["text"].is_string(), "{line}");
    }
    folder.write("estate.json", r#"{"version":1}"#);
    folder.run(&format!("lint {AT}")).assert_prints(0, "Nothing suspicious.\n");
    folder.run(&format!("lint {AT} --json")).assert_prints(0, "");
}
