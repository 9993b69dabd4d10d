//! Asking for decisions: with text, with ids, and with handles that were resolved once.

use super::Directory;
use crate::catalog::Catalog;
use crate::decide::decide;
use crate::id::IdRef;
use crate::question::{HandleKind, OrganisationHandle, PrincipalHandle, Question, ResourceHandle};
use crate::reason::{Decision, Reason};
use crate::request::{Principal, Request, RequestError, Resource, TextRequest};

impl Directory {
    /// Decides. Infallible: whatever is unknown is a deny with its reason. Allocates nothing. O(grants of
    /// the principal × depth of the organisation), whatever the size of the directory.
    #[inline]
    pub fn decide(&self, request: &Request<'_>) -> Decision {
        match self.resolve(request) {
            Ok(question) => decide(self, &question.0),
            Err(reason) => Decision::deny(reason),
        }
    }

    /// Decides from text [C-85].
    ///
    /// # Errors
    ///
    /// When a field is not of its form; an id that is of its form but unknown is a deny.
    #[inline]
    pub fn decide_text(&self, request: &TextRequest<'_>) -> Result<Decision, RequestError> {
        Ok(self.decide(&request.parse()?))
    }

    /// Decides with handles of this directory.
    #[inline]
    pub fn decide_question(&self, question: &Question) -> Decision {
        decide(self, &question.0)
    }

    /// Looks every id of a request up.
    ///
    /// # Errors
    ///
    /// The first of the reasons 1xx that applies.
    #[inline]
    pub fn resolve(&self, request: &Request<'_>) -> Result<Question, Reason> {
        let principal = self.principal(request.principal).ok_or(Reason::PrincipalUnknown)?;
        let action = self.catalog.key(request.action).ok_or(Reason::ActionUnknown)?;
        let resource = self.resource(request.resource).ok_or(Reason::ResourceUnknown)?;
        let question = Question::new(principal, action, resource, request.at);
        match request.acting_org {
            None => Ok(question),
            Some(id) => {
                let organisation = self.organisation(id).ok_or(Reason::ActingOrgUnknown)?;
                Ok(question.acting_for(organisation))
            }
        }
    }

    /// The handle of a principal, by id or alias.
    #[inline]
    #[must_use]
    pub fn principal(&self, principal: Principal<'_>) -> Option<PrincipalHandle> {
        match principal {
            Principal::Person(id) => {
                Some(PrincipalHandle(HandleKind::Person, self.people.ids.find(&id)?))
            }
            Principal::UnitToken(id) => {
                Some(PrincipalHandle(HandleKind::UnitToken, self.units.ids.find(&id)?))
            }
        }
    }

    /// The handle of a resource, by id or alias.
    #[inline]
    #[must_use]
    pub fn resource(&self, resource: Resource<'_>) -> Option<ResourceHandle> {
        let handle = match resource {
            Resource::Platform => 0,
            Resource::Organisation(id) => self.organisations.ids.find(&id)?,
            Resource::Building(id) => self.buildings.ids.find(&id)?,
            Resource::Integration(id) => self.integrations.ids.find(&id)?,
            Resource::Unit(id) => self.units.ids.find(&id)?,
            Resource::Door(id) => self.doors.ids.find(&id)?,
        };
        Some(ResourceHandle(resource.kind(), handle))
    }

    /// The handle of an organisation, by id or alias.
    #[inline]
    #[must_use]
    pub fn organisation(&self, id: IdRef<'_>) -> Option<OrganisationHandle> {
        self.organisations.ids.find(&id).map(OrganisationHandle)
    }

    /// The permission keys and roles of this estate.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The revision of the estate, as the host wrote it.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }
}
