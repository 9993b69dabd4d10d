//! How a call ended.

use core::ffi::{CStr, c_char};

/// How a call ended: `VESTIBULE_OK`, or one of `VESTIBULE_E_…`. A call that does not end with `VESTIBULE_OK` writes nothing, but
/// where its comment says so.
pub type vestibule_status = i32;

/// Done.
pub const VESTIBULE_OK: vestibule_status = 0;
/// A pointer is NULL that must not be.
pub const VESTIBULE_E_NULL: vestibule_status = 1;
/// The `size` of a struct, or the size of memory, is too small for this library; or a length is beyond what memory can have.
pub const VESTIBULE_E_SIZE: vestibule_status = 2;
/// A pointer is not aligned for what it points to.
pub const VESTIBULE_E_ALIGNMENT: vestibule_status = 3;
/// A reserved field is not 0, or a field has a value that means nothing.
pub const VESTIBULE_E_VALUE: vestibule_status = 4;
/// The image is not open: filled with zeros, refused, or closed. That memory was written over is noticed mostly, not always.
pub const VESTIBULE_E_NOT_OPEN: vestibule_status = 5;
/// A panic was caught: a fault of this library. The object was not changed, or is poisoned. Only with the feature `std`.
pub const VESTIBULE_E_PANIC: vestibule_status = 6;
/// A panic was caught in an earlier call on this object; it answers no more and can only be closed or freed.
pub const VESTIBULE_E_POISONED: vestibule_status = 7;
/// The buffer is too short: it must have one byte more than the length that was written, unless `length` is NULL.
pub const VESTIBULE_E_BUFFER: vestibule_status = 8;

/// The bytes are no image, or a damaged one; the fault says where.
pub const VESTIBULE_E_IMAGE: vestibule_status = 20;

/// The principal is not of its form, expected `person:ID` or `unit_token:UNIT-ID`; where a person is asked for by id, an id.
pub const VESTIBULE_E_PRINCIPAL: vestibule_status = 30;
/// The action is not UTF-8, or longer than `VESTIBULE_MAX_TEXT`.
pub const VESTIBULE_E_ACTION: vestibule_status = 31;
/// The resource is not of its form, expected `platform`, or a kind, a colon and an id, as in `door:ID`; where an integration is asked for
/// by id, an id.
pub const VESTIBULE_E_RESOURCE: vestibule_status = 32;
/// The acting organisation is not an id.
pub const VESTIBULE_E_ACTING_ORG: vestibule_status = 33;

/// Nothing has this id, nor this key. In the image of a slice it may be elsewhere.
pub const VESTIBULE_E_UNKNOWN: vestibule_status = 40;
/// A number is no handle; 0 never is one.
pub const VESTIBULE_E_HANDLE: vestibule_status = 41;
/// The image does not hold what a list of this would need.
pub const VESTIBULE_E_OUTSIDE_SLICE: vestibule_status = 42;

/// The estate has faults; the refusal tells them.
pub const VESTIBULE_E_ESTATE: vestibule_status = 50;
/// A JSON is not of the form of what it should be; the refusal says where.
pub const VESTIBULE_E_UNREADABLE: vestibule_status = 51;
/// A command or query is refused; the refusal says why.
pub const VESTIBULE_E_REFUSED: vestibule_status = 52;
/// A change does not follow the revision of the directory, or is not of its state.
pub const VESTIBULE_E_APPLY: vestibule_status = 53;
/// There is no image of this: an unknown subject, limits that contradict each other, or too much for one image.
pub const VESTIBULE_E_FREEZE: vestibule_status = 54;

/// The words for a status, for logs: static, ended by a NUL. Never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn vestibule_status_text(status: vestibule_status) -> *const c_char {
    words(status).as_ptr()
}

const fn words(status: vestibule_status) -> &'static CStr {
    match status {
        VESTIBULE_OK => c"ok",
        VESTIBULE_E_NULL => c"a pointer is NULL",
        VESTIBULE_E_SIZE => c"a size is too small, or a length too large",
        VESTIBULE_E_ALIGNMENT => c"a pointer is not aligned",
        VESTIBULE_E_VALUE => {
            c"a field has a value that means nothing, or a reserved field is not 0"
        }
        VESTIBULE_E_NOT_OPEN => c"the image is not open",
        VESTIBULE_E_PANIC => c"a fault of the library was caught",
        VESTIBULE_E_POISONED => c"a fault of the library was caught before",
        VESTIBULE_E_BUFFER => c"the buffer is too short",
        VESTIBULE_E_IMAGE => c"no image, or a damaged one",
        VESTIBULE_E_PRINCIPAL => c"principal: expected `person:ID` or `unit_token:UNIT-ID`, or an id where a person is meant",
        VESTIBULE_E_ACTION => c"action: expected UTF-8 of at most 256 bytes",
        VESTIBULE_E_RESOURCE => c"resource: expected `platform`, or a kind, a colon and an id, or an id where an integration is meant",
        VESTIBULE_E_ACTING_ORG => c"acting_org: expected an id",
        VESTIBULE_E_UNKNOWN => c"nothing has this id or key",
        VESTIBULE_E_HANDLE => c"a number is no handle",
        VESTIBULE_E_OUTSIDE_SLICE => c"outside the slice of the image",
        VESTIBULE_E_ESTATE => c"the estate has faults",
        VESTIBULE_E_UNREADABLE => c"a JSON is not of its form",
        VESTIBULE_E_REFUSED => c"the command or query is refused",
        VESTIBULE_E_APPLY => c"the change is not of this revision or state",
        VESTIBULE_E_FREEZE => c"there is no image of this",
        _ => c"no status of this library",
    }
}

/// Why a call ends early.
pub(crate) type Failure = vestibule_status;
