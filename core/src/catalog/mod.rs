//! What actions and roles mean. Keys and roles are data: the built-in catalog, and what an estate adds
//! to it [C-5, C-72].

mod builtin;
mod load;

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use hashbrown::HashTable;

pub(crate) use self::builtin::{GROUPS, JOB_FUNCTIONS};
use crate::estate::{GivenOn, HeldAt, OrganisationKind};
use crate::id::Id;
pub use crate::key::Key;
pub(crate) use crate::key::{KeySet, Meaning};
use crate::path::{RolePath, WILDCARD, covers};
use crate::request::ResourceKind;

/// The key that a door of a unit asks of staff beside `doors:open` [C-71].
const OPEN_UNIT_KEY: &str = "doors:open_unit";
const OPEN_KEY: &str = "doors:open";

pub(crate) const SITE_FIRST_SEGMENT: &str = "virtual_access";
pub(crate) const SITE_SECOND_SEGMENT: &str = "integration";
const SITE_PREFIX: &str = "virtual_access:integration:";
/// A site line, up to what follows its slot.
const SITE_TEMPLATE: &str = "virtual_access:integration:{integration}:";

/// Which integrations a held path can match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiteScope<'a> {
    /// None: no site line is covered, whatever the id.
    None,
    /// All `virtual_access` integrations.
    Any,
    /// The one with this canonical id.
    One(&'a str),
}

/// The role of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LineRole {
    /// A role without a slot.
    Path(RolePath),
    /// What follows the slot of a site role.
    Site(Box<str>),
}

/// A line of the catalog.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) role: LineRole,
    /// None for a site line.
    pub(crate) held_at: Option<HeldAt>,
    pub(crate) entries: Vec<RolePath>,
    pub(crate) audience_bound: bool,
    pub(crate) given_by: Vec<(Key, GivenOn)>,
    pub(crate) kinds: Option<Vec<OrganisationKind>>,
    pub(crate) keys: KeySet,
}

impl Line {
    /// Adds what the line means to its holder.
    fn add_to(&self, meaning: &mut Meaning, at_platform: bool) {
        let part = match (&self.role, self.held_at) {
            (LineRole::Site(_), _) if self.audience_bound => &mut meaning.site_bound,
            (LineRole::Site(_), _) => &mut meaning.site,
            (LineRole::Path(_), Some(HeldAt::Organisation)) => &mut meaning.everywhere,
            (LineRole::Path(_), Some(HeldAt::Platform)) if at_platform => &mut meaning.everywhere,
            (LineRole::Path(_), _) => return,
        };
        *part = part.union(&self.keys);
    }
}

#[derive(Clone, Debug)]
struct KeyEntry {
    path: RolePath,
    kind: ResourceKind,
}

/// Up to this length, the ends and the length of a text are all of it.
const TOLD_APART_BY_ENDS: usize = 16;

/// A key in the index, with enough of its text to tell short ones apart without looking further.
#[derive(Clone, Copy, Debug)]
struct IndexedKey {
    ends: (u64, u64),
    /// At most [`MAX_PATH_BYTES`](crate::limits::MAX_PATH_BYTES).
    length: u16,
    key: Key,
}

/// The keys and lines of an estate.
#[derive(Clone, Debug)]
pub struct Catalog {
    keys: Vec<KeyEntry>,
    by_text: HashTable<IndexedKey>,
    lines: Vec<Line>,
    /// Keys of a residency.
    resident: KeySet,
    /// Keys of an administrator of a unit, and of its token.
    administrator: KeySet,
    open: Option<Key>,
    open_unit: Option<Key>,
}

impl Catalog {
    /// The key with this text; none for a pattern or an unknown key. O(length of the text).
    #[inline]
    #[must_use]
    pub fn key(&self, text: &str) -> Option<Key> {
        let bytes = text.as_bytes();
        let ends = crate::hash::ends(bytes);
        let same = |known: &IndexedKey| {
            known.ends == ends
                && usize::from(known.length) == bytes.len()
                && (bytes.len() <= TOLD_APART_BY_ENDS || self.text(known.key) == text)
        };
        self.by_text.find(crate::hash::bytes(bytes), same).map(|known| known.key)
    }

    /// All keys, in the order of their text.
    pub fn keys(&self) -> impl Iterator<Item = Key> + use<> {
        (0..=u8::MAX).take(self.keys.len()).map(Key::new)
    }

