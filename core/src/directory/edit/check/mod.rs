//! The rules of semantics.md, section 6, for a few rows that are new or changed. The rows and what they refer to make a
//! small estate, which the loader of whole estates checks; what needs everybody else is looked up.

mod closure;
mod unique;

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;

use self::closure::Closure;
use crate::directory::Directory;
use crate::directory::load::load_with;
use crate::estate::{Estate, Fault, FaultCode, Faults};

impl Directory {
    /// Checks rows as they would stand in this directory, where each replaces the row of the same id or key, if there is
    /// one. Rules are asked of these rows, not of others that refer to them: whoever changes what others rely on (the
    /// kind of an organisation, the building of a unit) gives the others too. O(rows and what they refer to).
    ///
    /// Of `rows`, `settings`, `catalog` and `revision` are not looked at: those of the directory count.
    ///
    /// # Errors
    ///
    /// Every fault, with its path in `rows`.
    pub(crate) fn check_rows(&self, rows: &Estate) -> Result<(), Faults> {
        let mut faults = Faults::default();
        self.check_unique(rows, &mut faults);
        let estate = Closure::of(self, rows);
        let mut found = Faults::default();
        let _ = load_with(&estate, Arc::clone(&self.catalog), &mut found);
        found.retain(|fault| is_of_rows(fault, rows) || blame_rows(fault, &estate, rows));
        faults.append(found);
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// Whether a fault stands at one of the rows to be checked. They are the first of their sections.
fn is_of_rows(fault: &Fault, rows: &Estate) -> bool {
    let Some((section, index)) = place(&fault.path) else { return true };
    index < length(rows, section)
}

/// Of faults at other rows, which were good before: ids and addresses that are taken are told by look-up, at the row that
/// takes them; a LINKED resident who administers the unit already is told at the residency.
fn blame_rows(fault: &mut Fault, estate: &Estate, rows: &Estate) -> bool {
    match fault.code {
        FaultCode::DuplicateId | FaultCode::DuplicateEmail => false,
        FaultCode::LinkedCannotAdminister => {
            if let Some(path) = linked_residency(fault, estate, rows) {
                fault.path = path;
            }
            true
        }
        _ => true,
    }
}

fn linked_residency(fault: &Fault, estate: &Estate, rows: &Estate) -> Option<String> {
    let (_, unit) = place(&fault.path)?;
    let (_, entry) = fault.path.rsplit_once('[')?;
    let unit = estate.units.get(unit)?;
    let entry = unit.administrators.get(entry.strip_suffix(']')?.parse::<usize>().ok()?)?;
    let is_unit = |id: &crate::id::Id| unit.id == *id || unit.aliases.contains(id);
    let person = estate.people.iter().find(|person| person.id == entry.person)?;
    let is_person = |id: &crate::id::Id| person.id == *id || person.aliases.contains(id);
    let mut residencies = rows.residencies.iter();
    let row = residencies.position(|row| is_unit(&row.unit) && is_person(&row.person))?;
    Some(format!("$.residencies[{row}]"))
}

/// The section and the index with which a path begins.
fn place(path: &str) -> Option<(&str, usize)> {
    let (section, rest) = path.strip_prefix("$.")?.split_once('[')?;
    let (index, _) = rest.split_once(']')?;
    Some((section, index.parse().ok()?))
}

fn length(rows: &Estate, section: &str) -> usize {
    match section {
        "accounts" => rows.accounts.len(),
        "organisations" => rows.organisations.len(),
        "buildings" => rows.buildings.len(),
        "integrations" => rows.integrations.len(),
        "units" => rows.units.len(),
        "doors" => rows.doors.len(),
        "people" => rows.people.len(),
        "permission_groups" => rows.permission_groups.len(),
        "job_functions" => rows.job_functions.len(),
        "memberships" => rows.memberships.len(),
        "residencies" => rows.residencies.len(),
        "platform_roles" => rows.platform_roles.len(),
        _ => usize::MAX,
    }
}
