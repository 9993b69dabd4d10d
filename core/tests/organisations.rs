//! What the vectors of organisations cannot say: for every organisation of generated and example estates, against a whole
//! estate that is loaded anew.
//!
//! How many generated estates: `VESTIBULE_CASES`, 150 where it is not set.

mod support;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;
use vestibule::commands::{OrganisationError, OutcomeKind};
use vestibule::estate::{Estate, OrganisationDoc};
use vestibule::{
    Actor, Command, Context, Directory, Error, Id, IdRef, Principal, Query, Resource, Timestamp,
};

use self::support::generate::{Dice, all_instants, plans};

const DEFAULT_CASES: usize = 150;
const ROOT: &str = "who-may-do-all";

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn load(estate: &Estate) -> Directory {
    Directory::new(estate.clone()).unwrap_or_else(|faults| panic!("{faults}"))
}

fn with_root(mut estate: Estate) -> Estate {
    estate.people.push(serde_json::from_value(json!({"id": ROOT})).unwrap());
    // Not `platform_admin`, which an estate may say anew.
    let held = json!({"person": ROOT, "role": "*"});
    estate.platform_roles.push(serde_json::from_value(held).unwrap());
    // In canonical order and without aliases in references, so that rows are easily changed.
    load(&estate).to_estate()
}

fn on_estates(mut holds: impl FnMut(&Estate, &mut Dice)) {
    let cases = std::env::var("VESTIBULE_CASES").ok().and_then(|text| text.parse().ok());
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for _ in 0..cases.unwrap_or(DEFAULT_CASES) {
        let plan = plans().new_tree(&mut runner).unwrap().current();
        let mut dice = Dice::new(plan.seed, "organisations", 0);
        holds(&with_root(plan.estate()), &mut dice);
    }
}

fn harbour() -> Estate {
    let text = include_bytes!("../../examples/harbour-group/estate.json");
    with_root(Estate::from_json(text).unwrap())
}

fn at() -> Timestamp {
    Timestamp::parse("2026-11-22T18:00:00Z").unwrap()
}

fn asked_by(person: &Id, acting_org: Option<&Id>) -> Context {
    Context::new(Actor::Person(person.clone()), acting_org.cloned(), at())
        .with_new_ids(vec![id("new-1"), id("new-2")])
}

fn root() -> Context {
    asked_by(&id(ROOT), None)
}

fn command(value: serde_json::Value) -> Command {
    serde_json::from_value(value).unwrap()
}

fn refusal(error: Error) -> OrganisationError {
    match error {
        Error::Organisation(error) => error,
        error => panic!("{error}"),
    }
}

fn position(estate: &Estate, organisation: &Id) -> usize {
    estate.organisations.iter().position(|row| row.id == *organisation).unwrap()
}

/// The account of the root above.
fn account(estate: &Estate, organisation: &Id) -> Option<Id> {
    let mut row = &estate.organisations[position(estate, organisation)];
    while let Some(parent) = &row.parent {
        row = &estate.organisations[position(estate, parent)];
    }
    row.account.clone()
}

/// The document as it would be after a move.
fn moved(estate: &Estate, organisation: &Id, parent: Option<&Id>) -> Estate {
    let mut changed = estate.clone();
    let at = position(estate, organisation);
    let account = account(estate, organisation);
    let row = &mut changed.organisations[at];
    row.parent = parent.cloned();
    row.account = if parent.is_none() { account } else { None };
    changed
}

/// A move is allowed exactly where the whole estate with that one row changed has no fault; then it is that estate
/// [C-47, C-69, C-72b].
#[test]
fn a_move_is_allowed_where_the_changed_estate_is_legal() {
    let (mut allowed, mut stranded, mut misplaced) = (0, 0, 0);
    on_estates(|estate, dice| {
        let directory = load(estate);
        for _ in 0..12 {
            let (Some(row), Some(other)) = (
                dice.pick(&estate.organisations).cloned(),
                dice.pick(&estate.organisations).cloned(),
            ) else {
                continue;
            };
            let parent = (!dice.chance(15)).then_some(&other.id);
            if parent == row.parent.as_ref() {
                continue;
            }
            let changed = moved(estate, &row.id, parent);
            let expected = Directory::new(changed);
            let mut result = directory.clone();
            let update = json!({"command": "update_org", "org_id": row.id, "parent_id": parent});
            match result.execute(&root(), command(update)).map_err(refusal) {
                Ok(outcome) => {
                    assert_eq!(outcome.kind, OutcomeKind::Updated);
                    let expected = expected.unwrap_or_else(|faults| panic!("{faults}"));
                    assert_eq!(result.digest(), expected.digest());
                    allowed += 1;
                }
                Err(OrganisationError::WouldStrandRoles { .. }) => {
                    let faults = expected.unwrap_err().to_string();
                    assert!(
                        ["role_scope_mismatch", "building_outside_company"]
                            .iter()
                            .any(|code| faults.contains(code)),
                        "{faults}"
                    );
                    stranded += 1;
                }
                Err(OrganisationError::Cycle { .. } | OrganisationError::DepthExceeded { .. }) => {
                    let faults = expected.unwrap_err().to_string();
                    assert!(
                        ["organisation_cycle", "depth_exceeded"]
                            .iter()
                            .any(|code| faults.contains(code)),
                        "{faults}"
                    );
                    misplaced += 1;
                }
                Err(OrganisationError::AccountChange) => {
                    let new = parent.and_then(|parent| account(estate, parent));
                    assert_ne!(new, account(estate, &row.id));
                }
                Err(
                    OrganisationError::OrgDeleted { .. }
                    | OrganisationError::ParentDeleted { .. }
                    | OrganisationError::SiblingNameExists,
                ) => {}
                Err(error) => panic!("{error}"),
            }
        }
    });
    println!("{allowed} moves, {stranded} that strand, {misplaced} into the wrong place");
    assert!(allowed > 20 && stranded > 5 && misplaced > 5);
}

