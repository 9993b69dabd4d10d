//! The one algorithm: may this person do this, here, now? The rules and their order are those of
//! semantics.md, section 3; the numbers in the comments are its.

use crate::facts::{
    ADMINISTRATOR_MEANING, Access, Audience, DoorFacts, Facts, Form, Grant, NONE, Part, Place,
    RESIDENT_MEANING, ResidentKind, Resolved, Sites, Standing, Who,
};
use crate::key::Key;
use crate::reason::{Basis, Decision, NO_ROW, Reason};
use crate::request::ResourceKind;
use crate::time::{Timestamp, Validity};

/// Decides. Infallible, allocates nothing, O(grants of the person × depth of the organisation).
#[cfg_attr(feature = "alloc", inline(always))]
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
#[cfg_attr(feature = "alloc", inline(always))]
pub(crate) fn allows<F: Facts>(facts: &F, case: &Case, asker: &Asker) -> bool {
    asker.restriction(facts, case).is_none() && by_holdings(facts, case, asker.who).is_allow()
}

/// 3.6.
#[cfg_attr(feature = "alloc", inline(always))]
fn by_holdings<F: Facts>(facts: &F, case: &Case, who: Who) -> Decision {
    match who {
        Who::Person(person) => by_grants(facts, case, person),
        Who::UnitToken(unit) => by_token(facts, case.asked, unit),
    }
}

/// Who asks, whatever is asked.
#[derive(Clone, Copy)]
pub(crate) struct Asker {
    who: Who,
    /// Of a unit's token: active.
    standing: Standing,
    is_blocked_somewhere: bool,
}

impl Asker {
    /// 3.1, of the principal; none for one that is unknown.
    #[cfg_attr(feature = "alloc", inline(always))]
    pub(crate) fn new<F: Facts>(facts: &F, who: Who) -> Option<Self> {
        let (standing, is_blocked_somewhere) = match who {
            Who::Person(person) => (facts.standing(person)?, facts.is_blocked_somewhere(person)),
            Who::UnitToken(unit) => {
                facts.place(ResourceKind::Unit, unit)?;
                (Standing::Active, false)
            }
        };
        Some(Self { who, standing, is_blocked_somewhere })
    }

    /// 3.3.
    #[cfg_attr(feature = "alloc", inline(always))]
    pub(crate) fn restriction<F: Facts>(&self, facts: &F, case: &Case) -> Option<Reason> {
        match self.standing {
            Standing::Deleted => return Some(Reason::PrincipalDeleted),
            Standing::Blocked => return Some(Reason::PrincipalBlocked),
            Standing::Active => {}
        }
        let Who::Person(person) = self.who else { return None };
        let building = case.place.building;
        let is_blocked = self.is_blocked_somewhere
            && building != NONE
            && blocked_buildings(facts, person).any(|blocked| blocked == building);
        is_blocked.then_some(Reason::PrincipalBlocked)
    }
}

/// A question, but for who asks.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) key: Key,
    pub(crate) kind: ResourceKind,
    pub(crate) resource: u32,
    pub(crate) acting_org: u32,
    pub(crate) at: Timestamp,
}

impl Asked {
    #[cfg_attr(feature = "alloc", inline(always))]
    pub(crate) const fn of(question: &Resolved) -> Self {
        let Resolved { key, kind, resource, acting_org, at, .. } = *question;
        Self { key, kind, resource, acting_org, at }
    }
}

/// What is asked, with what every rule needs to know about it, whoever asks.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) asked: Asked,
    pub(crate) place: Place,
    pub(crate) key_kind: ResourceKind,
    /// Whether everything of a kind inside the resource is asked for [C-74].
    pub(crate) is_container: bool,
    /// The second key that staff need, when they need one [C-71].
    pub(crate) second_key: Option<Key>,
}

impl Case {
    /// 3.1 and 3.2, of the action and the resource.
    #[cfg_attr(feature = "alloc", inline(always))]
    pub(crate) fn new<F: Facts>(facts: &F, asked: Asked) -> Result<Self, Reason> {
        let key_kind = facts.key_kind(asked.key).ok_or(Reason::ActionUnknown)?;
        let place = facts.place(asked.kind, asked.resource).ok_or(Reason::ResourceUnknown)?;
        let is_container = asked.kind != key_kind;
        if is_container && !asked.kind.is_above(key_kind) {
            return Err(Reason::ActionNotApplicable);
        }
        let is_unit_door = asked.kind == ResourceKind::Door && place.unit != NONE;
        let second_key =
            if is_container || is_unit_door { facts.unit_door_key(asked.key) } else { None };
        Ok(Self { asked, place, key_kind, is_container, second_key })
    }

