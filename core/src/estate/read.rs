//! Reading an estate from JSON. One pass does both jobs: it builds the rows, and it notes every fault
//! of form with its path instead of stopping at the first. What is wrong is skipped, never stored.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::fault::{FaultCode, Faults, Path, Printable};
use super::text::{LocalizedText, is_forbidden, is_locale};
use super::types::*;
use crate::id::{Id, IdRef};
use crate::limits::{
    DEFAULT_ORGANISATION_DEPTH, MAX_DESCRIPTION_CHARS, MAX_DOCUMENT_BYTES, MAX_NAME_CHARS,
    MAX_ORGANISATION_DEPTH, MAX_PATH_BYTES, MAX_PHONE_CHARS, MAX_ROWS, MAX_UNIT_NUMBER_CHARS,
};
use crate::path::RolePath;
use crate::time::{Timestamp, TimestampError};

impl Estate {
    /// Reads a document. Only its form is checked here; [`Directory::new`](crate::Directory::new) checks
    /// the rules between rows. Where the form is at fault, the rules are looked at too, so that one report
    /// has everything.
    ///
    /// # Errors
    ///
    /// Every fault, with its JSON path, what was found and what was expected. Time and memory are O(size of
    /// the document).
    pub fn from_json(json: &[u8]) -> Result<Self, Faults> {
        let (estate, mut faults) = read(json);
        if faults.is_empty() {
            return estate.ok_or(faults);
        }
        if let Some(estate) = estate {
            crate::directory::add_rule_faults(&estate, &mut faults);
        }
        Err(faults)
    }
}

/// Reads what can be read.
fn read(json: &[u8]) -> (Option<Estate>, Faults) {
    let mut faults = Faults::default();
    if json.len() > MAX_DOCUMENT_BYTES {
        let found = format!("{} bytes", json.len());
        faults.add(&Path::ROOT, FaultCode::Syntax, found, "a document of at most 2 GB");
        return (None, faults);
    }
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let seed = Seed::<Estate>::new(Path::ROOT, &mut faults);
    let result = seed.deserialize(&mut deserializer).and_then(|estate| {
        deserializer.end()?;
        Ok(estate)
    });
    match result {
        Ok(estate) => (estate, faults),
        Err(error) => {
            let found =
                format!("{error} (byte {})", byte_offset(json, error.line(), error.column()));
            faults.add(&Path::ROOT, FaultCode::Syntax, found, "one JSON object, in UTF-8");
            (None, faults)
        }
    }
}

/// Offset from 0 of a line and column that count from 1.
fn byte_offset(json: &[u8], line: usize, column: usize) -> usize {
    let newlines = json.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let line_start = match line.checked_sub(2) {
        None => 0,
        Some(previous) => {
            newlines.map(|(offset, _)| offset.saturating_add(1)).nth(previous).unwrap_or(json.len())
        }
    };
    line_start.saturating_add(column.saturating_sub(1))
}

/// Something that can be read from a JSON value. What a type does not accept is a `wrong_type` fault.
trait Read: Sized {
    /// What the reader of a fault should have written.
    const EXPECTED: &'static str;

    fn from_bool(value: bool, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.wrong_type(&format!("`{value}`"), Self::EXPECTED)
    }

    fn from_unsigned(value: u64, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.wrong_type(&format!("the number {value}"), Self::EXPECTED)
    }

    fn from_other_number(value: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.wrong_type(&format!("the number {value}"), Self::EXPECTED)
    }

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.wrong_type(&format!("the text `{}`", Printable(text)), Self::EXPECTED)
    }

    fn from_null(cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.wrong_type("null", Self::EXPECTED)
    }

    fn from_array<'de, A: SeqAccess<'de>>(
        mut array: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        while array.next_element::<Skip>()?.is_some() {}
        Ok(cx.wrong_type("an array", Self::EXPECTED))
    }

    fn from_object<'de, A: MapAccess<'de>>(
        mut object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<Key<'de>, Skip>()?.is_some() {}
        Ok(cx.wrong_type("an object", Self::EXPECTED))
    }
}

