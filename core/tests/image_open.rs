//! Opening: what is damaged, cut short or made up is refused, or answers as its own decisions do; never a panic [C-62].

mod support;

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use vestibule::estate::Estate;
use vestibule::{Directory, Image, ImageFault, Issue, Section, Slice, Timestamp};

use self::support::agreement::{
    DIGEST, ENTRY_BYTES, HEADER_BYTES, KEYS, Limits, Questions, u32_at,
};
use self::support::generate::{Dice, Plan, Sizes, Switches};

/// Estates whose images are damaged.
const DEFAULT_CASES: usize = 6;

fn cases() -> usize {
    let cases = std::env::var("VESTIBULE_CASES").ok().and_then(|text| text.parse().ok());
    cases.map_or(DEFAULT_CASES, |cases: usize| cases.div_ceil(50).max(2))
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T18:00:00Z").unwrap()
}

/// A small estate with everything in it; some with names for ids, some with all forms and aliases.
fn estate(seed: u64) -> Estate {
    let sizes = Sizes {
        accounts: 1,
        organisations: 5,
        buildings: 3,
        integrations: 3,
        units: 5,
        doors: 7,
        people: 6,
        groups: 4,
        jobs: 1,
        memberships: 9,
        residencies: 9,
        platform_roles: 1,
    };
    let on = Switches {
        strange_ids: seed % 2 == 1,
        shared_ids: false,
        aliases: seed % 2 == 1,
        deep: seed % 5 == 4,
        deletions: seed % 3 == 2,
        blocks: true,
        disabled: seed % 3 == 1,
        windows: true,
        wildcards: true,
        catalog: false,
        replacements: false,
        shuffled: false,
    };
    Plan { sizes, on, seed }.estate()
}

/// The slices of an estate: everything, and one of each other sort.
fn slices(estate: &Estate) -> Vec<Slice<'_>> {
    let integrations = estate.integrations.first().map(|row| Slice::Integration(row.id.as_ref()));
    let people = estate.people.first().map(|row| Slice::Person(row.id.as_ref()));
    [Slice::Everything].into_iter().chain(integrations).chain(people).collect()
}

fn images(estate: &Estate) -> Vec<Vec<u8>> {
    let directory = Directory::new(estate.clone()).unwrap();
    let issue = Issue::at(now()).fresh_for(1).max_stale(2);
    slices(estate).iter().map(|slice| directory.freeze(slice, &issue).unwrap()).collect()
}

/// Makes the digest right again, of as many bytes as there are.
fn seal(bytes: &mut [u8]) {
    let mut hash = Sha256::new();
    hash.update(&bytes[..DIGEST.start]);
    hash.update(&bytes[DIGEST.end..]);
    bytes[DIGEST].copy_from_slice(&hash.finalize());
}

/// Where a section lies.
fn place(bytes: &[u8], section: Section) -> core::ops::Range<usize> {
    let entry = HEADER_BYTES + (usize::from(section.number()) - 1) * ENTRY_BYTES;
    let (start, length) = (u32_at(bytes, entry + 4), u32_at(bytes, entry + 8));
    start as usize..(start + length) as usize
}

/// Whether everybody in the lists of an image is whom its own decisions allow, whatever the image is.
fn check_lists(image: &Image<'_>, bytes: &[u8]) {
    let limits = Limits { people: usize::MAX, resources: usize::MAX, keys: KEYS.len() };
    Questions::new(image, bytes, &KEYS, limits).check();
}

/// What came of images made up.
#[derive(Default)]
struct Outcome {
    refused: HashMap<(Option<Section>, ImageFault), usize>,
    opened: usize,
}

impl Outcome {
    /// Opens bytes whose digest is right.
    fn add(&mut self, bytes: &[u8]) {
        match Image::open(bytes) {
            Err(error) => {
                assert!(error.offset() <= bytes.len(), "{error}");
                assert_ne!(error.fault(), ImageFault::Digest);
                *self.refused.entry((error.section(), error.fault())).or_default() += 1;
            }
            Ok(image) => {
                self.opened += 1;
                check_lists(&image, bytes);
            }
        }
    }

