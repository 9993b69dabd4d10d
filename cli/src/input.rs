//! Files and standard input: bounded, and never trusted.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::PathBuf;

use crate::failure::Failure;
use crate::text::safe;

/// Longest line of a request file, an expected file, or the pairs of `covers --lines`, in bytes. Longer
/// ones are refused without being read into memory.
pub const MAX_LINE_BYTES: usize = 64 * 1024;

const BUFFER_BYTES: usize = 64 * 1024;

/// Where input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard input, written `-`.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl From<&OsStr> for Source {
    fn from(text: &OsStr) -> Self {
        if text == "-" { Self::Stdin } else { Self::File(text.into()) }
    }
}

impl From<std::ffi::OsString> for Source {
    fn from(text: std::ffi::OsString) -> Self {
        text.as_os_str().into()
    }
}

impl Source {
    /// The name for messages.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => safe(&path.to_string_lossy()).into_owned(),
        }
    }

    /// Opens it.
    pub fn open(&self) -> Result<Input, Failure> {
        let name = self.name();
        match self {
            Self::Stdin => Ok(Input { name, reader: Box::new(std::io::stdin()), size: None }),
            Self::File(path) => {
                let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
                let (metadata, file) = opened.map_err(|error| cannot_read(&name, &error))?;
                if metadata.is_dir() {
                    return Err(Failure::Input(format!("{name}: a directory, expected a file")));
                }
                let size = metadata.is_file().then_some(metadata.len());
                Ok(Input { name, reader: Box::new(file), size })
            }
        }
    }
}

/// Something open for reading.
pub struct Input {
    name: String,
    reader: Box<dyn Read>,
    size: Option<u64>,
}

impl Input {
    /// The name for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The size in bytes, where it is known before reading.
    pub const fn size(&self) -> Option<u64> {
        self.size
    }

    /// Reads one JSON object of at most `max` bytes. What cannot be one by its size or its first
    /// character is refused before the rest is read.
    pub fn read_object(self, max: usize) -> Result<Vec<u8>, Failure> {
        self.read_whole(max, Self::begins_object)
    }

    /// Reads at most `max` bytes. `begins` sees the beginning: it refuses it, or says whether it has seen
    /// enough to read the rest.
    pub fn read_whole(
        mut self,
        max: usize,
        begins: impl Fn(&Self, &[u8]) -> Result<bool, Failure>,
    ) -> Result<Vec<u8>, Failure> {
        let too_long =
            |name: &str| Failure::Input(format!("{name}: too long, expected at most {max} bytes"));
        let size = self.size.map_or(0, |size| usize::try_from(size).unwrap_or(usize::MAX));
        if size > max {
            return Err(too_long(&self.name));
        }
        let mut content = Vec::new();
        let mut has_begun = false;
        loop {
            self.reserve(&mut content, BUFFER_BYTES)?;
            let mut part = self.reader.by_ref().take(BUFFER_BYTES as u64);
            let read = part.read_to_end(&mut content);
            if read.map_err(|error| cannot_read(&self.name, &error))? == 0 {
                return Ok(content);
            }
            if content.len() > max {
                return Err(too_long(&self.name));
            }
            if !has_begun && begins(&self, &content)? {
                has_begun = true;
                // Room for the end as well, so that the buffer of a large file never doubles.
                let rest = size.saturating_sub(content.len());
                self.reserve(&mut content, rest.saturating_add(BUFFER_BYTES))?;
            }
        }
    }

    fn reserve(&self, content: &mut Vec<u8>, more: usize) -> Result<(), Failure> {
        content
            .try_reserve(more)
            .map_err(|error| Failure::Input(format!("{}: too long for memory: {error}", self.name)))
    }

    /// Whether a `{` was seen; false as long as there is only white space.
    fn begins_object(&self, content: &[u8]) -> Result<bool, Failure> {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        match content.iter().position(|byte| !is_space(byte)) {
            None => Ok(false),
            Some(at) if content[at] == b'{' => Ok(true),
            Some(at) => {
                let found = match content[at] {
                    byte if byte.is_ascii_graphic() => format!("`{}`", char::from(byte)),
                    byte => format!("the byte 0x{byte:02x}"),
                };
                let line = content[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                Err(Failure::Input(format!(
                    "{}: $: syntax: found {found} at line {line} (byte {at}), expected one JSON \
                     object, which begins with `{{`",
                    self.name
                )))
            }
        }
    }

    /// Reads it line by line.
    pub fn lines(self) -> Lines {
        Lines {
            name: self.name,
            reader: BufReader::with_capacity(BUFFER_BYTES, self.reader),
            line: Vec::new(),
            number: 0,
        }
    }
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// Where in the line, from 1, if it is known.
    pub column: Option<usize>,
    /// What was found and what was expected.
    pub message: String,
}

impl LineFault {
    /// A fault of the line as a whole, or of a field that the message names.
    pub const fn new(message: String) -> Self {
        Self { column: None, message }
    }
}

/// What reading a line came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A line, to be had with [`Lines::bytes`].
    Line,
    /// A line longer than [`MAX_LINE_BYTES`]; its rest is still to be read.
    TooLong,
    /// No more lines.
    End,
}

/// The lines of an input; memory is bounded by [`MAX_LINE_BYTES`].
pub struct Lines {
    name: String,
    reader: BufReader<Box<dyn Read>>,
    line: Vec<u8>,
    number: u64,
}

impl Lines {
    /// Reads the next line. A last line needs no line end.
    pub fn advance(&mut self) -> Result<Step, Failure> {
        self.line.clear();
        let most = MAX_LINE_BYTES + 1;
        let read = self.reader.by_ref().take(most as u64).read_until(b'\n', &mut self.line);
        if read.map_err(|error| cannot_read(&self.name, &error))? == 0 {
            return Ok(Step::End);
        }
        self.number += 1;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if self.line.len() == most {
            return Ok(Step::TooLong);
        }
        Ok(Step::Line)
    }

    /// The line that was read last, without its end.
    pub fn bytes(&self) -> &[u8] {
        &self.line
    }

    /// Reads the rest of a line that was too long, and forgets it.
    pub fn skip_rest(&mut self) -> Result<(), Failure> {
        self.reader.skip_until(b'\n').map_err(|error| cannot_read(&self.name, &error))?;
        Ok(())
    }

    /// The number of the line that was read last, from 1.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The name of the input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A failure about the line that was read last.
    pub fn failure(&self, fault: &LineFault) -> Failure {
        let Self { name, number, .. } = self;
        let message = &fault.message;
        Failure::Input(match fault.column {
            Some(column) => format!("{name}:{number}:{column}: {message}"),
            None => format!("{name}:{number}: {message}"),
        })
    }

    /// The failure for a line that is too long.
    pub fn too_long(&self) -> Failure {
        self.failure(&LineFault::new(format!(
            "found a longer line, expected at most {MAX_LINE_BYTES} bytes"
        )))
    }

    /// Whether reading on may have to wait for whoever writes.
    pub fn may_wait(&self) -> bool {
        self.reader.buffer().is_empty()
    }
}

fn cannot_read(name: &str, error: &std::io::Error) -> Failure {
    let message = match error.kind() {
        ErrorKind::IsADirectory => "a directory, expected a file".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    Failure::Input(format!("{name}: {message}"))
}
