//! A server of its own for each test, with keys for everybody in `tests/estate.json`.

pub mod http;
mod maple_court;
mod temporary;

use core::time::Duration;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub use self::http::{Answer, Client};
pub use self::maple_court::MapleCourt;
pub use self::temporary::Temporary;

pub const INTEGRATION: &str = "01HINTEGRATION00000000000000";
pub const ORG: &str = "01HORG00000000000000000000";
pub const PARENT: &str = "01HPARENT000000000000000000";
pub const USER: &str = "01HUSER00000000000000000000";
pub const RESIDENT: &str = "virtual_access:integration:01HINTEGRATION00000000000000:resident";
pub const PROPERTY: &str = "8244c57b-5c0f-4c8e-9a3d-1f2e3d4c5b6a";
pub const UNIT_USER: &str = "2c4a230c-5085-4924-a3e1-25fb4fc5965b";

const PEOPLE: [&str; 9] = [
    "platform",
    "org-admin",
    "site-admin",
    "stranger",
    "gone",
    "flat-admin",
    "neighbour",
    "room-mate",
    UNIT_USER,
];

/// How the binary is started.
pub struct Start<'a> {
    pub data: &'a Path,
    pub binary: PathBuf,
    pub arguments: Vec<String>,
    /// As which user; the one who runs the tests otherwise.
    pub uid: Option<u32>,
}

impl<'a> Start<'a> {
    pub fn new(data: &'a Path) -> Self {
        let binary = env!("CARGO_BIN_EXE_vestibule-server").into();
        Self { data, binary, arguments: Vec::new(), uid: None }
    }

    pub fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(ToString::to_string));
        self
    }

    pub fn command(&self) -> Command {
        let keys = self.data.join("keys.json");
        if !keys.exists() {
            std::fs::write(&keys, keys_file().to_string()).unwrap();
        }
        let estate = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/estate.json");
        // Somebody else than the owner of the sources may run it.
        let copy = self.data.join("estate.json");
        if !copy.exists() {
            std::fs::copy(estate, &copy).unwrap();
        }
        let mut command = Command::new(&self.binary);
        command.args(["--listen", "127.0.0.1:0"]);
        command.arg("--data").arg(self.data).arg("--estate").arg(copy).arg("--keys").arg(keys);
        command.args(&self.arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(uid) = self.uid {
            std::os::unix::process::CommandExt::uid(&mut command, uid);
        }
        command
    }

    /// Starts it and waits until it listens.
    pub fn server(&self) -> Server {
        // What it says shows where a test fails.
        let mut child = self.command().stderr(Stdio::inherit()).spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().unwrap_or_default().to_owned();
        assert!(!address.is_empty(), "the server did not start: run it with the same arguments");
        // What else it prints must not block it.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Server { child, address }
    }

    /// Starts it, expects that it refuses, and gives what it says on standard error.
    pub fn refusal(&self) -> String {
        let mut child = self.command().spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        while child.try_wait().unwrap().is_none() {
            if Instant::now() > deadline {
                child.kill().unwrap();
                panic!("the server started although it should not");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let output = child.wait_with_output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    }
}

/// A running server. It ends with the test.
pub struct Server {
    pub(super) child: Child,
    pub address: String,
}

impl Server {
    /// With the estate of the tests.
    pub fn start(data: &Temporary) -> Self {
        Start::new(data.path()).with(&["--log", "off"]).server()
    }

    pub fn client(&self, who: &str) -> Client {
        Client::new(&self.address, &key(who))
    }

    /// `SIGKILL`: no code of the server runs any more.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// `SIGTERM`: it finishes.
    pub fn stop(mut self) {
        let signalled =
            Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(signalled.success());
        assert!(self.child.wait().unwrap().success());
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Kilobytes of memory that it has resident.
    pub fn memory_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// What `--verify` prints: the revision and digest of a replay from nothing, equal to that of a restart.
pub fn verify(data: &Temporary) -> String {
    let output = Start::new(data.path()).with(&["--verify"]).command().output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

/// Waits for what another thread of the server does after it has answered.
#[track_caller]
pub fn wait_until(mut is_so: impl FnMut() -> bool) {
    let deadline = std::time::Instant::now() + core::time::Duration::from_secs(10);
    while !is_so() {
        assert!(std::time::Instant::now() < deadline);
        std::thread::sleep(core::time::Duration::from_millis(20));
    }
}

fn key(who: &str) -> String {
    format!("v1_openapp_{who}")
}

fn keys_file() -> Value {
    let hash = |who: &str| -> String {
        Sha256::digest(key(who)).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let person = |who: &&str| json!({ "sha256": hash(who), "actor": { "person": who } });
    let token = |who: &str, unit: &str, generation: u64| json!({ "sha256": hash(who), "actor": { "unit_token": { "unit": unit, "generation": generation } } });
    let people = PEOPLE.iter().map(person);
    people.chain([token("token-1", "flat-1", 0), token("old-token-1", "flat-1", 7)]).collect()
}
