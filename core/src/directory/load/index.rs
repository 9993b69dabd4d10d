//! The last step of loading: every list that a decision or a review question walks.

use alloc::boxed::Box;
use alloc::vec::Vec;

use hashbrown::HashTable;

use super::grants::Rows;
use super::groups::{LoadedGroups, LoadedJobFunctions};
use super::organisations::LoadedOrganisations;
use super::people::LoadedPeople;
use super::places::{LoadedBuildings, LoadedDoors, LoadedIntegrations, LoadedUnits};
use super::roles::LoadedRoles;
use super::{Indexed, Loader};
use crate::directory::Directory;
use crate::directory::contacts::email_hash;
use crate::directory::export::canonical_catalog;
use crate::directory::hubs::{Hub, hubs_of};
use crate::directory::ids::to_index;
use crate::directory::interned::Meanings;
use crate::directory::lists::Lists;
use crate::directory::tables::{
    Accounts, Buildings, Doors, Groups, Integrations, JobFunctions, Membership, Organisation,
    Organisations, People, Units,
};
use crate::estate::{OrganisationDoc, ResidencyStatus, UnitDoc};
use crate::facts::{Form, Grant, NONE, ResidentKind};
use crate::hash::shared;
use crate::order::Order;
use crate::sorted::Map;

/// All that was loaded.
pub(super) struct Parts {
    pub(super) organisations: LoadedOrganisations,
    pub(super) buildings: LoadedBuildings,
    pub(super) integrations: LoadedIntegrations,
    pub(super) units: LoadedUnits,
    pub(super) doors: LoadedDoors,
    pub(super) people: LoadedPeople,
    pub(super) accounts: Indexed,
    pub(super) groups: LoadedGroups,
    pub(super) job_functions: LoadedJobFunctions,
    pub(super) roles: LoadedRoles,
    pub(super) rows: Rows,
}

