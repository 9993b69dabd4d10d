//! The journal by itself: what is stored is whole, what is not leaves nothing.

use vestibule::commands::CreateOrganisation;
use vestibule::{Actor, Command, Context, Directory, Estate, Id, Outcome, Timestamp};
use vestibule_server::journal::{Entry, Journal, JournalError, JournalOptions, Secret};

/// A directory whose platform belongs to `root`, at revision 0.
fn directory() -> Directory {
    let estate = br#"{ "version": 1, "people": [{ "id": "root" }],
        "platform_roles": [{ "person": "root", "role": "platform_admin" }] }"#;
    Directory::new(Estate::from_json(estate).unwrap()).unwrap()
}

fn create(directory: &Directory, id: &str) -> Outcome {
    let root: Id = "root".parse().unwrap();
    let context =
        Context::new(Actor::Person(root), None, Timestamp::from_millis(1_795_000_000_000));
    let name = serde_json::json!({ "name": "x".repeat(250), "id": id });
    let command: CreateOrganisation = serde_json::from_value(name).unwrap();
    directory.prepare(&context, &Command::from(command)).unwrap()
}

struct Place(std::path::PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("vestibule-journal-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> std::path::PathBuf {
        self.0.join("journal.sqlite")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn room_again() {
    let place = Place::new("room");
    let mut journal = Journal::open(&place.file(), JournalOptions { max_pages: Some(16) }).unwrap();
    let mut directory = directory();
    let mut number = 0;
    let error = loop {
        let outcome = create(&directory, &format!("org-{number}"));
        let change = outcome.change.as_ref().unwrap();
        let secret = (format!("secret-{number}").parse().unwrap(), Secret::new("y".repeat(60)));
        let entry = Entry { change, effects: &outcome.effects, secrets: &[secret] };
        match journal.append(&[entry]) {
            Ok(()) => directory.apply(change).unwrap(),
            Err(error) => break error,
        }
        number += 1;
        assert!(number < 1000);
    };
    assert!(matches!(error, JournalError::Full { .. }), "{error}");
    // Nothing of the entry is there: not its secret either.
    assert_eq!(journal.secrets().unwrap().len(), number);

    journal.limit_pages(None).unwrap();
    let outcome = create(&directory, "later");
    let change = outcome.change.as_ref().unwrap();
    journal.append(&[Entry { change, effects: &[], secrets: &[] }]).unwrap();
    assert_eq!(journal.secrets().unwrap().len(), number);
}

/// Several commands share one transaction: all or none.
#[test]
fn one_transaction() {
    let place = Place::new("one");
    let mut journal = Journal::open(&place.file(), JournalOptions::default()).unwrap();
    let directory = directory();
    let (first, second) = (create(&directory, "a"), create(&directory, "b"));
    let entry = |outcome| Entry { change: change_of(outcome), effects: &[], secrets: &[] };
    // Both say that they make revision 1, so the second cannot be stored.
    journal.append(&[entry(&first), entry(&second)]).unwrap_err();
    assert_eq!(journal.restore().unwrap().replayed, 0);
}

fn change_of(outcome: &Outcome) -> &vestibule::Change {
    outcome.change.as_ref().unwrap()
}

#[test]
fn a_secret_does_not_show_itself() {
    let text = format!("{:?}", Secret::new("open sesame".into()));
    assert!(!text.contains("sesame"), "{text}");
}
