//! A directory on the heap: an estate that answers and changes.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicBool, Ordering};

use vestibule::Directory;

use super::buffer::{check_optional, give, json, refuse, vestibule_buffer};
use super::refusal::EstateRefusal;
use crate::guard::guarded;
use crate::pointer;
use crate::status::{Failure, VESTIBULE_E_ESTATE, VESTIBULE_E_POISONED, vestibule_status};

/// A directory. Functions that take a `const vestibule_directory *` may be called by many threads at once, as long as none is in a
/// function that takes one without `const`.
#[derive(Debug)]
pub struct vestibule_directory {
    pub(super) directory: Directory,
    poisoned: AtomicBool,
}

impl vestibule_directory {
    pub(super) fn poison(&self) {
        self.poisoned.store(true, Ordering::Release);
    }
}

/// Loads an estate from its JSON (core/docs/estate.md) into `*directory`, which the caller gives back with `vestibule_directory_free`.
///
/// `VESTIBULE_E_ESTATE` where it has faults; `refusal`, unless it is NULL, tells all of them then.
///
/// # Safety
///
/// `json` points to `length` readable bytes, `directory` to a writable pointer, `refusal` is NULL or points to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_load(
    json: *const u8,
    length: usize,
    directory: *mut *mut vestibule_directory,
    refusal: *mut vestibule_buffer,
) -> vestibule_status {
    guarded(|| {
        pointer::check(directory)?;
        check_optional(refusal)?;
        // SAFETY: the caller owes it.
        match Directory::from_json(unsafe { pointer::bytes(json, length) }?) {
            // SAFETY: checked above.
            Ok(loaded) => unsafe { hand_over(directory, loaded) },
            Err(faults) => {
                let why = EstateRefusal::from(&faults);
                // SAFETY: checked above.
                unsafe { refuse::<()>(refusal, &why, VESTIBULE_E_ESTATE) }?;
            }
        }
        Ok(())
    })
}

/// Makes a copy, to try something on; as `vestibule_directory_load`. O(estate).
///
/// # Safety
///
/// `directory` points to a directory, `copy` to a writable pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_clone(
    directory: *const vestibule_directory,
    copy: *mut *mut vestibule_directory,
) -> vestibule_status {
    let body = |directory: &Directory| {
        pointer::check(copy)?;
        // SAFETY: checked above.
        unsafe { hand_over(copy, directory.clone()) };
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory(directory, body) }
}

/// # Safety
///
/// `to` was checked and may be written.
unsafe fn hand_over(to: *mut *mut vestibule_directory, directory: Directory) {
    let made = Box::new(vestibule_directory { directory, poisoned: AtomicBool::new(false) });
    // SAFETY: the caller owes it.
    unsafe { to.write(Box::into_raw(made)) };
}

/// Frees a directory and writes NULL over the pointer to it. Where that is NULL already, or `directory` is, nothing happens.
///
/// # Safety
///
/// `directory` is NULL or points to a pointer that is NULL, or to a directory that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_free(directory: *mut *mut vestibule_directory) {
    let _ = guarded(|| {
        pointer::check(directory)?;
        // SAFETY: checked above; the caller owes the rest.
        let held = unsafe { directory.replace(core::ptr::null_mut()) };
        pointer::check(held)?;
        // SAFETY: it was made by `hand_over`, which is owed by the caller, and nobody has it any more.
        drop(unsafe { Box::from_raw(held) });
        Ok(())
    });
}

/// The estate as it is now, as JSON in canonical order.
///
/// # Safety
///
/// `directory` points to a directory, `estate` to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_estate(
    directory: *const vestibule_directory,
    estate: *mut vestibule_buffer,
) -> vestibule_status {
    // SAFETY: the caller owes it.
    unsafe { answer(directory, estate, |directory| Ok(json(&directory.to_estate()))) }
}

/// The SHA-256 of the estate: 32 bytes.
///
/// # Safety
///
/// `directory` points to a directory, `digest` to 32 writable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_digest(
    directory: *const vestibule_directory,
    digest: *mut u8,
) -> vestibule_status {
    let body = |directory: &Directory| {
        pointer::check(digest)?;
        // SAFETY: checked above; the caller owes the rest, and an array of bytes needs no alignment.
        unsafe { digest.cast::<[u8; 32]>().write(directory.digest()) };
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory(directory, body) }
}

/// The revision of the estate.
///
/// # Safety
///
/// `directory` points to a directory, `revision` to a writable number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_revision(
    directory: *const vestibule_directory,
    revision: *mut u64,
) -> vestibule_status {
    let body = |directory: &Directory| {
        pointer::check(revision)?;
        // SAFETY: checked above.
        unsafe { revision.write(directory.revision()) };
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory(directory, body) }
}

/// Fills a buffer with what `tell` makes of a directory, which it only looks at.
///
/// # Safety
///
/// As [`with_directory`]; `to` is NULL or points to a buffer.
pub(super) unsafe fn answer(
    directory: *const vestibule_directory,
    to: *mut vestibule_buffer,
    tell: impl FnOnce(&Directory) -> Result<Vec<u8>, Failure>,
) -> vestibule_status {
    let body = |directory: &Directory| {
        pointer::check(to)?;
        let bytes = tell(directory)?;
        // SAFETY: checked above.
        unsafe { give(to, bytes) };
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory(directory, body) }
}

/// Runs the body of a function that only looks at a directory. A panic poisons the directory.
///
/// # Safety
///
/// `directory` is NULL or points to a directory that nobody changes or frees meanwhile.
pub(super) unsafe fn with_directory(
    directory: *const vestibule_directory,
    body: impl FnOnce(&Directory) -> Result<(), Failure>,
) -> vestibule_status {
    let status = guarded(|| {
        // SAFETY: the caller owes it.
        let held = unsafe { usable(directory) }?;
        body(&held.directory)
    });
    // SAFETY: the caller owes it.
    unsafe { poison_after_panic(directory, status) };
    status
}

/// Runs the body of a function that changes a directory. A panic poisons the directory.
///
/// # Safety
///
/// `directory` is NULL or points to a directory that nobody else uses meanwhile.
pub(super) unsafe fn with_directory_mut(
    directory: *mut vestibule_directory,
    body: impl FnOnce(&mut vestibule_directory) -> Result<(), Failure>,
) -> vestibule_status {
    let status = guarded(|| {
        // SAFETY: the caller owes it.
        unsafe { usable(directory) }?;
        // SAFETY: checked by `usable`; that nobody else has it is owed by the caller.
        body(unsafe { &mut *directory })
    });
    // SAFETY: the caller owes it.
    unsafe { poison_after_panic(directory, status) };
    status
}

/// # Safety
///
/// As [`with_directory`].
unsafe fn usable<'a>(
    directory: *const vestibule_directory,
) -> Result<&'a vestibule_directory, Failure> {
    // SAFETY: the caller owes it.
    let held = unsafe { pointer::reference(directory) }?;
    if held.poisoned.load(Ordering::Acquire) { Err(VESTIBULE_E_POISONED) } else { Ok(held) }
}

/// # Safety
///
/// As [`with_directory`].
unsafe fn poison_after_panic(directory: *const vestibule_directory, status: vestibule_status) {
    #[cfg(feature = "std")]
    if status == crate::status::VESTIBULE_E_PANIC {
        // SAFETY: the caller owes it.
        if let Ok(held) = unsafe { pointer::reference(directory) } {
            held.poison();
        }
    }
    #[cfg(not(feature = "std"))]
    let _ = (directory, status);
}
