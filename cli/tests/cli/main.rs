//! The binary as people and programs run it.

mod bad_input;
mod check;
mod covers;
mod explain;
mod freeze;
mod images;
mod lists;
mod output;
mod support;
