//! Questions that name what is not known, in words.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Explanation, ReasonText};
use crate::reason::{Decision, Reason};
use crate::request::{Request, Resource};
use crate::say::Say;

/// What of a question is known to the one who is asked.
pub(crate) struct Known {
    pub(crate) principal: bool,
    pub(crate) action: bool,
    pub(crate) resource: bool,
    /// Also where none is given.
    pub(crate) acting_org: bool,
    /// Whether that is a whole estate: of a slice, what is not in it may be elsewhere.
    pub(crate) is_whole: bool,
}

impl Known {
    /// Says what is not known, in the order of the reasons: the first is the primary one.
    pub(crate) fn explain(&self, request: &Request<'_>) -> Explanation {
        let mut reasons = Vec::new();
        if self.is_whole {
            self.unknown(request, &mut reasons);
        } else {
            self.outside(request, &mut reasons);
        }
        let primary = reasons.first().map_or(Reason::NoGrant, |told| told.reason);
        let headline = match primary {
            Reason::OutsideSlice => "No: the question goes beyond what is known here.",
            _ => "No: something in the question is not known here.",
        };
        let mut explanation = Explanation::new(Decision::deny(primary), headline.into());
        explanation.reasons = reasons;
        explanation
    }

    fn unknown(&self, request: &Request<'_>, reasons: &mut Vec<ReasonText>) {
        if !self.principal {
            let name = request.principal.to_text();
            reasons.push(told(Reason::PrincipalUnknown, "Nobody here is known as ", &name, "."));
        }
        self.unknown_action(request, reasons);
        if !self.resource {
            let name = request.resource.to_text();
            reasons.push(told(Reason::ResourceUnknown, "Nothing here is known as ", &name, "."));
        }
        if let Some(id) = request.acting_org.filter(|_| !self.acting_org) {
            let start = "No organisation here is known as ";
            reasons.push(id.with_text(|id| told(Reason::ActingOrgUnknown, start, id, ".")));
        }
    }

    /// Every slice knows all actions.
    fn outside(&self, request: &Request<'_>, reasons: &mut Vec<ReasonText>) {
        let mut outside = String::new();
        let mut add = |name: &str| {
            if !outside.is_empty() {
                outside.push_str(" and ");
            }
            outside.push_str(name);
        };
        if !self.principal {
            add(&request.principal.to_text());
        }
        if !self.resource {
            add(&request.resource.to_text());
        }
        if let Some(id) = request.acting_org.filter(|_| !self.acting_org) {
            add(&Resource::Organisation(id).to_text());
        }
        self.unknown_action(request, reasons);
        if !outside.is_empty() {
            let start = "What is known here is a part of the estate without ";
            reasons.push(told(Reason::OutsideSlice, start, &outside, "."));
        }
    }

    fn unknown_action(&self, request: &Request<'_>, reasons: &mut Vec<ReasonText>) {
        if !self.action {
            let action = crate::estate::Printable(request.action).said();
            reasons.push(told(Reason::ActionUnknown, "No permission is called `", &action, "`."));
        }
    }
}

/// A reason whose sentence has a name in it.
fn told(reason: Reason, start: &str, name: &str, end: &str) -> ReasonText {
    let mut text = String::from(start);
    text.push_str(name);
    text.push_str(end);
    ReasonText { reason, text, about: Vec::new() }
}
