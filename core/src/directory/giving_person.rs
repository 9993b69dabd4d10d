//! Whether a caller has all that a person has: whoever says how to reach somebody, or lets them in again, could be them
//! afterwards, so it is all given to the caller [C-4].

use alloc::vec::Vec;

use super::access::Caller;
use super::giving::{Giver, HeldPaths};
use super::giving_organisation::GivenAccess;
use super::ids::to_index;
use crate::catalog::{KeySet, site_segment};
use crate::estate::HeldAt;
use crate::facts::{Access, Facts, Form, Grant, Part, Sites};
use crate::path::{RolePath, WILDCARD};
use crate::request::ResourceKind;

impl Caller<'_> {
    /// Whether the caller could give, by cover and for as long, everything that a person holds and that has not ended: roles where they
    /// are held, groups with their buildings, platform roles at the platform. Homes, and roles that no more than let
    /// residents in, need no cover: who lives somewhere is for those who run the building. Oneself is covered.
    pub(crate) fn covers_person(&self, person: u32) -> bool {
        let directory = self.directory;
        let mut held = directory.grants(person).filter(|grant| {
            !directory.has_ended(grant, self.at) && !directory.is_of_residents(grant)
        });
        self.person() == Some(person) || held.all(|grant| self.covers_grant(&grant))
    }

    /// What is held at an organisation that is deleted counts again when that is restored: it is looked at from the
    /// nearest live organisation above, else from the platform [C-41].
    fn covers_grant(&self, grant: &Grant) -> bool {
        let giver = self.giver_until(self.directory.validity(grant.condition).to);
        let organisation = match grant.form {
            Form::Residency { .. } | Form::Administrator { .. } => return true,
            Form::Platform { .. } => return giver.covers_from(grant, (ResourceKind::Platform, 0)),
            Form::SiteRole { organisation, .. }
            | Form::OrganisationRole { organisation, .. }
            | Form::Group { organisation, .. } => organisation,
        };
        if !self.directory.is_live(organisation) {
            return giver.covers_from(grant, self.authority_over(organisation));
        }
        match grant.form {
            Form::Group { access, .. } => {
                giver.covers_held_group(grant.source, organisation, access)
            }
            Form::SiteRole { sites: Sites::One(site), .. } => self
                .directory
                .roles
                .path(grant.source)
                .is_some_and(|role| giver.covers_site_role(role, site)),
            _ => self
                .directory
                .roles
                .path(grant.source)
                .is_some_and(|role| giver.covers_organisation_role(role, organisation)),
        }
    }
}

impl<'d> Giver<'d> {
    fn covers_held_group(&self, group: u32, organisation: u32, access: Access) -> bool {
        let access = match access {
            Access::None => GivenAccess::None,
            Access::AllOfCompany => GivenAccess::AllOfCompany,
            Access::Listed(list) => GivenAccess::Listed(self.directory.building_lists.of(list)),
        };
        self.covers_group(group, organisation, access)
    }

    /// Whether all that a grant means is the giver's, by roles, in the whole of an organisation and below it, or at the
    /// platform.
    fn covers_from(&self, grant: &Grant, (kind, at): (ResourceKind, u32)) -> bool {
        let Some(meaning) = self.directory.meanings.get(grant.meaning) else { return true };
        let keys = meaning.everywhere.union(&meaning.site).union(&meaning.site_bound);
        let wanted = self.paths_of(grant);
        if kind == ResourceKind::Organisation {
            return self.has_keys_below(&keys, at)
                && self.paths_at(at, |_, _| false).covers_patterns(&wanted);
        }
        self.has_keys_at_platform(&keys) && self.paths_at_platform().covers_patterns(&wanted)
    }

    /// Whether the giver has all entries at the platform: they can be given everywhere.
    pub(crate) fn covers_entries_at_platform(&self, entries: &[&RolePath]) -> bool {
        let wanted = HeldPaths { everywhere: entries.to_vec(), on_sites: Vec::new() };
        self.has_keys_at_platform(&self.directory.catalog.keys_covered(entries.iter().copied()))
            && self.paths_at_platform().covers_patterns(&wanted)
    }

    /// Whether platform roles hold each key; where a key needs a second one on the doors of units, and both are wanted,
    /// one role holds both [C-71].
    fn has_keys_at_platform(&self, keys: &KeySet) -> bool {
        let directory = self.directory;
        let Some(platform) = directory.place(ResourceKind::Platform, 0) else { return false };
        self.keys_in(keys).all(|key| {
            let second = directory.catalog.unit_door_key(key).filter(|key| keys.contains(*key));
            self.grants_reaching(&platform, |_, _| false).any(|grant| {
                let holds = |key| directory.holds(grant.meaning, Part::Everywhere, key);
                holds(key) && second.is_none_or(holds)
            })
        })
    }

    fn paths_at_platform(&self) -> HeldPaths<'d> {
        let platform = self.directory.place(ResourceKind::Platform, 0);
        platform.map_or_else(HeldPaths::default, |platform| {
            self.paths_held(&platform, WILDCARD, |_, _| false)
        })
    }

    /// The path of a grant with the entries of the lines that it covers, or the entries of its group.
    fn paths_of(&self, grant: &Grant) -> HeldPaths<'d> {
        let directory = self.directory;
        let mut paths = HeldPaths::default();
        let held_at = match grant.form {
            Form::Group { .. } => {
                let group = directory.groups.rows.get(to_index(grant.source));
                paths.everywhere.extend(group.iter().flat_map(|group| &group.entries));
                return paths;
            }
            Form::Platform { .. } => HeldAt::Platform,
            _ => HeldAt::Organisation,
        };
        let site = directory.roles.path(grant.source).map_or(WILDCARD, site_segment);
        paths.add_role(directory, grant.source, held_at, site);
        paths
    }
}

impl HeldPaths<'_> {
    /// Whether each wildcard path among others is covered: it will mean keys that are added later.
    fn covers_patterns(&self, wanted: &HeldPaths<'_>) -> bool {
        let is_pattern = |path: &&&RolePath| path.has_wildcard();
        wanted.everywhere.iter().filter(is_pattern).all(|path| self.covers(path))
            && wanted.on_sites.iter().filter(is_pattern).all(|path| self.covers_on_site(path))
    }
}
