//! What a membership gives, beyond what it gave before: all of it must be the caller's to give [C-4, C-86].

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::catalog::{is_site_role, literal_site};
use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::giving::Giver;
use crate::directory::giving_organisation::GivenAccess;
use crate::error::AccessError;
use crate::estate::{BuildingAccess, GrantedGroup, GrantedRole, MembershipDoc, ValidityDoc};
use crate::facts::{Access, Facts, Grant};
use crate::id::{Id, IdRef};
use crate::path::RolePath;
use crate::time::{Timestamp, Validity};

/// The buildings in which the groups of a membership count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HeldAccess {
    None,
    AllOfCompany,
    Listed(Vec<u32>),
}

impl HeldAccess {
    /// Of a membership that there is.
    pub(crate) fn of_membership(directory: &Directory, person: u32, organisation: u32) -> Self {
        let row = directory.membership(person, organisation);
        match row.and_then(|row| directory.memberships.get(row)).map(|row| row.access) {
            None | Some(Access::None) => Self::None,
            Some(Access::AllOfCompany) => Self::AllOfCompany,
            Some(Access::Listed(list)) => Self::Listed(directory.building_lists.of(list).to_vec()),
        }
    }

    /// Of a membership as written; buildings that are unknown are left out.
    pub(crate) fn of_doc(directory: &Directory, access: Option<&BuildingAccess>) -> Self {
        match access {
            None => Self::None,
            Some(BuildingAccess::AllOfCompany { .. }) => Self::AllOfCompany,
            Some(BuildingAccess::Listed { buildings }) => {
                let find = |id: &Id| directory.buildings.ids.find(&id.as_ref());
                Self::Listed(buildings.iter().filter_map(find).collect())
            }
        }
    }

    pub(crate) fn as_given(&self) -> GivenAccess<'_> {
        match self {
            Self::None => GivenAccess::None,
            Self::AllOfCompany => GivenAccess::AllOfCompany,
            Self::Listed(buildings) => GivenAccess::Listed(buildings),
        }
    }

    /// What of it goes beyond another access of the same organisation; none where nothing does. Listed buildings are
    /// always some of the company.
    fn beyond(&self, before: &Self) -> Option<Self> {
        match (self, before) {
            (Self::None, _) | (Self::AllOfCompany | Self::Listed(_), Self::AllOfCompany) => None,
            (Self::AllOfCompany, _) => Some(Self::AllOfCompany),
            (Self::Listed(now), before) => {
                let had = match before {
                    Self::Listed(had) => had.as_slice(),
                    _ => &[],
                };
                let new: Vec<u32> = now.iter().filter(|at| !had.contains(at)).copied().collect();
                (!new.is_empty()).then_some(Self::Listed(new))
            }
        }
    }
}

/// A membership that is about to be set.
pub(crate) struct Gift<'g> {
    pub(crate) person: Option<u32>,
    pub(crate) organisation: u32,
    pub(crate) now: &'g MembershipDoc,
    pub(crate) before: Option<&'g MembershipDoc>,
}

impl Caller<'_> {
    /// Step 4: every role and group that is new, or longer, or reaches further than before, is the caller's to give.
    pub(crate) fn refuse_escalation(&self, gift: &Gift<'_>) -> Result<(), AccessError> {
        gift.new_roles().try_for_each(|granted| self.require_role_gift(gift, granted))?;
        self.require_group_gifts(gift)
    }

    fn require_role_gift(&self, gift: &Gift<'_>, granted: &GrantedRole) -> Result<(), AccessError> {
        let is_to_self = gift.person.is_some() && gift.person == self.person();
        let giver = self.giver_until(window(gift.now, granted.valid.as_ref()).to);
        if giver.may_give_role(&granted.role, gift.organisation, is_to_self) {
            return Ok(());
        }
        Err(AccessError::Escalation { given: granted.role.to_string() })
    }

    fn require_group_gifts(&self, gift: &Gift<'_>) -> Result<(), AccessError> {
        let directory = self.directory;
        let now = HeldAccess::of_doc(directory, gift.now.building_access.as_ref());
        let before = gift.before.and_then(|before| before.building_access.as_ref());
        let beyond = now.beyond(&HeldAccess::of_doc(directory, before));
        for granted in gift.now.permission_groups.iter().flatten() {
            let Some((group, _)) = directory.group(granted.group.as_ref()) else { continue };
            let access = if gift.is_new_group(granted) { Some(&now) } else { beyond.as_ref() };
            let Some(access) = access else { continue };
            let giver = self.giver_until(window(gift.now, granted.valid.as_ref()).to);
            if !giver.covers_group(group, gift.organisation, access.as_given()) {
                return Err(directory.group_escalation(group));
            }
        }
        Ok(())
    }
}

