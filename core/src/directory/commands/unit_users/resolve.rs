//! Which unit user is meant: a person who lives in a unit of the property, on which the caller may do what is asked
//! [2-4, 2-11, 2-12, C-76].

use alloc::vec::Vec;

use super::UnitUserError;
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::building_users::is_unit_scoped;
use crate::directory::tables::Residency;
use crate::error::{AccessError, EntityKind};
use crate::facts::Facts;
use crate::id::Id;
use crate::order::Order;
use crate::reason::Basis;
use crate::request::ResourceKind;

/// What a path, or the fields beside it, name.
#[derive(Clone, Copy)]
pub(crate) struct UnitUserPath<'r> {
    pub(crate) property: &'r Id,
    pub(crate) person: &'r Id,
    pub(crate) unit: Option<&'r Id>,
}

/// A residency on which the caller may do what is asked.
#[derive(Clone, Copy)]
pub(crate) struct UnitUser<'d> {
    pub(crate) caller: Caller<'d>,
    pub(crate) person: u32,
    pub(crate) unit: u32,
    /// The row of the residency.
    pub(crate) row: u32,
    pub(crate) residency: &'d Residency,
    /// By what the caller may.
    pub(crate) basis: Basis,
}

impl UnitUserPath<'_> {
    /// Steps 3 and 4: the one residency that is meant.
    pub(crate) fn one<'d>(
        &self,
        caller: Caller<'d>,
        key: &'static str,
    ) -> Result<UnitUser<'d>, UnitUserError> {
        match *self.all(caller, key)? {
            [user] => Ok(user),
            _ => Err(UnitUserError::UnitRequired),
        }
    }

    /// Steps 3 and 4: the residencies that are meant and on which the caller has a key, by unit; at least one. Who may not
    /// read a unit user learns of nothing: not of the person, not of the property [2-4].
    pub(crate) fn all<'d>(
        &self,
        caller: Caller<'d>,
        key: &'static str,
    ) -> Result<Vec<UnitUser<'d>>, UnitUserError> {
        let present = self.present(caller);
        let mut refusal = AccessError::not_found(EntityKind::Residency, self.person);
        let mut allowed = Vec::new();
        for user in present {
            let decision = caller.decide(key, ResourceKind::Unit, user.unit);
            if decision.is_allow() {
                if !caller.may_know_of(user.residency, decision.basis()) {
                    continue;
                }
                allowed.push(UnitUser { basis: decision.basis(), ..user });
            } else if caller.is_allowed("unit_users:read", ResourceKind::Unit, user.unit) {
                refusal = AccessError::MissingPermission { action: key, reason: decision.reason() };
            }
        }
        let ids = &caller.directory.units.ids;
        allowed.order_stable_by(|a, b| ids.compare(a.unit, b.unit));
        if allowed.is_empty() { Err(refusal.into()) } else { Ok(allowed) }
    }

    /// Whoever of this name lives in the property, or will; in the unit, where one is named.
    fn present<'d>(&self, caller: Caller<'d>) -> Vec<UnitUser<'d>> {
        let directory = caller.directory;
        let property = directory.buildings.ids.find(&self.property.as_ref());
        let named = property.zip(directory.living(self.person));
        let unit = self.unit.map(|unit| directory.units.ids.find(&unit.as_ref()));
        let residencies = named
            .into_iter()
            .flat_map(|(property, person)| directory.residencies_in(person, property));
        residencies
            .filter(|(_, residency)| {
                unit.is_none_or(|unit| unit == Some(residency.unit))
                    && directory.is_unit_user(residency, caller.at)
            })
            .map(|(row, residency)| {
                let Residency { person, unit, .. } = *residency;
                UnitUser { caller, person, unit, row, residency, basis: Basis::None }
            })
            .collect()
    }
}

impl Caller<'_> {
    /// Whether a caller may know of a residency on whose unit they are allowed something: who acts for a unit is of the
    /// household that lives there now, and the next one is none of their business [1-20, C-66].
    pub(crate) fn may_know_of(&self, residency: &Residency, basis: Basis) -> bool {
        !is_unit_scoped(basis) || self.directory.validity(residency.condition).has_begun(self.at)
    }
}

impl Caller<'_> {
    /// Whether a caller is told how to reach somebody who lives in a unit: who acts for it, of people with homes and nothing
    /// else, and of themselves.
    pub(crate) fn may_be_told_contact(&self, residency: &Residency, basis: Basis) -> bool {
        let Residency { person, unit, .. } = *residency;
        !is_unit_scoped(basis)
            || self.person() == Some(person)
            || self.directory.is_at_home_alone(person, unit, self.at)
    }
}

impl Directory {
    /// Whether somebody is a unit user: until the residency ends.
    pub(crate) fn is_unit_user(&self, residency: &Residency, at: crate::time::Timestamp) -> bool {
        !self.validity(residency.condition).has_ended(at)
    }
}
