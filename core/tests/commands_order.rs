//! The order of checks is the same in every operation [C-16]: however many things are wrong, the error is that of the
//! earliest step. Every subset of faults, one a step, in the commands on building users, unit users and residents.

use serde_json::{Value, json};
use vestibule::{CheckStep, Command, Context, Directory};

const AT: &str = "2026-11-22T18:00:00Z";
const RESIDENT: &str = "virtual_access:integration:panel:resident";

fn directory() -> Directory {
    let admin = "virtual_access:integration:panel:admin";
    let as_many_as_can_be: Vec<String> = (0..256).map(|role| format!("role{role}:*")).collect();
    let estate = json!({
        "version": 1,
        "accounts": [{"id": "acct"}],
        "organisations": [{"id": "org", "name": "Org", "account": "acct"}],
        "buildings": [{"id": "court", "owner": "org"}],
        "integrations": [{"id": "panel", "building": "court"}],
        "units": [
            {"id": "u1", "number": "1", "building": "court", "integration": "panel",
             "administrators": ["adam"], "resident_limit": 2},
            {"id": "u2", "number": "2", "building": "court", "integration": "panel"},
        ],
        "people": [
            {"id": "root"}, {"id": "adam"}, {"id": "new"}, {"id": "tenant"}, {"id": "stale"}, {"id": "far"},
            {"id": "gus", "kind": "guest"}, {"id": "taken", "email": "a@example.org"}, {"id": "looker"}, {"id": "full"},
        ],
        "memberships": [
            {"person": "root", "organisation": "org", "roles": ["admin"]},
            {"person": "full", "organisation": "org", "roles": as_many_as_can_be},
            {"person": "taken", "organisation": "org", "roles": []},
            {"person": "looker", "organisation": "org", "roles": ["unit_users:read"]},
            {"person": "stale", "organisation": "org", "valid": {"to": "2026-01-01T00:00:00Z"}, "roles": [admin]},
        ],
        "residencies": [
            {"person": "adam", "unit": "u1"}, {"person": "tenant", "unit": "u1"},
        ],
    });
    Directory::from_json(&serde_json::to_vec(&estate).unwrap()).unwrap()
}

/// A thing that is wrong: at which step it is found, and how a good request becomes one that has it. A fault replaces
/// fields of the context and the command.
struct Fault {
    step: CheckStep,
    context: Value,
    command: Value,
}

fn context_fault(step: CheckStep, context: Value) -> Fault {
    Fault { step, context, command: json!({}) }
}

fn command_fault(step: CheckStep, command: Value) -> Fault {
    Fault { step, context: json!({}), command }
}

fn nobody() -> Fault {
    context_fault(CheckStep::Authentication, json!({"actor": null}))
}

/// Puts the fields of one object over those of another, at every depth.
fn lay_over(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (field, value) in over {
                lay_over(under.entry(field).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over.clone(),
    }
}

/// Every set of faults gives the step of the first; none, success.
fn check(name: &str, context: &Value, command: &Value, faults: &[Fault]) {
    let directory = directory();
    let mut cases = 0;
    for set in 0_u32..1 << faults.len() {
        let (mut context, mut command) = (context.clone(), command.clone());
        let chosen = faults.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1);
        let chosen: Vec<&Fault> = chosen.map(|(_, fault)| fault).collect();
        // Earlier steps last: where two faults speak of one field, the earlier must be there.
        for fault in chosen.iter().rev() {
            lay_over(&mut context, &fault.context);
            lay_over(&mut command, &fault.command);
        }
        let expected = chosen.iter().map(|fault| fault.step).min();
        let context: Context = serde_json::from_value(context.clone()).unwrap();
        let asked: Command = serde_json::from_value(command.clone()).unwrap();
        let before = directory.digest();
        let found = directory.prepare(&context, &asked).err();
        let step = found.as_ref().map(vestibule::Error::step);
        assert_eq!(step, expected, "{name}: {command} {context:?}: {found:?}");
        assert_eq!(directory.digest(), before);
        cases += 1;
    }
    assert!(cases > 1);
}

fn good_context(actor: &str, acting_org: Option<&str>) -> Value {
    json!({"actor": {"person": actor}, "acting_org": acting_org, "at": AT, "new_ids": ["n1", "n2", "n3"]})
}

/// Steps 1 to 4 as every operation on an integration has them.
fn site_faults() -> Vec<Fault> {
    vec![
        nobody(),
        context_fault(CheckStep::OrganisationContext, json!({"acting_org": null})),
        command_fault(CheckStep::Resolution, json!({"integration_id": "nowhere"})),
        context_fault(CheckStep::Permission, json!({"actor": {"person": "new"}})),
    ]
}

