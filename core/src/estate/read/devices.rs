//! The devices of a residency: ids and attributes of other systems, bounded and printable.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;

use serde::de::MapAccess;

use super::object::{optional, read_field, read_object, required};
use super::values::Text;
use super::{Cx, Key, Read, Seed, Skip};
use crate::estate::DeviceDoc;
use crate::estate::fault::{FaultCode, Printable};
use crate::limits::{
    MAX_ATTRIBUTE_CHARS, MAX_ATTRIBUTE_NAME_CHARS, MAX_DEVICE_ATTRIBUTES, MAX_DEVICE_ID_CHARS,
};

/// The id of a device, which another system made.
struct DeviceId(Box<str>);

impl Read for DeviceId {
    const EXPECTED: &'static str = "1 to 128 characters without control characters";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        if text.is_empty() {
            return cx.fault(FaultCode::InvalidText, "an empty id", Self::EXPECTED);
        }
        Text::<MAX_DEVICE_ID_CHARS>::from_text(text, cx).map(|read| Self(read.0))
    }
}

/// Names and texts.
struct Attributes(BTreeMap<Box<str>, Box<str>>);

impl Read for Attributes {
    const EXPECTED: &'static str = "an object: texts by name";

    fn from_object<'de, A: MapAccess<'de>>(
        mut object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        let mut read = BTreeMap::new();
        let mut good = true;
        while let Some(Key(key)) = object.next_key()? {
            let mut at = Cx { path: cx.path.field(&key), faults: cx.faults };
            if read.contains_key(&*key) {
                object.next_value::<Skip>()?;
                let _: Option<()> = at.fault(FaultCode::DuplicateField, "it twice", "it once");
                good = false;
                continue;
            }
            let name = Text::<MAX_ATTRIBUTE_NAME_CHARS>::from_text(&key, &mut at);
            if key.is_empty() {
                let _: Option<()> = at.fault(FaultCode::InvalidText, "an empty name", "a name");
                good = false;
            }
            let seed = Seed::<Text<MAX_ATTRIBUTE_CHARS>>::new(at.path, at.faults);
            match (name, object.next_value_seed(seed)?) {
                (Some(name), Some(text)) if read.len() < MAX_DEVICE_ATTRIBUTES => {
                    read.insert(name.0, text.0);
                }
                (Some(_), Some(_)) => {
                    while object.next_entry::<Key<'de>, Skip>()?.is_some() {}
                    let found = format!("over {MAX_DEVICE_ATTRIBUTES} attributes");
                    return Ok(cx.fault(FaultCode::TooMany, found, "fewer"));
                }
                _ => good = false,
            }
        }
        Ok(good.then_some(Self(read)))
    }
}

read_object!(DeviceDoc, "an object: a device", {
    device_id: required, via DeviceId => |id: DeviceId| id.0;
    attributes: optional(|| Attributes(BTreeMap::new())), via Attributes => |read: Attributes| read.0;
});
