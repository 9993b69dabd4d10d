//! How many times faster than the best peer each side is that has such a budget, and what the floor itself would reach.

use core::fmt::Write as _;

use super::Measured;
use super::table::{Side, Size, with_commas};

/// Where the budgets hold.
const PEOPLE: usize = 100_000;

/// What must be so many times faster than the best peer.
struct Row {
    what: &'static str,
    least: f64,
    /// Whose budget it is.
    of: &'static [&'static str],
    value: fn(&Measured) -> Option<f64>,
}

const ROWS: [Row; 5] = [
    Row {
        what: "decide from text",
        least: 20.0,
        of: &["image"],
        value: |at| Some(at.text.median_ns),
    },
    Row {
        what: "decide by handles",
        least: 150.0,
        of: &["image"],
        value: |at| Some(at.prepared.median_ns),
    },
    Row {
        what: "who may open a door",
        least: 25.0,
        of: &["directory", "image"],
        value: |at| at.list_ns[0],
    },
    Row {
        what: "what a person may open",
        least: 25.0,
        of: &["directory", "image"],
        value: |at| at.list_ns[1],
    },
    Row { what: "recursive members", least: 25.0, of: &["directory"], value: |at| at.list_ns[2] },
];

/// A table for the size at which the budgets hold; nothing where that was not measured, or no peer was.
#[must_use]
pub fn markdown(sizes: &[Size]) -> String {
    let measured = sizes.iter().find(|size| size.people == PEOPLE);
    let Some(size) = measured.filter(|size| size.least(Side::Peer, ROWS[0].value).is_some()) else {
        return String::new();
    };
    let mut text = format!(
        "### Times faster than the best peer, at {} people\n\n| | budget | best peer, µs |",
        with_commas(PEOPLE)
    );
    let ours = || size.engines.iter().filter(|(contender, _)| !contender.is_peer());
    ours().for_each(|(contender, _)| text += &format!(" {} |", contender.name()));
    text += &format!("\n|---|---|{}", "--:|".repeat(1 + ours().count()));
    for row in &ROWS {
        let best = size.least(Side::Peer, row.value);
        let _ = write!(text, "\n| {} | ≥ {} |", row.what, row.least);
        let _ = write!(text, " {} |", best.map_or(String::new(), |ns| format!("{:.2}", ns / 1e3)));
        for (contender, measured) in ours() {
            let own = measured.as_ref().and_then(row.value);
            let times = best.zip(own).map(|(best, own)| best / own);
            let is_short =
                row.of.contains(&contender.name()) && times.is_some_and(|at| at < row.least);
            let mark = if is_short { " ✗" } else { "" };
            let _ =
                write!(text, " {}{mark} |", times.map_or("cannot".into(), |at| format!("{at:.1}")));
        }
    }
    text.push('\n');
    text
}
