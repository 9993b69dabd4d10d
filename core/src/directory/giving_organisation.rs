//! Who may give a role at an organisation, or a permission group, to another: C-4 (a), as semantics.md, section 5 has it
//! for sites.
//!
//! A role reaches everything below its organisation. A group does not: its keys of kind organisation count at that
//! organisation alone, its others in some buildings. So what somebody has by a group lets them give that in a group, but
//! no role of kind organisation.

use alloc::vec::Vec;

use super::access::Caller;
use super::giving::{Giver, HeldPaths};
use super::ids::to_index;
use crate::catalog::{Key, KeySet, LineRole, SiteScope};
use crate::decide::has_access;
use crate::estate::HeldAt;
use crate::facts::{Access, Facts, Grant, Part, Place};
use crate::id::IdRef;
use crate::path::{RolePath, WILDCARD};
use crate::question::ResourceHandle;
use crate::request::ResourceKind;

/// The buildings in which a group that is given will count [4-11, 4-12].
#[derive(Clone, Copy, Debug)]
pub(crate) enum GivenAccess<'b> {
    /// None: only its keys of kind organisation count.
    None,
    /// All of the company, now and later.
    AllOfCompany,
    /// These.
    Listed(&'b [u32]),
}

impl Caller<'_> {
    /// Whether the caller may give a role at an organisation for good, by cover: every key it expands to is allowed to them there
    /// and below, and every pattern in it is covered by a path they hold there. A role without any key or pattern
    /// (`member`) anybody gives who may run the command. Site roles that name one integration: [`Giver`].
    pub(crate) fn may_give_organisation_role(&self, role: &RolePath, organisation: u32) -> bool {
        self.giver().covers_organisation_role(role, organisation)
    }

    /// Whether the caller may give a permission group for good, in an organisation with this building access.
    pub(crate) fn may_give_group(
        &self,
        group: u32,
        organisation: u32,
        access: GivenAccess<'_>,
    ) -> bool {
        self.giver().covers_group(group, organisation, access)
    }

    /// Whether the caller may give these keys and patterns in a group at any organisation from this one downwards.
    pub(crate) fn may_give_entries_below(&self, entries: &[RolePath], organisation: u32) -> bool {
        let giver = self.giver();
        let keys = self.directory.catalog.keys_covered(entries);
        let mut patterns = entries.iter().filter(|path| path.has_wildcard()).peekable();
        if !giver.has_keys_below(&keys, organisation) {
            return false;
        }
        if patterns.peek().is_none() {
            return true;
        }
        let held = giver.paths_at(organisation, |_, _| false);
        patterns.all(|pattern| held.covers(pattern))
    }

    /// Whether the caller may give these keys and patterns, those of kind organisation left out, in a building.
    pub(crate) fn may_give_entries_in(&self, entries: &[&RolePath], building: u32) -> bool {
        let giver = self.giver();
        let keys = self.directory.catalog.keys_covered(entries.iter().copied());
        let mut inside = giver
            .keys_in(&keys)
            .filter(|key| self.directory.catalog.kind(*key) != Some(ResourceKind::Organisation));
        let held = giver.paths_in_building(building);
        inside.all(|key| giver.has_in_building(key, &keys, building))
            && entries.iter().all(|entry| !entry.has_wildcard() || held.covers(entry))
    }
}

impl<'d> Giver<'d> {
    pub(crate) fn covers_organisation_role(&self, role: &RolePath, organisation: u32) -> bool {
        let meaning = self.directory.catalog.meaning(role, false);
        self.has_keys_below(&meaning.everywhere, organisation)
            && self.has_site_keys(role, &meaning.site.union(&meaning.site_bound), organisation)
            && self.covers_role_patterns(role, organisation)
    }

    /// Whether each key is allowed on the organisation and, where it is of kind organisation, on all below it too.
    pub(super) fn has_keys_below(&self, keys: &KeySet, organisation: u32) -> bool {
        let Some(place) = self.directory.place(ResourceKind::Organisation, organisation) else {
            return false;
        };
        let on = ResourceHandle(ResourceKind::Organisation, organisation);
        self.keys_in(keys).all(|key| {
            if self.directory.catalog.kind(key) == Some(ResourceKind::Organisation) {
                return self.may_give_key(key, on) && self.holds_there(key, &place, |_, _| false);
            }
            self.has_inside(key, keys, on, |at, access| self.is_company(organisation, at, access))
        })
    }

