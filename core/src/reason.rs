//! What comes out: [`Decision`], with its stable codes [C-79].

use crate::time::Timestamp;

/// What a decision says. All but `Allow` mean no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// No.
    Deny,
    /// Yes.
    Allow,
    /// Reserved: not yet, more factors are wanted. Means no.
    Challenge,
}

impl Effect {
    /// The word in texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Allow => "allow",
            Self::Challenge => "challenge",
        }
    }
}

/// Why. The number is for ever; of several reasons the smallest number is the primary one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u16)]
pub enum Reason {
    /// Some grant counts and no restriction applies.
    Granted = 0,
    /// No person, or no unit of a token, has this id.
    PrincipalUnknown = 101,
    /// The action is not a key of the catalog.
    ActionUnknown = 102,
    /// No entity of that kind has this id.
    ResourceUnknown = 103,
    /// No organisation has the acting organisation's id.
    ActingOrgUnknown = 104,
    /// The question needs what this image does not hold; only images say so.
    OutsideSlice = 105,
    /// The action cannot be asked of this kind of resource.
    ActionNotApplicable = 201,
    /// The person is deleted.
    PrincipalDeleted = 301,
    /// The person is blocked, everywhere or in this building.
    PrincipalBlocked = 302,
    /// The resource's organisation, or one above it, is deleted.
    OrgDeleted = 401,
    /// The door is out of service.
    DoorDisabled = 402,
    /// The resource is outside the acting organisation.
    OrgContext = 501,
    /// Nothing the principal holds reaches the resource with this action.
    NoGrant = 601,
    /// The organisation at which the grant is held, or one above it, is deleted.
    GrantOrgDeleted = 701,
    /// The unit is out of service.
    UnitDisabled = 702,
    /// The grant begins later.
    NotYetValid = 703,
    /// The grant has ended.
    Expired = 704,
    /// The door is not for this resident.
    DoorAudience = 705,
    /// The door is not for guests.
    GuestDoor = 706,
}

impl Reason {
    /// Every reason, in order of code.
    pub const ALL: [Self; 19] = [
        Self::Granted,
        Self::PrincipalUnknown,
        Self::ActionUnknown,
        Self::ResourceUnknown,
        Self::ActingOrgUnknown,
        Self::OutsideSlice,
        Self::ActionNotApplicable,
        Self::PrincipalDeleted,
        Self::PrincipalBlocked,
        Self::OrgDeleted,
        Self::DoorDisabled,
        Self::OrgContext,
        Self::NoGrant,
        Self::GrantOrgDeleted,
        Self::UnitDisabled,
        Self::NotYetValid,
        Self::Expired,
        Self::DoorAudience,
        Self::GuestDoor,
    ];

    /// The stable number.
    #[must_use]
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::PrincipalUnknown => "principal_unknown",
            Self::ActionUnknown => "action_unknown",
            Self::ResourceUnknown => "resource_unknown",
            Self::ActingOrgUnknown => "acting_org_unknown",
            Self::OutsideSlice => "outside_slice",
            Self::ActionNotApplicable => "action_not_applicable",
            Self::PrincipalDeleted => "principal_deleted",
            Self::PrincipalBlocked => "principal_blocked",
            Self::OrgDeleted => "org_deleted",
            Self::DoorDisabled => "door_disabled",
            Self::OrgContext => "org_context",
            Self::NoGrant => "no_grant",
            Self::GrantOrgDeleted => "grant_org_deleted",
            Self::UnitDisabled => "unit_disabled",
            Self::NotYetValid => "not_yet_valid",
            Self::Expired => "expired",
            Self::DoorAudience => "door_audience",
            Self::GuestDoor => "guest_door",
        }
    }
}

/// What kind of fact granted an allow; the nearest kind is named first [C-79].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Basis {
    /// Nothing; the basis of every deny.
    None = 0,
    /// A residency.
    Residency = 1,
    /// An entry among the administrators of a unit.
    UnitAdministrator = 2,
    /// The token of a unit.
    UnitToken = 3,
    /// A role `virtual_access:integration:…`.
    SiteRole = 4,
    /// A permission group within a membership's building access.
    PermissionGroup = 5,
    /// Any other role held at an organisation.
    OrganisationRole = 6,
    /// A role held at the platform.
    PlatformRole = 7,
}

impl Basis {
    /// Every basis, in order of code.
    pub const ALL: [Self; 8] = [
        Self::None,
        Self::Residency,
        Self::UnitAdministrator,
        Self::UnitToken,
        Self::SiteRole,
        Self::PermissionGroup,
        Self::OrganisationRole,
        Self::PlatformRole,
    ];

    /// The stable number.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The basis with this word.
    #[cfg(feature = "alloc")]
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.as_str() == word)
    }

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Residency => "residency",
            Self::UnitAdministrator => "unit_administrator",
            Self::UnitToken => "unit_token",
            Self::SiteRole => "site_role",
            Self::PermissionGroup => "permission_group",
            Self::OrganisationRole => "organisation_role",
            Self::PlatformRole => "platform_role",
        }
    }
}

/// Position of a grant among those of its principal; private to the storage that decided.
pub(crate) const NO_ROW: u32 = u32::MAX;

/// The answer. Small, `Copy`, and the same from every storage: equality leaves out the row of the
/// basis, which is a private handle.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Decision {
    effect: Effect,
    reason: Reason,
    basis: Basis,
    row: u32,
    until: Timestamp,
}

/// For the storages that decide.
impl Decision {
    pub(crate) const fn deny(reason: Reason) -> Self {
        Self {
            effect: Effect::Deny,
            reason,
            basis: Basis::None,
            row: NO_ROW,
            until: Timestamp::MAX,
        }
    }

    pub(crate) const fn allow(basis: Basis, row: u32, until: Timestamp) -> Self {
        Self { effect: Effect::Allow, reason: Reason::Granted, basis, row, until }
    }

    pub(crate) const fn deny_until(reason: Reason, until: Timestamp) -> Self {
        Self { effect: Effect::Deny, reason, basis: Basis::None, row: NO_ROW, until }
    }

    #[cfg(feature = "alloc")]
    pub(crate) const fn row(&self) -> u32 {
        self.row
    }
}

impl Decision {
    /// Yes or no.
    pub const fn effect(&self) -> Effect {
        self.effect
    }

    /// Whether the effect is `Allow`.
    #[must_use]
    pub const fn is_allow(&self) -> bool {
        matches!(self.effect, Effect::Allow)
    }

    /// The primary reason.
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }

    /// What granted it; [`Basis::None`] for a deny.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// An instant before which time alone cannot change the effect; [`Timestamp::MAX`] when time
    /// cannot (semantics.md 3.8).
    #[must_use]
    pub const fn until(&self) -> Timestamp {
        self.until
    }

    /// What must be done along with an allow: one bit each, none defined yet.
    #[must_use]
    pub const fn obligations(&self) -> u32 {
        0
    }

    /// What the host should know though it does not change the answer: one bit each, none defined yet.
    #[must_use]
    pub const fn warnings(&self) -> u32 {
        0
    }
}

impl PartialEq for Decision {
    fn eq(&self, other: &Self) -> bool {
        self.effect == other.effect
            && self.reason == other.reason
            && self.basis == other.basis
            && self.until == other.until
    }
}

impl Eq for Decision {}
