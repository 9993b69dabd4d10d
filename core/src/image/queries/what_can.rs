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
        let known = person.zip(action).into_iter();
        let resources = known.flat_map(move |(person, key)| self.what_can_handles(person, key, at));
        Ok(resources.filter_map(|resource| self.resource_id(resource)))
    }

    /// The same with handles of this image. Nothing for the token of a unit.
    pub fn what_can_handles(
        &self,
        person: PrincipalHandle,
        action: Key,
        at: Timestamp,
    ) -> impl Iterator<Item = ResourceHandle> + use<'_, 'a> {
        let PrincipalHandle(form, person) = person;
        let asker = match form {
            HandleKind::Person => Asker::new(self, Who::Person(person)),
            HandleKind::UnitToken => None,
        };
        let known = asker.zip(self.key_kind(action)).into_iter();
        known.flat_map(move |(asker, kind)| {
            let inside = self
                .within_reach(person, action, kind)
                .filter(move |resource| self.is_inside(kind, *resource));
            let allowed = inside.filter(move |resource| {
                let asked = Asked { key: action, kind, resource: *resource, acting_org: NONE, at };
                let case = Case::unrestricted(self, asked);
                case.is_some_and(|case| allows(self, &case, &asker))
            });
            allowed.map(move |resource| ResourceHandle(kind, resource))
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
