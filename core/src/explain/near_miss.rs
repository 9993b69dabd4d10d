//! Of all that does not reach, what comes nearest, and what it lacks.

use alloc::format;
use alloc::string::{String, ToString};

use super::teller::{Teller, Tried};
use super::{Describe, Failed, NearMiss};
use crate::decide::{Case, group_reaches};
use crate::facts::{Access, Form, Grant, NONE, Part, ResidentKind, Sites};
use crate::request::ResourceKind;

impl<F: Describe> Teller<'_, F> {
    /// Of the grants that do not reach, the one that lacks least.
    pub(super) fn near_miss(&self, case: &Case, tried: &[Tried]) -> Option<NearMiss> {
        let misses = tried.iter().filter_map(|tried| {
            let (rank, failed, _) = self.miss(case, &tried.grant)?;
            Some((rank, tried.position, failed, &tried.grant))
        });
        let nearest = misses.min_by_key(|(rank, position, _, _)| (*rank, *position));
        nearest.map(|(_, _, failed, grant)| {
            let (text, about) = self.tell(|| {
                let grant_words = self.grant(grant);
                let why = self.miss(case, grant).map(|(_, _, why)| why).unwrap_or_default();
                format!("{grant_words} {why}.")
            });
            NearMiss { failed, text, about }
        })
    }

    /// How far a grant is from reaching, smaller being nearer, what it lacks, and that in words.
    fn miss(&self, case: &Case, grant: &Grant) -> Option<(u8, Failed, String)> {
        if matches!(grant.form, Form::Residency { kind: ResidentKind::Blocked, .. }) {
            return None;
        }
        let key = self.facts.key_text(self.question.key);
        let has_key = self.has_key(grant);
        let place = self.misplaced(case, grant);
        Some(match (has_key, place) {
            (true, None) => {
                let (failed, text) = self.reached_with_key(case);
                (0, failed, text)
            }
            (true, Some((failed, why))) => (1, failed, why),
            (false, None) => (2, Failed::Key, self.other_keys(grant, &key)),
            (false, Some((_, why))) => {
                (3, Failed::Key, format!("{}, and {why}", self.other_keys(grant, &key)))
            }
        })
    }

    /// The key is held and the place is right, and still nothing is reached.
    fn reached_with_key(&self, case: &Case) -> (Failed, String) {
        if case.second_key.is_some() {
            let why = if case.is_container {
                "does not open the doors of single units, which everything would include: `doors:open_unit` is missing"
            } else {
                "does not open the doors of single units: `doors:open_unit` is missing"
            };
            return (Failed::UnitDoor, why.to_string());
        }
        (Failed::Container, format!("does not reach the whole of {}", self.resource()))
    }

    fn other_keys(&self, grant: &Grant, key: &str) -> String {
        let role = match grant.form {
            Form::SiteRole { .. } | Form::OrganisationRole { .. } | Form::Platform { .. } => {
                self.facts.role_text(grant.source)
            }
            _ => String::new(),
        };
        let differing = role
            .split(':')
            .zip(key.split(':'))
            .zip(1_u8..)
            .find(|((held, wanted), _)| held != wanted && *held != crate::path::WILDCARD);
        match differing {
            Some(((held, wanted), segment)) if segment > 1 => {
                format!("does not include `{key}`: segment {segment} is `{held}`, not `{wanted}`")
            }
            _ => format!("does not include `{key}`"),
        }
    }

    fn has_key(&self, grant: &Grant) -> bool {
        let holds = |part| self.facts.holds(grant.meaning, part, self.question.key);
        holds(Part::Everywhere) || holds(Part::Site) || holds(Part::SiteBound)
    }

    /// Why a grant, its keys apart, does not reach the resource; none when it does.
    fn misplaced(&self, case: &Case, grant: &Grant) -> Option<(Failed, String)> {
        match grant.form {
            Form::Residency { .. } | Form::Administrator { .. } if case.is_container => Some((
                Failed::Container,
                format!("reaches single things, never everything in {}", self.resource()),
            )),
            Form::Residency { building, .. } if building != case.place.building => {
                let building = self.label(ResourceKind::Building, building);
                Some((Failed::Unit, format!("is in {building}, and {} is not", self.resource())))
            }
            Form::Residency { unit, .. } | Form::Administrator { unit } => {
                self.other_unit(case, unit)
            }
            Form::SiteRole { organisation, sites } => {
                self.other_site(case, sites).or_else(|| self.other_organisation(case, organisation))
            }
            Form::OrganisationRole { organisation, .. } => {
                self.other_organisation(case, organisation)
            }
            Form::Group { organisation, access } => self.no_access(case, organisation, access),
            Form::Platform { sites: Sites::One(_) } => self.other_site(case, Sites::One(NONE)),
            Form::Platform { .. } => None,
        }
    }

    fn other_unit(&self, case: &Case, unit: u32) -> Option<(Failed, String)> {
        if case.place.unit == unit {
            return None;
        }
        let why = if case.place.unit == NONE {
            format!("does not reach {}", self.resource())
        } else {
            let other = self.label(ResourceKind::Unit, case.place.unit);
            format!("is not for {other}")
        };
        Some((Failed::Unit, why))
    }

    fn other_site(&self, case: &Case, sites: Sites) -> Option<(Failed, String)> {
        let integration = case.place.integration;
        let is_here = match sites {
            Sites::None => false,
            Sites::Any => integration != NONE && self.facts.is_site(integration),
            Sites::One(named) => named == integration,
        };
        if is_here {
            return None;
        }
        let why = match sites {
            Sites::One(named) if named != NONE => {
                let named = self.label(ResourceKind::Integration, named);
                format!("is for {named}, and {} is not in it", self.resource())
            }
            _ => format!("is for intercom sites, and {} is in none that it names", self.resource()),
        };
        Some((Failed::Site, why))
    }

    fn other_organisation(&self, case: &Case, organisation: u32) -> Option<(Failed, String)> {
        if case.is_within(self.facts, organisation) {
            return None;
        }
        if case.place.organisation == NONE {
            return Some((
                Failed::Organisation,
                "does not reach the platform, which is above every organisation".to_string(),
            ));
        }
        let theirs = self.organisation(case.place.organisation);
        let held = self.organisation(organisation);
        let why = if self.facts.depth_on_path(organisation, case.place.organisation).is_some() {
            format!("is held below {theirs}, and rights reach down the tree only")
        } else {
            format!("reaches {held} and what is below it, and {theirs} is not below {held}")
        };
        Some((Failed::Organisation, why))
    }

    fn no_access(
        &self,
        case: &Case,
        organisation: u32,
        access: Access,
    ) -> Option<(Failed, String)> {
        if group_reaches(self.facts, case, organisation, access) {
            return None;
        }
        if case.key_kind == ResourceKind::Organisation {
            let why = "counts at the membership's own organisation only".to_string();
            return Some((Failed::Organisation, why));
        }
        let building = case.place.building;
        let why = match (access, building) {
            (Access::None, _) => {
                "counts in no building: the membership has no building access".to_string()
            }
            (_, NONE) => "counts in single buildings only".to_string(),
            (Access::Listed(_), _) => {
                format!(
                    "does not count in {}, which is not among the listed buildings",
                    self.label(ResourceKind::Building, building)
                )
            }
            (Access::AllOfCompany, _) => {
                format!(
                    "does not count in {}, which the organisation neither owns nor serves",
                    self.label(ResourceKind::Building, building)
                )
            }
        };
        Some((Failed::BuildingAccess, why))
    }
}
