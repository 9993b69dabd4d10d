//! Asking a directory: decisions, and lists as JSON.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use vestibule::{Directory, IdRef, Principal, Resource, Timestamp};

use super::buffer::{json, vestibule_buffer};
use super::directory::{answer, vestibule_directory, with_directory};
use crate::decide::{decide, vestibule_decision, vestibule_request};
use crate::status::{
    Failure, VESTIBULE_E_ACTION, VESTIBULE_E_PRINCIPAL, VESTIBULE_E_RESOURCE, vestibule_status,
};
use crate::text::vestibule_text;

/// Decides, with ids as text; as `vestibule_image_decide`, with the same answer.
///
/// # Safety
///
/// `directory` points to a directory, `request` to a request whose texts can be read, `decision` to a writable
/// `vestibule_decision`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_decide(
    directory: *const vestibule_directory,
    request: *const vestibule_request,
    decision: *mut vestibule_decision,
) -> vestibule_status {
    let body = |directory: &Directory| {
        // SAFETY: the caller owes it.
        unsafe { decide(request, decision, |request| directory.decide_text(request)) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory(directory, body) }
}

/// The permission keys that a principal has on a resource, as a JSON array of texts.
///
/// # Safety
///
/// `directory` points to a directory, the texts to readable bytes, `list` to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_permissions(
    directory: *const vestibule_directory,
    principal: vestibule_text,
    resource: vestibule_text,
    at: i64,
    list: *mut vestibule_buffer,
) -> vestibule_status {
    let tell = |directory: &Directory| {
        // SAFETY: the caller owes it.
        let principal = unsafe { principal.read(VESTIBULE_E_PRINCIPAL) }?;
        let principal = Principal::parse(principal).map_err(|_| VESTIBULE_E_PRINCIPAL)?;
        // SAFETY: the caller owes it.
        let resource = unsafe { read_resource(&resource) }?;
        let keys = directory.permissions(principal, resource, Timestamp::from_millis(at));
        Ok(json(&keys.collect::<Vec<_>>()))
    };
    // SAFETY: the caller owes it.
    unsafe { answer(directory, list, tell) }
}

/// The resources on which a person may do something, such as `door:ID`, as a JSON array of texts. `person` is an id.
///
/// # Safety
///
/// As `vestibule_directory_permissions`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_what_can(
    directory: *const vestibule_directory,
    person: vestibule_text,
    action: vestibule_text,
    at: i64,
    list: *mut vestibule_buffer,
) -> vestibule_status {
    let tell = |directory: &Directory| {
        // SAFETY: the caller owes it.
        let person = unsafe { person.read(VESTIBULE_E_PRINCIPAL) }?;
        let person = IdRef::parse(person).map_err(|_| VESTIBULE_E_PRINCIPAL)?;
        // SAFETY: the caller owes it.
        let action = unsafe { action.read(VESTIBULE_E_ACTION) }?;
        let resources = directory.what_can(person, action, Timestamp::from_millis(at));
        let texts: Vec<String> = resources.map(|resource| resource.to_string()).collect();
        Ok(json(&texts))
    };
    // SAFETY: the caller owes it.
    unsafe { answer(directory, list, tell) }
}

/// The ids of the people who may do something, as a JSON array of texts.
///
/// # Safety
///
/// As `vestibule_directory_permissions`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_who_can(
    directory: *const vestibule_directory,
    action: vestibule_text,
    resource: vestibule_text,
    at: i64,
    list: *mut vestibule_buffer,
) -> vestibule_status {
    let tell = |directory: &Directory| {
        // SAFETY: the caller owes it.
        let action = unsafe { action.read(VESTIBULE_E_ACTION) }?;
        // SAFETY: the caller owes it.
        let resource = unsafe { read_resource(&resource) }?;
        let people = directory.who_can(action, resource, Timestamp::from_millis(at));
        let ids: Vec<String> = people.map(|id| id.to_string()).collect();
        Ok(json(&ids))
    };
    // SAFETY: the caller owes it.
    unsafe { answer(directory, list, tell) }
}

/// Who is shown in the lobby of an integration, by number of the unit, as a JSON array of units. `integration` is an id.
///
/// # Safety
///
/// As `vestibule_directory_permissions`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_lobby(
    directory: *const vestibule_directory,
    integration: vestibule_text,
    at: i64,
    list: *mut vestibule_buffer,
) -> vestibule_status {
    let tell = |directory: &Directory| {
        // SAFETY: the caller owes it.
        let integration = unsafe { integration.read(VESTIBULE_E_RESOURCE) }?;
        let integration = IdRef::parse(integration).map_err(|_| VESTIBULE_E_RESOURCE)?;
        let units = directory.lobby_directory(integration, Timestamp::from_millis(at));
        Ok(json(&units.collect::<Vec<_>>()))
    };
    // SAFETY: the caller owes it.
    unsafe { answer(directory, list, tell) }
}

/// # Safety
///
/// The text can be read for `'a`.
unsafe fn read_resource<'a>(text: &vestibule_text) -> Result<Resource<'a>, Failure> {
    // SAFETY: the caller owes it.
    let text = unsafe { text.read(VESTIBULE_E_RESOURCE) }?;
    Resource::parse(text).map_err(|_| VESTIBULE_E_RESOURCE)
}
