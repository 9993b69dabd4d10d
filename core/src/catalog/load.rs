//! Building a catalog: what is built in, and what an estate adds or replaces.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use hashbrown::HashTable;

use super::builtin::{BuiltinLine, KEYS, LINES, RESIDENT_LINE, UNIT_ADMINISTRATOR_LINE};
use super::{
    Catalog, IndexedKey, Key, KeyEntry, KeySet, Line, LineRole, OPEN_KEY, OPEN_UNIT_KEY,
    SITE_FIRST_SEGMENT, SITE_TEMPLATE,
};
use crate::estate::{CatalogDoc, FaultCode, Faults, HeldAt, KeyKind, LineDoc, Path, PermissionDoc};
use crate::hash::shared;
use crate::limits::{MAX_KEYS, MAX_LINES, MAX_NAME_ID_BYTES, MAX_PATH_BYTES};
use crate::order::Order;
use crate::path::RolePath;
use crate::request::ResourceKind;

/// Segments of a site role before what follows its slot.
const SITE_SEGMENTS: usize = 3;

impl Catalog {
    /// Builds the catalog of an estate. Rows at fault are left out.
    pub(crate) fn load(doc: &CatalogDoc, faults: &mut Faults) -> Self {
        let root = Path::ROOT;
        let catalog_path = root.field("catalog");
        let keys = load_keys(&doc.permissions, &catalog_path.field("permissions"), faults);
        let by_text = index_keys(&keys);
        let mut catalog = Self {
            keys,
            by_text,
            lines: Vec::new(),
            resident: KeySet::default(),
            administrator: KeySet::default(),
            open: None,
            open_unit: None,
        };
        catalog.open = catalog.key(OPEN_KEY);
        catalog.open_unit = catalog.key(OPEN_UNIT_KEY);
        catalog.lines = LINES.iter().filter_map(|line| catalog.builtin_line(line)).collect();
        catalog.add_lines(&doc.roles, &catalog_path.field("roles"), faults);
        catalog.resident = catalog.keys_of_line(RESIDENT_LINE);
        catalog.administrator = catalog.keys_of_line(UNIT_ADMINISTRATOR_LINE);
        catalog
    }

    fn keys_of_line(&self, role: &str) -> KeySet {
        let role = parse_role(role);
        let line = self.lines.iter().find(|line| Some(&line.role) == role.as_ref());
        line.map(|line| line.keys).unwrap_or_default()
    }

    /// A built-in line. A test asserts that none is lost here.
    fn builtin_line(&self, line: &BuiltinLine) -> Option<Line> {
        let entries: Vec<_> =
            line.keys.iter().filter_map(|key| RolePath::parse(key).ok()).collect();
        Some(Line {
            role: parse_role(line.role)?,
            held_at: line.held_at,
            keys: self.keys_covered(&entries),
            entries,
            audience_bound: line.audience_bound,
            given_by: line
                .given_by
                .iter()
                .filter_map(|(key, on)| Some((self.key(key)?, *on)))
                .collect(),
            kinds: None,
        })
    }

    fn add_lines(&mut self, docs: &[LineDoc], path: &Path<'_>, faults: &mut Faults) {
        if docs.len() > MAX_LINES {
            faults.add(
                path,
                FaultCode::TooMany,
                format!("{} lines", docs.len()),
                format!("at most {MAX_LINES}"),
            );
            return;
        }
        let builtin = self.lines.len();
        for (index, doc) in docs.iter().enumerate() {
            let path = path.index(index);
            let Some(line) = self.read_line(doc, &path, faults) else { continue };
            let same = self.lines.iter().position(|known| known.role == line.role);
            match same.and_then(|position| Some((position, self.lines.get_mut(position)?))) {
                None => self.lines.push(line),
                Some((position, _)) if position >= builtin => {
                    let found = format!("`{}` twice", doc.role);
                    faults.add(&path.field("role"), FaultCode::DuplicateRow, found, "it once");
                }
                Some((_, known)) if known.audience_bound && !line.audience_bound => {
                    // Forgetting the word would make every resident staff.
                    let expected = format!("`true`: `{}` stays bound by audiences", doc.role);
                    let path = path.field("audience_bound");
                    faults.add(&path, FaultCode::LineInvalid, "`false`", expected);
                }
                Some((_, known)) if known.held_at == line.held_at => *known = line,
                Some(_) => {
                    let expected = format!("`{}` to be held where the built-in line is", doc.role);
                    faults.add(
                        &path.field("held_at"),
                        FaultCode::LineInvalid,
                        "another place",
                        expected,
                    );
                }
            }
        }
    }

