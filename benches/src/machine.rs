//! What a table was made on: the processor, and the versions of what is compared.

use core::fmt::Write as _;

/// The lock file says which versions were built.
const LOCK: &str = include_str!("../../Cargo.lock");
const COMPARED: [&str; 4] = ["vestibule", "cedar-policy", "casbin", "regorus"];

/// A list in Markdown.
#[must_use]
pub fn header(command: &str) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut text = format!("* Machine: {cores} cores, {}\n* Versions:", processor());
    for name in COMPARED {
        let _ = write!(text, " `{name}` {},", version(name).unwrap_or("unknown"));
    }
    text.pop();
    let _ = write!(text, "\n* Command: `{command}`\n");
    text
}

/// As the system calls it.
fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("model name"));
    let name = line.and_then(|line| line.split_once(':'));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}

fn version(package: &str) -> Option<&'static str> {
    let (_, rest) = LOCK.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    Some(rest.split_once('"')?.0)
}
