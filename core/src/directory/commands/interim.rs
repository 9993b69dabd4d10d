//! Stand-ins until the storage has them.
use crate::directory::Directory;
use crate::estate::{Estate, Faults};
impl Directory {
    pub(crate) fn person_with_email(&self, account: u32, email: &str) -> Option<u32> {
        self.people.ids.handles().find(|person| {
            self.people
                .contacts
                .email(*person)
                .is_some_and(|known| known.eq_ignore_ascii_case(email))
                && self.organisations_of(*person).iter().any(|at| self.account_of(*at) == account)
        })
    }
    pub(crate) fn check_rows(&self, rows: &Estate) -> Result<(), Faults> {
        let mut all = rows.clone();
        let old = self.to_estate();
        all.settings = old.settings;
        all.catalog = old.catalog;
        macro_rules! merge { ($($section:ident: $key:expr;)+) => {$(
            let key = $key;
            let kept: alloc::vec::Vec<_> = old.$section.into_iter().filter(|row| !rows.$section.iter().any(|new| key(new) == key(row))).collect();
            all.$section.extend(kept);
        )+} }
        merge! {
            accounts: |row: &crate::estate::Account| row.id.clone();
            organisations: |row: &crate::estate::OrganisationDoc| row.id.clone();
            buildings: |row: &crate::estate::BuildingDoc| row.id.clone();
            integrations: |row: &crate::estate::IntegrationDoc| row.id.clone();
            units: |row: &crate::estate::UnitDoc| row.id.clone();
            doors: |row: &crate::estate::DoorDoc| row.id.clone();
            people: |row: &crate::estate::PersonDoc| row.id.clone();
            permission_groups: |row: &crate::estate::PermissionGroupDoc| row.id.clone();
            job_functions: |row: &crate::estate::JobFunctionDoc| row.id.clone();
            memberships: |row: &crate::estate::MembershipDoc| (row.person.clone(), row.organisation.clone());
            residencies: |row: &crate::estate::ResidencyDoc| (row.person.clone(), row.unit.clone());
            platform_roles: |row: &crate::estate::PlatformRoleDoc| (row.person.clone(), row.role.clone());
        }
        Self::new(all).map(drop)
    }
}
