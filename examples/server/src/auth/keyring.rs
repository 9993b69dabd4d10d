//! The keys file: hashes of keys, and whose they are.

use core::fmt;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use vestibule::Actor;

/// What every key that this server makes begins with.
pub(crate) const KEY_PREFIX: &str = "v1_openapp_";
/// The longest key that is looked at.
const MAX_KEY_BYTES: usize = 256;

/// A line of the keys file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyEntry {
    /// SHA-256 of the key, in hexadecimal.
    pub sha256: String,
    /// Whose it is.
    pub actor: Actor,
}

/// Why a keys file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// It cannot be read or written.
    #[error("the keys file `{}`: {cause}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// It is no list of keys.
    #[error("the keys file `{}`: {cause}, expected an array of objects with `sha256` and `actor`", .path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        cause: serde_json::Error,
    },
    /// A hash is none.
    #[error("the keys file `{}`, entry {position}: `sha256` is not 64 hexadecimal digits", .path.display())]
    Hash {
        /// The file.
        path: PathBuf,
        /// Which entry, from 0.
        position: usize,
    },
    /// A key has two owners.
    #[error("the keys file `{}`, entry {position}: the same key is there already", .path.display())]
    Duplicate {
        /// The file.
        path: PathBuf,
        /// Which entry, from 0.
        position: usize,
    },
}

/// The keys that are accepted.
#[derive(Default)]
pub struct Keyring {
    /// By the first bytes of their hash, which say nothing about the key.
    entries: HashMap<[u8; 8], Vec<([u8; 32], Actor)>>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring").field("keys", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Keyring {
    /// Reads a keys file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is no keys file.
    pub fn load(path: &Path) -> Result<Self, KeysError> {
        Self::of(path, read_entries(path)?)
    }

    /// The keys of a file's entries.
    pub(super) fn of(path: &Path, entries: Vec<KeyEntry>) -> Result<Self, KeysError> {
        let mut keyring = Self::default();
        for (position, entry) in entries.into_iter().enumerate() {
            let hash = parse_hash(&entry.sha256)
                .ok_or_else(|| KeysError::Hash { path: path.to_path_buf(), position })?;
            if keyring.find(&hash).is_some() {
                return Err(KeysError::Duplicate { path: path.to_path_buf(), position });
            }
            keyring.insert(hash, entry.actor);
        }
        Ok(keyring)
    }

    /// Takes over the keys of another ring; where one is in both, it stays as it is here.
    pub fn extend(&mut self, other: Self) {
        for (hash, actor) in other.entries.into_values().flatten() {
            self.insert(hash, actor);
        }
    }

    /// Drops the keys of those for whom `counts` does not hold.
    pub fn retain(&mut self, counts: impl Fn(&Actor) -> bool) {
        for keys in self.entries.values_mut() {
            keys.retain(|(_, actor)| counts(actor));
        }
        self.entries.retain(|_, keys| !keys.is_empty());
    }

    fn insert(&mut self, hash: [u8; 32], actor: Actor) {
        if self.find(&hash).is_none() {
            self.entries.entry(bucket(&hash)).or_default().push((hash, actor));
        }
    }

    /// Whose a key is. The hashes are compared in constant time.
    #[must_use]
    pub fn actor(&self, key: &str) -> Option<&Actor> {
        if key.len() > MAX_KEY_BYTES {
            return None;
        }
        self.find(&hash(key))
    }

    fn find(&self, hash: &[u8; 32]) -> Option<&Actor> {
        let candidates = self.entries.get(&bucket(hash))?;
        let found = candidates.iter().find(|(known, _)| bool::from(known.ct_eq(hash)));
        found.map(|(_, actor)| actor)
    }
}

/// The entries of a keys file.
pub(super) fn read_entries(path: &Path) -> Result<Vec<KeyEntry>, KeysError> {
    let text =
        std::fs::read(path).map_err(|cause| KeysError::File { path: path.to_path_buf(), cause })?;
    serde_json::from_slice(&text)
        .map_err(|cause| KeysError::Json { path: path.to_path_buf(), cause })
}

fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

/// The hash of a key as the keys file has it.
pub(crate) fn hash_text(key: &str) -> String {
    hash(key).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bucket(hash: &[u8; 32]) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = *hash;
    [a, b, c, d, e, f, g, h]
}

fn parse_hash(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, digits) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        let digits = core::str::from_utf8(digits).ok()?;
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(hash)
}
