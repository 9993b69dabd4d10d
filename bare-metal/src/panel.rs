//! What is asked of the image, and whether the answers are right. The same on every processor.

use vestibule::{TextRequest, Timestamp};

/// How many questions there were, and what became of them.
#[derive(Default)]
pub struct Answers {
    /// All questions.
    pub asked: usize,
    /// Those that were read.
    pub read: usize,
    /// Those that were refused, in the field that was expected.
    pub refused: usize,
}

/// An answer that is not the one expected.
pub struct Wrong {
    /// What is wrong.
    pub problem: &'static str,
    /// In which line of the image, counted from 1.
    pub line: usize,
}

/// Opens the image and asks everything of it: the only function that knows what an image is.
///
/// The image is a text: a line has what is expected, which is `read` or the field at fault, then
/// principal, action, resource and the milliseconds of the instant, each after one space. (A panel has a
/// clock that counts; reading dates would be two thirds of the flash.)
#[inline(never)]
pub fn open_and_decide(image: &[u8]) -> Result<Answers, Wrong> {
    let mut answers = Answers::default();
    for line in image.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        answers.asked = answers.asked.saturating_add(1);
        let wrong = |problem| Wrong { problem, line: answers.asked };
        let (expected, found) =
            ask(line).ok_or_else(|| wrong("expected four words and a number"))?;
        if expected != found {
            return Err(wrong("another answer than expected"));
        }
        let counter = if found == READ { &mut answers.read } else { &mut answers.refused };
        *counter = counter.saturating_add(1);
    }
    // An image without questions proves nothing.
    if answers.read == 0 || answers.refused == 0 {
        return Err(Wrong { problem: "expected questions of both kinds", line: answers.asked });
    }
    Ok(answers)
}

const READ: &str = "read";

/// What a line expects, and what the library says; none where a word is missing, or the last is no number.
fn ask(line: &[u8]) -> Option<(&str, &'static str)> {
    let mut words = line.split(|byte| *byte == b' ').map_while(|word| str::from_utf8(word).ok());
    let expected = words.next()?;
    let (principal, action, resource) = (words.next()?, words.next()?, words.next()?);
    let at = Timestamp::from_millis(words.next()?.parse().ok()?);
    let question = TextRequest { principal, action, resource, acting_org: None, at };
    let found = question.parse().map_or_else(|error| error.field(), |_| READ);
    Some((expected, found))
}
