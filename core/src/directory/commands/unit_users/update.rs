//! Updating a unit user in part [2-23..2-27, C-23..C-27].

use alloc::vec::Vec;

use super::contact::{Contact, check_texts};
use super::resolve::UnitUser;
use super::{PassphrasePatch, UnitUserError, UnitUserPatch, UnitUserPath, UpdateUnitUser};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::building_users::is_unit_scoped;
use crate::directory::commands::{Context, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::events::{Event, SecretChange};
use crate::error::AccessError;
use crate::estate::ResidencyStatus;
use crate::id::Id;

impl Directory {
    pub(crate) fn draft_update_unit_user(
        &self,
        context: &Context,
        command: &UpdateUnitUser,
    ) -> Result<Drafted, UnitUserError> {
        let UpdateUnitUser { property, person, unit, patch } = command;
        let caller = Caller::authenticate(self, context)?;
        let path = UnitUserPath { property, person, unit: unit.as_ref() };
        let user = path.one(caller, "unit_users:update")?;
        let changes = user.changes(patch);
        user.check_scope(&changes)?;
        if changes.has_passphrase() {
            user.check_not_staff_at_home()?;
        }
        user.check_patch(patch)?;
        let ids = user.new_ids(context, &changes)?;
        user.check_conflicts(&changes)?;
        Ok(user.drafted(&changes, ids))
    }
}

/// What a patch changes.
struct Changes<'r> {
    contact: Option<Contact>,
    has_new_email: bool,
    status: Option<ResidencyStatus>,
    passphrase: &'r PassphrasePatch,
}

impl Changes<'_> {
    /// Whether the persona is to be brought up to date [C-24].
    const fn is_of_persona(&self) -> bool {
        self.contact.is_some() || self.status.is_some()
    }

    /// Whether the network is [C-24].
    const fn is_of_network(&self) -> bool {
        self.has_passphrase() || self.status.is_some()
    }

    const fn has_passphrase(&self) -> bool {
        !matches!(self.passphrase, PassphrasePatch::Unchanged)
    }
}

/// Ids of what the host will do.
struct NewIds {
    secret: Option<Id>,
    persona_update: Option<Id>,
    dpsk_update: Option<Id>,
}

