//! Starting again: the newest good snapshot, then every change after it, checked one by one.

use vestibule::{Change, Directory, Estate};

use super::{Journal, JournalError, checksum, from_sql, to_sql};

/// A directory as the journal says it is.
#[derive(Debug)]
pub struct Restored {
    /// The directory.
    pub directory: Directory,
    /// How many changes were replayed after the snapshot.
    pub replayed: u64,
}

impl Journal {
    /// The directory at the end of the journal; an empty one for a new journal.
    ///
    /// # Errors
    ///
    /// When a record is damaged or missing.
    pub fn restore(&self) -> Result<Restored, JournalError> {
        let start = self.newest_snapshot();
        self.replay(start.map_or_else(|| self.empty(), Ok)?, |_| Ok(()))
    }

    /// Replays every change there is from nothing, and compares with each snapshot that it passes.
    ///
    /// # Errors
    ///
    /// When a record is damaged or missing, or a digest differs.
    pub fn verify(&self) -> Result<Restored, JournalError> {
        let digests = self.snapshot_digests();
        self.replay(self.empty()?, |directory| self.compare(directory, &digests))
    }

    fn compare(
        &self,
        directory: &Directory,
        digests: &[(u64, [u8; 32])],
    ) -> Result<(), JournalError> {
        let revision = directory.revision();
        match digests.iter().find(|(of, _)| *of == revision) {
            Some((_, digest)) if *digest != directory.digest() => {
                Err(JournalError::Diverged { path: self.path.clone(), revision })
            }
            _ => Ok(()),
        }
    }

    fn empty(&self) -> Result<Directory, JournalError> {
        Directory::new(Estate::default()).map_err(|faults| JournalError::Unavailable {
            path: self.path.clone(),
            cause: faults.to_string(),
        })
    }

    fn replay(
        &self,
        mut directory: Directory,
        check: impl Fn(&Directory) -> Result<(), JournalError>,
    ) -> Result<Restored, JournalError> {
        let sql =
            "SELECT revision, body, checksum FROM changes WHERE revision > ?1 ORDER BY revision";
        let mut statement = self.connection.prepare(sql).map_err(self.error())?;
        let mut rows = statement.query([to_sql(directory.revision())]).map_err(self.error())?;
        let mut replayed = 0;
        while let Some(row) = rows.next().map_err(self.error())? {
            let revision = from_sql(row.get(0).map_err(self.error())?);
            let expected = directory.revision().saturating_add(1);
            if revision != expected {
                return Err(JournalError::Gap {
                    path: self.path.clone(),
                    expected,
                    found: revision,
                });
            }
            self.apply(&mut directory, revision, row)?;
            check(&directory)?;
            replayed += 1;
        }
        Ok(Restored { directory, replayed })
    }

    fn apply(
        &self,
        directory: &mut Directory,
        revision: u64,
        row: &rusqlite::Row<'_>,
    ) -> Result<(), JournalError> {
        let damaged = |cause: String| JournalError::DamagedRecord {
            path: self.path.clone(),
            revision,
            cause,
        };
        let body: String = row.get(1).map_err(|error| damaged(error.to_string()))?;
        let sum: [u8; 32] = row.get(2).map_err(|error| damaged(error.to_string()))?;
        if checksum(revision, body.as_bytes()) != sum {
            return Err(damaged("the checksum differs".into()));
        }
        let change: Change =
            serde_json::from_str(&body).map_err(|error| damaged(error.to_string()))?;
        directory.apply(&change).map_err(|error| damaged(error.to_string()))
    }
}