    /// Whether a key that is given with others is allowed on everything of its kind inside a place. Where the others do
    /// not open the doors of units, `doors:open` opens common doors only, and so does it for whoever holds it alone
    /// [C-71].
    fn has_inside(
        &self,
        key: Key,
        given: &KeySet,
        on: ResourceHandle,
        takes_group: impl Fn(u32, Access) -> bool,
    ) -> bool {
        let second = self.directory.catalog.unit_door_key(key);
        let is_for_common_doors = second.is_some_and(|second| !given.contains(second));
        self.may_give_key(key, on)
            || (is_for_common_doors
                && self.directory.place(on.0, on.1).is_some_and(|place| {
                    self.directory.is_live(place.organisation)
                        && self.holds_there(key, &place, takes_group)
                }))
    }

    /// Whether a grant of the giver that reaches the whole of a place holds a key.
    fn holds_there(
        &self,
        key: Key,
        place: &Place,
        takes_group: impl Fn(u32, Access) -> bool,
    ) -> bool {
        let holds = |grant: Grant| self.directory.holds(grant.meaning, Part::Everywhere, key);
        self.grants_reaching(place, takes_group).any(holds)
    }

    /// Whether a group reaches every building that an organisation or one below it owns, now or later.
    fn is_company(&self, organisation: u32, held_at: u32, access: Access) -> bool {
        access == Access::AllOfCompany
            && self.directory.depth_on_path(organisation, held_at).is_some()
    }