    /// A case that some people are allowed, if their grants are; none for one that everybody is denied.
    #[cfg_attr(feature = "alloc", inline(always))]
    pub(crate) fn unrestricted<F: Facts>(facts: &F, asked: Asked) -> Option<Self> {
        let case = Self::new(facts, asked).ok()?;
        case.restriction(facts).is_none().then_some(case)
    }

    /// The first restriction that applies, whoever asks: 3.4 and 3.5.
    #[cfg_attr(feature = "alloc", inline(always))]
    fn restriction<F: Facts>(&self, facts: &F) -> Option<Reason> {
        self.organisation_restriction(facts)
            .or_else(|| self.door_restriction(facts))
            .or_else(|| self.context_restriction(facts))
    }

    /// 3.4, of the organisation.
    #[cfg_attr(feature = "alloc", inline(always))]
    pub(crate) fn organisation_restriction<F: Facts>(&self, facts: &F) -> Option<Reason> {
        let organisation = self.place.organisation;
        let is_deleted = organisation != NONE && !facts.is_live(organisation);
        is_deleted.then_some(Reason::OrgDeleted)
    }

    /// 3.4, of the door.
    #[cfg_attr(feature = "alloc", inline(always))]
    pub(crate) fn door_restriction<F: Facts>(&self, facts: &F) -> Option<Reason> {
        match self.place.door {
            Some(door) if !door.enabled() && facts.opens_door(self.asked.key) => {
                Some(Reason::DoorDisabled)
            }
            _ => None,
        }
    }

    /// 3.5.
    #[cfg_attr(feature = "alloc", inline(always))]
    pub(crate) fn context_restriction<F: Facts>(&self, facts: &F) -> Option<Reason> {
        let acting = self.asked.acting_org;
        if acting == NONE {
            return None;
        }
        let inside = facts.is_live(acting) && self.is_within(facts, acting);
        (!inside).then_some(Reason::OrgContext)
    }

    /// Whether the resource is inside an organisation.
    #[cfg_attr(feature = "alloc", inline(always))]
    pub(crate) fn is_within<F: Facts>(&self, facts: &F, organisation: u32) -> bool {
        self.depth(facts, organisation).is_some()
    }

    #[cfg_attr(feature = "alloc", inline(always))]
    fn depth<F: Facts>(&self, facts: &F, organisation: u32) -> Option<u32> {
        if self.place.organisation == NONE {
            return None;
        }
        facts.depth_on_path(self.place.organisation, organisation)
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

    #[cfg_attr(feature = "alloc", inline(always))]
    fn add_unless(&mut self, holds: bool, bit: u8) {
        self.0 |= u8::from(!holds) << bit;
    }

    #[cfg(feature = "alloc")]
    pub(crate) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
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
struct Nearest {
    fewest: Option<(u32, Failures)>,
    starts: Option<Timestamp>,
}

impl Nearest {
    fn add(&mut self, failures: Failures, validity: Validity) {
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
    fn deny(self) -> Decision {
        match self.fewest {
            None => Decision::deny(Reason::NoGrant),
            Some((_, reasons)) => {
                Decision::deny_until(reasons.first(), self.starts.unwrap_or(Timestamp::MAX))
            }
        }
    }
}

/// 3.6 for a person: the first grant in the order of 3.7 that reaches and fails nothing. What only some answers need is
/// looked at again in functions of their own, which make the case anew, so that this loop keeps it in registers.
#[cfg_attr(feature = "alloc", inline(always))]
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

/// How a grant reaches what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// As staff: no audience binds it.
    Free,
    /// As a resident: on a door, the audience binds it.
    Bound,
}

/// Whether a grant is a candidate: the column *reaches* of 3.6.
#[cfg_attr(feature = "alloc", inline(always))]
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
#[cfg_attr(feature = "alloc", inline(always))]
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
#[cfg_attr(feature = "alloc", inline(always))]
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
#[cfg_attr(feature = "alloc", inline(always))]
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
#[cfg_attr(feature = "alloc", inline(always))]
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
#[cfg_attr(feature = "alloc", inline(always))]
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

#[cfg_attr(feature = "alloc", inline(always))]
fn is_in_audience<F: Facts>(facts: &F, case: &Case, door: DoorFacts, unit: u32) -> bool {
    match door.audience() {
        Audience::Nobody => false,
        Audience::AllResidents => facts.unit_integration(unit) == case.place.integration,
        Audience::Units => facts.audience_lists(case.asked.resource, unit),
    }
}