#[test]
fn adding_a_building_user() {
    let command = json!({
        "command": "add_building_user", "integration_id": "panel", "user_id": "new", "role": RESIDENT,
    });
    let mut faults = site_faults();
    faults.push(command_fault(CheckStep::Payload, json!({"user_id": "stranger"})));
    faults.push(command_fault(CheckStep::Payload, json!({"unit_id": "nowhere"})));
    faults.push(command_fault(CheckStep::Conflict, json!({"user_id": "stale"})));
    faults.push(command_fault(CheckStep::Limits, json!({"user_id": "full"})));
    check("add", &good_context("root", Some("org")), &command, &faults);
}

#[test]
fn adding_a_building_user_to_one_s_own_unit() {
    let command = json!({
        "command": "add_building_user", "integration_id": "panel", "user_id": "tenant", "role": RESIDENT,
    });
    let faults = [
        nobody(),
        context_fault(CheckStep::OrganisationContext, json!({"acting_org": null})),
        command_fault(CheckStep::Resolution, json!({"integration_id": "nowhere"})),
        command_fault(
            CheckStep::Permission,
            json!({"role": "virtual_access:integration:panel:admin"}),
        ),
        command_fault(CheckStep::Permission, json!({"unit_id": "u2"})),
        command_fault(CheckStep::Payload, json!({"user_id": "gus"})),
        command_fault(CheckStep::Conflict, json!({"user_id": "new"})),
    ];
    check("delegated add", &good_context("adam", Some("org")), &command, &faults);
}

#[test]
fn replacing_the_roles_of_a_building_user() {
    let command = json!({
        "command": "set_site_role", "integration_id": "panel", "user_id": "new", "role": RESIDENT,
    });
    let mut faults = site_faults();
    faults.push(command_fault(CheckStep::Payload, json!({"role": "member"})));
    faults.push(command_fault(CheckStep::Conflict, json!({"user_id": "stale"})));
    check("set", &good_context("root", Some("org")), &command, &faults);
}

#[test]
fn applying_a_plan() {
    let command = json!({
        "command": "apply_resident_plan", "integration_id": "panel",
        "plan": {"add": [{"user_id": "new", "role": RESIDENT}], "remove": [], "change": [], "unchanged": 0},
    });
    let mut faults = site_faults();
    let row = |person: &str| json!({"user_id": person, "role": RESIDENT});
    let add = |rows: Value| json!({"plan": {"add": rows}});
    faults.push(command_fault(CheckStep::Payload, add(json!([row("stale"), row("stranger")]))));
    faults.push(command_fault(CheckStep::Conflict, add(json!([row("new"), row("stale")]))));
    check("plan", &good_context("root", Some("org")), &command, &faults);
}

#[test]
fn updating_a_unit_user() {
    let command = json!({
        "command": "update_unit_user", "property_id": "court", "user_id": "tenant",
        "patch": {"status": "BLOCKED", "userName": "New"},
    });
    let faults = [
        nobody(),
        command_fault(CheckStep::Resolution, json!({"property_id": "nowhere"})),
        command_fault(CheckStep::Resolution, json!({"user_id": "far"})),
        context_fault(CheckStep::Permission, json!({"actor": {"person": "looker"}})),
        command_fault(CheckStep::Payload, json!({"patch": {"type": "GUEST"}})),
        context_fault(CheckStep::Payload, json!({"new_ids": []})),
    ];
    check("update", &good_context("adam", None), &command, &faults);
    // The last administrator is a conflict, and comes after all of these.
    let command = json!({
        "command": "update_unit_user", "property_id": "court", "user_id": "adam",
        "patch": {"status": "BLOCKED"},
    });
    let mut context = good_context("adam", None);
    context["actor"] = json!({"unit_token": {"unit": "u1", "generation": 0}});
    let always = |step, command: Value, context: Value| Fault { step, command, context };
    let faults = [
        nobody(),
        command_fault(CheckStep::Resolution, json!({"property_id": "nowhere"})),
        command_fault(CheckStep::Payload, json!({"patch": {"userId": "tenant"}})),
        context_fault(CheckStep::Payload, json!({"new_ids": ["n1"]})),
        // No fault of the request: it is as it stands.
        always(CheckStep::Conflict, json!({}), json!({})),
    ];
    let directory = directory();
    for set in 0_u32..1 << 4 {
        let (mut context, mut command) = (context.clone(), command.clone());
        let chosen = faults.iter().enumerate().filter(|(bit, _)| *bit == 4 || set >> bit & 1 == 1);
        let chosen: Vec<&Fault> = chosen.map(|(_, fault)| fault).collect();
        for fault in chosen.iter().rev() {
            lay_over(&mut context, &fault.context);
            lay_over(&mut command, &fault.command);
        }
        let context: Context = serde_json::from_value(context).unwrap();
        let asked: Command = serde_json::from_value(command).unwrap();
        let found = directory.prepare(&context, &asked).unwrap_err();
        assert_eq!(Some(found.step()), chosen.iter().map(|fault| fault.step).min(), "{found:?}");
    }
}

