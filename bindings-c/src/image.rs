//! An image in memory of the caller's.

use core::ffi::{c_char, c_void};
use core::sync::atomic::{AtomicU32, Ordering};

use vestibule::{Freshness, Image, ImageError, Principal, Resource, SliceKind, Timestamp};

use crate::guard::guarded;
use crate::pointer::{self, Sized32};
use crate::status::{
    Failure, VESTIBULE_E_IMAGE, VESTIBULE_E_NOT_OPEN, VESTIBULE_E_POISONED, VESTIBULE_E_SIZE,
    vestibule_status,
};
use crate::text::constant;

/// The length of a `vestibule_image` in pointers.
pub const VESTIBULE_IMAGE_WORDS: usize = 64;

/// Memory for an image that is open: 256 bytes where pointers have 32 bits, 512 where they have 64. It may lie anywhere, on the
/// stack too, and be copied. An image that is open may be asked by many threads and interrupts at once. Filled with zeros it is
/// closed; begin it with `VESTIBULE_IMAGE_INIT`, for only `vestibule_image_open` may be given memory that nobody wrote.
#[repr(C)]
#[derive(Debug)]
pub struct vestibule_image {
    /// Nothing for the caller.
    pub opaque: [*mut c_void; VESTIBULE_IMAGE_WORDS],
}

/// What lies in a [`vestibule_image`]: first its state, which may be read whatever else is there.
#[repr(C)]
struct Opened {
    state: AtomicU32,
    image: Image<'static>,
}

const _: () = assert!(size_of::<Opened>() <= size_of::<vestibule_image>());
const _: () = assert!(align_of::<Opened>() <= align_of::<vestibule_image>());

/// Something that memory which nobody wrote is unlikely to hold.
const OPEN: u32 = 0x5645_5354;
const POISONED: u32 = !OPEN;
const CLOSED: u32 = 0;

/// Why bytes are not an image. `size` must be set. Written only with `VESTIBULE_E_IMAGE`; its texts are NULL until then.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct vestibule_image_fault {
    /// `sizeof(vestibule_image_fault)`, set by the caller.
    pub size: u32,
    /// Reserved.
    pub reserved: u32,
    /// What is wrong, one word of core/docs/format.md, such as `digest`; static.
    pub what: *const c_char,
    /// In which section, or `header`; static.
    pub section: *const c_char,
    /// Where, in bytes from the beginning of the image.
    pub offset: usize,
}

// SAFETY: `repr(C)`, its size first, pointers that nobody follows, and numbers.
unsafe impl Sized32 for vestibule_image_fault {}

/// An image of everything.
pub const VESTIBULE_SLICE_EVERYTHING: u32 = 1;
/// An image of what the panel of one integration needs.
pub const VESTIBULE_SLICE_INTEGRATION: u32 = 2;
/// An image of what one person needs.
pub const VESTIBULE_SLICE_PERSON: u32 = 3;

/// The instant is before the image was issued: some clock is wrong.
pub const VESTIBULE_BEFORE_ISSUE: u32 = 1;
/// The image is as fresh as it should be.
pub const VESTIBULE_FRESH: u32 = 2;
/// The image should be replaced by a newer one.
pub const VESTIBULE_STALE: u32 = 3;
/// The image is older than its host wants anybody to rely on.
pub const VESTIBULE_TOO_OLD: u32 = 4;

/// No limit.
pub const VESTIBULE_NO_LIMIT: u64 = u64::MAX;