/// What is served is changed exactly where the estate with that one row changed has no fault [C-69].
#[test]
fn what_is_served_is_changed_where_the_changed_estate_is_legal() {
    let (mut changes, mut stranded) = (0, 0);
    on_estates(|estate, dice| {
        let directory = load(estate);
        for row in &estate.organisations {
            let mut served = row.serves.clone();
            let gone = dice.pick(&served).cloned();
            served.retain(|building| Some(building) != gone.as_ref());
            if let (true, Some(more)) = (dice.chance(50), dice.pick(&estate.buildings)) {
                served.push(more.id.clone());
                served.sort_unstable();
                served.dedup();
            }
            let mut changed = estate.clone();
            changed.organisations[position(estate, &row.id)].serves.clone_from(&served);
            let expected = Directory::new(changed);
            let mut result = directory.clone();
            let set = json!({
                "command": "set_served_buildings", "org_id": row.id, "building_ids": served,
            });
            match result.execute(&root(), command(set)) {
                Ok(outcome) => {
                    assert_eq!(outcome.kind == OutcomeKind::Unchanged, served == row.serves);
                    assert_eq!(result.digest(), expected.unwrap().digest());
                    changes += 1;
                }
                Err(Error::Organisation(OrganisationError::WouldStrandRoles { .. })) => {
                    let faults = expected.unwrap_err().to_string();
                    assert!(faults.contains("building_outside_company"), "{faults}");
                    stranded += 1;
                }
                // Of a deleted organisation, or a building of one.
                Err(error) => {
                    assert!(
                        matches!(error.code(), "org_deleted" | "missing_permission"),
                        "{error}"
                    );
                }
            }
        }
    });
    println!("{changes} changes, {stranded} that strand");
    assert!(changes > 50 && stranded > 2);
}

/// A deletion and its restore leave no trace, whatever was deleted before in and around it [3-23, C-40, C-42].
#[test]
fn a_restore_is_the_identity() {
    let mut restored = 0;
    on_estates(|estate, _| {
        let mut directory = load(estate);
        for row in &estate.organisations {
            let before = (directory.digest(), directory.policy_digest());
            let delete = json!({"command": "soft_delete_org", "org_id": row.id, "cascade": true});
            let outcome = directory.execute(&root(), command(delete)).unwrap();
            if outcome.kind == OutcomeKind::Unchanged {
                assert_eq!(directory.digest(), before.0);
                continue;
            }
            assert_ne!(directory.digest(), before.0);
            let taken: Vec<OrganisationDoc> = directory.to_estate().organisations;
            let taken = taken.into_iter().filter_map(|row| row.deleted);
            assert!(taken.filter(|deletion| deletion.id == id("new-1")).count() > 0);
            let restore = json!({"command": "restore_org", "org_id": row.id});
            directory.execute(&root(), command(restore)).unwrap();
            assert_eq!((directory.digest(), directory.policy_digest()), before);
            restored += 1;
        }
    });
    assert!(restored > 100);
}

