//! What an image says about itself: its header, where its bytes go, who is in it. For tools and panels' own checks; no
//! decision reads it.

use crate::facts::to_index;
use zerocopy::FromBytes;

use super::Image;
use super::ids::IndexHead;
use super::layout::{HEADER_BYTES, List, NO_LIMIT, SectionEntry, row_bytes};
use super::lists::LIST_WORDS;
use super::section::Section;
use crate::id::IdRef;

/// Bytes of a number in indexes and lists, which count as a row of them.
const WORD_BYTES: usize = 4;

/// Where a section lies (format.md, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionView {
    /// Its number in the section table.
    pub number: u16,
    /// What it is; none for one of a later version, which a reader may skip.
    pub section: Option<Section>,
    /// Where it begins, in bytes from the beginning of the image.
    pub offset: u32,
    /// Its length.
    pub bytes: u32,
    /// Its rows, numbers in indexes and lists; none of `text`, nor of a section that is not known.
    pub rows: u32,
}

/// How much there is of each kind in an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImageCounts {
    /// Organisations, those above others included.
    pub organisations: u32,
    /// Buildings.
    pub buildings: u32,
    /// Integrations.
    pub integrations: u32,
    /// Units; in the slice of an integration also units without one that its doors are for.
    pub units: u32,
    /// Doors.
    pub doors: u32,
    /// People.
    pub people: u32,
    /// Aliases of all these.
    pub aliases: u32,
    /// Grants of people.
    pub grants: u32,
    /// Permission keys of the catalog.
    pub keys: u32,
    /// Different sets of keys that grants give.
    pub meanings: u32,
    /// Different windows of time, and always.
    pub conditions: u32,
    /// Different roles.
    pub roles: u32,
    /// Different permission groups.
    pub groups: u32,
}

/// Bytes that an image spends for people: what grows with them and not with places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PeopleBytes {
    /// Rows of people.
    pub people: u64,
    /// Their grants.
    pub grants: u64,
    /// The index from ids and aliases to people.
    pub index: u64,
    /// The lists from places to people, the starts of places without anybody included.
    pub lists: u64,
}

impl PeopleBytes {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.people
            .saturating_add(self.grants)
            .saturating_add(self.index)
            .saturating_add(self.lists)
    }
}

impl<'a> Image<'a> {
    /// The version of the format that it was written in.
    #[must_use]
    pub fn format_version(&self) -> u16 {
        self.header().map_or(0, |header| header.version.get())
    }

    /// The lowest version of a reader that may read it.
    #[must_use]
    pub fn minimum_reader(&self) -> u16 {
        self.header().map_or(0, |header| header.minimum_reader.get())
    }

    /// How many milliseconds after the issue it is fresh; none where its host gave no limit [C-62].
    #[must_use]
    pub fn fresh_for(&self) -> Option<u64> {
        self.header().map(|header| header.fresh_for.get()).filter(|limit| *limit != NO_LIMIT)
    }

    /// How many milliseconds after the issue it may be relied on; none where its host gave no limit [C-62].
    #[must_use]
    pub fn max_stale(&self) -> Option<u64> {
        self.header().map(|header| header.max_stale.get()).filter(|limit| *limit != NO_LIMIT)
    }

    /// The length of the seal that follows it, in bytes.
    #[must_use]
    pub fn seal_bytes(&self) -> u32 {
        self.header().map_or(0, |header| header.seal.get())
    }

    /// Its sections in the order in which they lie.
    ///
    /// ```
    /// use vestibule::{Directory, Image, Issue, Section, Slice, Timestamp};
    ///
    /// let directory = Directory::from_json(br#"{ "version": 1, "people": [{ "id": "ana" }, { "id": "ben" }] }"#)?;
    /// let bytes = directory.freeze(&Slice::Everything, &Issue::at(Timestamp::from_millis(0)))?;
    /// let image = Image::open(&bytes)?;
    ///
    /// let people = image.sections().find(|view| view.section == Some(Section::People));
    /// assert_eq!(people.map(|view| (view.rows, view.bytes)), Some((2, 48)));
    /// assert!(image.people().map(|id| id.to_string()).eq(["ana", "ben"]));
    /// let end = image.sections().last().map(|view| view.offset + view.bytes);
    /// assert_eq!(end.map(usize::try_from), Some(Ok(bytes.len())));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sections(&self) -> impl Iterator<Item = SectionView> + use<'a> {
        let count = self.header().map_or(0, |header| to_index(header.sections.get()));
        let table = self.bytes.get(HEADER_BYTES..).unwrap_or_default();
        let table = <[SectionEntry]>::ref_from_prefix_with_elems(table, count);
        table.map_or_else(|_| Default::default(), |(table, _)| table).iter().map(view)
    }

    /// How much there is of each kind. O(1).
    #[must_use]
    pub fn counts(&self) -> ImageCounts {
        ImageCounts {
            organisations: self.organisations.len(),
            buildings: self.buildings.len(),
            integrations: self.integrations.len(),
            units: self.units.len(),
            doors: self.doors.len(),
            people: self.people.len(),
            aliases: self.aliases(),
            grants: count(self.grants),
            keys: count(self.keys),
            meanings: count(self.meanings),
            conditions: count(self.conditions),
            roles: count(self.roles),
            groups: count(self.groups),
        }
    }

    /// The people in it, whatever their state, in the order of ids [C-77]. Allocates nothing.
    pub fn people(&self) -> impl Iterator<Item = IdRef<'a>> + use<'a> {
        let ids = self.people.ids(self.texts);
        (0..ids.len()).filter_map(move |person| ids.id(person))
    }

    /// What it spends for people. O(1).
    #[must_use]
    pub fn people_bytes(&self) -> PeopleBytes {
        const OF_PEOPLE: [List; 8] = [
            List::Holders,
            List::Here,
            List::Staff,
            List::Bound,
            List::Residents,
            List::Administrators,
            List::Listed,
            List::Platform,
        ];
        let lists = OF_PEOPLE.map(|list| self.list_words(list));
        let words = lists.iter().fold(0_usize, |sum, words| sum.saturating_add(*words));
        PeopleBytes {
            people: bytes_of(size_of_val(self.people.rows)),
            grants: bytes_of(size_of_val(self.grants)),
            index: bytes_of(size_of_val(self.people.index)),
            lists: bytes_of(words.saturating_mul(WORD_BYTES)),
        }
    }

    /// The numbers of a list: its place, the starts, the items.
    fn list_words(&self, list: List) -> usize {
        let (owners, _) = self.lists.place(list);
        let starts = to_index(owners).saturating_add(1);
        LIST_WORDS.saturating_add(starts).saturating_add(self.lists.total(list))
    }

    fn aliases(&self) -> u32 {
        let indexes = [
            self.organisations.index,
            self.buildings.index,
            self.integrations.index,
            self.units.index,
            self.doors.index,
            self.people.index,
        ];
        let aliases = indexes.map(|index| IndexHead::of(index).aliases);
        aliases.into_iter().fold(0, u32::saturating_add)
    }
}

