//! Adding a building user [0-3, 1-15, 1-18].

use alloc::vec::Vec;

use super::authority::Authority;
use super::{AddBuildingUser, BuildingUserError, Pending, Placement, Site, SiteGift};
use crate::directory::Directory;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::id::Id;
use crate::order::Order;
use crate::path::RolePath;
use crate::reason::Basis;

impl Directory {
    pub(crate) fn draft_add_building_user(
        &self,
        context: &Context,
        command: &AddBuildingUser,
    ) -> Result<Drafted, BuildingUserError> {
        let AddBuildingUser { person, role, unit, .. } = command;
        let site = Site::resolve(self, context, &command.integration)?;
        let authority = site.authority(unit.as_ref())?;
        let basis = site.check_giving(authority, person, role, unit.as_ref())?;
        let (receiver, unit) = site.addition(authority, person, role, unit.as_ref())?;
        let until = authority.until(&site.caller);
        let placement =
            site.place(receiver, SiteGift { role, unit, until }, &mut Pending::default())?;
        Ok(site.drafted_addition(receiver, role, unit, basis, placement))
    }
}

impl Site<'_> {
    /// Step 4: the caller may give this role to this person.
    pub(crate) fn check_giving(
        &self,
        authority: Authority,
        person: &Id,
        role: &RolePath,
        unit: Option<&Id>,
    ) -> Result<Basis, BuildingUserError> {
        let receiver = self.caller.directory.living(person);
        match authority {
            Authority::Operator(basis) => {
                let unit = unit.and_then(|unit| self.unit(unit));
                self.check_operator_role(role, receiver, unit)?;
                Ok(basis)
            }
            Authority::Delegated(unit) => {
                self.check_delegated_role(role, receiver, unit)?;
                let (unit, basis) = unit.one()?;
                if let Some(receiver) = receiver {
                    self.check_begun(receiver, role, unit, basis)?;
                }
                Ok(basis)
            }
        }
    }

    /// Step 5: who gets it, and where they live from now on.
    pub(crate) fn addition(
        &self,
        authority: Authority,
        person: &Id,
        role: &RolePath,
        unit: Option<&Id>,
    ) -> Result<(u32, Option<u32>), BuildingUserError> {
        let receiver = self.receiver(person)?;
        self.check_holder(role)?;
        let unit = match authority {
            Authority::Operator(_) => self.named_unit(unit)?,
            Authority::Delegated(unit) => Some(unit.one()?.0),
        };
        Ok((receiver, unit))
    }

    fn drafted_addition(
        &self,
        receiver: u32,
        role: &RolePath,
        unit: Option<u32>,
        basis: Basis,
        placement: Placement,
    ) -> Drafted {
        let details = OutcomeDetails::BuildingUser {
            person: self.person(receiver),
            role: role.clone(),
            units: self.units_with(receiver, unit),
        };
        let Placement { events, is_new } = placement;
        if events.is_empty() {
            return Drafted::unchanged(details);
        }
        let kind = if is_new { OutcomeKind::Created } else { OutcomeKind::Updated };
        Drafted { kind, details, basis, events }
    }

    /// The units of the integration in which a person lives, with one more, by id.
    fn units_with(&self, person: u32, unit: Option<u32>) -> Vec<Id> {
        let units = self.caller.directory.units_of(person, self.integration, self.caller.at);
        let mut units: Vec<Id> = units.into_iter().map(|unit| unit.to_owned()).collect();
        units.extend(unit.map(|unit| self.unit_id(unit)));
        units.order();
        units.dedup();
        units
    }
}
