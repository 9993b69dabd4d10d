//! Why bytes are not an image.

use super::section::Section;

/// What is wrong with bytes that are no image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageFault {
    /// Fewer bytes than the header, or another number than the header says.
    Length,
    /// The first bytes are not those of an image.
    Magic,
    /// Written for readers of a higher version.
    Version,
    /// The digest is not that of the bytes: damaged on the way, or in flash.
    Digest,
    /// A field of the header, or the section table, that cannot be.
    Header,
    /// A section that this reader does not know and must not skip.
    UnknownSection,
    /// A section that a reader needs is not there.
    MissingSection,
    /// The length of a section does not fit its rows.
    SectionLength,
    /// A text that is not UTF-8 or ends outside the text or inside a character.
    Text,
    /// An id that cannot be, or stands out of order.
    Id,
    /// A hash table that does not lead to what it should.
    Index,
    /// A number that names nothing, or nothing that can be there.
    Handle,
    /// A bit, number or word that means nothing.
    Value,
    /// Rows out of their order.
    Order,
    /// The tree of organisations does not hold together.
    Tree,
    /// A list that lacks something, or has something that is not elsewhere.
    List,
}

impl ImageFault {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Magic => "magic",
            Self::Version => "version",
            Self::Digest => "digest",
            Self::Header => "header",
            Self::UnknownSection => "unknown_section",
            Self::MissingSection => "missing_section",
            Self::SectionLength => "section_length",
            Self::Text => "text",
            Self::Id => "id",
            Self::Index => "index",
            Self::Handle => "handle",
            Self::Value => "value",
            Self::Order => "order",
            Self::Tree => "tree",
            Self::List => "list",
        }
    }

    pub(crate) const fn expected(self) -> &'static str {
        match self {
            Self::Length => "as many bytes as the header says, and at least a header",
            Self::Magic => "the first bytes of an image",
            Self::Version => "an image for readers of version 1",
            Self::Digest => "the SHA-256 of the image: it is damaged",
            Self::Header => "a header and section table of version 1",
            Self::UnknownSection => "only required sections of version 1",
            Self::MissingSection => "all sections of version 1",
            Self::SectionLength => "a whole number of rows, as many as go with the other sections",
            Self::Text => "UTF-8 within the section `text`",
            Self::Id => "an id, in the order of ids",
            Self::Index => "the entry of each id in its place",
            Self::Handle => "the number of a row that may be there",
            Self::Value => "a value of version 1",
            Self::Order => "rows in their order, each once",
            Self::Tree => "organisations in preorder below their parents",
            Self::List => "all that belongs into the list, in order",
        }
    }
}

/// Why bytes are not an image, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageError {
    fault: ImageFault,
    section: Option<Section>,
    offset: usize,
}

impl ImageError {
    pub(crate) const fn new(fault: ImageFault, section: Option<Section>, offset: usize) -> Self {
        Self { fault, section, offset }
    }

    /// What is wrong.
    #[must_use]
    pub const fn fault(&self) -> ImageFault {
        self.fault
    }

    /// In which section; none in header and section table.
    #[must_use]
    pub const fn section(&self) -> Option<Section> {
        self.section
    }

    /// Where, in bytes from the beginning of the image: of the row or field at fault.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl core::error::Error for ImageError {}
