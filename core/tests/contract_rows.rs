//! Which rows of the contract have a test: collected from the vectors' `rows` and from the rows that test files
//! cite, and compared with `core/docs/contract-rows.md`. No row of the seeds is missing: what no test can show has a
//! sentence in `contract_sentences.json`. To make the page anew, run this test with `VESTIBULE_UPDATE=1`.

use core::fmt::Write as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A row as it sorts: part, number, letter behind it.
type Row = (String, u32, String);

fn parse_row(word: &str) -> Option<Row> {
    let (part, rest) = word.split_once('-')?;
    if !matches!(part, "0" | "1" | "2" | "3" | "4" | "C") {
        return None;
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, letter) = rest.split_at(digits);
    let is_row = (1..=2).contains(&digits) && (letter.is_empty() || letter == "b");
    is_row.then(|| (part.to_owned(), number.parse().unwrap(), letter.to_owned()))
}

/// The rows in a text: `C-71`, `2-18`, and ranges such as `4-10..4-13`.
fn rows_in(text: &str) -> BTreeSet<Row> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let mut rows = BTreeSet::new();
    for word in text.split(|c| !is_word(c)) {
        let ends: Vec<_> =
            word.split("..").filter_map(|end| parse_row(end.trim_matches('.'))).collect();
        match ends.as_slice() {
            [(part, from, _), (other, to, _)] if part == other => {
                rows.extend((*from..=*to).map(|number| (part.clone(), number, String::new())));
            }
            _ => rows.extend(ends),
        }
    }
    rows
}

fn rows_of_vectors(text: &str) -> BTreeSet<Row> {
    fn walk(value: &serde_json::Value, rows: &mut BTreeSet<Row>) {
        match value {
            serde_json::Value::Object(fields) => {
                if let Some(cited) = fields.get("rows") {
                    rows.extend(rows_in(&cited.to_string()));
                }
                fields.values().for_each(|value| walk(value, rows));
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| walk(value, rows)),
            _ => {}
        }
    }
    let mut rows = BTreeSet::new();
    walk(&serde_json::from_str(text).unwrap(), &mut rows);
    rows
}

/// Citations in comments: rows between brackets, and those before the colon with which the comment of a test begins.
fn citations(line: &str) -> Vec<&str> {
    let Some((_, comment)) = line.split_once("//") else { return Vec::new() };
    let bracketed = comment.split('[').skip(1).filter_map(|rest| Some(rest.split_once(']')?.0));
    let heading = comment.strip_prefix("/ ").and_then(|text| text.split_once(": "));
    let heading = heading.map(|(rows, _)| rows).filter(|rows| {
        rows.split([',', ' ', '.'])
            .filter(|word| !word.is_empty())
            .all(|word| parse_row(word).is_some())
    });
    bracketed.chain(heading).collect()
}

fn rows_of_code(text: &str) -> BTreeSet<Row> {
    text.lines().flat_map(citations).flat_map(rows_in).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The rows of the seeds, 0-1 to 4-30.
fn rows_of_the_seeds() -> Vec<Row> {
    let last = [("0", 31), ("1", 21), ("2", 55), ("3", 38), ("4", 30)];
    let rows = last.into_iter().flat_map(|(part, last)| {
        (1..=last).map(move |number| (part.to_owned(), number, String::new()))
    });
    rows.collect()
}

/// What there is to say of rows that no test can show: other projects' clients, links, headings without content.
fn sentences() -> BTreeMap<Row, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract_sentences.json");
    let sentences: BTreeMap<String, String> =
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    sentences.into_iter().map(|(row, sentence)| (parse_row(&row).unwrap(), sentence)).collect()
}

fn tests_by_row(root: &Path) -> BTreeMap<Row, BTreeSet<String>> {
    let mut found = Vec::new();
    for folder in ["core/tests", "cli/tests", "examples/server/tests"] {
        files(&root.join(folder), &mut found);
    }
    let mut tests: BTreeMap<Row, BTreeSet<String>> = BTreeMap::new();
    for path in found {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap_or_default();
        let rows = match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") if !name.ends_with("contract_sentences.json") => rows_of_vectors(&text),
            Some("rs") if !name.ends_with("contract_rows.rs") => rows_of_code(&text),
            _ => continue,
        };
        for row in rows {
            tests.entry(row).or_default().insert(name.clone());
        }
    }
    tests
}

#[test]
fn rows_with_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (tests, sentences) = (tests_by_row(&root), sentences());
    let rows: BTreeSet<Row> =
        tests.keys().cloned().chain(sentences.keys().cloned()).chain(rows_of_the_seeds()).collect();
    let mut list = String::from(
        "# Contract rows and the tests that show them\n\nMade by `core/tests/contract_rows.rs`; not written by hand.\n\n| row | tests, or why there is none |\n|---|---|\n",
    );
    let mut missing = Vec::new();
    for row in &rows {
        let (part, number, letter) = row;
        let files = tests.get(row).into_iter().flatten().map(|file| format!("`{file}`"));
        let shown: Vec<_> = files.chain(sentences.get(row).cloned()).collect();
        if shown.is_empty() {
            missing.push(format!("{part}-{number}"));
        }
        writeln!(list, "| {part}-{number}{letter} | {} |", shown.join(", ")).unwrap();
    }
    writeln!(list, "\n{} rows.", rows.len()).unwrap();
    assert!(missing.is_empty(), "no test shows {missing:?}");
    let path = root.join("core/docs/contract-rows.md");
    if std::env::var_os("VESTIBULE_UPDATE").is_some() {
        fs::write(&path, &list).unwrap();
    }
    let checked_in = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(checked_in, list, "run this test with VESTIBULE_UPDATE=1 and commit the file");
}

/// A comment that cites many rows at once shows none of them.
#[test]
fn no_test_claims_a_long_range_of_rows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in ["core/tests", "cli/tests", "examples/server/tests"] {
        files(&root.join(folder), &mut found);
    }
    for path in found.iter().filter(|path| path.extension().is_some_and(|is| is == "rs")) {
        for line in fs::read_to_string(path).unwrap().lines() {
            for cited in citations(line) {
                assert!(rows_in(cited).len() <= 18, "{}: {line}", path.display());
            }
        }
    }
}

/// No page of the documentation has a gap that was left to be filled.
#[test]
fn documents_are_finished() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    files(&root.join("core/docs"), &mut found);
    found.extend(["README.md", "CHANGELOG.md", "benches/README.md"].map(|name| root.join(name)));
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        // Between fences is code, whose constants are written so.
        let mut prose = text.split("```").step_by(2).flat_map(str::split_whitespace);
        let gap = prose.find(|word| {
            word.contains('_')
                && word.len() > 6
                && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
                && !text.contains(&format!("`{word}"))
        });
        assert_eq!(gap, None, "{}", path.display());
    }
}
