//! Who would belong to nothing any more [C-40, C-43].

use crate::directory::Directory;
use crate::facts::{Facts, Standing};
use crate::time::Timestamp;

impl Directory {
    /// Whether a member of an organisation belongs to no other live one. A membership that has ended is none; one that
    /// begins later is one. People who are deleted are left out. O(members).
    pub(super) fn would_orphan_users(&self, organisation: u32, at: Timestamp) -> bool {
        self.organisations.memberships.of(organisation).iter().any(|row| {
            self.memberships.get(*row).is_some_and(|row| {
                !self.validity(row.condition).has_ended(at)
                    && self.standing(row.person) != Some(Standing::Deleted)
                    && !self.belongs_elsewhere(row.person, organisation, at)
            })
        })
    }

    fn belongs_elsewhere(&self, person: u32, organisation: u32, at: Timestamp) -> bool {
        self.memberships_of(person).filter_map(|row| self.memberships.get(row)).any(|row| {
            row.organisation != organisation
                && self.is_live(row.organisation)
                && !self.validity(row.condition).has_ended(at)
        })
    }
}
