//! Changes to a directory, each of which keeps every index right. The rules of an estate are checked before, by
//! `check_rows`; a change refuses only what would break what the directory itself relies on.

mod error;
mod look;

pub(crate) use self::error::EditError;
