//! What this server does about effects [E.4]. It makes secrets itself; what is for other systems it only notes in the
//! log, by ids: it has no mail, no personas and no network to talk to.

use vestibule::HostEffect;
use vestibule::events::EffectTask;

use crate::app::Revealed;
use crate::engine::EffectHandler;
use crate::ids;
use crate::journal::{Finished, Secret};

/// Characters of a passphrase that is made: 96 bits of randomness.
const PASSPHRASE_CHARS: usize = 16;

/// The handler of this server.
#[derive(Debug)]
pub struct Effects {
    revealed: Option<Revealed>,
}

impl Effects {
    /// With the passphrases that reads show, where they do.
    #[must_use]
    pub const fn new(revealed: Option<Revealed>) -> Self {
        Self { revealed }
    }

    fn reveal(&self, change: impl FnOnce(&mut std::collections::HashMap<String, Secret>)) {
        if let Some(Ok(mut revealed)) = self.revealed.as_ref().map(|revealed| revealed.write()) {
            change(&mut revealed);
        }
    }
}

impl EffectHandler for Effects {
    fn carry_out(&mut self, effect: &HostEffect) -> Finished {
        let mut finished = Finished { effect: effect.id, made: None, discarded: None };
        let (revision, number) = (effect.id.revision, effect.id.number);
        match &effect.task {
            EffectTask::GenerateSecret { secret, .. } => {
                let text = Secret::new(ids::random_text(PASSPHRASE_CHARS));
                self.reveal(|known| drop(known.insert(secret.to_text(), text.clone())));
                finished.made = Some((secret.clone(), text));
            }
            EffectTask::DiscardSecret { secret } => {
                self.reveal(|known| drop(known.remove(&secret.to_text())));
                finished.discarded = Some(secret.clone());
            }
            EffectTask::WelcomeNotification { person } => {
                tracing::info!(revision, number, %person, "to the mail system: welcome a user");
            }
            EffectTask::PersonaUpdate { operation, .. } => {
                tracing::info!(revision, number, %operation, "to the persona service: update");
            }
            EffectTask::DpskUpdate { operation, .. } => {
                tracing::info!(revision, number, %operation, "to the network: update a passphrase");
            }
            EffectTask::DeviceDisconnect { unit, .. } => {
                tracing::info!(revision, number, %unit, "to the network: disconnect a device");
            }
            EffectTask::UnitTokenRequested { unit, generation } => {
                tracing::info!(revision, number, %unit, generation, "to the key desk: a unit needs a token");
            }
            _ => tracing::warn!(revision, number, "an effect that this server does not know"),
        }
        finished
    }
}
