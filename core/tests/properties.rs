//! What must hold for every legal estate, tried on many generated ones. Chief among it: the engine
//! says what the slow oracle says.
//!
//! How many estates: `VESTIBULE_CASES`, 2000 for all properties together. From which seed:
//! `VESTIBULE_SEED`. With `VESTIBULE_TALLY`, how often each answer was met is printed.

mod support;

use core::fmt::Display;
use core::sync::atomic::{AtomicU64, Ordering};
use std::collections::BTreeMap;
use std::io::Write;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use serde_json::{Value, json};
use vestibule::estate::{Estate, KeyKind};
use vestibule::{
    Basis, Directory, Id, IdRef, ListQuery, MemberDepth, PageRequest, Principal, Reason, Request,
    Resource, RolePath, TextRequest, Timestamp,
};

use self::support::generate::{
    Ask, Asker, Dice, Plan, Target, all_instants, all_targets, any_instant, asks, id_texts, inside,
    is_same, paths, plans, rename, renamed_in_order, renaming, restricted, shuffle, smallest,
    without_a_grant,
};
use self::support::oracle::{Answer, KEYS, Oracle, name, slow_covers, slow_matches, slow_overlaps};

const ASKS: usize = 150;
const DEFAULT_CASES: u32 = 2000;

static ESTATES: AtomicU64 = AtomicU64::new(0);
static DECISIONS: AtomicU64 = AtomicU64::new(0);
static ALLOWED: AtomicU64 = AtomicU64::new(0);

// ---------------------------------------------------------------------------------------------
// Running
// ---------------------------------------------------------------------------------------------

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

fn runner(property: &str, cases: u32) -> TestRunner {
    let mut seed = [0_u8; 32];
    let number = number("VESTIBULE_SEED").unwrap_or(20_261_122);
    seed[..8].copy_from_slice(&number.to_le_bytes());
    for (place, byte) in seed[8..].iter_mut().zip(property.bytes()) {
        *place = byte;
    }
    let config = Config {
        cases: cases.max(1),
        failure_persistence: None,
        max_shrink_iters: 3000,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

/// Tries a property on a share, in per cent, of all the estates.
fn on_estates(property: &str, share: u64, holds: impl Fn(&Estate, u64) -> Result<(), String>) {
    let all = number("VESTIBULE_CASES").unwrap_or(u64::from(DEFAULT_CASES));
    let cases = u32::try_from((all * share).div_ceil(100)).unwrap_or(u32::MAX);
    let outcome = runner(property, cases).run(&plans(), |plan: Plan| {
        ESTATES.fetch_add(1, Ordering::Relaxed);
        holds(&plan.estate(), plan.seed).map_err(TestCaseError::fail)
    });
    report(property, cases);
    give_up_on(outcome);
}

fn report(property: &str, cases: u32) {
    let estates = ESTATES.load(Ordering::Relaxed);
    let decisions = DECISIONS.load(Ordering::Relaxed);
    let allowed = ALLOWED.load(Ordering::Relaxed);
    write_line(&format!(
        "{property}: {cases} estates; all properties so far: {estates} estates, {decisions} \
         decisions compared, {allowed} of them allowed"
    ));
}

/// Past the harness, which hides what a passing test prints.
fn write_line(line: &str) {
    writeln!(std::io::stderr(), "{line}").unwrap_or_default();
}

fn give_up_on<T: core::fmt::Debug>(outcome: Result<(), TestError<T>>) {
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, input)) => panic!("{reason}\nfrom {input:?}"),
        Err(error) => panic!("{error}"),
    }
}

fn directory(estate: &Estate) -> Result<Directory, String> {
    Directory::new(estate.clone()).map_err(|faults| {
        let document = serde_json::to_string(estate).unwrap_or_default();
        format!("a generated estate is refused: {faults:?}\n{document}")
    })
}

fn said(directory: &Directory, ask: &Ask) -> Answer {
    directory.decide(&ask.request()).into()
}

