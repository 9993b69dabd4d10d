//! A JSON value as one flat list of tokens: an array or object is followed by all that is in it. However deep a value is,
//! it costs one allocation, and whoever reads it is compiled once.

use alloc::borrow::Cow;

/// One step of a value.
#[derive(Debug)]
pub(crate) enum Token<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number from 0 up.
    Unsigned(u64),
    /// A whole number below 0.
    Negative(i64),
    /// A number with a fraction or an exponent, or too large for the others; nothing here wants one.
    OtherNumber,
    /// Text, borrowed where the JSON has no escapes in it.
    Text(Cow<'a, str>),
    /// An array, with the number of tokens in it.
    Array(usize),
    /// An object, with the number of tokens in it: each member is its name, as text, and its value.
    Object(usize),
}

impl Token<'_> {
    /// Its text, where it is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    const fn inside(&self) -> usize {
        match self {
            Self::Array(inside) | Self::Object(inside) => *inside,
            _ => 0,
        }
    }
}

/// A value inside a tree: its own token, and those of what is in it.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t>(&'t [Token<'t>]);

impl<'t> Node<'t> {
    /// The value that a list of tokens begins with.
    pub(super) const fn new(tokens: &'t [Token<'t>]) -> Self {
        Self(tokens)
    }

    /// Its own token.
    pub(crate) fn head(self) -> &'t Token<'t> {
        self.0.first().unwrap_or(&Token::Null)
    }

    /// Its text, where it is one.
    pub(crate) fn as_text(self) -> Option<&'t str> {
        self.head().as_text()
    }

    /// What is in it: the elements of an array, or names and values by turns of an object.
    fn parts(self) -> Parts<'t> {
        let inside = self.head().inside();
        Parts(self.0.get(1..).and_then(|rest| rest.get(..inside)).unwrap_or_default())
    }

    /// The elements, where it is an array.
    pub(crate) fn elements(self) -> Option<Parts<'t>> {
        matches!(self.head(), Token::Array(_)).then(|| self.parts())
    }

    /// The members in their order, where it is an object.
    pub(crate) fn members(self) -> Option<Members<'t>> {
        matches!(self.head(), Token::Object(_)).then(|| Members(self.parts()))
    }
}

/// Values side by side.
pub(crate) struct Parts<'t>(&'t [Token<'t>]);

impl<'t> Iterator for Parts<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        let tokens = self.0.first()?.inside().saturating_add(1);
        let (value, rest) = self.0.split_at_checked(tokens)?;
        self.0 = rest;
        Some(Node(value))
    }
}

/// Names with their values.
pub(crate) struct Members<'t>(Parts<'t>);

impl<'t> Iterator for Members<'t> {
    type Item = (&'t str, Node<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        let name = self.0.next()?;
        Some((name.as_text().unwrap_or_default(), self.0.next()?))
    }
}
