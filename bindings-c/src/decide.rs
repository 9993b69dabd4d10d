//! Deciding.

use core::ffi::c_char;

use vestibule::{
    Basis, Decision, Effect, Image, Key, OrganisationHandle, PrincipalHandle, Question, Reason,
    RequestError, ResourceHandle, TextRequest, Timestamp,
};

use crate::image::{size_in_c, vestibule_image, with_image};
use crate::pointer::{self, Sized32};
use crate::status::{
    Failure, VESTIBULE_E_ACTING_ORG, VESTIBULE_E_ACTION, VESTIBULE_E_HANDLE, VESTIBULE_E_PRINCIPAL,
    VESTIBULE_E_RESOURCE, VESTIBULE_E_VALUE, vestibule_status,
};
use crate::text::{constant, vestibule_text};

/// The question is asked on behalf of no organisation.
pub const VESTIBULE_ACTING_FOR_NOBODY: u32 = 1;
/// The question is asked on behalf of the organisation in `acting_org`, which only narrows the answer.
pub const VESTIBULE_ACTING_FOR_ORGANISATION: u32 = 2;

/// For `vestibule_image_decide_handles`: on behalf of no organisation. 0 is not taken for it: what was not looked up, or not
/// found, must not ask a wider question.
pub const VESTIBULE_NO_ORGANISATION: u64 = u64::MAX;

/// `until` where time alone never changes the answer.
pub const VESTIBULE_FOREVER: i64 = i64::MAX;

/// A question. `size` and `acting_for` must be set; `VESTIBULE_REQUEST_INIT` sets both.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct vestibule_request {
    /// `sizeof(vestibule_request)`.
    pub size: u32,
    /// `VESTIBULE_ACTING_FOR_NOBODY` or `VESTIBULE_ACTING_FOR_ORGANISATION`.
    pub acting_for: u32,
    /// Who: `person:ID` or `unit_token:UNIT-ID`.
    pub principal: vestibule_text,
    /// What: a permission key, such as `doors:open`.
    pub action: vestibule_text,
    /// On what: `platform`, or a kind, a colon and an id, as in `door:ID`.
    pub resource: vestibule_text,
    /// The id of the organisation on whose behalf; not read where `acting_for` says nobody.
    pub acting_org: vestibule_text,
    /// When, in milliseconds since 1970; the only clock there is.
    pub at: i64,
    /// Must be 0.
    pub reserved: [u64; 2],
}

// SAFETY: `repr(C)`, its size first, pointers that are checked before anybody follows them, and numbers.
unsafe impl Sized32 for vestibule_request {}

/// No.
pub const VESTIBULE_DENY: u8 = 0;
/// Yes. Everything else means no.
pub const VESTIBULE_ALLOW: u8 = 1;
/// Reserved: not yet, more factors are wanted. Means no.
pub const VESTIBULE_CHALLENGE: u8 = 2;

/// An answer. `size` must be set, which `VESTIBULE_DECISION_INIT` does.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct vestibule_decision {
    /// `sizeof(vestibule_decision)`, set by the caller.
    pub size: u32,
    /// Why: `VESTIBULE_REASON_…`; numbers that never change, of several the smallest.
    pub reason: u16,
    /// `VESTIBULE_ALLOW`, `VESTIBULE_DENY` or `VESTIBULE_CHALLENGE`; all but `VESTIBULE_ALLOW` mean no.
    pub effect: u8,
    /// What granted it: `VESTIBULE_BASIS_…`; `VESTIBULE_BASIS_NONE` where nothing did.
    pub basis: u8,
    /// What must be done along with an allow: one bit each, none defined yet.
    pub obligations: u32,
    /// What the host should know though it does not change the answer: one bit each, none defined yet.
    pub warnings: u32,
    /// An instant, in milliseconds since 1970, before which time alone cannot change the answer; or `VESTIBULE_FOREVER`.
    pub until: i64,
    /// Written as 0.
    pub reserved: u64,
}

// SAFETY: `repr(C)`, its size first, numbers only.
unsafe impl Sized32 for vestibule_decision {}

impl From<Decision> for vestibule_decision {
    fn from(decision: Decision) -> Self {
        Self {
            size: size_in_c::<Self>(),
            reason: decision.reason().code(),
            effect: match decision.effect() {
                Effect::Allow => VESTIBULE_ALLOW,
                Effect::Challenge => VESTIBULE_CHALLENGE,
                _ => VESTIBULE_DENY,
            },
            basis: decision.basis().code(),
            obligations: decision.obligations(),
            warnings: decision.warnings(),
            until: decision.until().as_millis(),
            reserved: 0,
        }
    }
}

