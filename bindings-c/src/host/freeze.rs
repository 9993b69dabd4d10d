//! Freezing: from a directory to the bytes of an image.

use vestibule::{Directory, IdRef, Issue, Slice, Timestamp};

use super::buffer::{check_optional, give, refuse, vestibule_buffer};
use super::directory::{vestibule_directory, with_directory};
use super::refusal::PlainRefusal;
use crate::image::{
    VESTIBULE_SLICE_EVERYTHING, VESTIBULE_SLICE_INTEGRATION, VESTIBULE_SLICE_PERSON,
};
use crate::pointer::{self, Sized32};
use crate::status::{
    Failure, VESTIBULE_E_FREEZE, VESTIBULE_E_PRINCIPAL, VESTIBULE_E_RESOURCE, VESTIBULE_E_VALUE,
    vestibule_status,
};
use crate::text::vestibule_text;

/// How an image is made. `VESTIBULE_FREEZE_INIT` sets `size`, and no limits; `slice` and `issued_at` must be set.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct vestibule_freeze {
    /// `sizeof(vestibule_freeze)`.
    pub size: u32,
    /// What it is to hold: `VESTIBULE_SLICE_…`.
    pub slice: u32,
    /// The id of the integration or person; not read where the slice is everything.
    pub subject: vestibule_text,
    /// When it is issued, in milliseconds since 1970.
    pub issued_at: i64,
    /// Milliseconds for which it is fresh; or `VESTIBULE_NO_LIMIT`.
    pub fresh_for: u64,
    /// Milliseconds after which nobody should rely on it; or `VESTIBULE_NO_LIMIT`.
    pub max_stale: u64,
    /// Must be 0.
    pub reserved: [u64; 2],
}

// SAFETY: `repr(C)`, its size first, pointers that are checked before anybody follows them, and numbers.
unsafe impl Sized32 for vestibule_freeze {}

/// Freezes all or a slice of a directory into the bytes of an image. The same estate and options give the same bytes.
///
/// `VESTIBULE_E_FREEZE` where the integration or person is unknown, or the limits contradict each other; `refusal`, unless it is NULL,
/// tells it then.
///
/// # Safety
///
/// `directory` points to a directory, `options` to options whose text can be read, `image` to a buffer, `refusal` is NULL or points to
/// one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_freeze(
    directory: *const vestibule_directory,
    options: *const vestibule_freeze,
    image: *mut vestibule_buffer,
    refusal: *mut vestibule_buffer,
) -> vestibule_status {
    let body = |directory: &Directory| {
        pointer::check(image)?;
        check_optional(refusal)?;
        // SAFETY: the caller owes it.
        let options = unsafe { pointer::input(options) }?;
        pointer::reserved(&options.reserved)?;
        // SAFETY: the caller owes it.
        let slice = unsafe { slice_of(options) }?;
        let issue = Issue::at(Timestamp::from_millis(options.issued_at))
            .fresh_for(options.fresh_for)
            .max_stale(options.max_stale);
        match directory.freeze(&slice, &issue) {
            // SAFETY: checked above.
            Ok(bytes) => unsafe { give(image, bytes) },
            Err(error) => {
                // SAFETY: checked above.
                unsafe { refuse::<()>(refusal, &PlainRefusal::from(&error), VESTIBULE_E_FREEZE) }?;
            }
        }
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory(directory, body) }
}

/// # Safety
///
/// The text can be read for `'a`.
unsafe fn slice_of<'a>(options: &vestibule_freeze) -> Result<Slice<'a>, Failure> {
    match options.slice {
        VESTIBULE_SLICE_EVERYTHING => Ok(Slice::Everything),
        VESTIBULE_SLICE_INTEGRATION => {
            // SAFETY: the caller owes it.
            let text = unsafe { options.subject.read(VESTIBULE_E_RESOURCE) }?;
            Ok(Slice::Integration(IdRef::parse(text).map_err(|_| VESTIBULE_E_RESOURCE)?))
        }
        VESTIBULE_SLICE_PERSON => {
            // SAFETY: the caller owes it.
            let text = unsafe { options.subject.read(VESTIBULE_E_PRINCIPAL) }?;
            Ok(Slice::Person(IdRef::parse(text).map_err(|_| VESTIBULE_E_PRINCIPAL)?))
        }
        _ => Err(VESTIBULE_E_VALUE),
    }
}
