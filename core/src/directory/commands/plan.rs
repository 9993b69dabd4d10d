//! The nightly sync: who should be a building user, what that changes, and carrying it out at once [1-19].

use alloc::string::ToString;
use alloc::vec::Vec;

use serde::Serialize;

use super::building_users::{Pending, Site, SiteGift, administrators_set};
use super::{BuildingUserError, Drafted, OutcomeDetails, OutcomeKind};
use crate::directory::Directory;
use crate::directory::events::Event;
use crate::error::{AccessError, CheckStep, ErrorClass, ErrorDetail};
use crate::estate::AdministratorEntry;
use crate::facts::{Facts, Standing};
use crate::id::Id;
use crate::limits::{MAX_PLAN_ROWS, MAX_UNFORCED_PERCENT, MAX_UNFORCED_REMOVALS};
use crate::path::RolePath;
use crate::reason::Basis;
use crate::sorted::{Map, Set};

/// A building user as the source of truth has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DesiredBuildingUser {
    /// Who, by id or alias.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The only role on the integration that they should hold.
    pub role: RolePath,
    /// The unit in which they should live.
    #[serde(rename = "unit_id", skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// A person and a role on the integration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedUser {
    /// Who.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The role.
    pub role: RolePath,
    /// The unit in which they live from now on.
    #[serde(rename = "unit_id", skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// A person whose roles become one other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleChange {
    /// Who.
    #[serde(rename = "user_id")]
    pub person: Id,
    /// The roles now.
    pub from: Vec<RolePath>,
    /// The role from then on.
    pub to: RolePath,
    /// The unit in which they live from now on.
    #[serde(rename = "unit_id", skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
}

/// What makes the building users of an integration those that are desired. In the order of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ResidentPlan {
    /// People who are no building users yet.
    pub add: Vec<PlannedUser>,
    /// People who should no longer be, by id.
    pub remove: Vec<Id>,
    /// People with other roles.
    pub change: Vec<RoleChange>,
    /// How many are right already.
    pub unchanged: usize,
}

/// Carries out a plan, whole or not at all [1-19].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApplyResidentPlan {
    /// The integration, by id or alias.
    #[serde(rename = "integration_id")]
    pub integration: Id,
    /// What to do.
    pub plan: ResidentPlan,
    /// Whether to go on although the plan removes more than 20 % and more than 5 of the building users.
    pub force: bool,
}

/// Why a plan is refused: an error, and of which row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{error}", at(row.as_ref()))]
pub struct PlanError {
    /// The row at fault; none where it is no single one.
    pub row: Option<PlanRow>,
    /// What is wrong.
    #[source]
    pub error: BuildingUserError,
}

/// A row of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanRow {
    /// In which list: `add`, `remove` or `change`.
    pub list: &'static str,
    /// Where in it, from 0.
    pub position: usize,
}

impl core::fmt::Display for PlanRow {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "plan.{}[{}]", self.list, self.position)
    }
}

fn at(row: Option<&PlanRow>) -> alloc::string::String {
    row.map_or_else(alloc::string::String::new, |row| alloc::format!("{row}: "))
}

impl From<BuildingUserError> for PlanError {
    fn from(error: BuildingUserError) -> Self {
        Self { row: None, error }
    }
}

impl From<AccessError> for PlanError {
    fn from(error: AccessError) -> Self {
        Self { row: None, error: error.into() }
    }
}

impl PlanError {
    /// The class.
    #[must_use]
    pub const fn class(&self) -> ErrorClass {
        self.error.class()
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.error.code()
    }

    /// The field at fault, as it is named on the wire.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        self.error.field()
    }

    /// The step of C-16 at which it is found.
    #[must_use]
    pub const fn step(&self) -> CheckStep {
        self.error.step()
    }

    /// The row and field at fault.
    #[must_use]
    pub fn details(&self) -> Vec<ErrorDetail> {
        let Some(row) = &self.row else { return self.error.details() };
        let field = match self.field() {
            Some(field) => alloc::format!("{row}.{field}"),
            None => row.to_string(),
        };
        alloc::vec![ErrorDetail { field: Some(field), code: self.code().into(), message: None }]
    }
}

impl Directory {
    pub(super) fn draft_apply_resident_plan(
        &self,
        context: &super::Context,
        command: &ApplyResidentPlan,
    ) -> Result<Drafted, PlanError> {
        let site = Site::resolve(self, context, &command.integration)?;
        let basis = site.require_operator()?;
        let plan = &command.plan;
        check_size(
            plan.add.len().saturating_add(plan.remove.len()).saturating_add(plan.change.len()),
        )?;
        let steps = Steps::take(&site, plan)?;
        if !command.force {
            site.check_mass_removal(plan)?;
        }
        Ok(steps.drafted(self, basis))
    }
}

/// Step 7, and before all work: how many rows one command takes.
pub(crate) fn check_size(rows: usize) -> Result<(), BuildingUserError> {
    if rows > MAX_PLAN_ROWS { Err(BuildingUserError::TooManyRows { rows }) } else { Ok(()) }
}

/// What the rows of a plan come to so far.
#[derive(Default)]
struct Steps {
    events: Vec<Event>,
    entries: Map<u32, Vec<AdministratorEntry>>,
    pending: Pending,
    people: Set<u32>,
    added: usize,
    removed: usize,
    changed: usize,
    /// Of the rows that fail, the one at the earliest step of C-16; of several, the first.
    failed: Option<PlanError>,
}