pub(super) fn assemble(loader: Loader<'_, '_>, parts: Parts) -> Directory {
    let Parts { organisations, buildings, integrations, units, doors, mut people, rows, .. } =
        parts;
    mark_blocked(&mut people, &rows);
    let building_lists = Lists::group(to_index(rows.building_list_count), &rows.building_lists);
    let holders = Holders::collect(&loader.meanings, &rows, &building_lists);
    let Loader { estate, catalog, meanings, conditions, .. } = loader;
    let names = |indexed: &Indexed, name: &dyn Fn(usize) -> Option<Box<str>>| -> Vec<Box<str>> {
        let rows = indexed.row_of.iter().map(|row| name(to_index(*row)).unwrap_or_default());
        rows.collect()
    };
    let building_names = names(&buildings.indexed, &|row| estate.buildings.get(row)?.name.clone());
    let integration_names =
        names(&integrations.indexed, &|row| estate.integrations.get(row)?.name.clone());
    let door_names = names(&doors.indexed, &|row| estate.doors.get(row)?.name.clone());
    let numbers = names(&units.indexed, &|row| Some(estate.units.get(row)?.number.clone()));
    let by_email = index_emails(&people, &organisations, &rows.memberships.rows);
    let counts = Counts {
        organisations: organisations.parents.len(),
        buildings: buildings.owners.len(),
        integrations: integrations.rows.len(),
        units: units.rows.len(),
        doors: doors.rows.len(),
        people: people.rows.len(),
    };
    let organisation_rows = organisation_rows(&organisations);
    Directory {
        revision: estate.revision,
        settings: estate.settings,
        catalog_doc: canonical_catalog(&estate.catalog),
        catalog,
        accounts: Accounts {
            names: parts.accounts.rows(&estate.accounts).map(|(_, row)| row.name.clone()).collect(),
            ids: parts.accounts.table,
        },
        meanings,
        conditions,
        buildings: Buildings {
            names: building_names,
            integrations: grouped(
                counts.buildings,
                integrations.rows.iter().map(|row| row.building),
            ),
            units: grouped(counts.buildings, units.rows.iter().map(|row| row.building)),
            served_by: inverted(counts.buildings, counts.organisations, &organisations.serves),
            listed_members: set(counts.buildings, holders.listed),
            time_zones: sparse(buildings.indexed.rows(&estate.buildings), |row| {
                row.time_zone.clone()
            }),
            ids: buildings.indexed.table,
            owners: buildings.owners.clone(),
        },
        integrations: Integrations {
            names: integration_names,
            units: grouped(counts.integrations, units.rows.iter().map(|row| row.integration)),
            doors: grouped(counts.integrations, doors.rows.iter().map(|row| row.integration)),
            role_holders: set(counts.integrations, holders.sites),
            staff_holders: set(counts.integrations, holders.site_staff),
            ids: integrations.indexed.table,
            rows: integrations.rows,
        },
        units: Units {
            numbers,
            residencies: residencies_by_unit(counts.units, &rows),
            administrators: set(
                counts.units,
                units.administrators.iter().map(|entry| (entry.unit, entry.person)).collect(),
            ),
            doors: grouped(counts.units, doors.rows.iter().map(|row| row.unit)),
            audience_of: Lists::group(
                counts.units,
                &doors.audience.iter().map(|(door, unit)| (*unit, *door)).collect::<Vec<_>>(),
            ),
            resident_limits: sparse(units.indexed.rows(&estate.units), |row: &UnitDoc| {
                row.resident_limit
            }),
            token_generations: sparse(units.indexed.rows(&estate.units), |row: &UnitDoc| {
                (row.token_generation != 0).then_some(row.token_generation)
            }),
            ids: units.indexed.table,
            rows: units.rows,
        },
        doors: Doors {
            names: door_names,
            audience: Lists::group(counts.doors, &doors.audience),
            ids: doors.indexed.table,
            rows: doors.rows,
        },
        organisations: Organisations {
            names: organisations
                .indexed
                .rows(&estate.organisations)
                .map(|(_, row)| row.name.clone())
                .collect(),
            descriptions: sparse(
                organisations.indexed.rows(&estate.organisations),
                |row: &OrganisationDoc| row.description.clone(),
            ),
            deletions: sparse(
                organisations.indexed.rows(&estate.organisations),
                |row: &OrganisationDoc| row.deleted.clone(),
            ),
            purged: organisations.purged,
            rows: organisation_rows,
            children: grouped(counts.organisations, organisations.parents.iter().copied()),
            buildings: grouped(counts.organisations, buildings.owners.into_iter()),
            memberships: memberships_by(
                counts.organisations,
                &rows,
                |row| row.organisation,
                |row| row.person,
            ),
            role_holders: set(counts.organisations, holders.organisations),
            group_members: set(counts.organisations, holders.groups),
            company_members: set(counts.organisations, holders.companies),
            ids: organisations.indexed.table,
            paths: organisations.paths,
            serves: organisations.serves,
        },
        people: People {
            grants: grants_by_person(counts.people, &rows.grants),
            memberships: memberships_by(
                counts.people,
                &rows,
                |row| row.person,
                |row| row.organisation,
            ),
            ids: people.indexed.table,
            rows: people.rows,
            contacts: people.contacts,
            details: people.details,
            by_email,
        },
        groups: Groups { ids: parts.groups.indexed.table, rows: parts.groups.rows },
        job_functions: JobFunctions {
            ids: parts.job_functions.indexed.table,
            rows: parts.job_functions.rows,
        },
        roles: parts.roles.into_table(),
        building_lists,
        free_building_lists: Vec::new(),
        platform_holders: holders.platform,
        memberships: rows.memberships,
        residencies: rows.residencies,
    }
}

fn organisation_rows(organisations: &LoadedOrganisations) -> Vec<Organisation> {
    let rows = organisations.indexed.table.handles().map(|handle| {
        let is_root = organisations.paths.of(handle).len() == 1;
        Organisation {
            is_live: organisations.live.get(to_index(handle)).copied().unwrap_or_default(),
            kind: organisations.kind(handle),
            account: if is_root { organisations.account(handle) } else { NONE },
        }
    });
    rows.collect()
}

