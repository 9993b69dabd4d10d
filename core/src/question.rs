//! Questions with handles, which a directory or an image resolved once.

use crate::facts::{NONE, Resolved, Who};
use crate::key::Key;
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// A principal of one directory or image. Of another, it names somebody else or nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PrincipalHandle(pub(crate) HandleKind, pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum HandleKind {
    Person,
    UnitToken,
}

impl PrincipalHandle {
    #[inline]
    pub(crate) const fn who(self) -> Who {
        match self.0 {
            HandleKind::Person => Who::Person(self.1),
            HandleKind::UnitToken => Who::UnitToken(self.1),
        }
    }
}

/// A resource of one directory or image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResourceHandle(pub(crate) ResourceKind, pub(crate) u32);

/// An organisation of one directory or image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrganisationHandle(pub(crate) u32);

/// A question with everything resolved, for loops that ask many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question(pub(crate) Resolved);

impl Question {
    /// A question with no acting organisation.
    #[must_use]
    pub const fn new(
        principal: PrincipalHandle,
        action: Key,
        resource: ResourceHandle,
        at: Timestamp,
    ) -> Self {
        Self(Resolved {
            principal: principal.who(),
            key: action,
            kind: resource.0,
            resource: resource.1,
            acting_org: NONE,
            at,
        })
    }

    /// The same question, asked on behalf of an organisation.
    #[must_use]
    pub const fn acting_for(mut self, organisation: OrganisationHandle) -> Self {
        self.0.acting_org = organisation.0;
        self
    }

    /// The same question at another instant.
    #[must_use]
    pub const fn at(mut self, at: Timestamp) -> Self {
        self.0.at = at;
        self
    }
}
