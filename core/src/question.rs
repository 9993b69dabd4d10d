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
    /// Whether it is of a person, and not of the token of a unit.
    #[must_use]
    pub const fn is_person(self) -> bool {
        matches!(self.0, HandleKind::Person)
    }

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

impl ResourceHandle {
    /// What kind of resource it is of.
    #[must_use]
    pub const fn kind(self) -> ResourceKind {
        self.0
    }
}

/// An organisation of one directory or image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrganisationHandle(pub(crate) u32);

/// Handles as numbers, for hosts in other languages. A number is a kind, counted from 1, above 32 bits of position: below
/// 2^53, so that it is exact in JavaScript, and never 0, so that memory which nobody wrote names nothing.
impl PrincipalHandle {
    /// The number of the handle.
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        let kind = match self.0 {
            HandleKind::Person => 1,
            HandleKind::UnitToken => 2,
        };
        pack(kind, self.1)
    }

    /// The handle with this number; none where it can be of no handle. Of another directory or image it names somebody
    /// else or nobody.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Option<Self> {
        match unpack(bits) {
            (1, person) => Some(Self(HandleKind::Person, person)),
            (2, unit) => Some(Self(HandleKind::UnitToken, unit)),
            _ => None,
        }
    }
}

impl ResourceHandle {
    /// The number of the handle.
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        let kind = match self.0 {
            ResourceKind::Platform => 1,
            ResourceKind::Organisation => 2,
            ResourceKind::Building => 3,
            ResourceKind::Integration => 4,
            ResourceKind::Unit => 5,
            ResourceKind::Door => 6,
        };
        pack(kind, self.1)
    }

    /// The handle with this number; none where it can be of no handle.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Option<Self> {
        let (kind, position) = unpack(bits);
        let kind = match kind {
            1 if position == 0 => ResourceKind::Platform,
            2 => ResourceKind::Organisation,
            3 => ResourceKind::Building,
            4 => ResourceKind::Integration,
            5 => ResourceKind::Unit,
            6 => ResourceKind::Door,
            _ => return None,
        };
        Some(Self(kind, position))
    }
}

impl OrganisationHandle {
    /// The number of the handle: that of the organisation as a resource.
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        ResourceHandle(ResourceKind::Organisation, self.0).to_bits()
    }

    /// The handle with this number; none where it can be of no handle.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Option<Self> {
        match ResourceHandle::from_bits(bits) {
            // The highest position stands for no acting organisation, and would ask a wider question.
            Some(ResourceHandle(ResourceKind::Organisation, at)) if at != NONE => Some(Self(at)),
            _ => None,
        }
    }
}

/// Kinds are counted from 1 for principals and for resources; 7 is that of keys (`key.rs`), and of nothing else.
pub(crate) const fn pack(kind: u8, position: u32) -> u64 {
    (kind as u64) << 32 | position as u64
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
pub(crate) const fn unpack(bits: u64) -> (u64, u32) {
    (bits >> 32, bits as u32)
}

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
