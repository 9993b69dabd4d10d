//! The tables: a line for each thing that is measured, and its budget.

use core::fmt::Write as _;

use super::Column;
use crate::comparison::with_commas;

/// A line of the table: what, the budget, a number a size, and how many decimals.
struct Row {
    what: &'static str,
    budget: &'static str,
    keeps: fn(&Column) -> bool,
    value: fn(&Column) -> f64,
    decimals: usize,
}

const fn row(what: &'static str, value: fn(&Column) -> f64, decimals: usize) -> Row {
    Row { what, budget: "", keeps: |_| true, value, decimals }
}

impl Row {
    const fn budget(mut self, budget: &'static str, keeps: fn(&Column) -> bool) -> Self {
        (self.budget, self.keeps) = (budget, keeps);
        self
    }
}

const DIRECTORY: &[Row] = &[
    row("decide from text, ns", |at| at.text.first_ns, 1),
    row("its floor, ns", |at| at.text.second_ns, 1),
    row("times its floor", |at| at.text.ratio, 2).budget("≤ 2.5", |at| at.text.ratio <= 2.5),
    row("decide from ids, ns", |at| at.ids.first_ns, 1),
    row("its floor, ns", |at| at.ids.second_ns, 1),
    row("times its floor", |at| at.ids.ratio, 2),
    row("decide from handles, ns", |at| at.handles.first_ns, 1),
    row("its floor, ns", |at| at.handles.second_ns, 1),
    row("times its floor", |at| at.handles.ratio, 2)
        .budget("≤ 10", |at| at.handles.ratio <= 10.0),
    row("allocations a decision", |at| at.allocations, 0).budget("0", |at| at.allocations == 0.0),
    row("JSON, MB", |at| at.json_bytes as f64 / 1e6, 1),
    row("load, MB of JSON a second", Column::megabytes_a_second, 0)
        .budget("≥ 60", |at| at.megabytes_a_second() >= 60.0),
    row("live heap after the load, bytes a person", Column::bytes_a_person, 0)
        .budget("≤ 250 at 1,000,000", |at| at.people < 1_000_000 || at.bytes_a_person() <= 250.0),
    row(
        "peak heap of the load, bytes a person",
        |at| at.usage.peak_bytes as f64 / at.people as f64,
        0,
    ),
    row(
        "live blocks after the load, a person",
        |at| at.usage.live_blocks as f64 / at.people as f64,
        2,
    ),
    row("members(recursive), short lists: answers a list", |at| at.members.short.answers, 0),
    row("ns an answer", |at| at.members.short.ns, 0),
    row("members(recursive), long lists: answers a list", |at| at.members.long.answers, 0),
    row("ns an answer", |at| at.members.long.ns, 0)
        .budget("proportional", |at| at.members.are_proportional()),
    row("who_can, short lists: answers a list", |at| at.who_can.short.answers, 0),
    row("ns an answer", |at| at.who_can.short.ns, 0),
    row("who_can, long lists: answers a list", |at| at.who_can.long.answers, 0),
    row("ns an answer", |at| at.who_can.long.ns, 0)
        .budget("proportional", |at| at.who_can.are_proportional()),
    row("who may open a door, µs a list", |at| at.lists[0].first_ns / 1e3, 2),
    row("times its floor", |at| at.lists[0].ratio, 2)
        .budget("≤ 3", |at| at.lists[0].ratio <= 3.0),
    row("what a person may open, µs a list", |at| at.lists[1].first_ns / 1e3, 2),
    row("times its floor", |at| at.lists[1].ratio, 2)
        .budget("≤ 3", |at| at.lists[1].ratio <= 3.0),
    row("recursive members, µs a list", |at| at.lists[2].first_ns / 1e3, 2),
    row("times its floor", |at| at.lists[2].ratio, 2)
        .budget("≤ 3", |at| at.lists[2].ratio <= 3.0),
    row("add a building user, µs", |at| at.commands.add_ns / 1e3, 2),
    row("times a decision from text", |at| at.commands.add_ratio, 1)
        .budget("≤ 17 at 100,000", |at| at.people < 100_000 || at.commands.add_ratio <= 17.0),
    row("remove a building user, µs", |at| at.commands.remove_ns / 1e3, 2),
    row("times a decision from text", |at| at.commands.remove_ratio, 1)
        .budget("≤ 17 at 100,000", |at| at.people < 100_000 || at.commands.remove_ratio <= 17.0),
    row("changes replayed a second, thousands", |at| at.commands.replayed / 1e3, 0)
        .budget("≥ 300", |at| at.commands.replayed >= 300_000.0),
];

