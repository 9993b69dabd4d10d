//! Reading an estate from JSON. One pass does both jobs: it builds the rows, and it notes every fault
//! of form with its path instead of stopping at the first. What is wrong is skipped, never stored.

mod deserialize;
mod devices;
mod object;
mod rows;
mod values;

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

pub(crate) use self::deserialize::any_name;
use super::fault::{FaultCode, Faults, Path, Printable};
use super::types::Estate;
use crate::limits::{MAX_DOCUMENT_BYTES, MAX_ROWS};

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
