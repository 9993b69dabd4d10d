//! What names something inside an organisation and would lie outside it [C-72b].

use alloc::format;
use alloc::vec::Vec;

use super::OrganisationError;
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::ids::to_index;
use crate::error::ErrorDetail;
use crate::facts::{Access, Facts, Form, Sites};
use crate::id::Id;
use crate::limits::MAX_STRANDED_REPORTED;
use crate::order::Order;
use crate::path::RolePath;
use crate::sorted::Set;

/// One thing that members of an organisation hold and that would lie outside it. Not who: whoever may move an organisation
/// need not be allowed to list the members of those above.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stranded {
    /// A role that names an integration by its id.
    Role {
        /// Where it is held.
        organisation: Id,
        /// The role.
        role: RolePath,
    },
    /// A building that building access lists.
    Building {
        /// Where the memberships are.
        organisation: Id,
        /// The building.
        building: Id,
    },
}

impl Stranded {
    pub(super) fn detail(&self) -> ErrorDetail {
        let message = match self {
            Self::Role { organisation, role } => format!("`{role}` is held at `{organisation}`"),
            Self::Building { organisation, building } => {
                format!("members of `{organisation}` have access to building `{building}`")
            }
        };
        ErrorDetail { field: None, code: "would_strand_roles".into(), message: Some(message) }
    }
}

/// What is stranded.
struct Found<'c> {
    caller: &'c Caller<'c>,
    is_any: bool,
    /// The first of them, in order, each once, where the caller may see the organisation at which they are held.
    told: Set<Stranded>,
}

impl<'c> Found<'c> {
    const fn new(caller: &'c Caller<'c>) -> Self {
        Self { caller, is_any: false, told: Set::new() }
    }

    /// One more, held at an organisation; the last in order goes where there are too many to tell.
    fn add(&mut self, organisation: u32, stranded: impl FnOnce() -> Option<Stranded>) {
        self.is_any = true;
        if self.caller.sees_organisation(organisation) {
            self.told.extend(stranded());
        }
        if self.told.len() > MAX_STRANDED_REPORTED {
            self.told.remove_last();
        }
    }

    fn check(self) -> Result<(), OrganisationError> {
        if !self.is_any {
            return Ok(());
        }
        let stranded = self.told.into_iter().collect();
        Err(OrganisationError::WouldStrandRoles { stranded })
    }
}

impl Directory {
    /// Step 6 of a move: the organisations above now and not later hold nothing that names what goes. Valid or not, for a
    /// row that has ended must be as legal as any. O(members of those, and building users of what moves).
    pub(super) fn check_move_strands_nothing(
        &self,
        caller: &Caller<'_>,
        organisation: u32,
        parent: Option<u32>,
    ) -> Result<(), OrganisationError> {
        let path = self.organisations.paths.of(organisation);
        let stays = |above: &u32| parent.is_some_and(|parent| self.is_within(parent, *above));
        let above = path.iter().copied().filter(|above| *above != organisation && !stays(above));
        let lost: Vec<u32> = above.collect();
        let mut found = Found::new(caller);
        if !lost.is_empty() {
            self.add_stranded_roles(organisation, &lost, &mut found);
        }
        for above in lost {
            self.add_stranded_buildings(above, organisation, &mut found);
        }
        found.check()
    }

    /// Roles held at one of `lost` that name an integration in what moves.
    fn add_stranded_roles(&self, organisation: u32, lost: &[u32], found: &mut Found<'_>) {
        let buildings = self
            .subtree(organisation)
            .into_iter()
            .flat_map(|at| self.organisations.buildings.of(at).iter().copied());
        let integrations =
            buildings.flat_map(|building| self.buildings.integrations.of(building).iter().copied());
        for integration in integrations {
            for person in self.integrations.role_holders.of(integration) {
                self.add_roles_of(*person, integration, lost, found);
            }
        }
    }

    fn add_roles_of(&self, person: u32, integration: u32, lost: &[u32], found: &mut Found<'_>) {
        for grant in self.grants(person) {
            let (Form::SiteRole { organisation, sites: Sites::One(site) }
            | Form::OrganisationRole { organisation, sites: Sites::One(site) }) = grant.form
            else {
                continue;
            };
            if site == integration && lost.contains(&organisation) {
                found.add(organisation, || self.stranded_role(organisation, grant.source));
            }
        }
    }

    fn stranded_role(&self, organisation: u32, role: u32) -> Option<Stranded> {
        let organisation = self.organisations.ids.id(organisation)?.to_owned();
        Some(Stranded::Role { organisation, role: self.roles.path(role)?.clone() })
    }

    /// Buildings in what moves that members of `above` list, and that it does not serve.
    fn add_stranded_buildings(&self, above: u32, moved: u32, found: &mut Found<'_>) {
        let goes = |building: &u32| {
            let owner = self.buildings.owners.get(to_index(*building));
            owner.is_some_and(|owner| self.is_within(*owner, moved))
                && !self.serves(above, *building)
        };
        self.add_listed_buildings(above, goes, found);
    }

    /// Step 6 of a change of what is served: no member lists a building that is then neither owned inside nor served.
    pub(super) fn check_serving_strands_nothing(
        &self,
        caller: &Caller<'_>,
        organisation: u32,
        served: &[u32],
    ) -> Result<(), OrganisationError> {
        let mut served = served.to_vec();
        served.order();
        let goes = |building: &u32| {
            let owner = self.buildings.owners.get(to_index(*building));
            served.binary_search(building).is_err()
                && owner.is_some_and(|owner| !self.is_within(*owner, organisation))
        };
        let mut found = Found::new(caller);
        self.add_listed_buildings(organisation, goes, &mut found);
        found.check()
    }

    /// The buildings that go and that the building access of a member lists, dormant or not.
    fn add_listed_buildings(
        &self,
        organisation: u32,
        goes: impl Fn(&u32) -> bool,
        found: &mut Found<'_>,
    ) {
        for row in self.organisations.memberships.of(organisation) {
            let listed = match self.memberships.get(*row).map(|row| row.access) {
                Some(Access::Listed(list)) => self.building_lists.of(list),
                _ => self.memberships.dormant.get(row).map(Vec::as_slice).unwrap_or_default(),
            };
            for building in listed.iter().filter(|building| goes(building)) {
                found.add(organisation, || self.stranded_building(organisation, *building));
            }
        }
    }

    fn stranded_building(&self, organisation: u32, building: u32) -> Option<Stranded> {
        let organisation = self.organisations.ids.id(organisation)?.to_owned();
        let building = self.buildings.ids.id(building)?.to_owned();
        Some(Stranded::Building { organisation, building })
    }
}