/// What a purge leaves is the estate without that row and the memberships in it [3-24, C-43].
#[test]
fn a_purge_takes_the_row_and_its_memberships() {
    let mut purged = 0;
    on_estates(|estate, _| {
        let directory = load(estate);
        for row in &estate.organisations {
            let mut result = directory.clone();
            let delete = json!({"command": "soft_delete_org", "org_id": row.id, "cascade": true});
            result.execute(&root(), command(delete)).unwrap();
            let purge = json!({"command": "purge_org", "org_id": row.id});
            let late = Context { at: Timestamp::from_millis(i64::MAX), ..root() };
            let Ok(_) = result.execute(&late, command(purge)) else { continue };
            let mut expected = estate.clone();
            expected.organisations.retain(|other| other.id != row.id);
            expected.memberships.retain(|member| member.organisation != row.id);
            expected.purged_organisations.push(row.id.clone());
            expected.purged_organisations.extend(row.aliases.iter().cloned());
            assert_eq!(result.digest(), load(&expected).digest());
            purged += 1;
        }
    });
    println!("{purged} purged");
    assert!(purged > 10);
}

fn json_of(
    directory: &Directory,
    context: &Context,
    query: &serde_json::Value,
) -> serde_json::Value {
    let query: Query = serde_json::from_value(query.clone()).unwrap();
    match directory.query(context, &query) {
        Ok(answer) => serde_json::to_value(answer).unwrap(),
        Err(error) => json!({"code": error.code()}),
    }
}

