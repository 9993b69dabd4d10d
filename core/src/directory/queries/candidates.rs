//! What several lists need: walking the tree downwards, and whether a grant counts apart from its keys.

use alloc::vec::Vec;

use crate::directory::Directory;
use crate::facts::{Facts, Form};
use crate::request::ResourceKind;
use crate::time::Timestamp;

impl Directory {
    /// A live organisation and all live ones below it, in no order. Iterative; O(answer).
    pub(in crate::directory) fn live_subtree(
        &self,
        organisation: u32,
    ) -> impl Iterator<Item = u32> {
        let mut waiting: Vec<u32> =
            if self.is_live(organisation) { alloc::vec![organisation] } else { Vec::new() };
        core::iter::from_fn(move || {
            let next = waiting.pop()?;
            let children = self.organisations.children.of(next);
            waiting.extend(children.iter().copied().filter(|child| self.is_live(*child)));
            Some(next)
        })
    }

    /// Adds everything of a kind inside a building, the building itself included.
    pub(super) fn add_inside_building(&self, kind: ResourceKind, building: u32, to: &mut Vec<u32>) {
        match kind {
            ResourceKind::Building => to.push(building),
            ResourceKind::Integration => to.extend(self.buildings.integrations.of(building)),
            ResourceKind::Unit => to.extend(self.buildings.units.of(building)),
            ResourceKind::Door => {
                for integration in self.buildings.integrations.of(building) {
                    to.extend(self.integrations.doors.of(*integration));
                }
            }
            ResourceKind::Platform | ResourceKind::Organisation => {}
        }
    }

    /// Adds everything of a kind inside an organisation, itself and all live ones below included.
    pub(crate) fn add_inside_organisation(
        &self,
        kind: ResourceKind,
        organisation: u32,
        to: &mut Vec<u32>,
    ) {
        for organisation in self.live_subtree(organisation) {
            if kind == ResourceKind::Organisation {
                to.push(organisation);
            }
            for building in self.organisations.buildings.of(organisation) {
                self.add_inside_building(kind, *building, to);
            }
        }
    }

    /// Adds an integration, or everything of a kind inside it.
    pub(super) fn add_inside_integration(
        &self,
        kind: ResourceKind,
        integration: u32,
        to: &mut Vec<u32>,
    ) {
        match kind {
            ResourceKind::Integration => to.push(integration),
            ResourceKind::Unit => to.extend(self.integrations.units.of(integration)),
            ResourceKind::Door => to.extend(self.integrations.doors.of(integration)),
            ResourceKind::Platform | ResourceKind::Organisation | ResourceKind::Building => {}
        }
    }

    /// Whether a grant is valid at an instant and its organisation, if it has one, live.
    pub(crate) fn counts_at(&self, form: &Form, condition: u32, at: Timestamp) -> bool {
        self.is_valid(condition, at)
            && match form {
                Form::SiteRole { organisation, .. }
                | Form::OrganisationRole { organisation, .. }
                | Form::Group { organisation, .. } => self.is_live(*organisation),
                Form::Residency { .. } | Form::Administrator { .. } | Form::Platform { .. } => true,
            }
    }
}
