//! The binary as people and programs run it.

mod bad_input;
mod check;
mod covers;
mod explain;
mod lists;
mod output;
mod support;
