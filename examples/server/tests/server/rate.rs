//! Seed 2: 100 calls at once, 80 come back each second, for each property [2-6..2-9, C-20].

use core::time::Duration;
use std::time::Instant;

use crate::support::{PROPERTY, Server, Temporary, UNIT_USER};

#[test]
fn limits_the_calls_of_a_property() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let path = format!("/residents/properties/{PROPERTY}/units/users/{UNIT_USER}");
    let mut token = server.client("token-1");
    let mut stranger = server.client("stranger");
    // Who may not know of the property takes none of its calls.
    for _ in 0..150 {
        stranger.get(&path).refused(404, "not_found");
    }
    let started = Instant::now();
    let mut answered = 0;
    let limited = loop {
        let answer = token.get(&path);
        if answer.status == 429 {
            break answer;
        }
        answer.expect(200);
        answered += 1;
        assert!(answered < 2000, "no limit was reached");
    };
    // Each whole second that begins meanwhile gives 80 at most.
    let seconds = started.elapsed().as_secs() + 1;
    assert!((100..=100 + 80 * seconds).contains(&answered), "{answered} in {seconds} s");
    limited.refused(429, "rate_limited");
    assert_eq!(limited.header("retry-after"), Some("1"));
    // Nothing else is limited by it, and what else is wrong comes first [C-16].
    token.get("/residents/properties/none/units/users/none").refused(404, "not_found");
    std::thread::sleep(Duration::from_millis(1100));
    token.get(&path).expect(200);
}
