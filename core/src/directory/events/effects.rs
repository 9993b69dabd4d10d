//! What the host must do after a change: a pure function of the change, so that an outbox can be rebuilt [E.4].

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Event, SecretChange};
use crate::directory::commands::Change;
use crate::id::Id;

/// The stable name of an effect: the same change gives the same ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectId {
    /// The revision of the change.
    pub revision: u64,
    /// Which of its effects, from 0.
    pub number: u32,
}

/// Something that the host must do, once the change is stored, and at least once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostEffect {
    /// Its stable name.
    pub id: EffectId,
    /// What to do.
    pub task: EffectTask,
}

/// What there is to do. No secret is ever in one: where one is concerned, the host finds it by its reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum EffectTask {
    /// Welcome a new user [4-9].
    WelcomeNotification {
        /// Whom.
        person: Id,
    },
    /// Bring the persona of a unit user up to date with the directory [2-25, C-24].
    PersonaUpdate {
        /// Whose.
        person: Id,
        /// In which unit.
        unit: Id,
        /// The host's operation.
        operation: Id,
    },
    /// Change the passphrase of a unit user, or cut or restore their network [2-25, C-24].
    DpskUpdate {
        /// Whose.
        person: Id,
        /// In which unit.
        unit: Id,
        /// The host's operation.
        operation: Id,
    },
    /// Make a new secret and keep it under this reference [2-18, C-25].
    GenerateSecret {
        /// Whose.
        person: Id,
        /// In which unit.
        unit: Id,
        /// What it is called from now on.
        secret: Id,
    },
    /// Throw a secret away: it no longer counts.
    DiscardSecret {
        /// What it was called.
        secret: Id,
    },
    /// Cut a device off [2-50].
    DeviceDisconnect {
        /// Whose.
        person: Id,
        /// In which unit.
        unit: Id,
        /// Which.
        device_id: alloc::boxed::Box<str>,
    },
    /// Make the token of a unit; one of an earlier generation no longer counts [2-5].
    UnitTokenRequested {
        /// Of which unit.
        unit: Id,
        /// The generation that the token must carry.
        generation: u64,
    },
}

impl Change {
    /// What the host must do once this change is stored, in order.
    #[must_use]
    pub fn effects(&self) -> Vec<HostEffect> {
        let mut tasks = Vec::new();
        for event in &self.events {
            add_tasks(event, &mut tasks);
        }
        let numbered = tasks.into_iter().zip(0_u32..);
        let named = numbered.map(|(task, number)| HostEffect {
            id: EffectId { revision: self.revision, number },
            task,
        });
        named.collect()
    }
}

fn add_tasks(event: &Event, tasks: &mut Vec<EffectTask>) {
    match event {
        Event::UserWelcomed { person } => {
            tasks.push(EffectTask::WelcomeNotification { person: person.clone() });
        }
        Event::UnitUserUpdated { person, unit, persona_update, dpsk_update, secret, .. } => {
            let (person, unit) = (person.clone(), unit.clone());
            if let Some(operation) = persona_update.clone() {
                let (person, unit) = (person.clone(), unit.clone());
                tasks.push(EffectTask::PersonaUpdate { person, unit, operation });
            }
            add_secret_tasks(&person, &unit, secret.as_ref(), tasks);
            if let Some(operation) = dpsk_update.clone() {
                tasks.push(EffectTask::DpskUpdate { person, unit, operation });
            }
        }
        Event::DeviceRemoved { person, unit, device_id } => {
            tasks.push(EffectTask::DeviceDisconnect {
                person: person.clone(),
                unit: unit.clone(),
                device_id: device_id.clone(),
            });
        }
        Event::SecretDiscarded { secret, .. } => {
            tasks.push(EffectTask::DiscardSecret { secret: secret.clone() });
        }
        Event::UnitCreated { unit } => {
            let (unit, generation) = (unit.id.clone(), unit.token_generation);
            tasks.push(EffectTask::UnitTokenRequested { unit, generation });
        }
        Event::UnitTokenRotated { unit, generation } => {
            let (unit, generation) = (unit.clone(), *generation);
            tasks.push(EffectTask::UnitTokenRequested { unit, generation });
        }
        _ => {}
    }
}

fn add_secret_tasks(
    person: &Id,
    unit: &Id,
    change: Option<&SecretChange>,
    tasks: &mut Vec<EffectTask>,
) {
    let Some(change) = change else { return };
    if change.is_generated {
        tasks.push(EffectTask::GenerateSecret {
            person: person.clone(),
            unit: unit.clone(),
            secret: change.secret.clone(),
        });
    }
    if let Some(secret) = change.replaced.clone() {
        tasks.push(EffectTask::DiscardSecret { secret });
    }
}
