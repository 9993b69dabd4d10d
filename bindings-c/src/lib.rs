#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![expect(non_camel_case_types, reason = "types have their names of C")]
//! Vestibule for C. What C sees is `include/vestibule.h`, made of what is written here; no rule is decided in this crate.
//!
//! The *panel tier* is everything without features: it needs no heap, no thread-local and no global, and cannot panic. The *host
//! tier* is everything else.

#[cfg(feature = "alloc")]
extern crate alloc;

mod decide;
mod guard;
mod ids;
mod image;
mod lists;
mod lobby;
#[cfg(not(feature = "std"))]
mod panic_handler;
mod pointer;
mod status;
mod text;
mod version;

pub use self::decide::*;
pub use self::ids::*;
pub use self::image::*;
pub use self::lists::*;
pub use self::lobby::*;
pub use self::status::*;
pub use self::text::*;
pub use self::version::*;
