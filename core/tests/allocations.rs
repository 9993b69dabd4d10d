//! A decision allocates nothing, at any level and whatever the answer (issue "Decide"; style.md 18).

use core::hint::black_box;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use vestibule::{Directory, TextRequest, Timestamp};

#[test]
fn deciding_allocates_nothing() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut decided = 0_u64;
    for name in ["maple-court", "harbour-group"] {
        let read = |file: &str| fs::read_to_string(root.join(name).join(file)).unwrap();
        let directory = Directory::from_json(read("estate.json").as_bytes()).unwrap();
        for line in read("requests.jsonl").lines() {
            let request: Value = serde_json::from_str(line).unwrap();
            let text = TextRequest {
                principal: request["principal"].as_str().unwrap(),
                action: request["action"].as_str().unwrap(),
                resource: request["resource"].as_str().unwrap(),
                acting_org: request["acting_org"].as_str(),
                at: Timestamp::parse(request["at"].as_str().unwrap()).unwrap(),
            };
            let allocated = allocation_counter::measure(|| {
                let _ = black_box(directory.decide_text(black_box(&text)));
                let ids = text.parse().unwrap();
                let _ = black_box(directory.decide(black_box(&ids)));
                if let Ok(question) = directory.resolve(&ids) {
                    let _ = black_box(directory.decide_question(black_box(&question)));
                }
            });
            assert_eq!(allocated.count_total, 0, "{line}");
            decided += 3;
        }
    }
    assert!(decided > 600, "only {decided} decisions");
    // The counter counts: something that does allocate is seen.
    let seen = allocation_counter::measure(|| {
        black_box(vec![0_u8; black_box(64)]);
    });
    assert!(seen.count_total > 0);
}
