//! Commands: what a host asks a directory to change [E.4, C-86].
//!
//! `prepare` looks and changes nothing; what it yields is stored by the host, and then applied. `execute` does both, for
//! hosts without a journal. The checks of every command come in the order of C-16.

mod building_users;
mod change_error;
mod contact;
mod context;
mod definitions;
mod gifts;
mod last_administrator;
mod memberships;
mod organisations;
mod outcome;
mod over_person;
mod patch;
mod people;
mod permission_groups;
mod places;
mod plan;
mod read;
mod residents;
mod rows;
mod unit_users;
mod user_error;
mod users;

use serde::Serialize;

pub(crate) use self::building_users::Site;
pub use self::building_users::{
    AddBuildingUser, BuildingUserError, RemoveBuildingUser, SetSiteRole,
};
pub use self::change_error::ChangeError;
pub use self::context::{Actor, Context};
pub use self::definitions::{
    DefineJobFunction, DefinePermissionGroup, DefinitionError, ImportEstate,
};
pub use self::memberships::{AddMembership, RemoveMembership, UpdateMembership};
pub use self::organisations::{
    CreateOrganisation, OrganisationError, PurgeOrganisation, PurgePrecondition,
    RestoreOrganisation, SetServedBuildings, SoftDeleteOrganisation, Stranded, UpdateOrganisation,
};
pub(crate) use self::outcome::Drafted;
pub use self::outcome::{Change, EVENT_VERSION, HeldRole, Outcome, OutcomeDetails, OutcomeKind};
pub use self::patch::Patch;
pub use self::people::{CreatePerson, DeletePerson, UpdatePerson};
pub use self::permission_groups::SetPermissionGroups;
pub use self::places::{
    CreateBuilding, CreateDoor, CreateIntegration, CreateUnit, PlaceError, RemoveBuilding,
    RemoveDoor, RemoveIntegration, RemoveUnit, UpdateBuilding, UpdateDoor, UpdateIntegration,
    UpdateUnit,
};
pub(crate) use self::plan::check_size;
pub use self::plan::{
    ApplyResidentPlan, DesiredBuildingUser, PlanError, PlanRow, PlannedUser, ResidentPlan,
    RoleChange,
};
pub use self::residents::{
    AddResident, RemoveResident, ResidentError, RotateUnitToken, SetUnitAdministrators,
    UpdateResident,
};
pub use self::unit_users::{
    AddUnitUserDevice, PassphrasePatch, RemoveUnitUserDevice, UnitUserError, UnitUserPatch,
    UpdateUnitUser, check_passphrase,
};
pub(crate) use self::unit_users::{UnitUser, UnitUserPath};
pub use self::user_error::UserError;
pub use self::users::{CreateUser, UserType};
use super::Directory;
use crate::error::{ApiError, CheckStep, ErrorClass, ErrorDetail};
use crate::read::{Read, Reader};

macro_rules! commands {
    ($($(#[$meta:meta])* $name:ident = $word:literal, $prepare:ident;)+) => {
        /// Everything that can be asked to change. As JSON an object whose `command` is one of [`Command::NAMES`].
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(tag = "command")]
        #[non_exhaustive]
        pub enum Command {
            $($(#[$meta])* #[serde(rename = $word)] $name($name),)+
        }

        impl Command {
            /// The names of all commands, as in JSON.
            pub const NAMES: &'static [&'static str] = &[$($word),+];

            /// The name of this one.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $word,)+
                }
            }
        }

        impl Directory {
            fn draft(&self, context: &Context, command: &Command) -> Result<Drafted, Error> {
                match command {
                    $(Command::$name(command) => Ok(self.$prepare(context, command)?),)+
                }
            }
        }

        /// The readers of the commands, in the order of their names.
        const READERS: &[Reader<Command>] =
            &[$(|node, cx| $name::read(node, cx).map(Command::$name),)+];

        $(impl From<$name> for Command {
            fn from(command: $name) -> Self {
                Self::$name(command)
            }
        })+
    };
}

