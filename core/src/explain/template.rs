//! Templates of sentences, and what their holes say.

use alloc::string::String;
use core::str::Chars;

use super::Describe;
use super::teller::Teller;
use crate::facts::{Grant, Who};
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// What stands in a hole with a number.
#[derive(Clone, Copy)]
pub(super) enum Word<'w> {
    /// The name of a thing.
    Thing(ResourceKind, u32),
    /// A grant as a clause.
    Grant(&'w Grant),
    Instant(Timestamp),
    Text(&'w str),
}

impl Word<'_> {
    pub(super) const fn organisation(handle: u32) -> Self {
        Self::Thing(ResourceKind::Organisation, handle)
    }

    pub(super) const fn building(handle: u32) -> Self {
        Self::Thing(ResourceKind::Building, handle)
    }

    pub(super) const fn site(handle: u32) -> Self {
        Self::Thing(ResourceKind::Integration, handle)
    }

    pub(super) const fn unit(handle: u32) -> Self {
        Self::Thing(ResourceKind::Unit, handle)
    }
}

impl<F: Describe> Teller<'_, F> {
    /// Says a template. In its holes stand `{who}` asks, the thing it is about as `{it}`, the `{key}`, and words by their
    /// numbers, as `{0}`. A hole with a hyphen, as `{-who}`, is named only: it says nothing.
    pub(super) fn say(&mut self, template: &str, words: &[Word<'_>]) {
        let mut rest = template.chars();
        while let Some(character) = rest.next() {
            if character == '{' {
                self.fill(&mut rest, words);
            } else {
                self.text.push(character);
            }
        }
    }

    /// Fills a hole. What it is called differs by one letter that no other has.
    fn fill(&mut self, hole: &mut Chars<'_>, words: &[Word<'_>]) {
        let mut end = usize::MAX;
        for character in hole.take_while(|character| *character != '}') {
            match character {
                '-' => end = self.text.len(),
                'w' => self.who(),
                'i' => self.thing(self.question.kind, self.question.resource),
                'k' => {
                    let key = self.facts.key_text(self.question.key);
                    self.text.push_str(&key);
                }
                '0' => self.word(words.first()),
                '1' => self.word(words.get(1)),
                '2' => self.word(words.get(2)),
                _ => {}
            }
        }
        if end != usize::MAX {
            self.text.truncate(end);
        }
    }

    fn word(&mut self, word: Option<&Word<'_>>) {
        match word {
            None => {}
            Some(Word::Thing(kind, handle)) => self.thing(*kind, *handle),
            Some(Word::Grant(grant)) => self.grant(grant),
            Some(Word::Instant(instant)) => self.text.push_str(&instant.to_text()),
            Some(Word::Text(text)) => self.text.push_str(text),
        }
    }

    fn who(&mut self) {
        match self.question.principal {
            Who::Person(person) => {
                let id = self.facts.person_id(person);
                self.text.push_str(self.facts.person_name(person).unwrap_or(&id));
                self.name("person", &id);
            }
            Who::UnitToken(unit) => {
                self.text.push_str("the token of ");
                self.thing(ResourceKind::Unit, unit);
            }
        }
    }

    /// The name of a thing; of a unit its number, and where there is no name the id, with the kind before it.
    fn thing(&mut self, kind: ResourceKind, handle: u32) {
        if kind == ResourceKind::Platform {
            self.text.push_str("the platform");
            return;
        }
        let id = self.facts.resource_id(kind, handle);
        let name = self.facts.resource_name(kind, handle).filter(|name| !name.is_empty());
        if name.is_none() || kind == ResourceKind::Unit {
            self.text.push_str(kind.as_str());
            self.text.push(' ');
        }
        self.text.push_str(name.unwrap_or(&id));
        self.name(kind.as_str(), &id);
    }

    /// What the sentence names, each once.
    fn name(&mut self, kind: &str, id: &str) {
        let mut reference = String::from(kind);
        reference.push(':');
        reference.push_str(id);
        if !self.about.contains(&reference) {
            self.about.push(reference);
        }
    }
}
