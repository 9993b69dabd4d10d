//! The master property of edits: an edited directory is the directory that its own export makes.
//!
//! How many estates: `VESTIBULE_CASES`, 150 where it is not set.

#[expect(unreachable_patterns, reason = "beside the library, its enums may grow")]
#[path = "../../../tests/support/mod.rs"]
mod support;

mod check;
mod compare;
mod imported;
mod steps;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use self::compare::difference;
use self::support::generate::{Dice, Plan, plans};
use crate::directory::Directory;
use crate::estate::{Estate, FaultCode};

const DEFAULT_CASES: u32 = 150;
const STEPS: usize = 25;

/// What a rule would have refused. Any other fault of an export is an index gone wrong.
const RULES: &[FaultCode] = &[
    FaultCode::OwnerKind,
    FaultCode::WrongBuilding,
    FaultCode::RoleKindMismatch,
    FaultCode::RoleNotHeldHere,
    FaultCode::RoleScopeMismatch,
    FaultCode::WrongAccount,
    FaultCode::OrgTypeMismatch,
    FaultCode::BuildingIdsRequired,
    FaultCode::BuildingOutsideCompany,
    FaultCode::GuestNotAllowed,
    FaultCode::LinkedCannotAdminister,
    FaultCode::DuplicateEmail,
    FaultCode::KeyUnknown,
];

fn on_estates(holds: impl Fn(&Estate, u64) -> Result<(), String>) {
    let cases = std::env::var("VESTIBULE_CASES").ok().and_then(|text| text.parse().ok());
    let config = Config {
        cases: cases.unwrap_or(DEFAULT_CASES),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, rng)
        .run(&plans(), |plan: Plan| holds(&plan.estate(), plan.seed).map_err(TestCaseError::fail));
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

fn load(estate: Estate) -> Directory {
    Directory::new(estate).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Rows that come one at a time make the directory that they make together.
#[test]
fn an_estate_built_row_by_row() {
    on_estates(|estate, seed| {
        let whole = load(estate.clone());
        let built = steps::build(estate, &mut Dice::new(seed, "build", 0));
        if built.digest() != whole.digest() {
            return Err(format!("built {:?}\nwhole {:?}", built.to_estate(), whole.to_estate()));
        }
        difference(&built, &whole, estate, seed).map_or(Ok(()), Err)
    });
}

/// Any sequence of edits that the rules allow.
#[test]
fn edits_keep_every_index() {
    let kept = core::sync::atomic::AtomicUsize::new(0);
    on_estates(|estate, seed| {
        let mut dice = Dice::new(seed, "edit", 0);
        let mut directory =
            if dice.chance(50) { load(estate.clone()) } else { steps::build(estate, &mut dice) };
        let mut done = Vec::new();
        for _ in 0..STEPS {
            let mut edited = directory.clone();
            let before = directory.digest();
            let step = steps::random(&mut edited, estate, &mut dice);
            let Ok(name) = step else {
                if edited.digest() != before {
                    return Err(format!("a refused edit changed something: {step:?}, {done:?}"));
                }
                continue;
            };
            match Directory::new(edited.to_estate()) {
                Ok(_) => {
                    kept.fetch_add(1, core::sync::atomic::Ordering::Relaxed);
                    done.push(name);
                    directory = edited;
                }
                Err(faults) => {
                    if let Some(fault) = faults.iter().find(|fault| !RULES.contains(&fault.code)) {
                        return Err(format!("{name}: {fault}"));
                    }
                }
            }
        }
        let exported = directory.to_estate();
        let reloaded = load(exported.clone());
        if reloaded.digest() != directory.digest() || reloaded.to_estate() != exported {
            return Err(format!("another digest after {done:?}"));
        }
        let found = difference(&directory, &reloaded, &exported, seed);
        found.map_or(Ok(()), |found| Err(format!("{found} after {done:?}")))
    });
    let kept = kept.into_inner();
    assert!(kept > 100, "only {kept} edits were legal");
}
