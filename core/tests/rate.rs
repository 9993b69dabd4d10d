//! The rate bucket against a reference model in plain integers [2-6..2-9, C-20].

use core::num::{NonZeroU32, NonZeroUsize};
use std::collections::BTreeMap;

use proptest::prelude::*;
use vestibule::{
    Directory, ErrorClass, Id, RateBucket, RateBuckets, RateLimited, RateLimits, Timestamp,
};

/// A whole second of 2026.
const BASE_MS: i64 = 1_800_000_000_000;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(BASE_MS + millis)
}

fn limits(capacity: u32, refill: u32) -> RateLimits {
    RateLimits {
        capacity: NonZeroU32::new(capacity).unwrap(),
        refill_per_second: NonZeroU32::new(refill).unwrap(),
    }
}

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn take(bucket: &mut RateBucket, calls: usize, now: Timestamp) -> usize {
    (0..calls).filter(|_| bucket.take(now).is_ok()).count()
}

/// The bucket again, one second after another, in the dumbest way.
struct Model {
    limits: RateLimits,
    left: i128,
    second: Option<i128>,
}

impl Model {
    fn new(limits: RateLimits) -> Self {
        Self { limits, left: i128::from(limits.capacity.get()), second: None }
    }

    fn take(&mut self, millis: i64) -> Result<(), u64> {
        let millis = i128::from(millis);
        let mut second = millis / 1000;
        if second * 1000 > millis {
            second -= 1;
        }
        let shown = self.second.get_or_insert(second);
        while *shown < second {
            *shown += 1;
            self.left += i128::from(self.limits.refill_per_second.get());
            if self.left > i128::from(self.limits.capacity.get()) {
                self.left = i128::from(self.limits.capacity.get());
            }
        }
        if self.left == 0 {
            return Err(u64::try_from((*shown + 1) * 1000 - millis).unwrap());
        }
        self.left -= 1;
        Ok(())
    }
}

/// Steps of the clock: within a second, onto and around boundaries, long, and back.
fn steps() -> impl Strategy<Value = i64> {
    prop_oneof![
        6 => 0_i64..20,
        2 => 900_i64..1100,
        1 => Just(1000_i64),
        1 => 1000_i64..5000,
        1 => -3000_i64..0,
    ]
}

proptest! {
    /// Whatever the clock does, the bucket answers as the model [C-20].
    #[test]
    fn the_bucket_is_the_model(
        capacity in 1_u32..12,
        refill in 1_u32..12,
        start in -5000_i64..5000,
        steps in prop::collection::vec(steps(), 1..200),
    ) {
        let limits = limits(capacity, refill);
        let (mut bucket, mut model) = (RateBucket::new(limits), Model::new(limits));
        let mut now = start;
        for step in steps {
            now += step;
            let found = bucket.take(Timestamp::from_millis(now));
            prop_assert_eq!(found.map_err(|error| error.retry_after_ms), model.take(now));
            prop_assert_eq!(i128::from(bucket.left()), model.left);
        }
    }

    /// With a clock that does not go back: within one whole second never more than the capacity, and within n that
    /// follow each other never more than capacity + (n - 1) * refill [2-7, 2-8].
    #[test]
    fn whole_seconds_are_bounded(
        capacity in 1_u32..12,
        refill in 1_u32..12,
        steps in prop::collection::vec(0_i64..400, 1..300),
    ) {
        let mut bucket = RateBucket::new(limits(capacity, refill));
        let mut passed: BTreeMap<i64, u64> = BTreeMap::new();
        let mut now = 0;
        for step in steps {
            now += step;
            let has_passed = bucket.take(at(now)).is_ok();
            *passed.entry(now / 1000).or_default() += u64::from(has_passed);
        }
        for from in passed.keys() {
            let mut sum = 0;
            for (second, calls) in passed.range(from..) {
                sum += calls;
                let more = u64::try_from(second - from).unwrap() * u64::from(refill);
                prop_assert!(sum <= u64::from(capacity) + more);
            }
        }
    }

    /// A clock that goes back wins nothing: all that ever passes is bounded by the boundaries between the first and the
    /// latest second shown, in whatever order they were shown [C-20].
    #[test]
    fn turning_the_clock_wins_nothing(
        capacity in 1_u32..12,
        refill in 1_u32..12,
        times in prop::collection::vec(0_i64..10_000, 1..300),
    ) {
        let mut bucket = RateBucket::new(limits(capacity, refill));
        let passed = times.iter().filter(|now| bucket.take(at(**now)).is_ok()).count();
        let first = times[0] / 1000;
        let latest = times.iter().map(|now| now / 1000).max().unwrap();
        let boundaries = u64::try_from(latest - first).unwrap();
        let most = u64::from(capacity) + boundaries * u64::from(refill);
        prop_assert!(u64::try_from(passed).unwrap() <= most);
    }

    /// However few buckets are kept, every property is answered as by a bucket of its own, or refused [2-6].
    #[test]
    fn dropping_buckets_gives_no_calls(
        most in 1_usize..5,
        calls in prop::collection::vec((0_usize..6, 0_i64..300), 1..300),
    ) {
        let limits = limits(3, 2);
        let mut buckets = RateBuckets::with_most(limits, NonZeroUsize::new(most).unwrap());
        let mut own: Vec<RateBucket> = (0..6).map(|_| RateBucket::new(limits)).collect();
        let mut now = 0;
        for (property, step) in calls {
            now += step;
            let before = own[property];
            let found = buckets.take(&id(&format!("p{property}")), at(now));
            let expected = own[property].take(at(now));
            match (found, expected) {
                (Ok(()), expected) => prop_assert_eq!(expected, Ok(())),
                (Err(_), Err(_)) => {}
                // No room for a further bucket: the call was not made.
                (Err(_), Ok(())) => own[property] = before,
            }
            prop_assert!(buckets.len() <= most);
        }
    }
}

