//! The index of a kind: ids and aliases by hash.

use alloc::vec::Vec;

use zerocopy::little_endian::U32;

use super::csr::Csr;
use crate::id::{IdForm, IdRef};
use crate::image::ids::{ALIAS_WORDS, BUCKET_ENTRIES, IndexHead, fingerprint};

/// An alias, its 16 bytes, and the handle it is another name of.
pub(crate) struct Alias<'a> {
    pub(crate) id: IdRef<'a>,
    pub(crate) bytes: [u8; 16],
    pub(crate) handle: u32,
}

/// How many ids of one form there are.
fn count(ids: &[IdRef<'_>], form: IdForm) -> u32 {
    let found = ids.iter().filter(|id| id.form() == form).count();
    u32::try_from(found).unwrap_or(u32::MAX)
}

/// The words of an index. Both come in the order of ids.
pub(crate) fn write_index(ids: &[IdRef<'_>], aliases: &[Alias<'_>]) -> Vec<U32> {
    let alias_ids: Vec<IdRef<'_>> = aliases.iter().map(|alias| alias.id).collect();
    let all = ids.len().saturating_add(aliases.len());
    let entries = u32::try_from(all).unwrap_or(u32::MAX);
    let head = IndexHead {
        ulids: count(ids, IdForm::Ulid),
        uuids: count(ids, IdForm::Uuid),
        aliases: u32::try_from(aliases.len()).unwrap_or(u32::MAX),
        alias_ulids: count(&alias_ids, IdForm::Ulid),
        alias_uuids: count(&alias_ids, IdForm::Uuid),
        buckets: entries.div_ceil(BUCKET_ENTRIES).max(1).next_power_of_two(),
    };
    let hashes: Vec<u64> = ids.iter().chain(&alias_ids).map(crate::hash::id).collect();
    let buckets = usize::try_from(head.buckets).unwrap_or(usize::MAX);
    let grouped = Csr::group(buckets, || {
        hashes.iter().zip(0_u32..).map(|(hash, position)| {
            let bucket = u32::try_from(head.bucket(*hash)).unwrap_or(u32::MAX);
            (bucket, position | fingerprint(*hash))
        })
    });
    let mut words = Vec::with_capacity(
        all.saturating_add(buckets).saturating_add(aliases.len().saturating_mul(ALIAS_WORDS)),
    );
    words.extend([head.ulids, head.uuids, head.aliases, head.alias_ulids, head.alias_uuids]);
    words.push(head.buckets);
    for alias in aliases {
        let (chunks, _) = alias.bytes.as_chunks::<4>();
        words.extend(chunks.iter().map(|chunk| u32::from_le_bytes(*chunk)));
        words.push(alias.handle);
    }
    words.extend(grouped.starts);
    words.extend(grouped.items);
    words.into_iter().map(U32::new).collect()
}
