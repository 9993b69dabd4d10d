//! The section `text`: each different text once, in the order in which it is first asked for.

use crate::facts::to_index;
use alloc::string::String;

use hashbrown::HashTable;
use zerocopy::little_endian::{U16, U32};

use crate::id::IdRef;
use crate::image::layout::TextRef;

/// All text so far.
#[derive(Default)]
pub(crate) struct TextPool {
    text: String,
    known: HashTable<(u32, u16)>,
    is_full: bool,
}

impl TextPool {
    /// The place of a text, which is put there if it is new. Texts of the estate are short [C-13].
    pub(crate) fn intern(&mut self, text: &str) -> TextRef {
        if text.is_empty() {
            return TextRef::default();
        }
        let Self { text: all, known, .. } = self;
        let at = |place: &(u32, u16)| {
            let start = to_index(place.0);
            all.get(start..start.saturating_add(usize::from(place.1))).unwrap_or_default()
        };
        let hash = crate::hash::bytes(text.as_bytes());
        if let Some((start, length)) = known.find(hash, |place| at(place) == text) {
            return TextRef { start: U32::new(*start), length: U16::new(*length) };
        }
        let place = u32::try_from(all.len()).ok().zip(u16::try_from(text.len()).ok());
        let Some((start, length)) = place else {
            self.is_full = true;
            return TextRef::default();
        };
        known
            .insert_unique(hash, (start, length), |place| crate::hash::bytes(at(place).as_bytes()));
        self.text.push_str(text);
        TextRef { start: U32::new(start), length: U16::new(length) }
    }

    /// The 16 bytes of an id.
    pub(crate) fn id(&mut self, id: &IdRef<'_>) -> [u8; 16] {
        if let Some(bytes) = id.sixteen() {
            return *bytes;
        }
        let place = id.with_text(|text| self.intern(text));
        let length = u128::from(place.length.get());
        (u128::from(place.start.get()) | length << 32).to_le_bytes()
    }

    /// All text; none when there was too much of it.
    pub(crate) fn finish(self) -> Option<String> {
        (!self.is_full).then_some(self.text)
    }
}
