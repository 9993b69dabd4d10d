//! What it costs to ask from C: the same questions of the same image, in rounds by C and then by Rust, which asks with a call that is not
//! inlined, as C must. What Rust gains by inlining is in the table too.
#![expect(unsafe_code, reason = "it crosses to C and back")]

use core::hint::black_box;
use core::marker::PhantomData;
use core::ops::Range;
use std::process::ExitCode;

use vestibule::{
    Decision, Directory, Image, Key, Principal, PrincipalHandle, Question, RequestError, Resource,
    ResourceHandle, TextRequest,
};
use vestibule_benches::engine::freeze;
use vestibule_benches::floor::Floor;
use vestibule_benches::generate::{self, Spec};
use vestibule_benches::measure::{self, Pair};
use vestibule_benches::workload::{ACTION, Texts, Workload, instant, question_count};
use vestibule_c::{
    VESTIBULE_IMAGE_WORDS, VESTIBULE_OK, vestibule_image, vestibule_image_key,
    vestibule_image_open, vestibule_text,
};

/// As in `src/c/pass.c`.
#[repr(C)]
struct CTexts {
    principal: vestibule_text,
    resource: vestibule_text,
}

/// As in `src/c/pass.c`.
#[repr(C)]
struct CHandles {
    principal: u64,
    resource: u64,
}

unsafe extern "C" {
    fn bench_pass_text(
        image: *const vestibule_image,
        questions: *const CTexts,
        count: usize,
        action: vestibule_text,
        when: i64,
    ) -> usize;
    fn bench_pass_handles(
        image: *const vestibule_image,
        questions: *const CHandles,
        count: usize,
        key: u64,
        when: i64,
    ) -> usize;
}

/// How much longer than a call in Rust one from C may take.
const BUDGET: f64 = 1.15;

