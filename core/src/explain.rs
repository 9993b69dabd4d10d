//! Why: a decision in words for people, and as data. It walks the same grants with the same tests as the
//! decision, and only adds what to call them.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::{Serialize, Serializer};

use crate::decide::{Case, Failures, blocked_buildings, decide, failures, reach, token_grant};
use crate::facts::{Access, Facts, Form, Grant, NONE, Part, ResidentKind, Resolved, Sites, Who};
use crate::reason::{Basis, Decision, Reason};
use crate::request::ResourceKind;
use crate::time::{Timestamp, Validity};

/// What facts are called. A label is a name with the id behind it, or the id alone.
pub(crate) trait Describe: Facts {
    fn person_label(&self, person: u32) -> String;
    /// Without the kind: that is said in the sentence.
    fn resource_label(&self, kind: ResourceKind, handle: u32) -> String;
    fn key_text(&self, key: crate::catalog::Key) -> String;
    fn role_text(&self, source: u32) -> String;
    fn group_label(&self, source: u32) -> String;
    /// `UNIT`, `GUEST` or `LINKED`.
    fn residency_type(&self, source: u32) -> &'static str;
    /// The organisation above, or [`NONE`].
    fn parent(&self, organisation: u32) -> u32;
    fn owner(&self, building: u32) -> u32;
}

/// Why a decision is what it is.
///
/// Printed, it is a few sentences that somebody who manages a building understands; serialised, it is the same as
/// data. Deterministic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    decision: Decision,
    headline: String,
    facts: Vec<String>,
    reasons: Vec<ReasonText>,
    nearest: Option<NearMiss>,
}

/// One reason of a deny, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonText {
    /// The reason.
    pub reason: Reason,
    /// It in words.
    pub text: String,
}

/// What came nearest to granting, and what it lacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearMiss {
    /// What failed.
    pub failed: Failed,
    /// It in words.
    pub text: String,
}

/// What a grant lacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Failed {
    /// One of its conditions: time, unit, audience, a deleted organisation.
    Condition,
    /// The key: it reaches the resource with other keys.
    Key,
    /// A second key: the door of a unit, or everything inside, asks for `doors:open_unit` too.
    UnitDoor,
    /// The edge between organisations: it is held beside or below the resource's organisation.
    Organisation,
    /// The site that the role names.
    Site,
    /// The buildings that the membership has access to.
    BuildingAccess,
    /// The unit of the residency or of the administrator.
    Unit,
    /// A resident reaches single doors, never everything inside a place.
    Container,
}

impl Explanation {
    /// The decision explained.
    pub const fn decision(&self) -> Decision {
        self.decision
    }

    /// The answer as a sentence.
    #[must_use]
    pub fn headline(&self) -> &str {
        &self.headline
    }

    /// For an allow, the facts that granted it, from the person to the resource.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().map(String::as_str)
    }

    /// For a deny, every reason, the primary one first.
    pub fn reasons(&self) -> impl Iterator<Item = &ReasonText> {
        self.reasons.iter()
    }

    /// For a deny, what came nearest to granting.
    #[must_use]
    pub const fn nearest(&self) -> Option<&NearMiss> {
        self.nearest.as_ref()
    }

    /// An explanation of a request with something unknown in it.
    pub(crate) fn unknown(reason: Reason, headline: String, text: String) -> Self {
        Self {
            decision: Decision::deny(reason),
            headline,
            facts: Vec::new(),
            reasons: alloc::vec![ReasonText { reason, text }],
            nearest: None,
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)?;
        for fact in &self.facts {
            write!(f, "\n  {fact}")?;
        }
        for reason in &self.reasons {
            write!(f, "\n  {} [{}]", reason.text, reason.reason.as_str())?;
        }
        if let Some(nearest) = &self.nearest {
            write!(f, "\n  Nearest: {}", nearest.text)?;
        }
        if self.decision.until() != Timestamp::MAX {
            let until = self.decision.until();
            let what =
                if self.decision.is_allow() { "This holds until" } else { "This may change on" };
            write!(f, "\n  {what} {until}.")?;
        }
        Ok(())
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let until = self.decision.until();
        let mut data = serializer.serialize_struct("Explanation", 9)?;
        data.serialize_field("effect", self.decision.effect().as_str())?;
        data.serialize_field("reason", self.decision.reason().as_str())?;
        data.serialize_field("code", &self.decision.reason().code())?;
        data.serialize_field("basis", self.decision.basis().as_str())?;
        data.serialize_field("until", &(until != Timestamp::MAX).then_some(until))?;
        data.serialize_field("headline", &self.headline)?;
        data.serialize_field("facts", &self.facts)?;
        data.serialize_field("reasons", &self.reasons)?;
        data.serialize_field("nearest", &self.nearest)?;
        data.end()
    }
}

