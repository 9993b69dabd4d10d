//! The different role paths that people hold, each understood once.

use alloc::vec::Vec;
use core::cmp::Ordering;

use hashbrown::HashTable;

use super::ids::{IdTable, to_index};
use crate::facts::{NONE, Sites};
use crate::hash::shared;
use crate::id::IdRef;
use crate::order::Order;
use crate::path::RolePath;

/// A role path with what it means.
#[derive(Clone)]
pub(crate) struct HeldRole {
    pub(crate) path: RolePath,
    /// What it grants when held at an organisation.
    pub(crate) meaning: u16,
    /// What it grants when held at the platform.
    pub(crate) platform_meaning: u16,
    pub(crate) sites: Sites,
}

/// All of them. Numbers of loaded ones are in the order of their text; later ones follow as they came.
#[derive(Clone, Default)]
pub(crate) struct Roles {
    rows: Vec<HeldRole>,
    by_text: HashTable<u32>,
    ordered: u32,
}

impl Roles {
    /// From rows in the order of their text.
    pub(crate) fn new(rows: Vec<HeldRole>) -> Self {
        let ordered = u32::try_from(rows.len()).unwrap_or(NONE);
        let mut roles = Self { by_text: HashTable::with_capacity(rows.len()), rows, ordered };
        for number in 0..ordered {
            roles.enter(number);
        }
        roles
    }

    fn enter(&mut self, number: u32) {
        let Self { rows, by_text, .. } = self;
        let hash = |number: u32| rows.get(to_index(number)).map_or(0, |row| hash_of(&row.path));
        by_text.insert_unique(hash(number), number, shared(&|number: &u32| hash(*number)));
    }

    pub(crate) fn get(&self, number: u32) -> Option<&HeldRole> {
        self.rows.get(to_index(number))
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &HeldRole> {
        self.rows.iter()
    }

    pub(crate) fn path(&self, number: u32) -> Option<&RolePath> {
        self.get(number).map(|row| &row.path)
    }

    pub(crate) fn find(&self, path: &RolePath) -> Option<u32> {
        let same = |number: &u32| self.path(*number) == Some(path);
        self.by_text.find(hash_of(path), same).copied()
    }

    /// Adds a role that is not there yet.
    pub(crate) fn push(&mut self, role: HeldRole) -> u32 {
        let number = u32::try_from(self.rows.len()).unwrap_or(NONE);
        self.rows.push(role);
        self.enter(number);
        number
    }

    /// Says anew which sites a role names: its integration is gone, and another has its id.
    pub(crate) fn set_sites(&mut self, number: u32, sites: Sites) {
        if let Some(row) = self.rows.get_mut(to_index(number)) {
            row.sites = sites;
        }
    }

    /// The order of two roles' texts.
    pub(crate) fn compare(&self, a: u32, b: u32) -> Ordering {
        if a < self.ordered && b < self.ordered {
            return a.cmp(&b);
        }
        self.path(a).cmp(&self.path(b))
    }

    /// All numbers, in the order of the texts.
    pub(crate) fn in_order(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0_u32..).take(self.rows.len()).collect();
        numbers.order_stable_by(|a, b| self.compare(*a, *b));
        numbers
    }
}

pub(crate) fn hash_of(path: &RolePath) -> u64 {
    crate::hash::bytes(path.as_str().as_bytes())
}

/// Why a role names no site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiteProblem {
    Unknown,
    Alias,
    WrongKind,
}

/// The integration that a path names by its id.
pub(crate) fn named_site(
    integrations: &IdTable,
    is_site: impl Fn(u32) -> bool,
    id: &str,
) -> Result<u32, SiteProblem> {
    let found = IdRef::parse(id).ok().and_then(|id| Some((id, integrations.find(&id)?)));
    let (id, site) = found.ok_or(SiteProblem::Unknown)?;
    if integrations.id(site) != Some(id) {
        return Err(SiteProblem::Alias);
    }
    if !is_site(site) {
        return Err(SiteProblem::WrongKind);
    }
    Ok(site)
}
