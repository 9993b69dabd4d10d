//! Faults of the journal: a clear error, nothing lost.

use std::process::Command;

use serde_json::json;

use crate::support::{Client, INTEGRATION, ORG, RESIDENT, Server, Start, Temporary, USER, verify};

fn users() -> String {
    format!("/api/v1/integrations/{INTEGRATION}/building-users")
}

fn admin(server: &Server) -> Client {
    server.client("site-admin").acting_for(ORG)
}

/// A journal with an import and one more change, whose server has ended.
fn written(data: &Temporary, kill: bool) {
    let server = Server::start(data);
    admin(&server).post(&users(), &json!({ "user_id": USER, "role": RESIDENT })).expect(201);
    if kill { server.kill() } else { server.stop() }
}

fn execute(data: &Temporary, sql: &str) {
    let connection = rusqlite::Connection::open(data.journal()).unwrap();
    assert_eq!(connection.execute(sql, []).unwrap(), 1);
}

#[test]
fn keeps_what_was_acknowledged() {
    for kill in [false, true] {
        let data = Temporary::new();
        written(&data, kill);
        assert!(verify(&data).starts_with("revision 2 digest "));
        let server = Server::start(&data);
        assert_eq!(admin(&server).get(&users()).expect(200).as_array().unwrap().len(), 2);
    }
}

#[test]
fn two_servers_on_one_journal() {
    let data = Temporary::new();
    let first = Server::start(&data);
    let error = Start::new(data.path()).refusal();
    assert!(error.contains("in use by another server"), "{error}");
    // The first one noticed nothing.
    admin(&first).post(&users(), &json!({ "user_id": USER, "role": RESIDENT })).expect(201);
}

/// As somebody who may read the journal and not write it.
#[test]
fn read_only_file() {
    let data = Temporary::new();
    written(&data, false);
    let mut start = Start::new(data.path());
    if is_root() {
        // Permissions do not bind root: another user runs a copy that they may reach.
        let copy = data.path().join("vestibule-server");
        std::fs::copy(&start.binary, &copy).unwrap();
        start.binary = copy;
        start.uid = Some(65_534);
        shell(&format!(
            "chmod 755 {0} && chmod 444 {0}/*.* && chmod 755 {0}/vestibule-server",
            data.path().display()
        ));
    } else {
        shell(&format!("chmod 444 {}", data.journal().display()));
    }
    let before = std::fs::read(data.journal()).unwrap();
    let error = start.refusal();
    assert!(error.contains("cannot be written"), "{error}");
    assert_eq!(std::fs::read(data.journal()).unwrap(), before);
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap()) == 0
}

fn shell(command: &str) {
    assert!(Command::new("sh").args(["-c", command]).status().unwrap().success());
}

/// A record that is not what was written stops the start; the file stays as it is.
#[test]
fn corrupt_last_record() {
    for damage in [
        "UPDATE changes SET body = replace(body, 'resident', 'technician') WHERE revision = 2",
        "UPDATE changes SET body = substr(body, 1, 50) WHERE revision = 2",
        "UPDATE changes SET checksum = zeroblob(32) WHERE revision = 2",
        "UPDATE changes SET checksum = 7 WHERE revision = 2",
    ] {
        let data = Temporary::new();
        written(&data, true);
        execute(&data, damage);
        let error = Start::new(data.path()).refusal();
        assert!(
            error.contains("the record of revision 2") && error.contains("damaged"),
            "{damage}: {error}"
        );
        let error = Start::new(data.path()).refusal();
        assert!(error.contains("the record of revision 2"), "the file was changed: {error}");
    }
}

#[test]
fn missing_record() {
    let data = Temporary::new();
    written(&data, true);
    execute(&data, "UPDATE changes SET revision = 3 WHERE revision = 2");
    let error = Start::new(data.path()).refusal();
    assert!(error.contains("has revision 3 where 2 is expected"), "{error}");
}

/// The files of snapshots beside the journal.
fn snapshots(data: &Temporary) -> Vec<std::path::PathBuf> {
    let files = std::fs::read_dir(data.path()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.to_str().unwrap().contains("snapshot-")).collect()
}

/// A snapshot is only a short cut: without a good one, everything is replayed.
#[test]
fn corrupt_snapshot() {
    let data = Temporary::new();
    written(&data, false);
    let snapshots = snapshots(&data);
    assert_eq!(snapshots.len(), 1);
    let whole = std::fs::read_to_string(&snapshots[0]).unwrap();
    for damaged in [whole.replace("Intercom", "Intercon"), whole[..whole.len() / 2].to_owned()] {
        std::fs::write(&snapshots[0], damaged).unwrap();
        assert!(verify(&data).starts_with("revision 2 digest "));
    }
    let server = Server::start(&data);
    assert_eq!(admin(&server).get(&users()).expect(200).as_array().unwrap().len(), 2);
    server.stop();
    assert!(verify(&data).starts_with("revision 2 digest "));
}

