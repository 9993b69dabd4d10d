//! Appending: the changes of several commands in one transaction, flushed when this returns.

use rusqlite::{Transaction, TransactionBehavior, params};
use vestibule::{Change, HostEffect, Id};

use super::{Journal, JournalError, Secret, checksum, to_sql};

/// What one command leaves behind: stored whole or not at all.
#[derive(Debug)]
pub struct Entry<'a> {
    /// What changed.
    pub change: &'a Change,
    /// What is to be done about it.
    pub effects: &'a [HostEffect],
    /// Secrets that came with the command, under the references by which the change names them.
    pub secrets: &'a [(Id, Secret)],
}

impl Journal {
    /// Stores entries in one transaction, and returns when it is on the disk.
    ///
    /// # Errors
    ///
    /// When it cannot be stored; then none of it is.
    pub fn append(&mut self, entries: &[Entry<'_>]) -> Result<(), JournalError> {
        let error = self.error();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&error)?;
        for entry in entries {
            add(&transaction, entry).map_err(&error)?;
        }
        transaction.commit().map_err(&error)
    }
}

fn add(transaction: &Transaction<'_>, entry: &Entry<'_>) -> rusqlite::Result<()> {
    let revision = entry.change.revision;
    let body = to_json(entry.change)?;
    let mut changes = transaction.prepare_cached("INSERT INTO changes VALUES (?1, ?2, ?3)")?;
    changes.execute(params![to_sql(revision), body, checksum(revision, body.as_bytes())])?;
    let mut effects = transaction.prepare_cached("INSERT INTO effects VALUES (?1, ?2, ?3)")?;
    for effect in entry.effects {
        effects.execute(params![to_sql(revision), effect.id.number, to_json(effect)?])?;
    }
    for (id, secret) in entry.secrets {
        super::vault::put(transaction, id, secret)?;
    }
    Ok(())
}

fn to_json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
