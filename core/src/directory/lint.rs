//! What is legal in an estate, and still looks like a mistake.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;

use super::Directory;
use super::ids::to_index;
use crate::explain::Describe;
use crate::facts::{Access, Audience, Facts, Form, Grant, NONE, ResidentKind, Sites, Standing};
use crate::id::IdRef;
use crate::path::RolePath;
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// What kind of thing looks like a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LintCode {
    /// A role with `*`, and how far it spreads (security.md, Belshazaar).
    WildcardRole,
    /// A unit whose residents no door is for.
    UnreachableUnit,
    /// A person in good standing whom nothing lets in.
    NoWayIn,
    /// A grant that cannot apply at any time.
    NeverApplies,
    /// A grant that has ended.
    Ended,
    /// An administrator of a unit who does not live in it any more [C-66].
    AdministratorWithoutResidency,
    /// A resident role on a site, held by somebody who does not live there.
    ResidentWithoutResidency,
}

impl LintCode {
    /// The word in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WildcardRole => "wildcard_role",
            Self::UnreachableUnit => "unreachable_unit",
            Self::NoWayIn => "no_way_in",
            Self::NeverApplies => "never_applies",
            Self::Ended => "ended",
            Self::AdministratorWithoutResidency => "administrator_without_residency",
            Self::ResidentWithoutResidency => "resident_without_residency",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lint {
    /// What kind.
    pub code: LintCode,
    /// What it is about: `person:ID`, `unit:ID`, or a role path.
    pub subject: String,
    /// It in words.
    pub text: String,
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.code.as_str(), self.subject, self.text)
    }
}

impl Directory {
    /// Everything that looks like a mistake at an instant: roles by path, then units, then people, by id.
    /// O(size of the directory).
    #[must_use]
    pub fn lint(&self, at: Timestamp) -> Vec<Lint> {
        let mut findings = Vec::new();
        self.lint_roles(&mut findings);
        for unit in self.units.ids.in_order() {
            self.lint_unit(unit, &mut findings);
        }
        for person in self.people.ids.in_order() {
            self.lint_person(person, at, &mut findings);
        }
        findings
    }

    fn lint_roles(&self, findings: &mut Vec<Lint>) {
        let roles = self.roles.in_order();
        let mut holders = alloc::vec![0_usize; roles.len()];
        for person in self.people.ids.handles() {
            for grant in self.grants(person).filter(is_role) {
                if let Some(count) = holders.get_mut(to_index(grant.source)) {
                    *count = count.saturating_add(1);
                }
            }
        }
        let total = self.catalog.keys().count();
        for number in roles {
            let held = holders.get(to_index(number)).copied().unwrap_or_default();
            let Some(role) = self.roles.path(number) else { continue };
            if held == 0 || !role.has_wildcard() {
                continue;
            }
            let spread = self.spread(role);
            let reach =
                if crate::catalog::is_site_role(role) { " on the sites it matches" } else { "" };
            let times = if held == 1 { "once".into() } else { format!("{held} times") };
            findings.push(Lint {
                code: LintCode::WildcardRole,
                subject: role.to_string(),
                text: format!("spreads to {spread} of {total} permissions{reach}, held {times}"),
            });
        }
    }

    /// How many keys a role means now.
    fn spread(&self, role: &RolePath) -> usize {
        let meaning = self.catalog.meaning(role, false);
        let keys = meaning.everywhere.union(&meaning.site).union(&meaning.site_bound);
        self.catalog.keys().filter(|key| keys.contains(*key)).count()
    }

    fn lint_unit(&self, unit: u32, findings: &mut Vec<Lint>) {
        let integration = self.unit_integration(unit);
        let is_for_all = |door: &u32| {
            let door = self.doors.rows.get(to_index(*door));
            door.is_some_and(|door| {
                door.unit == NONE && door.facts.audience() == Audience::AllResidents
            })
        };
        let has_door = !self.units.doors.of(unit).is_empty()
            || !self.units.audience_of.of(unit).is_empty()
            || self.integrations.doors.of(integration).iter().any(is_for_all);
        if !has_door {
            findings.push(Lint {
                code: LintCode::UnreachableUnit,
                subject: subject("unit", self.units.ids.id(unit)),
                text: "no door is for its residents: none of its own, none that lists it, none for all \
                       residents of its integration"
                    .into(),
            });
        }
    }