/// Compares, and names the smallest estate on which the two still differ.
fn same<T: PartialEq + core::fmt::Debug>(
    what: &dyn Display,
    estate: &Estate,
    engine: &dyn Fn(&Directory) -> T,
    oracle: &dyn Fn(&Oracle<'_>) -> T,
    directory: &Directory,
    slow: &Oracle<'_>,
) -> Result<(), String> {
    let (fast, expected) = (engine(directory), oracle(slow));
    if fast == expected {
        return Ok(());
    }
    let differs = |estate: &Estate| {
        let slow = Oracle::new(estate);
        Directory::new(estate.clone()).is_ok_and(|fast| engine(&fast) != oracle(&slow))
    };
    let small = smallest(estate, &differs);
    let on_small = Estate::from_json(small.to_string().as_bytes()).map(|estate| {
        let fast = Directory::new(estate.clone()).map(|fast| engine(&fast));
        format!("engine {:?}\noracle {:?}", fast.ok(), oracle(&Oracle::new(&estate)))
    });
    Err(format!(
        "{what}\nengine {fast:?}\noracle {expected:?}\nalready on {small}\n{}",
        on_small.unwrap_or_default()
    ))
}

// ---------------------------------------------------------------------------------------------
// The engine's lists as plain values
// ---------------------------------------------------------------------------------------------

/// A list with its arguments.
#[derive(Clone, Debug)]
enum List {
    Permissions(Ask),
    WhoCan(Ask),
    WhatCan(Id, String, Timestamp),
    Members(Id, bool, Timestamp),
    VisibleOrgs(Id, Timestamp),
    BuildingUsers(Id, Timestamp),
    AssignableRoles(Id, Id, Timestamp),
    LobbyDirectory(Id, Timestamp),
}

impl Display for List {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{self:?}")
    }
}

fn texts<T: Display>(items: impl IntoIterator<Item = T>) -> Vec<Value> {
    items.into_iter().map(|item| Value::String(item.to_string())).collect()
}

fn rows<T: serde::Serialize>(items: impl IntoIterator<Item = T>) -> Vec<Value> {
    items.into_iter().map(|item| serde_json::to_value(item).unwrap_or_default()).collect()
}

impl List {
    fn of_engine(&self, directory: &Directory) -> Vec<Value> {
        match self {
            Self::Permissions(ask) => {
                texts(directory.permissions(ask.principal(), ask.on.resource(), ask.at))
            }
            Self::WhoCan(ask) => texts(directory.who_can(&ask.action, ask.on.resource(), ask.at)),
            Self::WhatCan(person, action, at) => {
                texts(directory.what_can(person.as_ref(), action, *at))
            }
            Self::Members(org, recursive, at) => {
                let depth = if *recursive { MemberDepth::Recursive } else { MemberDepth::Own };
                let members: Vec<_> = directory.members(org.as_ref(), depth, *at).collect();
                // A JSON object has no order, so the order of organisations is looked at here.
                let in_order =
                    members.iter().all(|row| row.org_roles.is_sorted_by_key(|(id, _)| *id));
                assert!(in_order, "{members:?}");
                rows(members)
            }
            Self::VisibleOrgs(person, at) => texts(directory.visible_orgs(person.as_ref(), *at)),
            Self::BuildingUsers(integration, at) => {
                rows(directory.building_users(integration.as_ref(), *at))
            }
            Self::AssignableRoles(actor, integration, at) => {
                texts(directory.assignable_roles(actor.as_ref(), integration.as_ref(), *at))
            }
            Self::LobbyDirectory(integration, at) => {
                rows(directory.lobby_directory(integration.as_ref(), *at))
            }
        }
    }

    fn of_oracle(&self, oracle: &Oracle<'_>) -> Vec<Value> {
        match self {
            Self::Permissions(ask) => {
                texts(oracle.permissions(ask.principal(), ask.on.resource(), ask.at))
            }
            Self::WhoCan(ask) => texts(oracle.who_can(&ask.action, ask.on.resource(), ask.at)),
            Self::WhatCan(person, action, at) => {
                texts(oracle.what_can(person.as_ref(), action, *at))
            }
            Self::Members(org, recursive, at) => oracle
                .members(org.as_ref(), *recursive, *at)
                .into_iter()
                .map(|row| {
                    let roles: BTreeMap<_, _> = row.org_roles.into_iter().collect();
                    json!({"person": row.person, "blocked": row.blocked, "org_roles": roles})
                })
                .collect(),
            Self::VisibleOrgs(person, at) => texts(oracle.visible_orgs(person.as_ref(), *at)),
            Self::BuildingUsers(integration, at) => oracle
                .building_users(integration.as_ref(), *at)
                .into_iter()
                .map(|row| {
                    json!({"user_id": row.user_id, "role": row.role, "apartments": row.apartments})
                })
                .collect(),
            Self::AssignableRoles(actor, integration, at) => {
                texts(oracle.assignable_roles(actor.as_ref(), integration.as_ref(), *at))
            }
            Self::LobbyDirectory(integration, at) => oracle
                .lobby_directory(integration.as_ref(), *at)
                .into_iter()
                .map(|row| {
                    let residents: Vec<Value> = row
                        .residents
                        .into_iter()
                        .map(|(person, name)| json!({"person": person, "name": name}))
                        .collect();
                    json!({
                        "unit": row.unit,
                        "number": row.number,
                        "residents": residents,
                        "callable": row.callable,
                    })
                })
                .collect(),
        }
    }

