//! Who asks: bearer keys and unit tokens, of which only hashes are kept [1-11, 2-4].

mod demo;
mod keyring;
mod unit_tokens;

pub use self::demo::{DemoKey, create_demo_keys};
pub use self::keyring::{KeyEntry, Keyring, KeysError};
pub use self::unit_tokens::UnitTokens;
