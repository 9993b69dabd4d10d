//! Random commands about an estate: mostly of things that are there, some of things that are not.

use serde_json::{Value, json};
use vestibule::estate::{Estate, OrganisationDoc};
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
    /// People who hold a role, a group, or administer a unit.
    powerful: Vec<Id>,
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
        let members = estate.memberships.iter().filter(|row| {
            row.roles
                .iter()
                .any(|role| role.role.has_wildcard() || role.role.as_str().ends_with("admin"))
                || row.permission_groups.as_ref().is_some_and(|groups| !groups.is_empty())
        });
        let administrators = estate.units.iter().flat_map(|row| &row.administrators);
        let mut powerful: Vec<Id> = members.map(|row| row.person.clone()).collect();
        powerful.extend(administrators.map(|entry| entry.person.clone()));
        // Those above everything are few, and can do most.
        let above = estate.platform_roles.iter().map(|row| row.person.clone()).collect::<Vec<_>>();
        let times = powerful.len() * 2 / above.len().max(1) + 1;
        powerful.extend(above.iter().cycle().take(above.len() * times).cloned());
        Self {
            powerful,
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

/// Who asks, on behalf of whom, with ids that are in use nowhere. Half of those who ask hold something that may be
/// enough; the acting organisation is mostly above what the command is about.
pub fn context(
    dice: &mut Dice,
    names: &Names,
    estate: &Estate,
    command: &Command,
    at: Timestamp,
    step: usize,
) -> Context {
    let actor = if dice.chance(10) && !names.units.is_empty() {
        let unit = one(dice, &names.units);
        serde_json::from_value::<Actor>(json!({"unit_token": {"unit": unit, "generation": 0}}))
            .unwrap()
    } else if dice.chance(80) && !names.powerful.is_empty() {
        Actor::Person(one(dice, &names.powerful))
    } else {
        Actor::Person(one(dice, &names.people))
    };
    let above = organisation_of(estate, command);
    let acting_org = match above {
        Some(organisation) if dice.chance(80) => Some(organisation),
        _ => dice.chance(70).then(|| one(dice, &names.organisations)),
    };
    let new_ids = (0..4).map(|number| format!("new-{step}-{number}").parse().unwrap()).collect();
    Context::new(actor, acting_org, at).with_new_ids(new_ids)
}

/// The owner of the building of the integration that a command is about.
fn organisation_of(estate: &Estate, command: &Command) -> Option<Id> {
    let command = serde_json::to_value(command).unwrap();
    let id: Id = command["integration_id"].as_str()?.parse().ok()?;
    let integration =
        estate.integrations.iter().find(|row| row.id == id || row.aliases.contains(&id))?;
    let building = estate.buildings.iter().find(|row| {
        row.id == integration.building || row.aliases.contains(&integration.building)
    })?;
    Some(building.owner.clone())
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
fn command_json(dice: &mut Dice, names: &Names, estate: &Estate) -> Value {
    let maybe_unit = |dice: &mut Dice| {
        if dice.chance(40) { json!(one(dice, &names.units)) } else { Value::Null }
    };
    match dice.below(36) {
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
            let (person, property) = unit_user(dice, names, estate);
            let patch = match dice.below(4) {
                0 => json!({"status": if dice.chance(50) { "BLOCKED" } else { "ACTIVE" }}),
                1 => json!({"passphrase": ""}),
                2 => {
                    json!({"email": format!("e{}@example.org", dice.below(6)), "userName": "New Name"})
                }
                _ => json!({"phoneNumber": "+441234567", "passphrase": {"secret": "kept-secret"}}),
            };
            without_nulls(json!({"command": "update_unit_user", "property_id": property,
                "user_id": person, "unit_id": maybe_unit(dice), "patch": patch}))
        }
        11 => {
            let known = estate.residencies.iter().filter(|row| !row.devices.is_empty());
            let known: Vec<_> = known.collect();
            if let Some(row) = dice.pick(&known).filter(|_| dice.chance(50)) {
                let unit = estate
                    .units
                    .iter()
                    .find(|unit| unit.id == row.unit || unit.aliases.contains(&row.unit));
                let property = unit.map_or_else(|| unknown_id(dice), |unit| unit.building.clone());
                return json!({"command": "remove_unit_user_device", "property_id": property,
                    "user_id": row.person, "device_id": row.devices[0].device_id});
            }
            let (person, property) = unit_user(dice, names, estate);
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
            let empty = empty_organisations(estate);
            let from = if dice.chance(50) { &empty } else { &names.organisations };
            json!({"command": "soft_delete_org", "org_id": one(dice, from), "cascade": dice.chance(60)})
        }
        17 => json!({"command": "restore_org", "org_id": one(dice, &names.organisations)}),
        18 => {
            let empty = empty_organisations(estate);
            let is_deleted =
                |row: &&OrganisationDoc| row.deleted.is_some() && empty.contains(&row.id);
            let deleted = estate.organisations.iter().filter(is_deleted);
            let deleted: Vec<Id> = deleted.map(|row| row.id.clone()).collect();
            let from = if dice.chance(80) { &deleted } else { &names.organisations };
            json!({"command": "purge_org", "org_id": one(dice, from)})
        }
        19 => json!({"command": "set_served_buildings", "org_id": one(dice, &names.organisations),
            "building_ids": some(dice, &names.buildings, 2)}),
        20 => {
            let with_kind = estate.organisations.iter().filter(|row| row.kind.is_some());
            let with_kind: Vec<_> = with_kind.collect();
            let row = dice.pick(&with_kind).copied();
            let organisation = row.map_or_else(|| unknown_id(dice), |row| row.id.clone());
            let kind = row.and_then(|row| row.kind).map_or("pmo", |kind| kind.as_str());
            let account = row.and_then(|row| account_of(estate, row));
            let groups: Vec<Id> =
                [format!("{kind}.manager"), format!("{kind}.{kind}"), format!("{kind}.security")]
                    .iter()
                    .map(|id| id.parse().unwrap())
                    .collect();
            let groups =
                if dice.chance(80) { some(dice, &groups, 1) } else { some(dice, &names.groups, 2) };
            json!({"command": "create_user", "organization_type": kind, "path_organization_id": organisation,
                "userType": kind, "account_id": account.unwrap_or_else(|| one(dice, &names.accounts)),
                "organization_id": organisation,
                "email": format!("e{}@example.org", dice.below(40)), "first_name": "A", "last_name": "B",
                "send_welcome_email": dice.chance(50), "permission_group_ids": groups,
                "building_ids": some(dice, &names.buildings, 2),
                "automatic_property_access": dice.chance(60)})
        }
        21 => {
            let (person, organisation) = dice
                .pick(&names.memberships)
                .cloned()
                .unwrap_or_else(|| (one(dice, &names.people), one(dice, &names.organisations)));
            without_nulls(json!({"command": "set_permission_groups", "user_id": person,
                "permission_group_ids": some(dice, &names.groups, 1),
                "organization_id": if dice.chance(70) { json!(organisation) } else { Value::Null }}))
        }
        22..=23 => {
            if let Some(row) = dice.pick(&estate.memberships).filter(|_| dice.chance(40)) {
                let mut row = row.clone();
                row.roles.pop();
                return json!({"command": "update_membership", "membership": row});
            }
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
        29..=34 => place(dice, names, estate),
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

/// Organisations with nothing below them and nobody in them.
fn empty_organisations(estate: &Estate) -> Vec<Id> {
    let is_empty = |row: &&OrganisationDoc| {
        let is_it = |id: &Id| *id == row.id || row.aliases.contains(id);
        !estate.organisations.iter().any(|child| child.parent.as_ref().is_some_and(is_it))
            && !estate.buildings.iter().any(|building| is_it(&building.owner))
            && !estate.memberships.iter().any(|member| is_it(&member.organisation))
    };
    estate.organisations.iter().filter(is_empty).map(|row| row.id.clone()).collect()
}

/// Somebody who lives somewhere, and the building of that, mostly.
fn unit_user(dice: &mut Dice, names: &Names, estate: &Estate) -> (Id, Id) {
    let Some((person, unit)) = dice.pick(&names.residencies).cloned() else {
        return (one(dice, &names.people), one(dice, &names.buildings));
    };
    let unit = estate.units.iter().find(|row| row.id == unit || row.aliases.contains(&unit));
    match unit {
        Some(unit) if dice.chance(85) => (person, unit.building.clone()),
        _ => (person, one(dice, &names.buildings)),
    }
}

/// The account of the root above an organisation.
fn account_of(estate: &Estate, row: &OrganisationDoc) -> Option<Id> {
    let mut at = row;
    // A tree is at most 64 deep.
    for _ in 0..64 {
        let Some(parent) = &at.parent else { return at.account.clone() };
        at = estate
            .organisations
            .iter()
            .find(|row| row.id == *parent || row.aliases.contains(parent))?;
    }
    None
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
