//! The text of an image.

use super::layout::TextRef;

/// All text; references were looked at when the image was opened.
#[derive(Clone, Copy)]
pub(crate) struct Texts<'a>(pub(crate) &'a str);

impl<'a> Texts<'a> {
    /// None for a reference that is outside, or ends inside a character.
    #[inline]
    pub(crate) fn get(self, text: TextRef) -> Option<&'a str> {
        self.span(text.start.get(), u32::from(text.length.get()))
    }

    #[cfg_attr(not(feature = "compact"), inline)]
    #[cfg_attr(feature = "compact", inline(never))]
    pub(crate) fn span(self, start: u32, length: u32) -> Option<&'a str> {
        let start = usize::try_from(start).ok()?;
        let length = usize::try_from(length).ok()?;
        self.0.get(start..start.checked_add(length)?)
    }
}
