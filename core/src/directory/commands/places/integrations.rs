//! Integrations: each stays in its building.

use super::{
    CreateIntegration, PlaceError, RemoveIntegration, UpdateIntegration, require_unused, written,
};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::memberships::canonical;
use crate::directory::commands::{Context, Drafted, OutcomeKind};
use crate::directory::events::Event;
use crate::error::EntityKind;
use crate::estate::{Estate, IntegrationDoc, IntegrationKind};
use crate::order::Order;

impl Directory {
    pub(in super::super) fn draft_create_integration(
        &self,
        context: &Context,
        command: &CreateIntegration,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let (_, basis) = caller.require_known(
            "integrations:create",
            EntityKind::Building,
            &command.integration.building,
        )?;
        let integration = self.canonical_integration(&command.integration);
        self.check_integration(&integration, None)?;
        Ok(written(OutcomeKind::Created, basis, Some(Event::IntegrationCreated { integration })))
    }

    pub(in super::super) fn draft_update_integration(
        &self,
        context: &Context,
        command: &UpdateIntegration,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let (handle, basis) = caller.require_known(
            "integrations:update",
            EntityKind::Integration,
            &command.integration.id,
        )?;
        let integration = self.canonical_integration(&command.integration);
        let before = self.integration_doc(handle).map(|row| self.canonical_integration(&row));
        if before.as_ref().is_some_and(|before| before.building != integration.building) {
            return Err(PlaceError::ImmutablePlace);
        }
        self.check_integration(&integration, Some(handle))?;
        let is_named = self.is_named_by_roles(handle);
        let is_site = integration.kind == IntegrationKind::VirtualAccess;
        if is_named && !is_site {
            return Err(PlaceError::Stranded { what: "roles that name it".into() });
        }
        let is_changed = before.as_ref() != Some(&integration);
        let event = is_changed.then_some(Event::IntegrationUpdated { integration });
        Ok(written(OutcomeKind::Updated, basis, event))
    }

    pub(in super::super) fn draft_remove_integration(
        &self,
        context: &Context,
        command: &RemoveIntegration,
    ) -> Result<Drafted, PlaceError> {
        let caller = Caller::authenticate(self, context)?;
        let (handle, basis) = caller.require_known(
            "integrations:delete",
            EntityKind::Integration,
            &command.integration,
        )?;
        require_unused(&[
            (!self.integrations.units.of(handle).is_empty(), "units"),
            (!self.integrations.doors.of(handle).is_empty(), "doors"),
            (self.is_named_by_roles(handle), "roles that name it"),
        ])?;
        let integration = canonical(&self.integrations.ids, &command.integration);
        Ok(written(OutcomeKind::Removed, basis, Some(Event::IntegrationRemoved { integration })))
    }

    fn canonical_integration(&self, row: &IntegrationDoc) -> IntegrationDoc {
        let mut row = row.clone();
        row.id = canonical(&self.integrations.ids, &row.id);
        row.building = canonical(&self.buildings.ids, &row.building);
        row.name = row.name.filter(|name| !name.is_empty());
        row.aliases.order();
        row
    }

    fn check_integration(&self, row: &IntegrationDoc, own: Option<u32>) -> Result<(), PlaceError> {
        let rows = Estate { integrations: alloc::vec![row.clone()], ..Estate::default() };
        Ok(self.check_row(&rows, &self.integrations.ids, (&row.id, &row.aliases), own)?)
    }
}
