//! What the tests share: a second, slow reading of the semantics, and estates to try it on.
#![allow(dead_code)]

pub mod agreement;
pub mod commands;
pub mod generate;
pub mod images;
pub mod oracle;
