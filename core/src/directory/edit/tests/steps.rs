//! Edits: those that build an estate row by row, and random ones.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::support::generate::{Dice, any_instant};
use crate::Id;
use crate::directory::Directory;
use crate::directory::edit::EditError;
use crate::directory::ids::IdTable;
use crate::estate::*;

/// Makes a directory of an estate: the first sections are loaded, all others are edited in, in any order.
pub(super) fn build(estate: &Estate, dice: &mut Dice) -> Directory {
    let loaded = dice.below(6);
    let mut start = Estate {
        revision: estate.revision,
        settings: estate.settings,
        catalog: estate.catalog.clone(),
        purged_organisations: estate.purged_organisations.clone(),
        ..Estate::default()
    };
    if loaded > 0 {
        start.accounts = estate.accounts.clone();
        start.permission_groups = estate.permission_groups.clone();
        start.job_functions = estate.job_functions.clone();
    }
    if loaded > 1 {
        start.organisations = estate.organisations.clone();
        start.buildings = estate.buildings.clone();
    }
    if loaded > 2 {
        start.people = estate.people.clone();
        start.integrations = estate.integrations.clone();
        start.units = estate.units.clone();
    }
    if loaded > 3 {
        start.doors = estate.doors.clone();
        start.memberships = estate.memberships.clone();
    }
    if loaded > 4 {
        start.residencies = estate.residencies.clone();
    }
    let mut directory = Directory::new(start).unwrap_or_else(|faults| panic!("{faults}"));
    let d = &mut directory;
    if loaded == 0 {
        each(&estate.accounts, dice, |row| d.insert_account(row));
        each(&estate.permission_groups, dice, |row| d.set_permission_group(row));
        each(&estate.job_functions, dice, |row| d.set_job_function(row));
    }
    if loaded <= 1 {
        build_tree(estate, d, dice);
    }
    if loaded <= 2 {
        each(&estate.people, dice, |row| d.insert_person(row));
        each(&estate.integrations, dice, |row| d.insert_integration(row));
        each(&estate.units, dice, |row| d.insert_unit(row));
    }
    if loaded <= 3 {
        each(&estate.doors, dice, |row| d.insert_door(row));
        each(&estate.memberships, dice, |row| d.set_membership(row));
    }
    if loaded <= 4 {
        each(&estate.residencies, dice, |row| d.set_residency(row));
    }
    each(&estate.platform_roles, dice, |row| d.grant_platform_role(row));
    directory
}

fn each<T: Clone, V>(
    rows: &[T],
    dice: &mut Dice,
    mut insert: impl FnMut(&T) -> Result<V, EditError>,
) {
    let mut rows = rows.to_vec();
    dice.shuffle(&mut rows);
    for row in &rows {
        if let Err(error) = insert(row) {
            panic!("{error}");
        }
    }
}

/// Organisations as roots, then each below its parent; buildings, then who serves them.
fn build_tree(estate: &Estate, directory: &mut Directory, dice: &mut Dice) {
    let d = directory;
    let mut rows = estate.organisations.clone();
    dice.shuffle(&mut rows);
    for row in &rows {
        let alone = OrganisationDoc { parent: None, serves: Vec::new(), ..row.clone() };
        d.insert_organisation(&alone).unwrap();
    }
    each(&estate.buildings, dice, |row| d.insert_building(row));
    for row in &rows {
        let organisation = find(&d.organisations.ids, &row.id);
        let parent = row.parent.as_ref().map(|parent| find(&d.organisations.ids, parent));
        if parent.is_some() {
            d.move_organisation(organisation, parent).unwrap();
        }
        let serves: Vec<u32> = row.serves.iter().map(|id| find(&d.buildings.ids, id)).collect();
        d.set_served_buildings(organisation, &serves).unwrap();
    }
}

fn find(ids: &IdTable, id: &Id) -> u32 {
    ids.find(&id.as_ref()).unwrap()
}

type Step = fn(&mut Directory, &Estate, &mut Dice) -> Option<Result<(), EditError>>;

