//! Deletes an organisation reversibly, and undoes that exactly [3-9, 3-23, C-40..C-42].

use alloc::vec::Vec;

use super::{OrganisationError, PurgePrecondition, RestoreOrganisation, SoftDeleteOrganisation};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::error::AccessError;
use crate::estate::Deletion;
use crate::facts::Facts;
use crate::id::Id;
use crate::time::Timestamp;

impl Directory {
    pub(in crate::directory::commands) fn draft_soft_delete_organisation(
        &self,
        context: &Context,
        command: &SoftDeleteOrganisation,
    ) -> Result<Drafted, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let organisation = self.known_organisation(&command.organisation)?;
        let basis = caller.require_over("orgs:delete", organisation)?;
        let id = self.organisation_id(organisation);
        let details = OutcomeDetails::Organisation { organisation: id };
        if !self.is_live(organisation) {
            return Ok(Drafted::unchanged(details));
        }
        let deletion = new_deletion(context)?;
        self.check_deletion_new(&deletion.id)?;
        if !command.cascade {
            self.check_unused(organisation, context.at)?;
        }
        // Without `cascade` nothing live is below it.
        let organisations = self.organisation_ids(self.live_subtree(organisation).collect());
        let events = alloc::vec![Event::OrganisationsDeleted { deletion, organisations }];
        Ok(Drafted { kind: OutcomeKind::Removed, details, basis, events })
    }

    /// Step 6: an id of its own, so that a restore undoes this deletion and no other. O(deleted organisations).
    fn check_deletion_new(&self, id: &Id) -> Result<(), OrganisationError> {
        if self.organisations.deletions.values().any(|known| known.id == *id) {
            return Err(OrganisationError::AlreadyExists { id: id.clone() });
        }
        Ok(())
    }

    /// Step 6: everything that stands against a deletion without `cascade`.
    fn check_unused(&self, organisation: u32, at: Timestamp) -> Result<(), OrganisationError> {
        let has_children = self.children_of(organisation).iter().any(|child| self.is_live(*child));
        let has_buildings = !self.organisations.buildings.of(organisation).is_empty();
        let unmet = unmet([
            (PurgePrecondition::HasChildren, has_children),
            (PurgePrecondition::HasBuildings, has_buildings),
            (PurgePrecondition::WouldOrphanUsers, self.would_orphan_users(organisation, at)),
        ]);
        if unmet.is_empty() { Ok(()) } else { Err(OrganisationError::DeleteConflict { unmet }) }
    }

    pub(in crate::directory::commands) fn draft_restore_organisation(
        &self,
        context: &Context,
        command: &RestoreOrganisation,
    ) -> Result<Drafted, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let organisation = self.known_organisation(&command.organisation)?;
        let basis = caller.require_over("orgs:delete", organisation)?;
        let id = self.organisation_id(organisation);
        if self.parent_of(organisation).is_some_and(|parent| !self.is_live(parent)) {
            return Err(OrganisationError::ParentDeleted { organisation: id });
        }
        let details = OutcomeDetails::Organisation { organisation: id };
        let Some(deletion) = self.deletion_of(organisation).map(|deletion| deletion.id.clone())
        else {
            return Ok(Drafted::unchanged(details));
        };
        let organisations = self.organisation_ids(self.deleted_by(organisation, &deletion));
        let events = alloc::vec![Event::OrganisationsRestored { deletion, organisations }];
        Ok(Drafted { kind: OutcomeKind::Updated, details, basis, events })
    }

    /// What one deletion took, in and below an organisation.
    fn deleted_by(&self, organisation: u32, deletion: &Id) -> Vec<u32> {
        let took_it = |at: &u32| self.deletion_of(*at).is_some_and(|known| known.id == *deletion);
        self.subtree(organisation).into_iter().filter(took_it).collect()
    }
}

/// Step 5: the id of the deletion.
fn new_deletion(context: &Context) -> Result<Deletion, AccessError> {
    let id = context.new_ids.first().cloned();
    let id = id.ok_or(AccessError::NewIdsMissing { expected: 1 })?;
    Ok(Deletion { at: context.at, id })
}

/// Those that are not met.
pub(super) fn unmet<const N: usize>(
    checks: [(PurgePrecondition, bool); N],
) -> Vec<PurgePrecondition> {
    checks.into_iter().filter(|(_, is_unmet)| *is_unmet).map(|(unmet, _)| unmet).collect()
}