/// Pages overwritten with rubbish, and a file of something else.
#[test]
fn corrupt_and_foreign_files() {
    let data = Temporary::new();
    written(&data, false);
    let mut bytes = std::fs::read(data.journal()).unwrap();
    bytes[..4096].fill(0x5a);
    std::fs::write(data.journal(), &bytes).unwrap();
    let error = Start::new(data.path()).refusal();
    assert!(error.contains("is damaged"), "{error}");
    assert_eq!(std::fs::read(data.journal()).unwrap(), bytes);

    std::fs::remove_file(data.journal()).unwrap();
    let other = rusqlite::Connection::open(data.journal()).unwrap();
    other.execute_batch("CREATE TABLE shopping (item TEXT)").unwrap();
    drop(other);
    let error = Start::new(data.path()).refusal();
    assert!(error.contains("is no journal of this server"), "{error}");
}

#[test]
fn later_format() {
    let data = Temporary::new();
    written(&data, false);
    let connection = rusqlite::Connection::open(data.journal()).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let error = Start::new(data.path()).refusal();
    assert!(error.contains("has format 99"), "{error}");
}

/// A full disk: commands are refused with 503 and change nothing, reads go on, and nothing acknowledged is lost.
#[test]
fn full_disk() {
    let data = Temporary::new();
    written(&data, false);
    let pages = rusqlite::Connection::open(data.journal()).unwrap().query_row(
        "PRAGMA page_count",
        [],
        |row| row.get(0),
    );
    let pages: u32 = pages.unwrap();
    let limit = (pages + 3).to_string();
    let server =
        Start::new(data.path()).with(&["--log", "off", "--journal-max-pages", &limit]).server();
    let mut platform = server.client("platform");
    let mut acknowledged = Vec::new();
    let refused = loop {
        let org = json!({ "name": "x".repeat(250), "id": format!("org-{}", acknowledged.len()) });
        let answer = platform.post("/api/v1/orgs", &org);
        if answer.status != 200 {
            break answer;
        }
        acknowledged.push(answer.json()["id"].as_str().unwrap().to_owned());
        assert!(acknowledged.len() < 1000, "the disk is never full");
    };
    refused.refused(503, "journal_full");
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert!(!acknowledged.is_empty());
    let refused = format!("/api/v1/orgs/org-{}", acknowledged.len());
    platform.get(&refused).refused(404, "not_found");
    for id in &acknowledged {
        platform.get(&format!("/api/v1/orgs/{id}")).expect(200);
    }
    server.stop();

    // With room again everything acknowledged is there, and it goes on.
    let server = Server::start(&data);
    let mut platform = server.client("platform");
    for id in &acknowledged {
        platform.get(&format!("/api/v1/orgs/{id}")).expect(200);
    }
    platform.get(&refused).refused(404, "not_found");
    let org = json!({ "name": "x", "id": format!("org-{}", acknowledged.len()) });
    platform.post("/api/v1/orgs", &org).expect(200);
    server.stop();
    verify(&data);
}

/// A disk that is full for a while: the same server goes on once there is room. Needs a file system of its own, which
/// only root may mount; elsewhere `room_again` of `tests/journal.rs` shows it for the journal alone.
#[test]
fn full_disk_for_a_while() {
    let data = Temporary::new();
    let disk = data.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = format!("mount -t tmpfs -o size=2m tmpfs {}", disk.display());
    if !Command::new("sh").args(["-c", &mount]).output().unwrap().status.success() {
        println!("no file system can be mounted here: left out");
        return;
    }
    let result = std::panic::catch_unwind(|| fill_and_free(&disk));
    shell(&format!("umount {}", disk.display()));
    result.unwrap();
}

fn fill_and_free(disk: &std::path::Path) {
    let server = Start::new(disk).with(&["--log", "off"]).server();
    let mut platform = server.client("platform");
    let mut create = |number: u32| {
        let org = json!({ "name": "x".repeat(250), "id": format!("org-{number}") });
        platform.post("/api/v1/orgs", &org)
    };
    create(0).expect(200);
    let filler = disk.join("filler");
    // A disk that is full ends the write early, which is what is wanted.
    let _full = std::fs::write(&filler, vec![0; 4 << 20]);
    let refused = (1..1000).map(&mut create).find(|answer| answer.status != 200).unwrap();
    refused.refused(503, "journal_full");
    std::fs::remove_file(&filler).unwrap();
    create(1001).expect(200);
    server.client("platform").get("/api/v1/orgs/org-0").expect(200);
    server.kill();
    let server = Start::new(disk).with(&["--log", "off"]).server();
    server.client("platform").get("/api/v1/orgs/org-1001").expect(200);
}
