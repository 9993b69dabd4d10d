//! Freezing: the same bytes whatever the order of rows, and the answers of the directory [C-62, C-77, C-79].

mod support;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use vestibule::estate::Estate;
use vestibule::{Directory, Image, Issue, Reason, Slice, Timestamp};

use self::support::generate::{Plan, asks, plans, shuffle};

const ASKS: usize = 150;
const DEFAULT_CASES: u32 = 200;

fn on_estates(name: &str, holds: impl Fn(&Estate, u64) -> Result<(), TestCaseError>) {
    let cases = std::env::var("VESTIBULE_CASES").ok().and_then(|text| text.parse().ok());
    let cases = cases.map_or(DEFAULT_CASES, |cases: u32| cases.div_ceil(10).max(1));
    let mut seed = [0_u8; 32];
    for (place, byte) in seed.iter_mut().zip(name.bytes()) {
        *place = byte;
    }
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let outcome = TestRunner::new_with_rng(config, rng)
        .run(&plans(), |plan: Plan| holds(&plan.estate(), plan.seed));
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

fn issue() -> Issue {
    Issue::at(Timestamp::parse("2026-11-22T18:00:00Z").unwrap())
}

fn frozen(directory: &Directory, slice: &Slice<'_>) -> Vec<u8> {
    directory.freeze(slice, &issue()).unwrap()
}

/// Every slice of a directory.
fn slices(estate: &Estate) -> Vec<Slice<'_>> {
    let integrations = estate.integrations.iter().map(|row| Slice::Integration(row.id.as_ref()));
    let people = estate.people.iter().map(|row| Slice::Person(row.id.as_ref()));
    [Slice::Everything].into_iter().chain(integrations).chain(people).collect()
}

#[test]
fn an_image_of_everything_decides_as_its_directory() {
    on_estates("everything", |estate, seed| {
        let directory = Directory::new(estate.clone()).unwrap();
        let bytes = frozen(&directory, &Slice::Everything);
        let image = Image::open(&bytes).unwrap();
        for ask in asks(estate, seed, ASKS) {
            let request = ask.request();
            prop_assert_eq!(image.decide(&request), directory.decide(&request), "{:?}", request);
        }
        Ok(())
    });
}

#[test]
fn a_slice_decides_as_its_directory_or_says_that_it_cannot() {
    on_estates("slices", |estate, seed| {
        let directory = Directory::new(estate.clone()).unwrap();
        for slice in slices(estate) {
            let bytes = frozen(&directory, &slice);
            let image = Image::open(&bytes).unwrap();
            for ask in asks(estate, seed, ASKS / 5) {
                let request = ask.request();
                let (decision, whole) = (image.decide(&request), directory.decide(&request));
                match decision.reason() {
                    // Whom a slice does not know may be somewhere, so that the action is the first thing unknown.
                    Reason::OutsideSlice => {}
                    Reason::ActionUnknown => prop_assert!(whole.reason() <= Reason::ActionUnknown),
                    _ => prop_assert_eq!(decision, whole, "{:?}", request),
                }
            }
        }
        Ok(())
    });
}

#[test]
fn the_order_of_rows_does_not_show_in_the_bytes() {
    on_estates("shuffled", |estate, seed| {
        let directory = Directory::new(estate.clone()).unwrap();
        let shuffled = Directory::new(shuffle(estate, seed)).unwrap();
        for slice in slices(estate) {
            prop_assert!(frozen(&directory, &slice) == frozen(&shuffled, &slice), "{slice:?}");
        }
        Ok(())
    });
}
