//! Names in one or more languages: plain text, a map from locale to text, or that map inside `value` [C-12].

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;

use crate::estate::fault::{FaultCode, Printable};
use crate::estate::text::{LocalizedText, is_locale};
use crate::limits::MAX_NAME_CHARS;
use crate::read::{Cx, Node, Read, Token, text_up_to};

const EXPECTED: &str = "text, `{\"en\": text}` or `{\"value\": {\"en\": text}}`";

type Texts = BTreeMap<Box<str>, Box<str>>;

impl Read for LocalizedText {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        let name = any_name(node, cx)?;
        if name.is_empty() {
            return cx.fault(FaultCode::InvalidText, "an empty name", "a name");
        }
        Some(name)
    }
}

/// A name of the right form that may have no text, for operations that refuse such a name in their own words, in their
/// turn [3-17, C-16].
pub(crate) fn any_name(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<LocalizedText> {
    match node.head() {
        Token::Text(_) => text_up_to(node, cx, MAX_NAME_CHARS).map(LocalizedText::plain),
        Token::Object(_) => {
            let LocaleMap { texts, envelope } = LocaleMap::read(node, cx)?;
            match envelope {
                Some(_) if !texts.is_empty() => {
                    cx.fault(FaultCode::InvalidValue, "`value` beside locales", EXPECTED)
                }
                envelope => Some(LocalizedText::from_map(envelope.unwrap_or(texts))),
            }
        }
        _ => cx.wrong_type(node, EXPECTED),
    }
}

/// A map from locale to text, which may turn out to be the envelope of one.
#[derive(Default)]
struct LocaleMap {
    texts: Texts,
    envelope: Option<Texts>,
}

impl LocaleMap {
    // `value` inside `value` ends in a fault at once, and JSON is not deep.
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        let mut map = Self::default();
        let mut good = true;
        for (name, value) in node.members()? {
            good &= map.member(name, value, &mut cx.field(name)).is_some();
        }
        good.then_some(map)
    }

    fn member(&mut self, name: &str, value: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<()> {
        if self.texts.contains_key(name) || (name == "value" && self.envelope.is_some()) {
            cx.twice();
            return None;
        }
        match value.head() {
            Token::Text(_) => {
                let text = text_up_to(value, cx, MAX_NAME_CHARS)?;
                if !is_locale(name) {
                    let found = format!("`{}`", Printable(name));
                    return cx.fault(
                        FaultCode::InvalidValue,
                        found,
                        "a locale such as `en` or `pt-BR`",
                    );
                }
                self.texts.insert(name.into(), text.into());
            }
            Token::Object(_) => match Self::read(value, cx)? {
                Self { texts, envelope: None } if name == "value" => self.envelope = Some(texts),
                _ => return cx.wrong_type(value, "text"),
            },
            _ => return cx.wrong_type(value, "text"),
        }
        Some(())
    }
}
