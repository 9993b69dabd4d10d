//! Questions that name what is not known, in words.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Explanation;
use crate::reason::Reason;
use crate::request::Request;

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
        let reasons = if self.is_whole { self.unknown(request) } else { self.outside(request) };
        let headline = match reasons.first() {
            Some((Reason::OutsideSlice, _)) => "No: the question goes beyond what is known here.",
            _ => "No: something in the question is not known here.",
        };
        Explanation::without_grants(headline.to_string(), reasons)
    }

    fn unknown(&self, request: &Request<'_>) -> Vec<(Reason, String)> {
        let Request { principal, resource, acting_org, .. } = *request;
        let mut reasons = Vec::new();
        if !self.principal {
            let text = format!("Nobody here is known as {principal}.");
            reasons.push((Reason::PrincipalUnknown, text));
        }
        reasons.extend(self.unknown_action(request));
        if !self.resource {
            let text = format!("Nothing here is known as {resource}.");
            reasons.push((Reason::ResourceUnknown, text));
        }
        if let Some(id) = acting_org.filter(|_| !self.acting_org) {
            let text = format!("No organisation here is known as {id}.");
            reasons.push((Reason::ActingOrgUnknown, text));
        }
        reasons
    }

    /// Every slice knows all actions.
    fn outside(&self, request: &Request<'_>) -> Vec<(Reason, String)> {
        let mut outside = Vec::new();
        if !self.principal {
            outside.push(request.principal.to_string());
        }
        if !self.resource {
            outside.push(request.resource.to_string());
        }
        if let Some(id) = request.acting_org.filter(|_| !self.acting_org) {
            outside.push(format!("organisation:{id}"));
        }
        let mut reasons: Vec<_> = self.unknown_action(request).into_iter().collect();
        if !outside.is_empty() {
            let text = format!(
                "What is known here is a part of the estate without {}.",
                outside.join(" and ")
            );
            reasons.push((Reason::OutsideSlice, text));
        }
        reasons
    }

    fn unknown_action(&self, request: &Request<'_>) -> Option<(Reason, String)> {
        let action = crate::estate::Printable(request.action);
        let text = || format!("No permission is called `{action}`.");
        (!self.action).then(|| (Reason::ActionUnknown, text()))
    }
}
