//! Texts that cross: views with a length on the way in and out of an image, and constants that end with a NUL.

use core::ffi::c_char;

use crate::pointer;
use crate::status::{Failure, VESTIBULE_E_NULL};

/// The longest text that a request may have, in bytes; longer than any id and any permission key.
pub const VESTIBULE_MAX_TEXT: usize = 256;

/// A text by its place and length: UTF-8, without a NUL at its end. One that the library hands out lies in the bytes of the image, and
/// is there for as long as they are; names of commands and queries always are. `vestibule_text_of` makes one of a string of C.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct vestibule_text {
    /// Its first byte; NULL for no text.
    pub data: *const c_char,
    /// Its length in bytes.
    pub length: usize,
}

impl vestibule_text {
    pub(crate) const NONE: Self = Self { data: core::ptr::null(), length: 0 };

    pub(crate) const fn view(text: &str) -> Self {
        Self { data: text.as_ptr().cast(), length: text.len() }
    }

    /// Reads it; `wrong` where it is too long or not UTF-8.
    ///
    /// # Safety
    ///
    /// `data` is NULL or points to `length` bytes that stay as they are during `'a`.
    #[inline]
    pub(crate) unsafe fn read<'a>(&self, wrong: Failure) -> Result<&'a str, Failure> {
        if self.data.is_null() {
            return Err(VESTIBULE_E_NULL);
        }
        if self.length > VESTIBULE_MAX_TEXT {
            return Err(wrong);
        }
        // SAFETY: not NULL; the caller owes the rest.
        let bytes = unsafe { pointer::bytes(self.data.cast(), self.length) }?;
        if bytes.is_ascii() {
            // Ids and keys are, and to see that takes a third of what it takes to see that it is UTF-8.
            // SAFETY: ASCII is UTF-8.
            return Ok(unsafe { core::str::from_utf8_unchecked(bytes) });
        }
        core::str::from_utf8(bytes).map_err(|_| wrong)
    }
}

/// A word of the core as a constant of C, which ends with a NUL.
macro_rules! constant {
    ($word:expr) => {{
        const WORD: &str = $word;
        const BYTES: [u8; WORD.len() + 1] = $crate::text::with_nul(WORD);
        BYTES.as_ptr().cast::<core::ffi::c_char>()
    }};
}
pub(crate) use constant;

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated by the compiler"
)]
pub(crate) const fn with_nul<const N: usize>(word: &str) -> [u8; N] {
    let mut bytes = [0; N];
    let mut at = 0;
    while at < word.len() {
        bytes[at] = word.as_bytes()[at];
        at += 1;
    }
    bytes
}
