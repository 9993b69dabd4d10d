//! Says which buildings an organisation serves [C-69].

use alloc::vec::Vec;

use super::{OrganisationError, SetServedBuildings};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::error::AccessError;
use crate::facts::Facts;
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
        self.require_reading(&caller, organisation, command)?;
        let buildings = self.resolve_served(command)?;
        let id = self.canonical_organisation(organisation, &command.organisation);
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

    /// Step 4: `buildings:read` on each building that is served anew. All members with access to all of the company would
    /// reach it, so it is access that is given, and nobody gives access to what they cannot even read [C-4].
    fn require_reading(
        &self,
        caller: &Caller<'_>,
        organisation: u32,
        command: &SetServedBuildings,
    ) -> Result<(), AccessError> {
        let known = command.buildings.iter().filter_map(|id| self.buildings.ids.find(&id.as_ref()));
        for building in known.filter(|building| !self.serves(organisation, *building)) {
            caller.require("buildings:read", ResourceKind::Building, building)?;
        }
        Ok(())
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
