//! One role on an integration in place of all [C-8].

use alloc::vec::Vec;

use super::{BuildingUserError, Pending, Placement, SetSiteRole, Site, SiteGift};
use crate::directory::Directory;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::Event;
use crate::path::RolePath;

impl Directory {
    pub(crate) fn draft_set_site_role(
        &self,
        context: &Context,
        command: &SetSiteRole,
    ) -> Result<Drafted, BuildingUserError> {
        let SetSiteRole { person, role, .. } = command;
        let site = Site::resolve(self, context, &command.integration)?;
        let basis = site.require_operator()?;
        site.check_scoped(role)?;
        site.check_operator_role(role, self.living(person), None)?;
        let receiver = site.receiver(person)?;
        site.check_holder(role)?;
        let Placement { events, is_new } =
            site.replace_roles(receiver, SiteGift::open(role, None), &mut Pending::default())?;
        let details = OutcomeDetails::Person { person: site.person(receiver) };
        if events.is_empty() {
            return Ok(Drafted::unchanged(details));
        }
        let kind =
            if is_new && events.len() == 1 { OutcomeKind::Created } else { OutcomeKind::Updated };
        Ok(Drafted { kind, details, basis, events })
    }
}

impl Site<'_> {
    /// Only a role of this integration can take the place of its roles.
    pub(crate) fn check_scoped(&self, role: &RolePath) -> Result<(), BuildingUserError> {
        if self.is_scoped(role) {
            return Ok(());
        }
        Err(BuildingUserError::RoleScopeMismatch { role: role.clone() })
    }

    /// Steps 6 and 7: what is missing for the one role, and the others that go.
    pub(crate) fn replace_roles(
        &self,
        person: u32,
        gift: SiteGift<'_>,
        pending: &mut Pending,
    ) -> Result<Placement, BuildingUserError> {
        let mut placement = self.place(person, gift, pending)?;
        let directory = self.caller.directory;
        let held = directory.site_roles_of(person, self.integration);
        let others = held
            .iter()
            .filter(|held| held.role != gift.role || held.organisation != self.organisation);
        let mut events: Vec<Event> = others
            .map(|other| Event::RoleRevoked {
                person: self.person(person),
                organisation: directory.organisation_id(other.organisation),
                role: other.role.clone(),
            })
            .collect();
        events.append(&mut placement.events);
        placement.events = events;
        Ok(placement)
    }
}
