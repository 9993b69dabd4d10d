//! Bytes that the library took from the heap for the caller.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::Serialize;

use crate::guard::guarded;
use crate::pointer;
use crate::status::Failure;

/// Bytes on the heap of the library: JSON, or an image. After them comes a NUL, which `length` leaves out. Whoever has one gives it
/// back as it is with `vestibule_buffer_free`, and with nothing else; a call that fills one writes over what is in it, and does not free
/// that. Filled with zeros it is empty.
#[repr(C)]
#[derive(Debug)]
pub struct vestibule_buffer {
    /// The first byte; NULL where it is empty.
    pub data: *mut u8,
    /// How many bytes, without the NUL after them.
    pub length: usize,
}

impl vestibule_buffer {
    /// Hands bytes over to C.
    fn new(mut bytes: Vec<u8>) -> Self {
        let length = bytes.len();
        bytes.push(0);
        let data: *mut [u8] = Box::into_raw(bytes.into_boxed_slice());
        Self { data: data.cast(), length }
    }
}

/// Frees what is in a buffer, and leaves it empty. An empty one, and NULL, are left alone.
///
/// # Safety
///
/// `buffer` is NULL or points to one that this library filled, or that is filled with zeros.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_buffer_free(buffer: *mut vestibule_buffer) {
    let _ = guarded(|| {
        pointer::check(buffer)?;
        let empty = vestibule_buffer { data: core::ptr::null_mut(), length: 0 };
        // SAFETY: checked above; the caller owes the rest.
        let held = unsafe { buffer.replace(empty) };
        if !held.data.is_null() {
            let whole =
                core::ptr::slice_from_raw_parts_mut(held.data, held.length.saturating_add(1));
            // SAFETY: it was made by `new`, which is owed by the caller, and is not in the buffer any more.
            drop(unsafe { Box::from_raw(whole) });
        }
        Ok(())
    });
}

/// Writes bytes into a buffer of the caller's, which is written over and not freed before.
///
/// # Safety
///
/// `buffer` was checked and may be written.
pub(crate) unsafe fn give(buffer: *mut vestibule_buffer, bytes: Vec<u8>) {
    // SAFETY: the caller owes it.
    unsafe { buffer.write(vestibule_buffer::new(bytes)) };
}

/// The JSON of something. What is written here has no map whose keys are no texts, which is what could fail.
pub(crate) fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// Tells why not, where somebody wants to know, and ends the call with `failure`.
///
/// # Safety
///
/// `refusal` is NULL, or was checked and may be written.
pub(crate) unsafe fn refuse<T>(
    refusal: *mut vestibule_buffer,
    why: &impl Serialize,
    failure: Failure,
) -> Result<T, Failure> {
    if !refusal.is_null() {
        // SAFETY: not NULL; the caller owes the rest.
        unsafe { give(refusal, json(why)) };
    }
    Err(failure)
}

/// Checks where a refusal would go, which may be nowhere.
pub(crate) fn check_optional(refusal: *mut vestibule_buffer) -> Result<(), Failure> {
    if refusal.is_null() { Ok(()) } else { pointer::check(refusal) }
}
