//! Every list by name, for hosts that page through them or carry them over a wire.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

use super::page::paginate;
use super::{BuildingUserRow, LobbyRow, MemberDepth, MemberRow, Page, PageError, PageRequest};
use crate::directory::Directory;
use crate::id::{IdForm, IdRef};
use crate::path::RolePath;
use crate::request::{Principal, Resource};
use crate::time::Timestamp;

/// A list and its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListQuery<'a> {
    /// See [`Directory::permissions`].
    Permissions {
        /// Whose.
        principal: Principal<'a>,
        /// On what.
        resource: Resource<'a>,
    },
    /// See [`Directory::who_can`].
    WhoCan {
        /// A permission key.
        action: &'a str,
        /// On what.
        resource: Resource<'a>,
    },
    /// See [`Directory::what_can`].
    WhatCan {
        /// Who.
        person: IdRef<'a>,
        /// A permission key.
        action: &'a str,
    },
    /// See [`Directory::members`].
    Members {
        /// Of what.
        organisation: IdRef<'a>,
        /// How far down.
        depth: MemberDepth,
    },
    /// See [`Directory::visible_orgs`].
    VisibleOrgs {
        /// Who looks.
        person: IdRef<'a>,
    },
    /// See [`Directory::building_users`].
    BuildingUsers {
        /// Of what.
        integration: IdRef<'a>,
    },
    /// See [`Directory::assignable_roles`].
    AssignableRoles {
        /// Who gives.
        actor: IdRef<'a>,
        /// On what.
        integration: IdRef<'a>,
    },
    /// See [`Directory::lobby_directory`].
    LobbyDirectory {
        /// Of what.
        integration: IdRef<'a>,
    },
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListItem<'d> {
    /// Of `Permissions`.
    Permission(&'d str),
    /// Of `WhoCan`.
    Person(IdRef<'d>),
    /// Of `WhatCan`.
    Resource(Resource<'d>),
    /// Of `Members`.
    Member(MemberRow<'d>),
    /// Of `VisibleOrgs`.
    Organisation(IdRef<'d>),
    /// Of `BuildingUsers`.
    BuildingUser(BuildingUserRow<'d>),
    /// Of `AssignableRoles`.
    Role(RolePath),
    /// Of `LobbyDirectory`.
    LobbyUnit(LobbyRow<'d>),
}

impl Serialize for ListItem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Permission(key) => key.serialize(serializer),
            Self::Person(id) | Self::Organisation(id) => id.serialize(serializer),
            Self::Resource(resource) => resource.to_string().serialize(serializer),
            Self::Member(row) => row.serialize(serializer),
            Self::BuildingUser(row) => row.serialize(serializer),
            Self::Role(role) => role.serialize(serializer),
            Self::LobbyUnit(row) => row.serialize(serializer),
        }
    }
}

impl ListItem<'_> {
    /// Bytes in the order of the list, different for every item. Only ids end it, so that none is the beginning
    /// of another but by order.
    fn key(&self) -> Vec<u8> {
        match self {
            Self::Permission(key) => key.as_bytes().to_vec(),
            Self::Role(role) => role.as_str().as_bytes().to_vec(),
            Self::Person(id) | Self::Organisation(id) => id_key(*id),
            Self::Resource(resource) => resource.id().map(id_key).unwrap_or_default(),
            Self::Member(row) => id_key(row.person),
            Self::BuildingUser(row) => {
                let mut key = id_key(row.person);
                key.extend(row.role.as_str().as_bytes());
                key
            }
            Self::LobbyUnit(row) => {
                let mut key = row.number.as_bytes().to_vec();
                // No number has a control character, so a shorter number comes first.
                key.push(0);
                key.extend(id_key(row.unit));
                key
            }
        }
    }
}

/// The order of ids as bytes: the form, the bytes, and after a name, which has no zero byte, a zero.
pub(super) fn id_key(id: IdRef<'_>) -> Vec<u8> {
    let mut key = alloc::vec![match id.form() {
        IdForm::Ulid => 0,
        IdForm::Uuid => 1,
        IdForm::Name => 2,
    }];
    key.extend(id.as_bytes());
    if id.form() == IdForm::Name {
        key.push(0);
    }
    key
}

impl Directory {
    /// A list by name; what it holds is said at the method of the same name.
    pub fn list<'s>(
        &'s self,
        query: &ListQuery<'s>,
        at: Timestamp,
    ) -> Box<dyn Iterator<Item = ListItem<'s>> + 's> {
        match *query {
            ListQuery::Permissions { principal, resource } => {
                Box::new(self.permissions(principal, resource, at).map(ListItem::Permission))
            }
            ListQuery::WhoCan { action, resource } => {
                Box::new(self.who_can(action, resource, at).map(ListItem::Person))
            }
            ListQuery::WhatCan { person, action } => {
                Box::new(self.what_can(person, action, at).map(ListItem::Resource))
            }
            ListQuery::Members { organisation, depth } => {
                Box::new(self.members(organisation, depth, at).map(ListItem::Member))
            }
            ListQuery::VisibleOrgs { person } => {
                Box::new(self.visible_orgs(person, at).map(ListItem::Organisation))
            }
            ListQuery::BuildingUsers { integration } => {
                Box::new(self.building_users(integration, at).map(ListItem::BuildingUser))
            }
            ListQuery::AssignableRoles { actor, integration } => {
                Box::new(self.assignable_roles(actor, integration, at).map(ListItem::Role))
            }
            ListQuery::LobbyDirectory { integration } => {
                Box::new(self.lobby_directory(integration, at).map(ListItem::LobbyUnit))
            }
        }
    }

    /// A page of a list. A cursor belongs to the list and arguments that gave it, at any instant.
    ///
    /// # Errors
    ///
    /// [`PageError::InvalidCursor`] for a cursor that is damaged or of another list.
    pub fn page<'s>(
        &'s self,
        query: &ListQuery<'s>,
        at: Timestamp,
        request: &PageRequest<'_>,
    ) -> Result<Page<ListItem<'s>>, PageError> {
        let fingerprint = crate::hash::bytes(format!("{query:?}").as_bytes());
        paginate(self.list(query, at), ListItem::key, fingerprint, self.revision, request)
    }
}