#[test]
fn adding_a_resident() {
    let command = json!({
        "command": "add_resident", "residency": {"person": "new", "unit": "u2"},
    });
    let faults = [
        nobody(),
        command_fault(CheckStep::Resolution, json!({"residency": {"unit": "nowhere"}})),
        context_fault(CheckStep::Permission, json!({"actor": {"person": "looker"}})),
        command_fault(CheckStep::Payload, json!({"residency": {"secret": "s"}})),
        command_fault(CheckStep::Conflict, json!({"residency": {"unit": "u1"}})),
    ];
    // A member of the organisation knows of its units, and may not write there.
    check("add resident", &good_context("root", None), &command, &faults);
}

#[test]
fn removing_a_device() {
    let command = json!({
        "command": "remove_unit_user_device", "property_id": "court", "user_id": "tenant", "device_id": "d",
    });
    let faults = [
        nobody(),
        command_fault(CheckStep::Resolution, json!({"property_id": "nowhere"})),
        command_fault(CheckStep::Resolution, json!({"user_id": "far"})),
        context_fault(CheckStep::Permission, json!({"actor": {"person": "looker"}})),
    ];
    let directory = directory();
    for fault in &faults {
        let (mut context, mut asked) = (good_context("adam", None), command.clone());
        lay_over(&mut context, &fault.context);
        lay_over(&mut asked, &fault.command);
        let context: Context = serde_json::from_value(context).unwrap();
        let asked: Command = serde_json::from_value(asked).unwrap();
        assert_eq!(directory.prepare(&context, &asked).unwrap_err().step(), fault.step);
    }
}

#[test]
fn a_plan_is_not_longer_than_the_library_takes() {
    let people: Vec<String> =
        (0..=vestibule::limits::MAX_PLAN_ROWS).map(|n| format!("p{n}")).collect();
    let command = json!({
        "command": "apply_resident_plan", "integration_id": "panel", "force": true,
        "plan": {"add": [], "remove": people, "change": [], "unchanged": 0},
    });
    let asked: Command = serde_json::from_value(command).unwrap();
    let context: Context = serde_json::from_value(good_context("root", Some("org"))).unwrap();
    let error = directory().prepare(&context, &asked).unwrap_err();
    assert_eq!((error.code(), error.status()), ("too_many_rows", 507));
}

/// [C-25, C-26]: what is printed of a passphrase that is refused has none of it.
#[test]
fn passphrases_are_checked_and_not_told() {
    use vestibule::commands::check_passphrase;
    for good in ["12345678", "with space ~!", &"x".repeat(63)] {
        assert!(check_passphrase(good).is_ok(), "{good}");
    }
    for bad in
        ["", "1234567", &"x".repeat(64), "eight\u{e9}\u{e9}\u{e9}", "tab\ttab\ttab", "line\nline\n"]
    {
        let error = check_passphrase(bad).unwrap_err();
        assert_eq!((error.code(), error.class().status()), ("invalid_passphrase", 400));
        assert!(bad.is_empty() || !format!("{error} {error:?}").contains(bad));
    }
    let clear = json!({"command": "update_unit_user", "property_id": "court", "user_id": "tenant",
        "patch": {"passphrase": "correct horse battery"}});
    let error = serde_json::from_value::<Command>(clear).unwrap_err().to_string();
    assert!(!error.contains("correct"), "{error}");
}

/// [0-25..0-28, C-14]: in JSON an acting organisation cannot be left out by accident, only by `null`.
#[test]
fn an_acting_organisation_cannot_be_forgotten() {
    let context = good_context("root", None);
    assert!(serde_json::from_value::<Context>(context.clone()).is_ok());
    for field in ["acting_org", "actor", "at"] {
        let mut context = context.clone();
        context.as_object_mut().unwrap().remove(field);
        let error = serde_json::from_value::<Context>(context).unwrap_err().to_string();
        assert!(error.contains(field), "{error}");
    }
}
