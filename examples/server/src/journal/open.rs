//! Opening: the file is ours alone, of a format that we know, and writable, or there is a clear error and no change.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::{Journal, JournalError};

/// Says that a SQLite file is a journal of this server ("Vest").
const APPLICATION_ID: i64 = 0x5665_7374;
/// The format of the tables below.
const FORMAT: i64 = 1;

const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE changes (revision INTEGER PRIMARY KEY, body TEXT NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE effects (
    revision INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (revision, number)
) WITHOUT ROWID;
CREATE TABLE vault (id TEXT PRIMARY KEY, secret TEXT NOT NULL) WITHOUT ROWID;
";

/// How a journal is kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct JournalOptions {
    /// Most pages (of 4096 bytes) of the file; none: as many as the disk takes.
    pub max_pages: Option<u32>,
}

impl Journal {
    /// Opens a journal, or begins one where there is no file.
    ///
    /// # Errors
    ///
    /// When another server has it, it is not ours, it is damaged, or it cannot be written.
    pub fn open(path: &Path, options: JournalOptions) -> Result<Self, JournalError> {
        let error = |error: rusqlite::Error| JournalError::of(path, &error);
        create_private(path)?;
        let connection = Connection::open(path).map_err(error)?;
        // The lock that the first transaction takes is kept until the connection closes.
        set(&connection, "locking_mode", "EXCLUSIVE").map_err(error)?;
        connection.busy_timeout(core::time::Duration::ZERO).map_err(error)?;
        let mut journal = Self { connection, path: path.to_path_buf() };
        journal.check_writable()?;
        let is_new = journal.check_format()?;
        // Every commit is flushed to the disk before it returns; secrets that are deleted are overwritten.
        for (name, value) in
            [("journal_mode", "WAL"), ("synchronous", "FULL"), ("secure_delete", "ON")]
        {
            set(&journal.connection, name, value).map_err(error)?;
        }
        journal.limit_pages(options.max_pages)?;
        if is_new {
            journal.create_tables()?;
        }
        journal.prove_writable()?;
        Ok(journal)
    }

    /// Allows at most so many pages from now on; none: as many as the disk takes.
    ///
    /// # Errors
    ///
    /// When the database cannot.
    pub fn limit_pages(&self, max_pages: Option<u32>) -> Result<(), JournalError> {
        let most = max_pages.unwrap_or(u32::MAX - 1);
        set(&self.connection, "max_page_count", &most.to_string()).map_err(self.error())
    }

    fn check_writable(&self) -> Result<(), JournalError> {
        let is_read_only = self.connection.is_readonly("main").map_err(self.error())?;
        if is_read_only {
            let cause = "the file is read-only".into();
            return Err(JournalError::ReadOnly { path: self.path.clone(), cause });
        }
        Ok(())
    }

    /// Takes the lock, and says whether the file is new. Nothing is written yet: the file may not be ours.
    fn check_format(&mut self) -> Result<bool, JournalError> {
        let error = self.error();
        let path = self.path.clone();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Exclusive)
            .map_err(&error)?;
        let number = |sql: &str| transaction.query_row(sql, [], |row| row.get::<_, i64>(0));
        let tables = number("SELECT count(*) FROM sqlite_schema").map_err(&error)?;
        let application = number("PRAGMA application_id").map_err(&error)?;
        let format = number("PRAGMA user_version").map_err(&error)?;
        transaction.commit().map_err(&error)?;
        match (tables, application, format) {
            (0, 0, 0) => Ok(true),
            (_, APPLICATION_ID, 1..=FORMAT) => Ok(false),
            (_, APPLICATION_ID, found) => {
                Err(JournalError::Version { path, found, expected: FORMAT })
            }
            _ => Err(JournalError::Foreign { path }),
        }
    }

    fn create_tables(&mut self) -> Result<(), JournalError> {
        let error = self.error();
        let transaction = self.connection.transaction().map_err(&error)?;
        transaction.execute_batch(TABLES).map_err(&error)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(&error)?;
        transaction.pragma_update(None, "user_version", FORMAT).map_err(&error)?;
        transaction.commit().map_err(&error)
    }

    /// Writes and flushes one row, so that a file that cannot be written is found now and not at the first command.
    fn prove_writable(&self) -> Result<(), JournalError> {
        let sql = "INSERT INTO meta VALUES ('opened', '1') \
                   ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1";
        match self.connection.execute(sql, []).map_err(self.error()) {
            // A full disk is no reason not to answer questions: commands say what is wrong.
            Ok(_) | Err(JournalError::Full { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Creates a file that only its owner may read, for there are secrets in it; the log beside it takes after it.
fn create_private(path: &Path) -> Result<(), JournalError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => {
            let cause = error.to_string();
            Err(JournalError::ReadOnly { path: path.to_path_buf(), cause })
        }
    }
}

/// Sets a pragma, whether or not it answers with a row.
fn set(connection: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    connection.pragma_update_and_check(None, name, value, |_| Ok(())).or_else(|error| match error {
        rusqlite::Error::QueryReturnedNoRows => Ok(()),
        error => Err(error),
    })
}
