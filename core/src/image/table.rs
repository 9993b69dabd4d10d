//! One kind of entity in an image.

use crate::facts::to_index;
use zerocopy::IntoBytes;
use zerocopy::little_endian::U32;

use super::ids::Ids;
use super::layout::Row;
use super::text::Texts;

/// The rows of a kind, by handle, and the index of their ids.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a, R> {
    pub(crate) rows: &'a [R],
    pub(crate) index: &'a [U32],
}

impl<'a, R: Row> Table<'a, R> {
    #[inline]
    pub(crate) fn get(&self, handle: u32) -> Option<&'a R> {
        self.rows.get(to_index(handle))
    }

    /// How many there are.
    #[inline]
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    #[inline]
    pub(crate) fn ids(&self, texts: Texts<'a>) -> Ids<'a> {
        Ids { rows: self.rows.as_bytes(), stride: size_of::<R>(), index: self.index, texts }
    }
}
