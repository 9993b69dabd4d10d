//! The right answers, from the slow oracle of the tests and from the model, and whether an engine gives them.
//!
//! The oracle reads the semantics a second time, in loops over the rows of the document, and loops in them: of a large
//! estate it gets the places whole, and of the people those it is asked about. The model knows who may open what, and is
//! asked about everything else.

#[path = "../../core/tests/support/oracle.rs"]
#[expect(dead_code, reason = "the tests of the core ask it more")]
mod oracle;

use core::time::Duration;
use std::collections::HashSet;
use std::time::Instant;

use ulid::Ulid;
use vestibule::{Estate, Id, IdRef, Principal, Request, Resource};

use self::oracle::Oracle;
use crate::engine::{Cannot, Engine, List, Source, expected, sorted_ids, subjects};
use crate::generate::{self, Model};
use crate::workload::{ACTION, instant};

const ORACLE_QUESTIONS: usize = 100;
/// Up to here the oracle gets everybody, and is asked for lists, which ask it about every person or door.
const MOST_PEOPLE_OF_ORACLE: usize = 2_000;
const ORACLE_LISTS: usize = 1;

/// An engine that needs longer for one list is asked for no other of the sort.
const TOO_LONG: Duration = Duration::from_secs(20);

/// The lists of one sort that an engine was asked for, each once.
#[derive(Clone, Copy, Debug)]
pub struct Lists {
    /// How many.
    pub asked: usize,
    /// All of them together.
    pub took: Duration,
}

/// A question and its answer.
#[derive(Clone, Debug)]
struct Asked {
    person: String,
    door: String,
    is_allowed: bool,
}

/// The right answers of one estate.
#[derive(Clone, Debug)]
pub struct Expected {
    questions: Vec<Asked>,
    lists: Vec<(List, String, Vec<Ulid>)>,
    /// How many of the questions the oracle has answered.
    pub by_oracle: usize,
    /// How many of the lists the oracle has answered.
    pub lists_by_oracle: usize,
}

impl Expected {
    /// Finds the answers to `questions` of the workload, to as many about any person and any door as the oracle is
    /// asked, and to `lists` lists of each sort.
    ///
    /// # Panics
    ///
    /// When the oracle and the model disagree.
    #[must_use]
    pub fn new(source: &Source<'_>, questions: &[generate::Question], lists: usize) -> Self {
        let model = source.model;
        let mut asked = scattered(model, ORACLE_QUESTIONS / 2);
        asked.extend(questions.iter().map(|question| {
            let (person, door) = (question.person as usize, question.door as usize);
            ask(model, person, door, question.is_allowed)
        }));
        let by_oracle = ORACLE_QUESTIONS.min(asked.len());
        let mut estate = Estate::from_json(source.json).unwrap_or_else(|faults| panic!("{faults}"));
        if model.people.len() > MOST_PEOPLE_OF_ORACLE {
            keep_people(&mut estate, &asked[..by_oracle]);
        }
        let oracle = Oracle::new(&estate);
        for question in &asked[..by_oracle] {
            let answer = oracle_allows(&oracle, &question.person, &question.door);
            assert_eq!(answer, question.is_allowed, "the oracle, of {question:?}");
        }
        let mut expected_lists = Vec::new();
        for list in List::ALL {
            for of in subjects(model, list, lists) {
                let text = format!("{}:{of}", list.subject());
                expected_lists.push((list, text, expected(model, list, of)));
            }
        }
        let lists_by_oracle = check_lists(&oracle, model, &expected_lists, lists);
        Self { questions: asked, lists: expected_lists, by_oracle, lists_by_oracle }
    }

    /// Asks an engine everything once; how long the lists of each of [`List::ALL`] took it, none of those it cannot give.
    ///
    /// # Panics
    ///
    /// When an answer is wrong.
    pub fn verify<E: Engine>(&self, engine: &E) -> [Option<Lists>; 3] {
        self.verify_questions(engine);
        List::ALL.map(|list| self.verify_lists(engine, list).ok())
    }

    fn verify_questions<E: Engine>(&self, engine: &E) {
        for Asked { person, door, is_allowed } in &self.questions {
            let prepared = engine.prepare(person, ACTION, door);
            let answers = [engine.allows(person, ACTION, door), engine.allows_prepared(&prepared)];
            assert_eq!(answers, [*is_allowed; 2], "{}: {person} and {door}", E::NAME);
        }
    }