commands! {
    /// Gives somebody a role on an integration [0-3].
    AddBuildingUser = "add_building_user", draft_add_building_user;
    /// Takes all roles on an integration, and the apartments there [0-4].
    RemoveBuildingUser = "remove_building_user", draft_remove_building_user;
    /// Replaces all roles on an integration by one [C-8].
    SetSiteRole = "set_site_role", draft_set_site_role;
    /// Carries out a plan, whole or not at all [1-19].
    ApplyResidentPlan = "apply_resident_plan", draft_apply_resident_plan;
    /// Updates a unit user in part [2-23].
    UpdateUnitUser = "update_unit_user", draft_update_unit_user;
    /// Notes a device of a unit user.
    AddUnitUserDevice = "add_unit_user_device", draft_add_unit_user_device;
    /// Removes a device of a unit user [2-49].
    RemoveUnitUserDevice = "remove_unit_user_device", draft_remove_unit_user_device;
    /// Creates an organisation [3-6].
    CreateOrganisation = "create_org", draft_create_organisation;
    /// Renames, describes or moves an organisation [3-8].
    UpdateOrganisation = "update_org", draft_update_organisation;
    /// Deletes an organisation reversibly [3-9].
    SoftDeleteOrganisation = "soft_delete_org", draft_soft_delete_organisation;
    /// Undoes a deletion exactly [3-23].
    RestoreOrganisation = "restore_org", draft_restore_organisation;
    /// Removes an organisation for ever [3-10].
    PurgeOrganisation = "purge_org", draft_purge_organisation;
    /// Says which buildings an organisation serves [C-69].
    SetServedBuildings = "set_served_buildings", draft_set_served_buildings;
    /// Creates a user of a company [4-1].
    CreateUser = "create_user", draft_create_user;
    /// Replaces a user's permission groups [4-19].
    SetPermissionGroups = "set_permission_groups", draft_set_permission_groups;
    /// Makes a known person a member of a further organisation [4-24].
    AddMembership = "add_membership", draft_add_membership;
    /// Replaces what a member holds.
    UpdateMembership = "update_membership", draft_update_membership;
    /// Ends a membership.
    RemoveMembership = "remove_membership", draft_remove_membership;
    /// Makes a person known, who belongs to nothing yet.
    CreatePerson = "create_person", draft_create_person;
    /// Updates how to reach a person, or blocks them everywhere.
    UpdatePerson = "update_person", draft_update_person;
    /// Deletes a person, reversibly, or erases their personal data too.
    DeletePerson = "delete_person", draft_delete_person;
    /// Makes somebody a resident of a unit.
    AddResident = "add_resident", draft_add_resident;
    /// Updates a residency.
    UpdateResident = "update_resident", draft_update_resident;
    /// Ends a residency.
    RemoveResident = "remove_resident", draft_remove_resident;
    /// Says who administers a unit [C-66].
    SetUnitAdministrators = "set_unit_administrators", draft_set_unit_administrators;
    /// Makes the tokens of a unit count no longer [2-5].
    RotateUnitToken = "rotate_unit_token", draft_rotate_unit_token;
    /// Creates a building.
    CreateBuilding = "create_building", draft_create_building;
    /// Replaces a building's row.
    UpdateBuilding = "update_building", draft_update_building;
    /// Removes a building that nothing refers to.
    RemoveBuilding = "remove_building", draft_remove_building;
    /// Creates an integration.
    CreateIntegration = "create_integration", draft_create_integration;
    /// Replaces an integration's row.
    UpdateIntegration = "update_integration", draft_update_integration;
    /// Removes an integration that nothing refers to.
    RemoveIntegration = "remove_integration", draft_remove_integration;
    /// Creates a unit.
    CreateUnit = "create_unit", draft_create_unit;
    /// Replaces a unit's row.
    UpdateUnit = "update_unit", draft_update_unit;
    /// Removes a unit that nothing refers to.
    RemoveUnit = "remove_unit", draft_remove_unit;
    /// Creates a door.
    CreateDoor = "create_door", draft_create_door;
    /// Replaces a door's row.
    UpdateDoor = "update_door", draft_update_door;
    /// Removes a door.
    RemoveDoor = "remove_door", draft_remove_door;
    /// Says what a permission group holds.
    DefinePermissionGroup = "define_permission_group", draft_define_permission_group;
    /// Says with which groups a job function starts.
    DefineJobFunction = "define_job_function", draft_define_job_function;
    /// Brings a whole estate into an empty directory.
    ImportEstate = "import_estate", draft_import_estate;
}

