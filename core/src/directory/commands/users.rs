//! Users of companies [4-1..4-18, C-29..C-34, C-38].

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::error::{family_error, field_detail};
use crate::estate::OrganisationKind;
use crate::id::Id;

/// What a user's company is: `pmo`, `tenant` or `vendor`; in a path `management`, `tenants` or `vendors` [4-2, 4-4].
pub type UserType = OrganisationKind;

/// Creates a person who is a member of a company [4-1]. New ids: one, for the person. Field names are those of the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    /// The kind of company in the path.
    pub organization_type: OrganisationKind,
    /// The company in the path.
    pub path_organization_id: Id,
    /// Must be the kind in the path [4-4].
    #[serde(rename = "userType")]
    pub user_type: OrganisationKind,
    /// The account; the company must be in it [4-5].
    pub account_id: Id,
    /// Must be the company in the path [4-6].
    pub organization_id: Id,
    /// E-mail address, unique in the account [4-7, C-38].
    pub email: Box<str>,
    /// First name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<Box<str>>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<Box<str>>,
    /// Full name; where it is absent, first and last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Box<str>>,
    /// Telephone number; empty: none [4-16].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<Box<str>>,
    /// The number of an employee; becomes an alias where it is an id and no key of the core otherwise [4-15].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Box<str>>,
    /// Whether to welcome them [4-9].
    #[serde(default)]
    pub send_welcome_email: bool,
    /// Decides the groups they start with, where none are named [4-10].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_function_id: Option<Id>,
    /// The groups they start with [C-30].
    #[serde(default)]
    pub permission_group_ids: Vec<Id>,
    /// The buildings in which the groups count [4-11].
    #[serde(default)]
    pub building_ids: Vec<Id>,
    /// Whether they count in all buildings of the company, now and later [4-12, C-29].
    #[serde(default)]
    pub automatic_property_access: bool,
}

family_error! {
    /// Why an operation on users, memberships, people or permission groups is refused.
    UserError, details |error| field_detail(error.field(), error.code()), {
        /// The kind in the body is not that in the path [4-4].
        UserTypeMismatch = Invalid, "user_type_mismatch", Some("userType"), "`userType` is not the kind of organisation in the path";
    }
}

impl crate::Directory {
    pub(super) fn draft_create_user(
        &self,
        _context: &super::Context,
        _command: &CreateUser,
    ) -> Result<super::Drafted, UserError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
