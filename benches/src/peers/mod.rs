//! The engines that people would pick instead, each modelled the way its good users would.
//!
//! All of them are handed rows in memory, without a document to read and check, and all take ids as text, as they are
//! on the wire. None is asked to give reasons, to look at validity, or to know who is blocked, as the directory does.

mod casbin;
mod cedar;
mod cedar_sliced;
mod regorus;

pub use self::casbin::Casbin;
pub use self::cedar::Cedar;
pub use self::cedar_sliced::CedarSliced;
pub use self::regorus::Regorus;
