//! What commands look up before they change something.

use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::directory::tables::{Group, JobFunction};
use crate::estate::{Deletion, OrganisationKind, Settings};
use crate::facts::{Form, NONE};
use crate::id::IdRef;

impl Directory {
    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The row of a membership. O(memberships of the person).
    pub(crate) fn membership(&self, person: u32, organisation: u32) -> Option<u32> {
        self.memberships_of(person).find(|row| {
            self.memberships.get(*row).is_some_and(|row| row.organisation == organisation)
        })
    }

    /// The rows of a person's memberships, in no order.
    pub(crate) fn memberships_of(&self, person: u32) -> impl Iterator<Item = u32> {
        self.people.memberships.of(person).iter().copied()
    }

    /// The row of a residency. O(grants of the person).
    pub(crate) fn residency(&self, person: u32, unit: u32) -> Option<u32> {
        self.people.grants.of(person).iter().find_map(|grant| match grant.form {
            Form::Residency { unit: at, .. } if at == unit => Some(grant.source),
            _ => None,
        })
    }

    /// The rows of a person's residencies, in no order.
    pub(crate) fn residencies_of(&self, person: u32) -> impl Iterator<Item = u32> {
        self.people.grants.of(person).iter().filter_map(|grant| match grant.form {
            Form::Residency { .. } => Some(grant.source),
            _ => None,
        })
    }

    /// The rows of the residencies in a unit, in no order.
    pub(crate) fn residents_of(&self, unit: u32) -> &[u32] {
        self.units.residencies.of(unit)
    }

    /// The people who administer a unit, in no order.
    pub(crate) fn administrators_of(&self, unit: u32) -> &[u32] {
        self.units.administrators.of(unit)
    }

    /// The organisation above; none of a root.
    pub(crate) fn parent_of(&self, organisation: u32) -> Option<u32> {
        self.organisations.paths.of(organisation).iter().rev().nth(1).copied()
    }

    /// The account of an organisation's root, or [`NONE`].
    pub(crate) fn account_of(&self, organisation: u32) -> u32 {
        let root = self.organisations.paths.of(organisation).first();
        let root = root.and_then(|root| self.organisations.rows.get(to_index(*root)));
        root.map_or(NONE, |root| root.account)
    }

    pub(crate) fn kind_of(&self, organisation: u32) -> Option<OrganisationKind> {
        self.organisations.rows.get(to_index(organisation))?.kind
    }

    /// The deletion of the organisation itself, not of one above it.
    pub(crate) fn deletion_of(&self, organisation: u32) -> Option<&Deletion> {
        self.organisations.deletions.get(&organisation)
    }

    /// The organisations right below, in no order.
    pub(crate) fn children_of(&self, organisation: u32) -> &[u32] {
        self.organisations.children.of(organisation)
    }

    pub(crate) fn job_function(&self, id: IdRef<'_>) -> Option<(u32, &JobFunction)> {
        let handle = self.job_functions.ids.find(&id)?;
        Some((handle, self.job_functions.rows.get(to_index(handle))?))
    }

    pub(crate) fn group(&self, id: IdRef<'_>) -> Option<(u32, &Group)> {
        let handle = self.groups.ids.find(&id)?;
        Some((handle, self.groups.rows.get(to_index(handle))?))
    }

    /// Whether an organisation with this id was purged, so that none may have it again.
    pub(crate) fn has_purged(&self, id: IdRef<'_>) -> bool {
        self.organisations.purged.find(&id).is_some()
    }

    /// The generation that a unit's token must carry [2-5].
    pub(crate) fn token_generation(&self, unit: u32) -> u64 {
        self.units.token_generations.get(&unit).copied().unwrap_or_default()
    }
}
