//! What serde is asked to read, by the same reader: what is a fault there is an error here.

use serde::de::{Deserializer, Error};

use super::{Cx, Node, Read, parse, whole};
use crate::estate::Faults;

/// Reads one value; the first fault, with its path, is the error.
pub(crate) fn read<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let tokens = parse::any(deserializer)?;
    let mut faults = Faults::default();
    let value = T::read(Node::new(&tokens), &mut Cx::at_root(&mut faults));
    whole(value, faults).map_err(|faults| match faults.iter().next() {
        Some(fault) => D::Error::custom(fault),
        None => D::Error::custom("not readable"),
    })
}

/// Lets serde read types that have a reader.
macro_rules! deserialize_by_reader {
    ($($type:ty,)+) => {$(
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::read::by_reader(deserializer)
            }
        }
    )+};
}

pub(crate) use deserialize_by_reader;
