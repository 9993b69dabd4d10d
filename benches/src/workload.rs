//! The same questions for the directory, its image and the floor, at three levels, and one pass over them for
//! each. The passes are not inlined, so that instructions can be counted a function.

use core::hint::black_box;
use core::ops::Range;

use ulid::Ulid;
use vestibule::{
    Directory, IdRef, Image, Key, Principal, PrincipalHandle, Question, Request, Resource,
    ResourceHandle, TextRequest, Timestamp,
};

use crate::floor::{self, Floor};
use crate::generate::{self, Model};

/// What is asked.
pub const ACTION: &str = "doors:open";

/// The instant of all questions, 2026-11-22T18:00:00Z.
#[must_use]
pub const fn instant() -> Timestamp {
    Timestamp::from_millis(1_795_370_400_000)
}

/// How many questions to ask of so many people: enough for many of them to be asked about, few
/// enough for a small estate to stay in the caches.
#[must_use]
pub fn question_count(people: usize) -> usize {
    people.clamp(4_096, 262_144)
}

/// The texts of questions, end to end, in the order in which they are asked.
#[derive(Debug)]
pub struct Texts {
    text: String,
    ends: Vec<(usize, usize)>,
}

impl Texts {
    /// Writes the questions down.
    #[must_use]
    pub fn new(model: &Model, questions: &[generate::Question]) -> Self {
        let mut texts = Self { text: String::new(), ends: Vec::with_capacity(questions.len()) };
        for question in questions {
            let (person, door) = ids(model, question);
            texts.text += &format!("person:{person}");
            let middle = texts.text.len();
            texts.text += &format!("door:{door}");
            texts.ends.push((middle, texts.text.len()));
        }
        texts
    }

    /// Principal and resource of each.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let starts = core::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end));
        starts
            .zip(&self.ends)
            .map(|(start, (middle, end))| (&self.text[start..*middle], &self.text[*middle..*end]))
            .collect()
    }
}

fn ids(model: &Model, question: &generate::Question) -> (Ulid, Ulid) {
    (model.people[question.person as usize].id, model.doors[question.door as usize])
}

/// Questions in every form, with what answers them.
#[derive(Debug)]
pub struct Workload<'a> {
    directory: &'a Directory,
    image: &'a Image<'a>,
    floor: &'a Floor,
    at: Timestamp,
    key: Key,
    image_key: Key,
    floor_key: floor::Key,
    texts: Vec<(&'a str, &'a str)>,
    ids: Vec<(IdRef<'a>, IdRef<'a>)>,
    floor_ids: Vec<(Ulid, Ulid)>,
    handles: Vec<(PrincipalHandle, ResourceHandle)>,
    image_handles: Vec<(PrincipalHandle, ResourceHandle)>,
    floor_handles: Vec<(floor::Handle, floor::Handle)>,
}

impl<'a> Workload<'a> {
    /// Puts the questions into every form, and checks that the directory, the image and the floor give the
    /// right answer to each at each level, and that half are allowed.
    #[must_use]
    pub fn new(
        directory: &'a Directory,
        image: &'a Image<'a>,
        floor: &'a Floor,
        model: &Model,
        questions: &[generate::Question],
        texts: &'a Texts,
    ) -> Self {
        let floor_ids: Vec<_> = questions.iter().map(|question| ids(model, question)).collect();
        let id = |ulid: &Ulid| IdRef::from_ulid_bytes(ulid.to_bytes());
        let ids: Vec<_> = floor_ids.iter().map(|(person, door)| (id(person), id(door))).collect();
        let principal = |id| directory.principal(Principal::Person(id)).expect("a known person");
        let resource = |id| directory.resource(Resource::Door(id)).expect("a known door");
        let image_principal = |id| image.principal(Principal::Person(id)).expect("a known person");
        let image_resource = |id| image.resource(Resource::Door(id)).expect("a known door");
        let floor_person = |id| floor.person(id).expect("a known person");
        let floor_door = |id| floor.door(id).expect("a known door");
        let workload = Self {
            at: instant(),
            key: directory.catalog().key(ACTION).expect("a key of the catalog"),
            image_key: image.key(ACTION).expect("a key of the catalog"),
            floor_key: Floor::key(ACTION).expect("a key of the floor"),
            texts: texts.pairs(),
            handles: ids.iter().map(|(who, what)| (principal(*who), resource(*what))).collect(),
            image_handles: ids
                .iter()
                .map(|(who, what)| (image_principal(*who), image_resource(*what)))
                .collect(),
            floor_handles: floor_ids
                .iter()
                .map(|(who, what)| (floor_person(*who), floor_door(*what)))
                .collect(),
            ids,
            floor_ids,
            directory,
            image,
            floor,
        };
        workload.check(questions);
        workload
    }

    fn check(&self, questions: &[generate::Question]) {
        for (number, question) in questions.iter().enumerate() {
            let answers = [
                self.by_text(&self.texts[number]),
                self.by_ids(&self.ids[number]),
                self.by_handles(&self.handles[number]),
                self.image_by_text(&self.texts[number]),
                self.image_by_ids(&self.ids[number]),
                self.image_by_handles(&self.image_handles[number]),
                self.floor_by_text(&self.texts[number]),
                self.floor_by_ids(&self.floor_ids[number]),
                self.floor_by_handles(&self.floor_handles[number]),
            ];
            let text = self.texts[number];
            let sides = "text, ids, handles of the directory, the image, the floor";
            assert_eq!(answers, [question.is_allowed; 9], "{text:?}: {sides}");
        }
        let allowed = questions.iter().filter(|question| question.is_allowed).count();
        assert_eq!(allowed, self.allowed(), "half of the questions are allowed");
    }

