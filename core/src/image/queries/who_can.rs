//! Who may do this here? [C-77]

use super::candidates::Candidates;
use crate::decide::{Asked, Asker, Case, allows};
use crate::facts::{NONE, Who};
use crate::id::IdRef;
use crate::image::{Image, OutsideSlice, SliceKind};
use crate::key::Key;
use crate::question::{HandleKind, PrincipalHandle, ResourceHandle};
use crate::request::Resource;
use crate::time::Timestamp;

impl<'a> Image<'a> {
    /// The people whom `decide` allows this, without an acting organisation, by id; no unit tokens. None for an unknown
    /// action, nor, in an image of everything, for an unknown resource. Time, with `alloc` and in an image of everything,
    /// is that of the candidates: people with a grant that may reach the resource; else of all people of the image.
    ///
    /// # Errors
    ///
    /// In a slice, when the resource is not inside it. In that of a person always: it has nobody else.
    pub fn who_can(
        &self,
        action: &str,
        resource: Resource<'_>,
        at: Timestamp,
    ) -> Result<impl Iterator<Item = IdRef<'a>> + use<'_, 'a>, OutsideSlice> {
        self.has_people()?;
        let action = self.key(action);
        let resource = match action {
            Some(_) => self.found(self.resource(resource))?,
            None => None,
        };
        let known = action.zip(resource);
        let people =
            known.map(|(key, resource)| self.who_can_handles(key, resource, at)).transpose()?;
        Ok(people.into_iter().flatten().filter_map(|person| self.principal_id(person)))
    }

    /// The same with handles of this image.
    ///
    /// # Errors
    ///
    /// As [`Image::who_can`].
    pub fn who_can_handles(
        &self,
        action: Key,
        resource: ResourceHandle,
        at: Timestamp,
    ) -> Result<impl Iterator<Item = PrincipalHandle> + use<'_, 'a>, OutsideSlice> {
        self.has_people()?;
        self.inside(resource)?;
        let ResourceHandle(kind, resource) = resource;
        let asked = Asked { key: action, kind, resource, acting_org: NONE, at };
        let case = Case::unrestricted(self, asked);
        Ok(case.into_iter().flat_map(move |case| {
            let allowed = self.may_hold(&case).filter(move |person| {
                let asker = Asker::new(self, Who::Person(*person));
                asker.is_some_and(|asker| allows(self, &case, &asker))
            });
            allowed.map(|person| PrincipalHandle(HandleKind::Person, person))
        }))
    }

    /// Whether the slice has all people who can reach what is inside it.
    fn has_people(&self) -> Result<(), OutsideSlice> {
        if self.slice == SliceKind::Person { Err(OutsideSlice) } else { Ok(()) }
    }

    /// People among whom nobody is missing whom a case may be allowed.
    #[cfg(feature = "alloc")]
    fn may_hold(&self, case: &Case) -> Candidates {
        if self.holds_everything() {
            return Candidates::listed(self.holders(case), self.people.len());
        }
        Candidates::all(self.people.len())
    }

    /// People among whom nobody is missing whom a case may be allowed.
    #[cfg(not(feature = "alloc"))]
    fn may_hold(&self, _: &Case) -> Candidates {
        Candidates::all(self.people.len())
    }
}