impl Serialize for ReasonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut data = serializer.serialize_struct("ReasonText", 3)?;
        data.serialize_field("reason", self.reason.as_str())?;
        data.serialize_field("code", &self.reason.code())?;
        data.serialize_field("text", &self.text)?;
        data.end()
    }
}

/// Explains a question whose ids are known.
pub(crate) fn explain<F: Describe>(facts: &F, question: &Resolved) -> Explanation {
    let decision = decide(facts, question);
    let teller = Teller { facts, question };
    let case = match Case::new(facts, question) {
        Ok(case) => case,
        Err(reason) => {
            let text = teller.not_applicable();
            return Explanation::unknown(reason, teller.headline(decision), text);
        }
    };
    if decision.is_allow() {
        return Explanation {
            decision,
            headline: teller.headline(decision),
            facts: teller.granting_facts(&case, decision),
            reasons: Vec::new(),
            nearest: None,
        };
    }
    let mut reasons = teller.restrictions(&case);
    let tried = teller.try_grants(&case);
    let granted = tried.iter().any(|tried| tried.failures == Some(Failures::default()));
    let failed = tried.iter().filter_map(|tried| tried.failures.map(|failures| (tried, failures)));
    let fewest =
        failed.min_by_key(|(tried, failures)| (failures.count(), *failures, tried.position));
    let nearest = match (granted, fewest) {
        (true, _) => None,
        (false, Some((nearest, failures))) => {
            let all = tried.iter().filter_map(|tried| tried.failures);
            let all = all.fold(Failures::default(), Failures::union);
            reasons.extend(all.iter().map(|reason| teller.condition(nearest, failures, reason)));
            Some(teller.near_candidate(&nearest.grant, failures))
        }
        (false, None) => {
            reasons.push(ReasonText { reason: Reason::NoGrant, text: teller.no_grant() });
            teller.near_miss(&case, &tried)
        }
    };
    reasons.sort_by_key(|reason| (reason.reason != decision.reason(), reason.reason));
    Explanation {
        decision,
        headline: teller.headline(decision),
        facts: Vec::new(),
        reasons,
        nearest,
    }
}

/// A grant that was tried.
struct Tried {
    grant: Grant,
    validity: Validity,
    position: usize,
    /// The conditions that fail, of a grant that reaches.
    failures: Option<Failures>,
}

/// Puts things in words.
struct Teller<'f, F> {
    facts: &'f F,
    question: &'f Resolved,
}

