//! Residencies.

use super::{EditError, find, set};
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::directory::load::residency_grant;
use crate::directory::tables::Residency;
use crate::estate::{DeviceDoc, ResidencyDoc, ResidencyStatus};
use crate::facts::{Form, NONE};
use crate::id::Id;

impl Directory {
    /// Adds a residency, or replaces the whole of it.
    pub(crate) fn set_residency(&mut self, doc: &ResidencyDoc) -> Result<(), EditError> {
        let person = find(&self.people.ids, &doc.person)?;
        let unit = find(&self.units.ids, &doc.unit)?;
        let condition = self.number_of(doc.valid.as_ref());
        let residency = Residency::of(doc, person, unit, condition);
        let row = self.residency(person, unit).unwrap_or_else(|| {
            let residencies = &mut self.residencies;
            let row = residencies.free.pop().unwrap_or_else(|| {
                residencies.rows.push(residency);
                u32::try_from(residencies.rows.len().saturating_sub(1)).unwrap_or(NONE)
            });
            self.units.residencies.push(unit, row);
            row
        });
        self.put_residency(row, residency);
        self.residencies.set_extras(row, doc);
        Ok(())
    }

    fn put_residency(&mut self, row: u32, residency: Residency) {
        let Residency { person, unit, condition, residency_type, status, .. } = residency;
        set(&mut self.residencies.rows, row, residency);
        let building = self.units.rows.get(to_index(unit)).map_or(NONE, |row| row.building);
        let kind = (residency_type, status);
        self.change_grants(person, |_, grants| {
            grants.retain(|held| !is_in(&held.form, unit));
            grants.push(residency_grant(row, (unit, building), kind, condition));
        });
    }

    fn expect_residency(&self, person: u32, unit: u32) -> Result<u32, EditError> {
        self.residency(person, unit).ok_or(EditError::Missing("residency"))
    }

    pub(crate) fn remove_residency(&mut self, person: u32, unit: u32) -> Result<(), EditError> {
        let row = self.expect_residency(person, unit)?;
        self.change_grants(person, |_, grants| grants.retain(|held| !is_in(&held.form, unit)));
        self.units.residencies.remove_item(unit, row);
        let residencies = &mut self.residencies;
        residencies.display_names.remove(&row);
        residencies.secrets.set(row, None);
        residencies.devices.remove(&row);
        if let Some(residency) = residencies.rows.get_mut(to_index(row)) {
            residency.person = NONE;
        }
        residencies.free.push(row);
        Ok(())
    }

    /// The host's reference to a secret, never the secret itself.
    pub(crate) fn set_residency_secret(
        &mut self,
        person: u32,
        unit: u32,
        secret: Option<&Id>,
    ) -> Result<(), EditError> {
        let row = self.expect_residency(person, unit)?;
        self.residencies.secrets.set(row, secret.cloned());
        Ok(())
    }

    pub(crate) fn set_residency_status(
        &mut self,
        person: u32,
        unit: u32,
        status: ResidencyStatus,
    ) -> Result<(), EditError> {
        let row = self.expect_residency(person, unit)?;
        let residency = self.residencies.get(row).copied();
        let mut residency = residency.ok_or(EditError::Missing("residency"))?;
        residency.status = status;
        self.put_residency(row, residency);
        Ok(())
    }

    pub(crate) fn set_devices(
        &mut self,
        person: u32,
        unit: u32,
        devices: alloc::vec::Vec<DeviceDoc>,
    ) -> Result<(), EditError> {
        let row = self.expect_residency(person, unit)?;
        self.residencies.set_devices(row, devices);
        Ok(())
    }
}

fn is_in(form: &Form, at: u32) -> bool {
    matches!(form, Form::Residency { unit, .. } if *unit == at)
}
