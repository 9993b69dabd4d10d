//! The rows that other rows refer to.

use alloc::vec::Vec;

use crate::catalog::literal_site;
use crate::directory::Directory;
use crate::directory::ids::IdTable;
use crate::estate::{
    AudienceDoc, BuildingAccess, BuildingDoc, DoorDoc, Estate, IntegrationDoc, JobFunctionDoc,
    MembershipDoc, OrganisationDoc, ResidencyType, UnitDoc,
};
use crate::id::{Id, IdRef};
use crate::path::RolePath;
use crate::sorted::Set;

/// A kind of row that is referred to by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Account,
    Organisation,
    Building,
    Integration,
    Unit,
    Person,
    Group,
    JobFunction,
}

/// A small estate that grows until nothing in it refers outside.
pub(super) struct Closure<'d> {
    directory: &'d Directory,
    estate: Estate,
    /// What is in the estate, or not to be added because a row to be checked stands for it.
    present: Set<(Kind, Id)>,
    wanted: Vec<(Kind, Id)>,
}

impl<'d> Closure<'d> {
    /// The rows, first in their sections, and what they refer to.
    pub(super) fn of(directory: &'d Directory, rows: &Estate) -> Estate {
        let mut estate = rows.clone();
        estate.settings = directory.settings;
        let mut closure = Closure { directory, estate, present: Set::new(), wanted: Vec::new() };
        closure.note_rows(rows);
        while let Some((kind, id)) = closure.wanted.pop() {
            closure.add(kind, &id);
        }
        closure.narrow_served(rows.organisations.len());
        closure.estate
    }

    fn note_rows(&mut self, rows: &Estate) {
        macro_rules! present {
            ($($section:ident: $kind:ident,)+) => {
                $(self.present.extend(
                    rows.$section.iter().map(|row| (Kind::$kind, row.id.clone())),
                );)+
            };
        }
        present! {
            accounts: Account,
            organisations: Organisation,
            buildings: Building,
            integrations: Integration,
            units: Unit,
            people: Person,
            permission_groups: Group,
            job_functions: JobFunction,
        }
        for row in &rows.organisations {
            self.refer_organisation(row);
            row.serves.iter().for_each(|id| self.want(Kind::Building, id));
        }
        rows.buildings.iter().for_each(|row| self.refer_building(row));
        rows.integrations.iter().for_each(|row| self.refer_integration(row));
        for row in &rows.units {
            self.refer_unit(row);
            self.add_linked_administrators(row, rows);
        }
        rows.doors.iter().for_each(|row| self.refer_door(row));
        rows.permission_groups.iter().for_each(|row| self.want_some(Kind::Account, &row.account));
        rows.job_functions.iter().for_each(|row| self.refer_job_function(row));
        rows.memberships.iter().for_each(|row| self.refer_membership(row));
        for row in &rows.residencies {
            self.want(Kind::Person, &row.person);
            self.want(Kind::Unit, &row.unit);
        }
        for row in &rows.platform_roles {
            self.want(Kind::Person, &row.person);
            self.refer_role(&row.role);
        }
    }

    fn want(&mut self, kind: Kind, id: &Id) {
        self.wanted.push((kind, id.clone()));
    }

    fn want_some(&mut self, kind: Kind, id: &Option<Id>) {
        id.iter().for_each(|id| self.want(kind, id));
    }

    fn refer_organisation(&mut self, row: &OrganisationDoc) {
        self.want_some(Kind::Organisation, &row.parent);
        self.want_some(Kind::Account, &row.account);
    }

    fn refer_building(&mut self, row: &BuildingDoc) {
        self.want(Kind::Organisation, &row.owner);
    }

    fn refer_integration(&mut self, row: &IntegrationDoc) {
        self.want(Kind::Building, &row.building);
    }

    fn refer_unit(&mut self, row: &UnitDoc) {
        self.want(Kind::Building, &row.building);
        self.want_some(Kind::Integration, &row.integration);
        row.administrators.iter().for_each(|entry| self.want(Kind::Person, &entry.person));
    }

    /// The LINKED residencies that administrators of a unit have in it, but for those that are replaced.
    fn add_linked_administrators(&mut self, row: &UnitDoc, rows: &Estate) {
        let directory = self.directory;
        let Some(unit) = directory.units.ids.find(&row.id.as_ref()) else { return };
        for entry in &row.administrators {
            let Some(person) = directory.people.ids.find(&entry.person.as_ref()) else { continue };
            let is_replaced = rows.residencies.iter().any(|row| {
                directory.people.ids.find(&row.person.as_ref()) == Some(person)
                    && directory.units.ids.find(&row.unit.as_ref()) == Some(unit)
            });
            let residency = directory.residency_doc(person, unit);
            let residency =
                residency.filter(|row| row.residency_type == ResidencyType::Linked && !is_replaced);
            self.estate.residencies.extend(residency);
        }
    }

