//! Building users: people who hold a role that names an integration [0-1..0-31, 1-1..1-18, C-4..C-11, C-66].

mod add;
mod authority;
mod placement;
mod remove;
mod set_role;

use serde::Serialize;

pub(crate) use self::authority::{Site, is_unit_scoped};
pub(super) use self::placement::{Pending, Placement, SiteGift};
pub(super) use self::remove::administrators_set;
use crate::error::{family_error, field_detail};
use crate::id::Id;
use crate::limits::{MAX_ENTRIES, MAX_PLAN_ROWS};
use crate::path::RolePath;

/// Gives a person a role on an integration, and makes them a member of its organisation where they are not yet [0-3].
///
/// With `unit`, and always where an administrator of a unit or its token asks, they become a resident of that unit too
/// [C-11, 1-18].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AddBuildingUser {
    /// The integration, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The role: one that names this integration, or another role of the catalog [0-10].
    pub role: RolePath,
    /// The unit in which they live from now on.
    #[serde(rename = "unit_id", skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// Takes every role on an integration from a person, and their residencies there; nothing else [0-4, C-9].
///
/// Where an administrator of a unit or its token asks: that residency, and the role `resident` only if no residency on
/// the integration remains [C-66].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemoveBuildingUser {
    /// The integration, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The unit whose residency ends, for those who administer several.
    #[serde(rename = "unit_id", skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// Replaces every role on an integration that a person holds by one [C-8].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetSiteRole {
    /// The integration, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The only role from now on; it must name this integration.
    pub role: RolePath,
}

family_error! {
    /// Why an operation on building users is refused.
    BuildingUserError, details |error| field_detail(error.field(), error.code()), {
        /// Nobody has this id, or somebody who is deleted; for an add that is the payload's fault [C-7].
        UnknownUser {
            /// The id given.
            person: Id,
        } = Invalid, "unknown_user", Some("user_id"), "no user `{person}`, expected the id of somebody known";
        /// A guest is no building user [1-4, C-82].
        GuestNotAllowed {
            /// The id given.
            person: Id,
        } = Invalid, "guest_not_allowed", Some("user_id"), "`{person}` is a guest, expected a person or service";
        /// Only sites have building users [1-6].
        WrongIntegrationKind {
            /// The id given.
            integration: Id,
        } = Invalid, "wrong_integration_kind", Some("integration_id"), "`{integration}` is of another kind, expected an integration of kind `virtual_access`";
        /// The unit is unknown, or not of this integration.
        UnknownUnit {
            /// The id given.
            unit: Id,
        } = Invalid, "unknown_unit", Some("unit_id"), "no unit `{unit}` of this integration, expected the id of one";
        /// The caller administers several units [C-66].
        UnitRequired = Invalid, "unit_required", Some("unit_id"), "several units are administered by the caller, expected `unit_id`";
        /// Whoever may update the integration removes all units at once.
        UnitNotExpected = Invalid, "unit_not_expected", Some("unit_id"), "all units of the user are removed here, expected no `unit_id`";
        /// The role is of another integration, or of all [0-10].
        RoleScopeMismatch {
            /// The role given.
            role: RolePath,
        } = Invalid, "role_scope_mismatch", Some("role"), "`{role}` does not name this integration by its id, expected a role that does";
        /// The role is not in the catalog [0-10, C-5].
        RoleUnknown {
            /// The role given.
            role: RolePath,
        } = Invalid, "role_unknown", Some("role"), "`{role}` is not in the catalog, expected one of its roles";
        /// The role is not one that members of an organisation hold.
        RoleNotHeldHere {
            /// The role given.
            role: RolePath,
        } = Invalid, "role_not_held_here", Some("role"), "`{role}` is not held at an organisation, expected a role that is";
        /// The role is for organisations of another kind.
        RoleKindMismatch {
            /// The role given.
            role: RolePath,
        } = Invalid, "role_kind_mismatch", Some("role"), "`{role}` is for another kind of organisation, expected one for the kind of this";
        /// A plan names a person twice.
        DuplicatePerson {
            /// Who.
            person: Id,
        } = Invalid, "duplicate_person", Some("user_id"), "`{person}` a second time, expected each person once";
        /// The membership through which the role would be held has ended or not begun; giving the role would bring back all
        /// else that was held through it.
        MembershipNotValid {
            /// Whose.
            person: Id,
        } = Conflict, "membership_not_valid", Some("user_id"), "the membership of `{person}` is not valid now, expected one that is";
        /// Another member of the account has the same e-mail address [C-69].
        EmailExists = Conflict, "email_exists", Some("user_id"), "another member of the account has the same e-mail address";
        /// As many live in the unit as its limit allows [C-66].
        UnitFull {
            /// Which unit.
            unit: Id,
            /// Its limit.
            limit: u32,
        } = Conflict, "unit_full", Some("unit_id"), "`{unit}` has its {limit} residents, expected fewer before one is added";
        /// The person is blocked in the unit; a role does not lift that [C-27].
        ResidentBlocked {
            /// Who.
            person: Id,
        } = Conflict, "resident_blocked", Some("user_id"), "`{person}` is blocked in the unit, expected them to be unblocked first";
        /// Nobody would administer the unit any more [C-66].
        LastAdministrator {
            /// Who.
            person: Id,
        } = Conflict, "last_admin", Some("user_id"), "`{person}` is the last administrator of the unit, expected another one first";
        /// More than a fifth of the building users, and more than five, would go [1-19].
        MassRemoval {
            /// How many would go.
            removals: usize,
            /// Of how many.
            present: usize,
        } = Conflict, "mass_removal", Some("plan"), "{removals} of {present} building users would be removed, expected at most 5 or 20 %, or `force`";
        /// The plan was made of roles that have changed since.
        PlanOutdated {
            /// Whose roles.
            person: Id,
        } = Conflict, "plan_outdated", Some("from"), "the roles of `{person}` are not those of the plan, expected a plan of how things are now";
        /// A membership has as many roles as one can.
        TooManyRoles = Capacity, "too_many_roles", Some("role"), "the membership has {MAX_ENTRIES} roles, expected fewer before one is added";
        /// A plan, or a list to make one of, is longer than the library takes.
        TooManyRows {
            /// How many rows.
            rows: usize,
        } = Capacity, "too_many_rows", None, "{rows} people, expected at most {MAX_PLAN_ROWS} at once";
    }
}

impl BuildingUserError {
    /// What every family refuses alike, as one of this family.
    pub(crate) fn delegation(what: &'static str) -> Self {
        crate::error::AccessError::DelegationScope { what }.into()
    }
}
