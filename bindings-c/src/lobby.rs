//! The directory of a lobby: units, and who lives there.

use core::ffi::c_void;

use vestibule::{Image, LobbyUnit, ResourceKind, Timestamp};

use crate::decide::resource_handle;
use crate::ids::outside;
use crate::image::{size_in_c, vestibule_image, with_image};
use crate::status::{VESTIBULE_E_HANDLE, VESTIBULE_E_NULL, vestibule_status};
use crate::text::vestibule_text;

/// A unit in the directory of a lobby.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct vestibule_lobby_unit {
    /// `sizeof(vestibule_lobby_unit)` in the library.
    pub size: u32,
    /// 1 where somebody who is listed receives calls, else 0.
    pub callable: u32,
    /// The handle of the unit.
    pub unit: u64,
    /// Its number, as on the bell; in the bytes of the image, and never NULL.
    pub number: vestibule_text,
    /// 0.
    pub reserved: u64,
}

/// Somebody who is listed in a lobby.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct vestibule_lobby_resident {
    /// `sizeof(vestibule_lobby_resident)` in the library.
    pub size: u32,
    /// 1 where the person receives calls, else 0.
    pub callable: u32,
    /// The handle of the person.
    pub person: u64,
    /// The name to show, in the bytes of the image; `data` is NULL where there is none.
    pub name: vestibule_text,
    /// 0.
    pub reserved: u64,
}

/// Takes one unit, which is there until it returns; as `vestibule_visit`.
pub type vestibule_visit_unit =
    Option<unsafe extern "C" fn(context: *mut c_void, unit: *const vestibule_lobby_unit) -> i32>;

/// Takes one resident, who is there until it returns; as `vestibule_visit`.
pub type vestibule_visit_resident = Option<
    unsafe extern "C" fn(context: *mut c_void, resident: *const vestibule_lobby_resident) -> i32,
>;

/// The units that the panel of an integration shows, by number, then id: those where somebody is listed. `integration` is the handle of
/// the integration: in the image of a panel the `subject` that `vestibule_image_header_of` writes. O(grants of the residents). `VESTIBULE_E_HANDLE` where it is the handle of no integration,
/// `VESTIBULE_E_OUTSIDE_SLICE` where the slice does
/// not hold the integration, or is that of a person.
///
/// # Safety
///
/// `image` points to a `vestibule_image`; `visit` may be called with `context`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_lobby(
    image: *const vestibule_image,
    integration: u64,
    at: i64,
    visit: vestibule_visit_unit,
    context: *mut c_void,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        let integration = resource_handle(integration)?;
        if integration.kind() != ResourceKind::Integration {
            return Err(VESTIBULE_E_HANDLE);
        }
        let visit = visit.ok_or(VESTIBULE_E_NULL)?;
        let units = image.lobby_directory_handles(integration, Timestamp::from_millis(at));
        for unit in units.map_err(outside)? {
            // SAFETY: the caller owes it; the unit is there until it returns.
            if unsafe { visit(context, &unit_in_c(&unit)) } != 0 {
                break;
            }
        }
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

fn unit_in_c(unit: &LobbyUnit<'_>) -> vestibule_lobby_unit {
    vestibule_lobby_unit {
        size: size_in_c::<vestibule_lobby_unit>(),
        callable: unit.callable.into(),
        unit: unit.handle().to_bits(),
        number: vestibule_text::view(unit.number),
        reserved: 0,
    }
}

/// Who is listed of a unit, by id. Nobody where the unit is not in the directory at that instant. `VESTIBULE_E_HANDLE` where it is the
/// handle of no unit.
///
/// # Safety
///
/// As `vestibule_image_lobby`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_lobby_residents(
    image: *const vestibule_image,
    unit: u64,
    at: i64,
    visit: vestibule_visit_resident,
    context: *mut c_void,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        let unit = resource_handle(unit)?;
        if unit.kind() != ResourceKind::Unit {
            return Err(VESTIBULE_E_HANDLE);
        }
        let visit = visit.ok_or(VESTIBULE_E_NULL)?;
        let unit = image.lobby_unit(unit, Timestamp::from_millis(at)).map_err(outside)?;
        for (person, name, receives_calls) in unit.iter().flat_map(LobbyUnit::resident_handles) {
            let resident = vestibule_lobby_resident {
                size: size_in_c::<vestibule_lobby_resident>(),
                callable: receives_calls.into(),
                person: person.to_bits(),
                name: name.map_or(vestibule_text::NONE, vestibule_text::view),
                reserved: 0,
            };
            // SAFETY: the caller owes it; the resident is there until it returns.
            if unsafe { visit(context, &resident) } != 0 {
                break;
            }
        }
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}
