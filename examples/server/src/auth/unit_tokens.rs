//! Tokens of units, which this server makes as units are created or their tokens are rotated [2-5].
//!
//! The hash goes into `unit-tokens.json` beside the journal; the token itself into a file of its own, for whoever hands it
//! to the unit and then deletes the file.

use std::io::Write;
use std::path::{Path, PathBuf};

use vestibule::{Actor, Id};

use super::keyring::{KEY_PREFIX, KeyEntry, Keyring, KeysError, hash_text, read_entries};

/// The length of the random part of a token: 192 bits.
const TOKEN_LETTERS: usize = 32;

/// Where tokens of units are kept.
#[derive(Clone, Debug)]
pub struct UnitTokens {
    directory: PathBuf,
}

impl UnitTokens {
    /// In a data directory.
    #[must_use]
    pub fn new(data: &Path) -> Self {
        Self { directory: data.to_path_buf() }
    }

    fn hashes(&self) -> PathBuf {
        self.directory.join("unit-tokens.json")
    }

    /// The tokens made so far.
    ///
    /// # Errors
    ///
    /// When their file cannot be read.
    pub fn load(&self) -> Result<Keyring, KeysError> {
        Keyring::of(&self.hashes(), self.entries()?)
    }

    fn entries(&self) -> Result<Vec<KeyEntry>, KeysError> {
        let path = self.hashes();
        if path.exists() { read_entries(&path) } else { Ok(Vec::new()) }
    }

    /// Drops the tokens of units for which `counts` does not hold: of units that are gone, or of an older generation.
    ///
    /// # Errors
    ///
    /// When their file cannot be read or written.
    pub fn retain(&self, counts: impl Fn(&Actor) -> bool) -> Result<(), KeysError> {
        let mut entries = self.entries()?;
        let before = entries.len();
        entries.retain(|entry| counts(&entry.actor));
        if entries.len() < before { self.store(&entries) } else { Ok(()) }
    }

    fn store(&self, entries: &[KeyEntry]) -> Result<(), KeysError> {
        let text = serde_json::to_string_pretty(entries)
            .map_err(|cause| KeysError::Json { path: self.hashes(), cause })?;
        write_private(&self.hashes(), text.as_bytes())
    }

    /// Makes the token of a unit for a generation, in place of all before it. Where there is one of a later generation,
    /// that stays: an effect may come again.
    ///
    /// # Errors
    ///
    /// When its files cannot be written; then there is no new token.
    pub fn make(&self, unit: &Id, generation: u64) -> Result<Keyring, KeysError> {
        let token = format!("{KEY_PREFIX}{}", crate::ids::random_text(TOKEN_LETTERS));
        let mut entries = self.entries()?;
        let made = |entry: &KeyEntry| match &entry.actor {
            Actor::UnitToken { unit: of, generation } if of == unit => Some(*generation),
            _ => None,
        };
        if entries.iter().filter_map(made).any(|other| other > generation) {
            return self.load();
        }
        entries.retain(|entry| made(entry).is_none());
        let actor = Actor::UnitToken { unit: unit.clone(), generation };
        entries.push(KeyEntry { sha256: hash_text(&token), actor });
        let name = format!("unit-token-{unit}-{generation}.txt");
        write_private(&self.directory.join(name), token.as_bytes())?;
        self.store(&entries)?;
        self.load()
    }
}

/// Writes a file that only its owner may read, whole or not at all.
pub(super) fn write_private(path: &Path, text: &[u8]) -> Result<(), KeysError> {
    let error = |cause| KeysError::File { path: path.to_path_buf(), cause };
    let next = path.with_extension("next");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&next).map_err(error)?;
    file.write_all(text).map_err(error)?;
    file.sync_all().map_err(error)?;
    std::fs::rename(&next, path).map_err(error)
}