const STEPS: &[(&str, Step)] = &[
    ("person state", |d, _, dice| {
        let person = any(&d.people.ids, dice)?;
        let states = [PersonState::Active, PersonState::Blocked, PersonState::Deleted];
        Some(d.set_person_state(person, *dice.pick(&states)?))
    }),
    ("contact", |d, _, dice| {
        let person = any(&d.people.ids, dice)?;
        let email = format!("New{}@example.org", dice.below(4));
        let email = dice.chance(70).then_some(&*email);
        let name = dice.chance(70).then_some("Another name é");
        Some(d.set_contact(person, name, email, None))
    }),
    ("new person", |d, _, dice| {
        let number = dice.below(1000);
        let json = format!(r#"{{"id":"{}","email":"x{number}@example.org"}}"#, fresh(dice));
        let doc: PersonDoc = serde_json::from_str(&json).unwrap();
        Some(d.insert_person(&doc).map(|_| ()))
    }),
    ("move organisation", |d, _, dice| {
        let organisation = any(&d.organisations.ids, dice)?;
        let parent = if dice.chance(20) { None } else { any(&d.organisations.ids, dice) };
        Some(d.move_organisation(organisation, parent))
    }),
    ("delete organisation", |d, _, dice| {
        let organisation = any(&d.organisations.ids, dice)?;
        let deletion = Deletion { at: any_instant(dice), id: "gone".parse().unwrap() };
        Some(d.set_deletion(organisation, dice.chance(50).then_some(&deletion)))
    }),
    ("organisation text", |d, _, dice| {
        let organisation = any(&d.organisations.ids, dice)?;
        let name = LocalizedText::plain("Renamed");
        let description = dice.chance(50).then_some("Anew");
        Some(d.set_organisation_text(organisation, Some(&name), Some(description)))
    }),
    ("purge organisation", |d, _, dice| {
        let organisation = any(&d.organisations.ids, dice)?;
        Some(d.purge_organisation(organisation))
    }),
    ("new organisation", |d, _, dice| {
        let mut doc = d.organisation_doc(any(&d.organisations.ids, dice)?)?;
        doc.id = fresh(dice);
        doc.aliases = if dice.chance(50) { [fresh(dice)].into() } else { Vec::new() };
        Some(d.insert_organisation(&doc).map(|_| ()))
    }),
    ("served buildings", |d, _, dice| {
        let organisation = any(&d.organisations.ids, dice)?;
        let buildings: Vec<u32> = d.buildings.ids.handles().collect();
        Some(d.set_served_buildings(organisation, &dice.several(&buildings, 3)))
    }),
    ("replace building", |d, _, dice| {
        let building = any(&d.buildings.ids, dice)?;
        let mut doc = d.building_doc(building)?;
        doc.owner = d.organisations.ids.id(any(&d.organisations.ids, dice)?)?.to_owned();
        doc.aliases = if dice.chance(50) { [fresh(dice)].into() } else { doc.aliases };
        Some(d.replace_building(building, &doc))
    }),
    ("remove building", |d, _, dice| {
        let building = any(&d.buildings.ids, dice)?;
        Some(d.remove_building(building))
    }),
    ("replace integration", |d, _, dice| {
        let integration = any(&d.integrations.ids, dice)?;
        let mut doc = d.integration_doc(integration)?;
        doc.building = d.buildings.ids.id(any(&d.buildings.ids, dice)?)?.to_owned();
        if dice.chance(20) {
            doc.kind = IntegrationKind::Other;
        }
        Some(d.replace_integration(integration, &doc))
    }),
    ("remove integration", |d, _, dice| {
        let integration = any(&d.integrations.ids, dice)?;
        let doc = d.integration_doc(integration)?;
        let removed = d.remove_integration(integration);
        if removed.is_ok() && dice.chance(50) {
            return Some(d.insert_integration(&doc).map(|_| ()));
        }
        Some(removed)
    }),
    ("replace unit", |d, _, dice| {
        let unit = any(&d.units.ids, dice)?;
        let mut doc = d.unit_doc(unit)?;
        if dice.chance(50) {
            doc.building = d.buildings.ids.id(any(&d.buildings.ids, dice)?)?.to_owned();
            doc.integration = None;
        }
        doc.status = if dice.chance(50) { SwitchStatus::Disabled } else { SwitchStatus::Enabled };
        doc.token_generation += 1;
        Some(d.replace_unit(unit, &doc))
    }),
    ("remove unit", |d, _, dice| {
        let unit = any(&d.units.ids, dice)?;
        Some(d.remove_unit(unit))
    }),
    ("move out and remove unit", |d, _, dice| {
        let unit = any(&d.units.ids, dice)?;
        let rows: Vec<u32> = d.residents_of(unit).to_vec();
        let people = rows.iter().filter_map(|row| Some(d.residencies.get(*row)?.person));
        for person in people.collect::<Vec<_>>() {
            d.remove_residency(person, unit).unwrap();
        }
        for door in d.units.doors.of(unit).to_vec() {
            d.remove_door(door).unwrap();
        }
        for door in d.units.audience_of.of(unit).to_vec() {
            d.remove_door(door).unwrap();
        }
        d.remove_unit(unit).unwrap();
        Some(Ok(()))
    }),
    ("administrators", |d, _, dice| {
        let unit = any(&d.units.ids, dice)?;
        let people: Vec<u32> = d.people.ids.handles().collect();
        let mut chosen = dice.several(&people, 3);
        chosen.sort_unstable();
        chosen.dedup();
        let entry = |person: u32| AdministratorEntry {
            person: d.people.ids.id(person).unwrap().to_owned(),
            valid: None,
        };
        let entries: Vec<_> = chosen.into_iter().map(entry).collect();
        Some(d.set_unit_administrators(unit, &entries))
    }),
    ("replace door", |d, _, dice| {
        let door = any(&d.doors.ids, dice)?;
        let mut doc = d.door_doc(door)?;
        let row = d.doors.rows[door as usize];
        doc.unit = None;
        doc.audience = Some(match dice.below(3) {
            0 => AudienceDoc::AllResidents,
            1 => AudienceDoc::Nobody,
            _ => {
                let units = d.buildings.units.of(row.building);
                let unit = *dice.pick(units)?;
                AudienceDoc::Units([d.units.ids.id(unit)?.to_owned()].into())
            }
        });
        doc.guests = dice.chance(50);
        Some(d.replace_door(door, &doc))
    }),
    ("remove door", |d, _, dice| {
        let door = any(&d.doors.ids, dice)?;
        let doc = d.door_doc(door)?;
        d.remove_door(door).unwrap();
        Some(if dice.chance(50) { d.insert_door(&doc).map(|_| ()) } else { Ok(()) })
    }),
    ("membership", |d, estate, dice| {
        let mut doc = dice.pick(&estate.memberships)?.clone();
        let person = any(&d.people.ids, dice)?;
        if dice.chance(60) {
            doc.person = d.people.ids.id(person)?.to_owned();
        }
        if dice.chance(40) {
            doc.valid = some_window(dice);
        }
        if dice.chance(30) {
            doc.building_access = Some(BuildingAccess::AllOfCompany { buildings: Vec::new() });
        }
        Some(d.set_membership(&doc))
    }),
    ("remove membership", |d, _, dice| {
        let (person, organisation) = any_membership(d, dice)?;
        Some(d.remove_membership(person, organisation))
    }),
    ("grant role", |d, estate, dice| {
        let (person, organisation) = any_membership(d, dice)?;
        let roles: Vec<_> = estate.memberships.iter().flat_map(|row| &row.roles).collect();
        let role = dice.pick(&roles)?.role.clone();
        let valid = some_window(dice);
        Some(d.grant_role(person, organisation, &role, valid.as_ref()))
    }),
    ("revoke role", |d, _, dice| {
        let (person, organisation) = any_membership(d, dice)?;
        let doc = d.membership_doc(person, organisation)?;
        Some(d.revoke_role(person, organisation, &dice.pick(&doc.roles)?.role))
    }),
    ("member groups", |d, _, dice| {
        let (person, organisation) = any_membership(d, dice)?;
        let groups: Vec<u32> = d.groups.ids.handles().collect();
        let mut chosen = dice.several(&groups, 3);
        chosen.sort_unstable();
        chosen.dedup();
        let mut granted = Vec::new();
        for group in chosen {
            let group = d.groups.ids.id(group).unwrap().to_owned();
            granted.push(GrantedGroup { group, valid: some_window(dice) });
        }
        Some(d.set_member_groups(person, organisation, &granted))
    }),
    ("residency", |d, estate, dice| {
        let mut doc = dice.pick(&estate.residencies)?.clone();
        let person = any(&d.people.ids, dice)?;
        doc.person = d.people.ids.id(person)?.to_owned();
        doc.valid = some_window(dice);
        Some(d.set_residency(&doc))
    }),
    ("remove residency", |d, _, dice| {
        let (person, unit) = any_residency(d, dice)?;
        Some(d.remove_residency(person, unit))
    }),
    ("residency status", |d, _, dice| {
        let (person, unit) = any_residency(d, dice)?;
        let status =
            if dice.chance(50) { ResidencyStatus::Blocked } else { ResidencyStatus::Active };
        Some(d.set_residency_status(person, unit, status))
    }),
    ("secret and devices", |d, _, dice| {
        let (person, unit) = any_residency(d, dice)?;
        let device = DeviceDoc { device_id: "a b".into(), attributes: Default::default() };
        let secret: Option<Id> = dice.chance(50).then(|| fresh(dice));
        d.set_residency_secret(person, unit, secret.as_ref()).unwrap();
        Some(d.set_devices(
            person,
            unit,
            if dice.chance(50) { [device].into() } else { Vec::new() },
        ))
    }),
    ("token generation", |d, _, dice| {
        let unit = any(&d.units.ids, dice)?;
        Some(d.set_token_generation(unit, u64::from(dice.chance(50))))
    }),
    ("platform role", |d, estate, dice| {
        let mut doc = dice.pick(&estate.platform_roles)?.clone();
        doc.person = d.people.ids.id(any(&d.people.ids, dice)?)?.to_owned();
        doc.valid = some_window(dice);
        Some(d.grant_platform_role(&doc))
    }),
    ("revoke platform role", |d, _, dice| {
        let person = *dice.pick(&d.platform_holders)?;
        let doc = d.platform_role_docs(person);
        Some(d.revoke_platform_role(person, &dice.pick(&doc)?.role))
    }),
    ("permission group", |d, estate, dice| {
        let mut doc = dice.pick(&estate.permission_groups)?.clone();
        let keys = ["doors:open", "doors:*", "orgs:read", "units:list"];
        doc.keys = [dice.pick(&keys)?.parse().unwrap()].into();
        if doc.account.is_some() && dice.chance(30) {
            doc.id = fresh(dice);
            doc.aliases = Vec::new();
        }
        Some(d.set_permission_group(&doc).map(|_| ()))
    }),
    ("replace built-in group", |d, _, dice| {
        let json =
            r#"{"id":"pmo.manager","name":"M","organisation_kind":"pmo","keys":["doors:*"]}"#;
        let mut doc: PermissionGroupDoc = serde_json::from_str(json).unwrap();
        if dice.chance(30) {
            doc.keys = ["orgs:read".parse().unwrap()].into();
        }
        Some(d.set_permission_group(&doc).map(|_| ()))
    }),
    ("job function", |d, estate, dice| {
        let mut doc = dice.pick(&estate.job_functions)?.clone();
        doc.name = "Another".into();
        doc.initial_groups.truncate(1);
        Some(d.set_job_function(&doc).map(|_| ()))
    }),
    ("revision", |d, _, dice| {
        d.set_revision(dice.next());
        d.sweep_conditions();
        Some(Ok(()))
    }),
];

/// One random edit, by name.
pub(super) fn random(
    directory: &mut Directory,
    estate: &Estate,
    dice: &mut Dice,
) -> Result<&'static str, String> {
    let (name, step) = dice.pick(STEPS).copied().unwrap();
    match step(directory, estate, dice) {
        None => Err(format!("{name}: nothing to do")),
        Some(Ok(())) => Ok(name),
        Some(Err(error)) => Err(format!("{name}: {error}")),
    }
}

