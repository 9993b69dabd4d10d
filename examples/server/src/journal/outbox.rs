//! The outbox: effects that are stored with their change, and go when they have been carried out.

use rusqlite::params;
use vestibule::Id;
use vestibule::events::{EffectId, HostEffect};

use super::{Journal, JournalError, Secret, to_sql};

/// What carrying out an effect leaves behind.
#[derive(Debug)]
pub struct Finished {
    /// Which effect.
    pub effect: EffectId,
    /// A secret that was made.
    pub made: Option<(Id, Secret)>,
    /// A secret that counts no longer.
    pub discarded: Option<Id>,
}

impl Journal {
    /// Effects not carried out yet, in order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read, or an effect in it.
    pub fn pending_effects(&self) -> Result<Vec<HostEffect>, JournalError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut rows =
                self.connection.prepare("SELECT body FROM effects ORDER BY revision, number")?;
            rows.query_map([], |row| row.get(0))?.collect()
        };
        let bodies = read().map_err(self.error())?;
        let effects = bodies.iter().map(|body| serde_json::from_str(body));
        effects.collect::<Result<_, _>>().map_err(|error| JournalError::Corrupt {
            path: self.path.clone(),
            cause: format!("an effect cannot be read: {error}"),
        })
    }

    /// Notes that effects were carried out, with what they left behind, in one transaction.
    ///
    /// # Errors
    ///
    /// When it cannot be stored; the effects are carried out again then.
    pub fn finish(&mut self, finished: &[Finished]) -> Result<(), JournalError> {
        let error = self.error();
        let transaction = self.connection.transaction().map_err(&error)?;
        let store = || -> rusqlite::Result<()> {
            let sql = "DELETE FROM effects WHERE revision = ?1 AND number = ?2";
            let mut done = transaction.prepare_cached(sql)?;
            for one in finished {
                done.execute(params![to_sql(one.effect.revision), one.effect.number])?;
                if let Some((id, secret)) = &one.made {
                    super::vault::put(&transaction, id, secret)?;
                }
                if let Some(id) = &one.discarded {
                    super::vault::discard(&transaction, id)?;
                }
            }
            Ok(())
        };
        store().map_err(&error)?;
        transaction.commit().map_err(&error)
    }
}
