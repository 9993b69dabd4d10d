//! Images of generated estates, and their lists as texts beside those of their directories.

use core::fmt::{Debug, Display};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::{Value, json};
use vestibule::estate::Estate;
use vestibule::{
    Directory, IdRef, Image, Issue, LobbyUnit, OutsideSlice, Principal, Resource, Slice,
    TextRequest, Timestamp,
};

use super::generate::{Plan, plans};

/// Estates of all properties of images together.
const DEFAULT_CASES: u64 = 1500;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

/// Tries a property on a share, in per cent, of all the estates.
pub fn on_estates(property: &str, share: u64, holds: impl Fn(&Estate, u64) -> Result<(), String>) {
    let mut seed = [0_u8; 32];
    let first = number("VESTIBULE_SEED").unwrap_or(20_261_125);
    seed[..8].copy_from_slice(&first.to_le_bytes());
    for (place, byte) in seed[8..].iter_mut().zip(property.bytes()) {
        *place = byte;
    }
    let all = number("VESTIBULE_CASES").unwrap_or(DEFAULT_CASES);
    let cases = u32::try_from((all * share).div_ceil(100).max(1)).unwrap_or(u32::MAX);
    let config =
        Config { cases, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let outcome = TestRunner::new_with_rng(config, rng)
        .run(&plans(), |plan: Plan| holds(&plan.estate(), plan.seed).map_err(TestCaseError::fail));
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, plan)) => panic!("{reason}\nfrom {plan:?}"),
        Err(error) => panic!("{error}"),
    }
}

pub fn equal<T: PartialEq + Debug>(
    what: &dyn Display,
    found: &T,
    wanted: &T,
) -> Result<(), String> {
    if found == wanted {
        Ok(())
    } else {
        Err(format!("{what}\nfound  {found:?}\nwanted {wanted:?}"))
    }
}

pub fn frozen(directory: &Directory, slice: &Slice<'_>) -> Vec<u8> {
    let at = Timestamp::parse("2026-11-22T18:00:00Z").unwrap();
    directory.freeze(slice, &Issue::at(at)).unwrap_or_else(|error| panic!("{slice:?}: {error}"))
}

pub fn opened(bytes: &[u8]) -> Image<'_> {
    Image::open(bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// A list of an image, by ids.
pub type Listed = Result<Vec<String>, OutsideSlice>;

fn texts<T: Display>(items: impl IntoIterator<Item = T>) -> Vec<String> {
    items.into_iter().map(|item| item.to_string()).collect()
}

/// Asked by ids, and where all ids are known with handles too: the same.
pub fn permissions(
    image: &Image<'_>,
    (who, on): (Principal<'_>, Resource<'_>),
    at: Timestamp,
) -> Listed {
    let listed: Listed = image.permissions(who, on, at).map(texts);
    if let Some((who, on)) = image.principal(who).zip(image.resource(on)) {
        let keys = image.permissions_handles(who, on, at);
        assert_eq!(keys.map(|keys| texts(keys.map(|key| image.key_text(key)))), listed);
    }
    listed
}

/// As [`permissions`].
pub fn who_can(image: &Image<'_>, (action, on): (&str, Resource<'_>), at: Timestamp) -> Listed {
    let people: Result<Vec<IdRef<'_>>, _> = image.who_can(action, on, at).map(Iterator::collect);
    if let Ok(people) = &people {
        assert!(people.is_sorted_by(|a, b| a < b), "in order, each once: {people:?}");
    }
    if let Some((key, on)) = image.key(action).zip(image.resource(on)) {
        let found = image.who_can_handles(key, on, at);
        let found = found.map(|found| found.map(|person| image.principal_id(person).unwrap()));
        assert_eq!(found.map(Iterator::collect), people);
    }
    people.map(texts)
}

/// As [`permissions`].
pub fn what_can(image: &Image<'_>, (person, action): (IdRef<'_>, &str), at: Timestamp) -> Listed {
    let resources: Result<Vec<Resource<'_>>, _> =
        image.what_can(person, action, at).map(Iterator::collect);
    if let Ok(resources) = &resources {
        let in_order = resources.is_sorted_by(|a, b| a.id() < b.id());
        assert!(in_order, "in order, each once: {resources:?}");
    }
    if let Some((person, key)) = image.principal(Principal::Person(person)).zip(image.key(action)) {
        let found = image.what_can_handles(person, key, at);
        let found = found.map(|resource| image.resource_id(resource).unwrap());
        assert_eq!(Ok(found.collect()), resources);
    }
    resources.map(texts)
}

