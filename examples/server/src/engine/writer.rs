//! The writer: the only thread that changes anything.

use std::sync::{Arc, RwLock, mpsc as outbox};

use tokio::sync::{mpsc, oneshot};
use vestibule::{Directory, HostEffect, Timestamp};

use super::EngineOptions;
use super::batch::Batch;
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
    /// A snapshot that was taken.
    Snapshot(Box<Snapshot>),
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
    /// Weak, so that the queue closes when nobody else can ask for anything.
    own_queue: mpsc::WeakSender<Job>,
    snapshot_at: u64,
    snapshot_every: u64,
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
        own_queue: &mpsc::Sender<Job>,
    ) -> Self {
        let (snapshot_at, last) = (ahead.revision(), Timestamp::from_millis(0));
        let (own_queue, snapshot_every) = (own_queue.downgrade(), options.snapshot_every);
        Self {
            journal,
            ahead,
            visible,
            queue,
            effects,
            options,
            own_queue,
            snapshot_at,
            snapshot_every,
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
            Job::Snapshot(snapshot) => {
                let weight = u64::try_from(snapshot.size()).unwrap_or(u64::MAX) / CHANGE_BYTES;
                self.snapshot_every = self.options.snapshot_every.max(weight);
                report(self.journal.store_snapshot(&snapshot), "there is no new snapshot");
            }
            Job::Stop(reply) => *stopped = Some(reply),
        }
    }

    fn carry_out(&mut self, waiting: Vec<Waiting>) {
        // Changes are in the order of their instants, whatever the clock does.
        self.last = self.last.max(crate::ids::now());
        let batch = match Batch::prepare(&mut self.ahead, waiting, self.last) {
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
        self.snapshot_at = self.ahead.revision();
        let (directory, queue) = (self.ahead.clone(), self.own_queue.clone());
        std::thread::spawn(move || {
            if let (Ok(snapshot), Some(queue)) = (Snapshot::of(&directory), queue.upgrade()) {
                let _stopped = queue.blocking_send(Job::Snapshot(Box::new(snapshot)));
            }
        });
    }

    fn finish(self) {
        let Self { mut journal, ahead, .. } = self;
        match Snapshot::of(&ahead) {
            Ok(snapshot) => report(journal.store_snapshot(&snapshot), "there is no new snapshot"),
            Err(error) => tracing::warn!(%error, "no snapshot could be taken"),
        }
        report(journal.close(), "the next start folds the log in");
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