    /// The same list, by name.
    fn query(&self) -> (ListQuery<'_>, Timestamp) {
        match self {
            Self::Permissions(ask) => {
                let (principal, resource) = (ask.principal(), ask.on.resource());
                (ListQuery::Permissions { principal, resource }, ask.at)
            }
            Self::WhoCan(ask) => {
                (ListQuery::WhoCan { action: &ask.action, resource: ask.on.resource() }, ask.at)
            }
            Self::WhatCan(person, action, at) => {
                (ListQuery::WhatCan { person: person.as_ref(), action }, *at)
            }
            Self::Members(org, recursive, at) => {
                let depth = if *recursive { MemberDepth::Recursive } else { MemberDepth::Own };
                (ListQuery::Members { organisation: org.as_ref(), depth }, *at)
            }
            Self::VisibleOrgs(person, at) => {
                (ListQuery::VisibleOrgs { person: person.as_ref() }, *at)
            }
            Self::BuildingUsers(integration, at) => {
                (ListQuery::BuildingUsers { integration: integration.as_ref() }, *at)
            }
            Self::AssignableRoles(actor, integration, at) => {
                let (actor, integration) = (actor.as_ref(), integration.as_ref());
                (ListQuery::AssignableRoles { actor, integration }, *at)
            }
            Self::LobbyDirectory(integration, at) => {
                (ListQuery::LobbyDirectory { integration: integration.as_ref() }, *at)
            }
        }
    }

    /// A list as the shared vectors write it.
    fn of_vector(case: &Value) -> Self {
        let id = |field| name(text(case, field));
        let ask = |who: Id, action: &str| {
            let resource = Resource::parse(text(case, "resource"));
            let resource = resource.unwrap_or_else(|error| panic!("{case}: {error}"));
            let on = Target { kind: resource.kind(), id: resource.id().map(|id| id.to_owned()) };
            let action = action.to_owned();
            Ask { who: Asker::Person(who), action, on, acting_org: None, at: time(case) }
        };
        let at = time(case);
        match text(case, "list") {
            "permissions" => Self::Permissions(ask(id("person"), "")),
            "who_can" => Self::WhoCan(ask(name("nobody"), text(case, "action"))),
            "what_can" => Self::WhatCan(id("person"), text(case, "action").to_owned(), at),
            "members" => {
                let recursive = case["recursive"].as_bool().unwrap_or_default();
                Self::Members(id("organisation"), recursive, at)
            }
            "visible_orgs" => Self::VisibleOrgs(id("person"), at),
            "building_users" => Self::BuildingUsers(id("integration"), at),
            "assignable_roles" => Self::AssignableRoles(id("actor"), id("integration"), at),
            "lobby_directory" => Self::LobbyDirectory(id("integration"), at),
            other => panic!("no list is called {other}"),
        }
    }

    /// Some lists of every sort.
    fn some(estate: &Estate, asks: &[Ask], dice: &mut Dice) -> Vec<Self> {
        let person = |dice: &mut Dice| dice.pick(&estate.people).map(|row| row.id.clone());
        let mut lists = Vec::new();
        for ask in asks.iter().take(5) {
            lists.push(Self::Permissions(ask.clone()));
        }
        for ask in asks.iter().skip(5).take(8) {
            lists.push(Self::WhoCan(ask.clone()));
        }
        for ask in asks.iter().skip(20).take(8) {
            if let Some(person) = person(dice) {
                lists.push(Self::WhatCan(person, ask.action.clone(), ask.at));
            }
        }
        for organisation in dice.several(&estate.organisations, 5) {
            let recursive = dice.chance(60);
            lists.push(Self::Members(organisation.id, recursive, any_instant(dice)));
        }
        for person in dice.several(&estate.people, 4) {
            lists.push(Self::VisibleOrgs(person.id, any_instant(dice)));
        }
        for integration in &estate.integrations {
            lists.push(Self::BuildingUsers(integration.id.clone(), any_instant(dice)));
            lists.push(Self::LobbyDirectory(integration.id.clone(), any_instant(dice)));
            for actor in dice.several(&estate.people, 3) {
                let (actor, at) = (actor.id, any_instant(dice));
                lists.push(Self::AssignableRoles(actor, integration.id.clone(), at));
            }
        }
        lists
    }
}