impl UnitUser<'_> {
    /// What differs from how it is: clients send the whole object back.
    fn changes<'r>(&self, patch: &'r UnitUserPatch) -> Changes<'r> {
        let present = self.contact();
        let is_told = self.caller.may_be_told_contact(self.residency, self.basis);
        let contact = if is_told { present.patched(patch) } else { present.patched_blindly(patch) };
        let has_new_email = contact.email != present.email;
        let secret = self.secret();
        let is_same_secret =
            matches!(&patch.passphrase, PassphrasePatch::Set(id) if Some(id) == secret);
        Changes {
            contact: (contact != present).then_some(contact),
            has_new_email,
            status: patch.status.filter(|status| *status != self.residency.status),
            passphrase: if is_same_secret {
                &PassphrasePatch::Unchanged
            } else {
                &patch.passphrase
            },
        }
    }

    fn contact(&self) -> Contact {
        let contacts = &self.caller.directory.people.contacts;
        Contact {
            name: contacts.name(self.person).map(Into::into),
            email: contacts.email(self.person).map(Into::into),
            phone: contacts.phone(self.person).map(Into::into),
        }
    }

    fn secret(&self) -> Option<&Id> {
        self.caller.directory.residencies.secrets.get(self.row)
    }

    fn is_secret_of_another(&self, secret: &Id) -> bool {
        self.caller.directory.residencies.secrets.is_of_another(secret, self.row)
    }

    /// Step 4, of the person: who acts for one unit changes what concerns that unit alone. Else a household could shut
    /// somebody out of the whole building, or change the address of somebody who runs it [C-27].
    fn check_scope(&self, changes: &Changes<'_>) -> Result<(), UnitUserError> {
        let Caller { directory, at, .. } = self.caller;
        if !is_unit_scoped(self.basis) {
            // An address is where a new password goes: that of somebody with power, or with a home in another building, is
            // not for this building's staff to change.
            let is_more_than_here = directory.is_staff_anywhere(self.person, at)
                || directory.has_home_outside(self.person, self.unit, at);
            if changes.contact.is_some() && is_more_than_here {
                self.caller.require_over_person("users:update", self.person)?;
                self.caller.require_cover(self.person)?;
            }
            if changes.status == Some(ResidencyStatus::Blocked)
                && directory.is_staff_around(self.person, self.unit, at)
            {
                self.caller.require_cover(self.person)?;
            }
            return Ok(());
        }
        let is_status_wider =
            changes.status.is_some() && directory.holds_beside(self.person, self.unit, at);
        let is_contact_wider =
            changes.contact.is_some() && !directory.is_of_unit_alone(self.person, self.unit, at);
        if is_status_wider || is_contact_wider {
            let what = "somebody who has more than this unit";
            return Err(AccessError::DelegationScope { what }.into());
        }
        Ok(())
    }

    /// Step 5.
    fn check_patch(&self, patch: &UnitUserPatch) -> Result<(), UnitUserError> {
        let directory = self.caller.directory;
        if let Some(id) = &patch.user_id
            && directory.people.ids.find(&id.as_ref()) != Some(self.person)
        {
            return Err(UnitUserError::IdMismatch);
        }
        let present = self.residency.residency_type;
        if patch.residency_type.is_some_and(|wanted| wanted != present) {
            return Err(UnitUserError::ImmutableField { present: present.as_str() });
        }
        check_texts(patch, directory.settings())
    }

    /// Step 5: the ids that the change needs, from the front.
    fn new_ids(&self, context: &Context, changes: &Changes<'_>) -> Result<NewIds, UnitUserError> {
        let needs = [
            *changes.passphrase == PassphrasePatch::Reset,
            changes.is_of_persona(),
            changes.is_of_network(),
        ];
        let expected = needs.iter().filter(|needs| **needs).count();
        let taken = context.new_ids.get(..expected);
        let taken = taken.ok_or(AccessError::NewIdsMissing { expected })?;
        for (position, id) in taken.iter().enumerate() {
            let earlier = taken.get(..position).unwrap_or_default();
            if earlier.contains(id) || self.secret() == Some(id) || self.is_secret_of_another(id) {
                return Err(UnitUserError::NewIdInUse { id: id.clone() });
            }
        }
        let mut taken = taken.iter().cloned();
        let mut take = |needs: bool| if needs { taken.next() } else { None };
        let [secret, persona_update, dpsk_update] = needs.map(&mut take);
        Ok(NewIds { secret, persona_update, dpsk_update })
    }

    /// Step 6.
    fn check_conflicts(&self, changes: &Changes<'_>) -> Result<(), UnitUserError> {
        let Caller { directory, at, .. } = self.caller;
        if let PassphrasePatch::Set(secret) = changes.passphrase
            && self.is_secret_of_another(secret)
        {
            return Err(UnitUserError::SecretInUse);
        }
        if is_unit_scoped(self.basis)
            && changes.status == Some(ResidencyStatus::Blocked)
            && directory.is_last_administrator(self.person, self.unit, at)
        {
            return Err(UnitUserError::LastAdministrator);
        }
        let email = changes.contact.as_ref().and_then(|contact| contact.email.as_deref());
        let Some(email) = email.filter(|_| changes.has_new_email) else { return Ok(()) };
        let is_taken = directory.accounts_of(self.person).any(|account| {
            let other = directory.person_with_email(account, email);
            other.is_some_and(|other| other != self.person)
        });
        if is_taken { Err(UnitUserError::EmailExists) } else { Ok(()) }
    }

    fn drafted(&self, changes: &Changes<'_>, ids: NewIds) -> Drafted {
        let NewIds { secret, persona_update, dpsk_update } = ids;
        let details = OutcomeDetails::UnitUser {
            persona_update: persona_update.clone(),
            dpsk_update: dpsk_update.clone(),
        };
        if persona_update.is_none() && dpsk_update.is_none() {
            return Drafted::unchanged(details);
        }
        let mut events = Vec::new();
        events.extend(changes.contact.clone().map(|contact| Event::PersonContactSet {
            person: self.caller.directory.person_id(self.person),
            name: contact.name,
            email: contact.email,
            phone: contact.phone,
        }));
        events.push(Event::UnitUserUpdated {
            person: self.caller.directory.person_id(self.person),
            unit: self.caller.directory.unit_id(self.unit),
            status: changes.status,
            secret: self.secret_change(changes.passphrase, secret),
            persona_update,
            dpsk_update,
        });
        Drafted { kind: OutcomeKind::Updated, details, basis: self.basis, events }
    }

    fn secret_change(&self, patch: &PassphrasePatch, new: Option<Id>) -> Option<SecretChange> {
        // An estate may have been loaded in which two have one secret: the other keeps it.
        let replaced = self.secret().filter(|secret| !self.is_secret_of_another(secret)).cloned();
        match patch {
            PassphrasePatch::Unchanged => None,
            PassphrasePatch::Reset => {
                Some(SecretChange { secret: new?, is_generated: true, replaced })
            }
            PassphrasePatch::Set(secret) => {
                Some(SecretChange { secret: secret.clone(), is_generated: false, replaced })
            }
        }
    }
}
