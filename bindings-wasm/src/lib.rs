//! The exports behind the npm package `vestibule`: thin, with no rule of their own.
//!
//! JavaScript talks to the classes of `js/`, never to these exports: what crosses here is text, numbers and bytes, in the
//! cheapest form. Errors cross as a JSON text that `js/errors.js` turns into an `Error`. The feature `full` adds the
//! directory.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[cfg(feature = "full")]
mod directory;
mod explained;
mod failure;
mod image;
mod json;
mod lobby;
mod packed;
mod question;
#[cfg(target_family = "wasm")]
mod runtime;
