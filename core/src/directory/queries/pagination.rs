//! Both ways in which callers page through a list, over the one cursor [3-14, C-18, C-19].

use alloc::string::String;
use alloc::vec::Vec;

use super::page::{PageError, PageRequest, paginate};
use super::query::Pagination;
use crate::directory::commands::OrganisationError;

/// A part of a list.
pub(super) struct Part<T> {
    pub(super) items: Vec<T>,
    /// How many the whole list has.
    pub(super) total: usize,
    /// The limit used.
    pub(super) limit: u32,
    /// None after the last item.
    pub(super) next_cursor: Option<String>,
}

/// A list, and what a cursor of it holds.
pub(super) struct Whole<T, K> {
    /// All that the caller may list: a cursor only says where to go on, so that it never widens this.
    pub(super) items: Vec<T>,
    /// Bytes in the order of the list, different for every item.
    pub(super) key: K,
    /// The name of the list with its arguments; a cursor of another is refused.
    pub(super) fingerprint: u64,
    pub(super) revision: u64,
}

impl<T, K: Fn(&T) -> Vec<u8>> Whole<T, K> {
    /// The part that is asked for: after a cursor, or from an offset; a next cursor either way.
    pub(super) fn part(self, pagination: &Pagination) -> Result<Part<T>, OrganisationError> {
        let offset = offset_of(pagination)?;
        let request = PageRequest::new(pagination.limit, pagination.cursor.as_deref());
        let total = self.items.len();
        let rest = self.items.into_iter().skip(offset);
        let page = request.and_then(|request| {
            paginate(rest, self.key, self.fingerprint, self.revision, &request)
        });
        let page = page.map_err(refused)?;
        Ok(Part { items: page.items, total, limit: page.limit, next_cursor: page.next })
    }
}

fn offset_of(pagination: &Pagination) -> Result<usize, OrganisationError> {
    let Some(offset) = pagination.offset else { return Ok(0) };
    if offset < 0 {
        return Err(OrganisationError::Offset { offset });
    }
    if pagination.cursor.is_some() {
        return Err(OrganisationError::CursorAndOffset);
    }
    Ok(usize::try_from(offset).unwrap_or(usize::MAX))
}

fn refused(error: PageError) -> OrganisationError {
    match error {
        PageError::Limit { limit } => OrganisationError::Limit { limit },
        PageError::InvalidCursor => OrganisationError::InvalidCursor,
    }
}
