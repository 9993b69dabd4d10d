//! Reading an image.

use vestibule::{Image, ImageFault, SliceKind};

use crate::failure::Failure;
use crate::input::{Input, Source};
use crate::progress::Progress;

/// Largest image, in bytes (format.md).
const MAX_IMAGE_BYTES: usize = u32::MAX as usize;
/// From so many bytes on it can be told whether they begin an image.
const HEADER_BYTES: usize = 96;

/// The bytes of an image, not looked at yet.
pub struct ImageFile {
    name: String,
    bytes: Vec<u8>,
}

impl ImageFile {
    /// Reads it. What does not begin like an image is refused before the rest is read.
    pub fn read(source: &Source) -> Result<Self, Failure> {
        let input = source.open()?;
        let name = input.name().to_owned();
        let _progress = Progress::spinner(format!("reading {name}"));
        let bytes = input.read_whole(MAX_IMAGE_BYTES, begins_image)?;
        Ok(Self { name, bytes })
    }

    /// The name for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The size in bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Opens it, and so looks at all of it.
    pub fn open(&self) -> Result<Image<'_>, Failure> {
        Image::open(&self.bytes).map_err(|error| Failure::Input(format!("{}: {error}", self.name)))
    }
}

fn begins_image(input: &Input, content: &[u8]) -> Result<bool, Failure> {
    let Some(header) = content.get(..HEADER_BYTES) else { return Ok(false) };
    match Image::open(header) {
        Err(error) if error.fault() == ImageFault::Magic => {
            Err(Failure::Input(format!("{}: {error}", input.name())))
        }
        _ => Ok(true),
    }
}

/// What an image holds, in words: `everything`, `integration panel`, `person ana`.
pub fn slice_words(image: &Image<'_>) -> String {
    match (image.slice(), image.subject()) {
        (SliceKind::Everything, _) | (_, None) => image.slice().as_str().to_owned(),
        (slice, Some(subject)) => format!("{} {subject}", slice.as_str()),
    }
}
