//! Images, their headers, and how fresh they are.

use vestibule::{Freshness, Image, Principal, Resource, SliceKind, Timestamp};
use vestibule_c::{
    VESTIBULE_BEFORE_ISSUE, VESTIBULE_FRESH, VESTIBULE_NO_LIMIT, VESTIBULE_SLICE_EVERYTHING,
    VESTIBULE_SLICE_INTEGRATION, VESTIBULE_SLICE_PERSON, VESTIBULE_STALE, VESTIBULE_TOO_OLD,
};

use crate::tape::{Fields, Kind, Tape};

/// Puts an image in place; what follows is asked of it. Opens it too.
///
/// Fields: the bytes; slice, 4 bytes; the text of the subject, `integration:ID`, `person:ID` or empty; revision, issued at, fresh
/// for, max stale, 8 bytes each; the digest as bytes.
pub fn place<'b>(tape: &mut Tape, name: &str, bytes: &'b [u8]) -> Image<'b> {
    let image = Image::open(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    let fields = Fields::new()
        .bytes(bytes)
        .u32(slice(image.slice()))
        .text(&subject(&image))
        .u64(image.revision())
        .i64(image.issued_at().as_millis())
        .u64(image.fresh_for().unwrap_or(VESTIBULE_NO_LIMIT))
        .u64(image.max_stale().unwrap_or(VESTIBULE_NO_LIMIT))
        .bytes(&image.digest());
    tape.add(Kind::Image, name, fields);
    image
}

fn slice(kind: SliceKind) -> u32 {
    match kind {
        SliceKind::Everything => VESTIBULE_SLICE_EVERYTHING,
        SliceKind::Integration => VESTIBULE_SLICE_INTEGRATION,
        SliceKind::Person => VESTIBULE_SLICE_PERSON,
        other => panic!("`{}` is no slice that C knows", other.as_str()),
    }
}

fn subject(image: &Image<'_>) -> String {
    match (image.slice(), image.subject()) {
        (SliceKind::Integration, Some(id)) => Resource::Integration(id).to_string(),
        (SliceKind::Person, Some(id)) => Principal::Person(id).to_string(),
        _ => String::new(),
    }
}

/// Asks how fresh the image is around each of its limits.
///
/// Fields: the instant, 8 bytes; `VESTIBULE_FRESH` and so on, 4 bytes.
pub fn ask_freshness(tape: &mut Tape, name: &str, image: &Image<'_>) {
    let issued = image.issued_at().as_millis();
    let limits = [Some(0), image.fresh_for(), image.max_stale()];
    let limits = limits.into_iter().flatten().map(|limit| issued.saturating_add_unsigned(limit));
    let around = limits.flat_map(|limit| [limit.saturating_sub(1), limit, limit.saturating_add(1)]);
    for at in around.chain([i64::MIN, i64::MAX]) {
        let word = freshness(image.freshness(Timestamp::from_millis(at)));
        let fields = Fields::new().i64(at).u32(word);
        tape.add(Kind::Freshness, &format!("{name}: fresh at {at}"), fields);
    }
}

fn freshness(of: Freshness) -> u32 {
    match of {
        Freshness::BeforeIssue => VESTIBULE_BEFORE_ISSUE,
        Freshness::Fresh => VESTIBULE_FRESH,
        Freshness::Stale => VESTIBULE_STALE,
        Freshness::TooOld => VESTIBULE_TOO_OLD,
        other => panic!("{other:?} is nothing that C knows"),
    }
}