/// What an image says of itself. `size` must be set.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct vestibule_image_header {
    /// `sizeof(vestibule_image_header)`, set by the caller.
    pub size: u32,
    /// What it holds: `VESTIBULE_SLICE_…`.
    pub slice: u32,
    /// The handle of the integration or person it is for; 0 for everything. A handle is of this image: whether two images are for
    /// the same is told by its text, `vestibule_image_resource_text` or `vestibule_image_principal_text`.
    pub subject: u64,
    /// The revision of the estate. A panel takes no image whose revision is not above that of the one it has.
    pub revision: u64,
    /// When it was issued, in milliseconds since 1970.
    pub issued_at: i64,
    /// Milliseconds for which it is fresh; or `VESTIBULE_NO_LIMIT`.
    pub fresh_for: u64,
    /// Milliseconds after which nobody should rely on it; or `VESTIBULE_NO_LIMIT`.
    pub max_stale: u64,
    /// The SHA-256 of the image: what a signature is made over. It was checked when the image was opened.
    pub digest: [u8; 32],
    /// Written as 0.
    pub reserved: [u64; 2],
}

// SAFETY: `repr(C)`, its size first, numbers only.
unsafe impl Sized32 for vestibule_image_header {}

/// How many bytes a `vestibule_image` has in this library; `sizeof(vestibule_image)` of the header it was built with.
#[unsafe(no_mangle)]
pub extern "C" fn vestibule_image_size() -> usize {
    size_of::<vestibule_image>()
}

/// The alignment of a `vestibule_image` in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn vestibule_image_align() -> usize {
    align_of::<vestibule_image>()
}

/// Opens an image: looks at every byte once, and copies none. `image` is memory of the caller's, of `image_size` bytes, whatever is in
/// it; an image that is open there is closed first. The bytes must stay where and as they are until the image, and each copy of it, is
/// closed; changed under an open image they make its answers worthless. They need no alignment. O(`length`). Of all calls it takes
/// the most stack: under 1 KB on a Cortex-M4.
///
/// `VESTIBULE_E_IMAGE` where the bytes are no image; then `fault`, unless it is NULL, says what and where. A fault is written only
/// then, and the image is closed then: to keep the one that answers, open the next in memory of its own.
///
/// # Safety
///
/// `image` points to `image_size` writable bytes that no other call uses, in another thread, an interrupt, or a function that a list
/// calls; `bytes` to `length` readable ones, `fault` is NULL or points to one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_open(
    image: *mut vestibule_image,
    image_size: usize,
    bytes: *const u8,
    length: usize,
    fault: *mut vestibule_image_fault,
) -> vestibule_status {
    guarded(|| {
        pointer::check(image)?;
        if image_size < size_of::<vestibule_image>() {
            return Err(VESTIBULE_E_SIZE);
        }
        if !fault.is_null() {
            // SAFETY: the caller owes it.
            unsafe { pointer::check_size(fault) }?;
        }
        // SAFETY: the caller owes it, until the image is closed.
        let bytes: &'static [u8] = unsafe { pointer::bytes(bytes, length) }?;
        // SAFETY: the caller owes it; checked above.
        unsafe { state(image) }?.store(CLOSED, Ordering::Release);
        // Looked at where it is: an image that is moved once more takes 200 bytes of stack once more.
        match &Image::open(bytes) {
            // SAFETY: large enough and aligned, which is checked above and when this crate is compiled; the caller owes the rest.
            Ok(opened) => unsafe { write_opened(image.cast(), opened) },
            Err(error) => {
                // SAFETY: checked above.
                unsafe { write_fault(fault, error) };
                return Err(VESTIBULE_E_IMAGE);
            }
        }
        Ok(())
    })
}

/// # Safety
///
/// `to` may be written.
unsafe fn write_opened(to: *mut Opened, image: &Image<'static>) {
    // SAFETY: the caller owes it.
    let place = unsafe { &raw mut (*to).image };
    // SAFETY: the caller owes it.
    unsafe { place.write(*image) };
    // SAFETY: the caller owes it.
    let state = unsafe { &raw mut (*to).state };
    // SAFETY: the caller owes it.
    unsafe { state.write(AtomicU32::new(OPEN)) };
}

/// # Safety
///
/// `to` is NULL or may be written.
unsafe fn write_fault(to: *mut vestibule_image_fault, error: &ImageError) {
    let fault = vestibule_image_fault {
        size: size_in_c::<vestibule_image_fault>(),
        reserved: 0,
        what: fault_word(error),
        section: section_word(error),
        offset: error.offset(),
    };
    if !to.is_null() {
        // SAFETY: the caller owes it.
        unsafe { to.write(fault) };
    }
}