    fn read_line(&self, doc: &LineDoc, path: &Path<'_>, faults: &mut Faults) -> Option<Line> {
        let before = faults.count();
        let role = parse_role(&doc.role);
        let is_site = matches!(role, Some(LineRole::Site(_)));
        if role.is_none()
            || matches!(&role, Some(LineRole::Path(path)) if self.key(path.as_str()).is_some())
        {
            let found = format!("`{}`", doc.role);
            let expected = "a role without `*` that is no key and not under `virtual_access`, or \
                            `virtual_access:integration:{integration}:…`";
            faults.add(&path.field("role"), FaultCode::LineInvalid, found, expected);
        }
        let held_at = match (is_site, doc.held_at) {
            (true, None) => None,
            (false, Some(held_at)) => Some(held_at),
            (false, None) => {
                // A line that is replaced is held where it was.
                let known = self.lines.iter().find(|known| Some(&known.role) == role.as_ref());
                known.map_or(Some(HeldAt::Organisation), |known| known.held_at)
            }
            (true, Some(_)) => {
                let expected = "no `held_at` beside a slot";
                faults.add(&path.field("held_at"), FaultCode::LineInvalid, "a place", expected);
                None
            }
        };
        if held_at == Some(HeldAt::Unit) && doc.role != UNIT_ADMINISTRATOR_LINE {
            let expected = format!("`{UNIT_ADMINISTRATOR_LINE}` only");
            faults.add(&path.field("held_at"), FaultCode::LineInvalid, "`unit`", expected);
        }
        if doc.audience_bound && !is_site {
            let expected = "a role with a slot";
            faults.add(&path.field("audience_bound"), FaultCode::LineInvalid, "`true`", expected);
        }
        if !doc.given_by.is_empty() && !is_site {
            let expected = "a role with a slot";
            faults.add(&path.field("given_by"), FaultCode::LineInvalid, "givers", expected);
        }
        if doc.organisation_kinds.as_ref().is_some_and(Vec::is_empty) {
            let path = path.field("organisation_kinds");
            faults.add(&path, FaultCode::EmptyList, "no kind", "at least one, or no list");
        }
        self.check_entries(&doc.keys, &path.field("keys"), faults);
        let given_by = self.read_givers(doc, &path.field("given_by"), faults);
        (faults.count() == before).then_some(())?;
        Some(Line {
            role: role?,
            held_at,
            keys: self.keys_covered(&doc.keys),
            entries: doc.keys.clone(),
            audience_bound: doc.audience_bound,
            given_by,
            kinds: doc.organisation_kinds.clone(),
        })
    }

    /// Entries of a line or group: each is a key, or a pattern that covers one.
    pub(crate) fn check_entries(&self, entries: &[RolePath], path: &Path<'_>, faults: &mut Faults) {
        for (index, entry) in entries.iter().enumerate() {
            if self.keys_covered([entry]).is_empty() {
                let expected = "a key of the catalog, or a pattern that covers one";
                faults.add(
                    &path.index(index),
                    FaultCode::KeyUnknown,
                    format!("`{entry}`"),
                    expected,
                );
            }
        }
    }

