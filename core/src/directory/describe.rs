//! What the directory calls things, and explanations.

use alloc::boxed::Box;
use alloc::string::{String, ToString};

use super::Directory;
use super::ids::{IdTable, to_index};
use crate::catalog::Key;
use crate::explain::{Describe, Explanation, Known, capital, explain};
use crate::facts::NONE;
use crate::request::{Request, ResourceKind};

impl Directory {
    /// Decides, and says why. Slower than [`Directory::decide`], with the same answer.
    #[must_use]
    pub fn explain(&self, request: &Request<'_>) -> Explanation {
        match self.resolve(request) {
            Ok(question) => explain(self, &question.0, capital),
            Err(_) => self.known_of(request).explain(request),
        }
    }

    fn known_of(&self, request: &Request<'_>) -> Known {
        let acting_org = request.acting_org;
        Known {
            principal: self.principal(request.principal).is_some(),
            action: self.catalog.key(request.action).is_some(),
            resource: self.resource(request.resource).is_some(),
            acting_org: acting_org.is_none_or(|id| self.organisation(id).is_some()),
            is_whole: true,
        }
    }
}

fn name_in(names: &[Box<str>], handle: u32) -> Option<&str> {
    names.get(to_index(handle)).map(|name| &**name)
}

fn id_text(table: &IdTable, handle: u32) -> String {
    table.id(handle).map(|id| id.to_string()).unwrap_or_default()
}

impl Describe for Directory {
    fn person_name(&self, person: u32) -> Option<&str> {
        self.people.contacts.name(person)
    }

    fn person_id(&self, person: u32) -> String {
        id_text(&self.people.ids, person)
    }

    fn resource_name(&self, kind: ResourceKind, handle: u32) -> Option<&str> {
        match kind {
            ResourceKind::Platform => None,
            ResourceKind::Organisation => {
                self.organisations.names.get(to_index(handle)).map(|name| name.any())
            }
            ResourceKind::Building => name_in(&self.buildings.names, handle),
            ResourceKind::Integration => name_in(&self.integrations.names, handle),
            ResourceKind::Unit => name_in(&self.units.numbers, handle),
            ResourceKind::Door => name_in(&self.doors.names, handle),
        }
    }

    fn resource_id(&self, kind: ResourceKind, handle: u32) -> String {
        self.ids_of(kind).map(|ids| id_text(ids, handle)).unwrap_or_default()
    }

    fn key_text(&self, key: Key) -> String {
        self.catalog.text(key).to_string()
    }

    fn role_text(&self, source: u32) -> String {
        self.roles.path(source).map(ToString::to_string).unwrap_or_default()
    }

    fn group_name(&self, source: u32) -> String {
        let name = self.groups.rows.get(to_index(source)).map(|row| &*row.name);
        match name.filter(|name| !name.is_empty()) {
            Some(name) => name.into(),
            None => id_text(&self.groups.ids, source),
        }
    }

    fn residency_type(&self, source: u32) -> &'static str {
        self.residencies.get(source).map_or("", |row| row.residency_type.as_str())
    }

    fn parent(&self, organisation: u32) -> u32 {
        let path = self.organisations.paths.of(organisation);
        path.iter().rev().nth(1).copied().unwrap_or(NONE)
    }

    fn owner(&self, building: u32) -> u32 {
        self.buildings.owners.get(to_index(building)).copied().unwrap_or(NONE)
    }
}
