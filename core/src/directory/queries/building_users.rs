//! The building users of an integration: who holds a role that names it [0-1, 0-2, C-77].

use alloc::vec::Vec;

use serde::Serialize;

use crate::catalog::site_role;
use crate::directory::Directory;
use crate::facts::{Facts, Form, ResidentKind, Sites, Standing};
use crate::id::IdRef;
use crate::order::Order;
use crate::path::{RolePath, covers};
use crate::time::Timestamp;

/// A person and one of their roles on an integration [0-29, C-87].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BuildingUserRow<'d> {
    /// Who.
    #[serde(rename = "user_id")]
    pub person: IdRef<'d>,
    /// The role.
    pub role: &'d RolePath,
    /// The units of this integration in which they have an ACTIVE residency at the instant, by id.
    #[serde(rename = "apartments")]
    pub units: Vec<IdRef<'d>>,
}

impl Directory {
    /// One row a person and role, by person, then role. Roles count that name the integration literally, held
    /// at its organisation or one above, live and valid at the instant. None for an unknown integration.
    /// O(people with such a role).
    pub fn building_users(
        &self,
        integration: IdRef<'_>,
        at: Timestamp,
    ) -> impl Iterator<Item = BuildingUserRow<'_>> {
        let integration = self.integrations.ids.find(&integration);
        integration.into_iter().flat_map(move |integration| {
            let mut people = self.integrations.role_holders.of(integration).to_vec();
            self.people.ids.sort(&mut people);
            people.into_iter().flat_map(move |person| self.building_user(person, integration, at))
        })
    }

    fn building_user(
        &self,
        person: u32,
        integration: u32,
        at: Timestamp,
    ) -> Vec<BuildingUserRow<'_>> {
        let id = self.integrations.ids.id(integration).zip(self.people.ids.id(person));
        let Some((integration_id, person_id)) = id else { return Vec::new() };
        if self.standing(person) == Some(Standing::Deleted) {
            return Vec::new();
        }
        let all_roles = integration_id.with_text(|id| site_role(id, "*"));
        let roles = self.grants(person).filter(|grant| {
            matches!(grant.form, Form::SiteRole { sites: Sites::One(named), .. } if named == integration)
                && self.counts_at(&grant.form, grant.condition, at)
        });
        let roles = roles.filter_map(|grant| self.roles.path(grant.source));
        let mut roles: Vec<_> = roles.filter(|role| covers(&all_roles, role.as_str())).collect();
        roles.order();
        roles.dedup();
        let units = self.units_of(person, integration, at);
        let row = |role| BuildingUserRow { person: person_id, role, units: units.clone() };
        roles.into_iter().map(row).collect()
    }

    /// The units of an integration in which a person lives at an instant.
    pub(crate) fn units_of(&self, person: u32, integration: u32, at: Timestamp) -> Vec<IdRef<'_>> {
        let units = self.grants(person).filter_map(|grant| match grant.form {
            Form::Residency { kind: ResidentKind::Blocked, .. } => None,
            Form::Residency { unit, .. } => {
                let is_valid = self.is_valid(grant.condition, at);
                (is_valid && self.unit_integration(unit) == integration).then_some(unit)
            }
            _ => None,
        });
        units.filter_map(|unit| self.units.ids.id(unit)).collect()
    }
}
