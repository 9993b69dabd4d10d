//! An image answers as its directory: every decision, list and explanation of an image of everything; of a slice what is
//! inside it, and nothing else [C-62, C-77, C-79].
//!
//! How many estates: `VESTIBULE_CASES`, 1500 for all properties together. From which seed: `VESTIBULE_SEED`.

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use vestibule::estate::{Estate, ResidencyDoc};
use vestibule::{
    Context, Directory, Id, IdRef, Image, LobbyUnit, Principal, PrincipalHandle, Reason, Resource,
    ResourceHandle, ResourceKind, Slice, SliceKind, Timestamp,
};

use self::support::commands::{Names, command, context};
use self::support::generate::{Ask, Asker, Dice, Target, all_targets, any_instant, asks};
use self::support::images::{
    decided, equal, frozen, listed, lobby, of_directory, on_estates, opened, permissions, what_can,
    who_can,
};
use self::support::oracle::all_keys;

const ASKS: usize = 120;

fn directory(estate: &Estate) -> Directory {
    Directory::new(estate.clone()).unwrap_or_else(|faults| panic!("{faults}"))
}

// ---------------------------------------------------------------------------------------------
// Everything
// ---------------------------------------------------------------------------------------------

#[test]
fn an_image_of_everything_answers_as_its_directory() {
    on_estates("everything", 40, |estate, seed| {
        let directory = directory(estate);
        let bytes = frozen(&directory, &Slice::Everything);
        answers_the_same(&directory, &opened(&bytes), &asks(estate, seed, ASKS))
    });
}

/// Every decision and every list.
fn answers_the_same(directory: &Directory, image: &Image<'_>, asks: &[Ask]) -> Result<(), String> {
    for ask in asks {
        let what = format!("{ask:?}");
        let decision = directory.decide(&ask.request());
        equal(&what, &image.decide(&ask.request()), &decision)?;
        let resolved = image.resolve(&ask.request());
        let by_handles = resolved.map(|question| image.decide_question(&question));
        equal(&what, &by_handles.map_err(Reason::code).ok().unwrap_or(decision), &decision)?;
        let (who, on, action) = (ask.principal(), ask.on.resource(), &*ask.action);
        let found = permissions(image, (who, on), ask.at);
        equal(&what, &found, &Ok(of_directory::permissions(directory, (who, on), ask.at)))?;
        let found = who_can(image, (action, on), ask.at);
        equal(&what, &found, &Ok(of_directory::who_can(directory, (action, on), ask.at)))?;
        if let Principal::Person(person) = who {
            let found = what_can(image, (person, action), ask.at);
            let wanted = of_directory::what_can(directory, (person, action), ask.at);
            equal(&what, &found, &Ok(wanted))?;
        }
        if let Resource::Integration(integration) = on {
            let found = lobby(image, integration, ask.at);
            equal(&what, &found, &Ok(of_directory::lobby(directory, integration, ask.at)))?;
        }
    }
    Ok(())
}

/// An image has no names of people, so the estate has none either.
#[test]
fn an_image_of_everything_explains_as_its_directory() {
    on_estates("explanations", 10, |estate, seed| {
        let mut estate = estate.clone();
        for person in &mut estate.people {
            (person.name, person.first_name, person.last_name) = (None, None, None);
        }
        let directory = directory(&estate);
        let bytes = frozen(&directory, &Slice::Everything);
        let image = opened(&bytes);
        for ask in asks(&estate, seed, ASKS) {
            let (found, wanted) =
                (image.explain(&ask.request()), directory.explain(&ask.request()));
            equal(&format!("{ask:?}\n{found}\n{wanted}"), &found, &wanted)?;
        }
        Ok(())
    });
}

#[test]
fn an_explanation_of_a_slice_is_of_its_decision() {
    on_estates("slices explained", 5, |estate, seed| {
        let directory = directory(estate);
        for slice in slices(estate) {
            let bytes = frozen(&directory, &slice);
            let image = opened(&bytes);
            for ask in asks(estate, seed, ASKS / 6) {
                let (decision, told) =
                    (image.decide(&ask.request()), image.explain(&ask.request()));
                let what = format!("{slice:?} {ask:?}\n{told}");
                equal(&what, &told.decision(), &decision)?;
                let first = told.reasons().next().map(|reason| reason.reason);
                equal(&what, &first, &(!decision.is_allow()).then(|| decision.reason()))?;
            }
        }
        Ok(())
    });
}

