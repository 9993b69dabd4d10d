//! The host tier: what needs a heap. Estates, commands, queries and answers cross as JSON, in the words of core/docs/commands.md.

#[cfg(not(feature = "std"))]
mod heap;
mod refusal;

// In the order of the header.

mod buffer;

mod directory;

mod ask;

mod explain;

mod change;

mod names;

mod freeze;

pub use self::ask::*;
pub use self::buffer::*;
pub use self::change::*;
pub use self::directory::*;
pub use self::explain::*;
pub use self::freeze::*;
pub use self::names::*;
