//! A tape that is being written.

use std::collections::BTreeMap;

/// What a record is. The numbers are those of `bindings-c/tests/player/player.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The last record: how many were before it.
    End = 0,
    /// An image and its header: `images.rs`.
    Image = 1,
    /// How fresh the image is at an instant: `images.rs`.
    Freshness = 2,
    /// The image, changed, and what opening it says: `damage.rs`.
    Damaged = 3,
    /// A question to the image: `questions.rs`.
    Decision = 4,
    /// A list of handles: `questions.rs`.
    List = 5,
    /// The directory of a lobby: `questions.rs`.
    Lobby = 6,
    /// A text that may be an id: `ids.rs`.
    Id = 7,
    /// An estate that is loaded, or refused: `directories.rs`.
    Load = 8,
    /// A command, prepared, applied and executed: `steps.rs`.
    Command = 9,
    /// A query: `steps.rs`.
    Query = 10,
    /// A question to the directory, and its explanation: `directories.rs`.
    DirectoryDecision = 11,
    /// A list of the directory: `directories.rs`.
    DirectoryList = 12,
    /// The estate, written and loaded again: `directories.rs`.
    Reload = 13,
    /// An image, made: `directories.rs`.
    Freeze = 14,
    /// What there is to ask for: `host.rs`.
    Names = 15,
    /// An explanation of an image: `directories.rs`.
    Explain = 16,
    /// A change that may not fit: `steps.rs`.
    Apply = 17,
}

const MAGIC: &[u8; 8] = b"VSTAPE1\n";

/// A tape so far.
pub struct Tape {
    bytes: Vec<u8>,
    counts: BTreeMap<Kind, u32>,
}

impl Tape {
    pub fn new() -> Self {
        Self { bytes: MAGIC.to_vec(), counts: BTreeMap::new() }
    }

    /// Adds a record.
    pub fn add(&mut self, kind: Kind, name: &str, fields: Fields) {
        let head = Fields::new().u32(kind as u32).text(name);
        let length = size(head.0.len() + fields.0.len());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(head.0);
        self.bytes.extend(fields.0);
        *self.counts.entry(kind).or_default() += 1;
    }

    pub fn count(&self, kind: Kind) -> u32 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// How many records of each kind, and how long all are together.
    pub fn summary(&self) -> String {
        let counts: Vec<String> =
            self.counts.iter().map(|(kind, count)| format!("{kind:?} {count}")).collect();
        format!("{}, {} bytes", counts.join(", "), self.bytes.len())
    }

    pub fn finish(mut self) -> Vec<u8> {
        let records = self.counts.values().sum();
        self.add(Kind::End, "end", Fields::new().u32(records));
        self.bytes
    }
}

/// The fields of a record, in order.
#[derive(Clone, Default)]
pub struct Fields(Vec<u8>);

impl Fields {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn u32(mut self, number: u32) -> Self {
        self.0.extend(number.to_le_bytes());
        self
    }

    pub fn u64(mut self, number: u64) -> Self {
        self.0.extend(number.to_le_bytes());
        self
    }

    pub fn i64(self, number: i64) -> Self {
        self.u64(number.cast_unsigned())
    }

    pub fn status(self, status: vestibule_c::vestibule_status) -> Self {
        self.u32(status.cast_unsigned())
    }

    pub fn bytes(self, bytes: &[u8]) -> Self {
        let mut fields = self.u32(size(bytes.len()));
        fields.0.extend(bytes);
        fields
    }

    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    pub fn texts(self, texts: &[String]) -> Self {
        let fields = self.u32(size(texts.len()));
        texts.iter().fold(fields, |fields, text| fields.text(text))
    }

    /// Fields that were put together elsewhere.
    pub fn with(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }
}

/// A length as the tape has it.
pub fn size(length: usize) -> u32 {
    u32::try_from(length).expect("nothing on a tape is longer than 4 GiB")
}