/// The lobby as the directory gives it as data; asked with handles too, and each unit by itself: the same.
pub fn lobby(
    image: &Image<'_>,
    integration: IdRef<'_>,
    at: Timestamp,
) -> Result<Value, OutsideSlice> {
    let listed = rows_of_lobby(image, image.lobby_directory(integration, at));
    if let Some(integration) = image.resource(Resource::Integration(integration)) {
        assert_eq!(rows_of_lobby(image, image.lobby_directory_handles(integration, at)), listed);
    }
    for unit in image.lobby_directory(integration, at)? {
        let alone = image.lobby_unit(unit.handle(), at).unwrap().unwrap();
        assert_eq!(row_of_lobby(image, &alone), row_of_lobby(image, &unit));
        assert_eq!(image.resource_id(unit.handle()), Some(Resource::Unit(unit.unit)));
    }
    listed
}

fn rows_of_lobby<'i>(
    image: &Image<'_>,
    units: Result<impl Iterator<Item = LobbyUnit<'i>>, OutsideSlice>,
) -> Result<Value, OutsideSlice> {
    Ok(units?.map(|unit| row_of_lobby(image, &unit)).collect())
}

/// A unit with its residents, whose handles are of the same people.
fn row_of_lobby(image: &Image<'_>, unit: &LobbyUnit<'_>) -> Value {
    let residents: Vec<(IdRef<'_>, Option<&str>)> = unit.residents().collect();
    let by_handles = unit.resident_handles();
    let by_handles: Vec<(IdRef<'_>, Option<&str>)> =
        by_handles.map(|(person, name, _)| (image.principal_id(person).unwrap(), name)).collect();
    assert_eq!(by_handles, residents);
    assert_eq!(unit.resident_handles().any(|(_, _, receives_calls)| receives_calls), unit.callable);
    let residents = residents
        .into_iter()
        .map(|(person, name)| json!({"person": person.to_string(), "name": name}));
    json!({
        "unit": unit.unit.to_string(),
        "number": unit.number,
        "residents": residents.collect::<Vec<_>>(),
        "callable": unit.callable,
    })
}

fn field<'v>(of: &'v Value, field: &str) -> &'v str {
    of[field].as_str().unwrap_or_else(|| panic!("`{field}` is missing in {of}"))
}

/// A decision, as the shared vectors write it.
pub fn decided(image: &Image<'_>, request: &Value) -> Value {
    let request = TextRequest {
        principal: field(request, "principal"),
        action: field(request, "action"),
        resource: field(request, "resource"),
        acting_org: request["acting_org"].as_str(),
        at: Timestamp::parse(field(request, "at")).unwrap(),
    };
    let decision = image.decide_text(&request).unwrap();
    let until = (decision.until() != Timestamp::MAX).then(|| decision.until().to_string());
    json!({
        "effect": decision.effect().as_str(),
        "reason": decision.reason().as_str(),
        "basis": decision.basis().as_str(),
        "until": until,
    })
}

/// A list that images have too.
pub fn listed(image: &Image<'_>, case: &Value) -> Option<Value> {
    let at = Timestamp::parse(field(case, "at")).unwrap();
    let id = |name| IdRef::parse(field(case, name)).unwrap();
    let on = || Resource::parse(field(case, "resource")).unwrap();
    let found = match field(case, "list") {
        "permissions" => permissions(image, (Principal::Person(id("person")), on()), at),
        "who_can" => who_can(image, (field(case, "action"), on()), at),
        "what_can" => what_can(image, (id("person"), field(case, "action")), at),
        "lobby_directory" => return Some(lobby(image, id("integration"), at).unwrap()),
        _ => return None,
    };
    Some(json!(found.unwrap()))
}

/// The same lists of a directory.
pub mod of_directory {
    use super::*;

    pub fn permissions(
        directory: &Directory,
        (who, on): (Principal<'_>, Resource<'_>),
        at: Timestamp,
    ) -> Vec<String> {
        texts(directory.permissions(who, on, at))
    }

    pub fn who_can(
        directory: &Directory,
        (action, on): (&str, Resource<'_>),
        at: Timestamp,
    ) -> Vec<String> {
        texts(directory.who_can(action, on, at))
    }

    pub fn what_can(
        directory: &Directory,
        (person, action): (IdRef<'_>, &str),
        at: Timestamp,
    ) -> Vec<String> {
        texts(directory.what_can(person, action, at))
    }

    pub fn lobby(directory: &Directory, integration: IdRef<'_>, at: Timestamp) -> Value {
        let rows = directory.lobby_directory(integration, at);
        rows.map(|row| serde_json::to_value(row).unwrap()).collect()
    }
}