// ---------------------------------------------------------------------------------------------
// Engine and oracle
// ---------------------------------------------------------------------------------------------

#[test]
fn the_engine_decides_as_the_oracle() {
    on_estates("the_engine_decides_as_the_oracle", 30, |estate, seed| {
        let fast = directory(estate)?;
        let slow = Oracle::new(estate);
        for ask in asks(estate, seed, ASKS) {
            let answer = said(&fast, &ask);
            DECISIONS.fetch_add(1, Ordering::Relaxed);
            ALLOWED.fetch_add(u64::from(answer.is_allow()), Ordering::Relaxed);
            if answer == slow.decide(&ask.request()) {
                continue;
            }
            let facts = slow.facts(&ask.request());
            let what = format!("{ask:?}\n{facts:?}");
            let engine = |directory: &Directory| said(directory, &ask);
            let oracle = |oracle: &Oracle<'_>| oracle.decide(&ask.request());
            same(&what, estate, &engine, &oracle, &fast, &slow)?;
        }
        Ok(())
    });
}

#[test]
fn the_engine_lists_as_the_oracle() {
    on_estates("the_engine_lists_as_the_oracle", 18, |estate, seed| {
        let fast = directory(estate)?;
        let slow = Oracle::new(estate);
        let asks = asks(estate, seed, 30);
        for list in List::some(estate, &asks, &mut Dice::new(seed, "lists", 0)) {
            let engine = |directory: &Directory| list.of_engine(directory);
            let oracle = |oracle: &Oracle<'_>| list.of_oracle(oracle);
            same(&list, estate, &engine, &oracle, &fast, &slow)?;
        }
        Ok(())
    });
}

/// The generated questions meet every reason and basis, and the lists are not all empty.
#[test]
fn every_answer_is_met() {
    let answers = core::cell::RefCell::new(BTreeMap::<String, u64>::new());
    on_estates("every_answer_is_met", 8, |estate, seed| {
        let slow = Oracle::new(estate);
        let mut answers = answers.borrow_mut();
        let mut count = |what: String| *answers.entry(what).or_default() += 1;
        let asks = asks(estate, seed, ASKS);
        for ask in &asks {
            let facts = slow.facts(&ask.request());
            count(facts.answer.reason.as_str().to_owned());
            count(facts.answer.basis.as_str().to_owned());
            count(format!("until {}", facts.answer.until < Timestamp::MAX));
            count(format!("several candidates {}", facts.candidates.len() > 1));
        }
        for list in List::some(estate, &asks, &mut Dice::new(seed, "lists", 0)) {
            let word = format!("{list:?}").split('(').next().unwrap_or_default().to_owned();
            count(format!("{word} is empty {}", list.of_oracle(&slow).is_empty()));
        }
        Ok(())
    });
    let answers = answers.into_inner();
    let met = |word: &str| assert!(answers.contains_key(word), "{word} is not among {answers:?}");
    // Only slices say what is outside of them.
    let of_estates = Reason::ALL.iter().filter(|reason| **reason != Reason::OutsideSlice);
    of_estates.for_each(|reason| met(reason.as_str()));
    Basis::ALL.iter().for_each(|basis| met(basis.as_str()));
    for list in LISTS {
        met(&format!("{list} is empty false"));
    }
    if std::env::var_os("VESTIBULE_TALLY").is_some() {
        write_line(&format!("{answers:#?}"));
    }
}

const LISTS: [&str; 8] = [
    "Permissions",
    "WhoCan",
    "WhatCan",
    "Members",
    "VisibleOrgs",
    "BuildingUsers",
    "AssignableRoles",
    "LobbyDirectory",
];

