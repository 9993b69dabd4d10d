//! What every request shares.

use core::time::Duration;
use std::collections::HashMap;
use std::sync::{Mutex, RwLock};

use vestibule::RateBuckets;

use crate::auth::Keyring;
use crate::engine::Engine;
use crate::journal::Secret;

/// How requests are bounded.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes of a body.
    pub body_bytes: usize,
    /// How long a request may take, its body included.
    pub request: Duration,
    /// How long the head of a request may take, and a connection may be idle.
    pub header: Duration,
    /// Most bytes of the head of a request.
    pub header_bytes: usize,
    /// Most connections at a time; further ones wait.
    pub connections: usize,
    /// How long requests may go on after the server was told to stop.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024,
            request: Duration::from_secs(10),
            header: Duration::from_secs(10),
            header_bytes: 16 * 1024,
            connections: 1024,
            drain: Duration::from_secs(10),
        }
    }
}

/// What every request shares.
#[derive(Debug)]
pub struct App {
    /// The directory and its journal.
    pub engine: Engine,
    /// Who may ask.
    pub keys: Keys,
    /// Calls of each property [2-6].
    pub rates: Mutex<RateBuckets>,
    /// Passphrases by reference, where the server shows them [C-26].
    pub revealed: Option<Revealed>,
    /// Bounds.
    pub limits: Limits,
}

/// Who may ask: more of them as units get tokens.
pub type Keys = std::sync::Arc<RwLock<Keyring>>;

/// Passphrases that reads show.
pub type Revealed = std::sync::Arc<RwLock<HashMap<String, Secret>>>;
