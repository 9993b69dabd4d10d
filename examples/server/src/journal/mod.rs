//! The journal: one SQLite file with every change, in order, each whole or not at all and flushed before it is
//! acknowledged; beside them the effects still to be carried out, and the vault of secrets. Snapshots are files beside it.

mod append;
mod error;
mod open;
mod outbox;
mod replay;
mod snapshot;
mod vault;

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

pub use self::append::Entry;
pub use self::error::JournalError;
pub use self::open::JournalOptions;
pub use self::outbox::Finished;
pub use self::replay::Restored;
pub use self::snapshot::Snapshot;
pub use self::vault::Secret;

/// An open journal. The file is locked for as long as it lives.
pub struct Journal {
    connection: Connection,
    path: PathBuf,
}

impl core::fmt::Debug for Journal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Journal").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Journal {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the file with all changes in the one file: the write-ahead log is folded in.
    ///
    /// # Errors
    ///
    /// When the database cannot; nothing is lost then, and the next start folds it in.
    pub fn close(self) -> Result<(), JournalError> {
        let Self { connection, path } = self;
        let folded = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        folded.map_err(|error| JournalError::of(&path, &error))?;
        connection.close().map_err(|(_, error)| JournalError::of(&path, &error))
    }

    fn error(&self) -> impl Fn(rusqlite::Error) -> JournalError + use<> {
        let path = self.path.clone();
        move |error| JournalError::of(&path, &error)
    }
}

/// What a record must hash to: its revision is part of it, so that two records cannot change places.
fn checksum(revision: u64, body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(revision.to_le_bytes());
    hash.update(body);
    hash.finalize().into()
}

/// SQLite counts in signed numbers. Revisions never come near the end of either.
fn to_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn from_sql(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
