//! The one algorithm: may this person do this, here, now? The rules and their order are those of
//! semantics.md, section 3; the numbers in the comments are its.

mod case;
mod failures;

use self::failures::Nearest;
use crate::facts::{
    ADMINISTRATOR_MEANING, Access, Audience, DoorFacts, Facts, Form, Grant, NONE, Part, Place,
    RESIDENT_MEANING, ResidentKind, Resolved, Sites, Who,
};
use crate::reason::{Basis, Decision, NO_ROW, Reason};
use crate::request::ResourceKind;
use crate::time::{Timestamp, Validity};

pub(crate) use self::case::{Asked, Asker, Case};
pub(crate) use self::failures::Failures;

/// Decides. Infallible, allocates nothing, O(grants of the person × depth of the organisation).
#[inline]
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
#[inline]
pub(crate) fn allows<F: Facts>(facts: &F, case: &Case, asker: &Asker) -> bool {
    asker.restriction(facts, case).is_none() && by_holdings(facts, case, asker.who).is_allow()
}

/// 3.6.
#[inline]
fn by_holdings<F: Facts>(facts: &F, case: &Case, who: Who) -> Decision {
    match who {
        Who::Person(person) => by_grants(facts, case, person),
        Who::UnitToken(unit) => by_token(facts, case, unit),
    }
}

/// The buildings in which a person is blocked.
pub(crate) fn blocked_buildings<F: Facts>(
    facts: &F,
    person: u32,
) -> impl Iterator<Item = u32> + use<'_, F> {
    facts.grants(person).map_while(|grant| match grant.form {
        Form::Residency { building, kind: ResidentKind::Blocked, .. } => Some(building),
        _ => None,
    })
}

/// 3.6 for a person: the first grant in the order of 3.7 that reaches and fails nothing.
#[inline]
fn by_grants<F: Facts>(facts: &F, case: &Case, person: u32) -> Decision {
    let mut nearest = Nearest::default();
    let mut best: Option<(u32, Decision)> = None;
    for (row, grant) in (0_u32..).zip(facts.grants(person)) {
        if best.is_some() && grant.form.basis() != Basis::OrganisationRole {
            break;
        }
        let Some(reach) = reach(facts, case, &grant) else { continue };
        let validity = facts.validity(grant.condition);
        let failures = failures(facts, case, &grant, reach, validity);
        if !failures.is_empty() {
            nearest.add(failures, validity);
            continue;
        }
        let decision = Decision::allow(grant.form.basis(), row, validity.to);
        let Form::OrganisationRole { organisation, .. } = grant.form else { return decision };
        // Of organisation roles the one nearest to the resource is the basis.
        let depth = case.depth(facts, organisation).unwrap_or_default();
        if best.is_none_or(|(deepest, _)| depth > deepest) {
            best = Some((depth, decision));
        }
    }
    match best {
        Some((_, decision)) => decision,
        None => nearest.deny(),
    }
}

/// 3.6 for the token of a unit.
fn by_token<F: Facts>(facts: &F, case: &Case, unit: u32) -> Decision {
    let grant = token_grant(unit);
    let Some(reach) = reach(facts, case, &grant) else {
        return Decision::deny(Reason::NoGrant);
    };
    let failures = failures(facts, case, &grant, reach, Validity::ALWAYS);
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

/// How a grant reaches what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// As staff: no audience binds it.
    Free,
    /// As a resident: on a door, the audience binds it.
    Bound,
}

/// Whether a grant is a candidate: the column *reaches* of 3.6.
#[inline]
pub(crate) fn reach<F: Facts>(facts: &F, case: &Case, grant: &Grant) -> Option<Reach> {
    match grant.form {
        Form::Residency { unit, building, kind } => {
            let reached = resides_at(facts, case, unit, building, kind)
                && facts.holds(RESIDENT_MEANING, Part::SiteBound, case.asked.key);
            reached.then_some(Reach::Bound)
        }
        Form::Administrator { unit } => {
            let reached = case.key_kind == ResourceKind::Unit
                && case.asked.kind == ResourceKind::Unit
                && case.asked.resource == unit
                && facts.holds(ADMINISTRATOR_MEANING, Part::Everywhere, case.asked.key);
            reached.then_some(Reach::Free)
        }
        Form::SiteRole { organisation, sites } => {
            role_on_site(facts, case, grant.meaning, Some(organisation), sites)
        }
        Form::OrganisationRole { organisation, sites } => {
            if holds_for_staff(facts, case, grant.meaning, Part::Everywhere)
                && case.is_within(facts, organisation)
            {
                return Some(Reach::Free);
            }
            role_on_site(facts, case, grant.meaning, Some(organisation), sites)
        }
        Form::Platform { sites } => {
            if holds_for_staff(facts, case, grant.meaning, Part::Everywhere) {
                return Some(Reach::Free);
            }
            role_on_site(facts, case, grant.meaning, None, sites)
        }
        Form::Group { organisation, access } => {
            let reached = holds_for_staff(facts, case, grant.meaning, Part::Everywhere)
                && group_reaches(facts, case, organisation, access);
            reached.then_some(Reach::Free)
        }
    }
}

