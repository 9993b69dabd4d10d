//! Objects: members once each, none unknown, none missing.

use alloc::format;
use alloc::string::String;

use super::values::word;
use super::{Cx, Node, Reader};
use crate::estate::{FaultCode, Printable};

/// A member that an object may have.
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// What becomes of the object without it.
    pub(crate) need: Need,
}

/// What becomes of an object when a member is missing or at fault.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// It must be there; without it there is no object.
    Required,
    /// It must be there; what stands in for it lets the rest be looked at.
    Noted,
    /// It has a default. One that was at fault leaves that: the whole is refused anyway, and the object can still be looked
    /// at for further faults.
    Optional,
    /// It has a default, but once it is at fault the object would say something else.
    Whole,
}

/// Reads the members of an object in their order, and notes what is unknown, given twice or missing. `read` reads one by
/// its position among the fields, and says whether it was good. Whether the object can be made.
pub(crate) fn read_members<'t>(
    node: Node<'t>,
    expected: &'static str,
    fields: &'static [Field],
    cx: &mut Cx<'_, '_>,
    read: &mut dyn FnMut(usize, Node<'t>, &mut Cx<'_, '_>) -> bool,
) -> bool {
    let Some(members) = node.members() else {
        cx.wrong_type::<()>(node, expected);
        return false;
    };
    let mut given = Given::default();
    let mut complete = true;
    let mut next = 0;
    for (name, value) in members {
        if cx.tag == Some(name) {
            continue;
        }
        let Some((position, field)) = find(fields, next, name) else {
            cx.unknown_field(name, fields);
            continue;
        };
        next = position.saturating_add(1);
        let mut cx = cx.field(name);
        let good = if given.again(position) { cx.twice() } else { read(position, value, &mut cx) };
        complete &= good || matches!(field.need, Need::Noted | Need::Optional);
    }
    for (position, field) in fields.iter().enumerate() {
        if matches!(field.need, Need::Required | Need::Noted) && !given.has(position) {
            cx.missing_field(field.name);
            complete &= field.need == Need::Noted;
        }
    }
    complete
}

/// Finds a field, from `next` on and then from the front: most objects have their members in the same order.
fn find(fields: &'static [Field], next: usize, name: &str) -> Option<(usize, &'static Field)> {
    let all = fields.iter().enumerate();
    all.cycle().skip(next).take(fields.len()).find(|(_, field)| field.name == name)
}

/// The positions of members that have been met; of at most 64 fields.
#[derive(Default)]
struct Given(u64);

impl Given {
    fn bit(position: usize) -> u64 {
        u32::try_from(position).ok().and_then(|position| 1_u64.checked_shl(position)).unwrap_or(0)
    }

    fn has(&self, position: usize) -> bool {
        self.0 & Self::bit(position) != 0
    }

    /// Notes one; whether it was there before.
    fn again(&mut self, position: usize) -> bool {
        let had = self.has(position);
        self.0 |= Self::bit(position);
        had
    }
}

/// Reads an object by the reader that its member `tag` names: `readers` has one for each of `names`.
pub(crate) fn read_tagged<T>(
    node: Node<'_>,
    cx: &mut Cx<'_, '_>,
    tag: &'static str,
    names: &[&str],
    readers: &[Reader<T>],
) -> Option<T> {
    let Some(members) = node.members() else {
        return cx.wrong_type(node, &format!("an object with `{tag}`"));
    };
    let mut tags = members.filter(|(name, _)| *name == tag).map(|(_, value)| value);
    let Some(value) = tags.next() else {
        cx.missing_field(tag);
        return None;
    };
    if tags.next().is_some() {
        cx.field(tag).twice();
        return None;
    }
    let read = readers.get(word(value, &mut cx.field(tag), names)?)?;
    read(node, &mut cx.beside(tag))
}

impl Cx<'_, '_> {
    /// Notes that the member was there before.
    pub(crate) fn twice(&mut self) -> bool {
        self.fault::<()>(FaultCode::DuplicateField, "it twice", "it once").is_some()
    }

    /// Notes that a member that must be there is not.
    pub(crate) fn missing_field(&mut self, name: &str) {
        self.field(name).fault::<()>(FaultCode::MissingField, "nothing", format!("`{name}`"));
    }

    /// Notes a member that the object does not have.
    fn unknown_field(&mut self, name: &str, fields: &[Field]) {
        self.unknown_member(name, &mut fields.iter().map(|field| field.name));
    }