fn view(entry: &SectionEntry) -> SectionView {
    let (number, bytes) = (entry.kind.get(), entry.length.get());
    let known = usize::from(number).checked_sub(1).and_then(|at| Section::ALL.get(at));
    let section = known.copied();
    let with_rows = section.filter(|section| *section != Section::Text);
    let row = with_rows.and_then(|section| u32::try_from(row_bytes(section)).ok());
    let rows = row.and_then(|row| bytes.checked_div(row)).unwrap_or(0);
    SectionView { number, section, offset: entry.offset.get(), bytes, rows }
}

/// An image has fewer than 2^32 bytes, and so fewer rows.
fn count<R>(rows: &[R]) -> u32 {
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}

fn bytes_of(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use std::vec::Vec;

    use super::*;
    use crate::directory::{Directory, Issue, Slice};
    use crate::image::layout::{DIGEST_OFFSET, Header};
    use crate::image::open::digest;
    use crate::time::Timestamp;
    use zerocopy::IntoBytes;

    const LATER: u16 = 40;
    const CONTENT: &[u8] = b"what a later version adds";
    const SEAL: &[u8] = b"seal";

    /// An image as a later version may write it: one more section, not required, and a seal.
    fn later_image() -> Vec<u8> {
        let estate = br#"{ "version": 1, "people": [{ "id": "ana" }] }"#;
        let directory = Directory::from_json(estate).unwrap();
        let issue = Issue::at(Timestamp::from_millis(0));
        let mut bytes = directory.freeze(&Slice::Everything, &issue).unwrap();
        let entry = size_of::<SectionEntry>();
        let sections = Section::ALL.len();
        let table = HEADER_BYTES + sections * entry;
        let offset = u32::try_from(bytes.len() + entry).unwrap();
        let length = u32::try_from(CONTENT.len()).unwrap();
        for at in (HEADER_BYTES..table).step_by(entry) {
            let (row, _) = SectionEntry::mut_from_prefix(&mut bytes[at..]).unwrap();
            row.offset += u32::try_from(entry).unwrap();
        }
        let later = SectionEntry {
            kind: LATER.into(),
            flags: 0.into(),
            offset: offset.into(),
            length: length.into(),
        };
        bytes.splice(table..table, later.as_bytes().iter().copied());
        bytes.extend(CONTENT);
        let length = bytes.len();
        let (header, _) = Header::mut_from_prefix(&mut bytes).unwrap();
        header.sections += 1;
        header.length = u32::try_from(length).unwrap().into();
        header.seal = u32::try_from(SEAL.len()).unwrap().into();
        let digest = digest(&bytes, length).unwrap();
        bytes[DIGEST_OFFSET..HEADER_BYTES][..digest.len()].copy_from_slice(&digest);
        bytes.extend(SEAL);
        bytes
    }

    #[test]
    fn a_section_of_a_later_version_is_shown_too() {
        let bytes = later_image();
        let image = Image::open(&bytes).unwrap();
        let last = image.sections().last().unwrap();
        assert_eq!(image.sections().count(), Section::ALL.len() + 1);
        assert_eq!((last.number, last.section, last.rows), (LATER, None, 0));
        let start = to_index(last.offset);
        assert_eq!(&bytes[start..start + to_index(last.bytes)], CONTENT);
        assert_eq!(to_index(image.seal_bytes()), SEAL.len());
        assert_eq!((image.counts().people, image.people().count()), (1, 1));
    }

    /// Of nobody there are the starts of lists, and nothing else.
    #[test]
    fn bytes_of_nobody() {
        let directory = Directory::from_json(br#"{ "version": 1 }"#).unwrap();
        let issue = Issue::at(Timestamp::from_millis(0));
        let bytes = directory.freeze(&Slice::Everything, &issue).unwrap();
        let spent = Image::open(&bytes).unwrap().people_bytes();
        assert_eq!((spent.people, spent.grants), (0, 0));
        assert_eq!(spent.total(), spent.index + spent.lists);
        // Seven lists without owners and one with one: two words each at the head, then the starts.
        assert_eq!(spent.lists, 4 * (8 * 2 + 7 + 2));
    }
}