    /// The text of a key; empty for a key of another catalog.
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        self.keys.get(key.index()).map_or("", |entry| entry.path.as_str())
    }

    /// The kind of resource that a key is about.
    #[must_use]
    pub fn kind(&self, key: Key) -> Option<ResourceKind> {
        self.keys.get(key.index()).map(|entry| entry.kind)
    }

    pub(crate) fn resident_keys(&self) -> &KeySet {
        &self.resident
    }

    pub(crate) fn administrator_keys(&self) -> &KeySet {
        &self.administrator
    }

    /// The key that staff need beside this one on the door of a unit.
    #[inline]
    pub(crate) fn unit_door_key(&self, key: Key) -> Option<Key> {
        if Some(key) == self.open { self.open_unit } else { None }
    }

    /// Whether a key moves the bolt of a door.
    pub(crate) fn opens_door(&self, key: Key) -> bool {
        Some(key) == self.open || Some(key) == self.open_unit
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }

    /// The site lines, with what follows their slot.
    pub(crate) fn site_lines(&self) -> impl Iterator<Item = (&str, &Line)> {
        self.lines.iter().filter_map(|line| match &line.role {
            LineRole::Site(suffix) => Some((&**suffix, line)),
            LineRole::Path(_) => None,
        })
    }

    /// The keys that one of these entries covers.
    pub(crate) fn keys_covered<'a>(
        &self,
        entries: impl IntoIterator<Item = &'a RolePath>,
    ) -> KeySet {
        let mut set = KeySet::default();
        for entry in entries {
            if !entry.has_wildcard() {
                // A path without `*` covers itself alone.
                self.key(entry.as_str()).into_iter().for_each(|key| set.insert(key));
                continue;
            }
            for key in self.keys().filter(|key| covers(entry.as_str(), self.text(*key))) {
                set.insert(key);
            }
        }
        set
    }

    /// What a path grants to its holder.
    pub(crate) fn meaning(&self, path: &RolePath, at_platform: bool) -> Meaning {
        let mut meaning = Meaning { everywhere: self.keys_covered([path]), ..Meaning::default() };
        if !path.has_wildcard() {
            // It covers itself alone: a key, or the role of one line.
            if let Some(line) = self.line_of(path) {
                line.add_to(&mut meaning, at_platform);
            }
            return meaning;
        }
        for line in &self.lines {
            let is_covered = match &line.role {
                LineRole::Path(role) => path.covers(role),
                LineRole::Site(suffix) => {
                    covers(path.as_str(), &site_role(site_segment(path), suffix))
                }
            };
            if is_covered {
                line.add_to(&mut meaning, at_platform);
            }
        }
        meaning
    }

    /// Which integrations a path can match.
    pub(crate) fn site_scope<'a>(&self, path: &'a RolePath) -> SiteScope<'a> {
        if let Some(id) = literal_site(path) {
            return SiteScope::One(id);
        }
        let matches = self
            .site_lines()
            .any(|(suffix, _)| covers(path.as_str(), &site_role(site_segment(path), suffix)));
        if matches { SiteScope::Any } else { SiteScope::None }
    }

    /// Whether a role without `*` is a key or a line of this catalog.
    pub(crate) fn knows_role(&self, role: &RolePath) -> bool {
        self.key(role.as_str()).is_some() || self.line_of(role).is_some()
    }

    /// The line that a role without `*` is.
    pub(crate) fn line_of(&self, role: &RolePath) -> Option<&Line> {
        let site_suffix = role.as_str().strip_prefix(SITE_PREFIX);
        let site_suffix =
            site_suffix.and_then(|rest| rest.split_once(':')).map(|(_, suffix)| suffix);
        self.lines.iter().find(|line| match &line.role {
            LineRole::Path(path) => path == role,
            LineRole::Site(suffix) => site_suffix == Some(&**suffix),
        })
    }
}

/// The third segment of a path that can match site roles, where it is literal.
pub(crate) fn literal_site(path: &RolePath) -> Option<&str> {
    let mut segments = path.segments();
    let first = segments.next()?;
    let second = segments.next()?;
    let third = segments.next()?;
    // A site role has at least one segment behind the id.
    segments.next()?;
    let can_match = (first == SITE_FIRST_SEGMENT || first == WILDCARD)
        && (second == SITE_SECOND_SEGMENT || second == WILDCARD);
    (can_match && third != WILDCARD).then_some(third)
}

/// An id to fill the slot with when asking what a path covers: the path's own, else any.
pub(crate) fn site_segment(path: &RolePath) -> &str {
    literal_site(path).unwrap_or("0")
}

/// Whether a path is a site role (semantics.md 1.5), not an organisation role.
pub(crate) fn is_site_role(path: &RolePath) -> bool {
    path.segments().next() == Some(SITE_FIRST_SEGMENT)
}

/// A site role as text, from an id and what follows the slot.
pub(crate) fn site_role(id: &str, suffix: &str) -> alloc::string::String {
    format!("{SITE_PREFIX}{id}:{suffix}")
}

/// The site role of an integration; none when it would be too long for a path.
pub(crate) fn site_role_path(integration: &Id, suffix: &str) -> Option<RolePath> {
    integration.as_ref().with_text(|id| RolePath::parse(&site_role(id, suffix)).ok())
}
