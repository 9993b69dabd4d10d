//! From a directory back to the document that makes it, in one canonical order [C-77].

mod canonical;
mod digest;
mod rows;

pub(crate) use self::canonical::canonical_catalog;
pub(crate) use self::rows::{is_group_at, is_role_at};
use super::Directory;
use crate::estate::{
    Account, BuildingDoc, DoorDoc, Estate, IntegrationDoc, JobFunctionDoc, OrganisationDoc,
    PermissionGroupDoc, UnitDoc,
};

impl Directory {
    /// The estate that this directory answers for: every section by id, memberships and residencies by person, then
    /// organisation or unit, lists inside a row by id or text, references by id and never by alias, and the permission
    /// groups of every membership written out. [`Directory::new`] makes a directory of it that answers the same.
    /// O(n log n) in its rows.
    #[must_use]
    pub fn to_estate(&self) -> Estate {
        let mut estate = Estate {
            revision: self.revision,
            settings: self.settings,
            catalog: self.catalog_doc.clone(),
            accounts: self.account_docs().collect(),
            organisations: self.organisation_docs().collect(),
            buildings: self.building_docs().collect(),
            integrations: self.integration_docs().collect(),
            units: self.unit_docs().collect(),
            doors: self.door_docs().collect(),
            permission_groups: self.group_docs().collect(),
            job_functions: self.job_function_docs().collect(),
            purged_organisations: self.purged_ids(),
            ..Estate::default()
        };
        for person in self.people.ids.in_order() {
            estate.people.extend(self.person_doc(person));
            estate.memberships.extend(self.membership_docs(person));
            estate.residencies.extend(self.residency_docs(person));
            estate.platform_roles.extend(self.platform_role_docs(person));
        }
        estate
    }
}

/// The rows of a section, by id.
macro_rules! docs {
    ($($name:ident: $table:ident, $doc:ident -> $type:ty;)+) => {
        impl Directory {
            $(pub(crate) fn $name(&self) -> impl Iterator<Item = $type> {
                let handles = self.$table.ids.in_order().into_iter();
                handles.filter_map(|handle| self.$doc(handle))
            })+
        }
    };
}

docs! {
    account_docs: accounts, account_doc -> Account;
    organisation_docs: organisations, organisation_doc -> OrganisationDoc;
    building_docs: buildings, building_doc -> BuildingDoc;
    integration_docs: integrations, integration_doc -> IntegrationDoc;
    unit_docs: units, unit_doc -> UnitDoc;
    door_docs: doors, door_doc -> DoorDoc;
    group_docs: groups, group_doc -> PermissionGroupDoc;
    job_function_docs: job_functions, job_function_doc -> JobFunctionDoc;
}
