//! The ids and aliases of one kind of entity, found by hash.

use crate::facts::to_index;
use zerocopy::IntoBytes;
use zerocopy::little_endian::U32;

use super::text::Texts;
use crate::id::{IdForm, IdRef};

/// Words of the index before the aliases.
pub(crate) const INDEX_WORDS: usize = 6;
/// Words of an alias: four of the id, and a handle.
pub(crate) const ALIAS_WORDS: usize = 5;
const ID_BYTES: usize = 16;
/// The bits of an entry that are a position.
pub(crate) const POSITION: u32 = 0x00ff_ffff;
/// Entries in a bucket on average, at most; buckets are a power of two.
pub(crate) const BUCKET_ENTRIES: u32 = 4;

/// The rows of a kind, each beginning with its id, and their index.
#[derive(Clone, Copy)]
pub(crate) struct Ids<'a> {
    pub(crate) rows: &'a [u8],
    /// Bytes of a row.
    pub(crate) stride: usize,
    pub(crate) index: &'a [U32],
    pub(crate) texts: Texts<'a>,
}

/// The numbers at the beginning of an index.
#[derive(Clone, Copy)]
pub(crate) struct IndexHead {
    pub(crate) ulids: u32,
    pub(crate) uuids: u32,
    pub(crate) aliases: u32,
    pub(crate) alias_ulids: u32,
    pub(crate) alias_uuids: u32,
    pub(crate) buckets: u32,
}

impl IndexHead {
    /// All zero where there is no index; a number of no buckets finds nothing.
    #[inline]
    pub(crate) fn of(index: &[U32]) -> Self {
        let words = index.first_chunk::<INDEX_WORDS>().map(|words| words.map(U32::get));
        let [ulids, uuids, aliases, alias_ulids, alias_uuids, buckets] = words.unwrap_or_default();
        Self { ulids, uuids, aliases, alias_ulids, alias_uuids, buckets }
    }

    /// The word at which the starts of the buckets begin.
    #[inline]
    pub(crate) fn starts(&self) -> usize {
        to_index(self.aliases).saturating_mul(ALIAS_WORDS).saturating_add(INDEX_WORDS)
    }

    /// The word at which the entries begin.
    #[inline]
    pub(crate) fn entries(&self) -> usize {
        self.starts().saturating_add(to_index(self.buckets)).saturating_add(1)
    }

    /// The bucket of a hash. Buckets are a power of two.
    #[inline]
    pub(crate) const fn bucket(&self, hash: u64) -> u64 {
        let bits = self.buckets.trailing_zeros();
        match hash.checked_shr(u64::BITS.saturating_sub(bits)) {
            Some(bucket) => bucket,
            None => 0,
        }
    }
}

/// An entry of the index: a position, and a part of the hash that spares most looks at rows.
#[inline]
pub(crate) const fn fingerprint(hash: u64) -> u32 {
    let [lowest, ..] = hash.to_le_bytes();
    (lowest as u32) << 24
}

impl<'a> Ids<'a> {
    /// The handle of an id or alias. O(entries of its bucket), four on average.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[cfg_attr(feature = "compact", inline(never))]
    pub(crate) fn find(&self, id: &IdRef<'_>) -> Option<u32> {
        let hash = crate::hash::id(id);
        let (start, end) = self.bucket(hash)?;
        if let (Some(bytes), Some(entries)) = (id.sixteen(), self.index.get(start..)) {
            let position =
                entries.first_chunk().and_then(|first| first_with(first, fingerprint(hash)));
            let row = position.and_then(|position| self.row_id(position));
            let is_it = row.is_some_and(|row| is_same(row, bytes));
            if is_it && position.is_some_and(|position| self.form(position) == id.form()) {
                return position;
            }
        }
        self.find_other(self.index.get(start..end)?, hash, id)
    }

    /// Where the entries of the bucket of a hash begin and end.
    #[inline]
    fn bucket(&self, hash: u64) -> Option<(usize, usize)> {
        let head = IndexHead::of(self.index);
        let bucket = usize::try_from(head.bucket(hash)).ok()?;
        let [start, end] = *self.index.get(head.starts().wrapping_add(bucket)..)?.first_chunk()?;
        let first = head.entries();
        Some((first.wrapping_add(to_index(start.get())), first.wrapping_add(to_index(end.get()))))
    }

    /// A name, an alias, one of those that share a part of their hash, or one that lies at the end of the index.
    #[cold]
    #[inline(never)]
    fn find_other(&self, bucket: &[U32], hash: u64, id: &IdRef<'_>) -> Option<u32> {
        let entries = bucket.iter().map(|entry| entry.get() ^ fingerprint(hash));
        entries.filter(|entry| *entry <= POSITION).find_map(|position| self.is(position, id))
    }

