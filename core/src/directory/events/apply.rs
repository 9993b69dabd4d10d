//! Applying what was stored: the only way in which a directory changes.

use alloc::string::{String, ToString};

use super::{Event, SecretChange};
use crate::directory::Directory;
use crate::directory::commands::{Change, EVENT_VERSION, HeldRole, Patch};
use crate::directory::edit::EditError;
use crate::directory::tables::PersonDetails;
use crate::error::{AccessError, EntityKind};
use crate::estate::{MembershipDoc, ResidencyDoc, ResidencyStatus};
use crate::id::Id;

/// Why a change cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// It was made for another revision; nothing was changed.
    #[error("a change that makes revision {found} does not follow revision {revision}")]
    StaleRevision {
        /// The revision of the directory.
        revision: u64,
        /// The revision that the change makes.
        found: u64,
    },
    /// It was written by a later version of this library; nothing was changed.
    #[error("events of version {found}, expected at most {}", EVENT_VERSION)]
    Version {
        /// The version of the events.
        found: u32,
    },
    /// An event does not fit: the change was made of another state, or was damaged. Events before it in the change were
    /// applied: the directory is of no use any more, and is to be made anew from the journal.
    #[error("event {position} of revision {revision} does not fit: {cause}")]
    Event {
        /// The revision that the change makes.
        revision: u64,
        /// Which of its events, from 0.
        position: usize,
        /// What does not fit.
        cause: String,
    },
}

impl ApplyError {
    /// The stable word for it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::StaleRevision { .. } => "stale_revision",
            Self::Version { .. } => "version",
            Self::Event { .. } => "event",
        }
    }
}

/// Why an event does not fit.
enum Misfit {
    Edit(EditError),
    Unknown(AccessError),
}

impl From<EditError> for Misfit {
    fn from(error: EditError) -> Self {
        Self::Edit(error)
    }
}

impl From<AccessError> for Misfit {
    fn from(error: AccessError) -> Self {
        Self::Unknown(error)
    }
}

impl core::fmt::Display for Misfit {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Edit(error) => error.fmt(f),
            Self::Unknown(error) => error.fmt(f),
        }
    }
}

type Applied = Result<(), Misfit>;

impl Directory {
    /// Applies a change that [`Directory::prepare`] made of this revision, here or in another directory of equal state.
    /// O(what the events concern).
    ///
    /// # Errors
    ///
    /// When it does not follow this revision, or is not of this state.
    pub fn apply(&mut self, change: &Change) -> Result<(), ApplyError> {
        let revision = self.revision();
        if revision.checked_add(1) != Some(change.revision) {
            return Err(ApplyError::StaleRevision { revision, found: change.revision });
        }
        if change.version == 0 || change.version > EVENT_VERSION {
            return Err(ApplyError::Version { found: change.version });
        }
        for (position, event) in change.events.iter().enumerate() {
            self.apply_event(event).map_err(|misfit| ApplyError::Event {
                revision: change.revision,
                position,
                cause: misfit.to_string(),
            })?;
        }
        self.set_revision(change.revision);
        Ok(())
    }

    fn apply_event(&mut self, event: &Event) -> Applied {
        match event {
            Event::EstateImported { estate } => self.apply_import(estate),
            Event::PersonCreated { .. }
            | Event::PersonContactSet { .. }
            | Event::PersonDetailsSet { .. }
            | Event::PersonStateSet { .. }
            | Event::UserWelcomed { .. } => self.apply_person(event),
            Event::BuildingUserAdded { .. }
            | Event::BuildingUserRemoved { .. }
            | Event::MembershipSet { .. }
            | Event::MembershipRemoved { .. }
            | Event::RoleGranted { .. }
            | Event::RoleRevoked { .. }
            | Event::PermissionGroupsSet { .. } => self.apply_membership(event),
            Event::ResidencySet { .. }
            | Event::ResidencyDisplayNameSet { .. }
            | Event::ResidencyRemoved { .. }
            | Event::UnitUserUpdated { .. }
            | Event::DeviceAdded { .. }
            | Event::DeviceRemoved { .. }
            | Event::SecretDiscarded { .. }
            | Event::UnitAdministratorsSet { .. }
            | Event::UnitTokenRotated { .. } => self.apply_residency(event),
            Event::OrganisationCreated { .. }
            | Event::OrganisationTextSet { .. }
            | Event::OrganisationMoved { .. }
            | Event::OrganisationsDeleted { .. }
            | Event::OrganisationsRestored { .. }
            | Event::OrganisationPurged { .. }
            | Event::ServedBuildingsSet { .. } => self.apply_organisation(event),
            _ => self.apply_place_or_definition(event),
        }
    }

    fn apply_import(&mut self, estate: &crate::Estate) -> Applied {
        let imported = Self::new(estate.clone()).map_err(|faults| {
            Misfit::Unknown(AccessError::not_found(EntityKind::Account, &faults))
        })?;
        *self = imported;
        Ok(())
    }