const IMAGE: &[Row] = &[
    row("decide from text, ns", |at| at.image.text.first_ns, 1),
    row("its floor, ns", |at| at.image.text.second_ns, 1),
    row("times its floor", |at| at.image.text.ratio, 2)
        .budget("≤ 1.5", |at| at.image.text.ratio <= 1.5),
    row("decide from ids, ns", |at| at.image.ids.first_ns, 1),
    row("its floor, ns", |at| at.image.ids.second_ns, 1),
    row("times its floor", |at| at.image.ids.ratio, 2),
    row("decide from handles, ns", |at| at.image.handles.first_ns, 1),
    row("its floor, ns", |at| at.image.handles.second_ns, 1),
    row("times its floor", |at| at.image.handles.ratio, 2)
        .budget("≤ 6", |at| at.image.handles.ratio <= 6.0),
    row("allocations a decision", |at| at.image.allocations, 0)
        .budget("0", |at| at.image.allocations == 0.0),
    row("rows of people, bytes a person", |at| at.each(at.image.file.people_bytes.people), 1),
    row("grants", |at| at.each(at.image.file.people_bytes.grants), 1),
    row("index of people", |at| at.each(at.image.file.people_bytes.index), 1),
    row("lists of people", |at| at.each(at.image.file.people_bytes.lists), 1),
    row("these together", Column::people_bytes, 1)
        .budget("≤ 64 at 1,000,000", |at| at.people < 1_000_000 || at.people_bytes() <= 64.0),
    row(
        "all else: organisations, buildings, units, doors, lobby names",
        |at| at.each(at.image.file.bytes as u64) - at.people_bytes(),
        1,
    ),
    row("image, bytes a person", |at| at.each(at.image.file.bytes as u64), 1),
    row("image, MB", |at| at.image.file.bytes as f64 / 1e6, 2),
    row("open with every check, MB a second", |at| at.image.file.opened_mb(), 0)
        .budget("≥ 500", |at| at.image.file.opened_mb() >= 500.0),
    row("SHA-256 alone, MB a second", |at| at.image.file.hashed_mb(), 0),
    row("allocations of an open", |at| at.image.file.open_allocations as f64, 0)
        .budget("0", |at| at.image.file.open_allocations == 0),
    row("freeze, thousands of people a second", |at| at.frozen_people() / 1e3, 0)
        .budget("≥ 1,000", |at| at.frozen_people() >= 1e6),
    row("who may open a door, µs a list", |at| at.image.lists[0].first_ns / 1e3, 2),
    row("its floor, µs", |at| at.image.lists[0].second_ns / 1e3, 2),
    row("times its floor", |at| at.image.lists[0].ratio, 2)
        .budget("≤ 3", |at| at.image.lists[0].ratio <= 3.0),
    row("what a person may open, µs a list", |at| at.image.lists[1].first_ns / 1e3, 2),
    row("its floor, µs", |at| at.image.lists[1].second_ns / 1e3, 2),
    row("times its floor", |at| at.image.lists[1].ratio, 2)
        .budget("≤ 3", |at| at.image.lists[1].ratio <= 3.0),
];

/// A table of the directory and one of its image. `✗` is where a budget is not kept.
#[must_use]
pub fn table(columns: &[Column]) -> String {
    let parts = [("Directory", DIRECTORY), ("Image", IMAGE)];
    let tables = parts.map(|(title, rows)| format!("### {title}\n\n{}", rows_of(rows, columns)));
    tables.join("\n")
}

fn rows_of(rows: &[Row], columns: &[Column]) -> String {
    let mut text = String::from("| people | budget |");
    for column in columns {
        let _ = write!(text, " {} |", with_commas(column.people));
    }
    text += "\n|---|---|";
    text += &"--:|".repeat(columns.len());
    for row in rows {
        let _ = write!(text, "\n| {} | {} |", row.what, row.budget);
        for column in columns {
            let value = format!("{:.*}", row.decimals, (row.value)(column));
            let mark = if (row.keeps)(column) { "" } else { " ✗" };
            let _ = write!(text, " {value}{mark} |");
        }
    }
    text.push('\n');
    text
}