fn main() -> ExitCode {
    let mut is_kept = true;
    println!(
        "| people | asked by | C, ns | Rust, ns | C ÷ Rust | C ÷ Rust inlined | millions of calls a second through C |"
    );
    println!("|--:|---|--:|--:|--:|--:|--:|");
    for people in [1_000, 10_000, 100_000] {
        for (level, called, inlined) in compare(people) {
            let Pair { first_ns: c, second_ns: rust, ratio } = called;
            let mark = if ratio <= BUDGET { "" } else { " ✗" };
            is_kept &= ratio <= BUDGET;
            let (inlined, calls) = (inlined.ratio, 1e3 / c);
            println!(
                "| {people} | {level} | {c:.1} | {rust:.1} | {ratio:.2}{mark} | {inlined:.2} | {calls:.1} |"
            );
        }
    }
    println!("\nBudget of C ÷ Rust: at most {BUDGET}.");
    if is_kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn compare(people: usize) -> [(&'static str, Pair, Pair); 2] {
    let spec = Spec::new(people);
    let model = generate::model(&spec);
    let directory = Directory::from_json(&generate::json(&model)).expect("a sound estate");
    let bytes = freeze(&directory);
    let image = Image::open(&bytes).expect("an image");
    let floor = Floor::new(&model);
    let questions = generate::questions(&model, question_count(people), spec.seed);
    let texts = Texts::new(&model, &questions);
    // Checks that all answers are right.
    let work = Workload::new(&directory, &image, &floor, &model, &questions, &texts);
    let (c, rust) = (FromC::new(&image, &bytes, &texts), FromRust::new(&image, &texts));
    let passes = [
        c.pass_text(work.all()),
        c.pass_handles(work.all()),
        rust.pass_text(work.all()),
        rust.pass_handles(work.all()),
    ];
    assert_eq!(passes, [work.allowed(); 4]);
    let (all, text, handles) = (work.len(), |part| c.pass_text(part), |part| c.pass_handles(part));
    [
        (
            "text",
            measure::pair(all, text, |part| rust.pass_text(part)),
            measure::pair(all, text, |part| work.image_pass_text(part)),
        ),
        (
            "handles",
            measure::pair(all, handles, |part| rust.pass_handles(part)),
            measure::pair(all, handles, |part| work.image_pass_handles(part)),
        ),
    ]
}

/// The image as C has it, and the questions.
struct FromC<'a> {
    image: Box<vestibule_image>,
    key: u64,
    texts: Vec<CTexts>,
    handles: Vec<CHandles>,
    bytes: PhantomData<&'a [u8]>,
}

impl<'a> FromC<'a> {
    fn new(image: &Image<'_>, bytes: &'a [u8], texts: &'a Texts) -> Self {
        let (texts, handles) = (texts.pairs(), pairs_of_handles(image, texts));
        let in_c = |text: &str| vestibule_text { data: text.as_ptr().cast(), length: text.len() };
        let (opened, key) = open(bytes, in_c(ACTION));
        Self {
            image: opened,
            key,
            texts: texts
                .iter()
                .map(|(who, what)| CTexts { principal: in_c(who), resource: in_c(what) })
                .collect(),
            handles: handles
                .iter()
                .map(|(who, what)| CHandles { principal: who.to_bits(), resource: what.to_bits() })
                .collect(),
            bytes: PhantomData,
        }
    }

    fn pass_text(&self, part: Range<usize>) -> usize {
        let questions = &self.texts[part];
        let action = vestibule_text { data: ACTION.as_ptr().cast(), length: ACTION.len() };
        let (data, count, when) = (questions.as_ptr(), questions.len(), instant().as_millis());
        // SAFETY: the image is open, the questions and their texts are there.
        unsafe { bench_pass_text(&*self.image, data, count, action, when) }
    }

    fn pass_handles(&self, part: Range<usize>) -> usize {
        let questions = &self.handles[part];
        let (data, count, when) = (questions.as_ptr(), questions.len(), instant().as_millis());
        // SAFETY: the image is open, the questions are there.
        unsafe { bench_pass_handles(&*self.image, data, count, self.key, when) }
    }
}

/// An image of C, which lives no longer than the bytes, and the number of a key.
fn open(bytes: &[u8], action: vestibule_text) -> (Box<vestibule_image>, u64) {
    let closed = [core::ptr::null_mut(); VESTIBULE_IMAGE_WORDS];
    let mut image = Box::new(vestibule_image { opaque: closed });
    let (size, data, length) = (size_of::<vestibule_image>(), bytes.as_ptr(), bytes.len());
    // SAFETY: the memory is of that size, the bytes outlive the image.
    let opened =
        unsafe { vestibule_image_open(&mut *image, size, data, length, core::ptr::null_mut()) };
    let mut key = 0;
    // SAFETY: the image is open, the text is static.
    let found = unsafe { vestibule_image_key(&*image, action, &mut key) };
    assert_eq!([opened, found], [VESTIBULE_OK; 2]);
    (image, key)
}

fn pairs_of_handles(image: &Image<'_>, texts: &Texts) -> Vec<(PrincipalHandle, ResourceHandle)> {
    let find = |(who, what): (&str, &str)| {
        let who = image.principal(Principal::parse(who).expect("a principal"));
        let what = image.resource(Resource::parse(what).expect("a resource"));
        (who.expect("a known person"), what.expect("a known door"))
    };
    texts.pairs().into_iter().map(find).collect()
}

/// The same by calls in Rust.
struct FromRust<'a> {
    image: &'a Image<'a>,
    key: Key,
    texts: Vec<(&'a str, &'a str)>,
    handles: Vec<(PrincipalHandle, ResourceHandle)>,
}

impl<'a> FromRust<'a> {
    fn new(image: &'a Image<'a>, texts: &'a Texts) -> Self {
        let key = image.key(ACTION).expect("a key of the catalog");
        Self { image, key, handles: pairs_of_handles(image, texts), texts: texts.pairs() }
    }

    fn pass_text(&self, part: Range<usize>) -> usize {
        let asked = self.texts[part].iter().map(|(principal, resource)| TextRequest {
            principal,
            action: ACTION,
            resource,
            acting_org: black_box(None),
            at: instant(),
        });
        asked
            .filter(|request| {
                decide_text(self.image, request).is_ok_and(|decision| decision.is_allow())
            })
            .count()
    }

    fn pass_handles(&self, part: Range<usize>) -> usize {
        let asked = self.handles[part].iter();
        let asked = asked.map(|(who, what)| Question::new(*who, self.key, *what, instant()));
        asked.filter(|question| decide_question(self.image, question).is_allow()).count()
    }
}

#[inline(never)]
fn decide_text(image: &Image<'_>, request: &TextRequest<'_>) -> Result<Decision, RequestError> {
    image.decide_text(request)
}

#[inline(never)]
fn decide_question(image: &Image<'_>, question: &Question) -> Decision {
    image.decide_question(question)
}
