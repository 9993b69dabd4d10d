//! What is legal and suspicious is told, once each; what is not suspicious is not [C-66].

use vestibule::{Directory, LintCode, Timestamp};

fn lint(rows: &str) -> Vec<(LintCode, String)> {
    let document = format!(
        r#"{{
          "version": 1,
          "organisations": [{{"id": "o", "name": "O", "kind": "pmo"}}],
          "buildings": [{{"id": "b", "owner": "o"}}],
          "integrations": [{{"id": "i", "building": "b"}}],
          "doors": [{{"id": "d", "integration": "i", "audience": "all_residents"}}],
          {rows}
        }}"#
    );
    let directory =
        Directory::from_json(document.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    let findings = directory.lint(Timestamp::parse("2026-11-22T18:00:00Z").unwrap());
    findings.into_iter().map(|finding| (finding.code, finding.subject)).collect()
}

fn found(code: LintCode, subject: &str) -> Vec<(LintCode, String)> {
    vec![(code, subject.into())]
}

#[test]
fn nothing_is_told_of_an_ordinary_estate() {
    let rows = r#"
      "units": [{"id": "u", "number": "1", "building": "b", "integration": "i", "administrators": ["ana"]}],
      "people": [{"id": "ana"}, {"id": "gone", "state": "deleted"}],
      "memberships": [{"person": "ana", "organisation": "o", "roles": ["virtual_access:integration:i:resident"]}],
      "residencies": [{"person": "ana", "unit": "u"}]"#;
    assert_eq!(lint(rows), []);
}

#[test]
fn a_wildcard_is_told_with_its_spread() {
    let rows = r#"
      "people": [{"id": "tom"}],
      "memberships": [{"person": "tom", "organisation": "o", "roles": ["doors:*"]}]"#;
    assert_eq!(lint(rows), found(LintCode::WildcardRole, "doors:*"));
}

#[test]
fn a_unit_that_no_door_is_for() {
    let rows = r#""units": [{"id": "u", "number": "1", "building": "b"}]"#;
    assert_eq!(lint(rows), found(LintCode::UnreachableUnit, "unit:u"));
}

#[test]
fn people_without_any_way_in() {
    let rows = r#"
      "people": [{"id": "ana"}, {"id": "ben"}],
      "memberships": [{"person": "ben", "organisation": "o", "roles": ["member"]}]"#;
    let expected = ["person:ana", "person:ben"].map(|who| (LintCode::NoWayIn, who.to_owned()));
    assert_eq!(lint(rows), expected);
}

#[test]
fn grants_that_can_never_apply_or_have_ended() {
    let rows = r#"
      "people": [{"id": "ana"}, {"id": "ben"}, {"id": "cleo"}],
      "memberships": [
        {"person": "ana", "organisation": "o", "valid": {"to": "2026-01-01T00:00:00Z"},
         "roles": ["orgs:read", {"role": "admin", "valid": {"from": "2026-02-01T00:00:00Z"}}]},
        {"person": "ben", "organisation": "o", "roles": ["orgs:read"], "permission_groups": ["pmo.security"]},
        {"person": "cleo", "organisation": "o", "roles": ["orgs:read", "nothing:of:this:kind:*"]}
      ]"#;
    let expected = [
        (LintCode::WildcardRole, "nothing:of:this:kind:*"),
        (LintCode::NeverApplies, "person:ana"),
        (LintCode::Ended, "person:ana"),
        (LintCode::NeverApplies, "person:ben"),
        (LintCode::NeverApplies, "person:cleo"),
    ];
    assert_eq!(lint(rows), expected.map(|(code, subject)| (code, subject.to_owned())));
}

#[test]
fn administrators_and_residents_who_do_not_live_there() {
    let rows = r#"
      "units": [{"id": "u", "number": "1", "building": "b", "integration": "i", "administrators": ["ana"]}],
      "people": [{"id": "ana"}, {"id": "ben"}],
      "memberships": [{"person": "ben", "organisation": "o", "roles": ["virtual_access:integration:i:resident"]}],
      "residencies": [{"person": "ana", "unit": "u", "valid": {"to": "2026-01-01T00:00:00Z"}}]"#;
    let expected = [
        (LintCode::Ended, "person:ana"),
        (LintCode::AdministratorWithoutResidency, "person:ana"),
        (LintCode::ResidentWithoutResidency, "person:ben"),
    ];
    assert_eq!(lint(rows), expected.map(|(code, subject)| (code, subject.to_owned())));
}
