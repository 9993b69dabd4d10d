//! How many calls a property may make: a bucket of tokens that fills at whole seconds of the supplied clock [2-6..2-9,
//! C-20].
//!
//! With a clock that does not go back, at most [`RateLimits::capacity`] calls pass within one whole second, from one
//! boundary to the next, and at most `capacity + (n - 1) * refill_per_second` within `n` whole seconds that follow each
//! other. A second that lies across a boundary is no whole second: the last calls of one and the first of the next may
//! be up to `capacity + refill_per_second` within an instant.

use core::num::NonZeroU32;

#[cfg(feature = "alloc")]
pub use self::buckets::RateBuckets;
use crate::time::Timestamp;

const SECOND_MS: i64 = 1000;

/// How many calls, and how fast they come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateLimits {
    /// The most calls within one whole second; a bucket starts with these [2-7].
    pub capacity: NonZeroU32,
    /// The calls that come back at each whole second, never above the capacity [2-8].
    pub refill_per_second: NonZeroU32,
}

impl RateLimits {
    /// 100 calls, of which 80 come back each second [2-7, 2-8].
    pub const DEFAULT: Self = Self {
        capacity: NonZeroU32::MIN.saturating_add(99),
        refill_per_second: NonZeroU32::MIN.saturating_add(79),
    };
}

impl Default for RateLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// That a property has made its calls for now: 429 [2-9].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no call is left, expected the next one in {retry_after_ms} ms or later")]
pub struct RateLimited {
    /// From the clock that was supplied to the boundary at which calls come back, in milliseconds; never 0. Over 1000 only
    /// where the clock went back.
    pub retry_after_ms: u64,
}

impl RateLimited {
    /// The stable code.
    pub const CODE: &'static str = "rate_limited";

    /// For `Retry-After`: whole seconds, rounded up.
    #[must_use]
    pub const fn retry_after_seconds(self) -> u64 {
        self.retry_after_ms.div_ceil(SECOND_MS.unsigned_abs())
    }

    /// The class.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub const fn class(self) -> crate::ErrorClass {
        crate::ErrorClass::RateLimited
    }
}

/// The calls that one property has left.
///
/// ```
/// use vestibule::{RateBucket, RateLimits, Timestamp};
///
/// let mut bucket = RateBucket::new(RateLimits::DEFAULT);
/// let at = |millis: i64| Timestamp::from_millis(1_000_000_000_000 + millis);
/// for _ in 0..100 {
///     bucket.take(at(250))?;
/// }
/// assert_eq!(bucket.take(at(250)).unwrap_err().retry_after_ms, 750);
/// bucket.take(at(1000))?;
/// assert_eq!(bucket.left(), 79);
/// # Ok::<(), vestibule::RateLimited>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateBucket {
    limits: RateLimits,
    left: u32,
    /// The latest whole second that the clock has shown, since 1970; none before the first call.
    second: Option<i64>,
}

impl RateBucket {
    /// A full bucket.
    #[must_use]
    pub const fn new(limits: RateLimits) -> Self {
        Self { limits, left: limits.capacity.get(), second: None }
    }

    /// Takes one call. A clock that goes back fills nothing and is no error; nothing comes back until it has passed the
    /// latest second that it has shown, so that no calls are won by turning it.
    ///
    /// # Errors
    ///
    /// When none is left; the bucket is as it was.
    pub fn take(&mut self, now: Timestamp) -> Result<(), RateLimited> {
        let second = self.refill(now);
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(RateLimited { retry_after_ms: until_after(second, now) }),
        }
    }

    /// The calls that were left after the latest one.
    #[must_use]
    pub const fn left(&self) -> u32 {
        self.left
    }

    /// Whether nothing would be lost by forgetting the bucket: at this instant it is full, as a new one is.
    #[must_use]
    pub fn is_full(&self, now: Timestamp) -> bool {
        let mut bucket = *self;
        bucket.refill(now);
        bucket.left == self.limits.capacity.get()
    }

    /// What came back since the latest second; the latest second.
    fn refill(&mut self, now: Timestamp) -> i64 {
        let second = second_of(now);
        let latest = *self.second.get_or_insert(second);
        if second <= latest {
            return latest;
        }
        let boundaries = u32::try_from(second.abs_diff(latest)).unwrap_or(u32::MAX);
        let returned = boundaries.saturating_mul(self.limits.refill_per_second.get());
        self.left = self.left.saturating_add(returned).min(self.limits.capacity.get());
        self.second = Some(second);
        second
    }
}

