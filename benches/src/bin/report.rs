//! Measures everything once a size and prints one table, with the budgets beside. With `--report`, the engines beside
//! each other too.

use core::fmt::Write as _;
use std::process::ExitCode;

use vestibule::Directory;
use vestibule_benches::check::Expected;
use vestibule_benches::commands::{self, Commands};
use vestibule_benches::comparison::{self, Contender, Size, with_commas};
use vestibule_benches::engine::{FloorEngine, List, Source};
use vestibule_benches::floor::Floor;
use vestibule_benches::generate::{self, Spec};
use vestibule_benches::heap::{self, CountingHeap};
use vestibule_benches::lists::{self, Ends};
use vestibule_benches::machine;
use vestibule_benches::measure::{self, Pair};
use vestibule_benches::workload::{self, Texts, Workload};

#[global_allocator]
static HEAP: CountingHeap = CountingHeap;

const USAGE: &str =
    "usage: report [--sizes 1000,10000,…] [--markdown FILE] [--report FILE] [--residencies]";

/// Above, a peer takes minutes for a list or gigabytes for the estate.
const MOST_PEOPLE_OF_PEERS: usize = 100_000;
/// Valgrind loads an estate some fifty times as slowly.
const MOST_PEOPLE_COUNTED: usize = 1_000;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    if let Some((engine, people)) = &options.count {
        return count(engine, *people);
    }
    assert!(heap::is_alive(), "allocations are counted");
    let columns: Vec<Column> = options.sizes.iter().map(|size| budgets(*size, &options)).collect();
    let table = table(&columns);
    print!("{table}");
    let mut is_written = options.markdown.is_none_or(|file| write(&file, &table));
    if let Some(file) = options.report {
        let sizes: Vec<Size> = options.sizes.iter().map(|size| compare(*size)).collect();
        let report = report(&table, &comparison::markdown(&sizes));
        print!("\n{report}");
        is_written &= write(&file, &report);
    }
    ExitCode::from(if is_written { 0 } else { 2 })
}

fn write(file: &str, text: &str) -> bool {
    std::fs::write(file, text).inspect_err(|error| eprintln!("{file}: {error}")).is_ok()
}

/// What callgrind counts, in a process of its own.
fn count(engine: &str, people: usize) -> ExitCode {
    let Some(contender) = Contender::all().into_iter().find(|it| it.name() == engine) else {
        eprintln!("`{engine}`: expected the name of an engine");
        return ExitCode::from(2);
    };
    contender.run_counted(people);
    ExitCode::SUCCESS
}

fn budgets(people: usize, options: &Options) -> Column {
    eprintln!("{people} people: budgets…");
    Column::measure(&Spec { residencies: options.residencies, ..Spec::new(people) })
}

fn compare(people: usize) -> Size {
    let spec = Spec::new(people);
    let model = generate::model(&spec);
    let json = generate::json(&model);
    let source = Source { model: &model, json: &json };
    let questions = generate::questions(&model, workload::question_count(people), spec.seed);
    let lists = if people < 100_000 { 16 } else { 8 };
    eprintln!("{people} people: right answers…");
    let expected = Expected::new(&source, &questions, lists);
    let counts = people <= MOST_PEOPLE_COUNTED && comparison::is_counting_possible();
    let engines = Contender::all().into_iter().map(|contender| {
        if contender.is_peer() && people > MOST_PEOPLE_OF_PEERS {
            return (contender, None);
        }
        eprintln!("{people} people: {}…", contender.name());
        let mut measured = contender.measure(&source, &expected);
        measured.instructions = counts.then(|| contender.count(people)).flatten();
        (contender, Some(measured))
    });
    Size {
        people,
        lists,
        by_oracle: expected.by_oracle,
        lists_by_oracle: expected.lists_by_oracle,
        engines: engines.collect(),
    }
}

fn report(budgets: &str, comparison: &str) -> String {
    let command = "cargo run --release -p vestibule-benches --features peers --bin report -- \
                   --report benches/REPORT.md";
    format!(
        "# Report\n\nMade by one command; `README.md` says how each engine is modelled and measured. Every answer of \
         every engine was\nchecked before it was timed.\n\n{}\n## Engines beside each other\n\n\
         *behind*: the best peer does better than we do. Empty ratios: one side has no such figure. Instructions are \
         counted at\n{} people, peers measured up to {}.\n{comparison}\n## Budgets\n\n{budgets}",
        machine::header(command),
        with_commas(MOST_PEOPLE_COUNTED),
        with_commas(MOST_PEOPLE_OF_PEERS),
    )
}

