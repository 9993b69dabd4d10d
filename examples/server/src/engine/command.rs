//! A command on its way to the writer, and how it comes back.

use std::time::Instant;

use tokio::sync::oneshot;
use vestibule::{Command, Context, Id, Outcome};

use crate::journal::Secret;

/// A command with who asks, and the secrets it brings along.
#[derive(Debug)]
pub struct Order {
    /// Who asks, and with which new ids. The writer sets the instant.
    pub context: Context,
    /// What is asked.
    pub command: Command,
    /// Clear text of secrets that the command names by reference; kept only when it is carried out.
    pub secrets: Vec<(Id, Secret)>,
}

/// Why a command was not carried out.
#[derive(Clone, Debug, thiserror::Error)]
pub enum EngineError {
    /// The directory refuses it.
    #[error(transparent)]
    Refused(Box<vestibule::Error>),
    /// Too many commands wait.
    #[error("too many commands are waiting, try again in a second")]
    Busy,
    /// It waited too long.
    #[error("the command waited too long and was not carried out, try again")]
    Late,
    /// It could not be stored.
    #[error("the change could not be stored and was not made: {message}")]
    Journal {
        /// The code of the journal's error.
        code: &'static str,
        /// Its text, without the path.
        message: &'static str,
    },
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopped,
    /// The writer failed.
    #[error("something failed inside the server")]
    Broken,
}

impl From<vestibule::Error> for EngineError {
    fn from(error: vestibule::Error) -> Self {
        Self::Refused(Box::new(error))
    }
}

/// A command that waits.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) order: Order,
    pub(super) deadline: Instant,
    pub(super) reply: oneshot::Sender<Result<Outcome, EngineError>>,
}
