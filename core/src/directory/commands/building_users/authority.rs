//! Who may change the building users of an integration, and which roles they may give: whoever may update the
//! integration, or whoever administers a unit of it, for that unit alone [1-8, 1-18, C-4, C-66, C-86].

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::BuildingUserError;
use crate::catalog::{is_site_role, literal_site, site_role};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::Context;
use crate::directory::ids::to_index;
use crate::error::{AccessError, EntityKind};
use crate::estate::{GivenOn, HeldAt};
use crate::facts::{Facts, Form};
use crate::id::{Id, IdRef};
use crate::order::Order;
use crate::path::{RolePath, WILDCARD, covers};
use crate::question::ResourceHandle;
use crate::reason::Basis;
use crate::request::ResourceKind;
use crate::time::Timestamp;

const UPDATE: &str = "integrations:update";
pub(super) const WRITE_RESIDENTS: &str = "residents:write";

/// An integration, asked for by a caller on behalf of an organisation.
#[derive(Clone, Copy)]
pub(crate) struct Site<'d> {
    pub(crate) caller: Caller<'d>,
    pub(crate) integration: u32,
    pub(crate) id: IdRef<'d>,
    pub(crate) organisation: u32,
}

/// By what a caller may change building users.
#[derive(Clone, Copy)]
pub(crate) enum Authority {
    /// They may update the integration.
    Operator(Basis),
    /// They may write the residents of a unit.
    Delegated(DelegatedUnit),
}

/// The unit of an authority that is delegated.
#[derive(Clone, Copy)]
pub(crate) enum DelegatedUnit {
    One {
        unit: u32,
        basis: Basis,
    },
    /// Several, and none was named.
    Several,
}

impl DelegatedUnit {
    /// Step 5: the unit must be clear.
    pub(crate) fn one(self) -> Result<(u32, Basis), BuildingUserError> {
        match self {
            Self::One { unit, basis } => Ok((unit, basis)),
            Self::Several => Err(BuildingUserError::UnitRequired),
        }
    }
}

impl Authority {
    /// Until when that lasts which is given by it.
    pub(crate) fn until(self, caller: &Caller<'_>) -> Timestamp {
        match self {
            Self::Delegated(DelegatedUnit::One { unit, .. }) => caller.houses_until(unit),
            Self::Operator(_) | Self::Delegated(DelegatedUnit::Several) => Timestamp::MAX,
        }
    }
}

/// Whether a basis is that of somebody who acts for one unit only [C-66].
pub(crate) const fn is_unit_scoped(basis: Basis) -> bool {
    matches!(basis, Basis::Residency | Basis::UnitAdministrator | Basis::UnitToken)
}

impl<'d> Site<'d> {
    /// Steps 1 to 3 of the operations that need an acting organisation [0-6..0-8, C-14, C-15].
    pub(crate) fn resolve(
        directory: &'d Directory,
        context: &'d Context,
        integration: &Id,
    ) -> Result<Self, AccessError> {
        let caller = Caller::authenticate(directory, context)?;
        let acting_org = caller.require_acting_org()?;
        let site = Self::known(caller, integration)?;
        let not_found = || AccessError::not_found(EntityKind::Integration, integration);
        caller.require_inside(site.organisation, acting_org, not_found)?;
        Ok(site)
    }

    /// Steps 1 and 3 of the operations that need none.
    pub(crate) fn resolve_without_acting_org(
        directory: &'d Directory,
        context: &'d Context,
        integration: &Id,
    ) -> Result<Self, AccessError> {
        Self::known(Caller::authenticate(directory, context)?, integration)
    }

    fn known(caller: Caller<'d>, integration: &Id) -> Result<Self, AccessError> {
        let directory = caller.directory;
        let handle = directory.known(EntityKind::Integration, integration.as_ref())?;
        let row = directory.integrations.rows.get(to_index(handle));
        let (row, id) = row
            .zip(directory.integrations.ids.id(handle))
            .ok_or_else(|| AccessError::not_found(EntityKind::Integration, integration))?;
        Ok(Self { caller, integration: handle, id, organisation: row.organisation })
    }

    /// Step 4 of what only an operator may do.
    pub(crate) fn require_operator(&self) -> Result<Basis, AccessError> {
        self.caller.require(UPDATE, ResourceKind::Integration, self.integration)
    }

    /// Step 4: by what the caller may change building users at all.
    pub(crate) fn authority(&self, unit: Option<&Id>) -> Result<Authority, BuildingUserError> {
        let refusal = match self.require_operator() {
            Ok(basis) => return Ok(Authority::Operator(basis)),
            Err(refusal) => refusal,
        };
        let Some(id) = unit else { return self.delegated_anywhere(refusal) };
        let unit = self.unit(id).and_then(|unit| Some((unit, self.administers(unit)?)));
        let (unit, basis) =
            unit.ok_or_else(|| BuildingUserError::delegation("a unit of somebody else"))?;
        Ok(Authority::Delegated(DelegatedUnit::One { unit, basis }))
    }