fn slices(estate: &Estate) -> Vec<Slice<'_>> {
    let integrations = estate.integrations.iter().map(|row| Slice::Integration(row.id.as_ref()));
    let people = estate.people.iter().map(|row| Slice::Person(row.id.as_ref()));
    integrations.chain(people).collect()
}

// ---------------------------------------------------------------------------------------------
// One integration
// ---------------------------------------------------------------------------------------------

/// Whether a resource is an integration, or a unit or door of it.
fn is_of(estate: &Estate, integration: &Id, target: &Target) -> bool {
    let is_named = |id: &Id| {
        let row = estate.integrations.iter().find(|row| row.id == *integration);
        id == integration || row.is_some_and(|row| row.aliases.contains(id))
    };
    let Some(id) = &target.id else { return false };
    match target.kind {
        ResourceKind::Integration => id == integration,
        ResourceKind::Unit => estate
            .units
            .iter()
            .find(|row| row.id == *id)
            .and_then(|row| row.integration.as_ref())
            .is_some_and(is_named),
        ResourceKind::Door => estate
            .doors
            .iter()
            .find(|row| row.id == *id)
            .is_some_and(|row| is_named(&row.integration)),
        _ => false,
    }
}

#[test]
fn the_slice_of_an_integration_has_all_who_may_enter() {
    on_estates("integrations", 15, |estate, seed| {
        let directory = directory(estate);
        let mut dice = Dice::new(seed, "integrations", 0);
        for integration in dice.several(&estate.integrations, 2) {
            let bytes = frozen(&directory, &Slice::Integration(integration.id.as_ref()));
            let image = opened(&bytes);
            let at = any_instant(&mut dice);
            every_question(estate, at, &mut |ask| {
                let is_inside = is_of(estate, &integration.id, &ask.on);
                decides_inside(&directory, &image, ask, is_inside)
            })?;
            lists_inside(estate, &directory, &image, (&integration.id, at))?;
        }
        Ok(())
    });
}

/// Each person, key and resource.
fn every_question(
    estate: &Estate,
    at: Timestamp,
    try_one: &mut dyn FnMut(&Ask) -> Result<(), String>,
) -> Result<(), String> {
    let keys: Vec<String> = all_keys(estate).into_keys().collect();
    for person in &estate.people {
        for on in all_targets(estate) {
            let who = Asker::Person(person.id.clone());
            let mut ask = Ask { who, action: String::new(), on, acting_org: None, at };
            for key in &keys {
                ask.action.clone_from(key);
                try_one(&ask)?;
            }
        }
    }
    Ok(())
}

/// A slice answers as the directory or not at all; of what is inside it answers whatever the directory allows.
fn decides_inside(
    directory: &Directory,
    image: &Image<'_>,
    ask: &Ask,
    is_inside: bool,
) -> Result<(), String> {
    let (found, wanted) = (image.decide(&ask.request()), directory.decide(&ask.request()));
    if found.reason() != Reason::OutsideSlice {
        return equal(&format!("{ask:?}"), &found, &wanted);
    }
    if is_inside && wanted.is_allow() {
        return Err(format!("{ask:?} is allowed by the directory, outside the slice"));
    }
    Ok(())
}

fn lists_inside(
    estate: &Estate,
    directory: &Directory,
    image: &Image<'_>,
    (integration, at): (&Id, Timestamp),
) -> Result<(), String> {
    let targets = all_targets(estate);
    let inside: Vec<String> = targets
        .iter()
        .filter(|target| is_of(estate, integration, target))
        .map(|target| target.resource().to_string())
        .collect();
    for key in all_keys(estate).keys() {
        for target in &targets {
            let on = target.resource();
            let found = who_can(image, (key, on), at).ok();
            let wanted = of_directory::who_can(directory, (key, on), at);
            let wanted = inside.contains(&on.to_string()).then_some(wanted);
            equal(&format!("who can {key} on {on}"), &found, &wanted)?;
        }
        for person in &estate.people {
            let person = person.id.as_ref();
            let found = what_can(image, (person, key), at).unwrap_or_default();
            let mut wanted = of_directory::what_can(directory, (person, key), at);
            wanted.retain(|resource| inside.contains(resource));
            equal(&format!("what {person} can {key}"), &found, &wanted)?;
        }
    }
    for row in &estate.integrations {
        let found = lobby(image, row.id.as_ref(), at).ok();
        let wanted = of_directory::lobby(directory, row.id.as_ref(), at);
        let wanted = (row.id == *integration).then_some(wanted);
        equal(&format!("the lobby of {}", row.id), &found, &wanted)?;
    }
    Ok(())
}

