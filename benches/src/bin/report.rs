//! Measures everything once a size and prints one table, with the budgets beside. With `--report`, the engines beside
//! each other too.

use std::process::ExitCode;

use vestibule::Directory;
use vestibule_benches::budgets::{Column, table};
use vestibule_benches::check::Expected;
use vestibule_benches::comparison::{self, Contender, Size, with_commas};
use vestibule_benches::engine::{Source, freeze};
use vestibule_benches::generate::{self, Spec};
use vestibule_benches::heap::{self, CountingHeap};
use vestibule_benches::machine;
use vestibule_benches::workload;

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
        let report = report(&table, &sizes);
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
    let directory = Directory::from_json(&json).unwrap_or_else(|faults| panic!("{faults}"));
    let image = freeze(&directory);
    drop(directory);
    let source = Source { model: &model, json: &json, image: &image };
    let questions = generate::questions(&model, workload::question_count(people), spec.seed);
    let lists = if people < 100_000 { 16 } else { 5 };
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

fn report(budgets: &str, sizes: &[Size]) -> String {
    let comparison = comparison::markdown(sizes);
    let beside_peers = comparison::budgets_markdown(sizes);
    let command = "cargo run --release -p vestibule-benches --features peers --bin report -- \
                   --report benches/REPORT.md";
    format!(
        "# Report\n\nMade by one command; `README.md` says how each engine is modelled and measured. Every answer of \
         every engine was\nchecked before it was timed.\n\n{}\n## Engines beside each other\n\n\
         *behind*: the best peer does better than we do. Empty ratios: one side has no such figure. Instructions are \
         counted at\n{} people, peers measured up to {}.\n{comparison}\n## Budgets\n\n✗: not kept.\n\n{beside_peers}\n{budgets}",
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
