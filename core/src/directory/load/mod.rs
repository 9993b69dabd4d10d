//! From the rows of an estate to a directory: resolve every reference, check every rule of semantics.md,
//! section 6, and note every fault. Only an estate without any becomes a directory.

mod grants;
mod groups;
mod index;
mod organisations;
mod people;
mod places;
mod roles;

use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;

#[cfg(test)]
pub(crate) use self::grants::platform_grant;
pub(crate) use self::grants::{administrator_grant, residency_grant, role_grant};
use self::roles::LoadedRoles;
use super::Directory;
use super::ids::{Built, IdTable, to_index};
use super::interned::{Conditions, Meanings};
use crate::catalog::{Catalog, Meaning};
use crate::estate::{Estate, FaultCode, Faults, Path, ValidityDoc};
use crate::facts::{ADMINISTRATOR_MEANING, NONE, RESIDENT_MEANING};
use crate::id::Id;
use crate::limits::{MAX_ENTRIES, MAX_MEANINGS};
use crate::order::Order;
use crate::time::Validity;

impl Directory {
    /// Checks an estate and makes it answer. O(n log n) in its rows; the estate is dropped.
    ///
    /// # Errors
    ///
    /// Every fault. Nothing is kept of an estate with one.
    #[expect(clippy::needless_pass_by_value, reason = "an estate is large, and done with")]
    pub fn new(estate: Estate) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let directory = load(&estate, &mut faults);
        if faults.is_empty() { Ok(directory) } else { Err(faults) }
    }

    /// Reads an estate from JSON and makes it answer.
    ///
    /// # Errors
    ///
    /// Every fault of form or rule.
    pub fn from_json(json: &[u8]) -> Result<Self, Faults> {
        Self::new(Estate::from_json(json)?)
    }
}

/// Adds the faults of rules to those of form, as far as the rows that could be read show them.
pub(crate) fn add_rule_faults(estate: &Estate, faults: &mut Faults) {
    faults.count_rows();
    let _ = load(estate, faults);
}

fn load(estate: &Estate, faults: &mut Faults) -> Directory {
    let catalog = Arc::new(Catalog::load(&estate.catalog, faults));
    load_with(estate, catalog, faults)
}

/// Loads an estate whose catalog is known already.
pub(super) fn load_with(estate: &Estate, catalog: Arc<Catalog>, faults: &mut Faults) -> Directory {
    let mut loader = Loader::new(estate, catalog, faults);
    let accounts = loader.index("accounts", &estate.accounts, |row| &row.id, |row| &row.aliases);
    let buildings = loader.index("buildings", &estate.buildings, |row| &row.id, |row| &row.aliases);
    let organisations = loader.load_organisations(&accounts, &buildings);
    let buildings = loader.load_buildings(buildings, &organisations);
    let integrations = loader.load_integrations(&buildings);
    let people = loader.load_people();
    let units = loader.load_units(&buildings, &integrations, &people);
    let doors = loader.load_doors(&integrations, &units);
    let (groups, job_functions) = loader.load_groups(&accounts);
    let roles = LoadedRoles::load(&mut loader, &integrations);
    let rows = grants::Rows::load(
        &mut loader,
        &grants::Known {
            organisations: &organisations,
            buildings: &buildings,
            units: &units,
            people: &people,
            groups: &groups,
            job_functions: &job_functions,
            roles: &roles,
        },
    );
    loader.check_emails(&people, &organisations, &rows.memberships.rows);
    index::assemble(
        loader,
        index::Parts {
            organisations,
            buildings,
            integrations,
            units,
            doors,
            people,
            accounts,
            groups,
            job_functions,
            roles,
            rows,
        },
    )
}

/// An id table with the rows it came from.
pub(crate) struct Indexed {
    pub(crate) table: IdTable,
    /// Row of each handle.
    pub(crate) row_of: Vec<u32>,
    /// Handle of each row.
    pub(crate) handle_of: Vec<u32>,
    section: &'static str,
}

impl Indexed {
    /// The rows in the order of their handles.
    fn rows<'e, T>(&self, rows: &'e [T]) -> impl Iterator<Item = (usize, &'e T)> {
        self.row_of.iter().filter_map(|row| {
            let row = to_index(*row);
            Some((row, rows.get(row)?))
        })
    }
}

pub(crate) struct Loader<'e, 'f> {
    pub(crate) estate: &'e Estate,
    pub(crate) faults: &'f mut Faults,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) meanings: Meanings,
    pub(crate) conditions: Conditions,
}