macro_rules! any_error {
    ($($(#[$meta:meta])* $variant:ident($error:ty);)+) => {
        /// Why an operation is refused. The directory is as it was.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[error(transparent)]
        #[non_exhaustive]
        pub enum Error {
            $($(#[$meta])* $variant(#[from] $error),)+
        }

        impl Error {
            /// The class.
            #[must_use]
            pub const fn class(&self) -> ErrorClass {
                match self { $(Self::$variant(error) => error.class(),)+ }
            }

            /// The stable code.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$variant(error) => error.code(),)+ }
            }

            /// The field at fault, as it is named on the wire.
            #[must_use]
            pub fn field(&self) -> Option<&'static str> {
                match self { $(Self::$variant(error) => error.field(),)+ }
            }

            /// The step of C-16 at which it was found.
            #[must_use]
            pub const fn step(&self) -> CheckStep {
                match self { $(Self::$variant(error) => error.step(),)+ }
            }

            fn details(&self) -> alloc::vec::Vec<ErrorDetail> {
                match self { $(Self::$variant(error) => error.details(),)+ }
            }
        }
    };
}

any_error! {
    /// Of building users.
    BuildingUser(BuildingUserError);
    /// Of plans of building users.
    Plan(PlanError);
    /// Of unit users and devices.
    UnitUser(UnitUserError);
    /// Of organisations.
    Organisation(OrganisationError);
    /// Of users, memberships, people and permission groups.
    User(UserError);
    /// Of residents, administrators and tokens of units.
    Resident(ResidentError);
    /// Of buildings, integrations, units and doors.
    Place(PlaceError);
    /// Of permission groups, job functions and imports.
    Definition(DefinitionError);
    /// Of every command: no room, or a change that does not apply.
    Change(ChangeError);
}

impl Error {
    /// The HTTP status [E.1].
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.class().status()
    }

    /// The body of the answer [0-21].
    #[must_use]
    pub fn to_api_error(&self, context: &Context) -> ApiError {
        use alloc::string::ToString;
        ApiError {
            message: self.to_string(),
            error_code: self.code().into(),
            correlation_id: context.correlation_id.as_ref().map(ToString::to_string),
            details: self.details(),
        }
    }
}

impl Directory {
    /// Looks whether a command may be carried out, and what it would change. Changes nothing. The host stores the change,
    /// then applies it.
    ///
    /// # Errors
    ///
    /// The first check of C-16 that fails.
    pub fn prepare(&self, context: &Context, command: &Command) -> Result<Outcome, Error> {
        let Drafted { kind, details, basis, events } = self.draft(context, command)?;
        self.check_room(&events)?;
        let change = (!events.is_empty()).then(|| Change {
            revision: self.revision().saturating_add(1),
            version: EVENT_VERSION,
            at: context.at,
            actor: context.actor.clone(),
            acting_org: context.acting_org.clone(),
            correlation_id: context.correlation_id.clone(),
            basis,
            events,
        });
        let effects = change.as_ref().map(Change::effects).unwrap_or_default();
        Ok(Outcome { kind, details, change, effects })
    }

    /// Prepares a command and applies what it changes, for hosts that keep no journal.
    ///
    /// # Errors
    ///
    /// As [`Directory::prepare`]; the directory is as it was. An [`ApplyError::Event`] says that the directory was of no
    /// use before, for what was prepared of a good one applies to it.
    ///
    /// [`ApplyError::Event`]: crate::ApplyError::Event
    pub fn execute(
        &mut self,
        context: &Context,
        command: impl Into<Command>,
    ) -> Result<Outcome, Error> {
        let outcome = self.prepare(context, &command.into())?;
        if let Some(change) = &outcome.change {
            self.apply(change).map_err(ChangeError::from)?;
        }
        Ok(outcome)
    }
}