/// Lists agree with decisions, with no oracle between them.
#[test]
fn lists_are_what_decisions_allow() {
    on_estates("lists_are_what_decisions_allow", 4, |estate, seed| {
        let fast = directory(estate)?;
        let slow = Oracle::new(estate);
        let people: Vec<&Id> = estate.people.iter().map(|person| &person.id).collect();
        for ask in asks(estate, seed, 20) {
            let allows = |who: Principal<'_>, action: &str, on: &Target| {
                fast.decide(&Request::new(who, action, on.resource(), ask.at)).is_allow()
            };
            let listed = texts(fast.permissions(ask.principal(), ask.on.resource(), ask.at));
            let keys = slow.keys.keys().filter(|key| allows(ask.principal(), key, &ask.on));
            equal("permissions", &listed, &texts(keys))?;

            let listed = texts(fast.who_can(&ask.action, ask.on.resource(), ask.at));
            let mut allowed: Vec<&Id> = people
                .iter()
                .copied()
                .filter(|id| allows(Principal::Person(id.as_ref()), &ask.action, &ask.on))
                .collect();
            allowed.sort();
            equal("who_can", &listed, &texts(allowed))?;

            let (Some(kind), Principal::Person(person)) =
                (slow.keys.get(&ask.action), ask.principal())
            else {
                continue;
            };
            let listed = texts(fast.what_can(person, &ask.action, ask.at));
            let mut allowed: Vec<Target> = all_targets(estate);
            allowed.retain(|on| {
                on.kind.as_str() == kind.as_str() && allows(ask.principal(), &ask.action, on)
            });
            allowed.sort_by(|a, b| a.id.cmp(&b.id));
            equal("what_can", &listed, &texts(allowed.iter().map(Target::resource)))?;
        }
        Ok(())
    });
}

fn equal<T: PartialEq + core::fmt::Debug>(what: &str, left: &T, right: &T) -> Result<(), String> {
    if left == right { Ok(()) } else { Err(format!("{what}: {left:?} is not {right:?}")) }
}

/// Pages of any size, one after the other, are the list.
#[test]
fn member_ids_are_the_people_of_members() {
    on_estates("member_ids_are_the_people_of_members", 4, |estate, seed| {
        let directory = directory(estate)?;
        let dice = &mut Dice::new(seed, "members", 0);
        for organisation in &estate.organisations {
            for depth in [MemberDepth::Own, MemberDepth::Recursive] {
                let (id, at) = (organisation.id.as_ref(), any_instant(dice));
                let people: Vec<_> =
                    directory.members(id, depth, at).map(|row| row.person).collect();
                let ids: Vec<_> = directory.member_ids(id, depth, at).collect();
                equal(&format!("{depth:?} members of {id} at {at}"), &ids, &people)?;
            }
        }
        Ok(())
    });
}

#[test]
fn pages_together_are_the_list() {
    on_estates("pages_together_are_the_list", 3, |estate, seed| {
        let fast = directory(estate)?;
        let asks = asks(estate, seed, 30);
        let mut dice = Dice::new(seed, "pages", 0);
        for list in List::some(estate, &asks, &mut dice) {
            let limit = i64::try_from(1 + dice.below(4)).unwrap_or(1);
            let (query, at) = list.query();
            let mut paged = Vec::new();
            let mut cursor: Option<String> = None;
            loop {
                let request = PageRequest::new(Some(limit), cursor.as_deref())
                    .map_err(|error| error.to_string())?;
                let page = fast.page(&query, at, &request).map_err(|error| error.to_string())?;
                paged.extend(rows(page.items));
                match page.next {
                    Some(next) => cursor = Some(next),
                    None => break,
                }
                if paged.len() > 10_000 {
                    return Err(format!("{list} has no last page"));
                }
            }
            equal(&list.to_string(), &paged, &list.of_engine(&fast))?;
        }
        Ok(())
    });
}

#[test]
fn an_explanation_is_of_its_decision() {
    on_estates("an_explanation_is_of_its_decision", 3, |estate, seed| {
        let fast = directory(estate)?;
        for ask in asks(estate, seed, ASKS) {
            let decision = fast.decide(&ask.request());
            let explanation = fast.explain(&ask.request());
            let what = format!("{ask:?}\n{explanation}");
            equal(&what, &explanation.decision(), &decision)?;
            let first = explanation.reasons().next().map(|reason| reason.reason);
            let expected = (!decision.is_allow()).then(|| decision.reason());
            equal(&what, &first, &expected)?;
            equal(&what, &explanation.facts().next().is_some(), &decision.is_allow())?;
        }
        Ok(())
    });
}

