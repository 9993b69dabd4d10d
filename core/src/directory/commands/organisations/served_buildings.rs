//! Says which buildings an organisation serves [C-69].

use alloc::string::ToString;
use alloc::vec::Vec;

use super::{OrganisationError, SetServedBuildings};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::directory::ids::to_index;
use crate::error::AccessError;
use crate::facts::{Access, Facts, Form};
use crate::order::Order;
use crate::path::RolePath;
use crate::request::ResourceKind;

impl Directory {
    pub(in crate::directory::commands) fn draft_set_served_buildings(
        &self,
        context: &Context,
        command: &SetServedBuildings,
    ) -> Result<Drafted, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let organisation = self.known_organisation(&command.organisation)?;
        let basis = caller.require_over("orgs:update", organisation)?;
        self.check_giving_access(&caller, organisation, command)?;
        let buildings = self.resolve_served(command)?;
        let id = self.organisation_id(organisation);
        if !self.is_live(organisation) {
            return Err(OrganisationError::OrgDeleted { organisation: id });
        }
        self.check_serving_strands_nothing(&caller, organisation, &buildings)?;

        let details = OutcomeDetails::Organisation { organisation: id.clone() };
        if self.serves_exactly(organisation, &buildings) {
            return Ok(Drafted::unchanged(details));
        }
        let ids = buildings.iter().filter_map(|building| self.buildings.ids.id(*building));
        let buildings = ids.map(|id| id.to_owned()).collect();
        let events = alloc::vec![Event::ServedBuildingsSet { organisation: id, buildings }];
        Ok(Drafted { kind: OutcomeKind::Updated, details, basis, events })
    }

    /// Step 4: `buildings:update` on each building that is served anew, for who works in it is its owner's to say; and
    /// everything that members get there by their groups, for all with access to all of the company reach it at once [C-4].
    fn check_giving_access(
        &self,
        caller: &Caller<'_>,
        organisation: u32,
        command: &SetServedBuildings,
    ) -> Result<(), AccessError> {
        let known = command.buildings.iter().filter_map(|id| self.buildings.ids.find(&id.as_ref()));
        let new = known.filter(|building| !self.serves(organisation, *building));
        let entries = self.entries_of_company_members(organisation);
        for building in new {
            caller.require("buildings:update", ResourceKind::Building, building)?;
            if !caller.may_give_entries_in(&entries, building) {
                let given = self.buildings.ids.id(building).map(|id| id.to_string());
                return Err(AccessError::Escalation { given: given.unwrap_or_default() });
            }
        }
        Ok(())
    }

    /// What the groups hold that count in all buildings of a company.
    fn entries_of_company_members(&self, organisation: u32) -> Vec<&RolePath> {
        let members = self.organisations.company_members.of(organisation).iter();
        let grants = members.flat_map(|person| self.grants(*person));
        let groups = grants.filter_map(|grant| match grant.form {
            Form::Group { organisation: at, access: Access::AllOfCompany }
                if at == organisation =>
            {
                Some(grant.source)
            }
            _ => None,
        });
        let mut groups: Vec<u32> = groups.collect();
        groups.order();
        groups.dedup();
        let rows = groups.into_iter().filter_map(|group| self.groups.rows.get(to_index(group)));
        rows.flat_map(|row| &row.entries).collect()
    }

    /// Step 5: the buildings in the order of their ids, each once.
    fn resolve_served(&self, command: &SetServedBuildings) -> Result<Vec<u32>, OrganisationError> {
        let mut buildings = Vec::with_capacity(command.buildings.len());
        for id in &command.buildings {
            let building = self.buildings.ids.find(&id.as_ref());
            let unknown = || OrganisationError::UnknownBuilding { building: id.clone() };
            buildings.push(building.ok_or_else(unknown)?);
        }
        self.buildings.ids.sort(&mut buildings);
        Ok(buildings)
    }

    fn serves_exactly(&self, organisation: u32, buildings: &[u32]) -> bool {
        let served = self.organisations.serves.of(organisation);
        served.len() == buildings.len() && buildings.iter().all(|at| self.serves(organisation, *at))
    }
}