struct Options {
    sizes: Vec<usize>,
    markdown: Option<String>,
    report: Option<String>,
    residencies: bool,
    /// What the report runs itself for, under callgrind.
    count: Option<(String, usize)>,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let sizes = vec![1_000, 10_000, 100_000, 1_000_000];
        let mut options =
            Self { sizes, markdown: None, report: None, residencies: false, count: None };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--sizes" => options.sizes = parse_sizes(&value()?)?,
                "--markdown" => options.markdown = Some(value()?),
                "--report" => options.report = Some(value()?),
                "--count" => {
                    let engine = value()?;
                    let people = parse_sizes(&value()?)?;
                    options.count = people.first().map(|people| (engine, *people));
                }
                "--residencies" => options.residencies = true,
                _ => return Err(format!("unknown argument `{argument}`")),
            }
        }
        Ok(options)
    }
}

fn parse_sizes(text: &str) -> Result<Vec<usize>, String> {
    let size = |text: &str| match text.trim().parse() {
        Ok(size @ 1_000..) => Ok(size),
        _ => Err(format!("`{text}`: expected a number of people, 1000 or more")),
    };
    text.split(',').map(size).collect()
}

/// The measurements at one size.
struct Column {
    people: usize,
    json_bytes: usize,
    load_seconds: f64,
    usage: heap::Usage,
    text: Pair,
    ids: Pair,
    handles: Pair,
    allocations: f64,
    members: Ends,
    who_can: Ends,
    /// Each of [`List::ALL`] beside its floor.
    lists: [Pair; 3],
    commands: commands::Timed,
}

/// How many people are added and removed.
const COMMANDS: usize = 16_384;

impl Column {
    fn measure(spec: &Spec) -> Self {
        let model = generate::model(spec);
        let json = generate::json(&model);
        let load = || Directory::from_json(&json).unwrap_or_else(|faults| panic!("{faults}"));
        let load_ns = measure::single(load);
        let (directory, usage) = heap::measure(load);
        let json_bytes = json.len();
        drop(json);

        let floor = Floor::new(&model);
        let list_floor = FloorEngine::new(&model);
        let count = workload::question_count(spec.people);
        let questions = generate::questions(&model, count, spec.seed);
        let texts = Texts::new(&model, &questions);
        let work = Workload::new(&directory, &floor, &model, &questions, &texts);
        let (answers, decide_usage) = heap::measure(|| {
            [work.pass_text(work.all()), work.pass_ids(work.all()), work.pass_handles(work.all())]
        });
        assert_eq!(answers, [work.allowed(); 3]);
        Self {
            people: spec.people,
            json_bytes,
            load_seconds: load_ns / 1e9,
            usage,
            text: measure::pair(
                count,
                |part| work.pass_text(part),
                |part| work.floor_pass_text(part),
            ),
            ids: measure::pair(count, |part| work.pass_ids(part), |part| work.floor_pass_ids(part)),
            handles: measure::pair(
                count,
                |part| work.pass_handles(part),
                |part| work.floor_pass_handles(part),
            ),
            members: lists::members(&directory, &model),
            who_can: lists::who_can(&directory, &model),
            lists: List::ALL.map(|list| lists::beside_floor(&directory, &list_floor, &model, list)),
            commands: commands::measure(
                &Commands::new(&model, COMMANDS.min(spec.people)),
                &directory,
                |part| work.pass_text(part),
                count,
            ),
            allocations: decide_usage.allocations as f64 / (3 * count) as f64,
        }
    }

    fn megabytes_a_second(&self) -> f64 {
        self.json_bytes as f64 / 1e6 / self.load_seconds
    }

    fn bytes_a_person(&self) -> f64 {
        self.usage.live_bytes as f64 / self.people as f64
    }
}

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

const ROWS: &[Row] = &[
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

fn table(columns: &[Column]) -> String {
    let mut text = String::from("| people | budget |");
    for column in columns {
        let _ = write!(text, " {} |", with_commas(column.people));
    }
    text += "\n|---|---|";
    text += &"--:|".repeat(columns.len());
    for row in ROWS {
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
