//! A decision as one number, which costs nothing to hand over.

use core::cell::Cell;

use vestibule::{Decision, Reason, RequestError, Timestamp};

/// Set where a question could not be read; the rest is 0.
const UNREADABLE: u32 = 1 << 31;

/// Where the basis begins, above the code of the reason.
const BASIS_SHIFT: u32 = 16;

/// Hands decisions over: the reason in the lower 16 bits, the basis above, and apart the instant until when it holds, which
/// JavaScript fetches right after.
pub(crate) struct Handover {
    until: Cell<f64>,
}

impl Handover {
    pub(crate) const fn new() -> Self {
        Self { until: Cell::new(f64::INFINITY) }
    }

    #[inline]
    pub(crate) fn give(&self, decision: Decision) -> u32 {
        self.until.set(millis(decision.until()));
        u32::from(decision.reason().code()) | u32::from(decision.basis().code()) << BASIS_SHIFT
    }

    /// The decision of a question that was text.
    #[inline]
    pub(crate) fn give_text(&self, decision: Result<Decision, RequestError>) -> u32 {
        decision.map_or(UNREADABLE, |decision| self.give(decision))
    }

    pub(crate) fn refuse(&self, reason: Reason) -> u32 {
        self.until.set(f64::INFINITY);
        reason.code().into()
    }

    /// Milliseconds since 1970; infinite where time alone changes nothing.
    pub(crate) fn until(&self) -> f64 {
        self.until.get()
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
