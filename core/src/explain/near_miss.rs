//! Of all that does not reach, what comes nearest, and what it lacks.

use super::teller::{Teller, Tried};
use super::template::Word;
use super::{Describe, Failed, NearMiss};
use crate::decide::{Case, group_reaches};
use crate::facts::{Access, Form, Grant, NONE, Part, ResidentKind, Sites};
use crate::request::{ResourceKind, split_at_colon};

impl<F: Describe> Teller<'_, F> {
    /// Of the grants that do not reach, the one that lacks least; of equals the first.
    pub(super) fn near_miss(&mut self, case: &Case, tried: &[Tried]) -> Option<NearMiss> {
        let mut nearest: Option<(u8, &Grant)> = None;
        for Tried { grant, .. } in tried {
            let miss = self.miss(case, grant);
            // Which one is told is not known yet.
            self.forget();
            if let Some((rank, _)) = miss
                && nearest.is_none_or(|(nearest, _)| rank < nearest)
            {
                nearest = Some((rank, grant));
            }
        }
        let (_, grant) = nearest?;
        self.say("{0} ", &[Word::Grant(grant)]);
        let (_, failed) = self.miss(case, grant)?;
        self.say(".", &[]);
        Some(self.end_near_miss(failed))
    }

    /// How far a grant is from reaching, smaller being nearer, and what it lacks; says that too.
    fn miss(&mut self, case: &Case, grant: &Grant) -> Option<(u8, Failed)> {
        if matches!(grant.form, Form::Residency { kind: ResidentKind::Blocked, .. }) {
            return None;
        }
        if self.has_key(grant) {
            return Some(match self.misplaced(case, grant) {
                None => (0, self.reached_with_key(case)),
                Some(failed) => (1, failed),
            });
        }
        self.other_keys(grant);
        let end = self.text.len();
        self.say(", and ", &[]);
        if self.misplaced(case, grant).is_some() {
            return Some((3, Failed::Key));
        }
        self.text.truncate(end);
        Some((2, Failed::Key))
    }

    /// The key is held and the place is right, and still nothing is reached.
    fn reached_with_key(&mut self, case: &Case) -> Failed {
        let (failed, why) = if case.second_key.is_none() {
            (Failed::Container, "does not reach the whole of {it}")
        } else if case.is_container {
            (
                Failed::UnitDoor,
                "does not open the doors of single units, which everything would include: `doors:open_unit` is missing",
            )
        } else {
            (
                Failed::UnitDoor,
                "does not open the doors of single units: `doors:open_unit` is missing",
            )
        };
        self.say(why, &[]);
        failed
    }

    /// Names the segment at which a role and the key part, but for the first.
    fn other_keys(&mut self, grant: &Grant) {
        self.say("does not include `{key}`", &[]);
        let role = match grant.form {
            Form::SiteRole { .. } | Form::OrganisationRole { .. } | Form::Platform { .. } => {
                self.facts.role_text(grant.source)
            }
            _ => return,
        };
        let key = self.facts.key_text(self.question.key);
        let (mut held, mut wanted) = (role.as_str(), key.as_str());
        for segment in b'1'.. {
            let (have, held_rest) = first_segment(held);
            let (want, wanted_rest) = first_segment(wanted);
            if have != want && have != crate::path::WILDCARD {
                if segment > b'1' {
                    self.say(": segment ", &[]);
                    self.text.push(char::from(segment));
                    self.say(" is `{0}`, not `{1}`", &[Word::Text(have), Word::Text(want)]);
                }
                return;
            }
            let (Some(held_rest), Some(wanted_rest)) = (held_rest, wanted_rest) else { return };
            (held, wanted) = (held_rest, wanted_rest);
        }
    }

    fn has_key(&self, grant: &Grant) -> bool {
        let holds = |part| self.facts.holds(grant.meaning, part, self.question.key);
        holds(Part::Everywhere) || holds(Part::Site) || holds(Part::SiteBound)
    }

    /// Says why something fails.
    fn fails(&mut self, failed: Failed, why: &str, words: &[Word<'_>]) -> Option<Failed> {
        self.say(why, words);
        Some(failed)
    }

    /// Why a grant, its keys apart, does not reach the resource; nothing when it does.
    fn misplaced(&mut self, case: &Case, grant: &Grant) -> Option<Failed> {
        match grant.form {
            Form::Residency { .. } | Form::Administrator { .. } if case.is_container => self.fails(
                Failed::Container,
                "reaches single things, never everything in {it}",
                &[],
            ),
            Form::Residency { building, .. } if building != case.place.building => {
                self.fails(Failed::Unit, "is in {0}, and {it} is not", &[Word::building(building)])
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

    fn other_unit(&mut self, case: &Case, unit: u32) -> Option<Failed> {
        match case.place.unit {
            other if other == unit => None,
            NONE => self.fails(Failed::Unit, "does not reach {it}", &[]),
            other => self.fails(Failed::Unit, "is not for {0}", &[Word::unit(other)]),
        }
    }

    fn other_site(&mut self, case: &Case, sites: Sites) -> Option<Failed> {
        let integration = case.place.integration;
        match sites {
            Sites::Any if integration != NONE && self.facts.is_site(integration) => None,
            Sites::One(named) if named == integration => None,
            Sites::One(named) if named != NONE => {
                let named = Word::site(named);
                self.fails(Failed::Site, "is for {0}, and {it} is not in it", &[named])
            }
            _ => self.fails(
                Failed::Site,
                "is for intercom sites, and {it} is in none that it names",
                &[],
            ),
        }
    }

    fn other_organisation(&mut self, case: &Case, organisation: u32) -> Option<Failed> {
        let theirs = case.place.organisation;
        if case.is_within(self.facts, organisation) {
            return None;
        }
        let why = if theirs == NONE {
            "does not reach the platform, which is above every organisation"
        } else if self.facts.depth_on_path(organisation, theirs).is_some() {
            "is held below {0}, and rights reach down the tree only{-1}"
        } else {
            "{-0}reaches {1} and what is below it, and {0} is not below {1}"
        };
        let words = [Word::organisation(theirs), Word::organisation(organisation)];
        self.fails(Failed::Organisation, why, &words)
    }

    fn no_access(&mut self, case: &Case, organisation: u32, access: Access) -> Option<Failed> {
        if group_reaches(self.facts, case, organisation, access) {
            return None;
        }
        let building = case.place.building;
        let (failed, why) = match (access, building) {
            _ if case.key_kind == ResourceKind::Organisation => {
                (Failed::Organisation, "counts at the membership's own organisation only")
            }
            (Access::None, _) => (
                Failed::BuildingAccess,
                "counts in no building: the membership has no building access",
            ),
            (_, NONE) => (Failed::BuildingAccess, "counts in single buildings only"),
            (Access::Listed(_), _) => (
                Failed::BuildingAccess,
                "does not count in {0}, which is not among the listed buildings",
            ),
            (Access::AllOfCompany, _) => (
                Failed::BuildingAccess,
                "does not count in {0}, which the organisation neither owns nor serves",
            ),
        };
        self.fails(failed, why, &[Word::building(building)])
    }
}

/// The first segment of a role or key, and what follows its colon.
fn first_segment(path: &str) -> (&str, Option<&str>) {
    split_at_colon(path).map_or((path, None), |(first, rest)| (first, Some(rest)))
}
