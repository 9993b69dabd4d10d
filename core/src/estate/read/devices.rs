//! The devices of a residency: ids and attributes of other systems, bounded and printable.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;

use crate::estate::DeviceDoc;
use crate::estate::fault::FaultCode;
use crate::limits::{
    MAX_ATTRIBUTE_CHARS, MAX_ATTRIBUTE_NAME_CHARS, MAX_DEVICE_ATTRIBUTES, MAX_DEVICE_ID_CHARS,
};
use crate::read::{Cx, Node, check_text, read_object, text_up_to};

read_object!(DeviceDoc, "an object: a device", {
    device_id: required, by read_device_id;
    attributes: optional(BTreeMap::new()), by read_attributes;
});

/// The id of a device, which another system made.
fn read_device_id(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Box<str>> {
    const EXPECTED: &str = "1 to 128 characters without control characters";
    match node.as_text() {
        None => cx.wrong_type(node, EXPECTED),
        Some("") => cx.fault(FaultCode::InvalidText, "an empty id", EXPECTED),
        Some(_) => text_up_to(node, cx, MAX_DEVICE_ID_CHARS).map(Box::from),
    }
}

/// Names and texts.
fn read_attributes(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<BTreeMap<Box<str>, Box<str>>> {
    let Some(members) = node.members() else {
        return cx.wrong_type(node, "an object: texts by name");
    };
    let mut read = BTreeMap::new();
    let mut good = true;
    for (name, value) in members {
        let cx = &mut cx.field(name);
        if read.contains_key(name) {
            good = cx.twice();
            continue;
        }
        let is_name = check_text(name, cx, MAX_ATTRIBUTE_NAME_CHARS);
        if name.is_empty() {
            good = cx.fault::<()>(FaultCode::InvalidText, "an empty name", "a name").is_some();
        }
        match text_up_to(value, cx, MAX_ATTRIBUTE_CHARS) {
            Some(text) if is_name => {
                read.insert(name.into(), text.into());
            }
            _ => good = false,
        }
    }
    if read.len() > MAX_DEVICE_ATTRIBUTES {
        let found = format!("over {MAX_DEVICE_ATTRIBUTES} attributes");
        return cx.fault(FaultCode::TooMany, found, "fewer");
    }
    good.then_some(read)
}
