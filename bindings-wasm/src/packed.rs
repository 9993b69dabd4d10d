//! A decision as one number, which costs nothing to hand over; and what is fetched right after.

use alloc::string::String;
use core::cell::Cell;

use vestibule::{Decision, Reason, RequestError, Timestamp};

use crate::failure;

/// What stands for no answer; why not is fetched right after.
const FAILED: f64 = -1.0;

/// Where the basis begins, above the code of the reason.
const BASIS_SHIFT: u32 = 16;

/// Set where the decision holds until an instant, which is fetched right after; most hold for ever.
const HAS_UNTIL: u32 = 1 << 24;

/// Hands answers over. A decision is a number: the reason in the lower 16 bits, the basis above, then whether there is an
/// end to it. Apart from it are the instant until when it holds, and text: JavaScript fetches either right after.
pub(crate) struct Handover {
    until: Cell<f64>,
    text: Cell<String>,
}

impl Handover {
    pub(crate) const fn new() -> Self {
        Self { until: Cell::new(f64::INFINITY), text: Cell::new(String::new()) }
    }

    #[inline]
    pub(crate) fn give(&self, decision: Decision) -> f64 {
        self.until.set(millis(decision.until()));
        let code = u32::from(decision.reason().code());
        let has_until = if decision.until() == Timestamp::MAX { 0 } else { HAS_UNTIL };
        f64::from(code | u32::from(decision.basis().code()) << BASIS_SHIFT | has_until)
    }

    /// The decision of a question that was text.
    #[inline]
    pub(crate) fn give_text(&self, decision: Result<Decision, RequestError>) -> f64 {
        match decision {
            Ok(decision) => self.give(decision),
            Err(error) => self.fail(failure::request(error)),
        }
    }

    pub(crate) fn refuse(&self, reason: Reason) -> f64 {
        self.until.set(f64::INFINITY);
        reason.code().into()
    }

    /// A number, and with it a text.
    pub(crate) fn tell(&self, number: f64, text: String) -> f64 {
        self.text.set(text);
        number
    }

    /// No answer, but why not.
    #[cold]
    pub(crate) fn fail(&self, why: String) -> f64 {
        self.tell(FAILED, why)
    }

    /// Milliseconds since 1970; infinite where time alone changes nothing.
    pub(crate) fn until(&self) -> f64 {
        self.until.get()
    }

    /// The text told last, once.
    pub(crate) fn text(&self) -> String {
        self.text.take()
    }
}

/// Milliseconds since 1970, which JavaScript has as exact numbers wherever it has dates; infinite for the end of time.
#[expect(clippy::cast_precision_loss, reason = "exact within the dates of JavaScript")]
pub(crate) fn millis(at: Timestamp) -> f64 {
    if at == Timestamp::MAX { f64::INFINITY } else { at.as_millis() as f64 }
}

/// The instant of a number that JavaScript has found to be whole and exact.
#[expect(clippy::cast_possible_truncation, reason = "whole, and below 2^53")]
pub(crate) fn instant(millis: f64) -> Timestamp {
    Timestamp::from_millis(millis as i64)
}