    /// The handle at a position among rows and aliases, if its id is this one.
    fn is(&self, position: u32, id: &IdRef<'_>) -> Option<u32> {
        if let Some(bytes) = self.row_id(position) {
            return self.same(self.form(position), bytes, id).then_some(position);
        }
        let alias = position.checked_sub(self.len())?;
        let (bytes, handle) = self.alias(alias)?;
        let head = IndexHead::of(self.index);
        let form = form_of(alias, head.alias_ulids, head.alias_uuids);
        self.same(form, bytes, id).then_some(handle)
    }

    /// The form of the id of a row.
    fn form(&self, position: u32) -> IdForm {
        let head = IndexHead::of(self.index);
        form_of(position, head.ulids, head.uuids)
    }

    #[inline]
    fn same(&self, form: IdForm, bytes: &[u8; ID_BYTES], id: &IdRef<'_>) -> bool {
        if form != id.form() {
            return false;
        }
        match id.sixteen() {
            Some(sixteen) => is_same(sixteen, bytes),
            None => self.name(bytes).map(str::as_bytes) == Some(id.as_bytes()),
        }
    }

    /// How many rows there are.
    #[inline]
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.rows.len().checked_div(self.stride).unwrap_or(0)).unwrap_or(u32::MAX)
    }

    /// The 16 bytes at the beginning of a row.
    #[inline]
    pub(crate) fn row_id(&self, position: u32) -> Option<&'a [u8; ID_BYTES]> {
        // A position has 24 bits, and a row less than 256 bytes.
        let start = to_index(position).wrapping_mul(self.stride);
        self.rows.get(start..)?.first_chunk()
    }

    /// The 16 bytes of an alias, and whose it is.
    pub(crate) fn alias(&self, alias: u32) -> Option<(&'a [u8; ID_BYTES], u32)> {
        if alias >= IndexHead::of(self.index).aliases {
            return None;
        }
        let at = to_index(alias).checked_mul(ALIAS_WORDS)?.checked_add(INDEX_WORDS)?;
        let row = self.index.get(at..at.checked_add(ALIAS_WORDS)?)?;
        let (handle, id) = row.split_last()?;
        Some((id.as_bytes().first_chunk()?, handle.get()))
    }

    /// The text of a name.
    #[cfg_attr(not(feature = "compact"), inline)]
    #[cfg_attr(feature = "compact", inline(never))]
    pub(crate) fn name(&self, bytes: &[u8; ID_BYTES]) -> Option<&'a str> {
        let (start, rest) = bytes.split_first_chunk::<4>()?;
        let (length, _) = rest.split_first_chunk::<4>()?;
        self.texts.span(u32::from_le_bytes(*start), u32::from_le_bytes(*length))
    }

    /// The id of a row.
    pub(crate) fn id(&self, position: u32) -> Option<IdRef<'a>> {
        self.read(self.form(position), self.row_id(position)?)
    }

    /// The id of these bytes.
    pub(crate) fn read(&self, form: IdForm, bytes: &'a [u8; ID_BYTES]) -> Option<IdRef<'a>> {
        match form {
            IdForm::Ulid => Some(IdRef::from_ulid_bytes(*bytes)),
            IdForm::Uuid => Some(IdRef::from_uuid_bytes(*bytes)),
            IdForm::Name => IdRef::parse(self.name(bytes)?).ok(),
        }
    }
}

/// Compared as numbers, which are a few words; small code would call for a comparison byte by byte.
#[inline]
fn is_same(a: &[u8; ID_BYTES], b: &[u8; ID_BYTES]) -> bool {
    u128::from_ne_bytes(*a) == u128::from_ne_bytes(*b)
}

/// Entries looked at together.
const WINDOW: usize = 8;

/// The position of the first of some entries that have a part of a hash. Without a branch: which of them it is cannot be
/// guessed. Those of later buckets among them do no harm.
#[inline]
fn first_with(entries: &[U32; WINDOW], fingerprint: u32) -> Option<u32> {
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = LOWEST << 7;
    let [.., wanted] = fingerprint.to_le_bytes();
    let parts = entries.map(|entry| {
        let [.., part] = entry.get().to_le_bytes();
        part
    });
    let differs = u64::from_le_bytes(parts) ^ LOWEST.wrapping_mul(u64::from(wanted));
    let same = differs.wrapping_sub(LOWEST) & !differs & HIGHEST;
    let first = usize::try_from(same.trailing_zeros() / u8::BITS).ok()?;
    entries.get(first).map(|entry| entry.get() & POSITION)
}

/// The form of the id at a position, where ULIDs and UUIDs come first.
#[inline]
pub(crate) const fn form_of(position: u32, ulids: u32, uuids: u32) -> IdForm {
    if position < ulids {
        IdForm::Ulid
    } else if position < ulids.saturating_add(uuids) {
        IdForm::Uuid
    } else {
        IdForm::Name
    }
}
