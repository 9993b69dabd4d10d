//! Reading what travels as JSON: estates, commands, queries. A value is read into tokens once, and whoever wants a type
//! of it walks over them. All that is at fault is noted with its path; what is wrong is skipped, never stored.
//!
//! Nothing here is compiled once for each source of JSON, and little once for each type: that makes it small.

mod deserialize;
mod object;
mod parse;
mod tree;
mod values;

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(crate) use self::deserialize::{deserialize_by_reader, read as by_reader};
pub(crate) use self::object::{
    Field, Need, read_fields, read_into, read_members, read_object, read_tagged,
};
pub(crate) use self::parse::Document;
pub(crate) use self::tree::{Node, Token};
pub(crate) use self::values::{
    at_least_one, check_text, or_null, read_word, text_up_to, whole_number, word,
};
use crate::estate::{FaultCode, Faults, Path, Printable};
use crate::limits::MAX_ROWS;

/// Something that can be read from JSON.
pub(crate) trait Read: Sized {
    /// The value; none where it is at fault, which is noted.
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self>;
}

/// What reads a `T`.
pub(crate) type Reader<T> = fn(Node<'_>, &mut Cx<'_, '_>) -> Option<T>;

/// A number that nothing here wants.
pub(crate) const NOT_WHOLE: &str = "a number that is not whole";

/// Where the reader is, and where its faults go.
pub(crate) struct Cx<'p, 'f> {
    path: Path<'p>,
    faults: &'f mut Faults,
    /// The member that said what the object is, and has been read.
    tag: Option<&'static str>,
}

impl<'f> Cx<'_, 'f> {
    /// At the root of a value.
    pub(crate) const fn at_root(faults: &'f mut Faults) -> Self {
        Self { path: Path::ROOT, faults, tag: None }
    }
}

impl<'p> Cx<'p, '_> {
    /// At a member of the object that this is at.
    pub(crate) const fn field<'q>(&'q mut self, name: &'q str) -> Cx<'q, 'q> {
        Cx { path: self.path.field(name), faults: self.faults, tag: None }
    }

    /// At the same place, for whoever keeps it.
    pub(crate) const fn again(&mut self) -> Cx<'_, '_> {
        Cx { path: self.path, faults: self.faults, tag: self.tag }
    }

    /// At an element of the array that this is at.
    pub(crate) const fn element(&mut self, index: usize) -> Cx<'_, '_> {
        Cx { path: self.path.index(index), faults: self.faults, tag: None }
    }

    /// At the same object, of which one member has been read.
    pub(crate) const fn beside(&mut self, tag: &'static str) -> Cx<'_, '_> {
        Cx { path: self.path, faults: self.faults, tag: Some(tag) }
    }

    /// Notes a fault.
    pub(crate) fn fault<T>(
        &mut self,
        code: FaultCode,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Option<T> {
        self.faults.add(&self.path, code, found.into(), expected.into());
        None
    }

    /// Notes that the array has more rows than any may have.
    pub(crate) fn too_many(&mut self) {
        self.fault::<()>(FaultCode::TooMany, format!("over {MAX_ROWS} elements"), "fewer");
    }

    /// Notes that an element of the array that this is at is not among its rows.
    pub(crate) fn note_gap(&mut self, index: usize) {
        self.faults.note_gap(&self.path, index);
    }

    /// Notes that the value is of another type.
    pub(crate) fn wrong_type<T>(&mut self, node: Node<'_>, expected: &str) -> Option<T> {
        self.note_wrong_type(node, expected);
        None
    }

    fn note_wrong_type(&mut self, node: Node<'_>, expected: &str) {
        let found = match node.head() {
            Token::Null => Cow::Borrowed("null"),
            Token::Bool(true) => Cow::Borrowed("`true`"),
            Token::Bool(false) => Cow::Borrowed("`false`"),
            Token::Unsigned(number) => Cow::Owned(format!("the number {number}")),
            Token::Negative(number) => Cow::Owned(format!("the number {number}")),
            Token::OtherNumber => Cow::Borrowed(NOT_WHOLE),
            Token::Text(text) => Cow::Owned(format!("the text `{}`", Printable(text))),
            Token::Array(_) => Cow::Borrowed("an array"),
            Token::Object(_) => Cow::Borrowed("an object"),
        };
        self.fault::<()>(FaultCode::WrongType, found, expected);
    }
}

/// Reads a value from its JSON.
pub(crate) fn from_json<T: Read>(json: &[u8]) -> Result<T, Faults> {
    let mut faults = Faults::default();
    let tokens = parse::value(json, &mut faults);
    let value =
        tokens.and_then(|tokens| T::read(Node::new(&tokens), &mut Cx::at_root(&mut faults)));
    whole(value, faults)
}

/// Hands a document over, row by row. Whether it is one: JSON, and an object.
pub(crate) fn read_document(
    json: &[u8],
    expected: &str,
    document: &mut dyn Document,
    faults: &mut Faults,
) -> bool {
    let Some(root) = parse::document(json, document, faults) else { return false };
    let root = Node::new(&root);
    let is_object = root.members().is_some();
    if !is_object {
        Cx::at_root(faults).wrong_type::<()>(root, expected);
    }
    is_object
}

/// The value, if nothing is wrong with it.
fn whole<T>(value: Option<T>, mut faults: Faults) -> Result<T, Faults> {
    match value {
        Some(value) if faults.is_empty() => return Ok(value),
        // No reader drops a value without a word; if one did, it would still be refused.
        None if faults.is_empty() => {
            faults.add(&Path::ROOT, FaultCode::WrongType, "nothing readable", "a value");
        }
        _ => {}
    }
    Err(faults)
}

impl<T: Read> Read for Option<T> {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        T::read(node, cx).map(Some)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        let mut rows = Self::new();
        let good = read_elements(node, cx, &mut |node, cx| {
            T::read(node, cx).map(|row| rows.push(row)).is_some()
        });
        good.then_some(rows)
    }
}

/// Reads the elements of an array. One that is at fault leaves a gap: the array keeps the good ones, and the faults know
/// of the gap, so that positions in later faults still count all elements.
fn read_elements<'t>(
    node: Node<'t>,
    cx: &mut Cx<'_, '_>,
    read: &mut dyn FnMut(Node<'t>, &mut Cx<'_, '_>) -> bool,
) -> bool {
    let Some(elements) = node.elements() else {
        cx.wrong_type::<()>(node, "an array");
        return false;
    };
    for (index, element) in elements.enumerate() {
        if index >= MAX_ROWS {
            cx.too_many();
            return false;
        }
        if !read(element, &mut cx.element(index)) {
            cx.note_gap(index);
        }
    }
    true
}
