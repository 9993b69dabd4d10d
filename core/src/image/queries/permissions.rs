//! Which permissions has a principal on a resource? For showing and hiding buttons [3-11, 3-30].

use crate::decide::{Asked, Asker, Case, allows};
use crate::facts::NONE;
use crate::image::{Image, OutsideSlice};
use crate::key::Key;
use crate::question::{PrincipalHandle, ResourceHandle};
use crate::request::{Principal, Resource};
use crate::time::Timestamp;

impl<'a> Image<'a> {
    /// The keys that `decide` allows on this resource, in the order of their text; in an image of everything none for an
    /// unknown principal or resource. One decision a key of the catalog; allocates nothing.
    ///
    /// # Errors
    ///
    /// In a slice, when the principal or the resource is not inside it.
    pub fn permissions(
        &self,
        principal: Principal<'_>,
        resource: Resource<'_>,
        at: Timestamp,
    ) -> Result<impl Iterator<Item = &'a str> + use<'_, 'a>, OutsideSlice> {
        let known = self.found(self.principal(principal).zip(self.resource(resource)))?;
        Ok(self.permitted(known, at)?.map(|key| self.key_text(key)))
    }

    /// The same with handles of this image.
    ///
    /// # Errors
    ///
    /// In a slice, when the resource is not inside it.
    pub fn permissions_handles(
        &self,
        principal: PrincipalHandle,
        resource: ResourceHandle,
        at: Timestamp,
    ) -> Result<impl Iterator<Item = Key> + use<'_, 'a>, OutsideSlice> {
        self.permitted(Some((principal, resource)), at)
    }

    /// The keys that somebody has on something; nobody has none. One iterator, not one in another, as all lists.
    fn permitted(
        &self,
        known: Option<(PrincipalHandle, ResourceHandle)>,
        at: Timestamp,
    ) -> Result<impl Iterator<Item = Key> + use<'_, 'a>, OutsideSlice> {
        known.map_or(Ok(()), |(_, resource)| self.inside(resource))?;
        let asker = known.and_then(|(principal, _)| Asker::new(self, principal.who()));
        Ok(self.keys().filter(move |key| {
            let case = known.and_then(|(_, ResourceHandle(kind, resource))| {
                let asked = Asked { key: *key, kind, resource, acting_org: NONE, at };
                Case::unrestricted(self, asked)
            });
            matches!((&asker, &case), (Some(asker), Some(case)) if allows(self, case, asker))
        }))
    }
}