/// Where the reader is, and where its faults go.
struct Cx<'p, 'f> {
    path: Path<'p>,
    faults: &'f mut Faults,
}

impl Cx<'_, '_> {
    fn fault<T>(
        &mut self,
        code: FaultCode,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Option<T> {
        self.faults.add(&self.path, code, found, expected);
        None
    }

    fn wrong_type<T>(&mut self, found: &str, expected: &str) -> Option<T> {
        self.fault(FaultCode::WrongType, found, expected)
    }
}

/// Reads one `T` at a path.
struct Seed<'p, 'f, T> {
    cx: Cx<'p, 'f>,
    reads: PhantomData<T>,
}

impl<'p, 'f, T> Seed<'p, 'f, T> {
    fn new(path: Path<'p>, faults: &'f mut Faults) -> Self {
        Self { cx: Cx { path, faults }, reads: PhantomData }
    }
}

impl<'de, T: Read> DeserializeSeed<'de> for Seed<'_, '_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Read> Visitor<'de> for Seed<'_, '_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_bool<E>(mut self, value: bool) -> Result<Option<T>, E> {
        Ok(T::from_bool(value, &mut self.cx))
    }

    fn visit_u64<E>(mut self, value: u64) -> Result<Option<T>, E> {
        Ok(T::from_unsigned(value, &mut self.cx))
    }

    fn visit_i64<E>(mut self, value: i64) -> Result<Option<T>, E> {
        Ok(T::from_other_number(&value.to_string(), &mut self.cx))
    }

    fn visit_f64<E>(mut self, value: f64) -> Result<Option<T>, E> {
        Ok(T::from_other_number(&value.to_string(), &mut self.cx))
    }

    fn visit_str<E>(mut self, text: &str) -> Result<Option<T>, E> {
        Ok(T::from_text(text, &mut self.cx))
    }

    fn visit_unit<E>(mut self) -> Result<Option<T>, E> {
        Ok(T::from_null(&mut self.cx))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, array: A) -> Result<Option<T>, A::Error> {
        T::from_array(array, &mut self.cx)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, object: A) -> Result<Option<T>, A::Error> {
        T::from_object(object, &mut self.cx)
    }
}

/// A value that nobody wants. Unlike serde's own, it keeps to the depth that a document may have.
struct Skip;

impl<'de> serde::Deserialize<'de> for Skip {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Skip {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self, A::Error> {
        while array.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self, A::Error> {
        while object.next_entry::<Key<'de>, Self>()?.is_some() {}
        Ok(self)
    }
}

/// The key of an object, borrowed where the JSON has no escapes in it.
struct Key<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.into())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

impl<T: Read> Read for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn from_bool(value: bool, cx: &mut Cx<'_, '_>) -> Option<Self> {
        T::from_bool(value, cx).map(Some)
    }

    fn from_unsigned(value: u64, cx: &mut Cx<'_, '_>) -> Option<Self> {
        T::from_unsigned(value, cx).map(Some)
    }

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        T::from_text(text, cx).map(Some)
    }

    fn from_array<'de, A: SeqAccess<'de>>(
        array: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        Ok(T::from_array(array, cx)?.map(Some))
    }

    fn from_object<'de, A: MapAccess<'de>>(
        object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        Ok(T::from_object(object, cx)?.map(Some))
    }
}

/// An element that is at fault leaves a gap: the array keeps the good ones, and the faults know of the
/// gap, so that positions in later faults still count all elements.
impl<T: Read> Read for Vec<T> {
    const EXPECTED: &'static str = "an array";

    fn from_array<'de, A: SeqAccess<'de>>(
        mut array: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        let mut elements = Vec::new();
        for index in 0_usize.. {
            let seed = Seed::new(cx.path.index(index), cx.faults);
            match array.next_element_seed(seed)? {
                None => break,
                Some(Some(element)) if elements.len() < MAX_ROWS => elements.push(element),
                Some(Some(_)) => {
                    while array.next_element::<Skip>()?.is_some() {}
                    let found = format!("over {MAX_ROWS} elements");
                    return Ok(cx.fault(FaultCode::TooMany, found, "fewer"));
                }
                Some(None) => cx.faults.note_gap(&cx.path, index),
            }
        }
        Ok(Some(elements))
    }
}