impl<F: Describe> Teller<'_, F> {
    fn who(&self) -> String {
        match self.question.principal {
            Who::Person(person) => self.facts.person_label(person),
            Who::UnitToken(unit) => {
                format!("the token of unit {}", self.facts.resource_label(ResourceKind::Unit, unit))
            }
        }
    }

    fn resource(&self) -> String {
        self.label(self.question.kind, self.question.resource)
    }

    /// A resource with its kind.
    fn label(&self, kind: ResourceKind, handle: u32) -> String {
        match kind {
            ResourceKind::Platform => "the platform".to_string(),
            _ => format!("{} {}", kind.as_str(), self.facts.resource_label(kind, handle)),
        }
    }

    fn organisation(&self, handle: u32) -> String {
        self.facts.resource_label(ResourceKind::Organisation, handle)
    }

    fn headline(&self, decision: Decision) -> String {
        let key = self.facts.key_text(self.question.key);
        let key_kind = self.facts.key_kind(self.question.key);
        let is_container = key_kind.is_some_and(|kind| self.question.kind.is_above(kind));
        let doing = match (&*key, is_container) {
            ("doors:open", false) => "open".to_string(),
            ("doors:open", true) => "open every door in".to_string(),
            ("directory:read", false) => "read the directory of".to_string(),
            ("calls:answer", false) => "answer calls to".to_string(),
            ("residents:write", false) => "manage the residents of".to_string(),
            ("residents:list", false) => "list the residents of".to_string(),
            (_, false) => format!("use `{key}` on"),
            (_, true) => format!("use `{key}` on everything in"),
        };
        let (answer, may) = if decision.is_allow() { ("Yes", "may") } else { ("No", "may not") };
        format!("{answer}: {} {may} {doing} {}.", self.who(), self.resource())
    }

    fn not_applicable(&self) -> String {
        let key = self.facts.key_text(self.question.key);
        let kind = self.facts.key_kind(self.question.key).map_or("nothing", ResourceKind::as_str);
        format!(
            "`{key}` is asked of a thing of kind {kind} or of what contains it, not of a thing of kind {}.",
            self.question.kind.as_str()
        )
    }

    /// The grants of the principal, each tried.
    fn try_grants(&self, case: &Case<'_>) -> Vec<Tried> {
        let grants: Vec<Grant> = match self.question.principal {
            Who::Person(person) => self.facts.grants(person).collect(),
            Who::UnitToken(unit) => alloc::vec![token_grant(unit)],
        };
        let tries = grants.into_iter().enumerate().map(|(position, grant)| {
            let validity = self.facts.validity(grant.condition);
            let failures = reach(self.facts, case, &grant)
                .map(|reach| failures(self.facts, case, &grant, reach, validity));
            Tried { grant, validity, position, failures }
        });
        tries.collect()
    }

    /// Every restriction that applies.
    fn restrictions(&self, case: &Case<'_>) -> Vec<ReasonText> {
        let facts = self.facts;
        let found = [
            case.principal_restriction(facts),
            case.resource_restriction(facts),
            case.context_restriction(facts),
        ];
        let text = |reason: Reason| ReasonText { reason, text: self.restriction(case, reason) };
        found.into_iter().flatten().map(text).collect()
    }

    fn restriction(&self, case: &Case<'_>, reason: Reason) -> String {
        let who = self.who();
        match reason {
            Reason::PrincipalDeleted => format!("{who} has been deleted."),
            Reason::PrincipalBlocked => {
                let person = match self.question.principal {
                    Who::Person(person) => person,
                    Who::UnitToken(_) => NONE,
                };
                let building = case.place.building;
                let here = blocked_buildings(self.facts, person).any(|at| at == building);
                let everywhere =
                    self.facts.standing(person) != Some(crate::facts::Standing::Active);
                if here && !everywhere {
                    let building = self.label(ResourceKind::Building, building);
                    format!("{who} is blocked in {building}.")
                } else {
                    format!("{who} is blocked everywhere.")
                }
            }
            Reason::OrgDeleted => {
                let organisation = self.organisation(case.place.organisation);
                format!(
                    "The organisation {organisation}, to which this belongs, or one above it has been deleted."
                )
            }
            Reason::DoorDisabled => format!("{} is out of service.", capitalised(self.resource())),
            Reason::OrgContext => {
                let acting = self.organisation(self.question.acting_org);
                if self.facts.is_live(self.question.acting_org) {
                    format!(
                        "{who} acts for organisation {acting}, and {} is not inside it.",
                        self.resource()
                    )
                } else {
                    format!(
                        "{who} acts for organisation {acting}, which or one above which has been deleted."
                    )
                }
            }
            other => other.as_str().to_string(),
        }
    }

    fn no_grant(&self) -> String {
        format!(
            "Nothing that {} holds reaches {} with `{}`.",
            self.who(),
            self.resource(),
            self.facts.key_text(self.question.key)
        )
    }

    /// What a grant is, as a clause: `the residency in unit 12 (u12)`.
    fn grant(&self, grant: &Grant) -> String {
        match grant.form {
            Form::Residency { unit, kind, .. } => {
                let blocked = if kind == ResidentKind::Blocked { "blocked " } else { "" };
                let unit = self.label(ResourceKind::Unit, unit);
                format!(
                    "the {blocked}residency ({}) in {unit}",
                    self.facts.residency_type(grant.source)
                )
            }
            Form::Administrator { unit } => {
                format!("being an administrator of {}", self.label(ResourceKind::Unit, unit))
            }
            Form::SiteRole { organisation, .. } | Form::OrganisationRole { organisation, .. } => {
                format!(
                    "the role `{}` in organisation {}",
                    self.facts.role_text(grant.source),
                    self.organisation(organisation)
                )
            }
            Form::Group { organisation, .. } => {
                format!(
                    "the permission group {} in organisation {}",
                    self.facts.group_label(grant.source),
                    self.organisation(organisation)
                )
            }
            Form::Platform { .. } => {
                format!("the role `{}` at the platform", self.facts.role_text(grant.source))
            }
        }
    }

    /// A reason 7xx in words. The nearest grant is named where the reason is its own.
    fn condition(&self, nearest: &Tried, own: Failures, reason: Reason) -> ReasonText {
        let is_own = own.iter().any(|failed| failed == reason);
        let tried = if is_own { Some(nearest) } else { None };
        let grant = tried.map_or("another grant".to_string(), |tried| self.grant(&tried.grant));
        let validity = tried.map(|tried| tried.validity);
        let text = match (reason, validity) {
            (Reason::NotYetValid, Some(validity)) => {
                format!("{} begins on {}.", capitalised(grant), validity.from)
            }
            (Reason::Expired, Some(validity)) => {
                format!("{} ended on {}.", capitalised(grant), validity.to)
            }
            (Reason::NotYetValid, None) => "Another grant begins later.".to_string(),
            (Reason::Expired, None) => "Another grant has ended.".to_string(),
            (Reason::GrantOrgDeleted, _) => {
                format!(
                    "{} is of an organisation that, or one above which, has been deleted.",
                    capitalised(grant)
                )
            }
            (Reason::UnitDisabled, _) => {
                format!("{} is of a unit that is out of service.", capitalised(grant))
            }
            (Reason::DoorAudience, _) => {
                format!(
                    "{} is not for this resident; {grant} does not open it.",
                    capitalised(self.resource())
                )
            }
            (Reason::GuestDoor, _) => {
                format!("{} is not open to guests.", capitalised(self.resource()))
            }
            (other, _) => other.as_str().to_string(),
        };
        ReasonText { reason, text }
    }

    fn near_candidate(&self, grant: &Grant, failures: Failures) -> NearMiss {
        let lacks: Vec<_> =
            failures.iter().map(|reason| format!("`{}`", reason.as_str())).collect();
        let text = format!("{} would do, but for {}.", self.grant(grant), lacks.join(" and "));
        NearMiss { failed: Failed::Condition, text }
    }

    /// Of the grants that do not reach, the one that lacks least.
    fn near_miss(&self, case: &Case<'_>, tried: &[Tried]) -> Option<NearMiss> {
        let misses = tried.iter().filter_map(|tried| {
            let (rank, failed, why) = self.miss(case, &tried.grant)?;
            Some((rank, tried.position, failed, format!("{} {why}.", self.grant(&tried.grant))))
        });
        let nearest = misses.min_by_key(|(rank, position, _, _)| (*rank, *position));
        nearest.map(|(_, _, failed, text)| NearMiss { failed, text })
    }

    /// How far a grant is from reaching, smaller being nearer, what it lacks, and that in words.
    fn miss(&self, case: &Case<'_>, grant: &Grant) -> Option<(u8, Failed, String)> {
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
            (false, Some(_))
                if matches!(grant.form, Form::Residency { kind: ResidentKind::Blocked, .. }) =>
            {
                return None;
            }
            (false, Some((_, why))) => {
                (3, Failed::Key, format!("{}, and {why}", self.other_keys(grant, &key)))
            }
        })
    }

    /// The key is held and the place is right, and still nothing is reached.
    fn reached_with_key(&self, case: &Case<'_>) -> (Failed, String) {
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
    fn misplaced(&self, case: &Case<'_>, grant: &Grant) -> Option<(Failed, String)> {
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

    fn other_unit(&self, case: &Case<'_>, unit: u32) -> Option<(Failed, String)> {
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

    fn other_site(&self, case: &Case<'_>, sites: Sites) -> Option<(Failed, String)> {
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

    fn other_organisation(&self, case: &Case<'_>, organisation: u32) -> Option<(Failed, String)> {
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
            format!("is held below organisation {theirs}, and rights reach down the tree only")
        } else {
            format!(
                "reaches {held} and what is below it, and organisation {theirs} is not below {held}"
            )
        };
        Some((Failed::Organisation, why))
    }

    fn no_access(
        &self,
        case: &Case<'_>,
        organisation: u32,
        access: Access,
    ) -> Option<(Failed, String)> {
        if case.key_kind == ResourceKind::Organisation {
            let is_here = self.question.kind == ResourceKind::Organisation
                && self.question.resource == organisation;
            let why = "counts at the membership's own organisation only".to_string();
            return (!is_here).then_some((Failed::Organisation, why));
        }
        let building = case.place.building;
        let has_access = match access {
            Access::None => false,
            Access::Listed(list) => building != NONE && self.facts.lists_building(list, building),
            Access::AllOfCompany => {
                case.is_within(self.facts, organisation)
                    || self.facts.serves(organisation, building)
            }
        };
        if has_access {
            return None;
        }
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

    /// The path of facts behind an allow, from the principal to the resource.
    fn granting_facts(&self, case: &Case<'_>, decision: Decision) -> Vec<String> {
        let row = usize::try_from(decision.row()).unwrap_or(usize::MAX);
        let grant = match self.question.principal {
            Who::Person(person) => self.facts.grants(person).nth(row),
            Who::UnitToken(unit) => Some(token_grant(unit)),
        };
        let Some(grant) = grant else { return Vec::new() };
        let key = self.facts.key_text(self.question.key);
        let mut told = alloc::vec![self.holding(&grant, decision.basis())];
        match grant.form {
            Form::Residency { unit, .. } => told.extend(self.residents_way(case, unit)),
            Form::Administrator { .. } => {
                told.push(format!("This allows `{key}` there, and nowhere else."))
            }
            Form::SiteRole { .. } => {
                let site = self.label(ResourceKind::Integration, case.place.integration);
                told.push(format!("This allows `{key}` on {site}."));
                told.extend(self.inside(case));
            }
            Form::OrganisationRole { organisation, .. } => {
                told.push(format!(
                    "This allows `{key}` in {} and everything below it.",
                    self.organisation(organisation)
                ));
                told.extend(self.inside(case));
                told.extend(self.organisation_way(case, organisation));
            }
            Form::Group { organisation, access } => {
                told.push(format!(
                    "This allows `{key}` {}.",
                    self.access_words(case, organisation, access)
                ));
                told.extend(self.inside(case));
            }
            Form::Platform { .. } => told.push(format!("This allows `{key}` everywhere.")),
        }
        told
    }

    fn holding(&self, grant: &Grant, basis: Basis) -> String {
        let who = self.who();
        match basis {
            Basis::UnitToken => {
                format!("{} acts as an administrator of its unit.", capitalised(who))
            }
            _ => format!("{who} has {}.", self.grant(grant)),
        }
    }

    fn residents_way(&self, case: &Case<'_>, unit: u32) -> Vec<String> {
        let resource = capitalised(self.resource());
        let unit_label = self.label(ResourceKind::Unit, unit);
        let site = || self.label(ResourceKind::Integration, case.place.integration);
        alloc::vec![match case.question.kind {
            ResourceKind::Door if case.place.unit == unit =>
                format!("{resource} is a door of that unit."),
            ResourceKind::Door if self.facts.audience_lists(case.question.resource, unit) => {
                format!("{resource} is for the residents of {unit_label}, among others it lists.")
            }
            ResourceKind::Door => format!("{resource} is for all residents of {}.", site()),
            ResourceKind::Integration => format!("{unit_label} belongs to {}.", site()),
            _ => "That is the unit asked for.".to_string(),
        }]
    }

    /// Where the resource is, from the inside out, up to its building.
    fn inside(&self, case: &Case<'_>) -> Option<String> {
        let place = case.place;
        let outer = match case.question.kind {
            ResourceKind::Door => [
                (ResourceKind::Integration, place.integration),
                (ResourceKind::Building, place.building),
            ],
            ResourceKind::Unit | ResourceKind::Integration => {
                [(ResourceKind::Building, place.building), (ResourceKind::Building, NONE)]
            }
            _ => return None,
        };
        let outer = outer.into_iter().filter(|(_, handle)| *handle != NONE);
        let outer: Vec<_> = outer.map(|(kind, handle)| self.label(kind, handle)).collect();
        Some(format!("{} is in {}.", capitalised(self.resource()), outer.join(", in ")))
    }

    /// The organisations between the resource and the one at which the role is held.
    fn organisation_way(&self, case: &Case<'_>, held_at: u32) -> Option<String> {
        let mut way = Vec::new();
        let mut at = case.place.organisation;
        let most = self.facts.depth_on_path(at, at)?;
        for _ in 0..=most {
            way.push(self.organisation(at));
            if at == held_at {
                break;
            }
            at = self.facts.parent(at);
        }
        let owns = case.place.building != NONE;
        match (way.split_first()?, owns) {
            ((owner, []), true) => Some(format!("The building belongs to {owner}.")),
            ((_, []), false) => None,
            ((owner, above), true) => Some(format!(
                "The building belongs to {owner}, which is below {}.",
                above.join(", below ")
            )),
            ((first, above), false) => {
                Some(format!("{first} is below {}.", above.join(", below ")))
            }
        }
    }

    fn access_words(&self, case: &Case<'_>, organisation: u32, access: Access) -> String {
        if case.key_kind == ResourceKind::Organisation {
            return format!("in {} itself", self.organisation(organisation));
        }
        match access {
            Access::None => "nowhere".to_string(),
            Access::Listed(_) => {
                let building = self.label(ResourceKind::Building, case.place.building);
                format!("in the listed buildings, {building} among them")
            }
            Access::AllOfCompany if case.is_within(self.facts, organisation) => {
                format!("in all buildings of the company, {} among them", self.owned(case))
            }
            Access::AllOfCompany => {
                let building = self.label(ResourceKind::Building, case.place.building);
                format!("in all buildings of the company, and it serves {building}")
            }
        }
    }

    fn owned(&self, case: &Case<'_>) -> String {
        if case.place.building == NONE {
            let organisation = self.organisation(case.place.organisation);
            return format!("all those of {organisation}");
        }
        let building = self.label(ResourceKind::Building, case.place.building);
        let owner = self.facts.owner(case.place.building);
        format!("{building} (owned by {})", self.organisation(owner))
    }
}

fn capitalised(text: String) -> String {
    let mut characters = text.chars();
    match characters.next() {
        None => text,
        Some(first) => first.to_uppercase().chain(characters).collect(),
    }
}