    /// A unit of this integration, by id or alias.
    pub(crate) fn unit(&self, id: &Id) -> Option<u32> {
        let directory = self.caller.directory;
        let unit = directory.units.ids.find(&id.as_ref())?;
        (directory.unit_integration(unit) == self.integration).then_some(unit)
    }

    /// By what the caller may write the residents of a unit.
    fn administers(&self, unit: u32) -> Option<Basis> {
        let decision = self.caller.decide(WRITE_RESIDENTS, ResourceKind::Unit, unit);
        decision.is_allow().then(|| decision.basis())
    }

    /// The authority of somebody who names no unit: that over the one they administer.
    fn delegated_anywhere(&self, refusal: AccessError) -> Result<Authority, BuildingUserError> {
        let units = self.administered_units();
        let [unit] = *units else {
            let is_none = units.is_empty();
            return if is_none {
                Err(refusal.into())
            } else {
                Ok(Authority::Delegated(DelegatedUnit::Several))
            };
        };
        let basis = self.administers(unit).ok_or(refusal)?;
        Ok(Authority::Delegated(DelegatedUnit::One { unit, basis }))
    }

    /// Units of the integration whose residents the caller may write. O(grants of the caller), or all of them where one
    /// grant reaches all.
    pub(crate) fn administered_units(&self) -> Cow<'d, [u32]> {
        let directory = self.caller.directory;
        if self.caller.is_allowed(WRITE_RESIDENTS, ResourceKind::Integration, self.integration) {
            return directory.integrations.units.of(self.integration).into();
        }
        let mut units: Vec<u32> = self.caller.own_units().collect();
        units.retain(|unit| {
            directory.unit_integration(*unit) == self.integration
                && self.administers(*unit).is_some()
        });
        units.order();
        units.dedup();
        units.into()
    }

    /// Whether a role names this integration, and only this.
    pub(crate) fn is_scoped(&self, role: &RolePath) -> bool {
        self.id.with_text(|id| covers(&site_role(id, WILDCARD), role.as_str()))
    }

    /// Step 4, for a delegated caller: residents only, and not oneself [C-4, C-66].
    pub(crate) fn check_delegated_role(
        &self,
        role: &RolePath,
        receiver: Option<u32>,
        unit: DelegatedUnit,
    ) -> Result<(), BuildingUserError> {
        let is_resident = self.caller.directory.is_resident_role(role, self.integration);
        let is_own = receiver.is_some() && receiver == self.caller.person();
        let may_give = match unit {
            DelegatedUnit::One { unit, .. } => {
                self.may_give(role, receiver, Some(unit))
                    && self.caller.houses_until(unit) > self.caller.at
            }
            DelegatedUnit::Several => true,
        };
        if is_resident && !is_own && may_give {
            return Ok(());
        }
        Err(AccessError::Escalation { given: role.as_str().into() }.into())
    }

    /// Step 4, for who acts for a unit: nobody is let in before the time that others have set [1-20].
    pub(crate) fn check_begun(
        &self,
        receiver: u32,
        role: &RolePath,
        unit: u32,
        basis: Basis,
    ) -> Result<(), BuildingUserError> {
        let Caller { directory, at, .. } = self.caller;
        let row =
            directory.residency(receiver, unit).and_then(|row| directory.residencies.get(row));
        let is_home_to_come = row.is_some_and(|row| !self.caller.may_know_of(row, basis));
        let held = directory.site_roles_of(receiver, self.integration);
        let mut held = held.iter().filter(|held| held.role == role);
        let is_role_to_come = is_unit_scoped(basis)
            && held.any(|held| !directory.validity(held.grant.condition).has_begun(at));
        if is_home_to_come || is_role_to_come {
            return Err(BuildingUserError::delegation("a time that has not begun"));
        }
        Ok(())
    }

    /// Step 4, for an operator: a role of the catalog, of this integration or of none, that they may give [0-10, C-4]. A unit
    /// is named where they may write its residents: a residency opens the unit's own doors, which the role does not.
    pub(crate) fn check_operator_role(
        &self,
        role: &RolePath,
        receiver: Option<u32>,
        unit: Option<u32>,
    ) -> Result<(), BuildingUserError> {
        if let Some(unit) = unit {
            self.caller.require(WRITE_RESIDENTS, ResourceKind::Unit, unit)?;
        }
        let may_give = if self.is_scoped(role) {
            self.check_known(role)?;
            self.may_give(role, receiver, unit)
        } else if is_site_role(role) || literal_site(role).is_some() {
            return Err(BuildingUserError::RoleScopeMismatch { role: role.clone() });
        } else {
            self.caller.require("users:update", ResourceKind::Organisation, self.organisation)?;
            self.check_known(role)?;
            self.caller.may_give_organisation_role(role, self.organisation)
        };
        let may_house = unit.is_none() || self.may_house(receiver);
        if may_give && may_house {
            return Ok(());
        }
        Err(AccessError::Escalation { given: role.as_str().into() }.into())
    }

    /// C-4 on this site: by what names the giver, where the receiver is another; else by cover.
    fn may_give(&self, role: &RolePath, receiver: Option<u32>, unit: Option<u32>) -> bool {
        let is_own = receiver.is_some() && receiver == self.caller.person();
        (!is_own && self.is_named_to_give(role, unit))
            || self.caller.giver().covers_site_role(role, self.integration)
    }

    /// Nobody lets themselves into a unit without holding what its residents do.
    fn may_house(&self, receiver: Option<u32>) -> bool {
        let is_own = receiver.is_some() && receiver == self.caller.person();
        !is_own || self.caller.may_live_in(self.integration, Timestamp::MAX)
    }

    /// (b) of C-4: a line of the role names a key that the giver is allowed on the integration, or on the unit in which
    /// the receiver lives from now on.
    fn is_named_to_give(&self, role: &RolePath, unit: Option<u32>) -> bool {
        let Caller { directory, .. } = self.caller;
        let giver = self.caller.giver();
        let on = |kind, handle| ResourceHandle(kind, handle);
        directory.catalog.line_of(role).is_some_and(|line| {
            line.given_by.iter().any(|(key, given_on)| match given_on {
                GivenOn::Integration => {
                    giver.is_allowed(*key, on(ResourceKind::Integration, self.integration))
                }
                GivenOn::Unit => {
                    unit.is_some_and(|unit| giver.is_allowed(*key, on(ResourceKind::Unit, unit)))
                }
            })
        })
    }

    /// That the catalog has the role: what it does not have, nobody can be said to give.
    fn check_known(&self, role: &RolePath) -> Result<(), BuildingUserError> {
        if role.has_wildcard() || self.caller.directory.catalog.knows_role(role) {
            return Ok(());
        }
        Err(BuildingUserError::RoleUnknown { role: role.clone() })
    }

    /// Step 5: the role is one that members of such an organisation hold.
    pub(crate) fn check_holder(&self, role: &RolePath) -> Result<(), BuildingUserError> {
        let Caller { directory, .. } = self.caller;
        let line = if role.has_wildcard() { None } else { directory.catalog.line_of(role) };
        let Some(line) = line else { return Ok(()) };
        if !matches!(line.held_at, None | Some(HeldAt::Organisation)) {
            return Err(BuildingUserError::RoleNotHeldHere { role: role.clone() });
        }
        let kind = directory.kind_of(self.organisation);
        let is_for_kind = |kinds: &Vec<_>| kind.is_some_and(|kind| kinds.contains(&kind));
        if line.kinds.as_ref().is_none_or(is_for_kind) {
            return Ok(());
        }
        Err(BuildingUserError::RoleKindMismatch { role: role.clone() })
    }
}