/// 100 pass, the next does not; a second later 80 more do; idle for long, never more than 100 [2-7..2-9, C-20].
#[test]
fn a_hundred_then_eighty() {
    let mut bucket = RateBucket::new(RateLimits::default());
    assert_eq!(take(&mut bucket, 101, at(0)), 100);
    assert_eq!(bucket.take(at(0)), Err(RateLimited { retry_after_ms: 1000 }));
    assert_eq!(bucket.take(at(999)), Err(RateLimited { retry_after_ms: 1 }));
    assert_eq!(take(&mut bucket, 101, at(1000)), 80);
    assert_eq!(take(&mut bucket, 101, at(3_600_000)), 100);
    let refused = bucket.take(at(3_600_001)).unwrap_err();
    assert_eq!((RateLimited::CODE, refused.class().status()), ("rate_limited", 429));
    assert_eq!(refused.class(), ErrorClass::RateLimited);
    assert_eq!(refused.retry_after_seconds(), 1);
}

/// Ticks come at boundaries of the clock, not a second after the first call [C-20].
#[test]
fn the_boundary_is_the_clocks() {
    let mut bucket = RateBucket::new(RateLimits::default());
    assert_eq!(take(&mut bucket, 100, at(999)), 100);
    assert_eq!(take(&mut bucket, 100, at(1000)), 80);
}

/// A clock that goes back: no refill, no error while calls are left, and none won on the way forward again [C-20].
#[test]
fn a_clock_that_goes_back() {
    let mut bucket = RateBucket::new(RateLimits::default());
    assert_eq!(take(&mut bucket, 60, at(5000)), 60);
    assert_eq!(take(&mut bucket, 60, at(1000)), 40);
    assert_eq!(bucket.take(at(1000)), Err(RateLimited { retry_after_ms: 5000 }));
    assert_eq!(take(&mut bucket, 1, at(5999)), 0);
    assert_eq!(take(&mut bucket, 100, at(6000)), 80);
}

/// The ends of time neither overflow nor lock.
#[test]
fn the_ends_of_time() {
    let mut bucket = RateBucket::new(RateLimits::default());
    assert_eq!(take(&mut bucket, 101, Timestamp::from_millis(i64::MIN)), 100);
    assert_eq!(take(&mut bucket, 101, Timestamp::from_millis(i64::MAX)), 100);
    let back = bucket.take(Timestamp::from_millis(i64::MIN)).unwrap_err();
    assert_eq!(back.retry_after_ms, u64::MAX);
}

/// Each property has its own calls [2-6].
#[test]
fn each_property_has_its_own() {
    let mut buckets = RateBuckets::new(RateLimits::default());
    let (first, second) = (id("p1"), id("p2"));
    assert_eq!((0..150).filter(|_| buckets.take(&first, at(0)).is_ok()).count(), 100);
    assert_eq!((0..150).filter(|_| buckets.take(&second, at(0)).is_ok()).count(), 100);
}

/// A further property drops those that are full again, and no other.
#[test]
fn full_buckets_are_dropped_first() {
    let mut buckets = RateBuckets::with_most(limits(2, 1), NonZeroUsize::new(2).unwrap());
    assert!(buckets.take(&id("p1"), at(0)).is_ok());
    assert!(buckets.take(&id("p2"), at(0)).is_ok());
    assert!(buckets.take(&id("p2"), at(0)).is_ok());
    assert_eq!(buckets.take(&id("p3"), at(400)), Err(RateLimited { retry_after_ms: 600 }));
    // p1 is full again, p2 is not.
    assert!(buckets.take(&id("p3"), at(1000)).is_ok());
    assert!(buckets.take(&id("p2"), at(1000)).is_ok());
    assert!(buckets.take(&id("p2"), at(1000)).is_err());
    assert_eq!(buckets.len(), 2);
}

/// An alias has no bucket of its own, and an unknown property fills no memory [2-6, C-70].
#[test]
fn rate_check_knows_the_property_by_any_name() {
    let estate = br#"{
        "version": 1,
        "organisations": [{"id": "operator", "name": "Operator"}],
        "buildings": [{"id": "court", "owner": "operator", "aliases": ["2c4a230c-5085-4924-a3e1-25fb4fc5965b"]}]
    }"#;
    let directory = Directory::from_json(estate).unwrap();
    let mut buckets = RateBuckets::new(limits(2, 1));
    let alias = id("2C4A230C-5085-4924-A3E1-25FB4FC5965B");
    assert!(directory.rate_check(&mut buckets, &id("court"), at(0)).is_ok());
    assert!(directory.rate_check(&mut buckets, &alias, at(0)).is_ok());
    assert!(directory.rate_check(&mut buckets, &alias, at(0)).is_err());
    assert!(directory.rate_check(&mut buckets, &id("court"), at(0)).is_err());
    for number in 0..50 {
        let unknown = id(&format!("unknown-{number}"));
        assert!(directory.rate_check(&mut buckets, &unknown, at(0)).is_ok());
    }
    assert_eq!(buckets.len(), 1);
}
