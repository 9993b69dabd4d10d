//! The sections of an estate, row by row: as they come from a document, or from a tree that holds one.

use alloc::format;
use alloc::vec::Vec;

use crate::estate::fault::{FaultCode, Faults};
use crate::estate::types::*;
use crate::limits::MAX_ROWS;
use crate::read::{Cx, Document, NOT_WHOLE, Node, Read, Token, read_document};

const EXPECTED: &str = "an object: the estate";
const VERSION_FIELD: &str = "version";

/// How a section is read into the estate; each says whether it was good.
enum Section {
    /// At once.
    Value(fn(&mut Estate, Node<'_>, &mut Cx<'_, '_>) -> bool),
    /// Row by row.
    Rows(fn(&mut Estate, Node<'_>, &mut Cx<'_, '_>) -> bool),
}

macro_rules! sections {
    (values { $($name:literal => $read:expr;)+ } rows { $($field:ident,)+ }) => {
        const SECTIONS: &[(&str, Section)] = &[
            $(($name, Section::Value($read)),)+
            $((stringify!($field), Section::Rows(|estate, node, cx| push(&mut estate.$field, node, cx))),)+
        ];
    };
}

sections! {
    values {
        "version" => |_, node, cx| version(node, cx);
        "revision" => |estate, node, cx| set(&mut estate.revision, node, cx);
        "settings" => |estate, node, cx| set(&mut estate.settings, node, cx);
        "catalog" => |estate, node, cx| set(&mut estate.catalog, node, cx);
    }
    rows {
        accounts, organisations, buildings, integrations, units, doors, people, permission_groups, job_functions,
        memberships, residencies, platform_roles, purged_organisations,
    }
}

fn set<T: Read>(field: &mut T, node: Node<'_>, cx: &mut Cx<'_, '_>) -> bool {
    T::read(node, cx).map(|value| *field = value).is_some()
}

fn push<T: Read>(rows: &mut Vec<T>, node: Node<'_>, cx: &mut Cx<'_, '_>) -> bool {
    T::read(node, cx).map(|row| rows.push(row)).is_some()
}

/// The version of a document: a number that must be 1.
fn version(node: Node<'_>, cx: &mut Cx<'_, '_>) -> bool {
    const EXPECTED: &str = "the number 1";
    let found = match node.head() {
        Token::Unsigned(number) if *number == u64::from(VERSION) => return true,
        Token::Unsigned(number) => format!("{number}"),
        Token::Negative(number) => format!("{number}"),
        Token::OtherNumber => NOT_WHOLE.into(),
        _ => return cx.wrong_type::<()>(node, EXPECTED).is_some(),
    };
    cx.fault::<()>(FaultCode::UnsupportedVersion, found, EXPECTED).is_some()
}

/// An estate on its way in.
pub(super) struct Reader<'p, 'f> {
    estate: Estate,
    cx: Cx<'p, 'f>,
    /// The sections that have been met, by their positions.
    given: [bool; SECTIONS.len()],
    /// The array whose rows come.
    array: Option<Array>,
}

struct Array {
    name: &'static str,
    read: fn(&mut Estate, Node<'_>, &mut Cx<'_, '_>) -> bool,
    /// How many of its rows have come.
    rows: usize,
}

impl<'p, 'f> Reader<'p, 'f> {
    fn new(cx: Cx<'p, 'f>) -> Self {
        Self { estate: Estate::default(), cx, given: [false; SECTIONS.len()], array: None }
    }

    /// Reads what can be read.
    pub(super) fn document(json: &[u8], faults: &mut Faults) -> Option<Estate> {
        let mut found = Faults::default();
        let mut reader = Reader::new(Cx::at_root(&mut found));
        let is_document = read_document(json, EXPECTED, &mut reader, faults);
        let estate = is_document.then(|| reader.finish());
        found.append(core::mem::take(faults));
        *faults = found;
        estate
    }

    /// Goes to a section; none if there is no such section, or it was there before.
    fn begin(&mut self, name: &str) -> Option<(&'static str, &'static Section)> {
        let sections = SECTIONS.iter().zip(&mut self.given);
        let Some(((name, section), given)) =
            sections.into_iter().find(|((section, _), _)| *section == name)
        else {
            let mut names = SECTIONS.iter().map(|(name, _)| *name);
            self.cx.unknown_member(name, &mut names);
            return None;
        };
        if core::mem::replace(given, true) {
            self.cx.field(name).twice();
            return None;
        }
        Some((name, section))
    }

    fn finish(mut self) -> Estate {
        let given = SECTIONS.iter().zip(self.given);
        if given.into_iter().any(|((name, _), given)| *name == VERSION_FIELD && !given) {
            self.cx.missing_field(VERSION_FIELD);
        }
        self.estate
    }
}

impl Document for Reader<'_, '_> {
    fn member(&mut self, name: &str, value: Node<'_>) {
        let Some((name, section)) = self.begin(name) else { return };
        let cx = &mut self.cx.field(name);
        match section {
            Section::Value(read) => {
                read(&mut self.estate, value, cx);
            }
            Section::Rows(_) => {
                cx.wrong_type::<()>(value, "an array");
            }
        }
    }

    fn takes_elements(&mut self, name: &str) -> bool {
        self.array = None;
        let sections = SECTIONS.iter().zip(&mut self.given);
        for ((section, read), given) in sections {
            if let (true, Section::Rows(read), false) = (*section == name, read, *given) {
                *given = true;
                self.array = Some(Array { name: section, read: *read, rows: 0 });
            }
        }
        self.array.is_some()
    }

    fn element(&mut self, value: Node<'_>) {
        let Some(Array { name, read, rows }) = &mut self.array else { return };
        let mut cx = self.cx.field(name);
        let index = *rows;
        *rows = rows.saturating_add(1);
        if index >= MAX_ROWS {
            cx.too_many();
            self.array = None;
        } else if !read(&mut self.estate, value, &mut cx.element(index)) {
            cx.note_gap(index);
        }
    }
}

impl Read for Estate {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        let Some(members) = node.members() else { return cx.wrong_type(node, EXPECTED) };
        let mut reader = Reader::new(cx.again());
        for (name, value) in members {
            match value.elements() {
                Some(elements) if reader.takes_elements(name) => {
                    elements.for_each(|element| reader.element(element));
                }
                _ => reader.member(name, value),
            }
        }
        Some(reader.finish())
    }
}
