//! Buildings: created by who may create them at the owner, and given away by who may delete them here too.

use alloc::vec::Vec;

use super::{CreateBuilding, PlaceError, RemoveBuilding, UpdateBuilding, require_unused, written};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::memberships::canonical;
use crate::directory::commands::{Context, Drafted, OutcomeKind};
use crate::directory::events::Event;
use crate::directory::ids::to_index;
use crate::error::{AccessError, EntityKind};
use crate::estate::{BuildingDoc, Estate};
use crate::facts::{Access, Facts, Form, NONE, Sites};
use crate::order::Order;
use crate::request::ResourceKind;

impl Directory {
    pub(in super::super) fn draft_create_building(
        &self,
        context: &Context,
        command: &CreateBuilding,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let owner = self.known_organisation(&command.building.owner)?;
        let basis = caller.require("buildings:create", ResourceKind::Organisation, owner)?;
        let building = self.canonical_building(&command.building);
        self.check_building(&building, None)?;
        Ok(written(OutcomeKind::Created, basis, Some(Event::BuildingCreated { building })))
    }

    pub(in super::super) fn draft_update_building(
        &self,
        context: &Context,
        command: &UpdateBuilding,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let (handle, basis) =
            caller.require_known("buildings:update", EntityKind::Building, &command.building.id)?;
        let building = self.canonical_building(&command.building);
        let owner = self.require_owner(&caller, &building, handle)?;
        self.check_building(&building, Some(handle))?;
        self.require_nothing_stranded(handle, owner)?;
        let before = self.building_doc(handle).map(|row| self.canonical_building(&row));
        let is_changed = before.as_ref() != Some(&building);
        let event = is_changed.then_some(Event::BuildingUpdated { building });
        Ok(written(OutcomeKind::Updated, basis, event))
    }

    pub(in super::super) fn draft_remove_building(
        &self,
        context: &Context,
        command: &RemoveBuilding,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let (handle, basis) =
            caller.require_known("buildings:delete", EntityKind::Building, &command.building)?;
        let mut companies = self.companies_of(self.owner_of(handle));
        companies.extend(self.buildings.served_by.of(handle));
        require_unused(&[
            (!self.buildings.integrations.of(handle).is_empty(), "integrations"),
            (!self.buildings.units.of(handle).is_empty(), "units"),
            (!self.buildings.served_by.of(handle).is_empty(), "organisations that serve it"),
            (self.is_in_access(handle, &companies), "building access of members"),
        ])?;
        let building = canonical(&self.buildings.ids, &command.building);
        Ok(written(OutcomeKind::Removed, basis, Some(Event::BuildingRemoved { building })))
    }

    fn canonical_building(&self, row: &BuildingDoc) -> BuildingDoc {
        let mut row = row.clone();
        row.id = canonical(&self.buildings.ids, &row.id);
        row.owner = canonical(&self.organisations.ids, &row.owner);
        row.name = row.name.filter(|name| !name.is_empty());
        row.aliases.order();
        row
    }

    fn check_building(&self, row: &BuildingDoc, own: Option<u32>) -> Result<(), PlaceError> {
        let rows = Estate { buildings: alloc::vec![row.clone()], ..Estate::default() };
        Ok(self.check_row(&rows, &self.buildings.ids, (&row.id, &row.aliases), own)?)
    }

    /// Step 4 of an update: who gives a building to another organisation may create one there, and delete it here: its
    /// owner has it no longer, and all who work there by a role of the owner neither.
    fn require_owner(
        &self,
        caller: &Caller<'_>,
        row: &BuildingDoc,
        building: u32,
    ) -> Result<u32, AccessError> {
        let owner = self.known_organisation(&row.owner)?;
        if owner != self.owner_of(building) {
            caller.require("buildings:delete", ResourceKind::Building, building)?;
            caller.require("buildings:create", ResourceKind::Organisation, owner)?;
        }
        Ok(owner)
    }

    pub(crate) fn owner_of(&self, building: u32) -> u32 {
        self.buildings.owners.get(to_index(building)).copied().unwrap_or(NONE)
    }

    /// The organisations whose company a building of this owner belongs to.
    fn companies_of(&self, owner: u32) -> Vec<u32> {
        self.organisations.paths.of(owner).to_vec()
    }

    /// Whether the building access of some member of these organisations lists a building, dormant or not. O(members).
    fn is_in_access(&self, building: u32, organisations: &[u32]) -> bool {
        let mut rows = organisations.iter().flat_map(|at| self.organisations.memberships.of(*at));
        rows.any(|row| {
            let dormant = self.memberships.dormant.get(row);
            let access = self.memberships.get(*row).map(|row| row.access);
            dormant.is_some_and(|dormant| dormant.contains(&building))
                || matches!(access, Some(Access::Listed(list)) if self.building_lists.has(list, building))
        })
    }

    /// Step 6 of an update: no role that names an integration of the building, and no building access that lists it,
    /// stands at an organisation that the building leaves.
    fn require_nothing_stranded(&self, building: u32, owner: u32) -> Result<(), PlaceError> {
        let mut left = self.companies_of(self.owner_of(building));
        left.retain(|at| self.depth_on_path(owner, *at).is_none());
        let serving = |at: &u32| self.serves(*at, building);
        let has_roles = self.has_roles_at(building, &left);
        left.retain(|at| !serving(at));
        let what = [
            (has_roles, "roles that name an integration in it"),
            (self.is_in_access(building, &left), "building access of members"),
        ];
        let what: Vec<&str> =
            what.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect();
        if what.is_empty() { Ok(()) } else { Err(PlaceError::Stranded { what: what.join(", ") }) }
    }

    /// Whether somebody holds a role at one of these organisations that names an integration of a building.
    fn has_roles_at(&self, building: u32, organisations: &[u32]) -> bool {
        let mut integrations = self.buildings.integrations.of(building).iter();
        integrations.any(|integration| {
            let mut holders = self.integrations.role_holders.of(*integration).iter();
            holders.any(|person| {
                self.grants(*person).any(|grant| match grant.form {
                    Form::SiteRole { organisation, sites: Sites::One(site) }
                    | Form::OrganisationRole { organisation, sites: Sites::One(site) } => {
                        site == *integration && organisations.contains(&organisation)
                    }
                    _ => false,
                })
            })
        })
    }
}
