//! A directory gives back the estate it was made from, in one canonical form.
//!
//! How many estates: `VESTIBULE_CASES`, 300 where it is not set.

mod support;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use vestibule::{Directory, Estate};

use self::support::generate::{Plan, plans, shuffle};

const DEFAULT_CASES: u32 = 300;

fn on_estates(holds: impl Fn(&Estate, u64) -> Result<(), TestCaseError>) {
    let cases = std::env::var("VESTIBULE_CASES").ok().and_then(|text| text.parse().ok());
    let config = Config {
        cases: cases.unwrap_or(DEFAULT_CASES),
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    )
    .run(&plans(), |plan: Plan| holds(&plan.estate(), plan.seed));
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

fn load(estate: &Estate) -> Directory {
    Directory::new(estate.clone()).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn an_export_loads_again_and_is_the_same() {
    on_estates(|estate, seed| {
        let directory = load(estate);
        let exported = directory.to_estate();
        let again = load(&exported);
        prop_assert_eq!(&again.to_estate(), &exported);
        prop_assert_eq!(again.digest(), directory.digest());
        prop_assert_eq!(again.policy_digest(), directory.policy_digest());
        let shuffled = load(&shuffle(estate, seed));
        prop_assert_eq!(&shuffled.to_estate(), &exported);
        prop_assert_eq!(shuffled.digest(), directory.digest());
        Ok(())
    });
}

/// Nothing that an estate says gets lost, but for the order, references by alias, and absent names that are written empty.
#[test]
fn an_export_has_every_row_and_field() {
    on_estates(|estate, _| {
        let exported = load(estate).to_estate();
        prop_assert_eq!(exported.revision, estate.revision);
        prop_assert_eq!(exported.settings, estate.settings);
        let sizes = |estate: &Estate| {
            let roles = estate.memberships.iter().map(|row| row.roles.len()).sum::<usize>();
            let windows = format!("{estate:?}").matches("valid: Some").count();
            (
                [estate.accounts.len(), estate.organisations.len(), estate.buildings.len()],
                [estate.integrations.len(), estate.units.len(), estate.doors.len()],
                [estate.people.len(), estate.permission_groups.len(), estate.job_functions.len()],
                [estate.memberships.len(), estate.residencies.len(), estate.platform_roles.len()],
                [roles, windows, estate.purged_organisations.len()],
            )
        };
        prop_assert_eq!(sizes(&exported), sizes(estate));
        for row in &estate.residencies {
            let mut same = exported.residencies.iter().filter(|other| {
                (row.residency_type, row.status, &row.valid)
                    == (other.residency_type, other.status, &other.valid)
            });
            let devices = by_id(row.devices.clone(), |device| device.device_id.clone());
            let is_there = same.any(|other| {
                (&row.secret, &devices, &row.display_name)
                    == (&other.secret, &other.devices, &other.display_name)
            });
            prop_assert!(is_there);
        }
        for (row, other) in
            by_id(estate.units.clone(), |row| row.id.clone()).iter().zip(&exported.units)
        {
            prop_assert_eq!(
                (&row.number, row.resident_limit, row.token_generation, row.status),
                (&other.number, other.resident_limit, other.token_generation, other.status)
            );
            prop_assert_eq!(row.administrators.len(), other.administrators.len());
        }
        let organisations = by_id(estate.organisations.clone(), |row| row.id.clone());
        for (row, other) in organisations.iter().zip(&exported.organisations) {
            prop_assert_eq!(
                (&row.name, &row.description, row.kind, &row.deleted),
                (&other.name, &other.description, other.kind, &other.deleted)
            );
        }
        Ok(())
    });
}

fn by_id<T, K: Ord>(mut rows: Vec<T>, id: impl Fn(&T) -> K) -> Vec<T> {
    rows.sort_by_key(id);
    rows
}

/// A row read by serde is the row that an estate has, and a fault of form is an error.
#[test]
fn rows_are_read_one_at_a_time() {
    on_estates(|estate, _| {
        let document: Value = serde_json::to_value(estate).unwrap();
        let estate_again: Estate = serde_json::from_value(document.clone()).unwrap();
        prop_assert_eq!(&estate_again, estate);
        for (row, json) in
            estate.residencies.iter().zip(document["residencies"].as_array().unwrap())
        {
            let read: vestibule::estate::ResidencyDoc =
                serde_json::from_value(json.clone()).unwrap();
            prop_assert_eq!(&read, row);
            let mut bad = json.clone();
            bad["?"] = Value::Null;
            let error = serde_json::from_value::<vestibule::estate::ResidencyDoc>(bad).unwrap_err();
            prop_assert!(error.to_string().contains("$.?: unknown_field"), "{}", error);
        }
        Ok(())
    });
}

/// A person who is erased leaves the policy as it was.
#[test]
fn the_policy_digest_knows_no_names() {
    on_estates(|estate, _| {
        let directory = load(estate);
        let mut erased = estate.clone();
        for person in &mut erased.people {
            (person.name, person.email, person.phone) = (None, None, None);
        }
        erased.residencies.iter_mut().for_each(|row| row.display_name = None);
        let is_same = erased == *estate;
        let erased = load(&erased);
        prop_assert_eq!(erased.policy_digest(), directory.policy_digest());
        prop_assert!(
            is_same
                || erased.to_estate() == directory.to_estate()
                || erased.digest() != directory.digest()
        );
        let mut blocked = estate.clone();
        if let Some(person) = blocked.people.first_mut() {
            person.aliases.push("one-more-alias".parse().unwrap());
            prop_assert_ne!(load(&blocked).policy_digest(), directory.policy_digest());
        }
        Ok(())
    });
}
