//! Questions that name what is not known, in words.

use alloc::string::String;
use alloc::vec::Vec;

use super::Explanation;
use crate::reason::Reason;
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
    /// Says what is not known, in the order of the reasons.
    pub(crate) fn explain(&self, request: &Request<'_>) -> Explanation {
        let mut reasons = Vec::new();
        if self.is_whole {
            self.unknown(request, &mut reasons);
        } else {
            self.outside(request, &mut reasons);
        }
        let headline = match reasons.first() {
            Some((Reason::OutsideSlice, _)) => "No: the question goes beyond what is known here.",
            _ => "No: something in the question is not known here.",
        };
        Explanation::without_grants(headline.into(), reasons)
    }

    fn unknown(&self, request: &Request<'_>, reasons: &mut Vec<(Reason, String)>) {
        if !self.principal {
            let text = sentence("Nobody here is known as ", &request.principal.to_text(), ".");
            reasons.push((Reason::PrincipalUnknown, text));
        }
        self.unknown_action(request, reasons);
        if !self.resource {
            let text = sentence("Nothing here is known as ", &request.resource.to_text(), ".");
            reasons.push((Reason::ResourceUnknown, text));
        }
        if let Some(id) = request.acting_org.filter(|_| !self.acting_org) {
            let text = id.with_text(|id| sentence("No organisation here is known as ", id, "."));
            reasons.push((Reason::ActingOrgUnknown, text));
        }
    }

    /// Every slice knows all actions.
    fn outside(&self, request: &Request<'_>, reasons: &mut Vec<(Reason, String)>) {
        let mut outside = String::new();
        if !self.principal {
            outside = request.principal.to_text();
        }
        let mut add = |name: &str| {
            let and = if outside.is_empty() { "" } else { " and " };
            outside = sentence(&outside, and, name);
        };
        if !self.resource {
            add(&request.resource.to_text());
        }
        if let Some(id) = request.acting_org.filter(|_| !self.acting_org) {
            add(&Resource::Organisation(id).to_text());
        }
        self.unknown_action(request, reasons);
        if !outside.is_empty() {
            let text =
                sentence("What is known here is a part of the estate without ", &outside, ".");
            reasons.push((Reason::OutsideSlice, text));
        }
    }

    fn unknown_action(&self, request: &Request<'_>, reasons: &mut Vec<(Reason, String)>) {
        if !self.action {
            let action = crate::estate::Printable(request.action).said();
            let text = sentence("No permission is called `", &action, "`.");
            reasons.push((Reason::ActionUnknown, text));
        }
    }
}

fn sentence(start: &str, name: &str, end: &str) -> String {
    let mut text = String::from(start);
    text.push_str(name);
    text.push_str(end);
    text
}
