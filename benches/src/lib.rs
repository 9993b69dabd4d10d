//! How fast `vestibule` decides and loads, and how much memory it keeps: generated estates, a
//! hand-written floor beside them, and the passes that both are timed with. See `README.md`.

pub mod commands;
pub mod floor;
pub mod generate;
pub mod heap;
pub mod lists;
pub mod measure;
pub mod workload;
