//! Updates an organisation in part, and moves it with all below it [3-8, 3-21, C-46, C-47, C-50, C-69].

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::fields::{check_description, check_name};
use super::{OrganisationError, UpdateOrganisation};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind, Patch};
use crate::directory::events::Event;
use crate::directory::ids::to_index;
use crate::estate::LocalizedText;
use crate::facts::Facts;
use crate::id::Id;

/// Where an organisation is to stand.
#[derive(Clone, Copy)]
struct Move {
    /// None: as a root.
    parent: Option<u32>,
}

impl Directory {
    pub(in crate::directory::commands) fn draft_update_organisation(
        &self,
        context: &Context,
        command: &UpdateOrganisation,
    ) -> Result<Drafted, OrganisationError> {
        let caller = Caller::authenticate(self, context)?;
        let organisation = self.known_organisation(&command.organisation)?;
        let moved = self.resolve_move(organisation, &command.parent)?;
        let basis = caller.require_over("orgs:update", organisation)?;
        if let Some(Move { parent }) = moved {
            // Those above lose it, and whoever is allowed something at the new parent gains it: as a deletion and a creation.
            caller.require_over("orgs:delete", organisation)?;
            caller.require_create_below(parent)?;
        }
        self.check_update(organisation, command, moved)?;
        let id = self.organisation_id(organisation);
        self.check_update_fits(&caller, organisation, &id, command, moved)?;

        let events = self.update_events(organisation, &id, command, moved);
        let details = OutcomeDetails::Organisation { organisation: id };
        if events.is_empty() {
            return Ok(Drafted::unchanged(details));
        }
        Ok(Drafted { kind: OutcomeKind::Updated, details, basis, events })
    }

    /// Step 3: the new parent, where it is not where the organisation stands already: a client that sends the whole
    /// object back does not move it.
    fn resolve_move(
        &self,
        organisation: u32,
        parent: &Patch<Id>,
    ) -> Result<Option<Move>, OrganisationError> {
        let parent = match parent {
            Patch::Unchanged => return Ok(None),
            Patch::Clear => None,
            Patch::Set(id) => Some(self.known_organisation(id)?),
        };
        Ok((parent != self.parent_of(organisation)).then_some(Move { parent }))
    }

    /// Step 5: the texts, no cycle, no depth too deep.
    fn check_update(
        &self,
        organisation: u32,
        command: &UpdateOrganisation,
        moved: Option<Move>,
    ) -> Result<(), OrganisationError> {
        match &command.name {
            Patch::Unchanged => {}
            Patch::Clear => return Err(OrganisationError::NameRequired),
            Patch::Set(name) => check_name(name)?,
        }
        if let Patch::Set(description) = &command.description {
            check_description(description)?;
        }
        moved.map_or(Ok(()), |moved| self.check_new_place(organisation, moved))
    }

    fn check_new_place(&self, organisation: u32, moved: Move) -> Result<(), OrganisationError> {
        let inside = moved.parent.filter(|parent| self.is_within(*parent, organisation));
        if let Some(id) = inside.and_then(|parent| self.organisations.ids.id(parent)) {
            return Err(OrganisationError::Cycle { parent: id.to_owned() });
        }
        let own = self.depth_of(organisation);
        let deepest = self.subtree(organisation).into_iter().map(|at| self.depth_of(at)).max();
        let below = deepest.unwrap_or(own).saturating_sub(own);
        self.check_depth(self.depth_below(moved.parent).saturating_add(below))
    }

    /// Step 6: nothing is deleted, and a move strands nothing.
    fn check_update_fits(
        &self,
        caller: &Caller<'_>,
        organisation: u32,
        id: &Id,
        command: &UpdateOrganisation,
        moved: Option<Move>,
    ) -> Result<(), OrganisationError> {
        if !self.is_live(organisation) {
            return Err(OrganisationError::OrgDeleted { organisation: id.clone() });
        }
        if let Some(Move { parent }) = moved {
            self.check_parent_live(parent)?;
            self.check_same_account(organisation, parent)?;
            self.check_move_strands_nothing(caller, organisation, parent)?;
        }
        let new_name = match &command.name {
            Patch::Set(name) => Some(name),
            _ => None,
        };
        if moved.is_none() && new_name.is_none() {
            return Ok(());
        }
        let parent = moved.map_or_else(|| self.parent_of(organisation), |moved| moved.parent);
        let name = new_name.or_else(|| self.organisations.names.get(to_index(organisation)));
        name.map_or(Ok(()), |name| self.check_sibling_names(parent, Some(organisation), name))
    }

    /// Groups, job functions and e-mail addresses belong to an account, and so does a tree: into an account, out of one
    /// and between two there is no way. What becomes a root keeps the account that it had [C-69].
    fn check_same_account(
        &self,
        organisation: u32,
        parent: Option<u32>,
    ) -> Result<(), OrganisationError> {
        let own = self.account_of(organisation);
        if parent.is_some_and(|parent| self.account_of(parent) != own) {
            return Err(OrganisationError::AccountChange);
        }
        Ok(())
    }

    fn update_events(
        &self,
        organisation: u32,
        id: &Id,
        command: &UpdateOrganisation,
        moved: Option<Move>,
    ) -> Vec<Event> {
        let mut events = Vec::new();
        let name = self.changed_name(organisation, &command.name);
        let description = self.changed_description(organisation, &command.description);
        if name.is_some() || !description.is_unchanged() {
            let organisation = id.clone();
            events.push(Event::OrganisationTextSet { organisation, name, description });
        }
        if let Some(Move { parent }) = moved {
            let parent = parent.and_then(|parent| self.organisations.ids.id(parent));
            let parent = parent.map(|parent| parent.to_owned());
            events.push(Event::OrganisationMoved { organisation: id.clone(), parent });
        }
        events
    }

    fn changed_name(
        &self,
        organisation: u32,
        name: &Patch<LocalizedText>,
    ) -> Option<LocalizedText> {
        let Patch::Set(name) = name else { return None };
        let known = self.organisations.names.get(to_index(organisation));
        (known != Some(name)).then(|| name.clone())
    }

    fn changed_description(
        &self,
        organisation: u32,
        description: &Patch<Box<str>>,
    ) -> Patch<Box<str>> {
        let known = self.organisations.descriptions.get(&organisation);
        let wanted = match description {
            Patch::Unchanged => return Patch::Unchanged,
            Patch::Clear => None,
            Patch::Set(text) => Some(text),
        };
        if known == wanted { Patch::Unchanged } else { description.clone() }
    }
}
