//! Standard output: buffered, and quiet when nobody reads it.

use core::fmt;
use std::io::{BufWriter, ErrorKind, StdoutLock, Write};

use serde::Serialize;

use crate::failure::Failure;
use crate::text::{safe_json, safe_lines};

const BUFFER_BYTES: usize = 64 * 1024;

/// Standard output of this process.
pub struct Out {
    writer: BufWriter<StdoutLock<'static>>,
}

impl Out {
    /// Takes standard output for as long as the process runs.
    pub fn new() -> Self {
        Self { writer: BufWriter::with_capacity(BUFFER_BYTES, std::io::stdout().lock()) }
    }

    /// Writes text for people: control and bidirectional characters but line ends are escaped.
    pub fn line(&mut self, text: fmt::Arguments<'_>) -> Result<(), Failure> {
        let text =
            text.as_str().map_or_else(|| text.to_string().into(), std::borrow::Cow::Borrowed);
        self.raw(&safe_lines(&text))?;
        self.raw("\n")
    }

    /// Writes one line of JSON.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let json = serde_json::to_string(value)
            .map_err(|error| Failure::Input(format!("standard output: {error}")))?;
        self.raw(&safe_json(&json))?;
        self.raw("\n")
    }

    /// Writes text that is known to be safe.
    pub fn raw(&mut self, text: &str) -> Result<(), Failure> {
        self.writer.write_all(text.as_bytes()).map_err(|error| failure(&error))
    }

    /// Hands everything written so far to the reader.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.writer.flush().map_err(|error| failure(&error))
    }
}

fn failure(error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::Closed,
        _ => Failure::Input(format!("standard output: {error}")),
    }
}
