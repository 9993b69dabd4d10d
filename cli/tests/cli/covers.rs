//! `covers`, one pair and many.

use core::fmt::Write;

use crate::support::Folder;

#[test]
fn one_pair() {
    let folder = Folder::new("one_pair");
    folder.run("covers a:* a:b").assert_prints(0, "yes\n");
    folder.run("covers a:b a:*").assert_prints(1, "no\n");
    folder.run("covers a:b a").assert_prints(1, "no\n");
    folder
        .run("covers a:* a:b:c --json")
        .assert_prints(0, "{\"held\":\"a:*\",\"wanted\":\"a:b:c\",\"covers\":true}\n");
    folder.run("covers -- -a -a").assert_prints(0, "yes\n");
}

#[test]
fn paths_that_are_none() {
    let folder = Folder::new("paths_that_are_none");
    folder.run("covers a::b a").assert_refused(&["HELD: found `a::b`", "segment 2"]);
    folder.run("covers a a:b*").assert_refused(&["WANTED: found `a:b*`", "byte 0x2a"]);
    folder.run("covers a").assert_refused(&["WANTED"]);
    folder.run("covers").assert_refused(&["HELD"]);
    folder.run("covers a b c").assert_refused(&["unexpected argument"]);
    folder.run("covers --lines a b").assert_refused(&["cannot be used with"]);
    let long = "a".repeat(300);
    folder.run(&format!("covers {long} a")).assert_refused(&["300 bytes, expected at most 256"]);
}

#[test]
fn many_pairs() {
    let folder = Folder::new("many_pairs");
    let run = |input: &str| folder.run_with("covers --lines", input.as_bytes());
    run("").assert_prints(0, "");
    run("a:*\ta:b\na:b\ta:*").assert_prints(0, "true\nfalse\n");
    run("a\tb\na\ta\n").assert_prints(0, "false\ntrue\n");
}

#[test]
fn answers_stay_beside_their_pairs() {
    let folder = Folder::new("answers_stay");
    let long = format!("{}\ta", "a".repeat(200_000));
    let input = format!("a\ta\n\nx\na\tb\tc\n\u{202e}\ta\n{long}\na\ta\n");
    let answer = folder.run_with("covers --lines", input.as_bytes());
    assert_eq!(answer.out, "true\nfalse\nfalse\nfalse\nfalse\nfalse\ntrue\n");
    answer.assert_refused(&[
        "standard input:2: found ``, expected HELD, a tab, WANTED",
        "standard input:3: found `x`, expected HELD, a tab, WANTED",
        "standard input:4: WANTED: found `b\\u{9}c`",
        "standard input:5: HELD: found `\\u{202e}`",
        "standard input:6: found a longer line",
    ]);
    let answer = folder.run_with("covers --lines", b"a\ta\n\xff\ta\n");
    assert_eq!(answer.out, "true\nfalse\n");
    answer.assert_refused(&["standard input:2:1: not UTF-8"]);
}

#[test]
fn bad_pairs_are_counted_beyond_a_hundred() {
    let folder = Folder::new("bad_pairs");
    let answer = folder.run_with("covers --lines", "x\n".repeat(1_000).as_bytes());
    assert_eq!(answer.out, "false\n".repeat(1_000));
    answer.assert_refused(&["standard input: and 900 more bad lines"]);
    assert_eq!(answer.err.lines().count(), 101);
}

#[test]
fn a_hundred_thousand_pairs() {
    let folder = Folder::new("a_hundred_thousand_pairs");
    let (mut input, mut expected) = (String::new(), String::new());
    for number in 0..100_000 {
        let covers = number % 3 == 0;
        let held = if covers { "a:*:c" } else { "a:*:d" };
        writeln!(input, "{held}\ta:n{number}:c").unwrap();
        writeln!(expected, "{covers}").unwrap();
    }
    folder.run_with("covers --lines", input.as_bytes()).assert_prints(0, &expected);
}
