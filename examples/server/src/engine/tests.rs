//! The writer goes on from what is stored when a change does not get into the directory that is ahead.

use core::time::Duration;
use std::sync::{Arc, RwLock, mpsc as outbox};
use std::time::Instant;

use tokio::sync::{mpsc, oneshot};
use vestibule::commands::CreateOrganisation;
use vestibule::{Actor, ApplyError, Change, Context, Directory, Outcome};

use super::command::{EngineError, Order, Waiting};
use super::writer::{Job, Writer};
use super::{EngineOptions, Journal};
use crate::journal::JournalOptions;

/// As one that fails after the last event of the change that somebody calls `damaged`.
fn apply_badly(directory: &mut Directory, change: &Change) -> Result<(), ApplyError> {
    directory.apply(change)?;
    if change.correlation_id.as_ref().is_some_and(|id| id.to_string() == "damaged") {
        let (revision, position) = (change.revision, change.events.len());
        return Err(ApplyError::Event { revision, position, cause: "no room".into() });
    }
    Ok(())
}

fn directory() -> Directory {
    let estate = br#"{ "version": 1, "people": [{ "id": "root" }],
        "platform_roles": [{ "person": "root", "role": "platform_admin" }] }"#;
    Directory::from_json(estate).unwrap()
}

type Reply = oneshot::Receiver<Result<Outcome, EngineError>>;

/// The creation of an organisation, and where its answer comes.
fn create(id: &str, correlation: &str) -> (Job, Reply) {
    let name = serde_json::json!({ "name": "N", "id": id });
    let command: CreateOrganisation = serde_json::from_value(name).unwrap();
    let context = Context::new(Actor::Person("root".parse().unwrap()), None, crate::ids::now())
        .with_correlation_id(correlation.parse().unwrap());
    let order = Order { context, command: command.into(), secrets: Vec::new() };
    let (reply, answer) = oneshot::channel();
    let deadline = Instant::now() + Duration::from_secs(60);
    (Job::Command(Box::new(Waiting { order, deadline, reply })), answer)
}

#[test]
fn steps_back_from_a_change_that_does_not_apply() {
    let folder = std::env::temp_dir().join(format!("vestibule-writer-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let journal = folder.join("journal.sqlite");
    let opened = Journal::open(&journal, JournalOptions::default()).unwrap();
    let visible = Arc::new(RwLock::new(directory()));
    let (jobs, queue) = mpsc::channel(8);
    let (effects, _outbox) = outbox::channel();
    // One command a transaction, so that the one that fails takes no other with it.
    let options = EngineOptions { batch: 1, ..EngineOptions::default() };
    let mut writer =
        Writer::new(opened, directory(), Arc::clone(&visible), queue, effects, options);
    writer.apply = apply_badly;

    let sent = [("a", "good"), ("b", "damaged"), ("b", "good"), ("a", "good")];
    let answers = sent.map(|(id, correlation)| {
        let (job, answer) = create(id, correlation);
        jobs.try_send(job).unwrap();
        answer
    });
    drop(jobs);
    writer.run();

    let [first, damaged, again, taken] = answers.map(|answer| answer.blocking_recv().unwrap());
    assert_eq!(first.unwrap().change.unwrap().revision, 1);
    assert!(matches!(damaged, Err(EngineError::Broken)), "{damaged:?}");
    // What failed is not there: the same is done anew, and makes the same revision.
    assert_eq!(again.unwrap().change.unwrap().revision, 2);
    assert!(matches!(taken, Err(EngineError::Refused(_))), "{taken:?}");
    let mut replayed = directory();
    let reopened = Journal::open(&journal, JournalOptions::default()).unwrap();
    let restored = reopened.restore().unwrap();
    assert_eq!(restored.directory.revision(), 2);
    for id in ["a", "b"] {
        let (Job::Command(waiting), _) = create(id, "good") else { unreachable!() };
        replayed.execute(&waiting.order.context, waiting.order.command).unwrap();
    }
    let visible = visible.read().unwrap();
    assert_eq!((visible.revision(), visible.digest()), (2, replayed.digest()));
    let _left = std::fs::remove_dir_all(&folder);
}
