//! Names, e-mail addresses and telephone numbers of people.

use alloc::string::String;
use alloc::vec::Vec;

use super::ids::to_index;
use crate::facts::NONE;

/// Up to this many bytes of garbage are left alone.
const SMALL_GARBAGE: usize = 4096;

/// The texts, end to end.
#[derive(Clone, Default)]
pub(crate) struct Contacts {
    text: String,
    spans: Vec<ContactSpan>,
    /// Bytes of `text` that are nobody's any more; all blank.
    garbage: usize,
}

#[derive(Clone, Copy, Default)]
struct ContactSpan {
    start: u32,
    name: u16,
    email: u16,
    phone: u16,
}

impl ContactSpan {
    fn length(&self) -> usize {
        [self.name, self.email, self.phone]
            .iter()
            .fold(0, |sum: usize, part| sum.saturating_add(usize::from(*part)))
    }
}

impl Contacts {
    pub(crate) fn with_capacity(people: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), spans: Vec::with_capacity(people), garbage: 0 }
    }

    /// Adds a person. Each text has at most 255 characters of at most four bytes.
    pub(crate) fn push(&mut self, name: Option<&str>, email: Option<&str>, phone: Option<&str>) {
        let span = self.store(name, email, phone);
        self.spans.push(span);
    }

    fn store(
        &mut self,
        name: Option<&str>,
        email: Option<&str>,
        phone: Option<&str>,
    ) -> ContactSpan {
        let start = u32::try_from(self.text.len()).unwrap_or(NONE);
        let mut add = |text: Option<&str>| {
            let text = text.unwrap_or_default();
            self.text.push_str(text);
            u16::try_from(text.len()).unwrap_or_default()
        };
        ContactSpan { start, name: add(name), email: add(email), phone: add(phone) }
    }

    /// Other texts for a person. The old ones are overwritten, not only forgotten.
    pub(crate) fn set(
        &mut self,
        person: u32,
        name: Option<&str>,
        email: Option<&str>,
        phone: Option<&str>,
    ) {
        let Some(old) = self.spans.get(to_index(person)).copied() else { return };
        self.erase(&old);
        let length = [name, email, phone]
            .iter()
            .fold(0, |sum: usize, text| sum.saturating_add(text.map_or(0, str::len)));
        if self.text.capacity().saturating_sub(self.text.len()) < length {
            self.text.reserve_exact(length.max(self.text.len() / 16));
        }
        let new = self.store(name, email, phone);
        if let Some(span) = self.spans.get_mut(to_index(person)) {
            *span = new;
        }
        if self.garbage > SMALL_GARBAGE && self.garbage > self.text.len() / 2 {
            self.compact();
        }
    }

    fn erase(&mut self, span: &ContactSpan) {
        let start = to_index(span.start);
        let range = start..start.saturating_add(span.length());
        if self.text.get(range.clone()).is_some_and(|old| !old.is_empty()) {
            self.garbage = self.garbage.saturating_add(span.length());
            self.text.replace_range(range, &" ".repeat(span.length()));
        }
    }

    fn compact(&mut self) {
        let mut text = String::with_capacity(self.text.len().saturating_sub(self.garbage));
        for span in &mut self.spans {
            let old = to_index(span.start);
            let kept = self.text.get(old..old.saturating_add(span.length())).unwrap_or_default();
            span.start = u32::try_from(text.len()).unwrap_or(NONE);
            text.push_str(kept);
        }
        self.text = text;
        self.garbage = 0;
    }

    fn part(&self, person: u32, part: impl Fn(&ContactSpan) -> (usize, u16)) -> Option<&str> {
        let span = self.spans.get(to_index(person))?;
        let (before, length) = part(span);
        let start = to_index(span.start).checked_add(before)?;
        let text = self.text.get(start..start.checked_add(usize::from(length))?)?;
        (!text.is_empty()).then_some(text)
    }

    pub(crate) fn name(&self, person: u32) -> Option<&str> {
        self.part(person, |span| (0, span.name))
    }

    pub(crate) fn email(&self, person: u32) -> Option<&str> {
        self.part(person, |span| (usize::from(span.name), span.email))
    }

    pub(crate) fn phone(&self, person: u32) -> Option<&str> {
        self.part(person, |span| {
            (usize::from(span.name).saturating_add(usize::from(span.email)), span.phone)
        })
    }
}

/// The hash of an e-mail address, the same whatever the case of its ASCII letters.
pub(crate) fn email_hash(email: &str) -> u64 {
    let mut lower = [0_u8; 64];
    let mut hash = 0_u64;
    for chunk in email.as_bytes().chunks(lower.len()) {
        for (to, from) in lower.iter_mut().zip(chunk) {
            *to = from.to_ascii_lowercase();
        }
        let chunk = lower.get(..chunk.len()).unwrap_or_default();
        hash = crate::hash::bytes(chunk) ^ hash.rotate_left(17);
    }
    hash
}
