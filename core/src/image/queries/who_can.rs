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
        let people = self.who(action.zip(resource), at)?;
        Ok(people.filter_map(|person| self.principal_id(person)))
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
        self.who(Some((action, resource)), at)
    }

    /// The people who may do something somewhere; nobody may do nothing. One iterator, not one in another: each level of
    /// nesting would hold two of what is below it, on a small stack.
    fn who(
        &self,
        asked: Option<(Key, ResourceHandle)>,
        at: Timestamp,
    ) -> Result<impl Iterator<Item = PrincipalHandle> + use<'_, 'a>, OutsideSlice> {
        asked.map_or(Ok(()), |(_, resource)| self.inside(resource))?;
        let case = asked.and_then(|(key, ResourceHandle(kind, resource))| {
            Case::unrestricted(self, Asked { key, kind, resource, acting_org: NONE, at })
        });
        let people = case.map_or(Candidates::all(0), |case| self.may_hold(&case));
        let allowed = people.filter(move |person| {
            let asker = Asker::new(self, Who::Person(*person));
            matches!((&asker, &case), (Some(asker), Some(case)) if allows(self, case, asker))
        });
        Ok(allowed.map(|person| PrincipalHandle(HandleKind::Person, person)))
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
