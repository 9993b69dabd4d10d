//! The server as the one command of the README starts it.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::{Server, Temporary};

pub struct MapleCourt {
    pub server: Server,
    pub greeting: String,
}

impl MapleCourt {
    pub fn start(data: &Temporary) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule-server"));
        command.args(["--listen", "127.0.0.1:0", "--log", "off", "--data"]).arg(data.path());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        output.read_line(&mut greeting).unwrap();
        let address = greeting.trim().rsplit("http://").next().unwrap().to_owned();
        // The rest is there at once, if there is any: it ends with the line to try, or with the place of the files.
        output.read_line(&mut greeting).unwrap();
        if !Self::is_again(data) {
            while !greeting.contains("X-Org") {
                assert_ne!(output.read_line(&mut greeting).unwrap(), 0, "{greeting}");
            }
            std::fs::write(data.path().join("greeted"), "").unwrap();
        }
        Self { server: Server { child, address }, greeting }
    }

    fn is_again(data: &Temporary) -> bool {
        data.path().join("greeted").exists()
    }

    /// The key of somebody in the greeting.
    pub fn key(&self, who: &str) -> &str {
        let line = self.greeting.lines().find(|line| line.contains(who)).unwrap();
        line.split_whitespace().next().unwrap()
    }
}
