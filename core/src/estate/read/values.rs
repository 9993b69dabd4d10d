//! Values: ids, paths, instants, texts, words.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;

use serde::de::MapAccess;

use super::{Cx, Key, Read, Seed, Skip};
use crate::estate::fault::{FaultCode, Printable};
use crate::estate::text::{LocalizedText, is_forbidden, is_locale};
use crate::estate::{
    GivenOn, HeldAt, IntegrationKind, KeyKind, OrganisationKind, PersonKind, PersonState,
    ResidencyStatus, ResidencyType, SwitchStatus,
};
use crate::id::{Id, IdRef};
use crate::limits::MAX_NAME_CHARS;
use crate::path::RolePath;
use crate::time::{Timestamp, TimestampError};

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
pub(super) struct Text<const MAX: usize>(pub(super) Box<str>);

impl<const MAX: usize> Read for Text<MAX> {
    const EXPECTED: &'static str = "text without control characters";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
        if text.len() <= MAX && text.as_bytes().iter().all(is_plain) {
            return Some(Self(text.into()));
        }
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

pub(super) type Name = Text<MAX_NAME_CHARS>;

pub(super) fn text<const MAX: usize>(read: Text<MAX>) -> Box<str> {
    read.0
}

pub(super) fn optional_text<const MAX: usize>(read: Option<Text<MAX>>) -> Option<Box<str>> {
    read.map(text)
}

impl Read for LocalizedText {
    const EXPECTED: &'static str = AnyName::EXPECTED;

    fn from_text(written: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        AnyName::from_text(written, cx)?.not_empty(cx)
    }

    fn from_object<'de, A: MapAccess<'de>>(
        object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        let name = AnyName::from_object(object, cx)?;
        Ok(name.and_then(|name| name.not_empty(cx)))
    }
}

/// A name of the right form that may have no text, for operations that refuse such a name in their own words [3-17].
pub(in crate::estate) struct AnyName(pub(in crate::estate) LocalizedText);

impl AnyName {
    fn not_empty(self, cx: &mut Cx<'_, '_>) -> Option<LocalizedText> {
        if self.0.is_empty() {
            return cx.fault(FaultCode::InvalidText, "an empty name", "a name");
        }
        Some(self.0)
    }
}

impl Read for AnyName {
    const EXPECTED: &'static str = "text, `{\"en\": text}` or `{\"value\": {\"en\": text}}`";

    fn from_text(written: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        Name::from_text(written, cx).map(|read| Self(LocalizedText::plain(&read.0)))
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
            (None, _) => texts,
            (Some(_), false) => {
                return Ok(cx.fault(
                    FaultCode::InvalidValue,
                    "`value` beside locales",
                    Self::EXPECTED,
                ));
            }
        };
        Ok(Some(Self(LocalizedText::from_map(texts))))
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
