//! Every engine of the comparison gives the right answers: to questions, in lists, and after somebody moves in.

use std::sync::LazyLock;

use vestibule::Directory;
use vestibule_benches::check::Expected;
use vestibule_benches::engine::{
    Cannot, Engine, FloorEngine, FrozenImage, List, Source, freeze, is_settled, listed, newcomer,
};
use vestibule_benches::generate::{self, Model, Spec};
#[cfg(feature = "peers")]
use vestibule_benches::peers::{Casbin, Cedar, CedarSliced, Regorus};

/// The fewest people that the generator makes an estate of.
const PEOPLE: usize = 1_000;
const QUESTIONS: usize = 500;
/// Of each sort; there are ten organisations.
const LISTS: usize = 8;
const NEWCOMERS: usize = 5;

/// An estate with its right answers; the oracle is asked once for all engines.
struct Estate {
    model: Model,
    json: Vec<u8>,
    image: Vec<u8>,
    expected: Expected,
}

/// Without residencies: with them a resident opens the door of their unit too, which the model and the floor leave out.
static ESTATE: LazyLock<Estate> = LazyLock::new(Estate::new);

impl Estate {
    fn new() -> Self {
        let spec = Spec::new(PEOPLE);
        let model = generate::model(&spec);
        let json = generate::json(&model);
        let directory = Directory::from_json(&json).unwrap_or_else(|faults| panic!("{faults}"));
        let image = freeze(&directory);
        let source = Source { model: &model, json: &json, image: &image };
        let questions = generate::questions(&model, QUESTIONS, spec.seed);
        let expected = Expected::new(&source, &questions, LISTS);
        assert_eq!((expected.by_oracle, expected.lists_by_oracle), (100, 3));
        let has_answers = |list: &List| expected.answers(*list) > LISTS;
        assert!(List::ALL.iter().all(has_answers), "lists with something in them");
        Self { model, json, image, expected }
    }
}

fn check<E: Engine>() {
    let Estate { model, json, image, expected } = &*ESTATE;
    let mut engine = E::load(&Source { model, json, image });
    let lists = expected.verify(&engine).map(|lists| lists.map(|lists| lists.asked));
    assert_eq!(lists, List::ALL.map(|list| lists_of::<E>(list)), "{}: lists", E::NAME);
    check_newcomers(&mut engine, model);
}

fn check_newcomers<E: Engine>(engine: &mut E, model: &Model) {
    for number in 0..NEWCOMERS {
        let person = newcomer(model, number);
        if engine.add_person(&person) == Err(Cannot) {
            return;
        }
        assert!(is_settled(engine, model, &person), "{}: {person:?}", E::NAME);
        let organisation = format!("organisation:{}", person.organisation);
        let holds = |list, of: &str| listed(engine, list, of).expect("an engine that adds");
        assert!(holds(List::Members, &organisation).contains(&person.id));
        let door = model.doors[person.building as usize * generate::DOORS];
        assert!(holds(List::WhoCanOpen, &format!("door:{door}")).contains(&person.id));
        let doors = holds(List::WhatCanOpen, &format!("person:{}", person.id));
        assert_eq!(doors.len(), generate::COMMON_DOORS);
        assert!(doors.contains(&door));
    }
}

/// How many lists of a sort an engine gives: all, but for the members that an image does not know.
fn lists_of<E: Engine>(list: List) -> Option<usize> {
    let is_unknown = E::NAME == FrozenImage::NAME && list == List::Members;
    (!is_unknown).then_some(LISTS)
}

#[test]
fn the_floor() {
    check::<FloorEngine>();
}

#[test]
fn the_directory() {
    check::<Directory>();
}

#[test]
fn the_image() {
    check::<FrozenImage>();
}

#[cfg(feature = "peers")]
mod peers {
    use super::{Casbin, Cedar, CedarSliced, Regorus, check};

    #[test]
    fn cedar() {
        check::<Cedar>();
    }

    #[test]
    fn cedar_sliced() {
        check::<CedarSliced>();
    }

    #[test]
    fn casbin() {
        check::<Casbin>();
    }

    #[test]
    fn regorus() {
        check::<Regorus>();
    }
}