impl<'d> Caller<'d> {
    /// The units that the caller has something to do with themselves: where they live, what they administer, whose token
    /// they have.
    pub(crate) fn own_units(&self) -> impl Iterator<Item = u32> + use<'d> {
        let directory = self.directory;
        let grants = self.person().into_iter().flat_map(move |person| directory.grants(person));
        let units = grants.filter_map(|grant| match grant.form {
            Form::Residency { unit, .. } | Form::Administrator { unit } => Some(unit),
            _ => None,
        });
        units.chain(self.token_unit())
    }

    /// Until when a home lasts that the caller gives in a unit: who acts for it gives none beyond their own lease, which is
    /// the end of what lets them and of their residency there [C-4, C-66].
    pub(crate) fn houses_until(&self, unit: u32) -> Timestamp {
        let directory = self.directory;
        let decision = self.decide(WRITE_RESIDENTS, ResourceKind::Unit, unit);
        if !is_unit_scoped(decision.basis()) {
            return Timestamp::MAX;
        }
        let own = self.person().and_then(|person| directory.residency(person, unit));
        let own = own.and_then(|row| directory.residencies.get(row));
        own.map_or(Timestamp::MAX, |own| directory.validity(own.condition).to).min(decision.until())
    }

    /// Whether the caller holds all that the residents of an integration's units do, so that they may be one until
    /// then [C-4].
    pub(crate) fn may_live_in(&self, integration: u32, until: Timestamp) -> bool {
        let id = self.directory.integrations.ids.id(integration).map(|id| id.to_owned());
        let role = id.and_then(|id| crate::catalog::site_role_path(&id, "resident"));
        role.is_some_and(|role| self.giver_until(until).covers_site_role(&role, integration))
    }
}
