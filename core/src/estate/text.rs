//! Text that people read: bounded, without control characters, perhaps in several languages [C-12, C-13].

use alloc::boxed::Box;
use alloc::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// The locale of a name that is written as plain text [C-12].
pub(crate) const DEFAULT_LOCALE: &str = "en";

/// A name in one or more languages. Written as text, as a map from locale to text, or as that map
/// inside `{"value": …}`; kept and printed as the last [C-12].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalizedText(BTreeMap<Box<str>, Box<str>>);

impl LocalizedText {
    /// A name in the default locale, `en`.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self(BTreeMap::from([(DEFAULT_LOCALE.into(), text.into())]))
    }

    pub(crate) fn from_map(map: BTreeMap<Box<str>, Box<str>>) -> Self {
        Self(map)
    }

    /// The text in a locale, if there is one.
    #[must_use]
    pub fn in_locale(&self, locale: &str) -> Option<&str> {
        self.0.get(locale).map(|text| &**text)
    }

    /// The text in the default locale, else in the first locale by name.
    #[must_use]
    pub fn any(&self) -> &str {
        self.in_locale(DEFAULT_LOCALE)
            .or_else(|| self.0.values().next().map(|text| &**text))
            .unwrap_or_default()
    }

    /// Whether no locale has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.is_empty())
    }

    /// All locales and texts, by locale.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(locale, text)| (&**locale, &**text))
    }
}

impl Serialize for LocalizedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut envelope = serializer.serialize_map(Some(1))?;
        envelope.serialize_entry("value", &self.0)?;
        envelope.end()
    }
}

/// Whether a text is a locale key: `[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*` [C-12].
pub(crate) fn is_locale(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    matches!(language.len(), 2..=3)
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Whether a text has at most this many Unicode scalar values, and none that no text may have [C-13].
pub(crate) fn is_text(text: &str, max_chars: usize) -> bool {
    let is_short = text.len() <= max_chars || text.chars().count() <= max_chars;
    is_short && !text.chars().any(is_forbidden)
}

/// Characters that no text may have: they cannot be seen, and they change what the reader sees.
pub(crate) fn is_forbidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        )
}
