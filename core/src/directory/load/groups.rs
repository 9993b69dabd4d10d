//! Permission groups and job functions: those of the estate, and the built-in ones it does not replace [B.2].

use alloc::format;
use alloc::vec::Vec;

use super::{Indexed, Loader};
use crate::catalog::{GROUPS, JOB_FUNCTIONS, Meaning};
use crate::directory::ids::to_index;
use crate::directory::tables::{Group, JobFunction};
use crate::estate::{FaultCode, JobFunctionDoc, Path, PermissionGroupDoc};
use crate::facts::NONE;
use crate::id::Id;
use crate::path::RolePath;

pub(crate) struct LoadedGroups {
    pub(crate) indexed: Indexed,
    pub(crate) rows: Vec<Group>,
}

pub(crate) struct LoadedJobFunctions {
    pub(crate) indexed: Indexed,
    pub(crate) rows: Vec<JobFunction>,
}

impl LoadedGroups {
    pub(crate) fn row(&self, group: u32) -> Option<&Group> {
        self.rows.get(to_index(group))
    }
}

impl LoadedJobFunctions {
    pub(crate) fn row(&self, job_function: u32) -> Option<&JobFunction> {
        self.rows.get(to_index(job_function))
    }
}

/// Rows of the estate, then the built-in ones that it does not replace.
fn with_builtin<T>(rows: &[T], builtin: impl Iterator<Item = T>, id: impl Fn(&T) -> &Id) -> Vec<T>
where
    T: Clone,
{
    let kept = builtin.filter(|builtin| !rows.iter().any(|row| id(row) == id(builtin)));
    rows.iter().cloned().chain(kept).collect()
}

pub(super) fn builtin_groups() -> impl Iterator<Item = PermissionGroupDoc> {
    GROUPS.iter().filter_map(|group| {
        Some(PermissionGroupDoc {
            id: group.id.parse().ok()?,
            aliases: Vec::new(),
            account: None,
            name: group.name.into(),
            organisation_kind: group.kind,
            keys: group.keys.iter().filter_map(|key| RolePath::parse(key).ok()).collect(),
        })
    })
}

fn builtin_job_functions() -> impl Iterator<Item = JobFunctionDoc> {
    JOB_FUNCTIONS.iter().filter_map(|job| {
        Some(JobFunctionDoc {
            id: job.id.parse().ok()?,
            aliases: Vec::new(),
            account: None,
            name: job.name.into(),
            organisation_kind: job.kind,
            initial_groups: alloc::vec![job.group.parse().ok()?],
        })
    })
}

impl Loader<'_, '_> {
    pub(super) fn load_groups(&mut self, accounts: &Indexed) -> (LoadedGroups, LoadedJobFunctions) {
        let groups = self.load_permission_groups(accounts);
        let job_functions = self.load_job_functions(accounts, &groups);
        (groups, job_functions)
    }

    fn load_permission_groups(&mut self, accounts: &Indexed) -> LoadedGroups {
        let docs = with_builtin(&self.estate.permission_groups, builtin_groups(), |row| &row.id);
        let indexed = self.index("permission_groups", &docs, |row| &row.id, |row| &row.aliases);
        let root = Path::ROOT;
        let section = root.field("permission_groups");
        let mut rows = Vec::with_capacity(docs.len());
        for (index, doc) in indexed.rows(&docs) {
            let path = section.index(index);
            let is_builtin =
                GROUPS.iter().any(|group| doc.id.as_ref().with_text(|id| id == group.id));
            let account = self.load_account(doc.account.as_ref(), is_builtin, accounts, &path);
            {
                let Self { catalog, faults, .. } = self;
                catalog.check_entries(&doc.keys, &path.field("keys"), faults);
            }
            let everywhere = self.catalog.keys_covered(&doc.keys);
            rows.push(Group {
                name: doc.name.clone(),
                kind: doc.organisation_kind,
                account,
                entries: doc.keys.clone(),
                meaning: self.meaning(Meaning { everywhere, ..Meaning::default() }),
                is_builtin: index >= self.estate.permission_groups.len(),
            });
        }
        LoadedGroups { indexed, rows }
    }

    fn load_job_functions(
        &mut self,
        accounts: &Indexed,
        groups: &LoadedGroups,
    ) -> LoadedJobFunctions {
        let docs = with_builtin(&self.estate.job_functions, builtin_job_functions(), |row| &row.id);
        let indexed = self.index("job_functions", &docs, |row| &row.id, |row| &row.aliases);
        let root = Path::ROOT;
        let section = root.field("job_functions");
        let mut rows = Vec::with_capacity(docs.len());
        for (index, doc) in indexed.rows(&docs) {
            let path = section.index(index);
            let is_builtin =
                JOB_FUNCTIONS.iter().any(|job| doc.id.as_ref().with_text(|id| id == job.id));
            let account = self.load_account(doc.account.as_ref(), is_builtin, accounts, &path);
            let path = path.field("initial_groups");
            let mut initial_groups = Vec::new();
            let ids = self.short(&doc.initial_groups, &path);
            for (position, id) in ids.iter().enumerate() {
                let path = path.index(position);
                let group = self.resolve(&groups.indexed, id, &path);
                if initial_groups.contains(&group) {
                    self.faults.add(
                        &path,
                        FaultCode::DuplicateRow,
                        format!("`{id}` a second time"),
                        "it once",
                    );
                    continue;
                }
                let Some(row) = groups.row(group) else { continue };
                if row.kind != doc.organisation_kind {
                    let found = format!("`{id}`, a group for {}", row.kind.as_str());
                    let expected = format!("groups for {}", doc.organisation_kind.as_str());
                    self.faults.add(&path, FaultCode::OrgTypeMismatch, found, expected);
                }
                if row.account != NONE && row.account != account {
                    let expected = "a group of the job function's account";
                    self.faults.add(&path, FaultCode::WrongAccount, format!("`{id}`"), expected);
                }
                initial_groups.push(group);
            }
            rows.push(JobFunction {
                name: doc.name.clone(),
                kind: doc.organisation_kind,
                account,
                initial_groups,
                is_builtin: index >= self.estate.job_functions.len(),
            });
        }
        LoadedJobFunctions { indexed, rows }
    }

    /// The account of a group or job function; only a replaced built-in one may have none.
    fn load_account(
        &mut self,
        account: Option<&Id>,
        is_builtin: bool,
        accounts: &Indexed,
        path: &Path<'_>,
    ) -> u32 {
        let path = path.field("account");
        match account {
            Some(id) if is_builtin => {
                let expected = "no account: a built-in row is replaced for all of them";
                self.faults.add(&path, FaultCode::WrongAccount, format!("`{id}`"), expected);
                NONE
            }
            Some(id) => self.resolve(accounts, id, &path),
            None if is_builtin => NONE,
            None => {
                self.faults.add(&path, FaultCode::MissingField, "nothing", "`account`");
                NONE
            }
        }
    }
}
