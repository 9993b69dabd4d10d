#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used,
    )
)]
#![expect(non_camel_case_types, reason = "types have their names of C")]
//! Vestibule for C. What C sees is `include/vestibule.h`, made of what is written here; no rule is decided in this crate.
//!
//! The *panel tier* is everything without features: it needs no heap, no thread-local and no global, and cannot panic. The *host
//! tier* is everything else.

#[cfg(feature = "alloc")]
extern crate alloc;

mod guard;
#[cfg(not(feature = "std"))]
mod panic_handler;
mod pointer;

// In the order of the header.

mod status;

mod text;

mod version;

mod image;

mod ids;

mod decide;

mod lists;

mod lobby;

#[cfg(feature = "alloc")]
mod host;

pub use self::decide::*;
#[cfg(feature = "alloc")]
pub use self::host::*;
pub use self::ids::*;
pub use self::image::*;
pub use self::lists::*;
pub use self::lobby::*;
pub use self::status::*;
pub use self::text::*;
pub use self::version::*;
