//! Keys of a few people of Maple Court, so that there is something to try at once.

use std::path::Path;

use vestibule::{Actor, Id};

use super::keyring::{KEY_PREFIX, KeyEntry, KeysError, hash_text};
use super::unit_tokens::write_private;

/// The length of the random part of a key: 192 bits.
const KEY_LETTERS: usize = 32;

/// A key that was just made. The clear text is shown once and kept nowhere.
#[derive(Debug)]
pub struct DemoKey {
    /// Whose.
    pub who: &'static str,
    /// The key.
    pub key: String,
}

const PEOPLE: [(&str, &str); 6] = [
    ("ines-duarte", "Ines Duarte, administrator of the platform"),
    ("priya-nair", "Priya Nair, manages the property"),
    ("margaret-osei", "Margaret Osei, administrator of Linden Homes"),
    ("leila-haddad", "Leila Haddad, administrator of the intercom"),
    ("amara-okafor", "Amara Okafor, administrator of apartment 203"),
    ("chidi-okafor", "Chidi Okafor, resident of apartment 203"),
];

/// Makes keys for people of Maple Court and a token of apartment 203, and writes their hashes.
///
/// # Errors
///
/// When the file cannot be written.
pub fn create_demo_keys(path: &Path) -> Result<Vec<DemoKey>, KeysError> {
    let person = |id: &str| id.parse::<Id>().ok().map(Actor::Person);
    let unit =
        |id: &str| id.parse::<Id>().ok().map(|unit| Actor::UnitToken { unit, generation: 0 });
    let people = PEOPLE.iter().filter_map(|(id, who)| Some((person(id)?, *who)));
    let token = unit("mc-203").map(|actor| (actor, "the token of apartment 203"));
    let (mut keys, mut entries) = (Vec::new(), Vec::new());
    for (actor, who) in people.chain(token) {
        let key = format!("{KEY_PREFIX}{}", crate::ids::random_text(KEY_LETTERS));
        entries.push(KeyEntry { sha256: hash_text(&key), actor });
        keys.push(DemoKey { who, key });
    }
    let text = serde_json::to_string_pretty(&entries)
        .map_err(|cause| KeysError::Json { path: path.to_path_buf(), cause })?;
    write_private(path, text.as_bytes())?;
    Ok(keys)
}
