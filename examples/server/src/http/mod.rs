//! HTTP apart from the routes: what a request must have, how it is bounded and logged, and how it fails.

mod call;
mod failure;
mod frame;
mod params;
mod reply;
mod serve;

pub(crate) use self::call::{Call, NewIds, uuid};
pub(crate) use self::failure::Failure;
pub(crate) use self::frame::frame;
pub(crate) use self::params::{Params, invalid as invalid_parameter};
pub(crate) use self::reply::{json, no_content, raw_json};
pub use self::serve::serve;
