//! Who is compared, and the table.

use core::fmt::Write as _;

use super::{Counted, Measured, instructions, measure};
use crate::check::Expected;
use crate::engine::{Engine, List, Source};

/// On which side an engine stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Floor,
    Ours,
    Peer,
}

/// An engine, as a column.
#[derive(Clone, Copy, Debug)]
pub struct Contender {
    name: &'static str,
    side: Side,
    measure: fn(&Source<'_>, &Expected) -> Measured,
    count: fn(usize),
}

impl Contender {
    const fn new<E: Engine>(side: Side) -> Self {
        Self { name: E::NAME, side, measure: measure::<E>, count: instructions::run::<E> }
    }

    /// Every column, in order.
    #[must_use]
    pub fn all() -> Vec<Self> {
        vec![
            Self::new::<crate::engine::FloorEngine>(Side::Floor),
            Self::new::<vestibule::Directory>(Side::Ours),
            Self::new::<crate::engine::FrozenImage>(Side::Ours),
            #[cfg(feature = "peers")]
            Self::new::<crate::peers::Cedar>(Side::Peer),
            #[cfg(feature = "peers")]
            Self::new::<crate::peers::CedarSliced>(Side::Peer),
            #[cfg(feature = "peers")]
            Self::new::<crate::peers::Casbin>(Side::Peer),
            #[cfg(feature = "peers")]
            Self::new::<crate::peers::Regorus>(Side::Peer),
        ]
    }

    /// What the table calls it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it is one that people would pick instead.
    #[must_use]
    pub fn is_peer(&self) -> bool {
        self.side == Side::Peer
    }

    /// Measures everything.
    #[must_use]
    pub fn measure(&self, source: &Source<'_>, expected: &Expected) -> Measured {
        (self.measure)(source, expected)
    }

    /// Counts instructions in another process.
    #[must_use]
    pub fn count(&self, people: usize) -> Option<Counted> {
        instructions::count(self.name, people)
    }

    /// What that process does.
    pub fn run_counted(&self, people: usize) {
        (self.count)(people);
    }
}

/// All engines at one size.
#[derive(Clone, Debug)]
pub struct Size {
    /// How many people.
    pub people: usize,
    /// How many lists of each sort.
    pub lists: usize,
    /// How many questions the oracle has answered as well.
    pub by_oracle: usize,
    /// How many lists the oracle has answered as well.
    pub lists_by_oracle: usize,
    /// Each engine with its figures; none where it was left out.
    pub engines: Vec<(Contender, Option<Measured>)>,
}

impl Size {
    /// The least figure of a side; none where nobody there has one.
    pub(super) fn least(
        &self,
        side: Side,
        value: impl Fn(&Measured) -> Option<f64>,
    ) -> Option<f64> {
        let engines = self.engines.iter().filter(|(contender, _)| contender.side == side);
        engines.filter_map(|(_, measured)| value(measured.as_ref()?)).reduce(f64::min)
    }

