//! Snapshots: an estate with its digest, so that a start need not replay everything. The changes stay.

use rusqlite::params;
use vestibule::{Directory, Estate};

use super::{Journal, JournalError, checksum, from_sql, to_sql};

/// Snapshots that are kept; older ones go when a new one is stored.
const KEPT: u32 = 2;

/// A directory at a revision, as text, ready to be stored.
pub struct Snapshot {
    revision: u64,
    estate: String,
    digest: [u8; 32],
}

impl core::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Snapshot").field("revision", &self.revision).finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Takes one of a directory. O(size of the directory).
    ///
    /// # Errors
    ///
    /// When the estate cannot be written as JSON.
    pub fn of(directory: &Directory) -> Result<Self, serde_json::Error> {
        Ok(Self {
            revision: directory.revision(),
            estate: serde_json::to_string(&directory.to_estate())?,
            digest: directory.digest(),
        })
    }
}

impl Snapshot {
    /// Its size, in bytes.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.estate.len()
    }
}

impl Journal {
    /// Stores a snapshot.
    ///
    /// # Errors
    ///
    /// When it cannot be stored; the journal is complete without it.
    pub fn store_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), JournalError> {
        let error = self.error();
        let transaction = self.connection.transaction().map_err(&error)?;
        let store = || -> rusqlite::Result<()> {
            let sum = checksum(snapshot.revision, snapshot.estate.as_bytes());
            transaction.execute(
                "INSERT OR REPLACE INTO snapshots VALUES (?1, ?2, ?3, ?4)",
                params![to_sql(snapshot.revision), snapshot.estate, snapshot.digest, sum],
            )?;
            transaction.execute(
                "DELETE FROM snapshots WHERE revision NOT IN \
                 (SELECT revision FROM snapshots ORDER BY revision DESC LIMIT ?1)",
                [KEPT],
            )?;
            Ok(())
        };
        store().map_err(&error)?;
        transaction.commit().map_err(&error)
    }

    /// The newest snapshot that is whole, as a directory; none where there is none. Damaged ones are passed over with a
    /// warning: the changes before them are still there.
    pub(super) fn newest_snapshot(&self) -> Result<Option<Directory>, JournalError> {
        for revision in self.snapshot_revisions().map_err(self.error())? {
            match self.load_snapshot(revision) {
                Ok(directory) => return Ok(Some(directory)),
                Err(cause) => {
                    tracing::warn!(revision, %cause, "a snapshot is damaged; an older one is used");
                }
            }
        }
        Ok(None)
    }

    fn snapshot_revisions(&self) -> rusqlite::Result<Vec<i64>> {
        let mut rows =
            self.connection.prepare("SELECT revision FROM snapshots ORDER BY revision DESC")?;
        rows.query_map([], |row| row.get(0))?.collect()
    }

    fn load_snapshot(&self, revision: i64) -> Result<Directory, String> {
        let sql = "SELECT estate, digest, checksum FROM snapshots WHERE revision = ?1";
        let row = self.connection.query_row(sql, [revision], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 32]>(1)?, row.get::<_, [u8; 32]>(2)?))
        });
        let (estate, digest, sum) = row.map_err(|error| error.to_string())?;
        if checksum(from_sql(revision), estate.as_bytes()) != sum {
            return Err("the checksum differs".into());
        }
        let estate = Estate::from_json(estate.as_bytes()).map_err(|faults| faults.to_string())?;
        let directory = Directory::new(estate).map_err(|faults| faults.to_string())?;
        if directory.digest() != digest || directory.revision() != from_sql(revision) {
            return Err("the digest or revision differs".into());
        }
        Ok(directory)
    }

    /// The digest that a snapshot of this revision says, where there is one.
    pub(super) fn snapshot_digest(&self, revision: u64) -> Option<[u8; 32]> {
        let sql = "SELECT digest FROM snapshots WHERE revision = ?1";
        self.connection.query_row(sql, [to_sql(revision)], |row| row.get(0)).ok()
    }
}
