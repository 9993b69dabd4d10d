//! `kill -9` in the middle of concurrent writes: every acknowledged one is there after the restart, and no half of one.
//!
//! By hand: `VESTIBULE_CRASHES=20 VESTIBULE_WRITES=10000 cargo test --release -p vestibule-server crash`.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::support::{Client, PARENT, Server, Start, Temporary, verify};

const WRITERS: usize = 8;

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Each write creates an organisation, under an id by which it is known again.
#[test]
fn kill_in_the_middle_of_writes() {
    let (crashes, writes) = (setting("VESTIBULE_CRASHES", 2), setting("VESTIBULE_WRITES", 500));
    let data = Temporary::new();
    let mut acknowledged = BTreeSet::new();
    let mut attempted = BTreeSet::new();
    for crash in 0..crashes {
        let server =
            Start::new(data.path()).with(&["--log", "off", "--snapshot-every", "200"]).server();
        // Each time a different part of the writes gets through.
        let enough = writes * (crash % 10 + 1) / 11 + 1;
        let (new, tried) = write_until_killed(server, crash, writes, enough);
        assert!(new.len() >= enough, "only {} of {enough}", new.len());
        acknowledged.extend(new);
        attempted.extend(tried);

        let replayed = verify(&data);
        let server = Start::new(data.path()).with(&["--log", "off"]).server();
        let present = organisations(&server);
        let lost: Vec<_> = acknowledged.difference(&present).collect();
        assert!(lost.is_empty(), "acknowledged and lost after {replayed}: {lost:?}");
        let invented: Vec<_> = present.difference(&attempted).collect();
        assert!(invented.is_empty(), "never asked for: {invented:?}");
        assert_whole(&data, &present);
        server.stop();
        assert_eq!(verify(&data), replayed);
    }
    println!("{crashes} kills, {} writes acknowledged, none lost", acknowledged.len());
}

/// Writes from several clients at once, and kills the server once enough were acknowledged.
fn write_until_killed(
    server: Server,
    crash: usize,
    writes: usize,
    enough: usize,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let (acknowledged, attempted) = (Mutex::new(BTreeSet::new()), Mutex::new(BTreeSet::new()));
    let next = AtomicUsize::new(0);
    let address = server.address.clone();
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let mut client = Client::new(&address, "v1_openapp_platform");
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= writes {
                        return;
                    }
                    let id = format!("org-{crash}-{number}");
                    attempted.lock().unwrap().insert(id.clone());
                    let body = json!({ "name": id, "id": id, "parent_id": PARENT }).to_string();
                    match client.try_send("POST", "/api/v1/orgs", Some(&body)) {
                        Ok(answer) if answer.status == 200 => {
                            acknowledged.lock().unwrap().insert(id);
                        }
                        // Refused for being too many at once is no loss; a broken connection is the end.
                        Ok(answer) => assert_eq!(answer.status, 503, "{answer:?}"),
                        Err(_) => return,
                    }
                }
            });
        }
        while acknowledged.lock().unwrap().len() < enough {
            std::thread::sleep(core::time::Duration::from_millis(1));
        }
        server.kill();
    });
    (acknowledged.into_inner().unwrap(), attempted.into_inner().unwrap())
}

/// The organisations of this test that there are.
fn organisations(server: &Server) -> BTreeSet<String> {
    let mut client = server.client("platform");
    let mut ids = BTreeSet::new();
    let mut offset = 0;
    loop {
        let page = client.get(&format!("/api/v1/orgs?limit=200&offset={offset}")).expect(200);
        let items = page["items"].as_array().unwrap();
        let id = |item: &Value| item["id"].as_str().unwrap().to_owned();
        ids.extend(items.iter().map(id).filter(|id| id.starts_with("org-")));
        if items.is_empty() {
            return ids;
        }
        offset += items.len();
    }
}

/// Each organisation came by one change that is whole, and there is no change of one that is not there.
fn assert_whole(data: &Temporary, present: &BTreeSet<String>) {
    let copy = data.path().join("copy.sqlite");
    std::fs::copy(data.journal(), &copy).unwrap();
    let log = data.path().join("journal.sqlite-wal");
    if log.exists() {
        std::fs::copy(log, data.path().join("copy.sqlite-wal")).unwrap();
    }
    let journal = rusqlite::Connection::open(&copy).unwrap();
    let mut rows = journal.prepare("SELECT body FROM changes WHERE revision > 1").unwrap();
    let bodies = rows.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut created = BTreeSet::new();
    for body in bodies {
        let change: Value = serde_json::from_str(&body.unwrap()).unwrap();
        let events = change["events"].as_array().unwrap();
        assert_eq!(events.len(), 1, "{change}");
        created.insert(events[0]["organisation"]["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(&created, present);
    for suffix in ["", "-wal", "-shm"] {
        let _none = std::fs::remove_file(data.path().join(format!("copy.sqlite{suffix}")));
    }
}