    fn lint_person(&self, person: u32, at: Timestamp, findings: &mut Vec<Lint>) {
        if self.standing(person) != Some(Standing::Active) {
            return;
        }
        let who = || subject("person", self.people.ids.id(person));
        // A person all of whose grants have ended is told of by these.
        let mut is_told_of = false;
        for grant in self.grants(person) {
            if matches!(grant.form, Form::Residency { kind: ResidentKind::Blocked, .. }) {
                continue;
            }
            if let Some(text) = self.never_applies(&grant) {
                findings.push(Lint { code: LintCode::NeverApplies, subject: who(), text });
                continue;
            }
            let validity = self.validity(grant.condition);
            if validity.has_ended(at) {
                let text = format!("{} ended on {}", self.grant_words(&grant), validity.to);
                findings.push(Lint { code: LintCode::Ended, subject: who(), text });
                is_told_of = true;
                continue;
            }
            is_told_of = is_told_of || self.grants_something(&grant);
            if let Some((code, text)) = self.without_residency(person, &grant, at) {
                findings.push(Lint { code, subject: who(), text });
            }
        }
        if !is_told_of {
            let text = "holds nothing that grants anything, now or later".into();
            findings.push(Lint { code: LintCode::NoWayIn, subject: who(), text });
        }
    }

    fn grants_something(&self, grant: &Grant) -> bool {
        let meaning = self.meanings.get(grant.meaning);
        meaning.is_some_and(|meaning| !meaning.is_empty())
    }

    /// Why a grant cannot apply at any time.
    fn never_applies(&self, grant: &Grant) -> Option<String> {
        let validity = self.validity(grant.condition);
        let words = || self.grant_words(grant);
        if grant.condition != 0 && validity.from >= validity.to {
            return Some(format!("{} is valid only when its membership is not", words()));
        }
        match grant.form {
            Form::Group { access: Access::None, .. } if !self.has_organisation_key(grant) => {
                Some(format!("{} counts in buildings, and the membership has none", words()))
            }
            Form::SiteRole { .. } | Form::OrganisationRole { .. } | Form::Platform { .. } => {
                let role = self.roles.path(grant.source)?;
                let is_pattern_for_nothing = role.has_wildcard() && !self.grants_something(grant);
                is_pattern_for_nothing
                    .then(|| format!("{} matches no permission and no role", words()))
            }
            _ => None,
        }
    }

    fn has_organisation_key(&self, grant: &Grant) -> bool {
        let meaning = self.meanings.get(grant.meaning);
        meaning.is_some_and(|meaning| {
            self.catalog.keys().any(|key| {
                meaning.everywhere.contains(key)
                    && self.catalog.kind(key) == Some(ResourceKind::Organisation)
            })
        })
    }

    /// Whether a grant is for residents, and the person is none.
    fn without_residency(
        &self,
        person: u32,
        grant: &Grant,
        at: Timestamp,
    ) -> Option<(LintCode, String)> {
        let lives_in = |is_it: &dyn Fn(u32) -> bool| {
            self.grants(person).any(|grant| match grant.form {
                Form::Residency { kind: ResidentKind::Household, unit, .. } => {
                    is_it(unit) && !self.validity(grant.condition).has_ended(at)
                }
                _ => false,
            })
        };
        match grant.form {
            Form::Administrator { unit } if !lives_in(&|lived| lived == unit) => {
                let text = format!("{} without living in it", self.grant_words(grant));
                Some((LintCode::AdministratorWithoutResidency, text))
            }
            Form::SiteRole { sites: Sites::One(site), .. } => {
                let meaning = self.meanings.get(grant.meaning)?;
                let is_resident = meaning.site.is_empty() && !meaning.site_bound.is_empty();
                let lives_there = lives_in(&|unit| self.unit_integration(unit) == site);
                let text = || format!("{} without living there", self.grant_words(grant));
                (is_resident && !lives_there).then(|| (LintCode::ResidentWithoutResidency, text()))
            }
            _ => None,
        }
    }

    fn grant_words(&self, grant: &Grant) -> String {
        let organisation = |handle| self.resource_id(ResourceKind::Organisation, handle);
        let unit = |handle| self.resource_id(ResourceKind::Unit, handle);
        match grant.form {
            Form::Residency { unit: at, .. } => format!("residency in unit {}", unit(at)),
            Form::Administrator { unit: at } => format!("administration of unit {}", unit(at)),
            Form::SiteRole { organisation: at, .. }
            | Form::OrganisationRole { organisation: at, .. } => {
                format!("role `{}` in {}", self.role_text(grant.source), organisation(at))
            }
            Form::Group { organisation: at, .. } => {
                format!(
                    "permission group {} in {}",
                    self.group_name(grant.source),
                    organisation(at)
                )
            }
            Form::Platform { .. } => {
                format!("role `{}` at the platform", self.role_text(grant.source))
            }
        }
    }
}

fn is_role(grant: &Grant) -> bool {
    matches!(
        grant.form,
        Form::SiteRole { .. } | Form::OrganisationRole { .. } | Form::Platform { .. }
    )
}

fn subject(kind: &str, id: Option<IdRef<'_>>) -> String {
    id.map(|id| format!("{kind}:{id}")).unwrap_or_default()
}
