//! The one algorithm: may this person do this, here, now? The rules and their order are those of
//! semantics.md, section 3; the numbers in the comments are its.

mod case;
mod failures;
mod reach;

use crate::facts::{ADMINISTRATOR_MEANING, Facts, Form, Grant, NONE, Resolved, Who};
use crate::reason::{Basis, Decision, NO_ROW, Reason};
use crate::time::{Timestamp, Validity};

pub(crate) use self::case::{Asked, Asker, Case, blocked_buildings};
use self::failures::Nearest;
pub(crate) use self::failures::{Failures, failures};
pub(crate) use self::reach::{Reach, reach};
#[cfg(feature = "alloc")]
pub(crate) use self::reach::{group_reaches, has_access};

/// Decides. Infallible, allocates nothing, O(grants of the person × depth of the organisation).
#[cfg_attr(not(feature = "compact"), inline(always))]
pub(crate) fn decide<F: Facts>(facts: &F, question: &Resolved) -> Decision {
    let Some(asker) = Asker::new(facts, question.principal) else {
        return Decision::deny(Reason::PrincipalUnknown);
    };
    let case = match Case::new(facts, Asked::of(question)) {
        Ok(case) => case,
        Err(reason) => return Decision::deny(reason),
    };
    match asker.restriction(facts, &case).or_else(|| case.restriction(facts)) {
        Some(reason) => Decision::deny(reason),
        None => by_holdings(facts, &case, asker.who),
    }
}

/// Whether somebody is allowed a case that is not restricted itself: what [`decide`] says then. Lists look at what all
/// their candidates share once, and ask this of each.
#[cfg_attr(not(feature = "compact"), inline(always))]
pub(crate) fn allows<F: Facts>(facts: &F, case: &Case, asker: &Asker) -> bool {
    asker.restriction(facts, case).is_none() && by_holdings(facts, case, asker.who).is_allow()
}

/// 3.6.
#[cfg_attr(not(feature = "compact"), inline(always))]
fn by_holdings<F: Facts>(facts: &F, case: &Case, who: Who) -> Decision {
    match who {
        Who::Person(person) => by_grants(facts, case, person),
        Who::UnitToken(unit) => by_token(facts, case.asked, unit),
    }
}

/// 3.6 for a person: the first grant in the order of 3.7 that reaches and fails nothing. What only some answers need is
/// looked at again in functions of their own, which make the case anew, so that this loop keeps it in registers.
#[cfg_attr(not(feature = "compact"), inline(always))]
fn by_grants<F: Facts>(facts: &F, case: &Case, person: u32) -> Decision {
    let mut has_candidate = false;
    let mut next = 0_u32;
    for grant in facts.grants(person) {
        let row = next;
        next = next.wrapping_add(1);
        let Some(reach) = reach(facts, case, &grant) else { continue };
        has_candidate = true;
        let validity = facts.validity(grant.condition);
        if !failures(facts, case, &grant, reach, validity).is_empty() {
            continue;
        }
        if matches!(grant.form, Form::OrganisationRole { .. }) {
            return by_organisation_roles(facts, case.asked, person);
        }
        return Decision::allow(grant.form.basis(), row, validity.to);
    }
    if has_candidate {
        denied_by_conditions(facts, case.asked, person)
    } else {
        Decision::deny(Reason::NoGrant)
    }
}

/// Of the organisation roles that reach and fail nothing, the one nearest to the resource is the basis: 3.7.
#[inline(never)]
fn by_organisation_roles<F: Facts>(facts: &F, asked: Asked, person: u32) -> Decision {
    let Ok(case) = &Case::new(facts, asked) else { return Decision::deny(Reason::NoGrant) };
    let mut best: Option<(u32, u32, Timestamp)> = None;
    let mut next = 0_u32;
    for grant in facts.grants(person) {
        let row = next;
        next = next.wrapping_add(1);
        let Form::OrganisationRole { organisation, .. } = grant.form else { continue };
        let depth = case.depth(facts, organisation).unwrap_or_default();
        let is_nearer = best.is_none_or(|(deepest, ..)| depth > deepest);
        if is_nearer
            && let Some(failures) = tried(facts, case, &grant)
            && failures.is_empty()
        {
            best = Some((depth, row, facts.validity(grant.condition).to));
        }
    }
    match best {
        Some((_, row, until)) => Decision::allow(Basis::OrganisationRole, row, until),
        None => Decision::deny(Reason::NoGrant),
    }
}

/// The reasons of those that came nearest, where every grant that reaches fails something.
#[cold]
#[inline(never)]
fn denied_by_conditions<F: Facts>(facts: &F, asked: Asked, person: u32) -> Decision {
    let Ok(case) = &Case::new(facts, asked) else { return Decision::deny(Reason::NoGrant) };
    let mut nearest = Nearest::default();
    for grant in facts.grants(person) {
        if let Some(failures) = tried(facts, case, &grant) {
            nearest.add(failures, facts.validity(grant.condition));
        }
    }
    nearest.deny()
}

/// What fails of a grant that reaches.
#[inline(never)]
fn tried<F: Facts>(facts: &F, case: &Case, grant: &Grant) -> Option<Failures> {
    let reach = reach(facts, case, grant)?;
    let validity = facts.validity(grant.condition);
    Some(failures(facts, case, grant, reach, validity))
}

/// 3.6 for the token of a unit.
#[inline(never)]
fn by_token<F: Facts>(facts: &F, asked: Asked, unit: u32) -> Decision {
    let Ok(case) = &Case::new(facts, asked) else { return Decision::deny(Reason::NoGrant) };
    let Some(failures) = tried(facts, case, &token_grant(unit)) else {
        return Decision::deny(Reason::NoGrant);
    };
    if failures.is_empty() {
        return Decision::allow(Basis::UnitToken, NO_ROW, Timestamp::MAX);
    }
    let mut nearest = Nearest::default();
    nearest.add(failures, Validity::ALWAYS);
    nearest.deny()
}

/// The only grant of a unit's token.
pub(crate) const fn token_grant(unit: u32) -> Grant {
    Grant {
        form: Form::Administrator { unit },
        meaning: ADMINISTRATOR_MEANING,
        condition: 0,
        source: NONE,
    }
}
