//! The outbox: a thread that carries out effects after their change is stored, each at least once.

use std::sync::mpsc as outbox;

use tokio::sync::mpsc;
use vestibule::HostEffect;

use super::writer::Job;
use crate::journal::Finished;

/// Carries out effects.
pub trait EffectHandler: Send {
    /// Carries out one; nothing where it could not, and then it comes again at the next start. It may come again after a
    /// crash too.
    fn carry_out(&mut self, effect: &HostEffect) -> Option<Finished>;
}

pub(super) fn run(
    outbox: &outbox::Receiver<Vec<HostEffect>>,
    jobs: &mpsc::Sender<Job>,
    mut handler: Box<dyn EffectHandler>,
) {
    while let Ok(effects) = outbox.recv() {
        let finished = effects.iter().filter_map(|effect| handler.carry_out(effect)).collect();
        if jobs.blocking_send(Job::Finished(finished)).is_err() {
            return;
        }
    }
}