    /// All questions.
    #[must_use]
    pub fn all(&self) -> Range<usize> {
        0..self.len()
    }

    /// How many questions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// How many of them are allowed: what a pass over all returns.
    #[must_use]
    pub fn allowed(&self) -> usize {
        self.len().div_ceil(2)
    }

    #[inline(always)]
    fn text_request<'t>(&self, (principal, resource): &(&'t str, &'t str)) -> TextRequest<'t> {
        let action = black_box(ACTION);
        TextRequest { principal, action, resource, acting_org: None, at: self.at }
    }

    #[inline(always)]
    fn request<'i>(&self, (principal, resource): &(IdRef<'i>, IdRef<'i>)) -> Request<'i> {
        let principal = Principal::Person(*principal);
        let resource = Resource::Door(*resource);
        Request::new(principal, black_box(ACTION), resource, self.at)
    }

    #[inline(always)]
    fn by_text(&self, pair: &(&str, &str)) -> bool {
        let decision = self.directory.decide_text(&self.text_request(pair));
        decision.is_ok_and(|decision| decision.is_allow())
    }

    #[inline(always)]
    fn by_ids(&self, pair: &(IdRef<'_>, IdRef<'_>)) -> bool {
        self.directory.decide(&self.request(pair)).is_allow()
    }

    #[inline(always)]
    fn by_handles(&self, (principal, resource): &(PrincipalHandle, ResourceHandle)) -> bool {
        let question = Question::new(*principal, black_box(self.key), *resource, self.at);
        self.directory.decide_question(&question).is_allow()
    }

    #[inline(always)]
    fn image_by_text(&self, pair: &(&str, &str)) -> bool {
        let decision = self.image.decide_text(&self.text_request(pair));
        decision.is_ok_and(|decision| decision.is_allow())
    }

    #[inline(always)]
    fn image_by_ids(&self, pair: &(IdRef<'_>, IdRef<'_>)) -> bool {
        self.image.decide(&self.request(pair)).is_allow()
    }

    #[inline(always)]
    fn image_by_handles(&self, (principal, resource): &(PrincipalHandle, ResourceHandle)) -> bool {
        let question = Question::new(*principal, black_box(self.image_key), *resource, self.at);
        self.image.decide_question(&question).is_allow()
    }

    #[inline(always)]
    fn floor_by_text(&self, (person, door): &(&str, &str)) -> bool {
        self.floor.allows_text(person, door, black_box(self.floor_key)).is_ok_and(|allowed| allowed)
    }

    #[inline(always)]
    fn floor_by_ids(&self, (person, door): &(Ulid, Ulid)) -> bool {
        self.floor.allows_ids(*person, *door, black_box(self.floor_key))
    }

    #[inline(always)]
    fn floor_by_handles(&self, (person, door): &(floor::Handle, floor::Handle)) -> bool {
        self.floor.allows(*person, *door, black_box(self.floor_key))
    }

    /// Asks the directory with text; returns how many are allowed, as all passes do.
    #[inline(never)]
    #[must_use]
    pub fn pass_text(&self, part: Range<usize>) -> usize {
        self.texts[part].iter().filter(|pair| self.by_text(pair)).count()
    }

    /// Asks the directory with ids.
    #[inline(never)]
    #[must_use]
    pub fn pass_ids(&self, part: Range<usize>) -> usize {
        self.ids[part].iter().filter(|pair| self.by_ids(pair)).count()
    }

    /// Asks the directory with handles.
    #[inline(never)]
    #[must_use]
    pub fn pass_handles(&self, part: Range<usize>) -> usize {
        self.handles[part].iter().filter(|pair| self.by_handles(pair)).count()
    }

    /// Asks the image with text.
    #[inline(never)]
    #[must_use]
    pub fn image_pass_text(&self, part: Range<usize>) -> usize {
        self.texts[part].iter().filter(|pair| self.image_by_text(pair)).count()
    }

    /// Asks the image with ids.
    #[inline(never)]
    #[must_use]
    pub fn image_pass_ids(&self, part: Range<usize>) -> usize {
        self.ids[part].iter().filter(|pair| self.image_by_ids(pair)).count()
    }

    /// Asks the image with handles.
    #[inline(never)]
    #[must_use]
    pub fn image_pass_handles(&self, part: Range<usize>) -> usize {
        self.image_handles[part].iter().filter(|pair| self.image_by_handles(pair)).count()
    }

    /// Asks the floor with text.
    #[inline(never)]
    #[must_use]
    pub fn floor_pass_text(&self, part: Range<usize>) -> usize {
        self.texts[part].iter().filter(|pair| self.floor_by_text(pair)).count()
    }

    /// Asks the floor with ids.
    #[inline(never)]
    #[must_use]
    pub fn floor_pass_ids(&self, part: Range<usize>) -> usize {
        self.floor_ids[part].iter().filter(|pair| self.floor_by_ids(pair)).count()
    }

    /// Asks the floor with handles.
    #[inline(never)]
    #[must_use]
    pub fn floor_pass_handles(&self, part: Range<usize>) -> usize {
        self.floor_handles[part].iter().filter(|pair| self.floor_by_handles(pair)).count()
    }
}