/// Whether staff hold the key, and the second one where they need it: the staff doors rule of 3.6.
#[inline]
fn holds_for_staff<F: Facts>(facts: &F, case: &Case, meaning: u16, part: Part) -> bool {
    facts.holds(meaning, part, case.asked.key)
        && case.second_key.is_none_or(|key| facts.holds(meaning, part, key))
}

/// Whether a residency, its keys apart, reaches the resource.
#[inline]
fn resides_at<F: Facts>(
    facts: &F,
    case: &Case,
    unit: u32,
    building: u32,
    kind: ResidentKind,
) -> bool {
    // A unit, its integration, and every door that may list it are of one building.
    if kind == ResidentKind::Blocked || case.is_container || building != case.place.building {
        return false;
    }
    match case.asked.kind {
        ResourceKind::Unit => kind == ResidentKind::Household && case.asked.resource == unit,
        ResourceKind::Integration => {
            kind == ResidentKind::Household && facts.unit_integration(unit) == case.asked.resource
        }
        ResourceKind::Door if case.place.unit != NONE => case.place.unit == unit,
        ResourceKind::Door => {
            facts.unit_integration(unit) == case.place.integration
                || facts.audience_lists(case.asked.resource, unit)
        }
        ResourceKind::Platform | ResourceKind::Organisation | ResourceKind::Building => false,
    }
}

/// Cases (ii) and (iii) of a role in 3.6.
#[inline]
fn role_on_site<F: Facts>(
    facts: &F,
    case: &Case,
    meaning: u16,
    held_at: Option<u32>,
    sites: Sites,
) -> Option<Reach> {
    let integration = case.place.integration;
    if integration == NONE {
        return None;
    }
    let matches = match sites {
        Sites::None => false,
        // The id that a role names is of a site within the organisation: checked when it was given.
        Sites::One(named) => named == integration,
        Sites::Any => {
            facts.is_site(integration)
                && held_at.is_none_or(|organisation| case.is_within(facts, organisation))
        }
    };
    let is_inside = matches!(
        case.key_kind,
        ResourceKind::Integration | ResourceKind::Unit | ResourceKind::Door
    );
    if !matches || !is_inside {
        return None;
    }
    if holds_for_staff(facts, case, meaning, Part::Site) {
        return Some(Reach::Free);
    }
    let is_common = match case.asked.kind {
        ResourceKind::Integration => true,
        ResourceKind::Door => case.place.unit == NONE,
        _ => false,
    };
    let bound =
        is_common && !case.is_container && facts.holds(meaning, Part::SiteBound, case.asked.key);
    bound.then_some(Reach::Bound)
}

/// Whether a permission group, its keys apart, reaches the resource [C-75].
#[inline]
pub(crate) fn group_reaches<F: Facts>(
    facts: &F,
    case: &Case,
    organisation: u32,
    access: Access,
) -> bool {
    let asked = case.asked;
    if case.key_kind == ResourceKind::Organisation {
        return asked.kind == ResourceKind::Organisation && asked.resource == organisation;
    }
    has_access(facts, &case.place, organisation, access)
}

/// Whether a membership's building access holds for a place [C-69]. A place outside buildings is an organisation and
/// everything inside it; lists never have that.
#[inline]
pub(crate) fn has_access<F: Facts>(
    facts: &F,
    place: &Place,
    organisation: u32,
    access: Access,
) -> bool {
    match access {
        Access::None => false,
        Access::Listed(list) => facts.lists_building(list, place.building),
        Access::AllOfCompany => {
            facts.depth_on_path(place.organisation, organisation).is_some()
                || facts.serves(organisation, place.building)
        }
    }
}

/// The conditions of a candidate that fail: the last column of 3.6.
#[inline]
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
                failures.add_unless(kind != ResidentKind::Guest || door.guests, 5);
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
        failures.add_unless(door.audience == Audience::AllResidents, 4);
    }
    if grant.condition != 0 {
        let at = case.asked.at;
        failures.add_unless(validity.has_begun(at), 2);
        failures.add_unless(!validity.has_ended(at), 3);
    }
    failures
}

#[inline]
fn is_in_audience<F: Facts>(facts: &F, case: &Case, door: DoorFacts, unit: u32) -> bool {
    match door.audience {
        Audience::Nobody => false,
        Audience::AllResidents => facts.unit_integration(unit) == case.place.integration,
        Audience::Units => facts.audience_lists(case.asked.resource, unit),
    }
}
