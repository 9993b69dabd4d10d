//! Running the binary on files made for one test.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A small estate: Ana lives in u12 and her lease ends, Ben did until last year, Cleo administers.
pub const ESTATE: &str = r#"{
  "version": 1,
  "organisations": [
    { "id": "operator", "name": "Operator" },
    { "id": "branch", "name": "Branch", "parent": "operator" }
  ],
  "buildings": [{ "id": "court", "owner": "operator" }],
  "integrations": [{ "id": "panel", "building": "court" }],
  "units": [{ "id": "u12", "number": "12", "building": "court", "integration": "panel" }],
  "doors": [
    { "id": "front", "integration": "panel", "audience": "all_residents" },
    { "id": "plant", "integration": "panel", "audience": "nobody" }
  ],
  "people": [
    { "id": "ana", "name": "Ana", "aliases": ["tenant-7"] },
    { "id": "ben", "name": "Ben" },
    { "id": "cleo" },
    { "id": "dora" }
  ],
  "memberships": [
    { "person": "cleo", "organisation": "operator", "roles": ["admin", "member"] },
    { "person": "dora", "organisation": "branch", "roles": ["member"] }
  ],
  "residencies": [
    { "person": "ana", "unit": "u12", "valid": { "to": "2027-01-01T00:00:00Z" } },
    { "person": "ben", "unit": "u12", "valid": { "to": "2026-01-01T00:00:00Z" } }
  ]
}"#;

/// Three questions: yes, no, no.
pub const REQUESTS: &str = r#"{"principal":"person:ana","action":"doors:open","resource":"door:front","at":"2026-11-22T18:00:00Z","note":"home"}
{"principal":"person:ben","action":"doors:open","resource":"door:front","at":"2026-11-22T18:00:00Z"}
{"principal":"person:ana","action":"doors:open","resource":"door:plant","at":"2026-11-22T18:00:00Z"}
"#;

/// Their answers.
pub const EXPECTED: &str = r#"{"effect":"allow","reason":"granted","basis":"residency","until":"2027-01-01T00:00:00Z","because":"she lives there"}
{"effect":"deny","reason":"expired","until":null}
{"effect":"deny","reason":"door_audience"}
"#;

/// The binary.
pub fn vestibule() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    command.stdin(Stdio::null());
    command
}

/// A folder for one test, empty.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes it; `name` must be the test's own.
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// One that holds [`ESTATE`], [`REQUESTS`] and [`EXPECTED`].
    pub fn with_estate(name: &str) -> Self {
        let folder = Self::new(name);
        folder.write("estate.json", ESTATE);
        folder.write("requests.jsonl", REQUESTS);
        folder.write("expected.jsonl", EXPECTED);
        folder
    }

    /// Writes a file.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Reads a file.
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap()
    }

    /// The names of all files, hidden ones too, in order.
    pub fn files(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> =
            files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs the binary in this folder; `command` is its words.
    pub fn run(&self, command: &str) -> Answer {
        self.run_words(&command.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs the binary in this folder with flags that may hold white space.
    pub fn run_words(&self, words: &[&str]) -> Answer {
        vestibule().args(words).current_dir(&self.0).output().unwrap().into()
    }

    /// Runs the binary in this folder with something on standard input.
    pub fn run_with(&self, command: &str, input: &[u8]) -> Answer {
        let mut child = self.start(command);
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || {
            // The binary may have seen enough before the end.
            let _ = stdin.write_all(&input);
        });
        let answer = child.wait_with_output().unwrap().into();
        writer.join().unwrap();
        answer
    }

    /// Starts the binary with all three streams as pipes.
    pub fn start(&self, command: &str) -> Child {
        let mut vestibule = self.command(command);
        vestibule.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        vestibule.spawn().unwrap()
    }

    /// The binary in this folder, not started yet.
    pub fn command(&self, command: &str) -> Command {
        let mut vestibule = vestibule();
        vestibule.args(command.split_whitespace()).current_dir(&self.0);
        vestibule
    }
}

/// How a run ended.
#[derive(Debug)]
pub struct Answer {
    /// The exit code; -1 after a signal.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Answer {
    /// Checks that input was refused, with all of `parts` in the message and no panic.
    #[track_caller]
    pub fn assert_refused(&self, parts: &[&str]) {
        assert_eq!(self.code, 2, "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        for part in parts {
            assert!(self.err.contains(part), "no `{part}` in {self:?}");
        }
    }

    /// Checks the exit code and the whole of standard output, with nothing on standard error.
    #[track_caller]
    pub fn assert_prints(&self, code: i32, out: &str) {
        assert_eq!((self.code, self.out.as_str(), self.err.as_str()), (code, out, ""));
    }
}
