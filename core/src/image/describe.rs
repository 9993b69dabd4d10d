//! What an image calls things, and explanations. It has no names of people but for the lobby, which explanations leave alone.

use crate::facts::to_index;
use alloc::string::{String, ToString};

use super::Image;
use super::layout::TextRef;
use crate::estate::ResidencyType;
use crate::explain::{Describe, Explanation, Known, capital, explain};
use crate::facts::NONE;
use crate::id::IdRef;
use crate::key::Key;
use crate::request::{Request, ResourceKind};

impl Image<'_> {
    /// Decides, and says why. Slower than [`Image::decide`], with the same answer.
    #[must_use]
    pub fn explain(&self, request: &Request<'_>) -> Explanation {
        self.explain_with(request, capital)
    }

    /// [`Image::explain`] for a host that has the capitals of all scripts itself, and need not carry a second table of
    /// them: it gives the first letter of each sentence as a capital, as [`char::to_uppercase`] does.
    #[must_use]
    pub fn explain_with(&self, request: &Request<'_>, capital: fn(char) -> String) -> Explanation {
        match self.resolve(request) {
            Ok(question) => explain(self, &question.0, capital),
            Err(_) => self.known_of(request).explain(request),
        }
    }

    fn known_of(&self, request: &Request<'_>) -> Known {
        let acting_org = request.acting_org;
        Known {
            principal: self.principal(request.principal).is_some(),
            action: self.key(request.action).is_some(),
            resource: self.resource(request.resource).is_some(),
            acting_org: acting_org.is_none_or(|id| self.organisation(id).is_some()),
            is_whole: self.holds_everything(),
        }
    }

    fn text(&self, text: Option<TextRef>) -> Option<&str> {
        self.texts.get(text?)
    }
}

fn id_text(id: Option<IdRef<'_>>) -> String {
    id.map(|id| id.with_text(|text| String::from(text))).unwrap_or_default()
}

impl Describe for Image<'_> {
    fn person_name(&self, _: u32) -> Option<&str> {
        None
    }

    fn person_id(&self, person: u32) -> String {
        id_text(self.person_id_ref(person))
    }

    fn resource_name(&self, kind: ResourceKind, handle: u32) -> Option<&str> {
        self.text(match kind {
            ResourceKind::Platform => None,
            ResourceKind::Organisation => self.organisations.get(handle).map(|row| row.name),
            ResourceKind::Building => self.buildings.get(handle).map(|row| row.name),
            ResourceKind::Integration => self.integrations.get(handle).map(|row| row.name),
            ResourceKind::Unit => self.units.get(handle).map(|row| row.number),
            ResourceKind::Door => self.doors.get(handle).map(|row| row.name),
        })
    }

    fn resource_id(&self, kind: ResourceKind, handle: u32) -> String {
        id_text(self.id_ref(kind, handle))
    }

    fn key_text(&self, key: Key) -> String {
        Self::key_text(self, key).to_string()
    }

    fn role_text(&self, source: u32) -> String {
        self.text(self.roles.get(to_index(source)).copied()).unwrap_or_default().to_string()
    }

    fn group_name(&self, source: u32) -> String {
        self.text(self.groups.get(to_index(source)).copied()).unwrap_or_default().to_string()
    }

    fn residency_type(&self, source: u32) -> &'static str {
        match source {
            0 => ResidencyType::Unit.as_str(),
            1 => ResidencyType::Linked.as_str(),
            2 => ResidencyType::Guest.as_str(),
            _ => "",
        }
    }

    fn parent(&self, organisation: u32) -> u32 {
        self.organisations.get(organisation).map_or(NONE, |row| row.parent.get())
    }

    fn owner(&self, building: u32) -> u32 {
        self.buildings.get(building).map_or(NONE, |row| row.owner.get())
    }
}