impl Read for bool {
    const EXPECTED: &'static str = "`true` or `false`";

    fn from_bool(value: bool, _: &mut Cx<'_, '_>) -> Option<Self> {
        Some(value)
    }
}

impl Read for u64 {
    const EXPECTED: &'static str = "a whole number from 0 to 18446744073709551615";

    fn from_unsigned(value: u64, _: &mut Cx<'_, '_>) -> Option<Self> {
        Some(value)
    }

    fn from_other_number(value: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.fault(FaultCode::InvalidValue, value, Self::EXPECTED)
    }
}

impl Read for Id {
    const EXPECTED: &'static str = "an id: a ULID, a UUID, or 1 to 64 of `A-Z a-z 0-9 _ . -`";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match IdRef::parse(text) {
            Ok(id) => Some(id.to_owned()),
            Err(error) => {
                let found = format!("`{}`: {error}", Printable(text));
                cx.fault(FaultCode::InvalidId, found, Self::EXPECTED)
            }
        }
    }
}

impl Read for RolePath {
    const EXPECTED: &'static str = "a role path: 1 to 8 segments with `:` between them";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match Self::parse(text) {
            Ok(path) => Some(path),
            Err(error) => {
                let found = format!("`{}`: {error}", Printable(text));
                cx.fault(FaultCode::InvalidPath, found, Self::EXPECTED)
            }
        }
    }
}

impl Read for Timestamp {
    const EXPECTED: &'static str = "a date and time with offset, as in `2026-11-22T18:00:00Z`";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        let code = match Self::parse(text) {
            Ok(instant) => return Some(instant),
            Err(TimestampError::OffsetRequired) => FaultCode::OffsetRequired,
            Err(TimestampError::Malformed) => FaultCode::InvalidTime,
        };
        cx.fault(code, format!("`{}`", Printable(text)), Self::EXPECTED)
    }
}

/// Text that people read, of at most `MAX` characters.
struct Text<const MAX: usize>(Box<str>);

impl<const MAX: usize> Read for Text<MAX> {
    const EXPECTED: &'static str = "text without control characters";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        // A character has at least one byte, so the exact count is wanted for long texts only.
        if text.len() > MAX && text.chars().count() > MAX {
            let found = format!("{} characters", text.chars().count());
            return cx.fault(FaultCode::InvalidText, found, format!("at most {MAX} characters"));
        }
        if text.chars().any(is_forbidden) {
            let found = format!("`{}`", Printable(text));
            return cx.fault(FaultCode::InvalidText, found, Self::EXPECTED);
        }
        Some(Self(text.into()))
    }
}

type Name = Text<MAX_NAME_CHARS>;

fn text<const MAX: usize>(read: Text<MAX>) -> Box<str> {
    read.0
}

fn optional_text<const MAX: usize>(read: Option<Text<MAX>>) -> Option<Box<str>> {
    read.map(text)
}

impl Read for LocalizedText {
    const EXPECTED: &'static str = "text, `{\"en\": text}` or `{\"value\": {\"en\": text}}`";

    fn from_text(written: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        if written.is_empty() {
            return cx.fault(FaultCode::InvalidText, "an empty name", "a name");
        }
        Name::from_text(written, cx).map(|read| Self::plain(&read.0))
    }

    fn from_object<'de, A: MapAccess<'de>>(
        object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        let Some(LocaleMap { texts, envelope }) = LocaleMap::from_object(object, cx)? else {
            return Ok(None);
        };
        let texts = match (envelope, texts.is_empty()) {
            (Some(inner), true) => inner,
            (None, false) => texts,
            (None, true) => return Ok(cx.fault(FaultCode::InvalidText, "no text", Self::EXPECTED)),
            (Some(_), false) => {
                return Ok(cx.fault(
                    FaultCode::InvalidValue,
                    "`value` beside locales",
                    Self::EXPECTED,
                ));
            }
        };
        if texts.values().all(|text| text.is_empty()) {
            return Ok(cx.fault(FaultCode::InvalidText, "an empty name", "a name"));
        }
        Ok(Some(Self::from_map(texts)))
    }
}

