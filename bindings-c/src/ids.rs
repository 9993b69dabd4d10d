//! From ids to handles and back. A handle is a number of one image; 0 is none.

use core::ffi::c_char;

use vestibule::{IdRef, Image, Principal, Resource};

use crate::decide::{key_handle, principal_handle, resource_handle};
use crate::image::{vestibule_image, with_image};
use crate::pointer;
use crate::status::{
    Failure, VESTIBULE_E_ACTING_ORG, VESTIBULE_E_ACTION, VESTIBULE_E_BUFFER, VESTIBULE_E_HANDLE,
    VESTIBULE_E_OUTSIDE_SLICE, VESTIBULE_E_PRINCIPAL, VESTIBULE_E_RESOURCE, VESTIBULE_E_UNKNOWN,
    vestibule_status,
};
use crate::text::vestibule_text;

/// A buffer of so many bytes takes the text of any principal and any resource, and its NUL.
pub const VESTIBULE_NAME_BUFFER: usize = 80;

const LONGEST_KIND: usize = "organisation:".len();
const _: () = assert!(LONGEST_KIND + vestibule::limits::MAX_NAME_ID_BYTES < VESTIBULE_NAME_BUFFER);

/// The handle of `person:ID` or `unit_token:UNIT-ID`, by id or alias. `VESTIBULE_E_PRINCIPAL` where it is not of that form,
/// `VESTIBULE_E_UNKNOWN` where the image has nobody of that id.
///
/// # Safety
///
/// `image` points to a `vestibule_image`, `principal` to readable bytes, `handle` to a writable number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_principal(
    image: *const vestibule_image,
    principal: vestibule_text,
    handle: *mut u64,
) -> vestibule_status {
    let find = |image: &Image<'static>, text: &str| {
        let principal = Principal::parse(text).map_err(|_| VESTIBULE_E_PRINCIPAL)?;
        image.principal(principal).map(|handle| handle.to_bits()).ok_or(VESTIBULE_E_UNKNOWN)
    };
    // SAFETY: the caller owes it.
    unsafe { look_up(image, principal, VESTIBULE_E_PRINCIPAL, handle, find) }
}

/// The number of a permission key, such as `doors:open`. `VESTIBULE_E_UNKNOWN` where the image has no such key.
///
/// # Safety
///
/// As `vestibule_image_principal`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_key(
    image: *const vestibule_image,
    action: vestibule_text,
    key: *mut u64,
) -> vestibule_status {
    let find = |image: &Image<'static>, text: &str| {
        image.key(text).map(|key| key.to_bits()).ok_or(VESTIBULE_E_UNKNOWN)
    };
    // SAFETY: the caller owes it.
    unsafe { look_up(image, action, VESTIBULE_E_ACTION, key, find) }
}

/// The handle of a resource, such as `door:ID` or `platform`, by id or alias. `VESTIBULE_E_RESOURCE` where it is not of that form,
/// `VESTIBULE_E_UNKNOWN` where the image has none of that id, or may not be asked about it.
///
/// # Safety
///
/// As `vestibule_image_principal`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_resource(
    image: *const vestibule_image,
    resource: vestibule_text,
    handle: *mut u64,
) -> vestibule_status {
    let find = |image: &Image<'static>, text: &str| {
        let resource = Resource::parse(text).map_err(|_| VESTIBULE_E_RESOURCE)?;
        image.resource(resource).map(|handle| handle.to_bits()).ok_or(VESTIBULE_E_UNKNOWN)
    };
    // SAFETY: the caller owes it.
    unsafe { look_up(image, resource, VESTIBULE_E_RESOURCE, handle, find) }
}

/// The handle of an organisation on whose behalf a question is asked, by id or alias. `VESTIBULE_E_ACTING_ORG` where it is no id,
/// `VESTIBULE_E_UNKNOWN` where the image has none of that id.
///
/// # Safety
///
/// As `vestibule_image_principal`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_organisation(
    image: *const vestibule_image,
    organisation: vestibule_text,
    handle: *mut u64,
) -> vestibule_status {
    let find = |image: &Image<'static>, text: &str| {
        let id = IdRef::parse(text).map_err(|_| VESTIBULE_E_ACTING_ORG)?;
        image.organisation(id).map(|handle| handle.to_bits()).ok_or(VESTIBULE_E_UNKNOWN)
    };
    // SAFETY: the caller owes it.
    unsafe { look_up(image, organisation, VESTIBULE_E_ACTING_ORG, handle, find) }
}

