//! What can go wrong with a journal, each with what the operator can do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a journal cannot be opened, read or written. Nothing is ever deleted or repaired without being asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// Another server has it open.
    #[error("the journal `{}` is in use by another server: stop that one, or choose another --data", .path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file or its directory cannot be written.
    #[error("the journal `{}` cannot be written: check the permissions of the file and its directory ({cause})", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What the database said.
        cause: String,
    },
    /// The disk, or the size allowed, is full.
    #[error("the journal `{}` has no room left: free disk space; the server goes on by itself", .path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The file belongs to something else.
    #[error("`{}` is no journal of this server: choose another --data", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A later version of this server wrote the file.
    #[error("the journal `{}` has format {found}, this server reads up to {expected}: use a newer server", .path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// The format of the file.
        found: i64,
        /// The newest format known here.
        expected: i64,
    },
    /// A page of the file is damaged.
    #[error("the journal `{}` is damaged ({cause}): restore it from a backup; nothing was changed", .path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What the database said.
        cause: String,
    },
    /// A record is not what was written.
    #[error("the record of revision {revision} in `{}` is damaged ({cause}): restore the file from a backup; nothing was changed", .path.display())]
    DamagedRecord {
        /// The file.
        path: PathBuf,
        /// Which record.
        revision: u64,
        /// What is wrong.
        cause: String,
    },
    /// Records are missing.
    #[error("the journal `{}` has revision {found} where {expected} is expected: records are missing; restore it from a backup", .path.display())]
    Gap {
        /// The file.
        path: PathBuf,
        /// The revision that should come next.
        expected: u64,
        /// The revision that comes next.
        found: u64,
    },
    /// Replaying gives another directory than a snapshot says.
    #[error("replaying `{}` to revision {revision} gives another digest than the snapshot of that revision", .path.display())]
    Diverged {
        /// The file.
        path: PathBuf,
        /// At which revision.
        revision: u64,
    },
    /// Anything else that the database reports.
    #[error("the journal `{}` cannot be used now: {cause}", .path.display())]
    Unavailable {
        /// The file.
        path: PathBuf,
        /// What the database said.
        cause: String,
    },
}

impl JournalError {
    /// A stable code, for answers and logs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Locked { .. } => "journal_locked",
            Self::ReadOnly { .. } => "journal_read_only",
            Self::Full { .. } => "journal_full",
            Self::Foreign { .. } => "journal_foreign",
            Self::Version { .. } => "journal_version",
            Self::Corrupt { .. } | Self::DamagedRecord { .. } => "journal_damaged",
            Self::Gap { .. } => "journal_gap",
            Self::Diverged { .. } => "journal_diverged",
            Self::Unavailable { .. } => "journal_unavailable",
        }
    }

    /// What an error of the database means for the operator.
    pub(super) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let (path, cause) = (path.to_path_buf(), error.to_string());
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly { path, cause }
            }
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt { path, cause }
            }
            _ => Self::Unavailable { path, cause },
        }
    }
}
