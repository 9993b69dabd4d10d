//! Random commands about an estate: mostly of things that are there, some of things that are not.

use serde_json::{Value, json};
use vestibule::estate::Estate;
use vestibule::{Actor, Command, Context, Id, Timestamp};

use super::generate::{Dice, unknown_id};

/// The ids of an estate, to draw from.
pub struct Names {
    people: Vec<Id>,
    organisations: Vec<Id>,
    buildings: Vec<Id>,
    integrations: Vec<Id>,
    units: Vec<Id>,
    doors: Vec<Id>,
    groups: Vec<Id>,
    job_functions: Vec<Id>,
    accounts: Vec<Id>,
    roles: Vec<String>,
    residencies: Vec<(Id, Id)>,
    memberships: Vec<(Id, Id)>,
}

impl Names {
    pub fn new(estate: &Estate) -> Self {
        macro_rules! ids {
            ($rows:expr) => {
                $rows
                    .iter()
                    .flat_map(|row| core::iter::once(&row.id).chain(&row.aliases))
                    .cloned()
                    .collect()
            };
        }
        let held = estate.memberships.iter().flat_map(|row| row.roles.iter());
        let mut roles: Vec<String> = held.map(|role| role.role.to_string()).collect();
        roles.extend(
            ["admin", "member", "users:read", "users:*", "*", "doors:open"].map(String::from),
        );
        let built_in =
            ["pmo.manager", "pmo.security", "tenant.admin", "tenant.tenant", "vendor.vendor"];
        let mut groups: Vec<Id> = ids!(estate.permission_groups);
        groups.extend(built_in.map(|id| id.parse::<Id>().unwrap()));
        let mut job_functions: Vec<Id> = ids!(estate.job_functions);
        job_functions
            .extend(["pmo.engineer", "tenant.employee"].map(|id| id.parse::<Id>().unwrap()));
        Self {
            people: ids!(estate.people),
            organisations: ids!(estate.organisations),
            buildings: ids!(estate.buildings),
            integrations: ids!(estate.integrations),
            units: ids!(estate.units),
            doors: ids!(estate.doors),
            accounts: ids!(estate.accounts),
            groups,
            job_functions,
            roles,
            residencies: estate
                .residencies
                .iter()
                .map(|row| (row.person.clone(), row.unit.clone()))
                .collect(),
            memberships: estate
                .memberships
                .iter()
                .map(|row| (row.person.clone(), row.organisation.clone()))
                .collect(),
        }
    }
}

/// One of them, now and then one that nothing has.
fn one(dice: &mut Dice, from: &[Id]) -> Id {
    if dice.chance(3) {
        return unknown_id(dice);
    }
    dice.pick(from).cloned().unwrap_or_else(|| unknown_id(dice))
}