// ---------------------------------------------------------------------------------------------
// One person
// ---------------------------------------------------------------------------------------------

#[test]
fn the_slice_of_a_person_has_all_that_is_allowed() {
    on_estates("people", 20, |estate, seed| {
        let directory = directory(estate);
        let mut dice = Dice::new(seed, "people", 0);
        for person in dice.several(&estate.people, 4) {
            let person = person.id.as_ref();
            let bytes = frozen(&directory, &Slice::Person(person));
            let image = opened(&bytes);
            let at = any_instant(&mut dice);
            every_question(estate, at, &mut |ask| {
                let is_own = ask.principal() == Principal::Person(person);
                let decision = image.decide(&ask.request());
                if !is_own && decision.reason() != Reason::OutsideSlice {
                    return Err(format!("{ask:?} is answered {decision:?} in a slice of {person}"));
                }
                decides_inside(&directory, &image, ask, is_own)
            })?;
            lists_of(estate, &directory, &image, (person, at))?;
        }
        Ok(())
    });
}

fn lists_of(
    estate: &Estate,
    directory: &Directory,
    image: &Image<'_>,
    (person, at): (IdRef<'_>, Timestamp),
) -> Result<(), String> {
    for key in all_keys(estate).keys() {
        let found = what_can(image, (person, key), at);
        let wanted = of_directory::what_can(directory, (person, key), at);
        equal(&format!("what {person} can {key}"), &found, &Ok(wanted))?;
    }
    for target in all_targets(estate) {
        let on = target.resource();
        let found = permissions(image, (Principal::Person(person), on), at).unwrap_or_default();
        let wanted = of_directory::permissions(directory, (Principal::Person(person), on), at);
        equal(&format!("permissions of {person} on {on}"), &found, &wanted)?;
        equal(&on, &who_can(image, ("doors:open", on), at).is_err(), &true)?;
    }
    for row in &estate.integrations {
        equal(&row.id, &lobby(image, row.id.as_ref(), at).is_err(), &true)?;
    }
    Ok(())
}

// ---------------------------------------------------------------------------------------------
// One unit of a lobby
// ---------------------------------------------------------------------------------------------

/// Whether the lobby of some integration of an image shows a unit.
fn is_shown(estate: &Estate, image: &Image<'_>, unit: &Resource<'_>, at: Timestamp) -> bool {
    let integrations = estate.integrations.iter();
    let lobbies = integrations.filter_map(|row| image.lobby_directory(row.id.as_ref(), at).ok());
    lobbies.flatten().any(|shown| Resource::Unit(shown.unit) == *unit)
}

/// Whether calls to a unit go to somebody, as the estate says it.
fn receives_calls(
    estate: &Estate,
    image: &Image<'_>,
    unit: ResourceHandle,
    person: PrincipalHandle,
) -> bool {
    let is_theirs = |row: &&ResidencyDoc| {
        image.resource(Resource::Unit(row.unit.as_ref())) == Some(unit)
            && image.principal(Principal::Person(row.person.as_ref())) == Some(person)
    };
    estate.residencies.iter().find(is_theirs).is_some_and(|row| row.receives_calls)
}

/// Asked for by its handle, a unit is in the directory or not, with whom calls reach; what is no unit never is [1-21, C-77].
#[test]
fn a_unit_by_itself_is_what_the_lobby_shows_of_it() {
    on_estates("units of lobbies", 15, |estate, seed| {
        let directory = directory(estate);
        let at = any_instant(&mut Dice::new(seed, "units of lobbies", 0));
        for slice in [Slice::Everything].into_iter().chain(slices(estate)) {
            let bytes = frozen(&directory, &slice);
            let image = opened(&bytes);
            for target in all_targets(estate) {
                let on = target.resource();
                let Some(handle) = image.resource(on) else { continue };
                let found = image.lobby_unit(handle, at).ok().flatten();
                for (person, _, calls) in found.iter().flat_map(LobbyUnit::resident_handles) {
                    let wanted = receives_calls(estate, &image, handle, person);
                    equal(&format!("calls to {on}, {person:?}"), &calls, &wanted)?;
                }
                let found = found.map(|unit| Resource::Unit(unit.unit).to_string());
                let id = image.resource_id(handle).unwrap();
                let wanted = is_shown(estate, &image, &id, at).then(|| id.to_string());
                equal(&format!("{on} in {slice:?}"), &found, &wanted)?;
            }
        }
        Ok(())
    });
}

/// Where the slice has no people, or not this unit, nothing is said of who lives there [C-62].
#[test]
fn a_unit_outside_the_slice_is_not_told_of() {
    on_estates("units outside", 5, |estate, seed| {
        let directory = directory(estate);
        let at = any_instant(&mut Dice::new(seed, "units outside", 0));
        for slice in slices(estate) {
            let bytes = frozen(&directory, &slice);
            let image = opened(&bytes);
            for target in all_targets(estate) {
                let on = target.resource();
                let Some(handle) = image.resource(on) else { continue };
                let has_lobby = match &slice {
                    Slice::Integration(id) => is_of(estate, &id.to_owned(), &target),
                    _ => false,
                };
                let is_told = image.lobby_unit(handle, at).is_ok();
                equal(&format!("{on} in {slice:?}"), &is_told, &has_lobby)?;
            }
        }
        Ok(())
    });
}

// ---------------------------------------------------------------------------------------------
// The same bytes
// ---------------------------------------------------------------------------------------------

/// However a directory came to hold its rows, by commands or by loading them.
#[test]
fn an_edited_directory_freezes_as_one_that_was_loaded() {
    on_estates("edited", 10, |estate, seed| {
        let mut edited = directory(estate);
        let mut dice = Dice::new(seed, "edited", 0);
        for step in 0..40 {
            let estate = edited.to_estate();
            let names = Names::new(&estate);
            let command = command(&mut dice, &names, &estate);
            let at = any_instant(&mut dice);
            let context: Context = context(&mut dice, &names, &estate, &command, at, step);
            // Most are refused, and a refused one changes nothing.
            let _ = edited.execute(&context, command);
        }
        let estate = edited.to_estate();
        let loaded = directory(&estate);
        for slice in [Slice::Everything].into_iter().chain(slices(&estate)) {
            let same = frozen(&edited, &slice) == frozen(&loaded, &slice);
            equal(&format!("{slice:?}"), &same, &true)?;
        }
        Ok(())
    });
}

// ---------------------------------------------------------------------------------------------
// The shared vectors
// ---------------------------------------------------------------------------------------------

#[test]
fn images_answer_the_vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let (mut decisions, mut lists) = (0, 0);
    for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("decide-") {
            continue;
        }
        let vectors: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let estate = Estate::from_json(vectors["estate"].to_string().as_bytes()).unwrap();
        let bytes = frozen(&directory(&estate), &Slice::Everything);
        let image = opened(&bytes);
        for case in vectors["decisions"].as_array().into_iter().flatten() {
            let found = decided(&image, &case["request"]);
            for (field, expected) in case["expect"].as_object().unwrap() {
                assert_eq!(&found[field], expected, "{name}: {case}");
            }
            decisions += 1;
        }
        for case in vectors["lists"].as_array().into_iter().flatten() {
            let Some(found) = listed(&image, case) else { continue };
            assert_eq!(found, case["expect"], "{name}: {case}");
            lists += 1;
        }
    }
    assert!(decisions >= 120 && lists >= 20, "{decisions} decisions, {lists} lists");
}

