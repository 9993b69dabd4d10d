//! Passphrases on their way in: the clear text goes to the vault, and the command has a reference [2-18, C-25, C-26].

use serde_json::{Map, Value, json};
use vestibule::Id;
use vestibule::commands::UnitUserPatch;

use crate::http::Failure;
use crate::ids;
use crate::journal::Secret;

/// An update with the clear text taken out.
pub(super) struct Taken {
    pub(super) patch: UnitUserPatch,
    /// A passphrase that was given, under a new reference.
    pub(super) secret: Option<(Id, Secret)>,
}

/// Takes the passphrase out of a body. Links, which clients send back, are left out.
pub(super) fn take(mut body: Map<String, Value>) -> Result<Taken, Failure> {
    body.remove("_links");
    let secret = match body.get_mut("passphrase") {
        Some(Value::String(text)) if !text.is_empty() => {
            let (id, text) = (ids::ulid(), core::mem::take(text));
            body.insert("passphrase".into(), json!({ "secret": id }));
            Some((id, Secret::new(text)))
        }
        None | Some(Value::String(_)) => None,
        Some(_) => {
            let message = "`passphrase`: expected text; empty for a new one";
            return Err(Failure::invalid("invalid_body", "passphrase", message));
        }
    };
    let patch = serde_json::from_value(Value::Object(body))
        .map_err(|error| Failure::invalid("invalid_body", "", error.to_string()))?;
    Ok(Taken { patch, secret })
}
