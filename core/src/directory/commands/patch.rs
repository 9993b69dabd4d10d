//! A field of a partial update: left out, null, or a value [3-21, C-50].

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::read::{Cx, Node, Read, or_null};

/// What a partial update says of a field. On the wire: absent, `null`, or the value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Absent: it stays as it is.
    #[default]
    Unchanged,
    /// `null`: it is taken away.
    Clear,
    /// A value: it becomes this.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field is absent. For `skip_serializing_if`.
    #[must_use]
    pub const fn is_unchanged(&self) -> bool {
        matches!(self, Self::Unchanged)
    }

    /// The same with the value borrowed.
    #[must_use]
    pub const fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Unchanged => Patch::Unchanged,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value),
        }
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unchanged | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

/// For the events of a journal.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            None => Self::Clear,
            Some(value) => Self::Set(value),
        })
    }
}

impl<T: Read> Read for Patch<T> {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        Some(match or_null(node, cx)? {
            None => Self::Clear,
            Some(value) => Self::Set(value),
        })
    }
}