/// What is written is read back as the same estate.
#[test]
fn estates_are_read_back() {
    on_estates("estates_are_read_back", 3, |estate, _| {
        let text = serde_json::to_string(estate).map_err(|error| error.to_string())?;
        let read = Estate::from_json(text.as_bytes()).map_err(|faults| format!("{faults:?}"))?;
        equal(&text, &read, estate)
    });
}

// ---------------------------------------------------------------------------------------------
// The oracle and the shared vectors
// ---------------------------------------------------------------------------------------------

/// The vectors are reasoned by hand, so they try the oracle too.
#[test]
fn the_oracle_answers_the_vectors() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors");
    let files = std::fs::read_dir(folder).expect("the vectors are there");
    let mut cases = 0;
    for file in files.map(|file| file.expect("a file").path()) {
        if file.is_dir() {
            continue;
        }
        let text = std::fs::read(&file).expect("a file that can be read");
        let Ok(vectors) = serde_json::from_slice::<Value>(&text) else { continue };
        if vectors["estate"].is_null() {
            continue;
        }
        let estate = Estate::from_json(vectors["estate"].to_string().as_bytes());
        let estate = estate.unwrap_or_else(|faults| panic!("{}: {faults:?}", file.display()));
        let oracle = Oracle::new(&estate);
        for case in vectors["decisions"].as_array().into_iter().flatten() {
            let found = oracle_says(&oracle, &case["request"]);
            for (field, expected) in case["expect"].as_object().into_iter().flatten() {
                assert_eq!(&found[field], expected, "{}: {case}", file.display());
            }
            cases += 1;
        }
        for case in vectors["lists"].as_array().into_iter().flatten() {
            let found = Value::Array(List::of_vector(case).of_oracle(&oracle));
            assert_eq!(found, case["expect"], "{}: {case}", file.display());
            cases += 1;
        }
    }
    assert!(cases > 100, "{cases}");
}

fn text<'a>(of: &'a Value, field: &str) -> &'a str {
    of[field].as_str().unwrap_or_else(|| panic!("`{field}` is missing in {of}"))
}

fn time(of: &Value) -> Timestamp {
    Timestamp::parse(text(of, "at")).unwrap_or_else(|error| panic!("{of}: {error}"))
}

fn oracle_says(oracle: &Oracle<'_>, request: &Value) -> Value {
    let request = TextRequest {
        principal: text(request, "principal"),
        action: text(request, "action"),
        resource: text(request, "resource"),
        acting_org: request["acting_org"].as_str(),
        at: time(request),
    };
    let answer = request.parse().map(|request| oracle.decide(&request));
    let answer = answer.unwrap_or_else(|error| panic!("{request:?}: {error}"));
    let until = (answer.until != Timestamp::MAX).then(|| answer.until.to_string());
    json!({
        "effect": answer.effect.as_str(),
        "reason": answer.reason.as_str(),
        "basis": answer.basis.as_str(),
        "until": until,
    })
}

// ---------------------------------------------------------------------------------------------
// Changes that must not matter
// ---------------------------------------------------------------------------------------------

#[test]
fn the_order_of_rows_is_irrelevant() {
    on_estates("the_order_of_rows_is_irrelevant", 5, |estate, seed| {
        let fast = directory(estate)?;
        let other = directory(&shuffle(estate, seed ^ 1))?;
        let asks = asks(estate, seed, ASKS);
        for ask in &asks {
            equal(&format!("{ask:?}"), &said(&fast, ask), &said(&other, ask))?;
        }
        for list in List::some(estate, &asks, &mut Dice::new(seed, "lists", 0)) {
            equal(&list.to_string(), &list.of_engine(&fast), &list.of_engine(&other))?;
        }
        Ok(())
    });
}

