//! From JSON, or from whatever else serde can read, to tokens: the only place where the reader meets serde.

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::tree::{Node, Token};
use crate::estate::{FaultCode, Faults, Path};
use crate::limits::{MAX_DOCUMENT_BYTES, MAX_JSON_DEPTH};

/// Takes a document in as it is read, so that only one row of it is a tree at a time.
pub(crate) trait Document {
    /// A member that was not taken row by row.
    fn member(&mut self, name: &str, value: Node<'_>);
    /// Whether the elements of a member, which is an array, are taken as they come.
    fn takes_elements(&mut self, name: &str) -> bool;
    /// The next element of that array.
    fn element(&mut self, value: Node<'_>);
}

/// Reads a value whole. One that is not JSON is a fault, and none.
pub(super) fn value<'j>(json: &'j [u8], faults: &mut Faults) -> Option<Vec<Token<'j>>> {
    let mut tokens = Vec::new();
    let seed = Seed { tokens: &mut tokens, document: None, depth: 0 };
    read(json, seed, faults).then_some(tokens)
}

/// Hands a document over, row by row, and gives its root without what is in it, if all of it was JSON.
pub(super) fn document<'j>(
    json: &'j [u8],
    document: &mut dyn Document,
    faults: &mut Faults,
) -> Option<Vec<Token<'j>>> {
    let mut tokens = Vec::new();
    let seed = Seed { tokens: &mut tokens, document: Some(document), depth: 0 };
    read(json, seed, faults).then_some(tokens)
}

/// The tokens of a value that is not JSON text.
pub(super) fn any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Token<'de>>, D::Error> {
    let mut tokens = Vec::new();
    Seed { tokens: &mut tokens, document: None, depth: 0 }.deserialize(deserializer)?;
    Ok(tokens)
}

fn read<'j>(json: &'j [u8], seed: Seed<'_, '_, 'j>, faults: &mut Faults) -> bool {
    if json.len() > MAX_DOCUMENT_BYTES {
        let found = format!("{} bytes", json.len());
        faults.add(&Path::ROOT, FaultCode::Syntax, found, "a document of at most 2 GB");
        return false;
    }
    // Looked at once, rather than text by text.
    let found = match core::str::from_utf8(json) {
        Ok(text) => {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            let result = seed.deserialize(&mut deserializer).and_then(|()| deserializer.end());
            let Err(error) = result else { return true };
            format!("{error} (byte {})", byte_offset(json, error.line(), error.column()))
        }
        Err(error) => format!("what is not UTF-8 (byte {})", error.valid_up_to()),
    };
    faults.add(&Path::ROOT, FaultCode::Syntax, found, "one JSON object, in UTF-8");
    false
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

/// Reads one value behind the tokens that are there already.
struct Seed<'s, 'd, 'de> {
    tokens: &'s mut Vec<Token<'de>>,
    /// Who takes the document, at its root and in the arrays right below.
    document: Option<&'s mut (dyn Document + 'd)>,
    /// How many arrays and objects the value is in.
    depth: usize,
}

impl<'d, 'de> Seed<'_, 'd, 'de> {
    /// Puts the token of an array or object there, and gives the place of what is in it.
    fn enter<E: Error>(&mut self, token: Token<'de>) -> Result<usize, E> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > MAX_JSON_DEPTH {
            return Err(E::custom("recursion limit exceeded"));
        }
        self.tokens.push(token);
        Ok(self.tokens.len())
    }

    /// A seed for what is inside.
    fn inside(&mut self) -> Seed<'_, 'd, 'de> {
        Seed { tokens: self.tokens, document: self.document.as_deref_mut(), depth: self.depth }
    }

    /// Closes what began right before `inside`.
    fn close(self, inside: usize, token: fn(usize) -> Token<'de>) {
        let tokens = self.tokens.len().saturating_sub(inside);
        if let Some(open) = inside.checked_sub(1).and_then(|place| self.tokens.get_mut(place)) {
            *open = token(tokens);
        }
    }

    /// Whether the document takes the elements of the array whose token is the last, behind its name.
    fn gives_elements(&mut self) -> bool {
        match (&mut self.document, &**self.tokens) {
            (Some(document), [.., name, _]) if self.depth == BELOW_ROOT => {
                document.takes_elements(name.as_text().unwrap_or_default())
            }
            _ => false,
        }
    }

    /// Gives the document the element that has been read at `place`, and is done with it.
    fn give_element(&mut self, place: usize) {
        if let (Some(document), Some(element)) = (&mut self.document, self.tokens.get(place..)) {
            document.element(Node::new(element));
            self.tokens.truncate(place);
        }
    }

    /// Gives the document the member whose name is at `place`, and is done with it. One whose elements were given has no
    /// value any more.
    fn give_member(&mut self, place: usize) {
        if let (Some(document), Some([name, value @ ..])) =
            (&mut self.document, self.tokens.get(place..))
        {
            if !value.is_empty() {
                document.member(name.as_text().unwrap_or_default(), Node::new(value));
            }
            self.tokens.truncate(place);
        }
    }
}

/// How deep the root of a document is, and the arrays right below it.
const ROOT: usize = 1;
const BELOW_ROOT: usize = 2;

impl<'de> DeserializeSeed<'de> for Seed<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.tokens.push(Token::Bool(value));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.tokens.push(Token::Unsigned(value));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.tokens.push(u64::try_from(value).map_or(Token::Negative(value), Token::Unsigned));
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.tokens.push(Token::OtherNumber);
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.tokens.push(Token::Text(Cow::Borrowed(text)));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.tokens.push(Token::Text(Cow::Owned(text.into())));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.tokens.push(Token::Null);
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut array: A) -> Result<(), A::Error> {
        let first = self.enter(Token::Array(0))?;
        if !self.gives_elements() {
            self.document = None;
        }
        while array.next_element_seed(self.inside())?.is_some() {
            self.give_element(first);
        }
        if self.document.is_some() {
            self.tokens.pop();
            return Ok(());
        }
        self.close(first, Token::Array);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<(), A::Error> {
        let first = self.enter(Token::Object(0))?;
        if self.depth != ROOT {
            self.document = None;
        }
        while object.next_key_seed(Name(self.tokens))?.is_some() {
            object.next_value_seed(self.inside())?;
            self.give_member(first);
        }
        self.close(first, Token::Object);
        Ok(())
    }
}

/// Reads the name of a member.
struct Name<'s, 'de>(&'s mut Vec<Token<'de>>);

impl<'de> DeserializeSeed<'de> for Name<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.0.push(Token::Text(Cow::Borrowed(text)));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.push(Token::Text(Cow::Owned(text.into())));
        Ok(())
    }
}