/// A map from locale to text, which may turn out to be the envelope of one.
struct LocaleMap {
    texts: BTreeMap<Box<str>, Box<str>>,
    envelope: Option<BTreeMap<Box<str>, Box<str>>>,
}

/// A text of one locale, or the map inside the envelope.
enum LocaleValue {
    Text(Box<str>),
    Map(LocaleMap),
}

impl Read for LocaleValue {
    const EXPECTED: &'static str = "text";

    fn from_text(written: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        Name::from_text(written, cx).map(|read| Self::Text(read.0))
    }

    fn from_object<'de, A: MapAccess<'de>>(
        object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        Ok(LocaleMap::from_object(object, cx)?.map(Self::Map))
    }
}

impl Read for LocaleMap {
    const EXPECTED: &'static str = LocalizedText::EXPECTED;

    // `value` inside `value` ends in a fault at once, and serde_json bounds the depth at 128.
    fn from_object<'de, A: MapAccess<'de>>(
        mut object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        let mut read = Self { texts: BTreeMap::new(), envelope: None };
        let mut good = true;
        while let Some(Key(key)) = object.next_key()? {
            let mut at = Cx { path: cx.path.field(&key), faults: cx.faults };
            if read.texts.contains_key(&*key) || (&*key == "value" && read.envelope.is_some()) {
                object.next_value::<Skip>()?;
                let _: Option<()> = at.fault(FaultCode::DuplicateField, "it twice", "it once");
                good = false;
                continue;
            }
            let value = object.next_value_seed(Seed::<LocaleValue>::new(at.path, at.faults))?;
            match value {
                Some(LocaleValue::Text(text)) if is_locale(&key) => {
                    read.texts.insert(key.into(), text);
                }
                Some(LocaleValue::Map(Self { texts, envelope: None })) if &*key == "value" => {
                    read.envelope = Some(texts);
                }
                Some(LocaleValue::Text(_)) => {
                    let found = format!("`{}`", Printable(&key));
                    good = at
                        .fault(FaultCode::InvalidValue, found, "a locale such as `en` or `pt-BR`")
                        .unwrap_or(false);
                }
                Some(LocaleValue::Map(_)) => {
                    good = at.wrong_type("an object", "text").unwrap_or(false);
                }
                None => good = false,
            }
        }
        Ok(good.then_some(read))
    }
}

macro_rules! read_word {
    ($($type:ty,)+) => {$(
        impl Read for $type {
            const EXPECTED: &'static str = <$type>::WORDS;

            fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
                match Self::from_word(text) {
                    Some(word) => Some(word),
                    None => {
                        let found = format!("`{}`", Printable(text));
                        cx.fault(FaultCode::InvalidValue, found, format!("one of {}", Self::EXPECTED.trim_end()))
                    }
                }
            }
        }
    )+};
}

read_word! {
    GivenOn, HeldAt, IntegrationKind, KeyKind, OrganisationKind, PersonKind, PersonState,
    ResidencyStatus, ResidencyType, SwitchStatus,
}

/// Reads one value for a field; a second one is a fault.
fn read_field<'de, T: Read, A: MapAccess<'de>>(
    slot: &mut Option<Option<T>>,
    name: &'static str,
    object: &mut A,
    cx: &mut Cx<'_, '_>,
) -> Result<(), A::Error> {
    let path = cx.path.field(name);
    if slot.is_some() {
        object.next_value::<Skip>()?;
        cx.faults.add(&path, FaultCode::DuplicateField, "it twice", "it once");
        *slot = Some(None);
        return Ok(());
    }
    *slot = Some(object.next_value_seed(Seed::new(path, cx.faults))?);
    Ok(())
}

/// The value of a required field; none where it is missing (a fault) or was at fault already.
fn required<T>(slot: Option<Option<T>>, name: &'static str, cx: &mut Cx<'_, '_>) -> Option<T> {
    slot.unwrap_or_else(|| {
        cx.faults.add(
            &cx.path.field(name),
            FaultCode::MissingField,
            "nothing",
            format!("`{name}`"),
        );
        None
    })
}

