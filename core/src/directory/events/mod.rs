//! What changed: events, which the host stores and which, applied in order to an empty directory, make this one again.
//!
//! Events are appended to, never altered: a field that is added later has a default that means what was meant before.
//! Names, e-mail addresses and telephone numbers travel in events of their own ([`Event::personal_data_of`]), which no
//! decision reads: a host that leaves those of a person out, to erase them, replays to the same policy digest.

mod apply;
mod effects;

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

pub use self::apply::ApplyError;
pub use self::effects::{EffectId, EffectTask, HostEffect};
use crate::directory::commands::{HeldRole, Patch};
use crate::estate::{
    AdministratorEntry, BuildingDoc, Deletion, DeviceDoc, DoorDoc, Estate, GrantedGroup,
    IntegrationDoc, JobFunctionDoc, LocalizedText, MembershipDoc, OrganisationDoc,
    PermissionGroupDoc, PersonDoc, PersonState, ResidencyDoc, ResidencyStatus, UnitDoc,
    ValidityDoc,
};
use crate::id::Id;
use crate::path::RolePath;

/// Where the groups of a new member came from [C-30].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupSource {
    /// Named in the command.
    Explicit,
    /// Those with which the job function starts.
    JobFunction,
}

/// A secret that took the place of another. References only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretChange {
    /// The reference from now on.
    pub secret: Id,
    /// Whether the host must make it; else it is kept already.
    pub is_generated: bool,
    /// The reference before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<Id>,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Event {
    /// A whole estate came into an empty directory; without names, addresses, numbers and display names.
    EstateImported {
        /// The estate.
        estate: Box<Estate>,
    },

    /// A person is known; without name, address and number.
    PersonCreated {
        /// The person.
        person: PersonDoc,
    },
    /// How to reach a person. Personal data.
    PersonContactSet {
        /// Whose.
        person: Id,
        /// Full name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Box<str>>,
        /// E-mail address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<Box<str>>,
        /// Telephone number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<Box<str>>,
    },
    /// What else is known of a person and read by nobody here: an event of its own, so that whoever only changes a telephone
    /// number need not know it. Personal data.
    PersonDetailsSet {
        /// Whose.
        person: Id,
        /// First name, where it is known apart [4-8].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first_name: Option<Box<str>>,
        /// Last name, where it is known apart [4-8].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_name: Option<Box<str>>,
        /// The number of an employee [4-15].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        identifier: Option<Box<str>>,
    },
    /// Whether a person is in good standing.
    PersonStateSet {
        /// Whose.
        person: Id,
        /// From now on.
        state: PersonState,
    },
    /// A user is to be welcomed [4-9]. Changes nothing in the directory.
    UserWelcomed {
        /// Whom.
        person: Id,
    },

    /// A person holds a role on an integration [0-3].
    BuildingUserAdded {
        /// The integration.
        integration: Id,
        /// Who.
        person: Id,
        /// At which organisation the role is held.
        organisation: Id,
        /// The role.
        role: RolePath,
        /// Whether a membership of the organisation came with it [C-10].
        membership_created: bool,
        /// The window of the role; none: always.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid: Option<ValidityDoc>,
    },
    /// A person holds no role on an integration any more [0-4, C-9].
    BuildingUserRemoved {
        /// The integration.
        integration: Id,
        /// Who.
        person: Id,
        /// The roles that went.
        roles_removed: Vec<HeldRole>,
        /// The units whose residencies went.
        units_removed: Vec<Id>,
    },

    /// A membership is as said, with all roles and groups; a new one, or in place of the one there was.
    MembershipSet {
        /// The whole row.
        membership: MembershipDoc,
        /// Where its groups came from, where it is new [C-30].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<GroupSource>,
    },
    /// A membership ended, with all that was held through it.
    MembershipRemoved {
        /// Whose.
        person: Id,
        /// Of what.
        organisation: Id,
    },
    /// A role of a membership, or the window of one.
    RoleGranted {
        /// Whose.
        person: Id,
        /// Where.
        organisation: Id,
        /// The role.
        role: RolePath,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid: Option<ValidityDoc>,
    },
    /// A role of a membership no longer held.
    RoleRevoked {
        /// Whose.
        person: Id,
        /// Where.
        organisation: Id,
        /// The role.
        role: RolePath,
    },
    /// The permission groups of a membership, all of them [4-20, C-31].
    PermissionGroupsSet {
        /// Whose.
        person: Id,
        /// Where.
        organisation: Id,
        /// Exactly these.
        groups: Vec<GrantedGroup>,
    },

    /// A residency is as said; a new one, or in place of the one there was. Without its display name, secret and devices,
    /// which stay as they are.
    ResidencySet {
        /// The row.
        residency: ResidencyDoc,
    },
    /// The name in the lobby directory. Personal data.
    ResidencyDisplayNameSet {
        /// Whose.
        person: Id,
        /// In which unit.
        unit: Id,
        /// The name; none: the person's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        display_name: Option<Box<str>>,
    },
    /// A residency ended.
    ResidencyRemoved {
        /// Whose.
        person: Id,
        /// In which unit.
        unit: Id,
    },
    /// A unit user was updated [2-25]; how to reach them is in an event of its own.
    UnitUserUpdated {
        /// Who.
        person: Id,
        /// In which unit.
        unit: Id,
        /// The status from now on, where it changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<ResidencyStatus>,
        /// The secret from now on, where it changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret: Option<SecretChange>,
        /// The host's operation that updates the persona.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        persona_update: Option<Id>,
        /// The host's operation that updates the network.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dpsk_update: Option<Id>,
    },
    /// A device of a unit user is known.
    DeviceAdded {
        /// Whose.
        person: Id,
        /// In which unit.
        unit: Id,
        /// The device.
        device: DeviceDoc,
    },
    /// A device of a unit user is gone [2-49].
    DeviceRemoved {
        /// Whose.
        person: Id,
        /// In which unit.
        unit: Id,
        /// Which.
        device_id: Box<str>,
    },
    /// A secret counts no longer, and nothing takes its place: the residency ends.
    SecretDiscarded {
        /// Whose.
        person: Id,
        /// In which unit.
        unit: Id,
        /// What it was called.
        secret: Id,
    },
    /// The administrators of a unit, all of them [C-66].
    UnitAdministratorsSet {
        /// Of which unit.
        unit: Id,
        /// Exactly these.
        administrators: Vec<AdministratorEntry>,
    },
    /// Tokens of a unit of an earlier generation no longer count [2-5].
    UnitTokenRotated {
        /// Of which unit.
        unit: Id,
        /// From now on.
        generation: u64,
    },

    /// An organisation is there.
    OrganisationCreated {
        /// The organisation.
        organisation: OrganisationDoc,
    },
    /// The texts of an organisation.
    OrganisationTextSet {
        /// Whose.
        organisation: Id,
        /// The name, where it changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<LocalizedText>,
        /// The description, where it changed.
        #[serde(default, skip_serializing_if = "Patch::is_unchanged")]
        description: Patch<Box<str>>,
    },
    /// An organisation stands elsewhere, with all below it.
    OrganisationMoved {
        /// Which.
        organisation: Id,
        /// Below what; none: a root.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<Id>,
    },
    /// Organisations were deleted, reversibly, by one deletion [C-40].
    OrganisationsDeleted {
        /// When, and the id that all of them share.
        deletion: Deletion,
        /// Which.
        organisations: Vec<Id>,
    },
    /// Organisations are live again [C-42].
    OrganisationsRestored {
        /// The deletion that is undone.
        deletion: Id,
        /// Which.
        organisations: Vec<Id>,
    },
    /// An organisation is gone for ever, and with it its memberships; its id is never used again [3-24].
    OrganisationPurged {
        /// Which.
        organisation: Id,
    },
    /// The buildings that an organisation serves, all of them [C-69].
    ServedBuildingsSet {
        /// Which organisation.
        organisation: Id,
        /// Exactly these.
        buildings: Vec<Id>,
    },

    /// A building is there.
    BuildingCreated {
        /// The building.
        building: BuildingDoc,
    },
    /// A building is as said.
    BuildingUpdated {
        /// The whole row.
        building: BuildingDoc,
    },
    /// A building is gone.
    BuildingRemoved {
        /// Which.
        building: Id,
    },
    /// An integration is there.
    IntegrationCreated {
        /// The integration.
        integration: IntegrationDoc,
    },
    /// An integration is as said.
    IntegrationUpdated {
        /// The whole row.
        integration: IntegrationDoc,
    },
    /// An integration is gone.
    IntegrationRemoved {
        /// Which.
        integration: Id,
    },
    /// A unit is there.
    UnitCreated {
        /// The unit.
        unit: UnitDoc,
    },
    /// A unit is as said.
    UnitUpdated {
        /// The whole row.
        unit: UnitDoc,
    },
    /// A unit is gone.
    UnitRemoved {
        /// Which.
        unit: Id,
    },
    /// A door is there.
    DoorCreated {
        /// The door.
        door: DoorDoc,
    },
    /// A door is as said.
    DoorUpdated {
        /// The whole row.
        door: DoorDoc,
    },
    /// A door is gone.
    DoorRemoved {
        /// Which.
        door: Id,
    },

    /// What a permission group holds; a new one, or in place of the one there was.
    PermissionGroupDefined {
        /// The whole row.
        permission_group: PermissionGroupDoc,
    },
    /// The groups with which a job function starts; a new one, or in place of the one there was.
    JobFunctionDefined {
        /// The whole row.
        job_function: JobFunctionDoc,
    },
}

impl Event {
    /// Whose personal data the event carries, and no decision reads; none where it carries none. To erase a person, a
    /// host leaves such events of theirs out of its journal.
    #[must_use]
    pub const fn personal_data_of(&self) -> Option<&Id> {
        match self {
            Self::PersonContactSet { person, .. }
            | Self::PersonDetailsSet { person, .. }
            | Self::ResidencyDisplayNameSet { person, .. } => Some(person),
            _ => None,
        }
    }
}