    /// Lists that a slow engine was not asked for, as sentences.
    fn unasked(&self) -> String {
        let mut text = String::new();
        for (contender, measured) in &self.engines {
            for (list, asked) in List::ALL.iter().zip(measured.iter().flat_map(|at| at.lists)) {
                if (1..self.lists).contains(&asked) {
                    let name = contender.name;
                    let _ = write!(text, " {name} was asked for {asked}: {}.", list.what());
                }
            }
        }
        text
    }
}

/// A line: what, in which unit, and how many decimals.
struct Row {
    what: &'static str,
    value: fn(&Measured, usize) -> Option<f64>,
    decimals: usize,
    is_compared: bool,
}

const fn row(
    what: &'static str,
    value: fn(&Measured, usize) -> Option<f64>,
    decimals: usize,
) -> Row {
    Row { what, value, decimals, is_compared: true }
}

const ROWS: [Row; 14] = [
    row("decide from text: median, ns", |at, _| Some(at.text.median_ns), 0),
    row("p99, ns", |at, _| Some(at.text.p99_ns), 0),
    Row {
        is_compared: false,
        ..row("calls timed together", |at, _| Some(at.text.batch as f64), 0)
    },
    row("instructions", |at, _| at.instructions.map(|counted| counted.text), 0),
    row(
        "decide by handles or prepared request: median, ns",
        |at, _| Some(at.prepared.median_ns),
        0,
    ),
    row("p99, ns", |at, _| Some(at.prepared.p99_ns), 0),
    Row {
        is_compared: false,
        ..row("calls timed together", |at, _| Some(at.prepared.batch as f64), 0)
    },
    row("instructions", |at, _| at.instructions.map(|counted| counted.prepared), 0),
    row("load, ms", |at, _| Some(at.load_ns / 1e6), 1),
    row("memory, bytes a person", |at, people| Some(at.live_bytes as f64 / people as f64), 0),
    row("add one person, µs", |at, _| at.add_ns.map(|ns| ns / 1e3), 1),
    row("who may open a door, µs a list", |at, _| at.list_ns[0].map(|ns| ns / 1e3), 1),
    row("what a person may open, µs a list", |at, _| at.list_ns[1].map(|ns| ns / 1e3), 1),
    row("recursive members, µs a list", |at, _| at.list_ns[2].map(|ns| ns / 1e3), 1),
];

/// A table for each size.
#[must_use]
pub fn markdown(sizes: &[Size]) -> String {
    sizes.iter().fold(String::new(), |mut text, size| {
        write_size(&mut text, size);
        text
    })
}

fn write_size(text: &mut String, size: &Size) {
    let people = with_commas(size.people);
    let _ = write!(text, "\n### {people} people\n\n| |");
    let ours = size.engines.iter().filter(|(contender, _)| contender.side == Side::Ours);
    for (contender, _) in &size.engines {
        let _ = write!(text, " {} |", contender.name);
    }
    for (contender, _) in ours.clone() {
        let name = contender.name;
        let _ = write!(text, " {name} ÷ floor | best peer ÷ {name} |");
    }
    let columns = size.engines.len() + 2 * ours.count();
    let _ = write!(text, "\n|---|{}", "--:|".repeat(columns));
    for row in &ROWS {
        write_row(text, size, row);
    }
    text.push('\n');
    let (lists, by_oracle) = (size.lists, size.by_oracle);
    let _ = writeln!(
        text,
        "\nLists: {lists} of each sort, the same for all. Answered by the oracle as well: {by_oracle} questions, {} lists.{}",
        size.lists_by_oracle,
        size.unasked()
    );
    let left_out = size.engines.iter().filter(|(_, measured)| measured.is_none());
    let names: Vec<&str> = left_out.map(|(contender, _)| contender.name).collect();
    if !names.is_empty() {
        let _ = writeln!(text, "Left out at {people} people: {}.", names.join("; "));
    }
}

fn write_row(text: &mut String, size: &Size, row: &Row) {
    let value = |measured: &Option<Measured>| {
        measured.as_ref().and_then(|measured| (row.value)(measured, size.people))
    };
    let least = |side: Side| size.least(side, |measured| (row.value)(measured, size.people));
    let (floor, best_peer) = (least(Side::Floor), least(Side::Peer));
    let _ = write!(text, "\n| {} |", row.what);
    for (contender, measured) in &size.engines {
        let Some(cell) = value(measured) else {
            let _ = write!(text, " {} |", absent(row, measured.as_ref()));
            continue;
        };
        let is_behind = row.is_compared
            && contender.side == Side::Ours
            && best_peer.is_some_and(|best| cell > best);
        let mark = if is_behind { " ✗ behind" } else { "" };
        let _ = write!(text, " {}{mark} |", number(cell, row.decimals));
    }
    for (_, measured) in size.engines.iter().filter(|(it, _)| it.side == Side::Ours) {
        let ours = value(measured).filter(|_| row.is_compared);
        let ratio = |above: Option<f64>, below: Option<f64>| match (above, below) {
            (Some(above), Some(below)) if below > 0.0 => format!("{:.2}", above / below),
            _ => String::new(),
        };
        let _ = write!(text, " {} | {} |", ratio(ours, floor), ratio(best_peer, ours));
    }
}

fn absent(row: &Row, measured: Option<&Measured>) -> &'static str {
    match measured {
        None => "left out",
        Some(_) if row.what == "instructions" => "not measured",
        Some(_) => "cannot",
    }
}

fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    whole.parse().map_or_else(|_| text.clone(), |whole| with_commas(whole) + rest)
}

/// A number with commas between thousands.
#[must_use]
pub fn with_commas(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
