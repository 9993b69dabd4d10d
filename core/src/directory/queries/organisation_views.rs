//! How an organisation is shown to a caller, `OrganizationResponse` [3-2, C-87].

use alloc::vec::Vec;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::ids::to_index;
use crate::estate::{Deletion, LocalizedText};
use crate::id::IdRef;
use crate::path::RolePath;
use crate::time::Timestamp;

/// An organisation, `OrganizationResponse` [3-2, C-87].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationView<'d> {
    /// Its id.
    pub id: IdRef<'d>,
    /// Its name.
    pub name: &'d LocalizedText,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'d str>,
    /// The organisation above it, where the caller may see that.
    #[serde(rename = "parent_id", skip_serializing_if = "Option::is_none")]
    pub parent: Option<IdRef<'d>>,
    /// The name of the organisation above it, where the caller may see that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_name: Option<&'d LocalizedText>,
    /// The roles of its members, by user: all of them where the caller may list its users, else the caller's own.
    pub user_roles: RolesById<'d>,
    /// When it was deleted, or what is above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// From when it may be purged, where the estate keeps deleted ones for a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purge_at: Option<Timestamp>,
}

/// Roles under ids, in the order of these; the roles in the order of their text. As JSON a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolesById<'d>(pub Vec<(IdRef<'d>, Vec<&'d RolePath>)>);

impl Serialize for RolesById<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RoleMap(&self.0).serialize(serializer)
    }
}

/// Roles under ids, as a map.
pub(super) struct RoleMap<'r, 'd>(pub(super) &'r [(IdRef<'d>, Vec<&'d RolePath>)]);

impl Serialize for RoleMap<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, roles) in self.0 {
            map.serialize_entry(id, roles)?;
        }
        map.end()
    }
}

impl Directory {
    /// An organisation as the caller may see it; none for a handle that names nothing. O(its members) where the caller may
    /// list them.
    pub(super) fn organisation_view<'d>(
        &'d self,
        caller: &Caller<'_>,
        organisation: u32,
    ) -> Option<OrganisationView<'d>> {
        let parent = self.parent_of(organisation);
        let parent = parent.filter(|parent| caller.sees_organisation(*parent));
        let deletion = self.deletion_of(organisation);
        Some(OrganisationView {
            id: self.organisations.ids.id(organisation)?,
            name: self.organisations.names.get(to_index(organisation))?,
            description: self.organisations.descriptions.get(&organisation).map(|text| &**text),
            parent: parent.and_then(|parent| self.organisations.ids.id(parent)),
            parent_name: parent.and_then(|parent| self.organisations.names.get(to_index(parent))),
            user_roles: self.user_roles(caller, organisation),
            deleted_at: self.deleted_at(organisation),
            purge_at: deletion.and_then(|deletion| self.purge_time(deletion)),
        })
    }

    /// When an organisation was deleted, or the nearest one above it that is.
    fn deleted_at(&self, organisation: u32) -> Option<Timestamp> {
        let path = self.organisations.paths.of(organisation);
        path.iter().rev().find_map(|above| self.deletion_of(*above)).map(|deletion| deletion.at)
    }

    fn purge_time(&self, deletion: &Deletion) -> Option<Timestamp> {
        (self.settings().purge_retention_ms > 0).then(|| self.purge_at(deletion))
    }

    fn user_roles(&self, caller: &Caller<'_>, organisation: u32) -> RolesById<'_> {
        let mut members = self.valid_members(organisation, caller.at);
        let (kind, handle) = caller.authority_over(organisation);
        if !caller.is_allowed("users:list", kind, handle) {
            members.retain(|member| caller.person() == Some(*member));
        }
        self.people.ids.sort(&mut members);
        let roles = members.into_iter().filter_map(|person| {
            let (_, roles) = self.roles_in(person, organisation, caller.at)?;
            Some((self.people.ids.id(person)?, roles))
        });
        RolesById(roles.collect())
    }

    /// Those who belong to an organisation at an instant, in no order; people who are deleted are left out.
    fn valid_members(&self, organisation: u32, at: Timestamp) -> Vec<u32> {
        let mut found = Vec::new();
        self.add_members(organisation, at, &mut found);
        found.into_iter().map(|(person, _)| person).collect()
    }
}