impl Steps {
    /// Looks at every row: who goes makes room for who comes.
    fn take(site: &Site<'_>, plan: &ResidentPlan) -> Result<Self, PlanError> {
        let mut steps = Self::default();
        for (position, person) in plan.remove.iter().enumerate() {
            let taken = steps.remove(site, person);
            steps.note("remove", position, taken);
        }
        for (position, row) in plan.change.iter().enumerate() {
            let taken = steps.change(site, row);
            steps.note("change", position, taken);
        }
        for (position, row) in plan.add.iter().enumerate() {
            let taken = steps.add(site, row);
            steps.note("add", position, taken);
        }
        match steps.failed.take() {
            Some(failed) => Err(failed),
            None => Ok(steps),
        }
    }

    fn note(&mut self, list: &'static str, position: usize, taken: Result<(), BuildingUserError>) {
        let Err(error) = taken else { return };
        if self.failed.as_ref().is_none_or(|failed| error.step() < failed.step()) {
            self.failed = Some(PlanError { row: Some(PlanRow { list, position }), error });
        }
    }

    fn remove(&mut self, site: &Site<'_>, person: &Id) -> Result<(), BuildingUserError> {
        let removal = site.removal(person)?;
        self.meet(removal.person(), person)?;
        site.note_removal(&removal, &mut self.pending);
        self.events.extend(site.removal_events(&removal, &mut self.entries));
        self.removed = self.removed.saturating_add(1);
        Ok(())
    }

    fn change(&mut self, site: &Site<'_>, row: &RoleChange) -> Result<(), BuildingUserError> {
        let receiver = site.check_plan_row(&row.person, &row.to, row.unit.as_ref(), true)?;
        let unit = site.named_unit(row.unit.as_ref())?;
        self.meet(receiver, &row.person)?;
        site.check_from(receiver, row)?;
        let placement =
            site.replace_roles(receiver, SiteGift::open(&row.to, unit), &mut self.pending)?;
        self.changed = self.changed.saturating_add(usize::from(!placement.events.is_empty()));
        self.events.extend(placement.events);
        Ok(())
    }

    fn add(&mut self, site: &Site<'_>, row: &PlannedUser) -> Result<(), BuildingUserError> {
        let receiver = site.check_plan_row(&row.person, &row.role, row.unit.as_ref(), false)?;
        let unit = site.named_unit(row.unit.as_ref())?;
        self.meet(receiver, &row.person)?;
        let placement = site.place(receiver, SiteGift::open(&row.role, unit), &mut self.pending)?;
        self.added = self.added.saturating_add(usize::from(!placement.events.is_empty()));
        self.events.extend(placement.events);
        Ok(())
    }

    /// Step 5: each person once, under whichever id.
    fn meet(&mut self, person: u32, id: &Id) -> Result<(), BuildingUserError> {
        if self.people.insert(person) {
            return Ok(());
        }
        Err(BuildingUserError::DuplicatePerson { person: id.clone() })
    }

    fn drafted(self, directory: &Directory, basis: Basis) -> Drafted {
        let Self { mut events, entries, added, removed, changed, .. } = self;
        events.extend(administrators_set(directory, entries));
        let details = OutcomeDetails::Plan { added, removed, changed };
        if events.is_empty() {
            return Drafted::unchanged(details);
        }
        Drafted { kind: OutcomeKind::Updated, details, basis, events }
    }
}

impl Site<'_> {
    /// Steps 4 and 5 of a row: the caller may give the role, and the person may have it.
    fn check_plan_row(
        &self,
        person: &Id,
        role: &RolePath,
        unit: Option<&Id>,
        replaces: bool,
    ) -> Result<u32, BuildingUserError> {
        let directory = self.caller.directory;
        if replaces {
            self.check_scoped(role)?;
        }
        let house = unit.and_then(|unit| self.unit(unit));
        self.check_operator_role(role, directory.living(person), house)?;
        let receiver = self.receiver(person)?;
        self.check_holder(role)?;
        Ok(receiver)
    }

    /// Step 6: the plan was made of the roles that there are.
    fn check_from(&self, person: u32, row: &RoleChange) -> Result<(), BuildingUserError> {
        let present = self.valid_roles(person);
        let is_same = present.len() == row.from.iter().collect::<Set<_>>().len()
            && row.from.iter().all(|role| present.contains(role));
        if is_same {
            return Ok(());
        }
        Err(BuildingUserError::PlanOutdated { person: self.person(person) })
    }

    /// The roles of a person that make them a building user now.
    pub(crate) fn valid_roles(&self, person: u32) -> Set<&RolePath> {
        let directory = self.caller.directory;
        let held = directory.site_roles_of(person, self.integration).into_iter();
        let valid = held.filter(|held| {
            directory.counts_at(&held.grant.form, held.grant.condition, self.caller.at)
        });
        valid.map(|held| held.role).collect()
    }

    /// Step 6: not more than a fifth and more than five at once [1-19].
    fn check_mass_removal(&self, plan: &ResidentPlan) -> Result<(), BuildingUserError> {
        let removals = plan.remove.len();
        if removals <= MAX_UNFORCED_REMOVALS {
            return Ok(());
        }
        let present = self.present().count();
        if removals.saturating_mul(100) <= present.saturating_mul(MAX_UNFORCED_PERCENT) {
            return Ok(());
        }
        Err(BuildingUserError::MassRemoval { removals, present })
    }

    /// The people who are building users now, each once.
    pub(crate) fn present(&self) -> impl Iterator<Item = u32> {
        let directory = self.caller.directory;
        let holders = directory.integrations.role_holders.of(self.integration).iter().copied();
        holders.filter(move |person| {
            directory.standing(*person) != Some(Standing::Deleted)
                && !self.valid_roles(*person).is_empty()
        })
    }
}
