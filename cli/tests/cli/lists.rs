//! The lists and the schema.

use crate::support::Folder;

const AT: &str = "--estate estate.json --at 2026-11-22T18:00:00Z";

#[test]
fn for_people() {
    let folder = Folder::with_estate("lists_for_people");
    let run = |command: &str| folder.run(&format!("{command} {AT}"));
    run("who-can --action doors:open --resource door:front").assert_prints(0, "ana\ncleo\n");
    run("who-can --action doors:open --resource platform").assert_prints(0, "");
    run("what-can --person tenant-7 --action doors:open").assert_prints(0, "door:front\n");
    run("permissions --person ana --resource door:front").assert_prints(0, "doors:open\n");
    run("permissions --principal unit_token:u12 --resource unit:u12").assert_prints(
        0,
        "residents:list\nresidents:write\nunit_devices:delete\nunit_devices:list\n\
         unit_users:read\nunit_users:update\n",
    );
    run("members --organisation operator").assert_prints(0, "cleo  operator: admin, member\n");
    run("members --organisation operator --recursive")
        .assert_prints(0, "cleo  operator: admin, member\ndora  branch: member\n");
    run("orgs --person cleo").assert_prints(0, "branch\noperator\n");
    run("building-users --integration panel").assert_prints(0, "");
    run("assignable-roles --actor ana --integration panel").assert_prints(0, "");
    run("lobby --integration panel").assert_prints(0, "12  Ana (ana)\n");
}

#[test]
fn for_programs() {
    let folder = Folder::with_estate("lists_for_programs");
    let run = |command: &str| folder.run(&format!("{command} {AT} --json"));
    run("who-can --action doors:open --resource door:front")
        .assert_prints(0, "\"ana\"\n\"cleo\"\n");
    run("what-can --person ana --action doors:open").assert_prints(0, "\"door:front\"\n");
    run("members --organisation branch").assert_prints(
        0,
        "{\"person\":\"dora\",\"blocked\":false,\"org_roles\":{\"branch\":[\"member\"]}}\n",
    );
    run("lobby --integration panel").assert_prints(
        0,
        "{\"unit\":\"u12\",\"number\":\"12\",\"residents\":[{\"person\":\"ana\",\"name\":\"Ana\"}],\
         \"callable\":true}\n",
    );
}

#[test]
fn pages_follow_each_other() {
    let folder = Folder::with_estate("pages");
    let list = format!("who-can --action doors:open --resource door:front {AT} --limit 1");
    let first = folder.run(&list);
    let (item, cursor) = first.out.split_once("\nmore: --cursor ").unwrap();
    assert_eq!((first.code, item), (0, "ana"));
    folder.run(&format!("{list} --cursor {cursor}")).assert_prints(0, "cleo\n");
    let json = folder.run(&format!("{list} --json"));
    assert_eq!(json.out, format!("\"ana\"\n{{\"next\":\"{}\"}}\n", cursor.trim_end()));
    folder
        .run(&format!("{list} --json --cursor {cursor}"))
        .assert_prints(0, "\"cleo\"\n{\"next\":null}\n");
    folder
        .run(&format!("orgs --person cleo {AT} --cursor {cursor}"))
        .assert_refused(&["`cursor`", "another list"]);
    folder.run(&format!("{list} --cursor x")).assert_refused(&["`cursor`"]);
    for limit in ["0", "-1", "1.5", "99999999999999999999", "many"] {
        let command = format!("orgs --person cleo {AT} --limit {limit}");
        folder.run(&command).assert_refused(&["limit", limit]);
    }
}

#[test]
fn what_the_estate_does_not_have() {
    let folder = Folder::with_estate("lists_unknown");
    let cases = [
        ("who-can --action doors:open --resource door:none", "no door `none`"),
        ("who-can --action doors:* --resource door:front", "no permission `doors:*`"),
        ("what-can --person none --action doors:open", "no person `none`"),
        ("permissions --person none --resource platform", "no person `none`"),
        ("permissions --principal unit_token:none --resource platform", "no unit `none`"),
        ("permissions --person ana --resource unit:none", "no unit `none`"),
        ("members --organisation none", "no organisation `none`"),
        ("orgs --person none", "no person `none`"),
        ("building-users --integration none", "no integration `none`"),
        ("assignable-roles --actor none --integration panel", "no person `none`"),
        ("lobby --integration none", "no integration `none`"),
    ];
    for (command, part) in cases {
        let answer = folder.run(&format!("{command} {AT}"));
        answer.assert_refused(&["estate.json: found", part]);
        assert_eq!(answer.out, "");
    }
}

#[test]
fn the_schema_is_json() {
    let answer = Folder::new("schema").run("schema");
    assert_eq!(answer.code, 0);
    let schema: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(schema["title"], "Estate");
}
