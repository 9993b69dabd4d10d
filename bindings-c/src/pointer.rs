//! From what C hands over to what Rust may touch: nothing is touched that is NULL, not aligned, or too small.

use crate::status::{
    Failure, VESTIBULE_E_ALIGNMENT, VESTIBULE_E_NULL, VESTIBULE_E_SIZE, VESTIBULE_E_VALUE,
};

/// Structs that begin with their size, so that a later version can have more fields. Their other fields may be read only when the
/// size was checked.
///
/// # Safety
///
/// The struct is `repr(C)`, begins with a `u32`, and every bit pattern is one of its values.
pub(crate) unsafe trait Sized32 {}

/// # Safety
///
/// `pointer` is NULL or may be read as a `T` for `'a`.
pub(crate) unsafe fn reference<'a, T>(pointer: *const T) -> Result<&'a T, Failure> {
    check(pointer)?;
    // SAFETY: neither NULL nor askew; the caller owes the rest.
    Ok(unsafe { &*pointer })
}

/// Checks a pointer without touching what is there.
pub(crate) fn check<T>(pointer: *const T) -> Result<(), Failure> {
    if pointer.is_null() {
        return Err(VESTIBULE_E_NULL);
    }
    if pointer.is_aligned() { Ok(()) } else { Err(VESTIBULE_E_ALIGNMENT) }
}

/// # Safety
///
/// `data` is NULL or points to `length` bytes that stay as they are during `'a`.
pub(crate) unsafe fn bytes<'a>(data: *const u8, length: usize) -> Result<&'a [u8], Failure> {
    if data.is_null() {
        return Err(VESTIBULE_E_NULL);
    }
    if length > isize::MAX.unsigned_abs() {
        return Err(VESTIBULE_E_SIZE);
    }
    // SAFETY: not NULL, and no longer than memory can be; the caller owes the rest.
    Ok(unsafe { core::slice::from_raw_parts(data, length) })
}

/// A struct that C filled in. One of a later header may be longer; what this library does not know must be 0, for it might narrow
/// the question.
///
/// # Safety
///
/// `pointer` is NULL or points to as many bytes as its first field says.
pub(crate) unsafe fn input<'a, T: Sized32>(pointer: *const T) -> Result<&'a T, Failure> {
    // SAFETY: the caller owes it.
    let size = unsafe { check_size(pointer) }?;
    let unknown = size.saturating_sub(size_of::<T>());
    if unknown > MOST_UNKNOWN_BYTES {
        return Err(VESTIBULE_E_SIZE);
    }
    let tail = pointer.cast::<u8>().wrapping_add(size_of::<T>());
    // SAFETY: within the size that the struct says it has, which is owed by the caller.
    let tail = unsafe { bytes(tail, unknown) }?;
    if tail.iter().any(|byte| *byte != 0) {
        return Err(VESTIBULE_E_VALUE);
    }
    // SAFETY: it is as long as a `T`; the caller owes the rest.
    unsafe { reference(pointer) }
}

/// How much longer a struct of a later header may be.
const MOST_UNKNOWN_BYTES: usize = 1024;

/// The size of a struct that can take a `T`.
///
/// # Safety
///
/// As [`input`].
pub(crate) unsafe fn check_size<T: Sized32>(pointer: *const T) -> Result<usize, Failure> {
    check(pointer)?;
    // SAFETY: neither NULL nor askew, and a `Sized32` begins with its size; the caller owes the rest.
    let size = unsafe { pointer.cast::<u32>().read() };
    let size = usize::try_from(size).map_err(|_| VESTIBULE_E_SIZE)?;
    if size >= size_of::<T>() { Ok(size) } else { Err(VESTIBULE_E_SIZE) }
}

/// Fails where reserved fields are in use.
pub(crate) fn reserved(fields: &[u64]) -> Result<(), Failure> {
    if fields.iter().all(|field| *field == 0) { Ok(()) } else { Err(VESTIBULE_E_VALUE) }
}
