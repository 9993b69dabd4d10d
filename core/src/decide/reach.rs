//! What a grant reaches: the column *reaches* of 3.6.

use super::Case;
use crate::facts::{
    ADMINISTRATOR_MEANING, Access, Facts, Form, Grant, NONE, Part, Place, RESIDENT_MEANING,
    ResidentKind, Sites,
};
use crate::request::ResourceKind;

/// How a grant reaches what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// As staff: no audience binds it.
    Free,
    /// As a resident: on a door, the audience binds it.
    Bound,
}

/// Whether a grant is a candidate: the column *reaches* of 3.6.
#[cfg_attr(not(feature = "compact"), inline(always))]
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
#[inline(always)]
fn holds_for_staff<F: Facts>(facts: &F, case: &Case, meaning: u16, part: Part) -> bool {
    facts.holds(meaning, part, case.asked.key)
        && case.second_key.is_none_or(|key| facts.holds(meaning, part, key))
}

/// Whether a residency, its keys apart, reaches the resource.
#[cfg_attr(not(feature = "compact"), inline(always))]
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
#[cfg_attr(not(feature = "compact"), inline(always))]
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
        Sites::Any => is_some_site(facts, &case.place, held_at),
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

/// Whether a role that names any site reaches the one of a place.
#[inline(never)]
fn is_some_site<F: Facts>(facts: &F, place: &Place, held_at: Option<u32>) -> bool {
    let is_held_above =
        |organisation| facts.depth_on_path(place.organisation, organisation).is_some();
    facts.is_site(place.integration) && held_at.is_none_or(is_held_above)
}

/// Whether a permission group, its keys apart, reaches the resource [C-75].
#[cfg_attr(not(feature = "compact"), inline(always))]
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
#[cfg_attr(not(feature = "compact"), inline(always))]
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
