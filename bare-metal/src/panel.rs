//! A panel at work: it opens its image, decides, and lists. The same on every processor.

use vestibule::{
    IdError, IdRef, Image, ImageError, ImageFault, OutsideSlice, Question, Reason, RequestError,
    Resource, Timestamp,
};

use crate::questions::{Asked, FIRST_LISTED, INTEGRATION, LOBBY, NOW, OPENED, OPENERS, QUESTIONS};

/// How much was answered, all of it right.
#[derive(Default)]
pub struct Answers {
    /// Damaged images that were refused.
    pub refused: usize,
    /// Decisions, each from text and by handles.
    pub allowed: usize,
    pub denied: usize,
    /// What the lobby shows.
    pub units: usize,
    pub residents: usize,
    /// People who may open one door.
    pub openers: usize,
}

/// What is not as expected.
pub enum Wrong {
    /// A bad image was taken, or refused for something else.
    Taken(&'static str),
    /// The good image was refused.
    Refused(ImageError),
    /// The answer to a question, by its number from 1.
    Decision(usize),
    /// A list.
    List(&'static str),
    /// What is asked about has no form.
    Form,
}

impl From<IdError> for Wrong {
    fn from(_: IdError) -> Self {
        Self::Form
    }
}

/// Opens the image and asks everything of it: what the budgets are for. The image is looked at where its result is: one that
/// is taken out is copied, and has 200 bytes.
#[inline(never)]
pub fn open_and_decide(image: &[u8], answers: &mut Answers) -> Result<(), Wrong> {
    let opened = Image::open(image);
    let image = opened.as_ref().map_err(|error| Wrong::Refused(*error))?;
    decide(image, answers)?;
    list_lobby(image, answers)
}

/// The same for what has no budget: who may open a door.
#[inline(never)]
pub fn open_and_list(image: &[u8], answers: &mut Answers) -> Result<(), Wrong> {
    let opened = Image::open(image);
    let image = opened.as_ref().map_err(|error| Wrong::Refused(*error))?;
    list_openers(image, answers)
}

/// A damaged image, and one that ends too early.
#[inline(never)]
pub fn refuse(image: &[u8], damaged: &[u8], answers: &mut Answers) -> Result<(), Wrong> {
    let short = image.split_last().map_or(image, |(_, rest)| rest);
    for (bytes, fault) in [(damaged, ImageFault::Digest), (short, ImageFault::Length)] {
        match &Image::open(bytes) {
            Err(error) if error.fault() == fault => {}
            _ => return Err(Wrong::Taken(fault.as_str())),
        }
        answers.refused = answers.refused.saturating_add(1);
    }
    Ok(())
}

/// Every question from text; and once more by handles, where all that it names is here.
#[inline(never)]
fn decide(image: &Image<'_>, answers: &mut Answers) -> Result<(), Wrong> {
    for (asked, number) in QUESTIONS.iter().zip(1..usize::MAX) {
        if [by_text(image, asked), by_handles(image, asked)] != [Some(asked.reason); 2] {
            return Err(Wrong::Decision(number));
        }
        let is_allowed = asked.reason == Reason::Granted;
        let counter = if is_allowed { &mut answers.allowed } else { &mut answers.denied };
        *counter = counter.saturating_add(1);
    }
    Ok(())
}

/// None for a question that is not of its form.
#[inline(never)]
fn by_text(image: &Image<'_>, asked: &Asked) -> Option<Reason> {
    image.decide_text(&asked.text).ok().map(|decision| decision.reason())
}

/// What is not here has no handle, and a reason at once. None for a question that is not of its form.
#[inline(never)]
fn by_handles(image: &Image<'_>, asked: &Asked) -> Option<Reason> {
    match &by_ids(image, asked) {
        Ok(Ok(question)) => Some(image.decide_question(question).reason()),
        Ok(Err(reason)) => Some(*reason),
        Err(_) => None,
    }
}

#[inline(never)]
fn by_ids(image: &Image<'_>, asked: &Asked) -> Result<Result<Question, Reason>, RequestError> {
    match &asked.text.parse() {
        Ok(request) => Ok(image.resolve(request)),
        Err(error) => Err(*error),
    }
}

impl From<OutsideSlice> for Wrong {
    fn from(_: OutsideSlice) -> Self {
        Self::List("outside the slice")
    }
}

/// All that the lobby shows, and what it shows first.
#[inline(never)]
fn list_lobby(image: &Image<'_>, answers: &mut Answers) -> Result<(), Wrong> {
    let mut silent = 0_usize;
    for unit in image.lobby_directory(IdRef::parse(INTEGRATION)?, Timestamp::from_millis(NOW))? {
        let mut first = None;
        for (_, name) in unit.residents() {
            first = first.or(name);
            answers.residents = answers.residents.saturating_add(1);
        }
        if answers.units == 0 && (unit.number, first) != (FIRST_LISTED.0, Some(FIRST_LISTED.1)) {
            return Err(Wrong::List("the first of the lobby"));
        }
        answers.units = answers.units.saturating_add(1);
        silent = silent.saturating_add(usize::from(!unit.callable));
    }
    let is_whole = (answers.units, answers.residents, silent) == LOBBY;
    is_whole.then_some(()).ok_or(Wrong::List("the lobby"))
}

/// Everybody who may open a door.
#[inline(never)]
fn list_openers(image: &Image<'_>, answers: &mut Answers) -> Result<(), Wrong> {
    let door = Resource::Door(IdRef::parse(OPENED)?);
    let mut expected = OPENERS.iter();
    for person in image.who_can("doors:open", door, Timestamp::from_millis(NOW))? {
        if expected.next().map(|id| id.as_bytes()) != Some(person.as_bytes()) {
            return Err(Wrong::List("who may open a door"));
        }
        answers.openers = answers.openers.saturating_add(1);
    }
    expected.next().is_none().then_some(()).ok_or(Wrong::List("who may open a door"))
}
