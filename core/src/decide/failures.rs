//! The conditions of grants that reach, and what is said where all fail: 3.6.

use super::{Case, Reach};
use crate::facts::{Audience, DoorFacts, Facts, Form, Grant, NONE, ResidentKind};
use crate::reason::{Decision, Reason};
use crate::time::{Timestamp, Validity};

/// A set of the reasons 7xx, one bit each, in the order of their codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Failures(u8);

impl Failures {
    const REASONS: [Reason; 6] = [
        Reason::GrantOrgDeleted,
        Reason::UnitDisabled,
        Reason::NotYetValid,
        Reason::Expired,
        Reason::DoorAudience,
        Reason::GuestDoor,
    ];
    const NOT_YET_VALID: Self = Self(1 << 2);

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn add_unless(&mut self, holds: bool, bit: u8) {
        self.0 |= u8::from(!holds) << bit;
    }

    /// All there are, in the order of their codes.
    #[cfg(feature = "alloc")]
    pub(crate) fn all() -> impl Iterator<Item = Reason> {
        Self::REASONS.into_iter()
    }

    #[cfg(feature = "alloc")]
    pub(crate) fn has(self, reason: Reason) -> bool {
        self.iter().any(|failed| failed == reason)
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn count(self) -> u32 {
        self.0.count_ones()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Reason> {
        Self::REASONS.into_iter().zip(0_u8..).filter_map(move |(reason, bit)| {
            (self.0.wrapping_shr(u32::from(bit)) & 1 == 1).then_some(reason)
        })
    }

    fn first(self) -> Reason {
        self.iter().next().unwrap_or(Reason::NoGrant)
    }
}

/// The candidates seen so far that fail some condition.
#[derive(Default)]
pub(super) struct Nearest {
    fewest: Option<(u32, Failures)>,
    starts: Option<Timestamp>,
}

impl Nearest {
    pub(super) fn add(&mut self, failures: Failures, validity: Validity) {
        let count = failures.count();
        match &mut self.fewest {
            Some((fewest, _)) if *fewest < count => {}
            Some((fewest, reasons)) if *fewest == count => reasons.0 |= failures.0,
            fewest => *fewest = Some((count, failures)),
        }
        if failures == Failures::NOT_YET_VALID && validity.from < validity.to {
            let starts = self.starts.map_or(validity.from, |starts| starts.min(validity.from));
            self.starts = Some(starts);
        }
    }

    /// 3.6, the table of codes; 3.8.
    pub(super) fn deny(self) -> Decision {
        match self.fewest {
            None => Decision::deny(Reason::NoGrant),
            Some((_, reasons)) => {
                Decision::deny_until(reasons.first(), self.starts.unwrap_or(Timestamp::MAX))
            }
        }
    }
}

/// The conditions of a candidate that fail: the last column of 3.6.
#[cfg_attr(not(feature = "compact"), inline(always))]
pub(crate) fn failures<F: Facts>(
    facts: &F,
    case: &Case,
    grant: &Grant,
    reach: Reach,
    validity: Validity,
) -> Failures {
    let mut failures = Failures::default();
    match grant.form {
        Form::Residency { unit, kind, .. } => {
            failures.add_unless(facts.unit_enabled(unit), 1);
            if let Some(door) = case.place.door {
                let in_audience =
                    case.place.unit != NONE || is_in_audience(facts, case, door, unit);
                failures.add_unless(in_audience, 4);
                failures.add_unless(kind != ResidentKind::Guest || door.guests(), 5);
            }
        }
        Form::Administrator { unit } => failures.add_unless(facts.unit_enabled(unit), 1),
        Form::SiteRole { organisation, .. }
        | Form::OrganisationRole { organisation, .. }
        | Form::Group { organisation, .. } => failures.add_unless(facts.is_live(organisation), 0),
        Form::Platform { .. } => {}
    }
    if let (Some(door), Reach::Bound, false) =
        (case.place.door, reach, matches!(grant.form, Form::Residency { .. }))
    {
        failures.add_unless(door.audience() == Audience::AllResidents, 4);
    }
    if grant.condition != 0 {
        let at = case.asked.at;
        failures.add_unless(validity.has_begun(at), 2);
        failures.add_unless(!validity.has_ended(at), 3);
    }
    failures
}

#[cfg_attr(not(feature = "compact"), inline(always))]
fn is_in_audience<F: Facts>(facts: &F, case: &Case, door: DoorFacts, unit: u32) -> bool {
    match door.audience() {
        Audience::Nobody => false,
        Audience::AllResidents => facts.unit_integration(unit) == case.place.integration,
        Audience::Units => facts.audience_lists(case.asked.resource, unit),
    }
}
