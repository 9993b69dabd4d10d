//! Lists of an image, answered from the same facts as its decisions (semantics.md, section 4). Every list is in the order
//! of C-77, checks nobody, and equals the filter of `decide` over everything inside the slice.

mod candidates;
#[cfg(feature = "alloc")]
mod holders;
mod lobby_directory;
mod permissions;
#[cfg(feature = "alloc")]
mod reachable;
mod what_can;
mod who_can;

use super::{Image, OutsideSlice};
use crate::id::IdRef;
use crate::question::{HandleKind, PrincipalHandle, ResourceHandle};
use crate::request::{Resource, ResourceKind};

pub use self::lobby_directory::LobbyUnit;

impl<'a> Image<'a> {
    /// The id of the person, or of the unit of the token, that a handle of this image names. None for a handle of another.
    #[must_use]
    pub fn principal_id(&self, principal: PrincipalHandle) -> Option<IdRef<'a>> {
        match principal {
            PrincipalHandle(HandleKind::Person, person) => self.person_id_ref(person),
            PrincipalHandle(HandleKind::UnitToken, unit) => self.id_ref(ResourceKind::Unit, unit),
        }
    }

    /// The resource that a handle of this image names. None for a handle of another.
    #[must_use]
    pub fn resource_id(&self, resource: ResourceHandle) -> Option<Resource<'a>> {
        match resource {
            ResourceHandle(ResourceKind::Platform, _) => Some(Resource::Platform),
            ResourceHandle(kind, handle) => Resource::new(kind, self.id_ref(kind, handle)?),
        }
    }

    pub(super) fn person_id_ref(&self, person: u32) -> Option<IdRef<'a>> {
        self.people.ids(self.texts).id(person)
    }

    /// None for the platform too.
    pub(super) fn id_ref(&self, kind: ResourceKind, handle: u32) -> Option<IdRef<'a>> {
        self.ids_of(kind)?.id(handle)
    }

    /// How many there are of a kind; of the platform, which no list has, none.
    fn count(&self, kind: ResourceKind) -> u32 {
        self.ids_of(kind).map_or(0, |ids| ids.len())
    }

    /// What was looked up for a list: what is not found in an image of everything is nowhere, and its list empty; in a
    /// slice it may be elsewhere.
    fn found<T>(&self, found: Option<T>) -> Result<Option<T>, OutsideSlice> {
        if found.is_none() && !self.holds_everything() { Err(OutsideSlice) } else { Ok(found) }
    }

    /// Whether a resource may be asked about.
    fn inside(&self, resource: ResourceHandle) -> Result<(), OutsideSlice> {
        let ResourceHandle(kind, handle) = resource;
        if self.is_inside(kind, handle) { Ok(()) } else { Err(OutsideSlice) }
    }
}
