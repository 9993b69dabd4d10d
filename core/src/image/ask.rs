//! Asking an image for decisions: with text, with ids, and with handles that were resolved once.

use super::ids::Ids;
use super::{Image, SliceKind};
use crate::decide::decide;
use crate::facts::Facts;
use crate::id::IdRef;
use crate::question::{HandleKind, OrganisationHandle, PrincipalHandle, Question, ResourceHandle};
use crate::reason::{Decision, Reason};
use crate::request::{Principal, Request, RequestError, Resource, ResourceKind, TextRequest};

impl<'a> Image<'a> {
    /// Decides. Infallible: what is unknown, or outside the slice, is a deny with its reason. Allocates nothing. O(grants
    /// of the principal), whatever the size of the image.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub fn decide(&self, request: &Request<'_>) -> Decision {
        self.decide_resolved(&self.resolve(request))
    }

    /// Decides from text [C-85].
    ///
    /// # Errors
    ///
    /// When a field is not of its form; an id that is of its form but unknown is a deny.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub fn decide_text(&self, request: &TextRequest<'_>) -> Result<Decision, RequestError> {
        match &self.resolve_text(request) {
            Ok(resolved) => Ok(self.decide_resolved(resolved)),
            Err(error) => Err(*error),
        }
    }

    /// Apart, so that what was read is gone from the stack before the decision.
    #[cfg_attr(not(feature = "compact"), inline)]
    #[cfg_attr(feature = "compact", inline(never))]
    fn resolve_text(
        &self,
        request: &TextRequest<'_>,
    ) -> Result<Result<Question, Reason>, RequestError> {
        match &request.parse() {
            Ok(request) => Ok(self.resolve(request)),
            Err(error) => Err(*error),
        }
    }

    #[cfg_attr(not(feature = "compact"), inline)]
    fn decide_resolved(&self, resolved: &Result<Question, Reason>) -> Decision {
        match resolved {
            Ok(question) => decide(self, &question.0),
            Err(reason) => Decision::deny(*reason),
        }
    }

    /// Decides with handles of this image. Those that were made from numbers may be of anything: what the slice does not
    /// hold whole is refused here too.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub fn decide_question(&self, question: &Question) -> Decision {
        if self.is_inside(question.0.kind, question.0.resource) {
            decide(self, &question.0)
        } else {
            Decision::deny(Reason::OutsideSlice)
        }
    }

    /// Looks every id of a request up.
    ///
    /// # Errors
    ///
    /// The first of the reasons 1xx that applies.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[cfg_attr(feature = "compact", inline(never))]
    pub fn resolve(&self, request: &Request<'_>) -> Result<Question, Reason> {
        let principal = self.principal(request.principal);
        let action = self.key(request.action);
        let (Some(principal), Some(action), Some(resource)) =
            (principal, action, self.resource(request.resource))
        else {
            let is_known = (principal.is_some(), action.is_some());
            return Err(self.unresolved(is_known));
        };
        let question = Question::new(principal, action, resource, request.at);
        let Some(id) = request.acting_org else { return Ok(question) };
        match self.organisation(id) {
            Some(organisation) => Ok(question.acting_for(organisation)),
            None => Err(self.unknown(Reason::ActingOrgUnknown)),
        }
    }

    /// Why a question with something unknown is denied; of two reasons the smaller code.
    #[cold]
    fn unresolved(&self, is_known: (bool, bool)) -> Reason {
        match is_known {
            (false, _) if self.holds_everything() => Reason::PrincipalUnknown,
            (_, false) => Reason::ActionUnknown,
            (false, true) => Reason::OutsideSlice,
            (true, true) => self.unknown(Reason::ResourceUnknown),
        }
    }

    /// What is not found in a slice may be elsewhere.
    #[cold]
    fn unknown(&self, reason: Reason) -> Reason {
        if self.holds_everything() { reason } else { Reason::OutsideSlice }
    }

    /// The handle of a principal, by id or alias.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[must_use]
    pub fn principal(&self, principal: Principal<'_>) -> Option<PrincipalHandle> {
        match principal {
            Principal::Person(id) => {
                let person = self.people.ids(self.texts).find(&id)?;
                Some(PrincipalHandle(HandleKind::Person, person))
            }
            Principal::UnitToken(id) => {
                let unit = self.units.ids(self.texts).find(&id)?;
                Some(PrincipalHandle(HandleKind::UnitToken, unit))
            }
        }
    }

    /// The handle of a resource that may be asked about, by id or alias.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[must_use]
    pub fn resource(&self, resource: Resource<'_>) -> Option<ResourceHandle> {
        let handle = match resource.id() {
            None => 0,
            Some(id) => self.find(resource.kind(), &id)?,
        };
        let kind = resource.kind();
        self.is_inside(kind, handle).then_some(ResourceHandle(kind, handle))
    }

    /// The handle of an id among those of a kind. Where speed counts, there is a search for each kind, with the length of its
    /// rows written into it; where size counts, one for all.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn find(&self, kind: ResourceKind, id: &IdRef<'_>) -> Option<u32> {
        if cfg!(feature = "compact") {
            self.ids_of(kind)?.find(id)
        } else {
            self.with_ids_of(kind, |ids| ids.find(id))
        }
    }

    /// The ids of a kind of resource; none of the platform.
    #[inline(never)]
    pub(super) fn ids_of(&self, kind: ResourceKind) -> Option<Ids<'a>> {
        self.with_ids_of(kind, Some)
    }

    #[inline(always)]
    fn with_ids_of<T>(
        &self,
        kind: ResourceKind,
        read: impl FnOnce(Ids<'a>) -> Option<T>,
    ) -> Option<T> {
        let texts = self.texts;
        match kind {
            ResourceKind::Platform => None,
            ResourceKind::Organisation => read(self.organisations.ids(texts)),
            ResourceKind::Building => read(self.buildings.ids(texts)),
            ResourceKind::Integration => read(self.integrations.ids(texts)),
            ResourceKind::Unit => read(self.units.ids(texts)),
            ResourceKind::Door => read(self.doors.ids(texts)),
        }
    }

    /// Whether the slice has everything that a decision about a resource needs. That of an integration also has what
    /// contains the integration, and units of other integrations that its doors are for.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub(super) fn is_inside(&self, kind: ResourceKind, handle: u32) -> bool {
        match self.slice {
            SliceKind::Everything | SliceKind::Person => true,
            SliceKind::Integration => match kind {
                ResourceKind::Integration | ResourceKind::Door => true,
                ResourceKind::Unit => {
                    self.integrations.get(self.unit_integration(handle)).is_some()
                }
                _ => false,
            },
        }
    }

    /// The handle of an organisation, by id or alias.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[must_use]
    pub fn organisation(&self, id: IdRef<'_>) -> Option<OrganisationHandle> {
        self.organisations.ids(self.texts).find(&id).map(OrganisationHandle)
    }
}
