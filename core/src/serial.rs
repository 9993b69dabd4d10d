//! Ids, role paths and instants as text in serialised data.

use alloc::format;

use core::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{Id, IdRef};
use crate::path::RolePath;
use crate::reason::Basis;
use crate::time::Timestamp;

impl Serialize for IdRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| serializer.serialize_str(text))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

impl Serialize for RolePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

/// Reads a value from text without keeping the text.
struct TextVisitor<T>(&'static str, fn(&str) -> Result<T, alloc::string::String>);

impl<T> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.1)(text).map_err(E::custom)
    }
}

macro_rules! deserialize_from_text {
    ($($type:ty, $expected:literal, $read:expr;)+) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(TextVisitor($expected, |text| {
                    let read: fn(&str) -> Result<$type, alloc::string::String> = $read;
                    read(text)
                }))
            }
        }
    )+};
}

deserialize_from_text! {
    Id, "an id: a ULID, a UUID, or 1 to 64 of `A-Z a-z 0-9 _ . -`",
        |text| text.parse().map_err(|error| format!("{error}"));
    RolePath, "a role path: 1 to 8 segments of `A-Z a-z 0-9 _ . -` or `*` with `:` between",
        |text| text.parse().map_err(|error| format!("{error}"));
    Timestamp, "an instant as in `2026-11-22T18:00:00Z`",
        |text| Timestamp::parse(text).map_err(|error| format!("{error}"));
    Basis, "the word of a basis",
        |text| Basis::from_word(text).ok_or_else(|| format!("`{}` is no basis", crate::estate::Printable(text)));
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