/// Decides, with ids as text. What is unknown, or outside the slice of the image, is a deny with its reason, and `VESTIBULE_OK`. Takes no
/// memory; O(grants of the principal), whatever the size of the image.
///
/// `VESTIBULE_E_PRINCIPAL`, `_ACTION`, `_RESOURCE` or `_ACTING_ORG` where that field is not of its form.
///
/// # Safety
///
/// `image` points to a `vestibule_image`, `request` to a request whose texts can be read, `decision` to a writable
/// `vestibule_decision`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_decide(
    image: *const vestibule_image,
    request: *const vestibule_request,
    decision: *mut vestibule_decision,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        // SAFETY: the caller owes it.
        unsafe { decide(request, decision, |request| image.decide_text(request)) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// Decides with handles of this image; `acting_org` may be `VESTIBULE_NO_ORGANISATION`. As `vestibule_image_decide`, and faster: nothing
/// is looked up.
///
/// `VESTIBULE_E_HANDLE` where a number is no handle of its kind, as 0 never is. A handle of another image names something else
/// or nothing, and the answer is about that.
///
/// # Safety
///
/// `image` points to a `vestibule_image`, `decision` to a writable `vestibule_decision`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_image_decide_handles(
    image: *const vestibule_image,
    principal: u64,
    key: u64,
    resource: u64,
    acting_org: u64,
    at: i64,
    decision: *mut vestibule_decision,
) -> vestibule_status {
    let body = |image: &Image<'static>| {
        // SAFETY: the caller owes it.
        unsafe { pointer::check_size(decision) }?;
        let (who, what) = (principal_handle(principal)?, resource_handle(resource)?);
        let question = Question::new(who, key_handle(key)?, what, Timestamp::from_millis(at));
        let question = match acting_org {
            VESTIBULE_NO_ORGANISATION => question,
            bits => {
                let organisation = OrganisationHandle::from_bits(bits);
                question.acting_for(organisation.ok_or(VESTIBULE_E_HANDLE)?)
            }
        };
        let decided = image.decide_question(&question);
        // SAFETY: checked above.
        unsafe { decision.write(decided.into()) };
        Ok(())
    };
    // SAFETY: the caller owes it.
    unsafe { with_image(image, body) }
}

/// Reads the request, has it decided, and writes the decision.
///
/// # Safety
///
/// As [`vestibule_image_decide`].
#[inline(always)]
pub(crate) unsafe fn decide(
    request: *const vestibule_request,
    decision: *mut vestibule_decision,
    decide: impl FnOnce(&TextRequest<'_>) -> Result<Decision, RequestError>,
) -> Result<(), Failure> {
    // SAFETY: the caller owes it.
    let request = unsafe { read_request(request) }?;
    // SAFETY: the caller owes it.
    unsafe { pointer::check_size(decision) }?;
    let decided = decide(&request).map_err(|error| request_failure(&error))?;
    // SAFETY: checked above.
    unsafe { decision.write(decided.into()) };
    Ok(())
}

/// # Safety
///
/// `request` is NULL or points to a request whose texts can be read for `'a`.
pub(crate) unsafe fn read_request<'a>(
    request: *const vestibule_request,
) -> Result<TextRequest<'a>, Failure> {
    // SAFETY: the caller owes it.
    let request = unsafe { pointer::input(request) }?;
    pointer::reserved(&request.reserved)?;
    // SAFETY: the caller owes it.
    let principal = unsafe { request.principal.read(VESTIBULE_E_PRINCIPAL) }?;
    // SAFETY: the caller owes it.
    let action = unsafe { request.action.read(VESTIBULE_E_ACTION) }?;
    // SAFETY: the caller owes it.
    let resource = unsafe { request.resource.read(VESTIBULE_E_RESOURCE) }?;
    let acting_org = match request.acting_for {
        VESTIBULE_ACTING_FOR_NOBODY => None,
        VESTIBULE_ACTING_FOR_ORGANISATION => {
            // SAFETY: the caller owes it.
            Some(unsafe { request.acting_org.read(VESTIBULE_E_ACTING_ORG) }?)
        }
        _ => return Err(VESTIBULE_E_VALUE),
    };
    let at = Timestamp::from_millis(request.at);
    Ok(TextRequest { principal, action, resource, acting_org, at })
}

/// The status for a field that is not of its form.
pub(crate) fn request_failure(error: &RequestError) -> Failure {
    match error.field() {
        "principal" => VESTIBULE_E_PRINCIPAL,
        "resource" => VESTIBULE_E_RESOURCE,
        _ => VESTIBULE_E_ACTING_ORG,
    }
}

pub(crate) fn principal_handle(bits: u64) -> Result<PrincipalHandle, Failure> {
    PrincipalHandle::from_bits(bits).ok_or(VESTIBULE_E_HANDLE)
}

pub(crate) fn resource_handle(bits: u64) -> Result<ResourceHandle, Failure> {
    ResourceHandle::from_bits(bits).ok_or(VESTIBULE_E_HANDLE)
}

pub(crate) fn key_handle(bits: u64) -> Result<Key, Failure> {
    Key::from_bits(bits).ok_or(VESTIBULE_E_HANDLE)
}

/// The constant of C for the word of the variant that has a number.
macro_rules! word_of {
    ($number:ident: $type:ty, $kind:ident, $($variant:ident)+) => {{
        #[expect(non_upper_case_globals, reason = "named as the variants are")]
        {
            $(const $variant: $type = $kind::$variant.code();)+
            match $number {
                $($variant => constant!($kind::$variant.as_str()),)+
                _ => constant!("unknown"),
            }
        }
    }};
}

/// The word for a reason, such as `no_grant`: static, ended by a NUL. `unknown` for a number that is none; never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn vestibule_reason_text(reason: u16) -> *const c_char {
    word_of!(reason: u16, Reason, Granted PrincipalUnknown ActionUnknown ResourceUnknown ActingOrgUnknown OutsideSlice
        ActionNotApplicable PrincipalDeleted PrincipalBlocked OrgDeleted DoorDisabled OrgContext NoGrant GrantOrgDeleted
        UnitDisabled NotYetValid Expired DoorAudience GuestDoor)
}

/// The word for a basis, such as `residency`: static, ended by a NUL. `unknown` for a number that is none; never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn vestibule_basis_text(basis: u8) -> *const c_char {
    word_of!(basis: u8, Basis, None Residency UnitAdministrator UnitToken SiteRole PermissionGroup OrganisationRole PlatformRole)
}