impl Giver<'_> {
    /// Whether the giver may give a role of either kind. That a role names a site which is there, and within the
    /// organisation, is a rule of the row, looked at later.
    fn may_give_role(&self, role: &RolePath, organisation: u32, is_to_self: bool) -> bool {
        let named = literal_site(role).filter(|_| is_site_role(role));
        let Some(id) = named else { return self.covers_organisation_role(role, organisation) };
        let site = IdRef::parse(id).ok();
        let site = site.and_then(|id| self.directory.integrations.ids.find(&id));
        site.is_none_or(|site| {
            self.covers_site_role(role, site)
                || (!is_to_self && self.is_named_on_integration(role, site))
        })
    }
}

impl<'g> Gift<'g> {
    fn new_roles(&self) -> impl Iterator<Item = &'g GrantedRole> {
        let (now, before) = (self.now, self.before);
        let held = move |granted: &GrantedRole| {
            let before = before?;
            let held = before.roles.iter().find(|held| held.role == granted.role)?;
            Some(window(before, held.valid.as_ref()))
        };
        let is_new = move |granted: &&GrantedRole| {
            goes_beyond(&window(now, granted.valid.as_ref()), held(granted))
        };
        now.roles.iter().filter(is_new)
    }

    /// Whether a role, group, time or building that there was, and that has not ended, is there no longer. It is the gift
    /// that would give it back.
    pub(crate) fn takes(&self, directory: &Directory, at: Timestamp) -> bool {
        let Some(before) = self.before else { return false };
        let back = Gift { now: before, before: Some(self.now), ..*self };
        let counts = |own: Option<&ValidityDoc>| !window(before, own).has_ended(at);
        let access =
            |row: &MembershipDoc| HeldAccess::of_doc(directory, row.building_access.as_ref());
        let mut groups = before.permission_groups.iter().flatten();
        back.new_roles().any(|granted| counts(granted.valid.as_ref()))
            || groups.any(|granted| back.is_new_group(granted) && counts(granted.valid.as_ref()))
            || (counts(None) && access(before).beyond(&access(self.now)).is_some())
    }

    fn is_new_group(&self, granted: &GrantedGroup) -> bool {
        let held = self.before.and_then(|before| {
            let mut groups = before.permission_groups.iter().flatten();
            let held = groups.find(|held| held.group == granted.group)?;
            Some(window(before, held.valid.as_ref()))
        });
        goes_beyond(&window(self.now, granted.valid.as_ref()), held)
    }
}

/// When something in a membership counts.
pub(super) fn window(membership: &MembershipDoc, own: Option<&ValidityDoc>) -> Validity {
    let or_always =
        |valid: Option<&ValidityDoc>| valid.map_or(Validity::ALWAYS, ValidityDoc::window);
    or_always(membership.valid.as_ref()).intersection(&or_always(own))
}

/// Whether a window has an instant that was not in the one before.
fn goes_beyond(now: &Validity, before: Option<Validity>) -> bool {
    let before = before.filter(|before| before.from < before.to);
    now.from < now.to && before.is_none_or(|before| now.from < before.from || now.to > before.to)
}

impl Directory {
    /// That a group is more than the caller has.
    pub(crate) fn group_escalation(&self, group: u32) -> AccessError {
        let id = self.groups.ids.id(group);
        AccessError::Escalation { given: id.map_or_else(String::new, |id| id.to_string()) }
    }

    /// The grants by which a person has groups in an organisation.
    pub(crate) fn held_groups(
        &self,
        person: u32,
        organisation: u32,
    ) -> impl Iterator<Item = Grant> + use<'_> {
        let held = self.grants(person);
        held.filter(move |grant| crate::directory::export::is_group_at(&grant.form, organisation))
    }

    /// Whether the window of a grant is over.
    pub(crate) fn has_ended(&self, grant: &Grant, at: Timestamp) -> bool {
        self.validity(grant.condition).has_ended(at)
    }

    /// The organisations to which a person belongs, by id, whether the membership is valid or not.
    pub(crate) fn organisations_of(&self, person: u32) -> Vec<u32> {
        let rows = self.memberships_of(person).filter_map(|row| self.memberships.get(row));
        let mut organisations: Vec<u32> = rows.map(|row| row.organisation).collect();
        self.organisations.ids.sort(&mut organisations);
        organisations
    }
}
