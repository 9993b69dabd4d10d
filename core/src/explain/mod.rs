//! Why: a decision in words for people, and as data. It walks the same grants with the same tests as the
//! decision, and only adds what to call them.

mod granting;
mod near_miss;
mod teller;
mod template;
mod unknown;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Serialize, Serializer};

use self::teller::Teller;
use crate::decide::{Asked, Case, Failures, decide};
use crate::facts::{Facts, Resolved};
use crate::reason::{Decision, Reason};
use crate::request::ResourceKind;
use crate::time::Timestamp;

pub(crate) use self::teller::capital;
pub(crate) use self::unknown::Known;

/// Gives a letter as a capital, for the first of a sentence.
pub(crate) type Capitals = fn(char) -> String;

/// What facts are called.
pub(crate) trait Describe: Facts {
    fn person_name(&self, person: u32) -> Option<&str>;
    /// The id as text.
    fn person_id(&self, person: u32) -> String;
    /// The name of a resource, or the number of a unit.
    fn resource_name(&self, kind: ResourceKind, handle: u32) -> Option<&str>;
    /// The id as text; empty for the platform.
    fn resource_id(&self, kind: ResourceKind, handle: u32) -> String;
    fn key_text(&self, key: crate::catalog::Key) -> String;
    fn role_text(&self, source: u32) -> String;
    /// The name, else the id, of a permission group.
    fn group_name(&self, source: u32) -> String;
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
    facts: Vec<Fact>,
    reasons: Vec<ReasonText>,
    nearest: Option<NearMiss>,
}

/// One fact behind an allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// It in words, with names.
    pub text: String,
    /// The things it names, as `kind:id`, in the order of the text.
    pub about: Vec<String>,
}

/// One reason of a deny, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonText {
    /// The reason.
    pub reason: Reason,
    /// It in words.
    pub text: String,
    /// The things it names, as `kind:id`, in the order of the text.
    pub about: Vec<String>,
}

/// What came nearest to granting, and what it lacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearMiss {
    /// What failed.
    pub failed: Failed,
    /// It in words.
    pub text: String,
    /// The things it names, as `kind:id`, in the order of the text.
    pub about: Vec<String>,
}

/// What a grant lacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Failed {
    /// The word in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Key => "key",
            Self::UnitDoor => "unit_door",
            Self::Organisation => "organisation",
            Self::Site => "site",
            Self::BuildingAccess => "building_access",
            Self::Unit => "unit",
            Self::Container => "container",
        }
    }
}

impl Serialize for Failed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
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
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter()
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

    /// One of a decision, with a headline; what remains is told later.
    pub(crate) const fn new(decision: Decision, headline: String) -> Self {
        Self { decision, headline, facts: Vec::new(), reasons: Vec::new(), nearest: None }
    }

    /// Adds a reason of the deny: the primary one comes first, the others in the order in which they are told.
    fn add(&mut self, reason: ReasonText) {
        let is_primary = reason.reason == self.decision.reason();
        let place = if is_primary { 0 } else { self.reasons.len() };
        self.reasons.insert(place, reason);
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)?;
        for fact in &self.facts {
            write!(f, "\n  {}", fact.text)?;
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
        if self.decision.is_allow() {
            data.serialize_field("basis", self.decision.basis().as_str())?;
        } else {
            data.skip_field("basis")?;
        }
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
        let mut data = serializer.serialize_struct("ReasonText", 4)?;
        data.serialize_field("reason", self.reason.as_str())?;
        data.serialize_field("code", &self.reason.code())?;
        data.serialize_field("text", &self.text)?;
        data.serialize_field("about", &self.about)?;
        data.end()
    }
}

/// Explains a question whose ids are known.
pub(crate) fn explain<F: Describe>(
    facts: &F,
    question: &Resolved,
    capitals: Capitals,
) -> Explanation {
    let decision = decide(facts, question);
    let teller = &mut Teller::new(facts, question, capitals);
    let mut explanation = Explanation::new(decision, teller.headline(decision));
    match Case::new(facts, Asked::of(question)) {
        Err(reason) => {
            explanation.decision = Decision::deny(reason);
            teller.not_applicable(&mut explanation);
        }
        Ok(case) if decision.is_allow() => {
            explanation.facts = teller.granting_facts(&case, decision);
        }
        Ok(case) => teller.denied(&case, &mut explanation),
    }
    explanation
}

impl<F: Describe> Teller<'_, F> {
    /// All reasons of a deny, the primary one first, and what came nearest.
    fn denied(&mut self, case: &Case, explanation: &mut Explanation) {
        self.restrictions(case, explanation);
        let tried = self.try_grants(case);
        let granted = tried.iter().any(|tried| tried.failures == Some(Failures::default()));
        let failed = tried.iter().filter_map(|tried| Some((tried, tried.failures?)));
        let fewest = failed.min_by_key(|(_, failures)| (failures.count(), *failures));
        match fewest {
            _ if granted => {}
            Some((fewest, failures)) => {
                self.conditions(fewest, &tried, explanation);
                explanation.nearest = Some(self.near_candidate(&fewest.grant, failures));
            }
            None => {
                self.say("Nothing that {who} holds reaches {it} with `{key}`.", &[]);
                self.end_reason(Reason::NoGrant, explanation);
                explanation.nearest = self.near_miss(case, &tried);
            }
        }
    }
}
