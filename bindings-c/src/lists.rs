//! Lists of handles, one call of the caller's function each: no memory is taken, whatever the length.

use core::ffi::c_void;

use vestibule::{Image, Timestamp};

use crate::decide::{key_handle, principal_handle, resource_handle};
use crate::ids::outside;
use crate::image::{vestibule_image, with_image};
use crate::status::{Failure, VESTIBULE_E_NULL, vestibule_status};

/// Takes one item of a list, with what the caller of the list gave for it; returns 0 to go on, anything else to end the list. It must
/// return: no `longjmp`, no exception of C++ may leave it. It may ask the same image, and must neither open nor close it. `context` may be
/// NULL.
pub type vestibule_visit = Option<unsafe extern "C" fn(context: *mut c_void, item: u64) -> i32>;

/// The people who may do something, by id: those whom `vestibule_image_decide` allows it, on behalf of no organisation. Items are
/// handles of principals. O(people of the image), each a decision. `VESTIBULE_E_OUTSIDE_SLICE` where the slice does not hold the
/// resource, or is that of a person. Nobody may do anything to a handle of another image that names nothing here.
///
/// # Safety
///
/// `image` points to a `vestibule_image`; `visit` may be called with `context`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_who_can(
    image: *const vestibule_image,
    key: u64,
    resource: u64,
    at: i64,
    visit: vestibule_visit,
    context: *mut c_void,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        let (key, resource) = (key_handle(key)?, resource_handle(resource)?);
        let people = image.who_can_handles(key, resource, Timestamp::from_millis(at));
        let items = people.map_err(outside)?.map(|person| person.to_bits());
        // SAFETY: the caller owes it.
        unsafe { give(items, visit, context) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// The resources on which a person may do something, by id, of the kind that the key is about, in the slice of an integration those
/// inside it. Items are handles of resources. O(resources of the kind), each a decision. Nothing for the token of a unit.
///
/// # Safety
///
/// As `vestibule_image_who_can`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_what_can(
    image: *const vestibule_image,
    principal: u64,
    key: u64,
    at: i64,
    visit: vestibule_visit,
    context: *mut c_void,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        let (key, principal) = (key_handle(key)?, principal_handle(principal)?);
        let resources = image.what_can_handles(principal, key, Timestamp::from_millis(at));
        let items = resources.map(|resource| resource.to_bits());
        // SAFETY: the caller owes it.
        unsafe { give(items, visit, context) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// The keys that a principal has on a resource, in the order of their text. Items are numbers of keys. A decision a key of the catalog.
/// `VESTIBULE_E_OUTSIDE_SLICE` where the image does not hold the resource.
///
/// # Safety
///
/// As `vestibule_image_who_can`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_permissions(
    image: *const vestibule_image,
    principal: u64,
    resource: u64,
    at: i64,
    visit: vestibule_visit,
    context: *mut c_void,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        let (principal, resource) = (principal_handle(principal)?, resource_handle(resource)?);
        let keys = image.permissions_handles(principal, resource, Timestamp::from_millis(at));
        let items = keys.map_err(outside)?.map(|key| key.to_bits());
        // SAFETY: the caller owes it.
        unsafe { give(items, visit, context) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// # Safety
///
/// `visit` may be called with `context`.
unsafe fn give(
    items: impl Iterator<Item = u64>,
    visit: vestibule_visit,
    context: *mut c_void,
) -> Result<(), Failure> {
    let visit = visit.ok_or(VESTIBULE_E_NULL)?;
    for item in items {
        // SAFETY: the caller owes it.
        if unsafe { visit(context, item) } != 0 {
            break;
        }
    }
    Ok(())
}
