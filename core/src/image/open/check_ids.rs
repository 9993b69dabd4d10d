//! Ids, aliases and their indexes: in order, each once, and each found.

use core::cmp::Ordering;

use zerocopy::IntoBytes;
use zerocopy::little_endian::U32;

use super::check::{Check, Rows};
use crate::facts::to_index;
use crate::id::{IdForm, IdRef};
use crate::image::error::{ImageError, ImageFault};
use crate::image::ids::{
    ALIAS_WORDS, BUCKET_ENTRIES, INDEX_WORDS, IndexHead, POSITION, fingerprint, form_of,
};
use crate::image::section::Section;
use crate::image::text::Texts;
use crate::limits::MAX_IMAGE_ROWS;

/// Tables and their indexes.
const TABLES: [(Section, Section); 6] = [
    (Section::Organisations, Section::OrganisationIndex),
    (Section::Buildings, Section::BuildingIndex),
    (Section::Integrations, Section::IntegrationIndex),
    (Section::Units, Section::UnitIndex),
    (Section::Doors, Section::DoorIndex),
    (Section::People, Section::PersonIndex),
];
const WORD: usize = size_of::<u32>();
/// Where an alias has its handle.
const ALIAS_HANDLE: usize = (ALIAS_WORDS - 1) * WORD;

/// Ids whose buckets are read ahead together.
#[cfg(all(feature = "alloc", not(feature = "compact")))]
const AHEAD: u32 = 16;

/// Rows that begin with ids, ULIDs and UUIDs first.
#[derive(Clone, Copy)]
struct Run<'a> {
    rows: Rows<'a>,
    ulids: u32,
    uuids: u32,
    /// The position of the first in the index.
    first: u32,
}

/// The hash table of an index.
#[derive(Clone, Copy)]
struct Buckets<'a> {
    head: IndexHead,
    starts: &'a [U32],
    entries: &'a [U32],
}