// ---------------------------------------------------------------------------------------------
// Allocations
// ---------------------------------------------------------------------------------------------

/// Opening and deciding never do; lists where nobody was looked up before: all of them in a slice.
#[test]
fn an_image_is_read_without_allocating() {
    on_estates("allocations", 5, |estate, seed| {
        let directory = directory(estate);
        for slice in [Slice::Everything].into_iter().chain(slices(estate)) {
            let bytes = frozen(&directory, &slice);
            for ask in asks(estate, seed, 10) {
                let allocated = allocation_counter::measure(|| read(&bytes, &ask));
                equal(&format!("{slice:?} {ask:?}"), &allocated.count_total, &0)?;
            }
        }
        Ok(())
    });
}

/// Everything that an image is asked without allocating.
fn read(bytes: &[u8], ask: &Ask) {
    let image = Image::open(bytes).unwrap();
    let (who, on, at) = (ask.principal(), ask.on.resource(), ask.at);
    let mut found = usize::from(image.decide(&ask.request()).is_allow());
    found += image.permissions(who, on, at).map_or(0, Iterator::count);
    if let Resource::Integration(integration) = on
        && let Ok(units) = image.lobby_directory(integration, at)
    {
        found += units.map(|unit| unit.residents().count()).sum::<usize>();
    }
    if image.slice() != SliceKind::Everything {
        found += image.who_can(&ask.action, on, at).map_or(0, Iterator::count);
        if let Principal::Person(person) = who {
            found += image.what_can(person, &ask.action, at).map_or(0, Iterator::count);
        }
    }
    core::hint::black_box(found);
}