/// What few rows have, by handle.
fn sparse<'e, T: 'e, V>(
    rows: impl Iterator<Item = (usize, &'e T)>,
    value: impl Fn(&'e T) -> Option<V>,
) -> Map<u32, V> {
    let values = rows.zip(0_u32..).filter_map(|((_, row), handle)| Some((handle, value(row)?)));
    values.collect()
}

/// Members of organisations with an account, by their e-mail addresses.
fn index_emails(
    people: &LoadedPeople,
    organisations: &LoadedOrganisations,
    memberships: &[Membership],
) -> HashTable<u32> {
    let email = |person: u32| people.contacts.email(person).unwrap_or_default();
    let members = memberships.iter().filter(|row| {
        organisations.account(row.organisation) != NONE && !email(row.person).is_empty()
    });
    let mut members: Vec<u32> = members.map(|row| row.person).collect();
    members.order();
    members.dedup();
    let hash = |person: &u32| email_hash(email(*person));
    let mut by_email = HashTable::with_capacity(members.len());
    for person in members {
        by_email.insert_unique(hash(&person), person, shared(&hash));
    }
    by_email
}

/// Notes who has a BLOCKED residency, so that a decision on anybody else need not look for one.
fn mark_blocked(people: &mut LoadedPeople, rows: &Rows) {
    let blocked = rows.residencies.rows.iter().filter(|row| row.status == ResidencyStatus::Blocked);
    for row in blocked {
        if let Some(person) = people.rows.get_mut(to_index(row.person)) {
            person.is_blocked_somewhere = true;
        }
    }
}

struct Counts {
    organisations: usize,
    buildings: usize,
    integrations: usize,
    units: usize,
    doors: usize,
    people: usize,
}

/// People by what makes them candidates for a question, so that a list costs what it answers.
#[derive(Default)]
struct Holders {
    sites: Vec<(u32, u32)>,
    site_staff: Vec<(u32, u32)>,
    organisations: Vec<(u32, u32)>,
    groups: Vec<(u32, u32)>,
    companies: Vec<(u32, u32)>,
    listed: Vec<(u32, u32)>,
    platform: Vec<u32>,
}

impl Holders {
    fn collect(meanings: &Meanings, rows: &Rows, lists: &Lists) -> Self {
        let mut holders = Self::default();
        for (person, grant) in &rows.grants {
            hubs_of(grant, meanings.get(grant.meaning), lists, &mut |hub| match hub {
                Hub::Site(site) => holders.sites.push((site, *person)),
                Hub::SiteStaff(site) => holders.site_staff.push((site, *person)),
                Hub::Roles(organisation) => holders.organisations.push((organisation, *person)),
                Hub::Groups(organisation) => holders.groups.push((organisation, *person)),
                Hub::Company(organisation) => holders.companies.push((organisation, *person)),
                Hub::Listed(building) => holders.listed.push((building, *person)),
                Hub::Platform => holders.platform.push(*person),
            });
        }
        holders.platform.order();
        holders.platform.dedup();
        holders
    }
}

/// Things by the owner that each has; [`NONE`] is nobody's.
fn grouped(owners: usize, owner_of: impl Iterator<Item = u32>) -> Lists {
    let pairs: Vec<_> = owner_of.zip(0_u32..).filter(|(owner, _)| *owner != NONE).collect();
    Lists::group(owners, &pairs)
}

/// The same pairs, by the other side.
fn inverted(owners: usize, items: usize, lists: &Lists) -> Lists {
    let items = (0_u32..).take(items);
    let pairs: Vec<_> =
        items.flat_map(|item| lists.of(item).iter().map(move |owner| (*owner, item))).collect();
    Lists::group(owners, &pairs)
}

/// A sorted list of people for each owner, each once.
fn set(owners: usize, mut pairs: Vec<(u32, u32)>) -> Lists {
    pairs.order();
    pairs.dedup();
    Lists::group(owners, &pairs)
}

fn residencies_by_unit(units: usize, rows: &Rows) -> Lists {
    let pairs: Vec<_> = rows.residencies.rows.iter().map(|row| row.unit).zip(0_u32..).collect();
    let mut lists = Lists::group(units, &pairs);
    let person = |row: &u32| rows.residencies.rows.get(to_index(*row)).map(|row| row.person);
    lists.sort_each(|list| list.order_by_key(person));
    lists
}

fn memberships_by(
    owners: usize,
    rows: &Rows,
    owner: impl Fn(&Membership) -> u32,
    other: impl Fn(&Membership) -> u32,
) -> Lists {
    let pairs: Vec<_> = rows.memberships.rows.iter().map(owner).zip(0_u32..).collect();
    let mut lists = Lists::group(owners, &pairs);
    lists.sort_each(|list| {
        list.order_by_key(|row| rows.memberships.rows.get(to_index(*row)).map(&other));
    });
    lists
}

fn grants_by_person(people: usize, grants: &[(u32, Grant)]) -> Lists<Grant> {
    let mut lists = Lists::group(people, grants);
    lists.sort_each(|list| list.order_by_key(order));
    lists
}

/// BLOCKED residencies first, then as semantics.md 3.7 orders the bases and their ties.
fn order(grant: &Grant) -> (bool, u8, u32, u32) {
    let is_blocked = matches!(grant.form, Form::Residency { kind: ResidentKind::Blocked, .. });
    let (first, second) = match grant.form {
        Form::Residency { unit, .. } | Form::Administrator { unit } => (unit, 0),
        Form::SiteRole { organisation, .. } | Form::OrganisationRole { organisation, .. } => {
            (organisation, grant.source)
        }
        Form::Group { organisation, .. } => (grant.source, organisation),
        Form::Platform { .. } => (grant.source, 0),
    };
    (!is_blocked, grant.form.basis().code(), first, second)
}
