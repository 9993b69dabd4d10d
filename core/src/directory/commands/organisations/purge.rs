//! Removes a deleted organisation for ever [3-10, 3-24, 3-25, C-43].

use alloc::vec::Vec;

use super::deletion::unmet;
use super::{OrganisationError, PurgeOrganisation, PurgePrecondition};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::estate::Deletion;
use crate::time::Timestamp;

impl Directory {
    pub(in crate::directory::commands) fn draft_purge_organisation(
        &self,
        context: &Context,
        command: &PurgeOrganisation,
    ) -> Result<Drafted, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let organisation = self.known_organisation(&command.organisation)?;
        let basis = caller.require_over("orgs:delete", organisation)?;
        let unmet = self.unmet_preconditions(organisation, context.at);
        if !unmet.is_empty() {
            return Err(OrganisationError::PurgePreconditions { unmet });
        }
        let id = self.organisation_id(organisation);
        Ok(Drafted {
            kind: OutcomeKind::Removed,
            details: OutcomeDetails::Organisation { organisation: id.clone() },
            basis,
            events: alloc::vec![Event::OrganisationPurged { organisation: id }],
        })
    }

    /// Step 6: everything that stands against a purge. Children count whether they are deleted or not: they would have no
    /// parent.
    fn unmet_preconditions(&self, organisation: u32, at: Timestamp) -> Vec<PurgePrecondition> {
        let deletion = self.deletion_of(organisation);
        let buildings = self.organisations.buildings.of(organisation);
        let has_integrations =
            buildings.iter().any(|building| !self.buildings.integrations.of(*building).is_empty());
        let is_kept = deletion.is_some_and(|deletion| at < self.purge_at(deletion));
        unmet([
            (PurgePrecondition::NotSoftDeleted, deletion.is_none()),
            (PurgePrecondition::HasChildren, !self.children_of(organisation).is_empty()),
            (PurgePrecondition::HasBuildings, !buildings.is_empty()),
            (PurgePrecondition::HasIntegrations, has_integrations),
            (PurgePrecondition::WouldOrphanUsers, self.would_orphan_users(organisation, at)),
            (PurgePrecondition::RetentionNotElapsed, is_kept),
        ])
    }

    /// The first instant at which what was deleted may be purged.
    pub(in crate::directory) fn purge_at(&self, deletion: &Deletion) -> Timestamp {
        let retention = i64::try_from(self.settings().purge_retention_ms).unwrap_or(i64::MAX);
        Timestamp::from_millis(deletion.at.as_millis().saturating_add(retention))
    }
}
