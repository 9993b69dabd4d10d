//! The writer: the only thread that changes anything.

use std::path::Path;
use std::sync::{Arc, RwLock, mpsc as outbox};
use std::thread::JoinHandle;

use tokio::sync::{mpsc, oneshot};
use vestibule::{Directory, HostEffect, Timestamp};

use super::EngineOptions;
use super::batch::{Apply, Batch};
use super::command::{EngineError, Waiting};
use crate::journal::{Finished, Journal, JournalError, Snapshot};

/// About the size of a change, in bytes. A snapshot is due when the changes since the latest one weigh as much as it does,
/// so that however large the directory is, no more is written for snapshots than for changes.
const CHANGE_BYTES: u64 = 256;

/// What the writer is asked to do.
#[derive(Debug)]
pub(super) enum Job {
    /// A command.
    Command(Box<Waiting>),
    /// Effects that were carried out.
    Finished(Vec<Finished>),
    /// To finish what waits, and stop.
    Stop(oneshot::Sender<()>),
}

pub(super) struct Writer {
    journal: Journal,
    ahead: Directory,
    visible: Arc<RwLock<Directory>>,
    queue: mpsc::Receiver<Job>,
    effects: outbox::Sender<Vec<HostEffect>>,
    options: EngineOptions,
    /// Another one only in tests.
    pub(super) apply: Apply,
    snapshot_at: u64,
    snapshot_every: u64,
    /// The thread that writes a snapshot, and gives its size.
    snapshot: Option<JoinHandle<u64>>,
    last: Timestamp,
}

impl Writer {
    pub(super) fn new(
        journal: Journal,
        ahead: Directory,
        visible: Arc<RwLock<Directory>>,
        queue: mpsc::Receiver<Job>,
        effects: outbox::Sender<Vec<HostEffect>>,
        options: EngineOptions,
    ) -> Self {
        let (snapshot_at, last) = (ahead.revision(), Timestamp::from_millis(0));
        let snapshot_every = options.snapshot_every;
        Self {
            journal,
            ahead,
            visible,
            queue,
            effects,
            options,
            apply: Directory::apply,
            snapshot_at,
            snapshot_every,
            snapshot: None,
            last,
        }
    }

    /// Hands effects to the outbox.
    pub(super) fn announce(&self, effects: Vec<HostEffect>) {
        if !effects.is_empty() {
            let _stopped = self.effects.send(effects);
        }
    }

    pub(super) fn run(mut self) {
        let mut stopped = None;
        while let Some(job) = self.queue.blocking_recv() {
            let mut waiting = Vec::new();
            self.take(job, &mut waiting, &mut stopped);
            while waiting.len() < self.options.batch
                && let Ok(job) = self.queue.try_recv()
            {
                self.take(job, &mut waiting, &mut stopped);
            }
            if !waiting.is_empty() {
                self.carry_out(waiting);
            }
            if stopped.is_some() && self.queue.is_empty() {
                break;
            }
        }
        self.finish();
        if let Some(stopped) = stopped {
            let _gone = stopped.send(());
        }
    }

    fn take(
        &mut self,
        job: Job,
        waiting: &mut Vec<Waiting>,
        stopped: &mut Option<oneshot::Sender<()>>,
    ) {
        match job {
            Job::Command(command) => waiting.push(*command),
            Job::Finished(finished) => {
                let stored = self.journal.finish(&finished);
                report(stored, "effects stay in the outbox and are carried out again");
            }
            Job::Stop(reply) => *stopped = Some(reply),
        }
    }

    fn carry_out(&mut self, waiting: Vec<Waiting>) {
        // Changes are in the order of their instants, whatever the clock does.
        self.last = self.last.max(crate::ids::now());
        let batch = match Batch::prepare(&mut self.ahead, waiting, self.last, self.apply) {
            Ok(batch) => batch,
            Err(replies) => {
                tracing::error!("a command failed inside; the directory is as it was");
                self.step_back();
                for reply in replies {
                    let _gone = reply.send(Err(EngineError::Broken));
                }
                return;
            }
        };
        let entries = batch.entries();
        if !entries.is_empty() {
            if let Err(error) = self.journal.append(&entries) {
                tracing::error!(code = error.code(), %error, "changes could not be stored");
                drop(entries);
                self.step_back();
                batch.fail(&unstored(&error));
                return;
            }
            self.show(&entries);
            let effects = entries.iter().flat_map(|entry| entry.effects).cloned().collect();
            self.announce(effects);
        }
        drop(entries);
        batch.answer();
        self.snapshot_when_due();
    }

    /// Makes stored changes visible.
    fn show(&self, entries: &[crate::journal::Entry<'_>]) {
        let Ok(mut visible) = self.visible.write() else { return };
        for entry in entries {
            if let Err(error) = visible.apply(entry.change) {
                tracing::error!(%error, "a stored change does not apply; the directory is copied");
                *visible = self.ahead.clone();
                return;
            }
        }
    }

    /// Forgets what was not stored.
    fn step_back(&mut self) {
        if let Ok(visible) = self.visible.read() {
            self.ahead = visible.clone();
        }
    }

    /// Copies the directory and lets another thread write it out, so that commands wait for the copy only.
    fn snapshot_when_due(&mut self) {
        let changes = self.ahead.revision().saturating_sub(self.snapshot_at);
        if changes < self.snapshot_every {
            return;
        }
        match self.snapshot.take_if(|running| running.is_finished()) {
            Some(finished) => {
                let weight = finished.join().unwrap_or(0) / CHANGE_BYTES;
                self.snapshot_every = self.options.snapshot_every.max(weight);
            }
            // One at a time.
            None if self.snapshot.is_some() => return,
            None => {}
        }
        if changes < self.snapshot_every {
            return;
        }
        self.snapshot_at = self.ahead.revision();
        let (directory, path) = (self.ahead.clone(), self.journal.path().to_path_buf());
        self.snapshot = Some(std::thread::spawn(move || write_snapshot(&directory, &path)));
    }

    fn finish(self) {
        if let Some(running) = self.snapshot {
            let _size = running.join();
        }
        write_snapshot(&self.ahead, self.journal.path());
        report(self.journal.close(), "the next start folds the log in");
    }
}

/// Writes a snapshot, and gives its size in bytes; 0 where there is none, with a warning.
fn write_snapshot(directory: &Directory, journal: &Path) -> u64 {
    let taken = Snapshot::of(directory).map_err(std::io::Error::from);
    let stored = taken.and_then(|snapshot| snapshot.store(journal).map(|()| snapshot.size()));
    match stored {
        Ok(size) => u64::try_from(size).unwrap_or(u64::MAX),
        Err(error) => {
            tracing::warn!(%error, "there is no new snapshot; the journal is complete without it");
            0
        }
    }
}

fn report(result: Result<(), JournalError>, consequence: &str) {
    if let Err(error) = result {
        tracing::warn!(code = error.code(), %error, consequence, "the journal has a problem");
    }
}

/// What callers are told: not where the file is.
fn unstored(error: &JournalError) -> EngineError {
    let message = match error {
        JournalError::Full { .. } => "the journal is full",
        JournalError::ReadOnly { .. } => "the journal cannot be written",
        JournalError::Corrupt { .. } => "the journal is damaged",
        _ => "the journal cannot be used now",
    };
    EngineError::Journal { code: error.code(), message }
}
