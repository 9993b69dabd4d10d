//! Reading one flat JSON object strictly: every field known, none twice, none of another type.

use core::cell::Cell;
use core::fmt;
use std::borrow::Cow;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use crate::input::LineFault;
use crate::text::quoted;

/// A field that an object may have.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Text or null.
    TextOrNull,
    /// A whole number from 0.
    Number,
}

impl Kind {
    const fn expected(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::TextOrNull => "text or null",
            Self::Number => "a whole number from 0",
        }
    }
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A number.
    Number(u64),
    /// Null.
    Null,
}

impl<'a> Value<'a> {
    /// The text; none for another value.
    pub fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_) | Self::Null => None,
        }
    }
}

/// The values of an object, in the order of its fields.
pub type Values<'a, const N: usize> = [Option<Value<'a>>; N];

/// Reads the one object of a line.
///
/// # Errors
///
/// The place, and a message that says the field, what was found and what was expected.
pub fn read<'a, const N: usize>(
    line: &'a [u8],
    fields: &[Field; N],
) -> Result<Values<'a, N>, LineFault> {
    let text = core::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to();
        let byte = line.get(at).copied().unwrap_or_default();
        LineFault {
            column: Some(at + 1),
            message: format!("not UTF-8: found the byte 0x{byte:02x}"),
        }
    })?;
    if text.trim_ascii().is_empty() {
        return Err(LineFault::new("found a blank line, expected one JSON object".to_owned()));
    }
    let current = Cell::new(None);
    let mut json = serde_json::Deserializer::from_str(text);
    let values = json
        .deserialize_map(ObjectVisitor { fields, current: &current })
        .and_then(|values| json.end().map(|()| values));
    values.map_err(|error| LineFault {
        column: Some(error.column().max(1)),
        message: message(&error, current.get()),
    })
}

fn message(error: &serde_json::Error, field: Option<&str>) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let problem = text.strip_suffix(&place).unwrap_or(&text);
    let kind = match error.classify() {
        Category::Data | Category::Io => "",
        Category::Syntax | Category::Eof => "not one JSON object: ",
    };
    match field {
        Some(field) => format!("`{field}`: {kind}{problem}"),
        None => format!("{kind}{problem}"),
    }
}

struct ObjectVisitor<'f, const N: usize> {
    fields: &'f [Field; N],
    /// The field that is being read, for messages.
    current: &'f Cell<Option<&'static str>>,
}

impl<'de, const N: usize> Visitor<'de> for ObjectVisitor<'_, N> {
    type Value = Values<'de, N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut values = [const { None }; N];
        while let Some(index) = object.next_key_seed(NameSeed(self.fields))? {
            let (Some(field), Some(value)) = (self.fields.get(index), values.get_mut(index)) else {
                continue;
            };
            self.current.set(Some(field.name));
            if value.is_some() {
                return Err(A::Error::custom("found twice, expected once"));
            }
            *value = Some(object.next_value_seed(ValueSeed(field.kind))?);
            self.current.set(None);
        }
        Ok(values)
    }
}

/// Reads the name of a field: its position among the fields.
struct NameSeed<'f>(&'f [Field]);

impl<'de> DeserializeSeed<'de> for NameSeed<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        self.0.iter().position(|field| field.name == name).ok_or_else(|| {
            let names: Vec<_> = self.0.iter().map(|field| format!("`{}`", field.name)).collect();
            E::custom(format!(
                "found the unknown field {}, expected one of {}",
                quoted(name),
                names.join(", ")
            ))
        })
    }
}

struct ValueSeed(Kind);

impl ValueSeed {
    fn wrong<T, E: Error>(&self, found: impl fmt::Display) -> Result<T, E> {
        Err(E::custom(format!("found {found}, expected {}", self.0.expected())))
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.expected())
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Value<'de>, E> {
        match self.0 {
            Kind::Text | Kind::TextOrNull => Ok(Value::Text(Cow::Borrowed(text))),
            Kind::Number => self.wrong(format_args!("the text {}", quoted(text))),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value<'de>, E> {
        match self.0 {
            Kind::Text | Kind::TextOrNull => Ok(Value::Text(Cow::Owned(text.to_owned()))),
            Kind::Number => self.wrong(format_args!("the text {}", quoted(text))),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value<'de>, E> {
        match self.0 {
            Kind::Number => Ok(Value::Number(number)),
            Kind::Text | Kind::TextOrNull => self.wrong(format_args!("the number {number}")),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Value<'de>, E> {
        match self.0 {
            Kind::TextOrNull => Ok(Value::Null),
            Kind::Text | Kind::Number => self.wrong("null"),
        }
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value<'de>, E> {
        self.wrong(format_args!("the number {number}"))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value<'de>, E> {
        self.wrong(format_args!("the number {number}"))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value<'de>, E> {
        self.wrong(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Value<'de>, A::Error> {
        self.wrong("an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Value<'de>, A::Error> {
        self.wrong("an object")
    }
}
