//! Role paths: each different one is understood once, and every place that holds it is checked [C-5, C-72b].

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use hashbrown::HashTable;

use super::Loader;
use super::organisations::LoadedOrganisations;
use super::places::LoadedIntegrations;
use crate::catalog::{Line, SiteScope};
use crate::directory::ids::to_index;
use crate::directory::roles::{HeldRole, Roles, SiteProblem, hash_of, named_site};
use crate::estate::{FaultCode, HeldAt, OrganisationKind, Path};
use crate::facts::{NONE, Sites};
use crate::hash::shared;
use crate::order::Order;
use crate::path::RolePath;

/// A role path, and what has to be checked where it is held.
pub(crate) struct Role {
    pub(crate) held: HeldRole,
    /// The organisation of the integration that it names.
    site_organisation: u32,
    problem: Option<Problem>,
    held_at: Option<HeldAt>,
    kinds: Option<Vec<OrganisationKind>>,
}

#[derive(Clone)]
struct Problem {
    code: FaultCode,
    expected: String,
}

/// All role paths of an estate, in the order of their text.
pub(crate) struct LoadedRoles {
    rows: Vec<Role>,
    by_text: HashTable<u32>,
}

/// Where a role is held.
#[derive(Clone, Copy)]
pub(crate) enum Holder {
    Organisation(u32),
    Platform,
}

impl LoadedRoles {
    pub(crate) fn load(loader: &mut Loader<'_, '_>, integrations: &LoadedIntegrations) -> Self {
        let rows = distinct_paths(loader)
            .into_iter()
            .map(|path| Role::read(loader, integrations, path))
            .collect::<Vec<_>>();
        let mut by_text = HashTable::with_capacity(rows.len());
        let hash =
            |position: u32| rows.get(to_index(position)).map_or(0, |row| hash_of(&row.held.path));
        for position in (0_u32..).take(rows.len()) {
            by_text.insert_unique(
                hash(position),
                position,
                shared(&|position: &u32| hash(*position)),
            );
        }
        Self { rows, by_text }
    }

    pub(crate) fn find(&self, path: &RolePath) -> Option<(u32, &Role)> {
        let same = |position: &u32| self.row(*position).is_some_and(|row| row.held.path == *path);
        let position = *self.by_text.find(hash_of(path), same)?;
        Some((position, self.row(position)?))
    }

    fn row(&self, position: u32) -> Option<&Role> {
        self.rows.get(to_index(position))
    }

    pub(crate) fn into_table(self) -> Roles {
        Roles::new(self.rows.into_iter().map(|row| row.held).collect())
    }
}

/// The different role paths of memberships and of the platform, in order.
fn distinct_paths(loader: &Loader<'_, '_>) -> Vec<RolePath> {
    let estate = loader.estate;
    let held = estate.memberships.iter().flat_map(|row| row.roles.iter().map(|role| &role.role));
    let held = held.chain(estate.platform_roles.iter().map(|row| &row.role));
    let mut seen: HashTable<&RolePath> = HashTable::new();
    for path in held {
        if seen.find(hash_of(path), |known| *known == path).is_none() {
            seen.insert_unique(hash_of(path), path, |path| hash_of(path));
        }
    }
    let mut paths: Vec<_> = seen.into_iter().cloned().collect();
    paths.order();
    paths
}

impl Role {
    fn read(
        loader: &mut Loader<'_, '_>,
        integrations: &LoadedIntegrations,
        path: RolePath,
    ) -> Self {
        let meaning = loader.catalog.meaning(&path, false);
        let platform_meaning = loader.catalog.meaning(&path, true);
        let line = if path.has_wildcard() { None } else { loader.catalog.line_of(&path) };
        let mut role = Self {
            held_at: line.and_then(|line| line.held_at),
            kinds: line.and_then(|line: &Line| line.kinds.clone()),
            site_organisation: NONE,
            problem: None,
            held: HeldRole { path, meaning: 0, platform_meaning: 0, sites: Sites::None },
        };
        let path = &role.held.path;
        if !path.has_wildcard() && !loader.catalog.knows_role(path) {
            role.problem = Some(Problem {
                code: FaultCode::RoleUnknown,
                expected: "a key, or a role of the catalog".into(),
            });
        }
        let sites = match loader.catalog.site_scope(path) {
            SiteScope::None => Sites::None,
            SiteScope::Any => Sites::Any,
            SiteScope::One(id) => match find_site(loader, integrations, id) {
                Ok(site) => {
                    let row = integrations.row(site);
                    role.site_organisation = row.map_or(NONE, |row| row.organisation);
                    Sites::One(site)
                }
                Err(problem) => {
                    role.problem = problem.or(role.problem);
                    Sites::None
                }
            },
        };
        role.held.sites = sites;
        role.held.meaning = loader.meaning(meaning);
        role.held.platform_meaning = loader.meaning(platform_meaning);
        role
    }

    /// Checks a place that holds this role.
    pub(crate) fn check(
        &self,
        loader: &mut Loader<'_, '_>,
        organisations: &LoadedOrganisations,
        holder: Holder,
        path: &Path<'_>,
    ) {
        let found = || format!("`{}`", self.held.path);
        if let Some(problem) = &self.problem {
            loader.faults.add(path, problem.code, found(), problem.expected.clone());
            return;
        }
        let held_here = match (self.held_at, holder) {
            (None, _)
            | (Some(HeldAt::Platform), Holder::Platform)
            | (Some(HeldAt::Organisation), Holder::Organisation(_)) => true,
            (Some(_), _) => false,
        };
        if !held_here {
            let place = self.held_at.map_or("", HeldAt::as_str);
            let expected = format!("it held at: {place}");
            loader.faults.add(path, FaultCode::RoleNotHeldHere, found(), expected);
            return;
        }
        let Holder::Organisation(organisation) = holder else { return };
        if let (Some(kinds), true) = (&self.kinds, organisation != NONE) {
            let kind = organisations.kind(organisation);
            if !kind.is_some_and(|kind| kinds.contains(&kind)) {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
                let expected = format!("an organisation of kind {}", kinds.join(" or "));
                loader.faults.add(path, FaultCode::RoleKindMismatch, found(), expected);
                return;
            }
        }
        if self.site_organisation != NONE
            && organisations.within(self.site_organisation, organisation) == Some(false)
        {
            let expected = "an integration of this organisation or of one below it";
            loader.faults.add(path, FaultCode::RoleScopeMismatch, found(), expected);
        }
    }
}

/// The integration that a path names by its id. No problem is told where the integrations of the document have
/// lost a row to a fault of form.
fn find_site(
    loader: &Loader<'_, '_>,
    integrations: &LoadedIntegrations,
    id: &str,
) -> Result<u32, Option<Problem>> {
    let is_site = |site| integrations.row(site).is_some_and(|row| row.is_site);
    named_site(&integrations.indexed.table, is_site, id).map_err(|problem| {
        let (code, expected) = match problem {
            SiteProblem::Unknown if loader.faults.has_gap_in("integrations") => return None,
            SiteProblem::Unknown => {
                (FaultCode::UnknownReference, "the id of an integration in the third segment")
            }
            SiteProblem::Alias => {
                (FaultCode::AliasInRole, "the integration's id, not an alias of it")
            }
            SiteProblem::WrongKind => {
                (FaultCode::WrongIntegrationKind, "an integration of kind `virtual_access`")
            }
        };
        Some(Problem { code, expected: expected.into() })
    })
}