fn word(dice: &mut Dice, from: &[&'static str]) -> &'static str {
    dice.pick(from).copied().unwrap_or_default()
}

fn some(dice: &mut Dice, from: &[Id], most: usize) -> Vec<Id> {
    dice.several(from, most)
}

/// Who asks, on behalf of whom, with ids that are in use nowhere.
pub fn context(dice: &mut Dice, names: &Names, at: Timestamp, step: usize) -> Context {
    let actor = if dice.chance(12) && !names.units.is_empty() {
        let unit = one(dice, &names.units);
        serde_json::from_value::<Actor>(json!({"unit_token": {"unit": unit, "generation": 0}}))
            .unwrap()
    } else {
        Actor::Person(one(dice, &names.people))
    };
    let acting_org = dice.chance(85).then(|| one(dice, &names.organisations));
    let new_ids = (0..4).map(|number| format!("new-{step}-{number}").parse().unwrap()).collect();
    Context::new(actor, acting_org, at).with_new_ids(new_ids)
}

fn window(dice: &mut Dice) -> Value {
    match dice.below(4) {
        0 => json!({"to": "2027-01-01T00:00:00Z"}),
        1 => json!({"from": "2026-01-01T00:00:00Z"}),
        _ => Value::Null,
    }
}

/// Takes the nulls out of an object: a document has no null.
fn without_nulls(mut value: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    value
}

fn site_role(dice: &mut Dice, integration: &Id) -> String {
    let suffix = word(dice, &["resident", "resident", "technician", "admin", "*"]);
    format!("virtual_access:integration:{integration}:{suffix}")
}

fn role(dice: &mut Dice, names: &Names) -> String {
    if dice.chance(50) {
        let integration = one(dice, &names.integrations);
        return site_role(dice, &integration);
    }
    dice.pick(&names.roles).cloned().unwrap_or_else(|| "member".into())
}

fn membership(dice: &mut Dice, names: &Names) -> Value {
    let (person, organisation) = match dice.pick(&names.memberships) {
        Some((person, organisation)) if dice.chance(50) => (person.clone(), organisation.clone()),
        _ => (one(dice, &names.people), one(dice, &names.organisations)),
    };
    let roles: Vec<Value> = (0..dice.below(3))
        .map(|_| without_nulls(json!({"role": role(dice, names), "valid": window(dice)})))
        .collect();
    let access = match dice.below(3) {
        0 => Value::Null,
        1 => json!({"scope": "all_of_company"}),
        _ => json!({"scope": "listed", "buildings": some(dice, &names.buildings, 2)}),
    };
    let groups = if dice.chance(30) { Value::Null } else { json!(some(dice, &names.groups, 2)) };
    let job = if dice.chance(20) { json!(one(dice, &names.job_functions)) } else { Value::Null };
    without_nulls(json!({
        "person": person, "organisation": organisation, "valid": window(dice), "roles": roles,
        "permission_groups": groups, "job_function": job, "building_access": access,
    }))
}

fn residency(dice: &mut Dice, names: &Names) -> Value {
    let (person, unit) = match dice.pick(&names.residencies) {
        Some((person, unit)) if dice.chance(50) => (person.clone(), unit.clone()),
        _ => (one(dice, &names.people), one(dice, &names.units)),
    };
    without_nulls(json!({
        "person": person, "unit": unit,
        "type": word(dice, &["UNIT", "GUEST", "LINKED"]),
        "status": if dice.chance(15) { "BLOCKED" } else { "ACTIVE" },
        "valid": window(dice), "directory_visible": dice.chance(70),
        "display_name": if dice.chance(20) { json!("The Smiths") } else { Value::Null },
    }))
}

fn new_id(dice: &mut Dice, kind: &str) -> String {
    format!("{kind}-{}", dice.below(1_000_000))
}

/// A command as JSON.
#[allow(clippy::too_many_lines)]
fn command_json(dice: &mut Dice, names: &Names, estate: &Estate) -> Value {
    let maybe_unit = |dice: &mut Dice| {
        if dice.chance(40) { json!(one(dice, &names.units)) } else { Value::Null }
    };
    match dice.below(32) {
        0..=4 => {
            let integration = one(dice, &names.integrations);
            let role =
                if dice.chance(80) { site_role(dice, &integration) } else { role(dice, names) };
            without_nulls(json!({"command": "add_building_user", "integration_id": integration,
                "user_id": one(dice, &names.people), "role": role, "unit_id": maybe_unit(dice)}))
        }
        5..=6 => without_nulls(json!({"command": "remove_building_user",
            "integration_id": one(dice, &names.integrations), "user_id": one(dice, &names.people),
            "unit_id": maybe_unit(dice)})),
        7 => {
            let integration = one(dice, &names.integrations);
            json!({"command": "set_site_role", "role": site_role(dice, &integration),
                "integration_id": integration, "user_id": one(dice, &names.people)})
        }
        8 => {
            let integration = one(dice, &names.integrations);
            let add: Vec<Value> = some(dice, &names.people, 2)
                .into_iter()
                .map(|person| json!({"user_id": person, "role": site_role(dice, &integration)}))
                .collect();
            json!({"command": "apply_resident_plan", "integration_id": integration,
                "plan": {"add": add, "remove": some(dice, &names.people, 1), "change": [], "unchanged": 0},
                "force": dice.chance(50)})
        }
        9..=10 => {
            let (person, _) = dice
                .pick(&names.residencies)
                .cloned()
                .unwrap_or_else(|| (one(dice, &names.people), one(dice, &names.units)));
            let patch = match dice.below(4) {
                0 => json!({"status": if dice.chance(50) { "BLOCKED" } else { "ACTIVE" }}),
                1 => json!({"passphrase": ""}),
                2 => {
                    json!({"email": format!("e{}@example.org", dice.below(6)), "userName": "New Name"})
                }
                _ => json!({"phoneNumber": "+441234567", "passphrase": {"secret": "kept-secret"}}),
            };
            without_nulls(
                json!({"command": "update_unit_user", "property_id": one(dice, &names.buildings),
                "user_id": person, "unit_id": maybe_unit(dice), "patch": patch}),
            )
        }
        11 => {
            let person = one(dice, &names.people);
            let property = one(dice, &names.buildings);
            if dice.chance(60) {
                json!({"command": "add_unit_user_device", "property_id": property, "user_id": person,
                    "device": {"device_id": format!("aa:bb:{}", dice.below(3)), "attributes": {}}})
            } else {
                json!({"command": "remove_unit_user_device", "property_id": property, "user_id": person,
                    "device_id": format!("aa:bb:{}", dice.below(3))})
            }
        }
        12..=13 => without_nulls(json!({"command": "create_org", "name": "New organisation",
            "parent_id": if dice.chance(85) { json!(one(dice, &names.organisations)) } else { Value::Null },
            "id": if dice.chance(10) { json!(new_id(dice, "org")) } else { Value::Null },
            "kind": if dice.chance(60) { json!(word(dice, &["pmo", "tenant", "vendor"])) } else { Value::Null }})),
        14..=15 => {
            let mut update =
                json!({"command": "update_org", "org_id": one(dice, &names.organisations)});
            match dice.below(3) {
                0 => update["name"] = json!({"en": "Renamed", "fr": "Renommée"}),
                1 => {
                    update["description"] =
                        if dice.chance(50) { Value::Null } else { json!("What it does") }
                }
                _ => {
                    let root = dice.chance(15);
                    update["parent_id"] =
                        if root { Value::Null } else { json!(one(dice, &names.organisations)) };
                }
            }
            update
        }
        16 => {
            json!({"command": "soft_delete_org", "org_id": one(dice, &names.organisations), "cascade": dice.chance(60)})
        }
        17 => json!({"command": "restore_org", "org_id": one(dice, &names.organisations)}),
        18 => json!({"command": "purge_org", "org_id": one(dice, &names.organisations)}),
        19 => json!({"command": "set_served_buildings", "org_id": one(dice, &names.organisations),
            "building_ids": some(dice, &names.buildings, 2)}),
        20 => {
            let row = dice.pick(&estate.organisations);
            let organisation = row.map_or_else(|| unknown_id(dice), |row| row.id.clone());
            let kind = row.and_then(|row| row.kind).map_or("pmo", |kind| kind.as_str());
            json!({"command": "create_user", "organization_type": kind, "path_organization_id": organisation,
                "userType": kind, "account_id": one(dice, &names.accounts), "organization_id": organisation,
                "email": format!("e{}@example.org", dice.below(40)), "first_name": "A", "last_name": "B",
                "send_welcome_email": dice.chance(50), "permission_group_ids": some(dice, &names.groups, 2),
                "building_ids": some(dice, &names.buildings, 2),
                "automatic_property_access": dice.chance(40)})
        }
        21 => without_nulls(
            json!({"command": "set_permission_groups", "user_id": one(dice, &names.people),
            "permission_group_ids": some(dice, &names.groups, 2),
            "organization_id": if dice.chance(50) { json!(one(dice, &names.organisations)) } else { Value::Null }}),
        ),
        22..=23 => {
            let command = if dice.chance(50) { "add_membership" } else { "update_membership" };
            json!({"command": command, "membership": membership(dice, names)})
        }
        24 => {
            let (person, organisation) = dice
                .pick(&names.memberships)
                .cloned()
                .unwrap_or_else(|| (one(dice, &names.people), one(dice, &names.organisations)));
            json!({"command": "remove_membership", "user_id": person, "org_id": organisation})
        }
        25 => match dice.below(3) {
            0 => {
                json!({"command": "create_person", "person": {"id": new_id(dice, "person"), "name": "Somebody new"}})
            }
            1 => without_nulls(
                json!({"command": "update_person", "user_id": one(dice, &names.people),
                "state": if dice.chance(50) { json!("blocked") } else { json!("active") },
                "name": "Other Name"}),
            ),
            _ => {
                json!({"command": "delete_person", "user_id": one(dice, &names.people), "erase": dice.chance(50)})
            }
        },
        26..=27 => match dice.below(3) {
            0 => json!({"command": "add_resident", "residency": residency(dice, names)}),
            1 => json!({"command": "update_resident", "residency": residency(dice, names)}),
            _ => {
                let (person, unit) = dice
                    .pick(&names.residencies)
                    .cloned()
                    .unwrap_or_else(|| (one(dice, &names.people), one(dice, &names.units)));
                json!({"command": "remove_resident", "user_id": person, "unit_id": unit})
            }
        },
        28 => {
            let unit = one(dice, &names.units);
            if dice.chance(30) {
                return json!({"command": "rotate_unit_token", "unit_id": unit});
            }
            let people = some(dice, &names.people, 2);
            let entries: Vec<Value> = people
                .into_iter()
                .map(|person| without_nulls(json!({"person": person, "valid": window(dice)})))
                .collect();
            json!({"command": "set_unit_administrators", "unit_id": unit, "administrators": entries})
        }
        29..=30 => place(dice, names, estate),
        _ => {
            let account = one(dice, &names.accounts);
            if dice.chance(60) {
                json!({"command": "define_permission_group", "permission_group": {
                    "id": if dice.chance(50) { json!(one(dice, &names.groups)) } else { json!(new_id(dice, "group")) },
                    "account": account, "name": "Watch", "organisation_kind": "pmo",
                    "keys": dice.several(&["doors:open", "doors:*", "users:read", "buildings:read"], 4)}})
            } else {
                json!({"command": "define_job_function", "job_function": {
                    "id": new_id(dice, "job"), "account": account, "name": "Watchman",
                    "organisation_kind": "pmo", "initial_groups": some(dice, &names.groups, 2)}})
            }
        }
    }
}

/// A command about buildings, integrations, units and doors.
fn place(dice: &mut Dice, names: &Names, estate: &Estate) -> Value {
    let integration = one(dice, &names.integrations);
    let audience = match dice.below(3) {
        0 => json!("all_residents"),
        1 => json!("nobody"),
        _ => json!({"units": some(dice, &names.units, 2)}),
    };
    match dice.below(10) {
        0 => {
            json!({"command": "create_building", "building": {"id": new_id(dice, "building"), "owner": one(dice, &names.organisations)}})
        }
        1 => {
            json!({"command": "create_integration", "integration": {"id": new_id(dice, "site"), "building": one(dice, &names.buildings)}})
        }
        2 => without_nulls(
            json!({"command": "create_unit", "unit": {"id": new_id(dice, "unit"), "number": "7", "building": one(dice, &names.buildings)}}),
        ),
        3 => {
            json!({"command": "create_door", "door": {"id": new_id(dice, "door"), "integration": integration, "audience": audience}})
        }
        4 => match dice.pick(&estate.doors) {
            None => json!({"command": "remove_door", "door_id": one(dice, &names.doors)}),
            Some(row) => {
                let mut row = serde_json::to_value(row).unwrap();
                row["guests"] = json!(dice.chance(50));
                if row["unit"].is_null() {
                    row["audience"] = audience;
                }
                if dice.chance(30) {
                    row["integration"] = json!(integration);
                }
                json!({"command": "update_door", "door": row})
            }
        },
        5 => match dice.pick(&estate.units) {
            None => json!({"command": "remove_unit", "unit_id": one(dice, &names.units)}),
            Some(row) => {
                let mut row = serde_json::to_value(row).unwrap();
                row["status"] = json!(if dice.chance(70) { "ENABLED" } else { "DISABLED" });
                if dice.chance(30) {
                    row["integration"] = json!(integration);
                }
                json!({"command": "update_unit", "unit": row})
            }
        },
        6 => match dice.pick(&estate.buildings) {
            None => {
                json!({"command": "remove_building", "building_id": one(dice, &names.buildings)})
            }
            Some(row) => {
                let mut row = serde_json::to_value(row).unwrap();
                row["name"] = json!("Renamed");
                if dice.chance(40) {
                    row["owner"] = json!(one(dice, &names.organisations));
                }
                json!({"command": "update_building", "building": row})
            }
        },
        7 => json!({"command": "remove_door", "door_id": one(dice, &names.doors)}),
        8 => json!({"command": "remove_unit", "unit_id": one(dice, &names.units)}),
        _ => json!({"command": "remove_integration", "integration_id": integration}),
    }
}

/// A command about an estate.
pub fn command(dice: &mut Dice, names: &Names, estate: &Estate) -> Command {
    let json = command_json(dice, names, estate);
    serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"))
}
