//! Commands that share a transaction: prepared and applied one after the other, answered together.

use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::time::Instant;

use tokio::sync::oneshot;
use vestibule::{ApplyError, Change, Directory, Id, Outcome, Timestamp};

use super::command::{EngineError, Order, Waiting};
use crate::journal::{Entry, Secret};

type Reply = oneshot::Sender<Result<Outcome, EngineError>>;

/// How a change gets into a directory.
pub(super) type Apply = fn(&mut Directory, &Change) -> Result<(), ApplyError>;

/// A batch after every command of it was prepared on the directory ahead.
#[derive(Default)]
pub(super) struct Batch {
    answers: Vec<Answer>,
}

struct Answer {
    reply: Reply,
    outcome: Result<Outcome, EngineError>,
    secrets: Vec<(Id, Secret)>,
}

impl Batch {
    /// Prepares commands and applies each to `ahead` before the next. `Err`: the code of the directory failed, or a change
    /// does not apply, and `ahead` is of no use any more.
    pub(super) fn prepare(
        ahead: &mut Directory,
        waiting: Vec<Waiting>,
        now: Timestamp,
        apply: Apply,
    ) -> Result<Self, Vec<Reply>> {
        let mut batch = Self::default();
        let mut waiting = waiting.into_iter();
        while let Some(Waiting { order, deadline, reply }) = waiting.next() {
            // Nobody waits for it any more, so nobody would learn of it.
            if reply.is_closed() {
                continue;
            }
            let outcome = if Instant::now() > deadline {
                Some(Err(EngineError::Late))
            } else {
                catch_unwind(AssertUnwindSafe(|| prepare_one(ahead, &order, now, apply)))
                    .unwrap_or_default()
            };
            match outcome {
                Some(outcome) => {
                    batch.answers.push(Answer { reply, outcome, secrets: order.secrets });
                }
                None => {
                    let before = batch.answers.into_iter().map(|answer| answer.reply);
                    let after = waiting.map(|waiting| waiting.reply);
                    return Err(before.chain([reply]).chain(after).collect());
                }
            }
        }
        Ok(batch)
    }

    /// What is to be stored, in order.
    pub(super) fn entries(&self) -> Vec<Entry<'_>> {
        let outcomes = self.answers.iter().filter_map(|answer| {
            let outcome = answer.outcome.as_ref().ok()?;
            let change = outcome.change.as_ref()?;
            Some(Entry { change, effects: &outcome.effects, secrets: &answer.secrets })
        });
        outcomes.collect()
    }

    /// Answers everybody.
    pub(super) fn answer(self) {
        for Answer { reply, outcome, .. } in self.answers {
            let _gone = reply.send(outcome);
        }
    }

    /// Answers everybody with the same error: even a refusal may have rested on a change that is not there.
    pub(super) fn fail(self, error: &EngineError) {
        for Answer { reply, .. } in self.answers {
            let _gone = reply.send(Err(error.clone()));
        }
    }
}

/// What a command comes to; none where its change does not apply, and `ahead` may have half of it.
fn prepare_one(
    ahead: &mut Directory,
    order: &Order,
    now: Timestamp,
    apply: Apply,
) -> Option<Result<Outcome, EngineError>> {
    let mut context = order.context.clone();
    context.at = now;
    let outcome = match ahead.prepare(&context, &order.command) {
        Ok(outcome) => outcome,
        Err(refused) => return Some(Err(refused.into())),
    };
    let applied = outcome.change.as_ref().map_or(Ok(()), |change| apply(ahead, change));
    if let Err(error) = applied {
        tracing::error!(%error, "a change that was just prepared does not apply");
        return None;
    }
    Some(Ok(outcome))
}
