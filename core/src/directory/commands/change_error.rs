//! Why a change that every rule allows is not made: there is no room for it, or it does not apply.

use alloc::vec::Vec;

use crate::catalog::Meaning;
use crate::directory::Directory;
use crate::directory::events::{ApplyError, Event};
use crate::error::{CheckStep, ErrorClass, ErrorDetail, step_of};
use crate::limits::{MAX_ENTRIES, MAX_MEANINGS};
use crate::path::RolePath;
use crate::sorted::Set;

/// Why a change that every rule allows is not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// It adds more different sets of keys, of roles and permission groups, than there is room for; nothing was changed.
    #[error(
        "the roles and permission groups have too many different sets of keys, expected at most {MAX_MEANINGS}"
    )]
    Full,
    /// It was prepared and does not apply. After [`ApplyError::Event`] the directory is of no use any more, and is to be
    /// made anew; after the others it is as it was.
    #[error(transparent)]
    Apply(#[from] ApplyError),
}

impl ChangeError {
    /// The class.
    #[must_use]
    pub const fn class(&self) -> ErrorClass {
        match self {
            Self::Apply(ApplyError::StaleRevision { .. }) => ErrorClass::StaleRevision,
            Self::Full | Self::Apply(_) => ErrorClass::Capacity,
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.class().as_str()
    }

    /// No field is at fault.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        None
    }

    /// The step of C-16 at which it is found.
    #[must_use]
    pub const fn step(&self) -> CheckStep {
        step_of(self.class())
    }

    /// There is no more to say than the code.
    #[must_use]
    pub const fn details(&self) -> Vec<ErrorDetail> {
        Vec::new()
    }
}

/// What events name that has a meaning.
#[derive(Default)]
struct Named<'e> {
    roles: Set<&'e RolePath>,
    groups: Vec<&'e [RolePath]>,
}

impl<'e> Named<'e> {
    fn of(events: &'e [Event]) -> Self {
        let mut named = Self::default();
        for event in events {
            match event {
                Event::BuildingUserAdded { role, .. } | Event::RoleGranted { role, .. } => {
                    named.roles.insert(role);
                }
                Event::MembershipSet { membership, .. } => {
                    named.roles.extend(membership.roles.iter().map(|entry| &entry.role));
                }
                Event::PermissionGroupDefined { permission_group } => {
                    named.groups.push(&permission_group.keys);
                }
                _ => {}
            }
        }
        named
    }
}

impl Directory {
    /// Step 7: there is room for the sets of keys that a change adds, so that what is prepared can be applied. O(events),
    /// and nearly nothing while there is room for the most that so many events can add.
    pub(super) fn check_room(&self, events: &[Event]) -> Result<(), ChangeError> {
        let room = self.meanings.room();
        let most = events.len().saturating_mul(MAX_ENTRIES.saturating_mul(2));
        if most <= room || self.new_meanings(&Named::of(events)) <= room {
            return Ok(());
        }
        Err(ChangeError::Full)
    }

    /// How many at most are new of the meanings of what is named. What is equal in several of them counts several times.
    fn new_meanings(&self, named: &Named<'_>) -> usize {
        let is_new = |meaning: &Meaning| self.meanings.find(meaning).is_none();
        let roles = named.roles.iter().filter(|role| self.roles.find(role).is_none());
        let roles = roles.flat_map(|role| {
            let meaning = self.catalog.meaning(role, false);
            let at_platform = self.catalog.meaning(role, true);
            let other = (at_platform != meaning).then_some(at_platform);
            [Some(meaning), other].into_iter().flatten()
        });
        let groups = named.groups.iter().map(|keys| Meaning {
            everywhere: self.catalog.keys_covered(*keys),
            ..Meaning::default()
        });
        roles.chain(groups).filter(is_new).count()
    }
}