/// The value of an optional field. One that was at fault leaves the default: the document is
/// refused anyway, and its row can still be looked at for further faults.
fn optional<T>(slot: Option<Option<T>>, default: impl FnOnce() -> T) -> T {
    slot.flatten().unwrap_or_else(default)
}

/// The value of a required field whose absence is a fault, but must not hide the rest of the object.
fn noted<T>(
    slot: Option<Option<T>>,
    name: &'static str,
    default: impl FnOnce() -> T,
    cx: &mut Cx<'_, '_>,
) -> T {
    required(slot, name, cx).unwrap_or_else(default)
}

/// The value of an optional field without which, once it is at fault, the object says something else.
fn whole<T>(slot: Option<Option<T>>, default: impl FnOnce() -> T) -> Option<T> {
    slot.unwrap_or_else(|| Some(default()))
}

/// Gives a struct its reader. `required` fields must be there, and so must `noted` ones, which have a
/// stand-in; `optional` and `whole` ones have a default, and a fault in a `whole` one drops the object. A field that is read as one type and kept as another names
/// the type it is read as, and the function between. `short` reads the object from plain text.
macro_rules! read_object {
    ($type:ident, $expected:literal, $(short $short:expr,)? {
        $($field:ident $([$name:literal])? : $mode:ident $(($default:expr))? $(, via $via:ty => $convert:expr)? ;)+
    }) => {
        impl Read for $type {
            const EXPECTED: &'static str = $expected;

            $(fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
                $short(text, cx)
            })?

            fn from_object<'de, A: MapAccess<'de>>(
                mut object: A,
                cx: &mut Cx<'_, '_>,
            ) -> Result<Option<Self>, A::Error> {
                const FIELDS: &str =
                    concat!($("`", read_object!(@name $field $($name)?), "` ",)+);
                $(let mut $field $(: Option<Option<$via>>)? = None;)+
                while let Some(Key(key)) = object.next_key()? {
                    match &*key {
                        $(read_object!(@name $field $($name)?) => {
                            let name = read_object!(@name $field $($name)?);
                            read_field(&mut $field, name, &mut object, cx)?;
                        })+
                        unknown => {
                            object.next_value::<Skip>()?;
                            let found = format!("`{}`", Printable(unknown));
                            let expected = format!("one of {}", FIELDS.trim_end());
                            let path = cx.path.field(unknown);
                            cx.faults.add(&path, FaultCode::UnknownField, found, expected);
                        }
                    }
                }
                $(let $field = read_object!(
                    @take $field, read_object!(@name $field $($name)?), cx, $mode $(($default))?
                );)+
                Ok(read_object!(@build $type $($field $(=> $convert)?,)+))
            }
        }
    };
    (@name $field:ident $name:literal) => { $name };
    (@name $field:ident) => { stringify!($field) };
    (@take $field:ident, $name:expr, $cx:ident, required) => { required($field, $name, $cx) };
    (@take $field:ident, $name:expr, $cx:ident, noted($default:expr)) => {
        Some(noted($field, $name, $default, $cx))
    };
    (@take $field:ident, $name:expr, $cx:ident, optional($default:expr)) => {
        Some(optional($field, $default))
    };
    (@take $field:ident, $name:expr, $cx:ident, whole($default:expr)) => {
        whole($field, $default)
    };
    (@build $type:ident $($field:ident $(=> $convert:expr)?,)+) => {
        match ($($field,)+) {
            ($(Some($field),)+) => Some($type {
                $($field: read_object!(@convert $field $(=> $convert)?),)+
            }),
            _ => None,
        }
    };
    (@convert $value:ident) => { $value };
    (@convert $value:ident => $convert:expr) => { $convert($value) };
}

/// The version of a document: a number that must be 1.
struct Version(u32);

impl Read for Version {
    const EXPECTED: &'static str = "the number 1";

    fn from_unsigned(value: u64, cx: &mut Cx<'_, '_>) -> Option<Self> {
        if value == u64::from(VERSION) {
            return Some(Self(VERSION));
        }
        cx.fault(FaultCode::UnsupportedVersion, format!("{value}"), Self::EXPECTED)
    }