    fn apply_person(&mut self, event: &Event) -> Applied {
        match event {
            Event::PersonCreated { person } => {
                self.insert_person(person)?;
            }
            Event::PersonDetailsSet { person, first_name, last_name, identifier } => {
                let person = self.person_handle(person)?;
                let details = PersonDetails::new(
                    first_name.as_deref(),
                    last_name.as_deref(),
                    identifier.as_deref(),
                );
                self.set_person_details(person, details)?;
            }
            Event::PersonContactSet { person, name, email, phone } => {
                let person = self.person_handle(person)?;
                self.set_contact(person, name.as_deref(), email.as_deref(), phone.as_deref())?;
            }
            Event::PersonStateSet { person, state } => {
                let person = self.person_handle(person)?;
                self.set_person_state(person, *state)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn apply_membership(&mut self, event: &Event) -> Applied {
        match event {
            Event::BuildingUserAdded {
                person,
                organisation,
                role,
                membership_created,
                valid,
                ..
            } => {
                if *membership_created {
                    self.set_membership(&bare_membership(person, organisation))?;
                }
                let (person, organisation) = self.member_handles(person, organisation)?;
                self.grant_role(person, organisation, role, valid.as_ref())?;
            }
            Event::BuildingUserRemoved { person, roles_removed, units_removed, .. } => {
                for HeldRole { organisation, role } in roles_removed {
                    let (person, organisation) = self.member_handles(person, organisation)?;
                    self.revoke_role(person, organisation, role)?;
                }
                for unit in units_removed {
                    let (person, unit) = self.resident_handles(person, unit)?;
                    self.remove_residency(person, unit)?;
                }
            }
            Event::MembershipSet { membership, .. } => self.set_membership(membership)?,
            Event::MembershipRemoved { person, organisation } => {
                let (person, organisation) = self.member_handles(person, organisation)?;
                self.remove_membership(person, organisation)?;
            }
            Event::RoleGranted { person, organisation, role, valid } => {
                let (person, organisation) = self.member_handles(person, organisation)?;
                self.grant_role(person, organisation, role, valid.as_ref())?;
            }
            Event::RoleRevoked { person, organisation, role } => {
                let (person, organisation) = self.member_handles(person, organisation)?;
                self.revoke_role(person, organisation, role)?;
            }
            Event::PermissionGroupsSet { person, organisation, groups } => {
                let (person, organisation) = self.member_handles(person, organisation)?;
                self.set_member_groups(person, organisation, groups)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn apply_residency(&mut self, event: &Event) -> Applied {
        match event {
            Event::ResidencySet { residency } => self.apply_residency_row(residency)?,
            Event::ResidencyDisplayNameSet { person, unit, display_name } => {
                let (person, unit) = self.resident_handles(person, unit)?;
                let mut row = self.residency_row(person, unit)?;
                row.display_name.clone_from(display_name);
                self.set_residency(&row)?;
            }
            Event::ResidencyRemoved { person, unit } => {
                let (person, unit) = self.resident_handles(person, unit)?;
                self.remove_residency(person, unit)?;
            }
            Event::UnitUserUpdated { person, unit, status, secret, .. } => {
                self.apply_unit_user(person, unit, *status, secret.as_ref())?;
            }
            Event::DeviceAdded { person, unit, device } => {
                let (person, unit) = self.resident_handles(person, unit)?;
                let mut devices = self.residency_row(person, unit)?.devices;
                devices.retain(|known| known.device_id != device.device_id);
                devices.push(device.clone());
                self.set_devices(person, unit, devices)?;
            }
            Event::DeviceRemoved { person, unit, device_id } => {
                let (person, unit) = self.resident_handles(person, unit)?;
                let mut devices = self.residency_row(person, unit)?.devices;
                devices.retain(|known| known.device_id != *device_id);
                self.set_devices(person, unit, devices)?;
            }
            Event::SecretDiscarded { person, unit, .. } => {
                let (person, unit) = self.resident_handles(person, unit)?;
                self.set_residency_secret(person, unit, None)?;
            }
            Event::UnitAdministratorsSet { unit, administrators } => {
                let unit = self.known(EntityKind::Unit, unit.as_ref())?;
                self.set_unit_administrators(unit, administrators)?;
            }
            Event::UnitTokenRotated { unit, generation } => {
                let unit = self.known(EntityKind::Unit, unit.as_ref())?;
                self.set_token_generation(unit, *generation)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The row as said, with the display name, secret and devices that there are.
    fn apply_residency_row(&mut self, residency: &ResidencyDoc) -> Applied {
        let (person, unit) = self.resident_handles(&residency.person, &residency.unit)?;
        let mut row = residency.clone();
        if let Some(kept) = self.residency_doc(person, unit) {
            (row.display_name, row.secret, row.devices) =
                (kept.display_name, kept.secret, kept.devices);
        }
        Ok(self.set_residency(&row)?)
    }

    fn apply_unit_user(
        &mut self,
        person: &Id,
        unit: &Id,
        status: Option<ResidencyStatus>,
        secret: Option<&SecretChange>,
    ) -> Applied {
        let (person, unit) = self.resident_handles(person, unit)?;
        if let Some(status) = status {
            self.set_residency_status(person, unit, status)?;
        }
        if let Some(change) = secret {
            self.set_residency_secret(person, unit, Some(&change.secret))?;
        }
        Ok(())
    }

    fn apply_organisation(&mut self, event: &Event) -> Applied {
        match event {
            Event::OrganisationCreated { organisation } => {
                self.insert_organisation(organisation)?;
            }
            Event::OrganisationTextSet { organisation, name, description } => {
                let organisation = self.known_organisation(organisation)?;
                let description = match description {
                    Patch::Unchanged => None,
                    Patch::Clear => Some(None),
                    Patch::Set(text) => Some(Some(&**text)),
                };
                self.set_organisation_text(organisation, name.as_ref(), description)?;
            }
            Event::OrganisationMoved { organisation, parent } => {
                let organisation = self.known_organisation(organisation)?;
                let parent =
                    parent.as_ref().map(|parent| self.known_organisation(parent)).transpose()?;
                self.move_organisation(organisation, parent)?;
            }
            Event::OrganisationsDeleted { deletion, organisations } => {
                for organisation in organisations {
                    let organisation = self.known_organisation(organisation)?;
                    self.set_deletion(organisation, Some(deletion))?;
                }
            }
            Event::OrganisationsRestored { organisations, .. } => {
                for organisation in organisations {
                    let organisation = self.known_organisation(organisation)?;
                    self.set_deletion(organisation, None)?;
                }
            }
            Event::OrganisationPurged { organisation } => {
                let organisation = self.known_organisation(organisation)?;
                self.purge_organisation(organisation)?;
            }
            Event::ServedBuildingsSet { organisation, buildings } => {
                let organisation = self.known_organisation(organisation)?;
                let known = |id: &Id| self.known(EntityKind::Building, id.as_ref());
                let buildings =
                    buildings.iter().map(known).collect::<Result<alloc::vec::Vec<_>, _>>()?;
                self.set_served_buildings(organisation, &buildings)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn apply_place_or_definition(&mut self, event: &Event) -> Applied {
        match event {
            Event::BuildingCreated { building } => {
                self.insert_building(building)?;
            }
            Event::BuildingUpdated { building } => {
                let handle = self.known(EntityKind::Building, building.id.as_ref())?;
                self.replace_building(handle, building)?;
            }
            Event::BuildingRemoved { building } => {
                let handle = self.known(EntityKind::Building, building.as_ref())?;
                self.remove_building(handle)?;
            }
            Event::IntegrationCreated { integration } => {
                self.insert_integration(integration)?;
            }
            Event::IntegrationUpdated { integration } => {
                let handle = self.known(EntityKind::Integration, integration.id.as_ref())?;
                self.replace_integration(handle, integration)?;
            }
            Event::IntegrationRemoved { integration } => {
                let handle = self.known(EntityKind::Integration, integration.as_ref())?;
                self.remove_integration(handle)?;
            }
            Event::UnitCreated { unit } => {
                self.insert_unit(unit)?;
            }
            Event::UnitUpdated { unit } => {
                let handle = self.known(EntityKind::Unit, unit.id.as_ref())?;
                self.replace_unit(handle, unit)?;
            }
            Event::UnitRemoved { unit } => {
                let handle = self.known(EntityKind::Unit, unit.as_ref())?;
                self.remove_unit(handle)?;
            }
            Event::DoorCreated { door } => {
                self.insert_door(door)?;
            }
            Event::DoorUpdated { door } => {
                let handle = self.known(EntityKind::Door, door.id.as_ref())?;
                self.replace_door(handle, door)?;
            }
            Event::DoorRemoved { door } => {
                let handle = self.known(EntityKind::Door, door.as_ref())?;
                self.remove_door(handle)?;
            }
            Event::PermissionGroupDefined { permission_group } => {
                self.set_permission_group(permission_group)?;
            }
            Event::JobFunctionDefined { job_function } => {
                self.set_job_function(job_function)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn person_handle(&self, person: &Id) -> Result<u32, Misfit> {
        Ok(self.known(EntityKind::Person, person.as_ref())?)
    }

    fn member_handles(&self, person: &Id, organisation: &Id) -> Result<(u32, u32), Misfit> {
        Ok((self.person_handle(person)?, self.known_organisation(organisation)?))
    }

    fn resident_handles(&self, person: &Id, unit: &Id) -> Result<(u32, u32), Misfit> {
        Ok((self.person_handle(person)?, self.known(EntityKind::Unit, unit.as_ref())?))
    }

    fn residency_row(&self, person: u32, unit: u32) -> Result<ResidencyDoc, Misfit> {
        self.residency_doc(person, unit).ok_or(Misfit::Edit(EditError::Missing("residency")))
    }
}

/// A membership that grants nothing, into which a role is put [C-10].
fn bare_membership(person: &Id, organisation: &Id) -> MembershipDoc {
    MembershipDoc {
        person: person.clone(),
        organisation: organisation.clone(),
        valid: None,
        roles: alloc::vec::Vec::new(),
        permission_groups: Some(alloc::vec::Vec::new()),
        job_function: None,
        building_access: None,
    }
}
