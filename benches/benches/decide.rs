//! `decide/LEVEL/PEOPLE/ENGINE`: one decision, of as many in a row as are asked in a pass.

use core::ops::Range;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use vestibule::{Directory, Image};
use vestibule_benches::engine::freeze;
use vestibule_benches::floor::Floor;
use vestibule_benches::generate::{self, Spec};
use vestibule_benches::workload::{self, Texts, Workload};

type Pass = fn(&Workload<'_>, Range<usize>) -> usize;

const ENGINES: [&str; 3] = ["vestibule", "image", "floor"];
const PASSES: [(&str, [Pass; 3]); 3] = [
    (
        "text",
        [
            |work, part| work.pass_text(part),
            |work, part| work.image_pass_text(part),
            |work, part| work.floor_pass_text(part),
        ],
    ),
    (
        "ids",
        [
            |work, part| work.pass_ids(part),
            |work, part| work.image_pass_ids(part),
            |work, part| work.floor_pass_ids(part),
        ],
    ),
    (
        "handles",
        [
            |work, part| work.pass_handles(part),
            |work, part| work.image_pass_handles(part),
            |work, part| work.floor_pass_handles(part),
        ],
    ),
];

fn decide(criterion: &mut Criterion) {
    for people in [1_000, 100_000] {
        let spec = Spec::new(people);
        let model = generate::model(&spec);
        let json = generate::json(&model);
        let directory = Directory::from_json(&json).unwrap_or_else(|faults| panic!("{faults}"));
        drop(json);
        let bytes = freeze(&directory);
        let image = Image::open(&bytes).unwrap_or_else(|error| panic!("{error}"));
        let floor = Floor::new(&model);
        let count = workload::question_count(people);
        let questions = generate::questions(&model, count, spec.seed);
        let texts = Texts::new(&model, &questions);
        let work = Workload::new(&directory, &image, &floor, &model, &questions, &texts);
        for (level, passes) in PASSES {
            let mut group = criterion.benchmark_group(format!("decide/{level}/{people}"));
            group.throughput(Throughput::Elements(count as u64));
            for (engine, pass) in ENGINES.into_iter().zip(passes) {
                group.bench_function(engine, |bencher| {
                    bencher.iter(|| assert_eq!(pass(&work, work.all()), work.allowed()));
                });
            }
            group.finish();
        }
    }
}

criterion_group!(benches, decide);
criterion_main!(benches);
