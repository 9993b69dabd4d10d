//! Which permissions has a principal on a resource? For showing and hiding buttons [3-11, 3-30].

use crate::directory::Directory;
use crate::question::{PrincipalHandle, Question, ResourceHandle};
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
        let keys = self.catalog.keys().filter(move |key| {
            self.decide_question(&Question::new(principal, *key, resource, at)).is_allow()
        });
        keys.map(|key| self.catalog.text(key))
    }
}
