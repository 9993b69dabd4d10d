//! How an operation fails: its class, the HTTP status of that, and the body that a transport answers with [E.1, 0-21].
//!
//! Every family of operations has an enum of its own; what all of them share is [`AccessError`]. [`Error`] is any of
//! them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::estate::{Fault, Faults};
use crate::id::Id;
use crate::reason::Reason;

/// What kind of failure. The order of checks is the same in every operation [C-16]; [`ErrorClass::rank`] is its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// Nobody who is known asks: 401.
    Unauthenticated,
    /// The caller may not: 403.
    Forbidden,
    /// Nothing of that name for this caller: 404.
    NotFound,
    /// The payload is wrong: 400.
    Invalid,
    /// The payload is well formed, and what it asks for is impossible: 422.
    Unprocessable,
    /// What is there now stands against it: 409.
    Conflict,
    /// The changes were made for another revision: 409.
    StaleRevision,
    /// Too often: 429.
    RateLimited,
    /// A named limit of the library is reached: 507.
    Capacity,
}

impl ErrorClass {
    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Invalid => 400,
            Self::Unprocessable => 422,
            Self::Conflict | Self::StaleRevision => 409,
            Self::RateLimited => 429,
            Self::Capacity => 507,
        }
    }

    /// The word in documents and bindings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Invalid => "invalid",
            Self::Unprocessable => "unprocessable",
            Self::Conflict => "conflict",
            Self::StaleRevision => "stale_revision",
            Self::RateLimited => "rate_limited",
            Self::Capacity => "capacity",
        }
    }
}

/// The step of C-16 at which an operation was refused. Steps are taken in this order, in every operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckStep {
    /// 1: who asks (401).
    Authentication,
    /// 2: on behalf of which organisation (403).
    OrganisationContext,
    /// 3: what is named resolves for the caller (404).
    Resolution,
    /// 4: the caller may (403).
    Permission,
    /// 5: the payload is right (400, 422).
    Payload,
    /// 6: nothing stands against it (409).
    Conflict,
    /// 7: limits (429, 507).
    Limits,
}

/// The kinds of thing that an operation names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntityKind {
    /// An account.
    Account,
    /// A building, or property.
    Building,
    /// A device of a unit user.
    Device,
    /// A door.
    Door,
    /// An integration, or site.
    Integration,
    /// A membership.
    Membership,
    /// An organisation.
    Organisation,
    /// A person, or user.
    Person,
    /// A residency, or unit user.
    Residency,
    /// A unit, or apartment.
    Unit,
}

impl EntityKind {
    /// The word in messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Building => "building",
            Self::Device => "device",
            Self::Door => "door",
            Self::Integration => "integration",
            Self::Membership => "membership",
            Self::Organisation => "organisation",
            Self::Person => "user",
            Self::Residency => "unit user",
            Self::Unit => "unit",
        }
    }
}

/// What every family refuses alike: steps 1 to 4 of C-16.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// No actor, one who is unknown or deleted, or a unit token of an older generation [0-7, 2-5].
    #[error("nobody is authenticated")]
    Unauthenticated,
    /// The operation needs an acting organisation [0-6, C-14].
    #[error("an acting organisation is required")]
    OrgContextRequired,
    /// The acting organisation is unknown, deleted, or not above what is asked for [C-15, C-73].
    #[error("`{organisation}` is no organisation on whose behalf this can be asked")]
    OrgContext {
        /// The organisation given.
        organisation: Id,
    },
    /// Nothing of that name, or nothing that this caller may know of [0-19, C-76].
    #[error("no {} `{id}`", kind.as_str())]
    NotFound {
        /// Of what kind.
        kind: EntityKind,
        /// What was asked for.
        id: String,
    },
    /// `decide` denies it [0-18].
    #[error("`{action}` is not allowed: {}", reason.as_str())]
    MissingPermission {
        /// The permission key that was asked.
        action: &'static str,
        /// Why it is denied.
        reason: Reason,
    },
    /// More than the caller's own scope [C-66].
    #[error("outside what the caller administers: {what}")]
    DelegationScope {
        /// What is outside.
        what: &'static str,
    },
    /// Nobody gives what their own roles do not cover [C-4].
    #[error("`{given}` is more than the caller holds there")]
    Escalation {
        /// The role, group or access that was to be given, or the person whose account would be.
        given: String,
    },
    /// The host gave fewer new ids than the operation needs.
    #[error("the context has too few `new_ids`, expected {expected}")]
    NewIdsMissing {
        /// How many.
        expected: usize,
    },
}

impl AccessError {
    /// That nothing has this id.
    pub(crate) fn not_found(kind: EntityKind, id: &impl ToString) -> Self {
        Self::NotFound { kind, id: id.to_string() }
    }

    /// The class.
    #[must_use]
    pub const fn class(&self) -> ErrorClass {
        match self {
            Self::Unauthenticated => ErrorClass::Unauthenticated,
            Self::OrgContextRequired
            | Self::OrgContext { .. }
            | Self::MissingPermission { .. }
            | Self::DelegationScope { .. }
            | Self::Escalation { .. } => ErrorClass::Forbidden,
            Self::NotFound { .. } => ErrorClass::NotFound,
            Self::NewIdsMissing { .. } => ErrorClass::Invalid,
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::OrgContextRequired => "org_context_required",
            Self::OrgContext { .. } => "org_context",
            Self::NotFound { .. } => "not_found",
            Self::MissingPermission { .. } => "missing_permission",
            Self::DelegationScope { .. } => "delegation_scope",
            Self::Escalation { .. } => "escalation",
            Self::NewIdsMissing { .. } => "new_ids_missing",
        }
    }

