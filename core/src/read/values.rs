//! Values: ids, paths, instants, numbers, texts, words.

use alloc::boxed::Box;
use alloc::format;

use super::object::one_of;
use super::{Cx, NOT_WHOLE, Node, Read, Token};
use crate::estate::{FaultCode, Printable, is_forbidden};
use crate::id::{Id, IdRef};
use crate::path::RolePath;
use crate::time::{Timestamp, TimestampError};

impl Read for bool {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match node.head() {
            Token::Bool(value) => Some(*value),
            _ => cx.wrong_type(node, "`true` or `false`"),
        }
    }
}

/// A whole number from `least` to `most`.
pub(crate) fn whole_number(
    node: Node<'_>,
    cx: &mut Cx<'_, '_>,
    least: u64,
    most: u64,
) -> Option<u64> {
    let found = match node.head() {
        Token::Unsigned(value) if (least..=most).contains(value) => return Some(*value),
        Token::Unsigned(value) => format!("{value}"),
        Token::Negative(value) => format!("{value}"),
        Token::OtherNumber => NOT_WHOLE.into(),
        _ => return cx.wrong_type(node, &format!("a whole number from {least} to {most}")),
    };
    cx.fault(FaultCode::InvalidValue, found, format!("a whole number from {least} to {most}"))
}

impl Read for u64 {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        whole_number(node, cx, 0, Self::MAX)
    }
}

/// A whole number of 32 bits from 1 up.
pub(crate) fn at_least_one(node: Node<'_>, cx: &mut Cx<'_, '_>, most: u32) -> Option<u32> {
    whole_number(node, cx, 1, most.into()).and_then(|number| u32::try_from(number).ok())
}

impl Read for i64 {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match node.head() {
            Token::Negative(value) => Some(*value),
            _ => whole_number(node, cx, 0, Self::MAX.unsigned_abs())
                .and_then(|number| Self::try_from(number).ok()),
        }
    }
}

impl Read for Id {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        const EXPECTED: &str = "an id: a ULID, a UUID, or 1 to 64 of `A-Z a-z 0-9 _ . -`";
        let Some(text) = node.as_text() else { return cx.wrong_type(node, EXPECTED) };
        match IdRef::parse(text) {
            Ok(id) => Some(id.to_owned()),
            Err(error) => {
                let found = format!("`{}`: {error}", Printable(text));
                cx.fault(FaultCode::InvalidId, found, EXPECTED)
            }
        }
    }
}

impl Read for RolePath {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        const EXPECTED: &str = "a role path: 1 to 8 segments with `:` between them";
        let Some(text) = node.as_text() else { return cx.wrong_type(node, EXPECTED) };
        match Self::parse(text) {
            Ok(path) => Some(path),
            Err(error) => {
                let found = format!("`{}`: {error}", Printable(text));
                cx.fault(FaultCode::InvalidPath, found, EXPECTED)
            }
        }
    }
}

impl Read for Timestamp {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        const EXPECTED: &str = "a date and time with offset, as in `2026-11-22T18:00:00Z`";
        let Some(text) = node.as_text() else { return cx.wrong_type(node, EXPECTED) };
        let code = match Self::parse(text) {
            Ok(instant) => return Some(instant),
            Err(TimestampError::OffsetRequired) => FaultCode::OffsetRequired,
            Err(TimestampError::Malformed) => FaultCode::InvalidTime,
        };
        cx.fault(code, format!("`{}`", Printable(text)), EXPECTED)
    }
}

/// Text whose form the operation looks at that is given it.
impl Read for Box<str> {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match node.as_text() {
            Some(text) => Some(text.into()),
            None => cx.wrong_type(node, "text"),
        }
    }
}

/// Text that people read, of at most `most` characters.
pub(crate) fn text_up_to<'t>(node: Node<'t>, cx: &mut Cx<'_, '_>, most: usize) -> Option<&'t str> {
    match node.as_text() {
        Some(text) => check_text(text, cx, most).then_some(text),
        None => cx.wrong_type(node, TEXT),
    }
}

const TEXT: &str = "text without control characters";

/// Whether people can read it; else a fault.
pub(crate) fn check_text(text: &str, cx: &mut Cx<'_, '_>, most: usize) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
    if text.len() <= most && text.as_bytes().iter().all(is_plain) {
        return true;
    }
    // A character has at least one byte, so the exact count is wanted for long texts only.
    if text.len() > most && text.chars().count() > most {
        let found = format!("{} characters", text.chars().count());
        let expected = format!("at most {most} characters");
        return cx.fault::<()>(FaultCode::InvalidText, found, expected).is_some();
    }
    if text.chars().any(is_forbidden) {
        let found = format!("`{}`", Printable(text));
        return cx.fault::<()>(FaultCode::InvalidText, found, TEXT).is_some();
    }
    true
}

/// A value, or none for `null`.
pub(crate) fn or_null<T: Read>(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Option<T>> {
    match node.head() {
        Token::Null => Some(None),
        _ => T::read(node, cx).map(Some),
    }
}

/// One of a list of words, by its position.
pub(crate) fn word(node: Node<'_>, cx: &mut Cx<'_, '_>, words: &[&str]) -> Option<usize> {
    let expected = || one_of(&mut words.iter().copied());
    let Some(text) = node.as_text() else { return cx.wrong_type(node, &expected()) };
    let place = words.iter().position(|word| *word == text);
    if place.is_none() {
        let found = format!("`{}`", Printable(text));
        cx.fault::<()>(FaultCode::InvalidValue, found, expected());
    }
    place
}

/// Gives types that are words their reader: they have `WORDS`, and `ALL` in the same order.
macro_rules! read_word {
    ($($type:ty,)+) => {$(
        impl $crate::read::Read for $type {
            fn read(node: $crate::read::Node<'_>, cx: &mut $crate::read::Cx<'_, '_>) -> Option<Self> {
                $crate::read::word(node, cx, Self::WORDS).and_then(|place| Self::ALL.get(place).copied())
            }
        }
    )+};
}

pub(crate) use read_word;