    fn from_other_number(value: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.fault(FaultCode::UnsupportedVersion, value, Self::EXPECTED)
    }
}

/// A depth of organisations, 1..=64.
struct Depth(u32);

impl Read for Depth {
    const EXPECTED: &'static str = "a whole number from 1 to 64";

    fn from_unsigned(value: u64, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match u32::try_from(value) {
            Ok(depth @ 1..=MAX_ORGANISATION_DEPTH) => Some(Self(depth)),
            _ => cx.fault(FaultCode::InvalidValue, format!("{value}"), Self::EXPECTED),
        }
    }

    fn from_other_number(value: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.fault(FaultCode::InvalidValue, value, Self::EXPECTED)
    }
}

read_object!(Estate, "an object: the estate", {
    version: noted(|| Version(VERSION)), via Version => |version: Version| version.0;
    revision: optional(|| 0);
    settings: optional(Settings::default);
    catalog: optional(CatalogDoc::default);
    accounts: optional(Vec::new);
    organisations: optional(Vec::new);
    buildings: optional(Vec::new);
    integrations: optional(Vec::new);
    units: optional(Vec::new);
    doors: optional(Vec::new);
    people: optional(Vec::new);
    permission_groups: optional(Vec::new);
    job_functions: optional(Vec::new);
    memberships: optional(Vec::new);
    residencies: optional(Vec::new);
    platform_roles: optional(Vec::new);
});

read_object!(Settings, "an object: settings", {
    max_organisation_depth: optional(|| Depth(DEFAULT_ORGANISATION_DEPTH)),
        via Depth => |depth: Depth| depth.0;
});

read_object!(CatalogDoc, "an object: additions to the catalog", {
    permissions: optional(Vec::new);
    roles: optional(Vec::new);
});

read_object!(PermissionDoc, "an object: a permission key and its kind", {
    key: required;
    kind: required;
});

read_object!(LineDoc, "an object: a role and what it means", {
    role: required, via Text<MAX_PATH_BYTES> => |role| String::from(text(role));
    held_at: optional(|| None);
    keys: required;
    audience_bound: optional(|| false);
    given_by: optional(Vec::new);
    organisation_kinds: optional(|| None);
});

read_object!(GivenBy, "an object: a key and what it must be held on", {
    key: required;
    on: required;
});

read_object!(Account, "an object: an account", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
});

read_object!(OrganisationDoc, "an object: an organisation", {
    id: required;
    aliases: optional(Vec::new);
    name: noted(|| LocalizedText::plain(""));
    description: optional(|| None), via Option<Text<MAX_DESCRIPTION_CHARS>> => optional_text;
    parent: optional(|| None);
    account: optional(|| None);
    kind: optional(|| None);
    serves: optional(Vec::new);
    deleted: optional(|| None);
});

read_object!(Deletion, "an object: a deletion", {
    at: required;
    id: required;
});

read_object!(BuildingDoc, "an object: a building", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
    owner: required;
    time_zone: optional(|| None), via Option<Name> => optional_text;
});

read_object!(IntegrationDoc, "an object: an integration", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
    building: required;
    kind: optional(IntegrationKind::default);
});

read_object!(UnitDoc, "an object: a unit", {
    id: required;
    aliases: optional(Vec::new);
    number: required, via Text<MAX_UNIT_NUMBER_CHARS> => text;
    building: required;
    integration: optional(|| None);
    status: optional(SwitchStatus::default);
    administrators: optional(Vec::new);
});

read_object!(AdministratorEntry, "a person's id, or an object with it", short |text: &str, cx: &mut Cx<'_, '_>| {
    Id::from_text(text, cx).map(|person| Self { person, valid: None })
}, {
    person: required;
    valid: optional(|| None);
});

read_object!(DoorDoc, "an object: a door", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
    integration: required;
    unit: whole(|| None);
    audience: whole(|| None);
    guests: optional(|| false);
    status: optional(SwitchStatus::default);
});

/// The object form of an audience.
struct AudienceUnits {
    units: Vec<Id>,
}

read_object!(AudienceUnits, "an object with `units`", {
    units: required;
});

