//! The engine: one thread writes, everybody reads.
//!
//! The writer owns a directory that is *ahead*: commands that wait together are prepared and applied there one after the
//! other, stored in one transaction, and only then applied to the directory that is *visible*. So a read never waits for
//! a flush, and never sees what is not on the disk; and no command is acknowledged that is not.

mod batch;
mod command;
mod outbox;
#[cfg(test)]
mod tests;
mod writer;

use core::time::Duration;
use std::sync::{Arc, RwLock};
use std::thread::JoinHandle;
use std::time::Instant;

use tokio::sync::{mpsc, oneshot};
use vestibule::{Command, Context, Directory, HostEffect, Outcome};

pub use self::command::{EngineError, Order};
pub use self::outbox::EffectHandler;
use self::writer::{Job, Writer};
use crate::journal::{Journal, JournalError};

/// How the engine is bounded.
#[derive(Clone, Copy, Debug)]
pub struct EngineOptions {
    /// Most commands that wait for the writer.
    pub queue: usize,
    /// Most commands of one transaction.
    pub batch: usize,
    /// How long a command may wait before it is given up, undone.
    pub patience: Duration,
    /// Changes between two snapshots at least; more where a snapshot weighs more than they do.
    pub snapshot_every: u64,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self { queue: 1024, batch: 256, patience: Duration::from_secs(5), snapshot_every: 10_000 }
    }
}

/// A directory that is written to a journal.
#[derive(Debug)]
pub struct Engine {
    visible: Arc<RwLock<Directory>>,
    jobs: mpsc::Sender<Job>,
    patience: Duration,
    threads: std::sync::Mutex<Vec<JoinHandle<()>>>,
}

impl Engine {
    /// Starts the threads, beginning with the effects that were not carried out before.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read.
    pub fn start(
        journal: Journal,
        directory: Directory,
        options: EngineOptions,
        handler: Box<dyn EffectHandler>,
    ) -> Result<Self, JournalError> {
        let pending = journal.pending_effects()?;
        let (jobs, queue) = mpsc::channel(options.queue);
        let (effects, outbox) = std::sync::mpsc::channel::<Vec<HostEffect>>();
        let visible = Arc::new(RwLock::new(directory.clone()));
        let writer = Writer::new(journal, directory, Arc::clone(&visible), queue, effects, options);
        writer.announce(pending);
        let finished = jobs.clone();
        let threads = vec![
            std::thread::spawn(move || writer.run()),
            std::thread::spawn(move || outbox::run(&outbox, &finished, handler)),
        ];
        Ok(Self { visible, jobs, patience: options.patience, threads: threads.into() })
    }

    /// Reads the visible directory. Waits only while a batch is applied to it, never for the disk.
    ///
    /// # Errors
    ///
    /// [`EngineError::Broken`] when the writer failed while it changed the directory.
    pub fn read<T>(&self, read: impl FnOnce(&Directory) -> T) -> Result<T, EngineError> {
        let visible = self.visible.read().map_err(|_| EngineError::Broken)?;
        Ok(read(&visible))
    }

    /// Looks whether a command would be carried out now. Changes nothing.
    ///
    /// # Errors
    ///
    /// What [`Engine::execute`] would be refused with.
    pub fn check(&self, context: &Context, command: &Command) -> Result<(), EngineError> {
        let checked = self.read(|directory| directory.prepare(context, command).map(drop))?;
        checked.map_err(EngineError::from)
    }

    /// Carries out a command: when this returns, the change is on the disk and visible.
    ///
    /// # Errors
    ///
    /// When it is refused, or cannot be stored, or nobody had time for it; then nothing changed. A caller that stops
    /// waiting does not know.
    pub async fn execute(&self, order: Order) -> Result<Outcome, EngineError> {
        let (reply, outcome) = oneshot::channel();
        let deadline = Instant::now() + self.patience;
        let job = Job::Command(Box::new(command::Waiting { order, deadline, reply }));
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => EngineError::Busy,
            mpsc::error::TrySendError::Closed(_) => EngineError::Stopped,
        })?;
        outcome.await.map_err(|_| EngineError::Stopped)?
    }

    /// Finishes what waits, stores a snapshot and closes the journal.
    pub async fn stop(&self) {
        let (stopped, done) = oneshot::channel();
        if self.jobs.send(Job::Stop(stopped)).await.is_ok() {
            let _closed = done.await;
        }
        let threads = self.threads.lock().map(|mut threads| core::mem::take(&mut *threads));
        for thread in threads.unwrap_or_default() {
            let _ended = thread.join();
        }
    }
}
