//! Vestibule as a server: the HTTP APIs of five building systems over one [`vestibule::Directory`], with an embedded
//! journal. `README.md` beside this says how to run it.

pub mod app;
pub mod args;
pub mod auth;
mod effects;
pub mod engine;
mod http;
mod ids;
pub mod journal;
mod routes;
mod start;

pub use self::start::{StartError, run};
