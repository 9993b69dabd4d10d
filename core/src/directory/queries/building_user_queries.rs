//! Building users for a caller who may list them [0-2, 1-13, 1-21, C-87].

use alloc::vec::Vec;

use serde::Serialize;

use crate::directory::Directory;
use crate::directory::commands::{
    BuildingUserError, Context, DesiredBuildingUser, PlannedUser, ResidentPlan, RoleChange, Site,
    check_size,
};
use crate::directory::queries::LobbyRow;
use crate::error::AccessError;
use crate::estate::ResidencyStatus;
use crate::facts::Facts;
use crate::id::{Id, IdRef};
use crate::order::Order;
use crate::path::RolePath;
use crate::reason::Basis;
use crate::request::ResourceKind;
use crate::sorted::Map;

/// A building user with how to reach them [C-87].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BuildingUserView<'d> {
    /// Who.
    #[serde(rename = "user_id")]
    pub person: IdRef<'d>,
    /// The role.
    pub role: &'d RolePath,
    /// The units of the integration in which they live, by id.
    #[serde(rename = "apartments")]
    pub units: Vec<IdRef<'d>>,
    /// E-mail address.
    #[serde(rename = "user_email", skip_serializing_if = "Option::is_none")]
    pub email: Option<&'d str>,
    /// Full name.
    #[serde(rename = "user_name", skip_serializing_if = "Option::is_none")]
    pub name: Option<&'d str>,
}

impl Directory {
    /// [0-2, C-86]
    pub(super) fn query_building_users<'d>(
        &'d self,
        context: &'d Context,
        integration: &Id,
    ) -> Result<Vec<BuildingUserView<'d>>, BuildingUserError> {
        let site = Site::resolve(self, context, integration)?;
        site.require_reader()?;
        let rows = self.building_users(site.id, context.at).map(|row| {
            let contact = self.contact(row.person);
            BuildingUserView {
                person: row.person,
                role: row.role,
                units: row.units,
                email: contact.and_then(|contact| contact.email),
                name: contact.and_then(|contact| contact.name),
            }
        });
        Ok(rows.collect())
    }

    /// What the caller may give is nobody else's; but only those who may give or read learn that there is a site.
    pub(super) fn query_assignable_roles(
        &self,
        context: &Context,
        integration: &Id,
    ) -> Result<Vec<RolePath>, BuildingUserError> {
        let site = Site::resolve_without_acting_org(self, context, integration)?;
        let refusal = site.require_reader();
        if refusal.is_err() && site.administered_units().is_empty() {
            refusal?;
        }
        if !self.is_site(site.integration) {
            return Ok(Vec::new());
        }
        Ok(site.caller.giver().site_roles_to_give(site.integration))
    }

    /// [1-19]: compares with the roles that are valid now.
    pub(super) fn diff_building_users(
        &self,
        context: &Context,
        integration: &Id,
        desired: &[DesiredBuildingUser],
    ) -> Result<ResidentPlan, BuildingUserError> {
        let site = Site::resolve(self, context, integration)?;
        site.require_reader()?;
        check_size(desired.len())?;
        let desired = site.desired_by_person(desired)?;
        Ok(site.plan_for(&desired))
    }

    /// [1-21]: for everybody who may read the directory: residents, staff.
    pub(super) fn query_lobby_directory<'d>(
        &'d self,
        context: &'d Context,
        integration: &Id,
    ) -> Result<Vec<LobbyRow<'d>>, BuildingUserError> {
        let site = Site::resolve_without_acting_org(self, context, integration)?;
        site.caller.require("directory:read", ResourceKind::Integration, site.integration)?;
        Ok(self.lobby_directory(site.id, context.at).collect())
    }
}

impl Site<'_> {
    /// Step 4 of the lists.
    fn require_reader(&self) -> Result<Basis, AccessError> {
        self.caller.require("integrations:read", ResourceKind::Integration, self.integration)
    }

    /// Step 5: each person known, and once, under whichever id; each unit of the integration.
    fn desired_by_person<'w>(
        &self,
        desired: &'w [DesiredBuildingUser],
    ) -> Result<Map<Id, (u32, &'w DesiredBuildingUser)>, BuildingUserError> {
        let mut by_person = Map::new();
        for row in desired.iter() {
            self.check_scoped(&row.role)?;
            self.named_unit(row.unit.as_ref())?;
            let receiver = self.receiver(&row.person)?;
            if by_person.insert(self.person(receiver), (receiver, row)).is_some() {
                return Err(BuildingUserError::DuplicatePerson { person: row.person.clone() });
            }
        }
        Ok(by_person)
    }

    /// In the order of people.
    fn plan_for(&self, desired: &Map<Id, (u32, &DesiredBuildingUser)>) -> ResidentPlan {
        let mut plan = ResidentPlan::default();
        for (id, (person, row)) in desired.iter() {
            self.compare(id, *person, row, &mut plan);
        }
        let gone = self.present().map(|person| self.person(person));
        plan.remove = gone.filter(|id| !desired.contains_key(id)).collect();
        plan.remove.order();
        plan
    }

    fn compare(&self, id: &Id, person: u32, row: &DesiredBuildingUser, plan: &mut ResidentPlan) {
        let present = self.valid_roles(person);
        let unit = row.unit.as_ref().and_then(|unit| self.unit(unit));
        let lacks_unit = unit.is_some_and(|unit| !self.lives_in(person, unit));
        let unit = unit.map(|unit| self.unit_id(unit));
        let (person, to) = (id.clone(), row.role.clone());
        if present.is_empty() {
            plan.add.push(PlannedUser { person, role: to, unit });
        } else if lacks_unit || present.len() > 1 || !present.contains(&to) {
            let from = present.into_iter().cloned().collect();
            plan.change.push(RoleChange { person, from, to, unit });
        } else {
            plan.unchanged = plan.unchanged.saturating_add(1);
        }
    }

    /// Whether a person lives in a unit now, in good standing.
    fn lives_in(&self, person: u32, unit: u32) -> bool {
        let directory = self.caller.directory;
        let row = directory.residency(person, unit);
        row.and_then(|row| directory.residencies.get(row)).is_some_and(|row| {
            row.status == ResidencyStatus::Active
                && directory.is_valid(row.condition, self.caller.at)
        })
    }
}
