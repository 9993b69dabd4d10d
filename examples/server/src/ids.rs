//! New ids and secrets from the randomness of the operating system, and the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use vestibule::{Id, IdRef, Timestamp};

/// The instant, as the operating system has it.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A ULID: 48 bits of milliseconds, 80 of randomness.
pub(crate) fn ulid() -> Id {
    let mut bytes: [u8; 16] = random();
    let millis = now().as_millis().to_be_bytes();
    bytes[..6].copy_from_slice(&millis[2..]);
    IdRef::from_ulid_bytes(bytes).to_owned()
}

/// A UUID of version 4, for the systems whose ids are UUIDs [C-70].
pub(crate) fn uuid() -> Id {
    let mut bytes: [u8; 16] = random();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    IdRef::from_uuid_bytes(bytes).to_owned()
}

/// Text that can be typed, of 6 random bits a character.
pub(crate) fn random_text(length: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789-_+=.";
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let bytes: [u8; 32] = random();
        let letters = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 63)]));
        text.extend(letters.take(length - text.len()));
    }
    text
}

/// # Panics
///
/// When the operating system gives no randomness: nothing here may then name anything.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
