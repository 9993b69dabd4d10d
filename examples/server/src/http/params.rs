//! The query of an address. A parameter that is given twice is refused, for it says two things.

use vestibule::Id;

use super::Failure;

/// The parameters, in order.
#[derive(Debug, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Most parameters that are looked at.
    const MOST: usize = 64;

    pub(crate) fn parse(query: Option<&str>) -> Self {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        Self(pairs.into_owned().take(Self::MOST).collect())
    }

    /// A parameter under one of its names: SDKs write `include_deleted`, `includeDeleted` and
    /// `output_options[include_deleted]` for one thing.
    pub(crate) fn text(&self, names: &[&str]) -> Result<Option<&str>, Failure> {
        let mut found = self.0.iter().filter(|(name, _)| names.contains(&name.as_str()));
        let first = found.next();
        match (first, found.next()) {
            (Some((name, _)), Some(_)) => {
                let message = format!("`{name}` is given more than once");
                Err(Failure::invalid("duplicate_parameter", name, message))
            }
            _ => Ok(first.map(|(_, value)| value.as_str())),
        }
    }

    /// Whether a switch is on; absent: off.
    pub(crate) fn switch(&self, names: &[&str]) -> Result<bool, Failure> {
        match self.text(names)? {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(invalid(names, "`true` or `false`")),
        }
    }

    pub(crate) fn number(&self, names: &[&str]) -> Result<Option<i64>, Failure> {
        let text = self.text(names)?;
        let number = text.map(|text| text.parse().map_err(|_| invalid(names, "a whole number")));
        number.transpose()
    }

    /// A list, written with commas, in several parameters, or both. Empty items are left out.
    pub(crate) fn list<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let values = self.0.iter().filter(move |(given, _)| given == name);
        values.flat_map(|(_, value)| value.split(',')).filter(|item| !item.is_empty())
    }

    /// An id; an empty one is none.
    pub(crate) fn id(
        &self,
        name: &str,
        read: impl Fn(&str) -> Option<Id>,
    ) -> Result<Option<Id>, Failure> {
        let text = self.text(&[name])?.filter(|text| !text.is_empty());
        let id = text.map(|text| read(text).ok_or_else(|| invalid(&[name], "an id")));
        id.transpose()
    }
}

pub(crate) fn invalid(names: &[&str], expected: &str) -> Failure {
    let name = names.first().copied().unwrap_or_default();
    Failure::invalid("invalid_parameter", name, format!("`{name}`: expected {expected}"))
}
