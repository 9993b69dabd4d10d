//! What slices give away, on generated estates: that of a person no place beyond what grants name or reach, that of an
//! integration no name that its panel does not need [C-62].

mod support;

use std::collections::BTreeSet;

use vestibule::estate::{
    AudienceDoc, BuildingAccess, DoorDoc, Estate, KeyKind, PersonState, ResidencyDoc,
    ResidencyStatus, ResidencyType, SwitchStatus, UnitDoc,
};
use vestibule::{
    Directory, Id, Principal, Reason, Request, Resource, ResourceKind, Slice, Timestamp,
};

use self::support::generate::{Target, all_targets, inside};
use self::support::images::{frozen, on_estates, opened};
use self::support::oracle::all_keys;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T18:00:00Z").unwrap()
}

/// Whether some text, which is in nothing else, is in an image.
fn has_text(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// The same estate where nothing but grants denies.
fn unrestricted(estate: &Estate) -> Estate {
    let mut estate = estate.clone();
    estate.organisations.iter_mut().for_each(|row| row.deleted = None);
    estate.people.iter_mut().for_each(|row| row.state = PersonState::Active);
    estate.doors.iter_mut().for_each(|row| row.status = SwitchStatus::Enabled);
    estate.residencies.retain(|row| row.status != ResidencyStatus::Blocked);
    estate
}

/// What grants of a person name, by whatever id.
fn named(estate: &Estate, person: &Id) -> Vec<String> {
    let known = estate.people.iter().find(|row| row.id == *person).unwrap();
    let is_person = |id: &Id| *id == known.id || known.aliases.contains(id);
    let residencies = estate.residencies.iter().filter(|row| is_person(&row.person));
    let mut named: Vec<String> = residencies.map(|row| format!("unit:{}", row.unit)).collect();
    let is_administered =
        |unit: &&UnitDoc| unit.administrators.iter().any(|entry| is_person(&entry.person));
    named.extend(estate.units.iter().filter(is_administered).map(|row| format!("unit:{}", row.id)));
    for row in estate.memberships.iter().filter(|row| is_person(&row.person)) {
        named.push(format!("organisation:{}", row.organisation));
        if let Some(BuildingAccess::Listed { buildings }) = &row.building_access {
            named.extend(buildings.iter().map(|building| format!("building:{building}")));
        }
        named.extend(row.roles.iter().filter_map(|role| site_of(role.role.as_str())));
    }
    let platform = estate.platform_roles.iter().filter(|row| is_person(&row.person));
    named.extend(platform.filter_map(|row| site_of(row.role.as_str())));
    named
}

fn site_of(role: &str) -> Option<String> {
    role.split(':').nth(2).map(|site| format!("integration:{site}"))
}

/// Whether a place contains another, or is the own unit of a door.
fn is_around(estate: &Estate, place: &Target, inner: &Target) -> bool {
    let kinds = [
        KeyKind::Organisation,
        KeyKind::Building,
        KeyKind::Integration,
        KeyKind::Unit,
        KeyKind::Door,
    ];
    let kind = kinds.into_iter().find(|kind| kind.as_str() == inner.kind.as_str()).unwrap();
    inside(estate, place, kind).iter().any(|at| at.resource() == inner.resource())
        || is_own_unit(estate, inner, place)
}

fn is_own_unit(estate: &Estate, door: &Target, unit: &Target) -> bool {
    let is_door =
        |row: &&DoorDoc| door.kind == ResourceKind::Door && Some(&row.id) == door.id.as_ref();
    let own = estate.doors.iter().find(is_door).and_then(|row| row.unit.as_ref());
    let is_unit =
        |row: &&UnitDoc| unit.kind == ResourceKind::Unit && Some(&row.id) == unit.id.as_ref();
    let unit = estate.units.iter().find(is_unit);
    own.zip(unit).is_some_and(|(own, unit)| unit.id == *own || unit.aliases.contains(own))
}

/// Every place in the slice of a person is named by a grant, reached by one, or contains such a place.
#[test]
fn the_slice_of_a_person_gives_away_only_what_grants_reach_and_what_contains_that() {
    on_estates("disclosed", 10, |estate, _| {
        let whole = Directory::new(estate.clone()).unwrap();
        let everything = frozen(&whole, &Slice::Everything);
        let everything = opened(&everything);
        let bare = Directory::new(unrestricted(estate)).unwrap();
        let mut targets = all_targets(estate);
        targets.retain(|at| at.kind != ResourceKind::Platform);
        let keys = all_keys(estate);
        for person in estate.people.iter().take(4) {
            let bytes = frozen(&whole, &Slice::Person(person.id.as_ref()));
            let image = opened(&bytes);
            let named = named(estate, &person.id);
            let named: BTreeSet<String> = named
                .iter()
                .filter_map(|name| everything.resource(Resource::parse(name).ok()?))
                .filter_map(|named| Some(everything.resource_id(named)?.to_string()))
                .collect();
            let is_asked = |at: &Target, action: &str| {
                let request = Request::new(
                    Principal::Person(person.id.as_ref()),
                    action,
                    at.resource(),
                    now(),
                );
                let reason = bare.decide(&request).reason();
                !matches!(reason, Reason::NoGrant | Reason::ActionNotApplicable)
            };
            let is_reached = |at: &Target| {
                named.contains(&at.resource().to_string())
                    || keys.keys().any(|action| is_asked(at, action))
            };
            let (reached, mut others): (Vec<&Target>, Vec<&Target>) =
                targets.iter().partition(|at| is_reached(at));
            others.retain(|at| image.resource(at.resource()).is_some());
            let own_units = others
                .iter()
                .filter(|unit| reached.iter().any(|door| is_own_unit(estate, door, unit)));
            let inner: Vec<&Target> = reached.iter().chain(own_units).copied().collect();
            let stray = others.iter().find(|at| {
                !inner.iter().any(|inner| is_around(estate, at, inner))
                    && !inner.iter().any(|inner| inner.resource() == at.resource())
            });
            if let Some(stray) = stray {
                return Err(format!("{} is in the slice of {}", stray.resource(), person.id));
            }
        }
        Ok(())
    });
}

/// A text that is in nothing else.
fn token(kind: &str, row: usize) -> Box<str> {
    format!("<{kind} {row}>").into()
}

/// The same estate where every name is its own; by kind and row.
fn with_tokens(estate: &Estate) -> Estate {
    let mut estate = estate.clone();
    let rows = |kind, rows: &mut dyn Iterator<Item = &mut Option<Box<str>>>| {
        rows.enumerate().for_each(|(row, name)| *name = Some(token(kind, row)));
    };
    rows("building", &mut estate.buildings.iter_mut().map(|row| &mut row.name));
    rows("integration", &mut estate.integrations.iter_mut().map(|row| &mut row.name));
    rows("door", &mut estate.doors.iter_mut().map(|row| &mut row.name));
    rows("person", &mut estate.people.iter_mut().map(|row| &mut row.name));
    rows("resident", &mut estate.residencies.iter_mut().map(|row| &mut row.display_name));
    for (unit, row) in estate.units.iter_mut().enumerate() {
        row.number = token("unit", unit);
    }
    estate
}

/// What the panel of an integration may have by name: itself and its building, its doors, units of those, listed residents.
fn is_for_panel(estate: &Estate, panel: usize, (kind, row): (&str, usize)) -> bool {
    let is = |id: &Id, own: &Id, aliases: &[Id]| id == own || aliases.contains(id);
    let integration = &estate.integrations[panel];
    let is_here = |id: &Id| is(id, &integration.id, &integration.aliases);
    let is_unit_here = |unit: &UnitDoc| unit.integration.as_ref().is_some_and(is_here);
    let is_listed = |residency: &ResidencyDoc| {
        let is_home = |unit: &&UnitDoc| is(&residency.unit, &unit.id, &unit.aliases);
        let unit = estate.units.iter().find(is_home).unwrap();
        residency.directory_visible
            && residency.status == ResidencyStatus::Active
            && residency.residency_type != ResidencyType::Guest
            && unit.status == SwitchStatus::Enabled
            && is_unit_here(unit)
    };
    match kind {
        "building" => {
            let building = &estate.buildings[row];
            is(&integration.building, &building.id, &building.aliases)
        }
        "integration" => row == panel,
        "door" => is_here(&estate.doors[row].integration),
        "unit" => {
            let unit = &estate.units[row];
            let is_this = |id: &Id| is(id, &unit.id, &unit.aliases);
            let doors = estate.doors.iter().filter(|door| is_here(&door.integration));
            let mut shared = doors.flat_map(|door| match &door.audience {
                Some(AudienceDoc::Units(units)) => units.clone(),
                _ => door.unit.clone().into_iter().collect(),
            });
            is_unit_here(unit) || shared.any(|id| is_this(&id))
        }
        "resident" => is_listed(&estate.residencies[row]),
        _ => {
            let person = &estate.people[row];
            let mut homes = estate.residencies.iter();
            person.state == PersonState::Active
                && homes.any(|at| is(&at.person, &person.id, &person.aliases) && is_listed(at))
        }
    }
}

#[test]
fn a_panel_has_no_name_of_what_it_does_not_need() {
    on_estates("names", 10, |estate, _| {
        let estate = with_tokens(estate);
        let directory = Directory::new(estate.clone()).unwrap();
        let kinds = [
            ("building", estate.buildings.len()),
            ("integration", estate.integrations.len()),
            ("unit", estate.units.len()),
            ("door", estate.doors.len()),
            ("person", estate.people.len()),
            ("resident", estate.residencies.len()),
        ];
        for (panel, row) in estate.integrations.iter().enumerate() {
            let bytes = frozen(&directory, &Slice::Integration(row.id.as_ref()));
            for (kind, rows) in kinds {
                let told = (0..rows).filter(|row| has_text(&bytes, &token(kind, *row)));
                let stray =
                    told.into_iter().find(|row| !is_for_panel(&estate, panel, (kind, *row)));
                if let Some(stray) = stray {
                    return Err(format!("{} is told to {}", token(kind, stray), row.id));
                }
            }
        }
        Ok(())
    });
}