    /// Notes a member that is none of `names`.
    pub(crate) fn unknown_member(&mut self, name: &str, names: &mut dyn Iterator<Item = &str>) {
        let found = format!("`{}`", Printable(name));
        self.field(name).fault::<()>(FaultCode::UnknownField, found, one_of(names));
    }
}

/// What to write instead of what is none of `names`.
pub(super) fn one_of(names: &mut dyn Iterator<Item = &str>) -> String {
    let mut text = String::from("one of");
    for name in names {
        text.push_str(" `");
        text.push_str(name);
        text.push('`');
    }
    text
}

/// Reads a field into its slot, which is empty, and says whether it was good. Once for each type of fields, not for each
/// field.
pub(crate) fn read_into<T>(
    slot: &mut Option<T>,
    read: Reader<T>,
    node: Node<'_>,
    cx: &mut Cx<'_, '_>,
) -> bool {
    let value = read(node, cx);
    let is_good = value.is_some();
    // Nothing to drop is in it.
    core::mem::forget(core::mem::replace(slot, value));
    is_good
}

/// Reads the fields of a struct, or of a variant with fields, from a node; none where it cannot be made.
///
/// A field is `required`, `noted(stand-in)`, `optional(default)`, or `whole(default)`, as [`Need`] says; `maybe` and
/// `whole_maybe` are of a field that is an `Option`, and none by default; so is `nullable`, which may be `null` too. `["name"]` is its name in JSON, where that is
/// another; `by` reads it, where its type does not.
macro_rules! read_fields {
    ($node:expr, $cx:expr, $expected:expr, $($type:ident)::+ {
        $($field:ident $([$name:literal])? : $mode:ident $(($default:expr))? $(, by $read:expr)? ;)+
    }) => {{
        #[expect(non_camel_case_types, reason = "named as the fields are")]
        enum At { $($field,)+ }
        const FIELDS: &[$crate::read::Field] = &[$($crate::read::Field {
            name: $crate::read::read_fields!(@name $field $($name)?),
            need: $crate::read::read_fields!(@need $mode),
        },)+];
        $(let mut $field = None;)+
        let complete = $crate::read::read_members($node, $expected, FIELDS, $cx, &mut |position, node, cx| {
            $(if position == At::$field as usize {
                return $crate::read::read_fields!(@read $mode, $field, node, cx $(, $read)?);
            })+
            true
        });
        if complete {
            Some($($type)::+ { $($field: $crate::read::read_fields!(@take $field, $mode $(($default))?),)+ })
        } else {
            None
        }
    }};
    (@name $field:ident $name:literal) => { $name };
    (@name $field:ident) => { stringify!($field) };
    (@need required) => { $crate::read::Need::Required };
    (@need noted) => { $crate::read::Need::Noted };
    (@need optional) => { $crate::read::Need::Optional };
    (@need maybe) => { $crate::read::Need::Optional };
    (@need nullable) => { $crate::read::Need::Optional };
    (@need whole) => { $crate::read::Need::Whole };
    (@need whole_maybe) => { $crate::read::Need::Whole };
    (@read nullable, $field:ident, $node:ident, $cx:ident) => {
        $crate::read::read_into(&mut $field, $crate::read::or_null, $node, $cx)
    };
    (@read $mode:ident, $field:ident, $node:ident, $cx:ident) => {
        $crate::read::read_into(&mut $field, $crate::read::Read::read, $node, $cx)
    };
    (@read $mode:ident, $field:ident, $node:ident, $cx:ident, $read:expr) => {
        $crate::read::read_into(&mut $field, $read, $node, $cx)
    };
    (@take $field:ident, required) => { $field? };
    (@take $field:ident, maybe) => { $field };
    (@take $field:ident, nullable) => { $field.flatten() };
    (@take $field:ident, whole_maybe) => { $field };
    (@take $field:ident, $mode:ident($default:expr)) => { $field.unwrap_or_else(|| $default) };
}

/// Gives a struct its reader; see [`read_fields`]. `short` reads it from plain text.
macro_rules! read_object {
    ($type:ident, $expected:expr, $(short $short:expr,)? { $($fields:tt)+ }) => {
        impl $crate::read::Read for $type {
            fn read(node: $crate::read::Node<'_>, cx: &mut $crate::read::Cx<'_, '_>) -> Option<Self> {
                $(if node.as_text().is_some() {
                    return $short(node, cx);
                })?
                $crate::read::read_fields!(node, cx, $expected, $type { $($fields)+ })
            }
        }
    };
}

pub(crate) use {read_fields, read_object};