const fn second_of(now: Timestamp) -> i64 {
    now.as_millis().div_euclid(SECOND_MS)
}

/// From an instant to the end of a second that it does not lie after.
fn until_after(second: i64, now: Timestamp) -> u64 {
    let end = i128::from(second).saturating_add(1).saturating_mul(i128::from(SECOND_MS));
    let wait = end.saturating_sub(i128::from(now.as_millis()));
    u64::try_from(wait).unwrap_or(u64::MAX)
}

#[cfg(feature = "alloc")]
mod buckets {
    use alloc::collections::BTreeMap;
    use core::num::NonZeroUsize;

    use super::{RateBucket, RateLimited, RateLimits, second_of, until_after};
    use crate::id::Id;
    use crate::limits::MAX_RATE_BUCKETS;
    use crate::time::Timestamp;

    /// A bucket for each property that called lately [2-6].
    ///
    /// Properties are told apart by id alone: two ids of one property would be two buckets, so give the canonical one, or
    /// ask [`Directory::rate_check`](crate::Directory::rate_check). Ordered, not hashed, for the ids come from outside and may be chosen to collide.
    #[derive(Clone, Debug)]
    pub struct RateBuckets {
        limits: RateLimits,
        most: NonZeroUsize,
        buckets: BTreeMap<Id, RateBucket>,
        /// The latest second in which full ones were dropped: until the next none can become full again.
        dropped_in: Option<i64>,
    }

    impl RateBuckets {
        /// No buckets yet; at most [`MAX_RATE_BUCKETS`] are kept.
        #[must_use]
        pub const fn new(limits: RateLimits) -> Self {
            let most = match NonZeroUsize::new(MAX_RATE_BUCKETS) {
                Some(most) => most,
                None => NonZeroUsize::MIN,
            };
            Self::with_most(limits, most)
        }

        /// No buckets yet; at most this many are kept.
        #[must_use]
        pub const fn with_most(limits: RateLimits, most: NonZeroUsize) -> Self {
            Self { limits, most, buckets: BTreeMap::new(), dropped_in: None }
        }

        /// Takes one call of a property. O(log of the buckets); where a further bucket needs room, full ones are dropped
        /// first, at most once a second.
        ///
        /// # Errors
        ///
        /// When none is left, or no bucket can be dropped: to forget one that is not full would give its property calls.
        pub fn take(&mut self, property: &Id, now: Timestamp) -> Result<(), RateLimited> {
            if let Some(bucket) = self.buckets.get_mut(property) {
                return bucket.take(now);
            }
            self.make_room(now)?;
            let bucket = self.buckets.entry(property.clone());
            bucket.or_insert_with(|| RateBucket::new(self.limits)).take(now)
        }

        /// How many buckets are kept.
        #[must_use]
        pub fn len(&self) -> usize {
            self.buckets.len()
        }

        /// Whether no property has called lately.
        #[must_use]
        pub fn is_empty(&self) -> bool {
            self.buckets.is_empty()
        }

        fn make_room(&mut self, now: Timestamp) -> Result<(), RateLimited> {
            if self.buckets.len() < self.most.get() {
                return Ok(());
            }
            let second = second_of(now);
            let latest = self.dropped_in.filter(|latest| *latest >= second);
            if latest.is_none() {
                self.dropped_in = Some(second);
                self.buckets.retain(|_, bucket| !bucket.is_full(now));
            }
            if self.buckets.len() < self.most.get() {
                return Ok(());
            }
            let second = latest.unwrap_or(second);
            Err(RateLimited { retry_after_ms: until_after(second, now) })
        }
    }
}
