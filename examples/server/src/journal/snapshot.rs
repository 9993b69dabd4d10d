//! Snapshots: an estate with its digest, so that a start need not replay everything. The changes stay.
//!
//! They are files beside the journal and not rows in it: a large row would hold up every command that waits, and fill the
//! write-ahead log. A file is written by a thread of its own, and is there whole or not at all.

use core::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use vestibule::{Directory, Estate};

use super::{Journal, checksum};

/// Snapshots that are kept; older ones go when a new one is stored.
const KEPT: usize = 2;
const PREFIX: &str = "snapshot-";
const SUFFIX: &str = ".json";

/// A directory at a revision, as text, ready to be stored.
pub struct Snapshot {
    head: Head,
    estate: String,
}

/// The first line of a file; the estate is the second.
#[derive(Serialize, Deserialize)]
struct Head {
    revision: u64,
    digest: [u8; 32],
    checksum: [u8; 32],
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").field("revision", &self.head.revision).finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Takes one of a directory. O(size of the directory).
    ///
    /// # Errors
    ///
    /// When the estate cannot be written as JSON.
    pub fn of(directory: &Directory) -> Result<Self, serde_json::Error> {
        let (revision, digest) = (directory.revision(), directory.digest());
        let estate = serde_json::to_string(&directory.to_estate())?;
        let checksum = checksum(revision, estate.as_bytes());
        Ok(Self { head: Head { revision, digest, checksum }, estate })
    }

    /// Its size, in bytes.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.estate.len()
    }

    /// Stores it beside a journal, and drops all but the newest ones.
    ///
    /// # Errors
    ///
    /// When it cannot be written; the journal is complete without it.
    pub fn store(&self, journal: &Path) -> std::io::Result<()> {
        let directory = place(journal);
        let name = format!("{PREFIX}{:020}{SUFFIX}", self.head.revision);
        let (path, next) = (directory.join(&name), directory.join(format!("{name}.next")));
        let written = self.write(&next).and_then(|()| std::fs::rename(&next, &path));
        if written.is_err() {
            // Half a file only takes room that others need.
            let _not_there = std::fs::remove_file(&next);
        }
        written?;
        for old in stored(journal)?.into_iter().skip(KEPT) {
            std::fs::remove_file(old)?;
        }
        Ok(())
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        serde_json::to_writer(&mut file, &self.head)?;
        file.write_all(b"\n")?;
        file.write_all(self.estate.as_bytes())?;
        file.sync_all()
    }
}

impl Journal {
    /// The newest snapshot that is whole, as a directory; none where there is none. Damaged ones are passed over with a
    /// warning: the changes before them are still there.
    pub(super) fn newest_snapshot(&self) -> Option<Directory> {
        let files = stored(&self.path).unwrap_or_default();
        files.iter().find_map(|path| match load(path) {
            Ok(directory) => Some(directory),
            Err(cause) => {
                let file = path.display();
                tracing::warn!(%file, %cause, "a snapshot is damaged; an older one is used");
                None
            }
        })
    }

    /// What the snapshots say: revisions with their digests.
    pub(super) fn snapshot_digests(&self) -> Vec<(u64, [u8; 32])> {
        let files = stored(&self.path).unwrap_or_default();
        let heads = files.iter().filter_map(|path| read(path).ok());
        heads.map(|(head, _)| (head.revision, head.digest)).collect()
    }
}

fn place(journal: &Path) -> PathBuf {
    journal.parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The files of snapshots beside a journal, the newest first.
fn stored(journal: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(place(journal))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            files.push(path);
        }
    }
    // Revisions are written with as many digits, so names are in their order.
    files.sort_unstable_by(|a, b| b.cmp(a));
    Ok(files)
}

fn read(path: &Path) -> Result<(Head, String), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let (head, estate) = text.split_once('\n').ok_or("it ends early")?;
    let head: Head = serde_json::from_str(head).map_err(|error| error.to_string())?;
    if checksum(head.revision, estate.as_bytes()) != head.checksum {
        return Err("the checksum differs".into());
    }
    Ok((head, estate.to_owned()))
}

fn load(path: &Path) -> Result<Directory, String> {
    let (head, estate) = read(path)?;
    let estate = Estate::from_json(estate.as_bytes()).map_err(|faults| faults.to_string())?;
    let directory = Directory::new(estate).map_err(|faults| faults.to_string())?;
    if directory.digest() != head.digest || directory.revision() != head.revision {
        return Err("the digest or revision differs".into());
    }
    Ok(directory)
}