fn any(ids: &IdTable, dice: &mut Dice) -> Option<u32> {
    let handles: Vec<u32> = ids.handles().collect();
    dice.pick(&handles).copied()
}

fn any_membership(directory: &Directory, dice: &mut Dice) -> Option<(u32, u32)> {
    let rows = directory.memberships.rows.iter().filter(|row| row.person != crate::facts::NONE);
    let pairs: Vec<_> = rows.map(|row| (row.person, row.organisation)).collect();
    dice.pick(&pairs).copied()
}

fn any_residency(directory: &Directory, dice: &mut Dice) -> Option<(u32, u32)> {
    let rows = directory.residencies.rows.iter().filter(|row| row.person != crate::facts::NONE);
    let pairs: Vec<_> = rows.map(|row| (row.person, row.unit)).collect();
    dice.pick(&pairs).copied()
}

fn some_window(dice: &mut Dice) -> Option<ValidityDoc> {
    let (a, b) = (any_instant(dice), any_instant(dice));
    let is_window = dice.chance(60) && a < b;
    is_window.then_some(ValidityDoc { from: Some(a), to: Some(b) })
}

/// An id of any form that nothing has.
fn fresh(dice: &mut Dice) -> Id {
    let number = dice.next();
    let text = match dice.below(3) {
        0 => format!("0{:025}", number),
        1 => format!("{:08x}-0000-4000-8000-{:012x}", number as u32, number >> 20),
        _ => format!("Aa{number}"),
    };
    text.parse().unwrap()
}
