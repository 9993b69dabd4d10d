//! The tape of the panel tier: images, and what they are asked.

use serde_json::Value;
use vestibule::{Directory, IdRef, Issue, Slice, Timestamp};

use crate::tape::Tape;
use crate::vectors::{Vectors, array, family, text};
use crate::{Kind, golden, ids, images, questions};

/// How many people of a file of vectors get an image of their own.
const PEOPLE: usize = 2;
/// Fewer than that of a kind means that vectors are lost on the way.
const AT_LEAST: [(Kind, u32); 7] = [
    (Kind::Image, 60),
    (Kind::Freshness, 20),
    (Kind::Damaged, 400),
    (Kind::Decision, 2_000),
    (Kind::List, 100),
    (Kind::Lobby, 30),
    (Kind::Id, 40),
];

pub fn tape() -> Tape {
    let mut tape = Tape::new();
    for vectors in family("decide") {
        add_vectors(&mut tape, &vectors);
    }
    ids::add(&mut tape);
    golden::add(&mut tape);
    for (kind, at_least) in AT_LEAST {
        let count = tape.count(kind);
        assert!(count >= at_least, "{kind:?}: {count} records, expected {at_least} or more");
    }
    tape
}

/// All questions to the image of everything, to those of all integrations, and to those of some people.
fn add_vectors(tape: &mut Tape, vectors: &Vectors) {
    let estate = &vectors.value["estate"];
    for (sort, id) in slices(estate) {
        let slice = match sort {
            "integration" => Slice::Integration(parsed(id)),
            "person" => Slice::Person(parsed(id)),
            _ => Slice::Everything,
        };
        let name = format!("{}, {sort} {id}", vectors.name);
        let bytes = frozen(&name, estate, &slice);
        let image = images::place(tape, &name, &bytes);
        questions::ask_all(tape, &name, &image, &vectors.value);
    }
}

fn slices(estate: &Value) -> Vec<(&'static str, &str)> {
    let ids = |rows| array(estate, rows).iter().map(|row| text(row, "id"));
    let integrations = ids("integrations").map(|id| ("integration", id));
    let people = ids("people").take(PEOPLE).map(|id| ("person", id));
    [("everything", "")].into_iter().chain(integrations).chain(people).collect()
}

fn parsed(id: &str) -> IdRef<'_> {
    IdRef::parse(id).unwrap_or_else(|error| panic!("{id}: {error}"))
}

/// The image of an estate, issued when the vectors were written.
pub fn frozen(name: &str, estate: &Value, slice: &Slice<'_>) -> Vec<u8> {
    let directory = Directory::from_json(estate.to_string().as_bytes());
    let directory = directory.unwrap_or_else(|faults| panic!("{name}: {faults}"));
    let issued = Timestamp::parse("2026-11-22T18:00:00Z").expect("an instant");
    let bytes = directory.freeze(slice, &Issue::at(issued));
    bytes.unwrap_or_else(|error| panic!("{name}: {error}"))
}