#[test]
fn ids_are_only_names() {
    on_estates("ids_are_only_names", 5, |estate, seed| {
        let fast = directory(estate)?;
        let in_order = directory(&rename(estate, &renamed_in_order))?;
        let map = renaming(estate, seed);
        let in_no_order = directory(&rename(estate, &map))?;
        for ask in asks(estate, seed, ASKS) {
            let answer = said(&fast, &ask);
            let what = format!("{ask:?}");
            equal(&what, &answer, &said(&in_order, &ask.renamed(&renamed_in_order)))?;
            let mut other = said(&in_no_order, &ask.renamed(&map));
            if answer.is_allow() {
                // Of two grants of one kind, the one with the smaller id is named.
                other.until = answer.until;
            }
            equal(&what, &answer, &other)?;
        }
        Ok(())
    });
}

// ---------------------------------------------------------------------------------------------
// Changes that may go one way only
// ---------------------------------------------------------------------------------------------

#[test]
fn a_restriction_never_allows() {
    on_estates("a_restriction_never_allows", 7, |estate, seed| {
        let fast = directory(estate)?;
        for step in 0..4 {
            let mut dice = Dice::new(seed, "restrict", step);
            let Some(changed) = restricted(estate, &mut dice) else { continue };
            let other = directory(&changed)?;
            never_allowed_by(&fast, &other, &asks(&changed, seed ^ 2, 60))?;
        }
        Ok(())
    });
}

#[test]
fn a_grant_never_denies() {
    on_estates("a_grant_never_denies", 7, |estate, seed| {
        let fast = directory(estate)?;
        for step in 0..4 {
            let mut dice = Dice::new(seed, "grants", step);
            let Some(changed) = without_a_grant(estate, &mut dice) else { continue };
            let other = directory(&changed)?;
            never_allowed_by(&fast, &other, &asks(&changed, seed ^ 3, 60))?;
        }
        Ok(())
    });
}

/// Whatever the narrower estate allows, the wider one allows.
fn never_allowed_by(wide: &Directory, narrow: &Directory, asks: &[Ask]) -> Result<(), String> {
    for ask in asks {
        if said(narrow, ask).is_allow() && !said(wide, ask).is_allow() {
            return Err(format!("{ask:?}: less was granted, and it became allowed"));
        }
    }
    Ok(())
}

// ---------------------------------------------------------------------------------------------
// Time and containers
// ---------------------------------------------------------------------------------------------