    pub(super) fn keys_in<'k>(&self, keys: &'k KeySet) -> impl Iterator<Item = Key> + use<'k> {
        self.directory.catalog.keys().filter(|key| keys.contains(*key))
    }

    /// The keys that a role has on sites: on the one it names, or on all there are and will be in the organisation.
    fn has_site_keys(&self, role: &RolePath, keys: &KeySet, organisation: u32) -> bool {
        match self.directory.catalog.site_scope(role) {
            SiteScope::None => true,
            SiteScope::One(id) => {
                let id = IdRef::parse(id).ok();
                let site = id.and_then(|id| self.directory.integrations.ids.find(&id));
                site.is_some_and(|site| self.covers_site_role(role, site))
            }
            SiteScope::Any => {
                let mut inside = self.keys_in(keys).filter(|key| self.is_inside_site(*key));
                inside.all(|key| self.has_on_all_sites(key, organisation))
            }
        }
    }

    /// Whether a key is allowed on the organisation as a whole, or on each of its sites, of which there must be some.
    fn has_on_all_sites(&self, key: Key, organisation: u32) -> bool {
        if self.may_give_key(key, ResourceHandle(ResourceKind::Organisation, organisation)) {
            return true;
        }
        let mut inside = Vec::new();
        self.directory.add_inside_organisation(
            ResourceKind::Integration,
            organisation,
            &mut inside,
        );
        inside.retain(|integration| self.directory.is_site(*integration));
        let on = |site: &u32| ResourceHandle(ResourceKind::Integration, *site);
        !inside.is_empty() && inside.iter().all(|site| self.may_give_key(key, on(site)))
    }

    /// The patterns in a role at an organisation: itself, and the entries of the lines it covers.
    fn covers_role_patterns(&self, role: &RolePath, organisation: u32) -> bool {
        let is_pattern = |path: &&RolePath| path.has_wildcard();
        let entries = self.organisation_entries(role);
        let mut patterns = [role].into_iter().chain(entries).filter(is_pattern).peekable();
        let mut on_sites = self.site_entries(role).filter(is_pattern).peekable();
        if patterns.peek().is_none() && on_sites.peek().is_none() {
            return true;
        }
        let held = self.paths_at(organisation, |_, _| false);
        patterns.all(|path| held.covers(path)) && on_sites.all(|path| held.covers_on_site(path))
    }

    /// The entries of the organisation lines that a role covers.
    fn organisation_entries<'r>(
        &self,
        role: &'r RolePath,
    ) -> impl Iterator<Item = &'r RolePath> + use<'r, 'd>
    where
        'd: 'r,
    {
        let lines = self.directory.catalog.lines().filter(move |line| match &line.role {
            LineRole::Path(path) => line.held_at == Some(HeldAt::Organisation) && role.covers(path),
            LineRole::Site(_) => false,
        });
        lines.flat_map(|line| &line.entries)
    }

    /// The paths held at an organisation, by roles and by the groups that `takes_group` takes.
    pub(super) fn paths_at(
        &self,
        organisation: u32,
        takes_group: impl Fn(u32, Access) -> bool,
    ) -> HeldPaths<'d> {
        let place = self.directory.place(ResourceKind::Organisation, organisation);
        place
            .map_or_else(HeldPaths::default, |place| self.paths_held(&place, WILDCARD, takes_group))
    }

    pub(crate) fn covers_group(
        &self,
        group: u32,
        organisation: u32,
        access: GivenAccess<'_>,
    ) -> bool {
        let Some(row) = self.directory.groups.rows.get(to_index(group)) else { return false };
        let keys = self.directory.meanings.get(row.meaning).map(|meaning| meaning.everywhere);
        let keys = keys.unwrap_or_default();
        let on = ResourceHandle(ResourceKind::Organisation, organisation);
        let has_key = |key: Key| match self.directory.catalog.kind(key) {
            Some(ResourceKind::Organisation) => self.may_give_key(key, on),
            _ => self.has_in_buildings(key, &keys, organisation, access),
        };
        self.keys_in(&keys).all(has_key) && self.covers_group_patterns(group, organisation, access)
    }

    /// Whether a key is allowed on each building of an access, and on those to come.
    fn has_in_buildings(
        &self,
        key: Key,
        given: &KeySet,
        organisation: u32,
        access: GivenAccess<'_>,
    ) -> bool {
        let in_building = |at: &u32| self.has_in_building(key, given, *at);
        match access {
            GivenAccess::None => true,
            GivenAccess::Listed(buildings) => buildings.iter().all(in_building),
            GivenAccess::AllOfCompany => {
                let on = ResourceHandle(ResourceKind::Organisation, organisation);
                let served = self.directory.organisations.serves.of(organisation);
                let is_company = |at, access| self.is_company(organisation, at, access);
                self.has_inside(key, given, on, is_company) && served.iter().all(in_building)
            }
        }
    }

    fn has_in_building(&self, key: Key, given: &KeySet, building: u32) -> bool {
        let Some(place) = self.directory.place(ResourceKind::Building, building) else {
            return false;
        };
        let on = ResourceHandle(ResourceKind::Building, building);
        let has = |at, access| has_access(self.directory, &place, at, access);
        self.has_inside(key, given, on, has)
    }

    /// Whether each pattern of a group is covered by a path held at the organisation, and in each building of the access.
    fn covers_group_patterns(
        &self,
        group: u32,
        organisation: u32,
        access: GivenAccess<'_>,
    ) -> bool {
        let entries = self.directory.group_entries(group);
        let patterns: Vec<_> = entries.iter().filter(|path| path.has_wildcard()).collect();
        let is_covered = |held: &HeldPaths<'_>| patterns.iter().all(|pattern| held.covers(pattern));
        let in_building = |at: &u32| is_covered(&self.paths_in_building(*at));
        patterns.is_empty()
            || is_covered(&self.paths_at(organisation, |at, _| at == organisation))
                && match access {
                    GivenAccess::None => true,
                    GivenAccess::Listed(buildings) => buildings.iter().all(in_building),
                    GivenAccess::AllOfCompany => {
                        let served = self.directory.organisations.serves.of(organisation);
                        is_covered(&self.paths_in_company(organisation))
                            && served.iter().all(in_building)
                    }
                }
    }

    fn paths_in_building(&self, building: u32) -> HeldPaths<'d> {
        let directory = self.directory;
        let Some(place) = directory.place(ResourceKind::Building, building) else {
            return HeldPaths::default();
        };
        let in_building = |at, access| has_access(directory, &place, at, access);
        self.paths_held(&place, WILDCARD, in_building)
    }

    /// The paths that count in every building that the organisation or one below it owns, now or later.
    fn paths_in_company(&self, organisation: u32) -> HeldPaths<'d> {
        self.paths_at(organisation, |at, access| self.is_company(organisation, at, access))
    }
}
