//! Devices of unit users [2-47..2-50, C-2].

use alloc::vec::Vec;

use super::resolve::UnitUser;
use super::{AddUnitUserDevice, RemoveUnitUserDevice, UnitUserError, UnitUserPath};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::building_users::is_unit_scoped;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::error::{AccessError, EntityKind};
use crate::estate::is_text;
use crate::estate::{DeviceDoc, Printable};
use crate::limits::{
    MAX_ATTRIBUTE_CHARS, MAX_ATTRIBUTE_NAME_CHARS, MAX_DEVICE_ATTRIBUTES, MAX_DEVICE_ID_CHARS,
    MAX_ENTRIES,
};

impl Directory {
    pub(crate) fn draft_add_unit_user_device(
        &self,
        context: &Context,
        command: &AddUnitUserDevice,
    ) -> Result<Drafted, UnitUserError> {
        let AddUnitUserDevice { property, person, unit, device } = command;
        let caller = Caller::authenticate(self, context)?;
        let path = UnitUserPath { property, person, unit: unit.as_ref() };
        let user = path.one(caller, "unit_users:update")?;
        user.check_not_staff_at_home()?;
        check_device(device)?;
        let devices = user.devices();
        let known = devices.iter().find(|known| known.device_id == device.device_id);
        if known.is_none() && devices.len() >= MAX_ENTRIES {
            return Err(UnitUserError::TooManyDevices);
        }
        if known == Some(device) {
            return Ok(Drafted::unchanged(OutcomeDetails::None));
        }
        let kind = if known.is_some() { OutcomeKind::Updated } else { OutcomeKind::Created };
        let event = Event::DeviceAdded {
            person: self.person_id(user.person),
            unit: self.unit_id(user.unit),
            device: device.clone(),
        };
        let events = alloc::vec![event];
        Ok(Drafted { kind, details: OutcomeDetails::None, basis: user.basis, events })
    }

    pub(crate) fn draft_remove_unit_user_device(
        &self,
        context: &Context,
        command: &RemoveUnitUserDevice,
    ) -> Result<Drafted, UnitUserError> {
        let RemoveUnitUserDevice { property, person, device_id } = command;
        let caller = Caller::authenticate(self, context)?;
        let path = UnitUserPath { property, person, unit: None };
        let mut having = path.all(caller, "unit_devices:delete")?;
        having.retain(|user| user.devices().iter().any(|known| known.device_id == *device_id));
        let Some(first) = having.first() else {
            return Err(AccessError::not_found(EntityKind::Device, &Printable(device_id)).into());
        };
        let basis = first.basis;
        for user in &having {
            user.check_not_staff_at_home()?;
        }
        let removed = having.iter().map(|user| Event::DeviceRemoved {
            person: self.person_id(user.person),
            unit: self.unit_id(user.unit),
            device_id: device_id.clone(),
        });
        let events: Vec<Event> = removed.collect();
        Ok(Drafted { kind: OutcomeKind::Removed, details: OutcomeDetails::None, basis, events })
    }
}

impl UnitUser<'_> {
    /// The devices of the residency.
    pub(crate) fn devices(&self) -> &[DeviceDoc] {
        let devices = self.caller.directory.residencies.devices.get(&self.row);
        devices.map(Vec::as_slice).unwrap_or_default()
    }

    /// Step 4, of the person: by what staff use to open doors of the building, no household but themselves gets at them.
    pub(super) fn check_not_staff_at_home(&self) -> Result<(), UnitUserError> {
        let Caller { directory, at, .. } = self.caller;
        let is_of_another = self.caller.person() != Some(self.person);
        if is_unit_scoped(self.basis)
            && is_of_another
            && directory.is_staff_around(self.person, self.unit, at)
        {
            let what = "passphrase and devices of somebody who is more than a resident there";
            return Err(AccessError::DelegationScope { what }.into());
        }
        Ok(())
    }
}

/// Step 5: the bounds of a device, which a host that builds one in code may break.
fn check_device(device: &DeviceDoc) -> Result<(), UnitUserError> {
    let is_filled = |text: &str, most| !text.is_empty() && is_text(text, most);
    if !is_filled(&device.device_id, MAX_DEVICE_ID_CHARS) {
        let expected = "a `device_id` of 1 to 128 characters without control characters";
        return Err(UnitUserError::InvalidDevice { expected });
    }
    let mut attributes = device.attributes.iter();
    let is_attribute = |name: &str, text: &str| {
        is_filled(name, MAX_ATTRIBUTE_NAME_CHARS) && is_text(text, MAX_ATTRIBUTE_CHARS)
    };
    let is_bounded = device.attributes.len() <= MAX_DEVICE_ATTRIBUTES
        && attributes.all(|(name, text)| is_attribute(name, text));
    if is_bounded {
        return Ok(());
    }
    let expected = "at most 32 attributes: texts of up to 255 characters by names of 1 to 64";
    Err(UnitUserError::InvalidDevice { expected })
}