/// What a caller is told of their permissions is what `decide` enforces, for everybody everywhere; and they see the
/// organisations that `visible_orgs` says [3-4, 3-30, C-48, C-76].
#[test]
fn callers_are_told_what_is_enforced() {
    on_estates(|estate, dice| {
        let mut estate = estate.clone();
        estate.settings.strict_permissions = false;
        let directory = load(&estate);
        let instants = all_instants();
        for person in &estate.people {
            let at = *dice.pick(&instants).unwrap();
            let context = Context { at, ..asked_by(&person.id, None) };
            let list =
                json!({"query": "list_orgs", "output_options": {}, "pagination": {"limit": 200}});
            let found = json_of(&directory, &context, &list);
            if found["code"] == "unauthenticated" {
                continue;
            }
            let found: Vec<_> =
                found["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
            let expected: Vec<_> =
                directory.visible_orgs(person.id.as_ref(), at).map(|id| json!(id)).collect();
            assert_eq!(found, expected);
            for row in &estate.organisations {
                let query = json!({"query": "org_permissions", "org_id": row.id});
                let found = json_of(&directory, &context, &query);
                let resource = Resource::Organisation(row.id.as_ref());
                let principal = Principal::Person(person.id.as_ref());
                let keys: Vec<_> = directory.permissions(principal, resource, at).collect();
                assert!(keys.is_sorted());
                assert_eq!(found, json!({"permissions": keys}));
            }
        }
    });
}

/// All pages of a list, by its cursors.
fn pages(
    directory: &Directory,
    context: &Context,
    query: &serde_json::Value,
    limit: u32,
) -> Vec<serde_json::Value> {
    let mut query = query.clone();
    let mut items = Vec::new();
    query["pagination"] = json!({"limit": limit});
    loop {
        let page = json_of(directory, context, &query);
        assert_eq!(page["limit"], limit, "{page}");
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page.get("next_cursor") else {
            assert_eq!(page["total"], items.len());
            return items;
        };
        query["pagination"]["cursor"] = cursor.clone();
    }
}

fn lists(organisation: &Id) -> [serde_json::Value; 3] {
    [
        json!({"query": "list_orgs", "output_options": {}}),
        json!({"query": "list_orgs", "output_options": {"include_deleted": true}}),
        json!({"query": "list_org_users", "org_id": organisation, "recursive": true, "output_options": {}}),
    ]
}

/// Pages put together are the list, by cursor and by offset [C-18, C-19, 3-5, 3-12].
#[test]
fn pages_put_together_are_the_list() {
    let directory = load(&harbour());
    let hq = id("harbour-group");
    let context = asked_by(&id(ROOT), Some(&hq));
    for list in lists(&hq) {
        let mut query = list.clone();
        query["pagination"] = json!({"limit": 200});
        let whole = json_of(&directory, &context, &query);
        let whole = whole["items"].as_array().unwrap();
        assert!(whole.len() > 4, "{}", whole.len());
        for limit in [1, 3, 200] {
            assert_eq!(&pages(&directory, &context, &list, limit), whole);
        }
        for offset in 0..=whole.len() {
            query["pagination"] = json!({"limit": 2, "offset": offset});
            let page = json_of(&directory, &context, &query);
            let expected: Vec<_> = whole.iter().skip(offset).take(2).collect();
            assert_eq!(page["items"], json!(expected));
            assert_eq!(page["total"], whole.len());
            assert_eq!(page.get("next_cursor").is_some(), offset + 2 < whole.len());
        }
    }
}

/// A cursor is of one list; a changed character shows; another caller goes on in what they may list themselves, no
/// further [C-19].
#[test]
fn a_cursor_never_widens() {
    let estate = harbour();
    let directory = load(&estate);
    let hq = id("harbour-group");
    let context = asked_by(&id(ROOT), Some(&hq));
    let first = lists(&hq).map(|mut query| {
        query["pagination"] = json!({"limit": 1});
        let page = json_of(&directory, &context, &query);
        page["next_cursor"].as_str().unwrap().to_owned()
    });
    for (number, cursor) in first.iter().enumerate() {
        for (other, mut query) in lists(&hq).into_iter().enumerate() {
            query["pagination"] = json!({"cursor": cursor});
            let is_refused = json_of(&directory, &context, &query)["code"] == "invalid_cursor";
            assert_eq!(is_refused, other != number);
        }
    }
    let [mut query, ..] = lists(&hq);
    for place in 0..first[0].len() {
        let mut damaged = first[0].clone().into_bytes();
        damaged[place] = if damaged[place] == b'A' { b'B' } else { b'A' };
        query["pagination"] = json!({"cursor": String::from_utf8(damaged).unwrap()});
        assert_eq!(json_of(&directory, &context, &query)["code"], "invalid_cursor", "{place}");
    }
    query["pagination"] = json!({"cursor": first[0], "limit": 200});
    for person in &estate.people {
        let context = asked_by(&person.id, None);
        let page = json_of(&directory, &context, &query);
        let Some(items) = page["items"].as_array() else { continue };
        let visible: Vec<IdRef<'_>> = directory.visible_orgs(person.id.as_ref(), at()).collect();
        for item in items {
            let listed = id(item["id"].as_str().unwrap());
            assert!(visible.contains(&listed.as_ref()), "{listed} for {}", person.id);
        }
    }
}

/// Paging goes on after a change: what is new behind the cursor comes, what is gone does not, nothing comes twice [C-19].
#[test]
fn paging_goes_on_after_a_change() {
    let mut directory = load(&harbour());
    let context = root();
    let [mut query, ..] = lists(&id("harbour-group"));
    query["pagination"] = json!({"limit": 2});
    let page = json_of(&directory, &context, &query);
    let seen: Vec<_> =
        page["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    let create = |id: &str| command(json!({"command": "create_org", "name": "New", "id": id}));
    directory.execute(&context, create("zzz-behind")).unwrap();
    directory.execute(&context, create("00-before")).unwrap();
    query["pagination"] = json!({"limit": 200, "cursor": page["next_cursor"]});
    let rest = json_of(&directory, &context, &query);
    let rest: Vec<_> =
        rest["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    assert!(rest.contains(&json!("zzz-behind")));
    assert!(!rest.contains(&json!("00-before")));
    assert!(seen.iter().all(|id| !rest.contains(id)));
}

/// Names and descriptions that are made in code meet the limits of those that are read [3-17, 3-18, C-13].
#[test]
fn texts_made_in_code_meet_the_same_limits() {
    use vestibule::commands::CreateOrganisation;
    use vestibule::estate::LocalizedText;
    let directory = load(&harbour());
    let create = |name: &str, description: Option<&str>| {
        let command = CreateOrganisation {
            name: LocalizedText::plain(name),
            description: description.map(Into::into),
            parent: None,
            id: None,
            kind: None,
        };
        directory.prepare(&root(), &command.into()).map(|_| ()).map_err(|error| error.code())
    };
    let letters = |count: usize| "é".repeat(count);
    assert_eq!(create("", None), Err("org_name_required"));
    assert_eq!(create(&letters(255), Some(&letters(1024))), Ok(()));
    assert_eq!(create(&letters(256), None), Err("org_name_invalid"));
    assert_eq!(create("right\u{202e}left", None), Err("org_name_invalid"));
    assert_eq!(create("X", Some(&letters(1025))), Err("org_description_invalid"));
}

/// The body of a refusal is `ApiErrorResponse`, with everything that stands against it and no name of a person [3-25,
/// 3-28, 3-29, 0-21].
#[test]
fn a_refusal_is_an_api_error() {
    let directory = load(&harbour());
    let context = root().with_correlation_id(id("request-7"));
    let delete = json!({"command": "soft_delete_org", "org_id": "harbour-group"});
    let error = directory.prepare(&context, &command(delete)).unwrap_err();
    let body = serde_json::to_value(error.to_api_error(&context)).unwrap();
    assert_eq!(body["error_code"], "delete_conflict");
    assert_eq!(body["correlationId"], "request-7");
    assert_eq!(body["details"][0]["code"], "has_children");
    let rename = json!({"command": "update_org", "org_id": "harbour-group", "name": null});
    let error = directory.prepare(&context, &command(rename)).unwrap_err();
    let body = serde_json::to_value(error.to_api_error(&context)).unwrap();
    assert_eq!(body["details"], json!([{"field": "name", "code": "org_name_required"}]));
    assert_eq!((error.status(), error.field()), (400, Some("name")));
}
