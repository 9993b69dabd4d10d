//! Creates an organisation [3-6, 3-16..3-20, C-47, C-51].

use alloc::vec::Vec;

use super::fields::{check_description, check_name};
use super::{CreateOrganisation, OrganisationError};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::directory::ids::to_index;
use crate::error::AccessError;
use crate::estate::OrganisationDoc;
use crate::facts::Facts;
use crate::id::Id;
use crate::reason::Basis;
use crate::request::ResourceKind;

impl Directory {
    pub(in crate::directory::commands) fn draft_create_organisation(
        &self,
        context: &Context,
        command: &CreateOrganisation,
    ) -> Result<Drafted, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let parent = command.parent.as_ref().map(|id| self.known_organisation(id)).transpose()?;
        let basis = may_create(&caller, parent, command.id.is_some())?;
        let id = self.check_new_organisation(context, command, parent)?;
        self.check_room_for(&id, command, parent)?;
        Ok(Drafted {
            kind: OutcomeKind::Created,
            details: OutcomeDetails::Organisation { organisation: id.clone() },
            basis,
            events: alloc::vec![self.created(id, command, parent)],
        })
    }

    /// Step 5: the texts, the depth, and an id: the caller's own or the host's. The id.
    fn check_new_organisation(
        &self,
        context: &Context,
        command: &CreateOrganisation,
        parent: Option<u32>,
    ) -> Result<Id, OrganisationError> {
        check_name(&command.name)?;
        command.description.as_deref().map_or(Ok(()), check_description)?;
        self.check_depth(self.depth_below(parent))?;
        let id = command.id.as_ref().or_else(|| context.new_ids.first());
        let id = id.cloned().ok_or(AccessError::NewIdsMissing { expected: 1 })?;
        Ok(id)
    }

    /// 422 where something would stand too deep [C-47].
    pub(super) fn check_depth(&self, depth: usize) -> Result<(), OrganisationError> {
        let most = self.settings().max_organisation_depth;
        if depth > to_index(most) {
            return Err(OrganisationError::DepthExceeded { depth, most });
        }
        Ok(())
    }

    /// Step 6: a live parent, an id that no organisation has or had, and perhaps a name that no sibling has.
    fn check_room_for(
        &self,
        id: &Id,
        command: &CreateOrganisation,
        parent: Option<u32>,
    ) -> Result<(), OrganisationError> {
        self.check_parent_live(parent)?;
        if self.organisations.ids.find(&id.as_ref()).is_some() {
            return Err(OrganisationError::AlreadyExists { id: id.clone() });
        }
        if self.has_purged(id.as_ref()) {
            return Err(OrganisationError::IdPurged { id: id.clone() });
        }
        self.check_sibling_names(parent, None, &command.name)
    }

    /// Step 6: what is above is not deleted.
    pub(super) fn check_parent_live(&self, parent: Option<u32>) -> Result<(), OrganisationError> {
        let dead = parent.filter(|parent| !self.is_live(*parent));
        match dead.and_then(|parent| self.organisations.ids.id(parent)) {
            Some(id) => Err(OrganisationError::ParentDeleted { organisation: id.to_owned() }),
            None => Ok(()),
        }
    }

    /// The row: the account of a child is that of its root, so it has none of its own [C-69].
    fn created(&self, id: Id, command: &CreateOrganisation, parent: Option<u32>) -> Event {
        Event::OrganisationCreated {
            organisation: OrganisationDoc {
                id,
                aliases: Vec::new(),
                name: command.name.clone(),
                description: command.description.clone(),
                parent: parent.map(|parent| self.organisation_id(parent)),
                account: None,
                kind: command.kind,
                serves: Vec::new(),
                deleted: None,
            },
        }
    }
}

/// Step 4: `orgs:create` on the parent, for a root on the platform; an id of the caller's choice wants it on the platform
/// whatever the parent [3-20, C-86].
fn may_create(
    caller: &Caller<'_>,
    parent: Option<u32>,
    chooses_id: bool,
) -> Result<Basis, AccessError> {
    let basis = caller.require_create_below(parent)?;
    if chooses_id {
        caller.require("orgs:create", ResourceKind::Platform, 0)?;
    }
    Ok(basis)
}

impl Caller<'_> {
    /// Step 4: `orgs:create` on what is to be above: an organisation, asked from where a deleted one is decided, or the
    /// platform.
    pub(super) fn require_create_below(&self, parent: Option<u32>) -> Result<Basis, AccessError> {
        let platform = (ResourceKind::Platform, 0);
        let (kind, handle) = parent.map_or(platform, |parent| self.authority_over(parent));
        self.require("orgs:create", kind, handle)
    }

    /// Step 4 for what concerns an organisation, asked from where a deleted one is decided [C-41].
    pub(super) fn require_over(
        &self,
        action: &'static str,
        organisation: u32,
    ) -> Result<Basis, AccessError> {
        let (kind, handle) = self.authority_over(organisation);
        self.require(action, kind, handle)
    }
}
