//! Which permissions has a principal on a resource? For showing and hiding buttons [3-11, 3-30].

use crate::decide::{Asked, Asker, Case, allows};
use crate::directory::Directory;
use crate::facts::NONE;
use crate::question::{PrincipalHandle, ResourceHandle};
use crate::request::{Principal, Resource};
use crate::time::Timestamp;

impl Directory {
    /// The keys that `decide` allows on this resource, in the order of their text; none for an unknown
    /// principal or resource. One decision a key of the catalog.
    pub fn permissions(
        &self,
        principal: Principal<'_>,
        resource: Resource<'_>,
        at: Timestamp,
    ) -> impl Iterator<Item = &str> {
        let known = self.principal(principal).zip(self.resource(resource));
        known
            .into_iter()
            .flat_map(move |(principal, resource)| self.permissions_on(principal, resource, at))
    }

    pub(super) fn permissions_on(
        &self,
        principal: PrincipalHandle,
        resource: ResourceHandle,
        at: Timestamp,
    ) -> impl Iterator<Item = &str> {
        let ResourceHandle(kind, resource) = resource;
        let asker = Asker::new(self, principal.who());
        let keys = self.catalog.keys().filter(move |key| {
            let asked = Asked { key: *key, kind, resource, acting_org: NONE, at };
            let case = Case::unrestricted(self, asked);
            asker.zip(case).is_some_and(|(asker, case)| allows(self, &case, &asker))
        });
        keys.map(|key| self.catalog.text(key))
    }
}
