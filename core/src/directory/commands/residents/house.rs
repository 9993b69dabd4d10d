//! A unit, for a caller who may write its residents [C-66, C-86].

use super::ResidentError;
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::Context;
use crate::directory::commands::building_users::is_unit_scoped;
use crate::directory::ids::to_index;
use crate::error::{AccessError, EntityKind};
use crate::estate::{Estate, ValidityDoc};
use crate::facts::NONE;
use crate::id::Id;
use crate::reason::Basis;
use crate::request::ResourceKind;
use crate::time::Timestamp;

pub(super) const WRITE_RESIDENTS: &str = "residents:write";
pub(super) const UPDATE_UNIT: &str = "units:update";

/// A unit that a caller may do something with.
#[derive(Clone, Copy)]
pub(super) struct House<'d> {
    pub(super) caller: Caller<'d>,
    pub(super) unit: u32,
    /// By what the caller may.
    pub(super) basis: Basis,
}

impl<'d> House<'d> {
    /// Steps 1, 3 and 4: a unit on which the caller has one of these keys; the first that is allowed counts.
    pub(super) fn resolve(
        directory: &'d Directory,
        context: &'d Context,
        unit: &Id,
        keys: &[&'static str],
    ) -> Result<Self, AccessError> {
        let caller = Caller::authenticate(directory, context)?;
        let handle = directory.known(EntityKind::Unit, unit.as_ref())?;
        let allowed = keys.iter().find_map(|key| {
            let decision = caller.decide(key, ResourceKind::Unit, handle);
            decision.is_allow().then(|| decision.basis())
        });
        let refusal = || {
            let key = keys.first().filter(|_| caller.knows(ResourceKind::Unit, handle));
            let refused = key.and_then(|key| caller.require(key, ResourceKind::Unit, handle).err());
            refused.unwrap_or_else(|| AccessError::not_found(EntityKind::Unit, unit))
        };
        let basis = allowed.ok_or_else(refusal)?;
        Ok(Self { caller, unit: handle, basis })
    }

    /// Whether the caller acts for this unit only.
    pub(super) const fn is_scoped(&self) -> bool {
        is_unit_scoped(self.basis)
    }

    pub(super) fn is_caller(&self, person: u32) -> bool {
        self.caller.person() == Some(person)
    }

    /// Step 4: nobody lets themselves into a unit, or further in, without holding what its residents do [C-4].
    pub(super) fn check_own_gain(&self, person: u32, until: Timestamp) -> Result<(), AccessError> {
        let integration = self.integration();
        if !self.is_caller(person)
            || integration != NONE && self.caller.may_live_in(integration, until)
        {
            return Ok(());
        }
        Err(AccessError::Escalation { given: "a residency of one's own".into() })
    }

    fn integration(&self) -> u32 {
        let row = self.caller.directory.units.rows.get(to_index(self.unit));
        row.map_or(NONE, |row| row.integration)
    }

    /// Step 4: who acts for one unit leaves staff alone [C-66].
    pub(super) fn check_no_staff(&self, person: u32) -> Result<(), AccessError> {
        let Caller { directory, at, .. } = self.caller;
        if self.is_scoped() && directory.is_staff_around(person, self.unit, at) {
            let what = "somebody who is more than a resident there";
            return Err(AccessError::DelegationScope { what });
        }
        Ok(())
    }

    /// Step 4: who acts for one unit blocks and unblocks only whom that shuts out of nothing else [C-27].
    pub(super) fn check_block(&self, person: u32) -> Result<(), AccessError> {
        let Caller { directory, at, .. } = self.caller;
        if self.is_scoped() && directory.holds_beside(person, self.unit, at) {
            let what = "a block that counts beyond the unit";
            return Err(AccessError::DelegationScope { what });
        }
        Ok(())
    }

    /// Step 4: who writes residents shuts no staff out of the building whose power they do not cover [C-4, C-27].
    pub(super) fn check_shutting_out(&self, person: u32) -> Result<(), AccessError> {
        let Caller { directory, at, .. } = self.caller;
        if directory.is_staff_around(person, self.unit, at) {
            return self.caller.require_cover(person);
        }
        Ok(())
    }

    /// Step 6: who acts for one unit does not leave it without an administrator [C-66].
    pub(super) fn check_not_last(&self, person: u32) -> Result<(), ResidentError> {
        let Caller { directory, at, .. } = self.caller;
        if self.is_scoped() && directory.is_last_administrator(person, self.unit, at) {
            return Err(ResidentError::LastAdministrator);
        }
        Ok(())
    }

    /// Step 6: there is room for another [C-66].
    pub(super) fn check_room(&self, person: u32) -> Result<(), ResidentError> {
        let Caller { directory, at, .. } = self.caller;
        let limit = directory.resident_limit(self.unit);
        if directory.residents_beside(self.unit, person, at) < limit {
            return Ok(());
        }
        Err(ResidentError::UnitFull { limit })
    }

    /// Step 5: all other rules of estates, by the checker of estates.
    pub(super) fn check_rules(&self, rows: &Estate) -> Result<(), ResidentError> {
        let checked = self.caller.directory.check_rows(rows);
        checked.map_err(|faults| ResidentError::Invalid { faults })
    }

    pub(super) fn unit_id(&self) -> Id {
        self.caller.directory.unit_id(self.unit)
    }

    pub(super) fn person_id(&self, person: u32) -> Id {
        self.caller.directory.person_id(person)
    }
}

/// Step 5: a window has an instant in it.
pub(super) fn check_window(valid: Option<&ValidityDoc>) -> Result<(), ResidentError> {
    let is_window = |valid: &ValidityDoc| {
        let window = valid.window();
        (valid.from.is_some() || valid.to.is_some()) && window.from < window.to
    };
    if valid.is_none_or(is_window) { Ok(()) } else { Err(ResidentError::EmptyValidity) }
}
