//! How fast `vestibule` decides and loads, and how much memory it keeps: generated estates, a
//! hand-written floor beside them, and the passes that both are timed with. See `README.md`.

pub mod budgets;
pub mod check;
pub mod commands;
pub mod comparison;
pub mod engine;
pub mod floor;
pub mod generate;
pub mod heap;
pub mod lists;
pub mod machine;
pub mod measure;
#[cfg(feature = "peers")]
pub mod peers;
pub mod workload;
