//! Which organisations may a person see? [3-4, C-76]

use alloc::vec::Vec;

use crate::directory::Directory;
use crate::facts::{Facts, Standing};
use crate::id::IdRef;
use crate::time::Timestamp;

const READ_KEY: &str = "orgs:read";

impl Directory {
    /// The live organisations that a person in good standing belongs to at an instant, or may read, by id.
    pub fn visible_orgs(
        &self,
        person: IdRef<'_>,
        at: Timestamp,
    ) -> impl Iterator<Item = IdRef<'_>> {
        let person = self.people.ids.find(&person);
        let organisations = person.map(|person| self.visible_org_handles(person, at));
        let organisations = organisations.unwrap_or_default().into_iter();
        organisations.filter_map(|organisation| self.organisations.ids.id(organisation))
    }

    pub(crate) fn visible_org_handles(&self, person: u32, at: Timestamp) -> Vec<u32> {
        if self.standing(person) != Some(Standing::Active) {
            return Vec::new();
        }
        let memberships = self.people.memberships.of(person).iter();
        let memberships = memberships.filter_map(|row| self.memberships.get(*row));
        let own = memberships.filter(|membership| {
            let condition = membership.condition;
            self.is_valid(condition, at) && self.is_live(membership.organisation)
        });
        let mut organisations: Vec<u32> = own.map(|membership| membership.organisation).collect();
        if let Some(key) = self.catalog.key(READ_KEY) {
            organisations.extend(self.what_can_handles(person, key, at));
        }
        self.organisations.ids.sort(&mut organisations);
        organisations
    }
}
