//! The vault: clear text of secrets, in a table of its own, never in a change, an effect or a log.

use core::fmt;

use rusqlite::{Transaction, params};
use vestibule::Id;

use super::{Journal, JournalError};

/// Clear text of a secret. It shows itself only when asked by name.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a clear text.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The clear text.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Journal {
    /// All secrets, for a server that shows them.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn secrets(&self) -> Result<Vec<(String, Secret)>, JournalError> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut rows = self.connection.prepare("SELECT id, secret FROM vault")?;
            rows.query_map([], |row| Ok((row.get(0)?, Secret(row.get(1)?))))?.collect()
        };
        read().map_err(self.error())
    }
}

pub(super) fn put(transaction: &Transaction<'_>, id: &Id, secret: &Secret) -> rusqlite::Result<()> {
    let sql =
        "INSERT INTO vault VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET secret = excluded.secret";
    transaction.prepare_cached(sql)?.execute(params![id.to_text(), secret.reveal()])?;
    Ok(())
}

pub(super) fn discard(transaction: &Transaction<'_>, id: &Id) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM vault WHERE id = ?1")?.execute([id.to_text()])?;
    Ok(())
}
