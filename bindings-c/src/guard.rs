//! The edge of every function: a `Result` inside, a status outside, and no panic over it.

use crate::status::{Failure, VESTIBULE_OK, vestibule_status};

/// Runs the body of a function that works on no object, or only looks at one.
#[cfg(not(feature = "std"))]
pub(crate) fn guarded(body: impl FnOnce() -> Result<(), Failure>) -> vestibule_status {
    status(body())
}

/// Runs the body of a function that works on no object, or only looks at one; a panic ends here.
#[cfg(feature = "std")]
pub(crate) fn guarded(body: impl FnOnce() -> Result<(), Failure>) -> vestibule_status {
    let body = core::panic::AssertUnwindSafe(body);
    std::panic::catch_unwind(body).map_or(crate::status::VESTIBULE_E_PANIC, status)
}

fn status(result: Result<(), Failure>) -> vestibule_status {
    match result {
        Ok(()) => VESTIBULE_OK,
        Err(failure) => failure,
    }
}