    fn refer_door(&mut self, row: &DoorDoc) {
        self.want(Kind::Integration, &row.integration);
        self.want_some(Kind::Unit, &row.unit);
        if let Some(AudienceDoc::Units(units)) = &row.audience {
            units.iter().for_each(|id| self.want(Kind::Unit, id));
        }
    }

    fn refer_job_function(&mut self, row: &JobFunctionDoc) {
        self.want_some(Kind::Account, &row.account);
        row.initial_groups.iter().for_each(|id| self.want(Kind::Group, id));
    }

    fn refer_membership(&mut self, row: &MembershipDoc) {
        self.want(Kind::Person, &row.person);
        self.want(Kind::Organisation, &row.organisation);
        self.want_some(Kind::JobFunction, &row.job_function);
        row.roles.iter().for_each(|held| self.refer_role(&held.role));
        let groups = row.permission_groups.iter().flatten();
        groups.for_each(|held| self.want(Kind::Group, &held.group));
        if let Some(
            BuildingAccess::AllOfCompany { buildings } | BuildingAccess::Listed { buildings },
        ) = &row.building_access
        {
            buildings.iter().for_each(|id| self.want(Kind::Building, id));
        }
    }

    fn refer_role(&mut self, role: &RolePath) {
        let site = literal_site(role).and_then(|id| IdRef::parse(id).ok());
        if let Some(site) = site {
            self.wanted.push((Kind::Integration, site.to_owned()));
        }
    }

    /// Adds what an id names, unless a row to be checked stands for it.
    fn add(&mut self, kind: Kind, id: &Id) {
        let directory = self.directory;
        let ids = self.ids(kind);
        let Some(handle) = ids.find(&id.as_ref()) else { return };
        let Some(id) = ids.id(handle).map(|id| id.to_owned()) else { return };
        if !self.present.insert((kind, id)) {
            return;
        }
        match kind {
            Kind::Account => self.estate.accounts.extend(directory.account_doc(handle)),
            Kind::Person => self.estate.people.extend(directory.person_doc(handle)),
            Kind::Organisation => {
                if let Some(row) = directory.organisation_doc(handle) {
                    self.refer_organisation(&row);
                    self.estate.organisations.push(row);
                }
            }
            Kind::Building => {
                if let Some(row) = directory.building_doc(handle) {
                    self.refer_building(&row);
                    self.estate.buildings.push(row);
                }
            }
            Kind::Integration => {
                if let Some(row) = directory.integration_doc(handle) {
                    self.refer_integration(&row);
                    self.estate.integrations.push(row);
                }
            }
            Kind::Unit => {
                if let Some(row) = self.unit(handle) {
                    self.refer_unit(&row);
                    self.estate.units.push(row);
                }
            }
            Kind::Group => {
                if let Some(row) = directory.group_doc(handle) {
                    self.want_some(Kind::Account, &row.account);
                    self.estate.permission_groups.push(row);
                }
            }
            Kind::JobFunction => {
                if let Some(row) = directory.job_function_doc(handle) {
                    self.refer_job_function(&row);
                    self.estate.job_functions.push(row);
                }
            }
        }
    }

    const fn ids(&self, kind: Kind) -> &'d IdTable {
        let directory = self.directory;
        match kind {
            Kind::Account => &directory.accounts.ids,
            Kind::Organisation => &directory.organisations.ids,
            Kind::Building => &directory.buildings.ids,
            Kind::Integration => &directory.integrations.ids,
            Kind::Unit => &directory.units.ids,
            Kind::Person => &directory.people.ids,
            Kind::Group => &directory.groups.ids,
            Kind::JobFunction => &directory.job_functions.ids,
        }
    }

    /// A unit with those of its administrators who get a residency in it.
    fn unit(&self, unit: u32) -> Option<UnitDoc> {
        let directory = self.directory;
        let mut row = directory.unit_doc(unit)?;
        let residencies =
            self.estate.residencies.iter().filter(|residency| {
                directory.units.ids.find(&residency.unit.as_ref()) == Some(unit)
            });
        let residents: Vec<Id> = residencies
            .filter_map(|row| {
                let people = &directory.people.ids;
                Some(people.id(people.find(&row.person.as_ref())?)?.to_owned())
            })
            .collect();
        row.administrators.retain(|entry| residents.contains(&entry.person));
        Some(row)
    }

    /// Of the buildings that an added organisation serves, those in the estate: no rule asks for others.
    fn narrow_served(&mut self, checked: usize) {
        let Self { estate, present, .. } = self;
        for row in estate.organisations.iter_mut().skip(checked) {
            row.serves.retain(|id| present.contains(&(Kind::Building, id.clone())));
        }
    }
}
