//! Output that nobody reads, and text that would steer a terminal.

use crate::support::{self, Folder};

#[test]
fn a_reader_that_goes_away() {
    let folder = Folder::with_estate("a_reader_that_goes_away");
    folder.write("requests.jsonl", support::REQUESTS.repeat(10_000));
    let commands = ["check --estate estate.json --requests requests.jsonl", "schema"];
    for command in commands {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = folder.command(command).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command}");
    }
}

#[test]
fn help_and_usage_that_nobody_reads() {
    for words in [&["--help"][..], &["check", "--help"], &["--version"], &["nonsense"]] {
        let [out, err] = [(); 2].map(|()| std::io::pipe().unwrap().1);
        let mut command = support::vestibule();
        let mut child = command.args(words).stdout(out).stderr(err).spawn().unwrap();
        assert!(matches!(child.wait().unwrap().code(), Some(0 | 2)));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = support::vestibule().arg("schema").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output: No space left"));
}

#[test]
fn text_that_would_steer_a_terminal() {
    let folder = Folder::with_estate("text_that_would_steer");
    let action = "doors\u{1b}[2J\u{202e}:open";
    folder
        .run_words(&[
            "check",
            "--estate",
            "estate.json",
            "--person",
            "ana",
            "--action",
            action,
            "--resource",
            "door:front",
            "--at",
            "2026-11-22T18:00:00Z",
        ])
        .assert_prints(
            1,
            "   1 DENY  person:ana doors\\u{1b}[2J\\u{202e}:open door:front at \
             2026-11-22T18:00:00Z: action_unknown (there is no such permission)\n\
             1 request: 0 allowed, 1 denied\n",
        );
    let because = support::EXPECTED.replace("she lives", "\\u001b[31mshe\\n\u{202e}lives");
    folder.write("expected.jsonl", because.replacen("residency", "site_role", 1));
    let answer = folder.run(
        "check --estate estate.json --requests requests.jsonl --expect expected.jsonl --quiet",
    );
    assert!(answer.out.contains("because: \\u{1b}[31mshe\\u{a}\\u{202e}lives there"), "{answer:?}");
}

#[test]
fn nothing_but_errors_on_standard_error() {
    let folder = Folder::with_estate("nothing_but_errors");
    let answer = folder.run("check --estate estate.json --requests requests.jsonl");
    assert_eq!(answer.err, "", "no progress where there is no terminal");
}
