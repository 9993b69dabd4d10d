//! Applying what was stored: the only way in which a directory changes.

use super::Event;
use crate::directory::Directory;
use crate::directory::commands::{Change, EVENT_VERSION};

/// Why a change cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// It was made for another revision; nothing was changed.
    #[error("a change of revision {found} does not follow revision {revision}")]
    StaleRevision {
        /// The revision of the directory.
        revision: u64,
        /// The revision of the change.
        found: u64,
    },
    /// It was written by a later version of this library; nothing was changed.
    #[error("events of version {found}, expected at most {}", EVENT_VERSION)]
    Version {
        /// The version of the events.
        found: u32,
    },
}

impl Directory {
    /// Applies a change that [`Directory::prepare`] made of this revision, here or in another directory of equal state.
    ///
    /// # Errors
    ///
    /// When it does not follow this revision.
    pub fn apply(&mut self, change: &Change) -> Result<(), ApplyError> {
        let revision = self.revision();
        if change.revision != revision.saturating_add(1) {
            return Err(ApplyError::StaleRevision { revision, found: change.revision });
        }
        if change.version > EVENT_VERSION {
            return Err(ApplyError::Version { found: change.version });
        }
        for event in &change.events {
            self.apply_event(event);
        }
        Ok(())
    }

    fn apply_event(&mut self, _event: &Event) {}
}
