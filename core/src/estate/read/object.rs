//! Objects: fields once each, none unknown, none missing.

use alloc::format;

use serde::de::MapAccess;

use super::{Cx, Read, Seed, Skip};
use crate::estate::fault::FaultCode;

/// Reads one value for a field; a second one is a fault.
pub(super) fn read_field<'de, T: Read, A: MapAccess<'de>>(
    slot: &mut Option<Option<T>>,
    name: &'static str,
    object: &mut A,
    cx: &mut Cx<'_, '_>,
) -> Result<(), A::Error> {
    let path = cx.path.field(name);
    if slot.is_some() {
        object.next_value::<Skip>()?;
        cx.faults.add(&path, FaultCode::DuplicateField, "it twice", "it once");
        *slot = Some(None);
        return Ok(());
    }
    *slot = Some(object.next_value_seed(Seed::new(path, cx.faults))?);
    Ok(())
}

/// The value of a required field; none where it is missing (a fault) or was at fault already.
pub(super) fn required<T>(
    slot: Option<Option<T>>,
    name: &'static str,
    cx: &mut Cx<'_, '_>,
) -> Option<T> {
    slot.unwrap_or_else(|| {
        cx.faults.add(
            &cx.path.field(name),
            FaultCode::MissingField,
            "nothing",
            format!("`{name}`"),
        );
        None
    })
}

/// The value of an optional field. One that was at fault leaves the default: the document is
/// refused anyway, and its row can still be looked at for further faults.
pub(super) fn optional<T>(slot: Option<Option<T>>, default: impl FnOnce() -> T) -> T {
    slot.flatten().unwrap_or_else(default)
}

/// The value of a required field whose absence is a fault, but must not hide the rest of the object.
pub(super) fn noted<T>(
    slot: Option<Option<T>>,
    name: &'static str,
    default: impl FnOnce() -> T,
    cx: &mut Cx<'_, '_>,
) -> T {
    required(slot, name, cx).unwrap_or_else(default)
}

/// The value of an optional field without which, once it is at fault, the object says something else.
pub(super) fn whole<T>(slot: Option<Option<T>>, default: impl FnOnce() -> T) -> Option<T> {
    slot.unwrap_or_else(|| Some(default()))
}

/// Gives a struct its reader. `required` fields must be there, and so must `noted` ones, which have a
/// stand-in; `optional` and `whole` ones have a default, and a fault in a `whole` one drops the object. A field that is read as one type and kept as another names
/// the type it is read as, and the function between. `short` reads the object from plain text.
macro_rules! read_object {
    ($type:ident, $expected:literal, $(short $short:expr,)? {
        $($field:ident $([$name:literal])? : $mode:ident $(($default:expr))? $(, via $via:ty => $convert:expr)? ;)+
    }) => {
        impl Read for $type {
            const EXPECTED: &'static str = $expected;

            $(fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
                $short(text, cx)
            })?

            fn from_object<'de, A: MapAccess<'de>>(
                mut object: A,
                cx: &mut Cx<'_, '_>,
            ) -> Result<Option<Self>, A::Error> {
                const FIELDS: &str =
                    concat!($("`", read_object!(@name $field $($name)?), "` ",)+);
                $(let mut $field $(: Option<Option<$via>>)? = None;)+
                while let Some(Key(key)) = object.next_key()? {
                    match &*key {
                        $(read_object!(@name $field $($name)?) => {
                            let name = read_object!(@name $field $($name)?);
                            read_field(&mut $field, name, &mut object, cx)?;
                        })+
                        unknown => {
                            object.next_value::<Skip>()?;
                            let found = format!("`{}`", Printable(unknown));
                            let expected = format!("one of {}", FIELDS.trim_end());
                            let path = cx.path.field(unknown);
                            cx.faults.add(&path, FaultCode::UnknownField, found, expected);
                        }
                    }
                }
                $(let $field = read_object!(
                    @take $field, read_object!(@name $field $($name)?), cx, $mode $(($default))?
                );)+
                Ok(read_object!(@build $type $($field $(=> $convert)?,)+))
            }
        }
    };
    (@name $field:ident $name:literal) => { $name };
    (@name $field:ident) => { stringify!($field) };
    (@take $field:ident, $name:expr, $cx:ident, required) => { required($field, $name, $cx) };
    (@take $field:ident, $name:expr, $cx:ident, noted($default:expr)) => {
        Some(noted($field, $name, $default, $cx))
    };
    (@take $field:ident, $name:expr, $cx:ident, optional($default:expr)) => {
        Some(optional($field, $default))
    };
    (@take $field:ident, $name:expr, $cx:ident, whole($default:expr)) => {
        whole($field, $default)
    };
    (@build $type:ident $($field:ident $(=> $convert:expr)?,)+) => {
        match ($($field,)+) {
            ($(Some($field),)+) => Some($type {
                $($field: read_object!(@convert $field $(=> $convert)?),)+
            }),
            _ => None,
        }
    };
    (@convert $value:ident) => { $value };
    (@convert $value:ident => $convert:expr) => { $convert($value) };
}

pub(super) use read_object;
