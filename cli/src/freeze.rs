//! `freeze`: from an estate to an image.

use std::ffi::OsString;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use vestibule::{IdRef, Image, Issue, Slice, Timestamp};

use crate::args::{FreezeArgs, SliceArgs};
use crate::estate;
use crate::failure::{Failure, Outcome};
use crate::image::slice_words;
use crate::output::Out;
use crate::question::flag_failure;
use crate::text::{hex, quoted, safe};

/// Freezes, writes, and says what was written.
pub fn run(args: &FreezeArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let source = args.policy.source.needs_estate("freeze")?;
    let slice = args.slice.slice()?;
    let directory = estate::load(source)?;
    let bytes = directory.freeze(&slice, &issue(args)).map_err(|error| {
        let name = source.name();
        Failure::Input(format!("{name}: {error}"))
    })?;
    let name = safe(&args.out.to_string_lossy()).into_owned();
    let image = Image::open(&bytes)
        .map_err(|error| Failure::Input(format!("{name}: not written: {error}")))?;
    replace(&args.out, &bytes)
        .map_err(|error| Failure::Input(format!("{name}: cannot be written: {error}")))?;
    let written = Written::new(&name, &bytes, &image);
    if args.policy.json {
        out.json(&written)?;
    } else {
        out.line(format_args!("{}", written.words(&image)))?;
    }
    Ok(Outcome::Yes)
}

impl SliceArgs {
    fn slice(&self) -> Result<Slice<'_>, Failure> {
        match (&self.integration, &self.person) {
            (Some(id), _) => Ok(Slice::Integration(parse("--integration", id)?)),
            (None, Some(id)) => Ok(Slice::Person(parse("--person", id)?)),
            (None, None) => Ok(Slice::Everything),
        }
    }
}

fn parse<'a>(flag: &str, text: &'a str) -> Result<IdRef<'a>, Failure> {
    IdRef::parse(text)
        .map_err(|error| flag_failure(&format!("{flag}: found {}: {error}", quoted(text))))
}

fn issue(args: &FreezeArgs) -> Issue {
    let issue = Issue::at(args.issued_at);
    let issue = args.fresh_for.map_or(issue, |limit| issue.fresh_for(limit.0));
    args.max_stale.map_or(issue, |limit| issue.max_stale(limit.0))
}

/// What was written, for programs.
#[derive(Serialize)]
struct Written<'a> {
    file: &'a str,
    bytes: usize,
    people: u32,
    slice: &'static str,
    subject: Option<IdRef<'a>>,
    revision: u64,
    issued_at: Timestamp,
    digest: String,
}

impl<'a> Written<'a> {
    fn new(file: &'a str, bytes: &[u8], image: &Image<'a>) -> Self {
        Self {
            file,
            bytes: bytes.len(),
            people: image.counts().people,
            slice: image.slice().as_str(),
            subject: image.subject(),
            revision: image.revision(),
            issued_at: image.issued_at(),
            digest: hex(&image.digest()),
        }
    }

    fn words(&self, image: &Image<'_>) -> String {
        let Self { file, bytes, people, revision, digest, .. } = self;
        let who = if *people == 1 { "person" } else { "people" };
        let slice = slice_words(image);
        format!(
            "{file}: {bytes} bytes, {people} {who}, {slice}, revision {revision}, digest {digest}"
        )
    }
}

/// Writes a file beside the one that is there, and puts it in its place when all of it is on the disk: nobody
/// reads half an image.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = beside(path)?;
    let written = write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // The fault is of more interest than what is left of the attempt.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // What a killed run of the same number left. Whatever else may be in the way is not written through.
    let _ = std::fs::remove_file(path);
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A name beside a file: of this process, so that two that freeze at once do not write into one.
fn beside(path: &Path) -> std::io::Result<PathBuf> {
    let name = path.file_name().filter(|_| !path.is_dir());
    let name = name.ok_or(std::io::ErrorKind::IsADirectory)?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.part", std::process::id()));
    Ok(path.with_file_name(hidden))
}