impl<'a> Check<'_, 'a> {
    #[cfg_attr(feature = "compact", inline(never))]
    pub(super) fn ids(&self) -> Result<(), ImageError> {
        TABLES.iter().try_for_each(|(rows, index)| self.ids_of(*rows, *index))
    }

    /// There are as many entries as rows and aliases, and each of those is found under its own position: so each is there
    /// exactly once, and nothing else is. No two have one id: so what is found is the only one.
    fn ids_of(&self, section: Section, index: Section) -> Result<(), ImageError> {
        let rows = self.rows(section);
        let words = self.index_words(index);
        let Some(buckets) = &buckets(words, rows.len()) else {
            return Err(self.byte(ImageFault::SectionLength, index, 0));
        };
        let head = &buckets.head;
        if let Some(word) = buckets.first_fault() {
            let at = head.starts().saturating_add(word).saturating_mul(WORD);
            return Err(self.byte(ImageFault::Index, index, at));
        }
        let aliases = words.get(INDEX_WORDS..head.starts()).unwrap_or_default().as_bytes();
        self.run(&of_rows(rows, head), buckets, (section, 0))?;
        let start = INDEX_WORDS.saturating_mul(WORD);
        self.run(&of_aliases(aliases, rows, head), buckets, (index, start))?;
        self.aliases((section, index), aliases, head)
    }

    fn index_words(&self, index: Section) -> &'a [U32] {
        let image = self.image;
        match index {
            Section::OrganisationIndex => image.organisations.index,
            Section::BuildingIndex => image.buildings.index,
            Section::IntegrationIndex => image.integrations.index,
            Section::UnitIndex => image.units.index,
            Section::DoorIndex => image.doors.index,
            Section::PersonIndex => image.people.index,
            _ => &[],
        }
    }

    /// Each id is one, comes after the last, and is found; the rows begin at a byte of a section.
    fn run(
        &self,
        run: &Run<'a>,
        buckets: &Buckets<'_>,
        (section, start): (Section, usize),
    ) -> Result<(), ImageError> {
        let texts = self.image.texts;
        let refuse = |fault, number: u32| {
            let byte = to_index(number).saturating_mul(run.rows.stride).saturating_add(start);
            Err(self.byte(fault, section, byte))
        };
        let (mut last, mut last_name) = (&[0; 16], "");
        for (row, number) in run.rows.iter().zip(0..u32::MAX) {
            #[cfg(all(feature = "alloc", not(feature = "compact")))]
            if number.is_multiple_of(AHEAD) {
                run.look_ahead(number, buckets);
            }
            let Some(id) = row.first_chunk::<16>() else { return refuse(ImageFault::Id, number) };
            let hash = if form_of(number, run.ulids, run.uuids) == IdForm::Name {
                let name = name(texts, id).filter(|name| *name > last_name);
                let Some(name) = name else { return refuse(ImageFault::Id, number) };
                last_name = name;
                crate::hash::bytes(name.as_bytes())
            } else {
                // The first of each form comes after nothing.
                if id <= last && number != 0 && number != run.ulids {
                    return refuse(ImageFault::Id, number);
                }
                last = id;
                crate::hash::sixteen(id)
            };
            if !buckets.has(hash, run.first.saturating_add(number)) {
                return refuse(ImageFault::Index, number);
            }
        }
        Ok(())
    }

    /// Aliases are of a row, and none is also the id of a row: both are in order, so one walk along both finds out.
    #[cfg_attr(feature = "compact", inline(never))]
    fn aliases(
        &self,
        (section, index): (Section, Section),
        aliases: &'a [u8],
        head: &IndexHead,
    ) -> Result<(), ImageError> {
        let texts = self.image.texts;
        let rows = of_rows(self.rows(section), head);
        let aliases = of_aliases(aliases, rows.rows, head);
        let mut row = 0_u32;
        for alias in 0..aliases.rows.len() {
            let byte = INDEX_WORDS
                .saturating_mul(WORD)
                .saturating_add(to_index(alias).saturating_mul(aliases.rows.stride));
            if aliases.rows.word(alias, ALIAS_HANDLE) >= rows.rows.len() {
                return Err(self.byte(ImageFault::Handle, index, byte));
            }
            let id = aliases.id(texts, alias);
            while row < rows.rows.len() {
                match rows.id(texts, row).cmp(&id) {
                    Ordering::Less => row = row.saturating_add(1),
                    Ordering::Equal => return Err(self.byte(ImageFault::Id, index, byte)),
                    Ordering::Greater => break,
                }
            }
        }
        Ok(())
    }
}

const fn of_rows<'a>(rows: Rows<'a>, head: &IndexHead) -> Run<'a> {
    Run { rows, ulids: head.ulids, uuids: head.uuids, first: 0 }
}

/// The aliases of a kind, which come after its rows.
fn of_aliases<'a>(aliases: &'a [u8], rows: Rows<'_>, head: &IndexHead) -> Run<'a> {
    let aliases = Rows { bytes: aliases, stride: ALIAS_WORDS.saturating_mul(WORD) };
    let (ulids, uuids) = (head.alias_ulids, head.alias_uuids);
    Run { rows: aliases, ulids, uuids, first: rows.len() }
}

/// The hash table, when the lengths agree.
fn buckets(words: &[U32], rows: u32) -> Option<Buckets<'_>> {
    let head = IndexHead::of(words);
    let fits = |ulids: u32, uuids: u32, all| ulids.checked_add(uuids).is_some_and(|sum| sum <= all);
    let entries = rows.checked_add(head.aliases)?;
    let is_sound = to_index(entries) <= MAX_IMAGE_ROWS
        && entries.div_ceil(BUCKET_ENTRIES).checked_next_power_of_two() == Some(head.buckets)
        && fits(head.ulids, head.uuids, rows)
        && fits(head.alias_ulids, head.alias_uuids, head.aliases)
        && words.len() == head.entries().checked_add(to_index(entries))?;
    if !is_sound {
        return None;
    }
    let (starts, entries) =
        words.get(head.starts()..)?.split_at_checked(head.entries().checked_sub(head.starts())?)?;
    Some(Buckets { head, starts, entries })
}