    fn refused(&self) -> usize {
        self.refused.values().sum()
    }
}

fn for_each_image(mut tell: impl FnMut(&[u8], &mut Dice)) {
    for seed in (0..).take(cases()) {
        let estate = estate(seed);
        let mut dice = Dice::new(seed, "damage", 0);
        for bytes in images(&estate) {
            tell(&bytes, &mut dice);
        }
    }
}

#[test]
fn every_byte_changed_and_every_length_but_its_own_is_an_error() {
    for_each_image(|bytes, dice| {
        Image::open(bytes).unwrap();
        for length in 0..bytes.len() {
            assert!(Image::open(&bytes[..length]).is_err(), "{length} of {} bytes", bytes.len());
        }
        let mut longer = bytes.to_vec();
        longer.push(0);
        assert!(Image::open(&longer).is_err());
        let mut damaged = bytes.to_vec();
        for at in 0..bytes.len() {
            damaged[at] ^= 1 << dice.below(8);
            assert!(Image::open(&damaged).is_err(), "byte {at}");
            damaged[at] = bytes[at];
        }
    });
}

#[test]
fn any_byte_changed_with_the_right_digest_is_an_error_or_an_image_that_agrees_with_itself() {
    let mut outcome = Outcome::default();
    for_each_image(|bytes, dice| {
        let mut made_up = bytes.to_vec();
        for at in (0..DIGEST.start).chain(DIGEST.end..bytes.len()) {
            let other = match dice.below(4) {
                0 => bytes[at].wrapping_add(1),
                1 => bytes[at].wrapping_sub(1),
                2 => bytes[at] ^ 1 << dice.below(8),
                _ => bytes[dice.below(bytes.len())],
            };
            made_up[at] = other;
            seal(&mut made_up);
            outcome.add(&made_up);
            made_up[at] = bytes[at];
        }
    });
    eprintln!("{} opened, {} refused", outcome.opened, outcome.refused());
    assert!(outcome.opened > 100 && outcome.refused() > outcome.opened);
    for section in Section::ALL {
        let is_refused = outcome.refused.keys().any(|(refused, _)| *refused == Some(section));
        assert!(is_refused, "nothing is refused in {}", section.as_str());
    }
}

#[test]
fn words_taken_from_elsewhere_in_their_section_are_an_error_or_an_image_that_agrees_with_itself() {
    let mut outcome = Outcome::default();
    for_each_image(|bytes, dice| {
        for section in Section::ALL {
            let place = place(bytes, section);
            if place.len() < 8 {
                continue;
            }
            for _ in 0..60 {
                let mut made_up = bytes.to_vec();
                // One word, or two of them exchanged.
                let at = place.start + dice.below(place.len() - 3);
                let from = place.start + dice.below(place.len() - 3);
                made_up[at..at + 4].copy_from_slice(&bytes[from..from + 4]);
                if dice.chance(50) && at.abs_diff(from) >= 4 {
                    made_up[from..from + 4].copy_from_slice(&bytes[at..at + 4]);
                }
                seal(&mut made_up);
                outcome.add(&made_up);
            }
        }
    });
    assert!(outcome.opened > 100 && outcome.refused() > 100);
}

#[test]
fn any_end_with_the_right_length_and_digest_is_an_error() {
    for_each_image(|bytes, _| {
        for length in HEADER_BYTES..bytes.len() {
            let mut cut = bytes[..length].to_vec();
            cut[12..16].copy_from_slice(&u32::try_from(length).unwrap().to_le_bytes());
            seal(&mut cut);
            assert!(Image::open(&cut).is_err(), "{length} of {} bytes", bytes.len());
        }
    });
}
