//! Images from input. Input that begins as images do is an image, whose header is put right; all other input is edits of an
//! image that is whole: the first byte says of which.

use vestibule::Image;

use crate::agreement::{KEYS, Limits, Questions};
use crate::{edit, header};

/// The first byte of every image; no seed has this number.
const FIRST_BYTE: u8 = 0x89;
const LIMITS: Limits = Limits { people: 16, resources: 6, keys: KEYS.len() };
/// The golden images, which never change: an input kept means the same for ever.
const SEEDS: [&[u8]; 3] = [
    include_bytes!("../../core/tests/vectors/images/v1-everything.image"),
    include_bytes!("../../core/tests/vectors/images/v1-integration.image"),
    include_bytes!("../../core/tests/vectors/images/v1-person.image"),
];

/// Makes an image of the input, opens it, and asks it everything when it opens. Says whether it did. Panics where it does not
/// agree with itself.
pub fn run(input: &[u8]) -> bool {
    let bytes = made_of(input);
    match Image::open(&bytes) {
        Err(error) => {
            assert!(error.offset() <= bytes.len(), "{error}, beyond {} bytes", bytes.len());
            false
        }
        Ok(image) => {
            assert!(!format!("{image:?} {:?}", image.counts()).is_empty());
            assert!(image.people_bytes().total() <= bytes.len() as u64);
            Questions::new(&image, &bytes, &KEYS, LIMITS).check();
            true
        }
    }
}

/// The image of an input, its digest right.
fn made_of(input: &[u8]) -> Vec<u8> {
    match input.split_first() {
        Some((first, edits)) if *first != FIRST_BYTE => {
            let seed = SEEDS[usize::from(*first) % SEEDS.len()];
            edit::edited(seed, edits)
        }
        _ => header::put_right(input.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_without_edits_are_themselves() {
        for (number, seed) in (0..).zip(SEEDS) {
            assert!(made_of(&[number]) == seed);
            assert!(made_of(seed) == seed);
            assert!(run(seed));
        }
    }

    #[test]
    fn what_is_no_image_gets_the_header_of_one() {
        let mut cut = SEEDS[0].to_vec();
        cut[3] = 0;
        cut[20] ^= 1;
        assert!(made_of(&cut) == SEEDS[0]);
        cut.truncate(50);
        let fault = Image::open(&made_of(&cut)).map(|_| ()).unwrap_err();
        assert_eq!(fault.fault(), vestibule::ImageFault::Length);
    }
}
