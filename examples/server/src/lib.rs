//! Vestibule as a server.

pub mod engine;
pub(crate) mod ids;
pub mod journal;
