//! Pages by a keyset cursor: the next page begins after the last item's key, whatever changed meanwhile [C-18, C-19].

use alloc::string::String;
use alloc::vec::Vec;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use crate::limits::{DEFAULT_PAGE_LIMIT, MAX_PAGE_LIMIT};

/// Layout of a cursor: version, fingerprint of the list, revision, key of the last item, checksum of all before.
const CURSOR_VERSION: u8 = 1;
const HEADER_BYTES: usize = 17;
const CHECKSUM_BYTES: usize = 8;
const MAX_CURSOR_CHARS: usize = 2048;

/// Which page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest<'a> {
    limit: u32,
    cursor: Option<&'a str>,
}

/// Why a page cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// A limit below 1 [C-18].
    #[error("`limit` is {limit}, expected a number from 1 up; over 200 means 200")]
    Limit {
        /// The limit asked for.
        limit: i64,
    },
    /// A cursor that is damaged, or of another list [C-19].
    #[error(
        "`cursor` is damaged or belongs to another list, expected one that a page of this list gave"
    )]
    InvalidCursor,
}

impl<'a> PageRequest<'a> {
    /// A page of at most `limit` items (default 50, more than 200 means 200), after the one that gave `cursor`.
    ///
    /// # Errors
    ///
    /// [`PageError::Limit`] when the limit is 0 or negative.
    pub fn new(limit: Option<i64>, cursor: Option<&'a str>) -> Result<Self, PageError> {
        let limit = match limit {
            None => DEFAULT_PAGE_LIMIT,
            Some(limit @ ..=0) => return Err(PageError::Limit { limit }),
            Some(limit) => u32::try_from(limit).unwrap_or(MAX_PAGE_LIMIT).min(MAX_PAGE_LIMIT),
        };
        Ok(Self { limit, cursor })
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The items, at most `limit`.
    pub items: Vec<T>,
    /// The limit used.
    pub limit: u32,
    /// The cursor of the next page; none after the last item.
    pub next: Option<String>,
}

/// Takes a page out of a list. `key` gives bytes that are ordered as the list is, and differ for every item;
/// `fingerprint` is that of the list's name and arguments.
pub(super) fn paginate<T>(
    items: impl Iterator<Item = T>,
    key: impl Fn(&T) -> Vec<u8>,
    fingerprint: u64,
    revision: u64,
    request: &PageRequest<'_>,
) -> Result<Page<T>, PageError> {
    let after = match request.cursor {
        None => None,
        Some(cursor) => Some(read_cursor(cursor, fingerprint).ok_or(PageError::InvalidCursor)?),
    };
    let mut items =
        items.skip_while(|item| after.as_ref().is_some_and(|after| key(item) <= *after));
    let limit = usize::try_from(request.limit).unwrap_or(usize::MAX);
    let page: Vec<T> = items.by_ref().take(limit).collect();
    let next = match (page.last(), items.next()) {
        (Some(last), Some(_)) => Some(write_cursor(&key(last), fingerprint, revision)),
        _ => None,
    };
    Ok(Page { items: page, limit: request.limit, next })
}

fn write_cursor(key: &[u8], fingerprint: u64, revision: u64) -> String {
    let mut bytes = alloc::vec![CURSOR_VERSION];
    bytes.extend(fingerprint.to_le_bytes());
    bytes.extend(revision.to_le_bytes());
    bytes.extend(key);
    bytes.extend(crate::hash::bytes(&bytes).to_le_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The key in a cursor. Its revision is for information: paging goes on after a change.
fn read_cursor(cursor: &str, fingerprint: u64) -> Option<Vec<u8>> {
    if cursor.len() > MAX_CURSOR_CHARS {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (content, checksum) = bytes.split_last_chunk::<CHECKSUM_BYTES>()?;
    let (header, key) = content.split_at_checked(HEADER_BYTES)?;
    let (version, numbers) = header.split_first()?;
    let is_ours = *version == CURSOR_VERSION
        && numbers.starts_with(&fingerprint.to_le_bytes())
        && crate::hash::bytes(content).to_le_bytes() == *checksum;
    is_ours.then(|| key.to_vec())
}