/// Writes the text of a principal, `person:ID` or `unit_token:UNIT-ID`, and a NUL. `length`, which may be NULL, takes its length
/// without the NUL: also where the buffer is too short, which is `VESTIBULE_E_BUFFER`; `VESTIBULE_NAME_BUFFER` bytes are enough for
/// any.
///
/// # Safety
///
/// `image` points to a `vestibule_image`, `buffer` to `capacity` writable bytes, `length` is NULL or points to a writable number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_principal_text(
    image: *const vestibule_image,
    principal: u64,
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        let handle = principal_handle(principal)?;
        let id = image.principal_id(handle).ok_or(VESTIBULE_E_HANDLE)?;
        let kind = if handle.is_person() { "person" } else { "unit_token" };
        // SAFETY: the caller owes it.
        unsafe { write_name(kind, Some(id), buffer, capacity, length) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// Writes the text of a resource, such as `door:ID`, and a NUL; as `vestibule_image_principal_text`.
///
/// # Safety
///
/// As `vestibule_image_principal_text`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_resource_text(
    image: *const vestibule_image,
    resource: u64,
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        let resource = image.resource_id(resource_handle(resource)?).ok_or(VESTIBULE_E_HANDLE)?;
        // SAFETY: the caller owes it.
        unsafe { write_name(resource.kind().as_str(), resource.id(), buffer, capacity, length) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// The text of a permission key, in the bytes of the image.
///
/// # Safety
///
/// `image` points to a `vestibule_image`, `text` to a writable `vestibule_text`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_key_text(
    image: *const vestibule_image,
    key: u64,
    text: *mut vestibule_text,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        pointer::check(text)?;
        let found = image.key_text(key_handle(key)?);
        if found.is_empty() {
            return Err(VESTIBULE_E_HANDLE);
        }
        // SAFETY: checked above; the caller owes the rest.
        unsafe { text.write(vestibule_text::view(found)) };
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// Looks a text up, and writes what it names.
///
/// # Safety
///
/// As `vestibule_image_principal`.
unsafe fn look_up<T>(
    image: *const vestibule_image,
    text: vestibule_text,
    wrong: Failure,
    to: *mut T,
    find: impl FnOnce(&Image<'static>, &str) -> Result<T, Failure>,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        pointer::check(to)?;
        // SAFETY: the caller owes it.
        let found = find(image, unsafe { text.read(wrong) }?)?;
        // SAFETY: checked above; the caller owes the rest.
        unsafe { to.write(found) };
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// Writes a kind, and where there is an id a colon and the id.
///
/// # Safety
///
/// `buffer` points to `capacity` writable bytes, `length` is NULL or points to a writable number.
unsafe fn write_name(
    kind: &str,
    id: Option<IdRef<'_>>,
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> Result<(), Failure> {
    let write = |id: &str| {
        let parts = if id.is_empty() { [kind, "", ""] } else { [kind, ":", id] };
        // SAFETY: the caller owes it.
        unsafe { write_text(&parts, buffer, capacity, length) }
    };
    id.map_or_else(|| write(""), |id| id.with_text(write))
}

/// Writes texts one after the other, and a NUL.
///
/// # Safety
///
/// As [`write_name`].
unsafe fn write_text(
    parts: &[&str],
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> Result<(), Failure> {
    pointer::check(buffer)?;
    let total = parts.iter().fold(0_usize, |total, part| total.saturating_add(part.len()));
    if !length.is_null() {
        pointer::check(length)?;
        // SAFETY: checked; the caller owes the rest.
        unsafe { length.write(total) };
    }
    if total >= capacity {
        return Err(VESTIBULE_E_BUFFER);
    }
    let mut at: *mut u8 = buffer.cast();
    for byte in parts.iter().flat_map(|part| part.bytes()).chain([0]) {
        // SAFETY: these are `total` bytes and a NUL, fewer than `capacity` or as many; the caller owes the rest.
        unsafe { at.write(byte) };
        at = at.wrapping_add(1);
    }
    Ok(())
}

/// The status for a list that needs what an image does not hold.
pub(crate) const fn outside(_: vestibule::OutsideSlice) -> Failure {
    VESTIBULE_E_OUTSIDE_SLICE
}