    /// The step of C-16.
    #[must_use]
    pub const fn step(&self) -> CheckStep {
        match self {
            Self::Unauthenticated => CheckStep::Authentication,
            Self::OrgContextRequired | Self::OrgContext { .. } => CheckStep::OrganisationContext,
            Self::NotFound { .. } => CheckStep::Resolution,
            Self::MissingPermission { .. }
            | Self::DelegationScope { .. }
            | Self::Escalation { .. } => CheckStep::Permission,
            Self::NewIdsMissing { .. } => CheckStep::Payload,
        }
    }
}

/// One thing that is wrong, for the program that asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorDetail {
    /// The field at fault, as it is named on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// A stable code.
    pub code: String,
    /// For people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// The body of an error answer, `ApiErrorResponse` [0-21].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApiError {
    /// For people. Never has a secret in it.
    pub message: String,
    /// The stable code.
    pub error_code: String,
    /// That of the request.
    #[serde(rename = "correlationId", skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    /// Each thing that is wrong, where there is more to say than the code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<ErrorDetail>,
}

impl ApiError {
    /// The body for JSON that is not of the form of what it should be, with the code `unreadable`: no error of a command or query,
    /// for there was none.
    #[must_use]
    pub fn unreadable(message: String) -> Self {
        let error_code = "unreadable".into();
        Self { message, error_code, correlation_id: None, details: Vec::new() }
    }
}

/// Defines the errors of a family: [`AccessError`], and variants of its own, each with class, code and field at fault.
/// `details` lists what is wrong where one code does not say it all.
macro_rules! family_error {
    ($(#[$meta:meta])* $name:ident, details $details:expr, {
        $(
            $(#[$vmeta:meta])*
            $variant:ident $({ $($(#[$fmeta:meta])* $fname:ident : $ftype:ty),+ $(,)? })?
            = $class:ident, $code:literal, $field:expr, $message:literal;
        )*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum $name {
            /// What every family refuses alike.
            #[error(transparent)]
            Access(#[from] $crate::error::AccessError),
            $(
                $(#[$vmeta])*
                #[error($message)]
                $variant $({ $($(#[$fmeta])* $fname: $ftype),+ })?,
            )*
        }

        impl $name {
            /// Every code of this family beside the shared ones.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The class.
            #[must_use]
            pub const fn class(&self) -> $crate::error::ErrorClass {
                match self {
                    Self::Access(error) => error.class(),
                    $(Self::$variant { .. } => $crate::error::ErrorClass::$class,)*
                }
            }

            /// The stable code.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    Self::Access(error) => error.code(),
                    $(Self::$variant { .. } => $code,)*
                }
            }

            /// The field at fault, as it is named on the wire.
            #[must_use]
            pub fn field(&self) -> Option<&'static str> {
                match self {
                    Self::Access(_) => None,
                    $(Self::$variant { .. } => $field,)*
                }
            }

            /// The step of C-16 at which it is found.
            #[must_use]
            pub const fn step(&self) -> $crate::error::CheckStep {
                match self {
                    Self::Access(error) => error.step(),
                    $(Self::$variant { .. } => {
                        $crate::error::step_of($crate::error::ErrorClass::$class)
                    })*
                }
            }

            /// Each thing that is wrong, where there is more to say than the code.
            #[must_use]
            pub fn details(&self) -> alloc::vec::Vec<$crate::error::ErrorDetail> {
                let details: fn(&Self) -> alloc::vec::Vec<$crate::error::ErrorDetail> = $details;
                details(self)
            }
        }
    };
}
pub(crate) use family_error;

/// The detail of an error that has one field at fault, or none.
pub(crate) fn field_detail(field: Option<&str>, code: &str) -> Vec<ErrorDetail> {
    let detail =
        |field: &str| ErrorDetail { field: Some(field.into()), code: code.into(), message: None };
    field.map(detail).into_iter().collect()
}

/// The details of a row that breaks rules: of each fault, at most [`MAX_FAULTS_REPORTED`], the place below the row.
///
/// [`MAX_FAULTS_REPORTED`]: crate::limits::MAX_FAULTS_REPORTED
pub(crate) fn fault_details(faults: &Faults) -> Vec<ErrorDetail> {
    details_at(faults, below_row)
}

/// The same of a whole estate: the places in it.
pub(crate) fn estate_details(faults: &Faults) -> Vec<ErrorDetail> {
    details_at(faults, |path| path.strip_prefix("$."))
}

fn details_at(faults: &Faults, place: impl Fn(&str) -> Option<&str>) -> Vec<ErrorDetail> {
    let detail = |fault: &Fault| ErrorDetail {
        field: place(&fault.path).map(String::from),
        code: fault.code.as_str().into(),
        message: Some(alloc::format!("found {}, expected {}", fault.found, fault.expected)),
    };
    faults.iter().map(detail).collect()
}

/// Of `$.people[0].aliases[1]` the part `aliases[1]`; none where the fault is of the whole row.
fn below_row(path: &str) -> Option<&str> {
    let (_, below) = path.split_once("].")?;
    Some(below)
}

/// The step at which errors of a class are found, apart from those of [`AccessError`].
pub(crate) const fn step_of(class: ErrorClass) -> CheckStep {
    match class {
        ErrorClass::Unauthenticated => CheckStep::Authentication,
        ErrorClass::NotFound => CheckStep::Resolution,
        ErrorClass::Forbidden => CheckStep::Permission,
        ErrorClass::Invalid | ErrorClass::Unprocessable => CheckStep::Payload,
        ErrorClass::Conflict | ErrorClass::StaleRevision => CheckStep::Conflict,
        ErrorClass::RateLimited | ErrorClass::Capacity => CheckStep::Limits,
    }
}
