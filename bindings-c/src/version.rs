//! Which library this is.

use core::ffi::{CStr, c_char};

/// The version of the binary interface: what was built with a header of the same number runs with this library. It grows when a
/// struct, a constant or a function changes its meaning; new ones do not change it.
pub const VESTIBULE_ABI_VERSION: u32 = 1;

const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");

/// `VESTIBULE_ABI_VERSION` of the library. A program compares it with that of its header when it starts.
#[unsafe(no_mangle)]
pub extern "C" fn vestibule_abi_version() -> u32 {
    VESTIBULE_ABI_VERSION
}

/// The version of the library, such as `0.1.0`: static, ended by a NUL; `VESTIBULE_VERSION` of the header that belongs to it.
#[unsafe(no_mangle)]
pub extern "C" fn vestibule_version() -> *const c_char {
    CStr::from_bytes_until_nul(VERSION.as_bytes()).map_or(c"".as_ptr(), CStr::as_ptr)
}