impl<'e, 'f> Loader<'e, 'f> {
    fn new(estate: &'e Estate, catalog: Arc<Catalog>, faults: &'f mut Faults) -> Self {
        let resident = Meaning { site_bound: *catalog.resident_keys(), ..Meaning::default() };
        let administrator =
            Meaning { everywhere: *catalog.administrator_keys(), ..Meaning::default() };
        // These two keep their places even where they are equal to each other or to others.
        debug_assert_eq!((RESIDENT_MEANING, ADMINISTRATOR_MEANING), (0, 1));
        Self {
            estate,
            faults,
            catalog,
            meanings: Meanings::with_fixed(&[resident, administrator]),
            conditions: Conditions::default(),
        }
    }

    /// Indexes the ids of a section of the estate.
    fn index<'r, T>(
        &mut self,
        section: &'static str,
        rows: &'r [T],
        id: impl Fn(&'r T) -> &'r Id + Copy,
        aliases: impl Fn(&'r T) -> &'r [Id] + Copy,
    ) -> Indexed {
        let Built { table, row_of, handle_of, duplicates } = IdTable::build(rows, id, aliases);
        let root = Path::ROOT;
        let path = root.field(section);
        for duplicate in duplicates {
            let Some(row) = rows.get(duplicate.entity) else { continue };
            let path = path.index(duplicate.entity);
            let (place, found) = match duplicate.alias {
                None => (path.field("id"), Some(id(row))),
                Some(position) => (path.field("aliases"), aliases(row).get(position)),
            };
            let found = found.map(|id| format!("`{id}` a second time")).unwrap_or_default();
            let expected = format!("ids and aliases that are unique among {section}");
            match duplicate.alias {
                None => self.faults.add(&place, FaultCode::DuplicateId, found, expected),
                Some(position) => {
                    self.faults.add(
                        &place.index(position),
                        FaultCode::DuplicateId,
                        found,
                        expected,
                    );
                }
            }
        }
        Indexed { table, row_of, handle_of, section }
    }

    /// The handle that an id or alias names, or a fault and [`NONE`]. Where the section has lost a row to a
    /// fault of form, that row may be the one meant, and nothing is said.
    fn resolve(&mut self, indexed: &Indexed, id: &Id, path: &Path<'_>) -> u32 {
        if let Some(handle) = indexed.table.find(&id.as_ref()) {
            return handle;
        }
        if !self.faults.has_gap_in(indexed.section) {
            let expected = format!("the id or alias of one of {}", indexed.section);
            self.faults.add(path, FaultCode::UnknownReference, format!("`{id}`"), expected);
        }
        NONE
    }

    /// A list of references, without repeats, sorted.
    fn resolve_list(&mut self, indexed: &Indexed, ids: &[Id], path: &Path<'_>) -> Vec<u32> {
        let mut handles = Vec::with_capacity(ids.len());
        for (position, id) in ids.iter().enumerate() {
            let handle = self.resolve(indexed, id, &path.index(position));
            if handle != NONE {
                handles.push((handle, position));
            }
        }
        handles.order();
        for pair in handles.windows(2) {
            if let [(first, _), (second, position)] = pair
                && first == second
                && let Some(id) = ids.get(*position)
            {
                let found = format!("`{id}` a second time");
                self.faults.add(&path.index(*position), FaultCode::DuplicateRow, found, "it once");
            }
        }
        handles.dedup_by_key(|(handle, _)| *handle);
        handles.into_iter().map(|(handle, _)| handle).collect()
    }

    /// The entries of a list that is compared pair by pair, and so must be short.
    fn short<'l, T>(&mut self, entries: &'l [T], path: &Path<'_>) -> &'l [T] {
        if entries.len() <= MAX_ENTRIES {
            return entries;
        }
        let found = format!("{} entries", entries.len());
        self.faults.add(path, FaultCode::TooMany, found, format!("at most {MAX_ENTRIES}"));
        &[]
    }

    /// The number of a meaning, the same for equal ones.
    pub(crate) fn meaning(&mut self, meaning: Meaning) -> u16 {
        self.meanings.number(meaning).unwrap_or_else(|| {
            let found = format!("over {MAX_MEANINGS} different sets of keys");
            self.faults.add(&Path::ROOT, FaultCode::TooMany, found, "fewer");
            0
        })
    }

    /// The number of a window; 0 for always, the same for equal ones.
    pub(crate) fn condition(&mut self, window: Validity) -> u32 {
        self.conditions.number(window)
    }

    /// A window as written; absent is always.
    fn window(&mut self, valid: Option<&ValidityDoc>, path: &Path<'_>) -> Validity {
        let Some(valid) = valid else { return Validity::ALWAYS };
        let window = valid.window();
        let path = path.field("valid");
        if valid.from.is_none() && valid.to.is_none() {
            self.faults.add(&path, FaultCode::EmptyValidity, "no end", "`from`, `to`, or both");
        } else if window.from >= window.to {
            let found = format!("from {} to {}", window.from, window.to);
            self.faults.add(&path, FaultCode::EmptyValidity, found, "`from` before `to`");
        }
        window
    }
}
