//! Why a change was refused.

use crate::id::Id;
use crate::path::RolePath;

/// Why a change was refused. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EditError {
    /// An id or alias that another entity of the kind has, or has had.
    #[error("`{0}` is taken, expected an id that nothing else of its kind has")]
    DuplicateId(Id),
    /// A reference to nothing.
    #[error("`{0}` is unknown, expected the id or alias of something that is there")]
    UnknownReference(Id),
    /// A handle, or pair of handles, without a row.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// Something is in use.
    #[error("the {what} is in use by {by}, expected it to be free of them")]
    InUse {
        /// What is in use.
        what: &'static str,
        /// By what.
        by: &'static str,
    },
    /// A role that names no site of this directory.
    #[error("role `{0}` names no integration of kind `virtual_access` by its id")]
    RoleNamesNoSite(RolePath),
    /// An organisation moved below itself, or too deep.
    #[error("an organisation cannot be moved below itself, or deeper than the estate allows")]
    Depth,
    /// No room for another row.
    #[error("the directory is full")]
    Full,
}
