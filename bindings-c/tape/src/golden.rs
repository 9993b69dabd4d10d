//! Images as they were written once (`core/tests/vectors/images`), what they answered then, and the same bytes damaged.

use serde_json::Value;
use vestibule::Image;

use crate::tape::Tape;
use crate::vectors::{array, folder, read, read_json, text};
use crate::{damage, images, questions};

/// The versions of images that there are.
const VERSIONS: [&str; 1] = ["v1"];
const SLICES: [&str; 3] = ["everything", "integration", "person"];

pub fn add(tape: &mut Tape) {
    for version in VERSIONS {
        let images = folder().join("images");
        let answers = read_json(&images.join(format!("{version}-answers.json")));
        for slice in SLICES {
            let name = format!("{version}-{slice}.image");
            let bytes = read(&images.join(&name));
            let image = images::place(tape, &name, &bytes);
            images::ask_freshness(tape, &name, &image);
            ask(tape, &name, &image, &answers, slice);
            damage::add(tape, &name, &bytes);
        }
    }
}

fn ask(tape: &mut Tape, name: &str, image: &Image<'_>, answers: &Value, slice: &str) {
    for (number, case) in array(answers, "decisions").iter().enumerate() {
        let name = format!("{name}: decision {number}");
        questions::ask_decision(tape, &name, image, &case["request"], &case["answers"][slice]);
    }
    for (number, case) in array(answers, "lists").iter().enumerate() {
        let (of, list) = (&case["request"], text(&case["request"], "list"));
        let name = format!("{name}: list {number}, {list}");
        let is_of_images = questions::ask_list(tape, &name, image, of, &case["answers"][slice]);
        assert!(is_of_images, "{name}: images have no list `{list}`");
    }
}
