//! Why: a decision in words and as data.

use vestibule::{Directory, Explanation, Image, Request, TextRequest};

use super::buffer::{give, json, vestibule_buffer};
use super::directory::{vestibule_directory, with_directory};
use crate::decide::{read_request, request_failure, vestibule_request};
use crate::image::{vestibule_image, with_image};
use crate::pointer;
use crate::status::{Failure, vestibule_status};

/// Explains a decision of a directory, as JSON: `effect`, `reason`, `code`, `headline`, `facts`, `reasons`, `nearest`
/// (core/docs/semantics.md). The answer is that of `vestibule_directory_decide`.
///
/// # Safety
///
/// `directory` points to a directory, `request` to a request whose texts can be read, `explanation` to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_explain(
    directory: *const vestibule_directory,
    request: *const vestibule_request,
    explanation: *mut vestibule_buffer,
) -> vestibule_status {
    let body = |directory: &Directory| {
        // SAFETY: the caller owes it.
        unsafe { explain(request, explanation, |request| directory.explain(request)) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory(directory, body) }
}

/// Explains a decision of an image, as `vestibule_directory_explain`.
///
/// # Safety
///
/// `image` points to a `vestibule_image`, and so on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_explain(
    image: *const vestibule_image,
    request: *const vestibule_request,
    explanation: *mut vestibule_buffer,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        // SAFETY: the caller owes it.
        unsafe { explain(request, explanation, |request| image.explain(request)) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// # Safety
///
/// As [`vestibule_directory_explain`].
unsafe fn explain(
    request: *const vestibule_request,
    explanation: *mut vestibule_buffer,
    tell: impl FnOnce(&Request<'_>) -> Explanation,
) -> Result<(), Failure> {
    pointer::check(explanation)?;
    // SAFETY: the caller owes it.
    let text: TextRequest<'_> = unsafe { read_request(request) }?;
    let request = text.parse().map_err(|error| request_failure(&error))?;
    // SAFETY: checked above.
    unsafe { give(explanation, json(&tell(&request))) };
    Ok(())
}