#[test]
fn nothing_changes_before_until() {
    on_estates("nothing_changes_before_until", 4, |estate, seed| {
        let fast = directory(estate)?;
        for ask in asks(estate, seed, ASKS) {
            let answer = said(&fast, &ask);
            for at in all_instants() {
                if ask.at <= at && at < answer.until {
                    let later = said(&fast, &Ask { at, ..ask.clone() });
                    equal(&format!("{ask:?} at {at}"), &answer.effect, &later.effect)?;
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_container_holds_for_what_is_inside() {
    on_estates("a_container_holds_for_what_is_inside", 3, |estate, seed| {
        let fast = directory(estate)?;
        let kinds = Oracle::new(estate).keys;
        for ask in asks(estate, seed, ASKS) {
            let Some(kind) = kinds.get(&ask.action) else { continue };
            let is_container = kind.as_str() != ask.on.kind.as_str();
            if !is_container || !said(&fast, &ask).is_allow() {
                continue;
            }
            let own = own_target(estate, &ask.on);
            for on in inside(estate, &own, *kind) {
                let inner = said(&fast, &Ask { on, ..ask.clone() });
                let restricted = (300..500).contains(&inner.reason.code());
                if !inner.is_allow() && !restricted {
                    return Err(format!("{ask:?} is allowed, {inner:?} inside it"));
                }
            }
        }
        Ok(())
    });
}

/// A target by its id where it was named by an alias.
fn own_target(estate: &Estate, on: &Target) -> Target {
    let Some(id) = &on.id else { return on.clone() };
    macro_rules! own {
        ($rows:expr) => {
            $rows.iter().find(|row| row.aliases.contains(id)).map(|row| row.id.clone())
        };
    }
    let own = match on.kind {
        vestibule::ResourceKind::Platform => None,
        vestibule::ResourceKind::Organisation => own!(estate.organisations),
        vestibule::ResourceKind::Building => own!(estate.buildings),
        vestibule::ResourceKind::Integration => own!(estate.integrations),
        vestibule::ResourceKind::Unit => own!(estate.units),
        vestibule::ResourceKind::Door => own!(estate.doors),
    };
    Target { kind: on.kind, id: Some(own.unwrap_or_else(|| id.clone())) }
}

// ---------------------------------------------------------------------------------------------
// Paths and ids
// ---------------------------------------------------------------------------------------------

fn path(text: &str) -> RolePath {
    match RolePath::parse(text) {
        Ok(path) => path,
        Err(error) => panic!("{text}: {error}"),
    }
}

#[test]
fn covers_is_an_order_and_means_what_it_says() {
    let three = (paths(), paths(), paths());
    let outcome = runner("covers", 20_000).run(&three, |(a, b, c)| {
        let (x, y, z) = (path(&a), path(&b), path(&c));
        prop_assert!(x.covers(&x));
        prop_assert_eq!(x.covers(&y), slow_covers(&a, &b), "{} covers {}", a, b);
        prop_assert_eq!(x.overlaps(&y), slow_overlaps(&a, &b), "{} overlaps {}", a, b);
        prop_assert_eq!(x.overlaps(&y), y.overlaps(&x));
        prop_assert!(!(x.covers(&y) && y.covers(&x)) || x == y, "{} and {}", a, b);
        prop_assert!(!(x.covers(&y) && y.covers(&z)) || x.covers(&z), "{}, {}, {}", a, b, c);
        prop_assert!(!x.covers(&y) || x.overlaps(&y));
        Ok(())
    });
    give_up_on(outcome);
}

/// The slow matcher itself, against every star-free path over an alphabet with a stranger in it.
#[test]
fn the_slow_matcher_means_sets_of_paths() {
    let mut all: Vec<String> = Vec::new();
    let mut longest: Vec<String> = vec![String::new()];
    for _ in 1..=8 {
        longest = longest
            .iter()
            .flat_map(|path| ["a", "b", "zz"].map(|segment| format!("{path}:{segment}")))
            .collect();
        all.extend(longest.iter().map(|path| path[1..].to_owned()));
    }
    let segment = || prop::sample::select(vec!["*", "*", "a", "b"]);
    let short = || prop::collection::vec(segment(), 1..=8).prop_map(|path| path.join(":"));
    let outcome = runner("the slow matcher", 150).run(&(short(), short()), |(a, b)| {
        let of = |pattern: &str| -> Vec<&String> {
            all.iter().filter(|path| slow_matches(pattern, path)).collect()
        };
        let (in_a, in_b) = (of(&a), of(&b));
        let covered =
            in_b.iter().all(|path| in_a.binary_search(path).is_ok() || in_a.contains(path));
        prop_assert_eq!(slow_covers(&a, &b), covered, "{} covers {}", a, b);
        let both = in_b.iter().any(|path| in_a.contains(path));
        prop_assert_eq!(slow_overlaps(&a, &b), both, "{} overlaps {}", a, b);
        Ok(())
    });
    give_up_on(outcome);
}

#[test]
fn what_is_printed_is_read_back() {
    let texts = (id_texts(), paths());
    let outcome = runner("printed and read", 5000).run(&texts, |(id, segments)| {
        let read = IdRef::parse(&id).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let printed = read.to_string();
        prop_assert!(is_same(read, &printed));
        prop_assert_eq!(IdRef::parse(&printed), Ok(read));
        let owned = read.to_owned();
        prop_assert_eq!(owned.as_ref(), read);
        for changed in [id.to_lowercase(), id.to_uppercase()] {
            let other = IdRef::parse(&changed);
            let is_name = read.form() == vestibule::IdForm::Name;
            prop_assert_eq!(other == Ok(read), !is_name || changed == id, "{}", changed);
        }
        let text = format!("{segments}:{id}");
        if let Ok(path) = RolePath::parse(&text) {
            prop_assert_eq!(path.as_str(), format!("{segments}:{printed}"));
            prop_assert_eq!(RolePath::parse(path.as_str()), Ok(path.clone()));
        }
        Ok(())
    });
    give_up_on(outcome);
}

/// Every built-in key stands once, and is asked about where its kind says.
#[test]
fn built_in_keys_are_asked_of_their_kind() {
    let mut seen = BTreeMap::new();
    for (kind, keys) in KEYS {
        for key in keys {
            assert!(seen.insert(*key, kind).is_none(), "{key} twice");
        }
    }
    assert_eq!(seen.len(), 60);
    assert_eq!(seen.get("execute"), Some(&KeyKind::Integration));
}
