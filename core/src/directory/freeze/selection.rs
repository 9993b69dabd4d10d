//! What goes into an image.

use super::kept::Kept;
use crate::directory::Directory;
use crate::facts::{Form, Grant, NONE, ResidentKind};
use crate::image::SliceKind;
use crate::key::KeySet;

/// The entities of a slice, and which grants come with its people.
pub(super) struct Selection {
    pub(super) kind: SliceKind,
    /// The subject as a handle of the image.
    pub(super) subject: u32,
    pub(super) organisations: Kept,
    pub(super) buildings: Kept,
    pub(super) integrations: Kept,
    pub(super) units: Kept,
    pub(super) doors: Kept,
    pub(super) people: Kept,
    /// In the slice of an integration: it, and the keys of things inside.
    pub(super) site: Option<Site>,
}

/// The integration of a slice.
#[derive(Clone, Copy)]
pub(super) struct Site {
    /// As a handle of the directory.
    pub(super) integration: u32,
    pub(super) building: u32,
    /// Keys of integrations, units and doors.
    pub(super) inner_keys: KeySet,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            kind: SliceKind::Everything,
            subject: NONE,
            organisations: Kept::default(),
            buildings: Kept::default(),
            integrations: Kept::default(),
            units: Kept::default(),
            doors: Kept::default(),
            people: Kept::default(),
            site: None,
        }
    }
}

impl Directory {
    pub(super) fn select_everything(&self) -> Selection {
        Selection {
            organisations: Kept::all(&self.organisations.ids),
            buildings: Kept::all(&self.buildings.ids),
            integrations: Kept::all(&self.integrations.ids),
            units: Kept::all(&self.units.ids),
            doors: Kept::all(&self.doors.ids),
            people: Kept::all(&self.people.ids),
            ..Selection::empty(SliceKind::Everything)
        }
    }

    /// The grants of a person that are frozen, in their order.
    pub(super) fn frozen_grants<'s>(
        &'s self,
        selection: &'s Selection,
        person: u32,
    ) -> impl Iterator<Item = &'s Grant> {
        let grants = self.people.grants.of(person).iter();
        grants.filter(move |grant| match &selection.site {
            None => true,
            Some(site) => self.is_block_at(site, grant) || self.reaches_into(site, grant),
        })
    }

    /// Whether a grant is a BLOCKED residency in the building of an integration.
    fn is_block_at(&self, site: &Site, grant: &Grant) -> bool {
        matches!(
            grant.form,
            Form::Residency { building, kind: ResidentKind::Blocked, .. } if building == site.building
        )
    }
}
