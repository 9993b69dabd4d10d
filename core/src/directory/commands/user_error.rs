//! Why an operation on users, memberships, people or permission groups is refused.

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::error::{ErrorDetail, family_error, fault_details, field_detail};
use crate::estate::Faults;
use crate::id::Id;

family_error! {
    /// Why an operation on users, memberships, people or permission groups is refused.
    UserError, details user_details, {
        /// The kind in the body is not that in the path [4-4].
        UserTypeMismatch = Invalid, "user_type_mismatch", Some("userType"), "`userType` is not the kind of organisation in the path";
        /// The company in the body is not that in the path [4-6].
        IdMismatch = Invalid, "id_mismatch", Some("organization_id"), "`organization_id` is not the organisation in the path";
        /// A user needs an e-mail address [4-7].
        EmailRequired = Invalid, "email_required", Some("email"), "`email` is empty, expected an e-mail address";
        /// Not an e-mail address that can be kept [C-13].
        InvalidEmail = Invalid, "invalid_email", Some("email"), "not an e-mail address of at most 255 characters, none of them invisible";
        /// Not a telephone number that can be kept [C-13].
        InvalidPhone = Invalid, "invalid_phone", Some("phone"), "not a telephone number of at most 16 characters, none of them invisible";
        /// Not a name that can be kept [C-13].
        InvalidName = Invalid, "invalid_name", Some("name"), "not a name of at most 255 characters, none of them invisible";
        /// Neither all buildings nor any [4-13].
        BuildingIdsRequired = Invalid, "building_ids_required", Some("building_ids"), "no building is listed, expected at least one, or `automatic_property_access`";
        /// A building that is not there, or that the company neither owns nor serves [C-33].
        UnknownBuilding {
            /// The id given.
            building: Id,
        } = Invalid, "unknown_building", Some("building_ids"), "no building `{building}` of this company";
        /// Neither groups nor a job function to begin with [C-30].
        InitialPermissionsRequired = Invalid, "initial_permissions_required", Some("permission_group_ids"), "no permission group to begin with, expected `permission_group_ids` or a `job_function_id`";
        /// More groups than a membership can have.
        TooManyGroups = Invalid, "too_many", Some("permission_group_ids"), "more than 256 permission groups";
        /// No such group in the account [4-20].
        UnknownPermissionGroup {
            /// The id given.
            group: Id,
        } = Invalid, "unknown_permission_group", Some("permission_group_ids"), "no permission group `{group}` in this account";
        /// No such job function in the account [4-10].
        UnknownJobFunction {
            /// The id given.
            job_function: Id,
        } = Invalid, "unknown_job_function", Some("job_function_id"), "no job function `{job_function}` in this account";
        /// A group or job function for another kind of organisation [C-34].
        OrgTypeMismatch {
            /// The id given.
            named: Id,
        } = Invalid, "org_type_mismatch", None, "`{named}` is for another kind of organisation";
        /// The user has several memberships of one kind [C-81].
        OrganizationRequired = Invalid, "organization_required", Some("organization_id"), "the user belongs to several organisations of one kind, expected `organization_id`";
        /// Nobody has this id, or nobody any more [C-7].
        UnknownUser {
            /// The id given.
            person: Id,
        } = Invalid, "unknown_user", Some("user_id"), "no user `{person}`, expected the id of somebody known";
        /// A guest belongs to nothing [1-4, C-82].
        GuestNotAllowed = Invalid, "guest_not_allowed", Some("user_id"), "a guest cannot belong to an organisation";
        /// A state that another command sets.
        StateNotAllowed = Invalid, "invalid_state", Some("state"), "a person is deleted by `delete_person`, expected `active` or `blocked`";
        /// The row breaks rules of an estate.
        Invalid {
            /// Each of them.
            faults: Faults,
        } = Invalid, "invalid", None, "the row breaks the rules: {faults}";
        /// Somebody in the account has this e-mail address [4-7, C-38].
        EmailExists {
            /// Who, where the caller may know.
            person: Option<Id>,
        } = Conflict, "email_exists", Some("email"), "somebody in the account has this e-mail address";
        /// The id, or an alias, is in use.
        AlreadyExists {
            /// The id given.
            id: Id,
        } = Conflict, "already_exists", None, "`{id}` is in use";
        /// They belong to it already; there is `update_membership` for changes.
        AlreadyMember = Conflict, "already_member", Some("organisation"), "already a member of the organisation";
        /// Nobody would be left who may give permission groups in the account, or it is the caller's own standing [C-31].
        LastAdmin = Conflict, "last_admin", None, "nobody else in the account could give permission groups";
    }
}

fn user_details(error: &UserError) -> Vec<ErrorDetail> {
    match error {
        UserError::Invalid { faults } => fault_details(faults),
        UserError::EmailExists { person: Some(person) } => alloc::vec![
            ErrorDetail { field: Some("email".into()), code: error.code().into(), message: None },
            ErrorDetail {
                field: Some("user_id".into()),
                code: "existing_user".into(),
                message: Some(person.to_string()),
            },
        ],
        _ => field_detail(error.field(), error.code()),
    }
}