/// Closes an image; its bytes may change then, unless a copy of it is open, which is closed on its own. To close one that is not open
/// does nothing.
///
/// # Safety
///
/// `image` points to a `vestibule_image` that no other call uses, in another thread, an interrupt, or a function that a list calls.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_close(image: *mut vestibule_image) -> vestibule_status {
    guarded(|| {
        // SAFETY: the caller owes it.
        unsafe { state(image) }?.store(CLOSED, Ordering::Release);
        Ok(())
    })
}

/// What the image says of itself.
///
/// # Safety
///
/// `image` points to a `vestibule_image`, `header` to a writable `vestibule_image_header`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_header_of(
    image: *const vestibule_image,
    header: *mut vestibule_image_header,
) -> vestibule_status {
    let body = |opened: &Image<'static>| {
        // SAFETY: the caller owes it.
        unsafe { pointer::check_size(header) }?;
        let found = header_of(opened);
        // SAFETY: checked above.
        unsafe { header.write(found) };
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

fn header_of(image: &Image<'_>) -> vestibule_image_header {
    let (slice, subject) = match (image.slice(), image.subject()) {
        (SliceKind::Integration, Some(id)) => {
            let handle = image.resource(Resource::Integration(id));
            (VESTIBULE_SLICE_INTEGRATION, handle.map_or(0, |handle| handle.to_bits()))
        }
        (SliceKind::Person, Some(id)) => {
            let handle = image.principal(Principal::Person(id));
            (VESTIBULE_SLICE_PERSON, handle.map_or(0, |handle| handle.to_bits()))
        }
        (SliceKind::Integration, None) => (VESTIBULE_SLICE_INTEGRATION, 0),
        (SliceKind::Person, None) => (VESTIBULE_SLICE_PERSON, 0),
        _ => (VESTIBULE_SLICE_EVERYTHING, 0),
    };
    vestibule_image_header {
        size: size_in_c::<vestibule_image_header>(),
        slice,
        subject,
        revision: image.revision(),
        issued_at: image.issued_at().as_millis(),
        fresh_for: image.fresh_for().unwrap_or(VESTIBULE_NO_LIMIT),
        max_stale: image.max_stale().unwrap_or(VESTIBULE_NO_LIMIT),
        digest: image.digest(),
        reserved: [0; 2],
    }
}

/// Where an instant, in milliseconds since 1970, lies within the limits that the host gave: writes `VESTIBULE_BEFORE_ISSUE`,
/// `VESTIBULE_FRESH`, `VESTIBULE_STALE` or `VESTIBULE_TOO_OLD`. What follows from it is for the host to say; no decision reads it.
///
/// # Safety
///
/// `image` points to a `vestibule_image`, `freshness` to a writable number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_freshness(
    image: *const vestibule_image,
    at: i64,
    freshness: *mut u32,
) -> vestibule_status {
    let body = |opened: &Image<'static>| {
        pointer::check(freshness)?;
        let found = match opened.freshness(Timestamp::from_millis(at)) {
            Freshness::BeforeIssue => VESTIBULE_BEFORE_ISSUE,
            Freshness::Fresh => VESTIBULE_FRESH,
            Freshness::Stale => VESTIBULE_STALE,
            // Also what a later version may know: nothing to rely on.
            _ => VESTIBULE_TOO_OLD,
        };
        // SAFETY: checked above; the caller owes the rest.
        unsafe { freshness.write(found) };
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// Runs the body of a function on an image that is open. A panic poisons the image.
///
/// # Safety
///
/// `image` is NULL or points to a `vestibule_image` that nobody opens or closes meanwhile.
#[inline(always)]
pub(crate) unsafe fn with_image(
    image: *const vestibule_image,
    body: impl FnOnce(&Image<'static>) -> Result<(), Failure>,
) -> vestibule_status {
    let run = || {
        // SAFETY: the caller owes it.
        let state = unsafe { state(image) }?;
        match state.load(Ordering::Acquire) {
            OPEN => {}
            POISONED => return Err(VESTIBULE_E_POISONED),
            _ => return Err(VESTIBULE_E_NOT_OPEN),
        }
        // SAFETY: the state says that it was written by `vestibule_image_open`, and it is not moved from.
        body(unsafe { &(*image.cast::<Opened>()).image })
    };
    let status = guarded(run);
    #[cfg(feature = "std")]
    if status == crate::status::VESTIBULE_E_PANIC {
        // SAFETY: the caller owes it.
        if let Ok(state) = unsafe { self::state(image) } {
            state.store(POISONED, Ordering::Release);
        }
    }
    status
}

/// The state of an image, open or not.
///
/// # Safety
///
/// `image` is NULL or points to a `vestibule_image`.
unsafe fn state<'a>(image: *const vestibule_image) -> Result<&'a AtomicU32, Failure> {
    pointer::check(image)?;
    // SAFETY: neither NULL nor askew, it is at the beginning, and every number is a state; the caller owes the rest.
    Ok(unsafe { &*image.cast::<AtomicU32>() })
}

/// The size of a struct, as the field that it begins with.
#[expect(clippy::cast_possible_truncation, reason = "structs of C here have some tens of bytes")]
pub(crate) const fn size_in_c<T>() -> u32 {
    size_of::<T>() as u32
}

/// The constants of C for the words of the core.
macro_rules! words {
    ($of:ident: $kind:ident, $($variant:ident)+) => {
        match $of {
            $(vestibule::$kind::$variant => constant!(vestibule::$kind::$variant.as_str()),)+
            _ => constant!("unknown"),
        }
    };
}

fn fault_word(error: &ImageError) -> *const c_char {
    let fault = error.fault();
    words!(fault: ImageFault, Length Magic Version Digest Header UnknownSection MissingSection SectionLength Text Id Index Handle
        Value Order Tree List)
}

fn section_word(error: &ImageError) -> *const c_char {
    let Some(section) = error.section() else { return constant!("header") };
    words!(section: Section, Text Keys KeySlots Meanings Conditions Organisations Buildings Integrations Units Doors People
        OrganisationIndex BuildingIndex IntegrationIndex UnitIndex DoorIndex PersonIndex Grants Lists Roles Groups Lobby)
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;
    use crate::status::{VESTIBULE_E_PANIC, VESTIBULE_OK};

    const BYTES: &[u8] = include_bytes!("../../core/tests/vectors/images/v1-everything.image");

    fn opened() -> vestibule_image {
        let mut image = vestibule_image { opaque: [core::ptr::null_mut(); VESTIBULE_IMAGE_WORDS] };
        let size = size_of::<vestibule_image>();
        let (data, length, fault) = (BYTES.as_ptr(), BYTES.len(), core::ptr::null_mut());
        // SAFETY: the memory is of that size, the bytes are static.
        let status = unsafe { vestibule_image_open(&mut image, size, data, length, fault) };
        assert_eq!(status, VESTIBULE_OK);
        image
    }

    fn freshness(image: &vestibule_image) -> vestibule_status {
        let mut found = 0;
        // SAFETY: both are there.
        unsafe { vestibule_image_freshness(image, 0, &mut found) }
    }

    /// [security.md 25]
    #[test]
    fn a_panic_poisons_its_image_alone() {
        let (mut image, other) = (opened(), opened());
        // SAFETY: the image is open.
        let status = unsafe { with_image(&image, |_| panic!("a fault of the library")) };
        assert_eq!(status, VESTIBULE_E_PANIC);
        assert_eq!([freshness(&image), freshness(&other)], [VESTIBULE_E_POISONED, VESTIBULE_OK]);
        // SAFETY: the image is there.
        assert_eq!(unsafe { vestibule_image_close(&mut image) }, VESTIBULE_OK);
        assert_eq!(freshness(&image), VESTIBULE_E_NOT_OPEN);
    }
}