    /// Asks for the lists of one sort, and for no more of them when one has taken too long.
    fn verify_lists<E: Engine>(&self, engine: &E, list: List) -> Result<Lists, Cannot> {
        let mut lists = Lists { asked: 0, took: Duration::ZERO };
        for (_, of, expected) in self.lists.iter().filter(|(sort, ..)| *sort == list) {
            let (mut found, begin) = (Vec::new(), Instant::now());
            engine.list(list, of, &mut found)?;
            let took = begin.elapsed();
            assert_eq!(
                sorted_ids(engine, list, &found),
                *expected,
                "{}: {list:?} of {of}",
                E::NAME
            );
            lists = Lists { asked: lists.asked + 1, took: lists.took + took };
            if took > TOO_LONG {
                break;
            }
        }
        Ok(lists)
    }

    /// What the lists of one sort are about.
    pub fn subjects(&self, list: List) -> impl Iterator<Item = &str> {
        self.lists.iter().filter(move |(sort, ..)| *sort == list).map(|(_, of, _)| of.as_str())
    }

    /// How many answers the lists of one sort have together.
    #[must_use]
    pub fn answers(&self, list: List) -> usize {
        let lists = self.lists.iter().filter(|(sort, ..)| *sort == list);
        lists.map(|(.., answers)| answers.len()).sum()
    }

    /// Persons and doors of the questions.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.questions.iter().map(|asked| (asked.person.as_str(), asked.door.as_str()))
    }
}

/// Leaves out everybody whom no question is about, and what only they have. No decision about a person depends on another.
fn keep_people(estate: &mut Estate, asked: &[Asked]) {
    let people: HashSet<&str> =
        asked.iter().map(|asked| &asked.person["person:".len()..]).collect();
    let is_asked = |person: &Id| person.as_ref().with_text(|text| people.contains(text));
    estate.people.retain(|row| is_asked(&row.id));
    estate.memberships.retain(|row| is_asked(&row.person));
    estate.residencies.retain(|row| is_asked(&row.person));
    estate.platform_roles.retain(|row| is_asked(&row.person));
    for unit in &mut estate.units {
        unit.administrators.retain(|entry| is_asked(&entry.person));
    }
}

fn ask(model: &Model, person: usize, door: usize, is_allowed: bool) -> Asked {
    let (person, door) = (model.people[person].id, model.doors[door]);
    Asked { person: format!("person:{person}"), door: format!("door:{door}"), is_allowed }
}

/// Questions about any person and any door, those of units too.
fn scattered(model: &Model, count: usize) -> Vec<Asked> {
    let pairs = (0..count)
        .map(|number| (number * 7_919 % model.people.len(), number * 104_729 % model.doors.len()));
    pairs
        .map(|(person, door)| {
            ask(model, person, door, model.may_open_door(&model.people[person], door))
        })
        .collect()
}

fn oracle_allows(oracle: &Oracle<'_>, person: &str, door: &str) -> bool {
    let principal = Principal::Person(id(person));
    oracle.decide(&Request::new(principal, ACTION, Resource::Door(id(door)), instant())).is_allow()
}

/// Asks the oracle for a few lists of each sort; how many.
fn check_lists(
    oracle: &Oracle<'_>,
    model: &Model,
    lists: &[(List, String, Vec<Ulid>)],
    of_each: usize,
) -> usize {
    if model.people.len() > MOST_PEOPLE_OF_ORACLE {
        return 0;
    }
    let some = lists.chunks(of_each).flat_map(|lists| lists.iter().take(ORACLE_LISTS));
    some.map(|(list, of, expected)| {
        assert_eq!(oracle_list(oracle, *list, of), *expected, "the oracle, {list:?} of {of}");
    })
    .count()
}

fn oracle_list(oracle: &Oracle<'_>, list: List, of: &str) -> Vec<Ulid> {
    let texts: Vec<String> = match list {
        List::WhoCanOpen => oracle.who_can(ACTION, Resource::Door(id(of)), instant()),
        List::WhatCanOpen => oracle.what_can(id(of), ACTION, instant()),
        List::Members => {
            let rows = oracle.members(id(of), true, instant()).into_iter();
            rows.map(|row| row.person).collect()
        }
    };
    let ulid = |text: &String| {
        let id = text.rsplit(':').next().expect("a last part");
        Ulid::from_string(id).expect("ids of the estate are ULIDs")
    };
    let mut ids: Vec<Ulid> = texts.iter().map(ulid).collect();
    ids.sort_unstable();
    ids
}

fn id(text: &str) -> IdRef<'_> {
    let (_, id) = text.split_once(':').expect("a kind, a colon and an id");
    IdRef::parse(id).expect("an id")
}
