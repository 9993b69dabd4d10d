//! Everything that has a budget, measured once a size.

mod image;
mod table;

use vestibule::Directory;

pub use self::image::{File, ImageColumn};
pub use self::table::table;
use crate::commands::{self, Commands};
use crate::engine::{FloorEngine, FrozenImage, List};
use crate::floor::Floor;
use crate::generate::{self, Spec};
use crate::heap;
use crate::lists::{self, Ends};
use crate::measure::{self, Pair};
use crate::workload::{self, Texts, Workload};

/// The measurements at one size.
#[derive(Debug)]
pub struct Column {
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
    image: ImageColumn,
}

/// How many people are added and removed.
const COMMANDS: usize = 16_384;

impl Column {
    /// Measures everything at one size.
    ///
    /// # Panics
    ///
    /// When an answer is wrong.
    #[must_use]
    pub fn measure(spec: &Spec) -> Self {
        let model = generate::model(spec);
        let json = generate::json(&model);
        let load = || Directory::from_json(&json).unwrap_or_else(|faults| panic!("{faults}"));
        let load_ns = measure::single(load);
        let (directory, usage) = heap::measure(load);
        let json_bytes = json.len();
        drop(json);

        let (file, bytes) = File::measure(&directory);
        let image = FrozenImage::new(&bytes);
        drop(bytes);
        let floor = Floor::new(&model);
        let list_floor = FloorEngine::new(&model);
        let count = workload::question_count(spec.people);
        let questions = generate::questions(&model, count, spec.seed);
        let texts = Texts::new(&model, &questions);
        let work = Workload::new(&directory, image.image(), &floor, &model, &questions, &texts);
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
            lists: List::ALL
                .map(|list| lists::directory_beside_floor(&directory, &list_floor, &model, list)),
            commands: commands::measure(
                &Commands::new(&model, COMMANDS.min(spec.people)),
                &directory,
                |part| work.pass_text(part),
                count,
            ),
            image: ImageColumn::measure(file, &image, &work, &list_floor, &model),
            allocations: decide_usage.allocations as f64 / (3 * count) as f64,
        }
    }

    fn megabytes_a_second(&self) -> f64 {
        self.json_bytes as f64 / 1e6 / self.load_seconds
    }

    fn bytes_a_person(&self) -> f64 {
        self.usage.live_bytes as f64 / self.people as f64
    }

    /// Bytes a person.
    fn each(&self, bytes: u64) -> f64 {
        bytes as f64 / self.people as f64
    }

    /// Bytes of the image that grow with people, a person.
    fn people_bytes(&self) -> f64 {
        self.each(self.image.file.people_bytes.total())
    }

    /// People frozen a second.
    fn frozen_people(&self) -> f64 {
        self.people as f64 / self.image.file.freeze_ns * 1e9
    }
}