impl Buckets<'_> {
    /// The first word, counted from the first start, that is out of order: starts from 0 to the number of entries, the
    /// entries of a bucket by position.
    #[cfg_attr(feature = "compact", inline(never))]
    fn first_fault(&self) -> Option<usize> {
        let mut from = 0;
        for (start, number) in self.starts.iter().zip(0..usize::MAX) {
            let to = to_index(start.get());
            let Some(bucket) = self.entries.get(from..to) else { return Some(number) };
            // Those before the first start are in no bucket.
            if number == 0 && to != 0 {
                return Some(number);
            }
            if !bucket.is_sorted_by(|a, b| a.get() & POSITION < b.get() & POSITION) {
                return Some(self.starts.len().saturating_add(from));
            }
            from = to;
        }
        (from != self.entries.len()).then_some(self.starts.len())
    }

    #[inline]
    #[cfg(all(feature = "alloc", not(feature = "compact")))]
    fn first_entry(&self, hash: u64) -> Option<u32> {
        let bucket = usize::try_from(self.head.bucket(hash)).ok()?;
        let start = self.starts.get(bucket)?.get();
        self.entries.get(to_index(start)).map(|entry| entry.get())
    }

    /// Whether a hash leads to a position. O(log of the entries of its bucket).
    #[inline]
    fn has(&self, hash: u64, position: u32) -> bool {
        let bucket = usize::try_from(self.head.bucket(hash)).unwrap_or(usize::MAX);
        let Some([start, end]) = self.starts.get(bucket..).and_then(<[U32]>::first_chunk) else {
            return false;
        };
        let entries = self.entries.get(to_index(start.get())..to_index(end.get()));
        let entries = entries.unwrap_or_default();
        let found = entries.binary_search_by_key(&position, |entry| entry.get() & POSITION);
        let entry = found.ok().and_then(|at| entries.get(at));
        entry.is_some_and(|entry| entry.get() == position | fingerprint(hash))
    }
}

impl<'a> Run<'a> {
    /// Reads the first entries of the buckets of the next ids, and does nothing with them: a processor that waits for one
    /// bucket at a time waits most of the time. A name would have to be read for its
    /// hash, which is a wait of its own: from the first name on, nothing is read ahead.
    #[cfg(all(feature = "alloc", not(feature = "compact")))]
    fn look_ahead(&self, number: u32, buckets: &Buckets<'_>) {
        let start = to_index(number).saturating_mul(self.rows.stride);
        let next = Rows { bytes: self.rows.bytes.get(start..).unwrap_or_default(), ..self.rows };
        for (row, number) in next.iter().zip(number..number.saturating_add(AHEAD)) {
            if form_of(number, self.ulids, self.uuids) == IdForm::Name {
                return;
            }
            let hash = row.first_chunk().map_or(0, crate::hash::sixteen);
            core::hint::black_box(buckets.first_entry(hash));
        }
    }

    /// The id of a row, as it is compared with others. It was looked at before.
    fn id(&self, texts: Texts<'a>, number: u32) -> (IdForm, &'a [u8]) {
        let at = to_index(number).saturating_mul(self.rows.stride);
        let id = self.rows.bytes.get(at..).and_then(<[u8]>::first_chunk::<16>);
        let form = form_of(number, self.ulids, self.uuids);
        let bytes = id.and_then(|id| match form {
            IdForm::Name => name_text(texts, id).map(str::as_bytes),
            IdForm::Ulid | IdForm::Uuid => Some(id.as_slice()),
        });
        (form, bytes.unwrap_or_default())
    }
}

/// The text of an id that is a name.
fn name<'a>(texts: Texts<'a>, id: &[u8; 16]) -> Option<&'a str> {
    let text = name_text(texts, id)?;
    IdRef::parse(text).is_ok_and(|id| id.form() == IdForm::Name).then_some(text)
}

fn name_text<'a>(texts: Texts<'a>, id: &[u8; 16]) -> Option<&'a str> {
    let [start, length, 0, 0] = words(id) else { return None };
    texts.span(start, length)
}

fn words(id: &[u8; 16]) -> [u32; 4] {
    let (chunks, _) = id.as_chunks::<WORD>();
    let mut words = [0; 4];
    for (word, chunk) in words.iter_mut().zip(chunks) {
        *word = u32::from_le_bytes(*chunk);
    }
    words
}
