//! On what may a person do this? [C-77]

use super::candidates::Candidates;
use crate::decide::{Asked, Asker, Case, allows};
use crate::facts::{Facts, NONE, Who};
use crate::id::IdRef;
use crate::image::{Image, OutsideSlice};
use crate::key::Key;
use crate::question::{HandleKind, PrincipalHandle, ResourceHandle};
use crate::request::{Principal, Resource, ResourceKind};
use crate::time::Timestamp;

impl<'a> Image<'a> {
    /// The resources of the action's own kind that `decide` allows, by id; in the slice of an integration those inside it.
    /// None for an unknown action, nor, in an image of everything, for an unknown person. Time, with `alloc` and in an
    /// image of everything, is that of the candidates: what the person's grants may reach; else of all of the kind.
    ///
    /// # Errors
    ///
    /// In a slice, when the person is not in it.
    pub fn what_can(
        &self,
        person: IdRef<'_>,
        action: &str,
        at: Timestamp,
    ) -> Result<impl Iterator<Item = Resource<'a>> + use<'_, 'a>, OutsideSlice> {
        let action = self.key(action);
        let person = match action {
            Some(_) => self.found(self.principal(Principal::Person(person)))?,
            None => None,
        };
        let resources = self.allowed(person.zip(action), at);
        Ok(resources.filter_map(|resource| self.resource_id(resource)))
    }

    /// The same with handles of this image. Nothing for the token of a unit.
    pub fn what_can_handles(
        &self,
        person: PrincipalHandle,
        action: Key,
        at: Timestamp,
    ) -> impl Iterator<Item = ResourceHandle> + use<'_, 'a> {
        self.allowed(Some((person, action)), at)
    }

    /// What somebody may do something on; nobody may do nothing. One iterator, not one in another, as all lists.
    fn allowed(
        &self,
        asked: Option<(PrincipalHandle, Key)>,
        at: Timestamp,
    ) -> impl Iterator<Item = ResourceHandle> + use<'_, 'a> {
        let known = asked.and_then(|(principal, key)| {
            let PrincipalHandle(HandleKind::Person, person) = principal else { return None };
            let asker = Asker::new(self, Who::Person(person))?;
            Some((person, asker, key, self.key_kind(key)?))
        });
        let resources = known.map_or(Candidates::all(0), |(person, _, key, kind)| {
            self.within_reach(person, key, kind)
        });
        resources.filter_map(move |resource| {
            let (_, asker, key, kind) = known?;
            if !self.is_inside(kind, resource) {
                return None;
            }
            let asked = Asked { key, kind, resource, acting_org: NONE, at };
            let case = Case::unrestricted(self, asked)?;
            allows(self, &case, &asker).then_some(ResourceHandle(kind, resource))
        })
    }

    /// Resources of a kind of which none is missing that a person may be allowed.
    #[cfg(feature = "alloc")]
    fn within_reach(&self, person: u32, key: Key, kind: ResourceKind) -> Candidates {
        if self.holds_everything() {
            return self.reachable(person, key, kind);
        }
        Candidates::all(self.count(kind))
    }

    /// Resources of a kind of which none is missing that a person may be allowed.
    #[cfg(not(feature = "alloc"))]
    fn within_reach(&self, _: u32, _: Key, kind: ResourceKind) -> Candidates {
        Candidates::all(self.count(kind))
    }
}