impl Read for AudienceDoc {
    const EXPECTED: &'static str = "`all_residents`, `nobody`, or `{\"units\": [ids]}`";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match text {
            "all_residents" => Some(Self::AllResidents),
            "nobody" => Some(Self::Nobody),
            _ => {
                let found = format!("`{}`", Printable(text));
                cx.fault(FaultCode::InvalidValue, found, Self::EXPECTED)
            }
        }
    }

    fn from_object<'de, A: MapAccess<'de>>(
        object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        let read = AudienceUnits::from_object(object, cx)?;
        Ok(read.map(|AudienceUnits { units }| Self::Units(units)))
    }
}

read_object!(PersonDoc, "an object: a person", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
    email: optional(|| None), via Option<Name> => optional_text;
    phone: optional(|| None), via Option<Text<MAX_PHONE_CHARS>> => optional_text;
    kind: optional(PersonKind::default);
    state: optional(PersonState::default);
});

read_object!(PermissionGroupDoc, "an object: a permission group", {
    id: required;
    aliases: optional(Vec::new);
    account: optional(|| None);
    name: noted(|| Text(Box::default())), via Name => text;
    organisation_kind: required;
    keys: required;
});

read_object!(JobFunctionDoc, "an object: a job function", {
    id: required;
    aliases: optional(Vec::new);
    account: optional(|| None);
    name: noted(|| Text(Box::default())), via Name => text;
    organisation_kind: required;
    initial_groups: required;
});

read_object!(MembershipDoc, "an object: a membership", {
    person: required;
    organisation: required;
    valid: optional(|| None);
    roles: optional(Vec::new);
    permission_groups: optional(|| None);
    job_function: optional(|| None);
    building_access: optional(|| None);
});

read_object!(GrantedRole, "a role path, or an object with it", short |text: &str, cx: &mut Cx<'_, '_>| {
    RolePath::from_text(text, cx).map(|role| Self { role, valid: None })
}, {
    role: required;
    valid: optional(|| None);
});

read_object!(GrantedGroup, "a permission group's id, or an object with it", short |text: &str, cx: &mut Cx<'_, '_>| {
    Id::from_text(text, cx).map(|group| Self { group, valid: None })
}, {
    group: required;
    valid: optional(|| None);
});

/// Building access before its scope and its list are put together.
struct AccessObject {
    scope: AccessScope,
    buildings: Vec<Id>,
}

#[derive(Clone, Copy)]
enum AccessScope {
    AllOfCompany,
    Listed,
}

impl Read for AccessScope {
    const EXPECTED: &'static str = "`all_of_company` or `listed`";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match text {
            "all_of_company" => Some(Self::AllOfCompany),
            "listed" => Some(Self::Listed),
            _ => {
                let found = format!("`{}`", Printable(text));
                cx.fault(FaultCode::InvalidValue, found, Self::EXPECTED)
            }
        }
    }
}

read_object!(AccessObject, "an object: building access", {
    scope: required;
    buildings: whole(Vec::new);
});

impl Read for BuildingAccess {
    const EXPECTED: &'static str = AccessObject::EXPECTED;

    fn from_object<'de, A: MapAccess<'de>>(
        object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        let read = AccessObject::from_object(object, cx)?;
        Ok(read.map(|AccessObject { scope, buildings }| match scope {
            AccessScope::AllOfCompany => Self::AllOfCompany { buildings },
            AccessScope::Listed => Self::Listed { buildings },
        }))
    }
}

read_object!(ResidencyDoc, "an object: a residency", {
    person: required;
    unit: required;
    residency_type["type"]: optional(ResidencyType::default);
    status: optional(ResidencyStatus::default);
    valid: optional(|| None);
    directory_visible: optional(|| true);
    receives_calls: optional(|| true);
    display_name: optional(|| None), via Option<Name> => optional_text;
});

read_object!(PlatformRoleDoc, "an object: a role held at the platform", {
    person: required;
    role: required;
    valid: optional(|| None);
});

read_object!(ValidityDoc, "an object with `from`, `to`, or both", {
    from: whole(|| None);
    to: whole(|| None);
});
