//! Permission groups and job functions.

use super::{EditError, find, find_set, find_some, set};
use crate::catalog::Meaning;
use crate::directory::Directory;
use crate::directory::tables::{Group, JobFunction};
use crate::estate::{JobFunctionDoc, PermissionGroupDoc};
use crate::facts::Form;

impl Directory {
    /// Adds a permission group, or replaces one; what it means reaches all who have it. O(grants of everybody) where the
    /// keys of one that is there change.
    pub(crate) fn set_permission_group(
        &mut self,
        doc: &PermissionGroupDoc,
    ) -> Result<u32, EditError> {
        let account = find_some(&self.accounts.ids, doc.account.as_ref())?;
        let everywhere = self.catalog.keys_covered(&doc.keys);
        let meaning = self.meaning_number(Meaning { everywhere, ..Meaning::default() })?;
        let row = Group {
            name: doc.name.clone(),
            kind: doc.organisation_kind,
            account,
            entries: doc.keys.clone(),
            meaning,
            is_builtin: false,
        };
        let Ok(group) = find(&self.groups.ids, &doc.id) else {
            let group = self.groups.ids.insert(&doc.id, &doc.aliases)?;
            self.groups.rows.push(row);
            return Ok(group);
        };
        super::expect(&self.groups.ids, group, Some(&doc.id), "permission group")?;
        self.groups.ids.set_aliases(group, &doc.aliases)?;
        set(&mut self.groups.rows, group, row);
        self.people.grants.change_each(|grant| {
            if matches!(grant.form, Form::Group { .. }) && grant.source == group {
                grant.meaning = meaning;
            }
        });
        Ok(group)
    }

    /// Adds a job function, or replaces one. Who has it keeps the groups they have.
    pub(crate) fn set_job_function(&mut self, doc: &JobFunctionDoc) -> Result<u32, EditError> {
        let row = JobFunction {
            name: doc.name.clone(),
            kind: doc.organisation_kind,
            account: find_some(&self.accounts.ids, doc.account.as_ref())?,
            initial_groups: find_set(&self.groups.ids, &doc.initial_groups)?,
            is_builtin: false,
        };
        let Ok(job_function) = find(&self.job_functions.ids, &doc.id) else {
            let job_function = self.job_functions.ids.insert(&doc.id, &doc.aliases)?;
            self.job_functions.rows.push(row);
            return Ok(job_function);
        };
        super::expect(&self.job_functions.ids, job_function, Some(&doc.id), "job function")?;
        self.job_functions.ids.set_aliases(job_function, &doc.aliases)?;
        set(&mut self.job_functions.rows, job_function, row);
        Ok(job_function)
    }
}
