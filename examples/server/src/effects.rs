//! What this server does about effects [E.4]. It makes secrets and tokens itself; what is for other systems it only notes in the
//! log, by ids: it has no mail, no personas and no network to talk to.

use vestibule::events::EffectTask;
use vestibule::{Actor, HostEffect, Id};

use crate::app::{Keys, Revealed};
use crate::auth::{KeysError, UnitTokens};
use crate::engine::EffectHandler;
use crate::ids;
use crate::journal::{Finished, Secret};

/// Characters of a passphrase that is made: 96 bits of randomness.
const PASSPHRASE_CHARS: usize = 16;

/// The handler of this server.
#[derive(Debug)]
pub struct Effects {
    /// Passphrases that reads show, where they do.
    pub revealed: Option<Revealed>,
    /// Where the tokens of units are kept.
    pub tokens: UnitTokens,
    /// Who may ask.
    pub keys: Keys,
}

impl Effects {
    fn reveal(&self, change: impl FnOnce(&mut std::collections::HashMap<String, Secret>)) {
        if let Some(Ok(mut revealed)) = self.revealed.as_ref().map(|revealed| revealed.write()) {
            change(&mut revealed);
        }
    }
}

impl Effects {
    /// Makes a token and lets it in, in place of those before it. Whether a token still counts is for the directory to say
    /// all the same: a unit that is gone has no command that makes another.
    fn make_token(&self, unit: &Id, generation: u64) -> Result<(), KeysError> {
        let made = self.tokens.make(unit, generation)?;
        if let Ok(mut keys) = self.keys.write() {
            keys.retain(|actor| !matches!(actor, Actor::UnitToken { unit: of, .. } if of == unit));
            keys.extend(made);
        }
        Ok(())
    }
}

impl EffectHandler for Effects {
    fn carry_out(&mut self, effect: &HostEffect) -> Option<Finished> {
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
                if let Err(error) = self.make_token(unit, *generation) {
                    tracing::error!(revision, number, %error, "a token could not be made");
                    return None;
                }
            }
            _ => tracing::warn!(revision, number, "an effect that this server does not know"),
        }
        Some(finished)
    }
}