    fn read_givers(
        &self,
        doc: &LineDoc,
        path: &Path<'_>,
        faults: &mut Faults,
    ) -> Vec<(Key, crate::estate::GivenOn)> {
        let mut givers = Vec::new();
        for (index, given_by) in doc.given_by.iter().enumerate() {
            match self.key(given_by.key.as_str()) {
                Some(key) => givers.push((key, given_by.on)),
                None => {
                    let found = format!("`{}`", given_by.key);
                    let path = path.index(index);
                    faults.add(
                        &path.field("key"),
                        FaultCode::KeyUnknown,
                        found,
                        "a key of the catalog",
                    );
                }
            }
        }
        givers
    }
}

fn index_keys(keys: &[KeyEntry]) -> HashTable<IndexedKey> {
    let mut by_text = HashTable::with_capacity(keys.len());
    let hash_of = |key: Key| {
        keys.get(key.index()).map_or(0, |entry| crate::hash::bytes(entry.path.as_str().as_bytes()))
    };
    for (key, entry) in (0..=u8::MAX).map(Key::new).zip(keys) {
        let bytes = entry.path.as_str().as_bytes();
        let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
        let indexed = IndexedKey { ends: crate::hash::ends(bytes), length, key };
        by_text.insert_unique(
            hash_of(key),
            indexed,
            shared(&|known: &IndexedKey| hash_of(known.key)),
        );
    }
    by_text
}

fn load_keys(docs: &[PermissionDoc], path: &Path<'_>, faults: &mut Faults) -> Vec<KeyEntry> {
    let builtin = KEYS.iter().filter_map(|(text, kind)| {
        Some(KeyEntry { path: RolePath::parse(text).ok()?, kind: resource_kind(*kind) })
    });
    let mut keys: Vec<KeyEntry> = builtin.collect();
    if docs.len().saturating_add(keys.len()) > MAX_KEYS {
        let found = format!("{} keys beside {} built-in ones", docs.len(), keys.len());
        faults.add(path, FaultCode::TooMany, found, format!("at most {MAX_KEYS} in all"));
        return keys;
    }
    for (index, doc) in docs.iter().enumerate() {
        let path = path.index(index);
        let path = path.field("key");
        let found = format!("`{}`", doc.key);
        if doc.key.has_wildcard() || doc.key.segments().next() == Some(SITE_FIRST_SEGMENT) {
            let expected = "a key without `*`, not under `virtual_access`";
            faults.add(&path, FaultCode::KeyInvalid, found, expected);
        } else if keys.iter().any(|known| known.path == doc.key) {
            faults.add(&path, FaultCode::DuplicateKey, found, "a key that is not there yet");
        } else {
            keys.push(KeyEntry { path: doc.key.clone(), kind: resource_kind(doc.kind) });
        }
    }
    keys.order_by(|a, b| a.path.cmp(&b.path));
    keys
}

const fn resource_kind(kind: KeyKind) -> ResourceKind {
    match kind {
        KeyKind::Organisation => ResourceKind::Organisation,
        KeyKind::Building => ResourceKind::Building,
        KeyKind::Integration => ResourceKind::Integration,
        KeyKind::Unit => ResourceKind::Unit,
        KeyKind::Door => ResourceKind::Door,
    }
}

/// Reads the role of a line, with or without a slot. The longest id fits the slot.
fn parse_role(text: &str) -> Option<LineRole> {
    if let Some(suffix) = text.strip_prefix(SITE_TEMPLATE) {
        let longest = SITE_TEMPLATE.len().saturating_add(MAX_NAME_ID_BYTES);
        let path = RolePath::parse(suffix).ok()?;
        let filled: String = core::iter::repeat_n("0:", SITE_SEGMENTS).chain([suffix]).collect();
        let fits = longest.saturating_add(suffix.len()) <= MAX_PATH_BYTES
            && RolePath::parse(&filled).is_ok()
            && !path.has_wildcard();
        return fits.then(|| LineRole::Site(path.as_str().into()));
    }
    let path = RolePath::parse(text).ok()?;
    let allowed = !path.has_wildcard() && path.segments().next() != Some(SITE_FIRST_SEGMENT);
    allowed.then_some(LineRole::Path(path))
}
