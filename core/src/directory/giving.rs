//! Who may give what to another [C-4, C-66]: what is common to roles on a site, roles at an organisation and permission
//! groups. The rules are semantics.md, section 5; those of organisations and groups are in `giving_organisation.rs`.

use alloc::vec::Vec;

use super::Directory;
use super::access::Caller;
use super::ids::to_index;
use super::without::Without;
use crate::catalog::{Key, LineRole, site_role, site_segment};
use crate::decide::{blocked_buildings, decide, has_access};
use crate::estate::{GivenOn, HeldAt};
use crate::facts::{Access, Facts, Form, Grant, Place, ResidentKind, Standing};
use crate::path::{RolePath, covers};
use crate::question::{HandleKind, PrincipalHandle, Question, ResourceHandle};
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// Who gives, when, and for how long: nobody gives by cover what ends for them before the gift does.
#[derive(Clone, Copy)]
pub(crate) struct Giver<'d> {
    pub(crate) directory: &'d Directory,
    pub(crate) principal: PrincipalHandle,
    pub(crate) at: Timestamp,
    /// The first instant at which the gift no longer counts; [`Timestamp::MAX`] for good.
    pub(crate) until: Timestamp,
}

/// Paths that a giver holds somewhere.
#[derive(Default)]
pub(crate) struct HeldPaths<'d> {
    /// Roles, the entries of the organisation and platform lines that these cover, and the entries of groups.
    pub(crate) everywhere: Vec<&'d RolePath>,
    /// The entries of the site lines that these cover: they count on sites only.
    pub(crate) on_sites: Vec<&'d RolePath>,
}

impl<'d> HeldPaths<'d> {
    /// Whether one of those that count everywhere covers a path.
    pub(crate) fn covers(&self, wanted: &RolePath) -> bool {
        self.everywhere.iter().any(|held| held.covers(wanted))
    }

    /// Whether one of all of them covers a path that counts on sites.
    pub(crate) fn covers_on_site(&self, wanted: &RolePath) -> bool {
        self.covers(wanted) || self.on_sites.iter().any(|held| held.covers(wanted))
    }

    /// Adds a role with the entries of the lines that it covers; of the site lines, those of an integration, or of any.
    pub(super) fn add_role(
        &mut self,
        directory: &'d Directory,
        role: u32,
        held_at: HeldAt,
        site: &str,
    ) {
        let Some(role) = directory.roles.path(role) else { return };
        self.everywhere.push(role);
        for line in directory.catalog.lines() {
            match &line.role {
                LineRole::Path(path)
                    if is_held_there(line.held_at, held_at) && role.covers(path) =>
                {
                    self.everywhere.extend(&line.entries);
                }
                LineRole::Site(suffix)
                    if !line.audience_bound && covers(role.as_str(), &site_role(site, suffix)) =>
                {
                    self.on_sites.extend(&line.entries);
                }
                LineRole::Path(_) | LineRole::Site(_) => {}
            }
        }
    }
}

/// Whether a line that may be held at `line` counts for a role that is held at `role`.
fn is_held_there(line: Option<HeldAt>, role: HeldAt) -> bool {
    match line {
        Some(HeldAt::Organisation) => true,
        Some(HeldAt::Platform) => role == HeldAt::Platform,
        Some(HeldAt::Unit) | None => false,
    }
}

impl<'d> Caller<'d> {
    /// The caller as one who gives for good.
    pub(crate) fn giver(&self) -> Giver<'d> {
        self.giver_until(Timestamp::MAX)
    }

    /// The caller as one who gives something that counts until an instant.
    pub(crate) fn giver_until(&self, until: Timestamp) -> Giver<'d> {
        Giver { directory: self.directory, principal: self.principal, at: self.at, until }
    }
}

impl<'d> Giver<'d> {
    /// Whether a role of an integration may be given to another: by cover, or because a line names who may [C-4].
    pub(crate) fn may_give_site_role(&self, role: &RolePath, integration: u32) -> bool {
        self.covers_site_role(role, integration) || self.is_named_to_give(role, integration)
    }

    /// (a): every key of the role is allowed to the giver, and every pattern in it is covered by what they hold. This way
    /// a role may be given to oneself too.
    pub(crate) fn covers_site_role(&self, role: &RolePath, integration: u32) -> bool {
        let meaning = self.directory.catalog.meaning(role, false);
        let keys = meaning.site.union(&meaning.site_bound);
        let is_inside = |key: &Key| keys.contains(*key) && self.is_inside_site(*key);
        let mut keys = self.directory.catalog.keys().filter(is_inside).peekable();
        if keys.peek().is_none() {
            return false;
        }
        let site = ResourceHandle(ResourceKind::Integration, integration);
        keys.all(|key| self.may_give_key(key, site)) && self.covers_site_patterns(role, integration)
    }

    /// (b): a line of the role names a key that the giver is allowed on the integration, or on a unit of it.
    pub(crate) fn is_named_to_give(&self, role: &RolePath, integration: u32) -> bool {
        let Some(line) = self.directory.catalog.line_of(role) else { return false };
        let on = |kind, handle| ResourceHandle(kind, handle);
        line.given_by.iter().any(|(key, given_on)| match given_on {
            GivenOn::Integration => {
                self.is_allowed(*key, on(ResourceKind::Integration, integration))
            }
            GivenOn::Unit => {
                let mut units = self.directory.integrations.units.of(integration).iter();
                units.any(|unit| self.is_allowed(*key, on(ResourceKind::Unit, *unit)))
            }
        })
    }

    /// (b) as far as no unit comes into it: a line of the role names a key that the giver is allowed on the integration.
    pub(crate) fn is_named_on_integration(&self, role: &RolePath, integration: u32) -> bool {
        let Some(line) = self.directory.catalog.line_of(role) else { return false };
        let on = ResourceHandle(ResourceKind::Integration, integration);
        line.given_by
            .iter()
            .any(|(key, given_on)| *given_on == GivenOn::Integration && self.is_allowed(*key, on))
    }

    /// Whether the giver has a key, of a thing or of everything in it, for as long as the gift counts: whether `decide`
    /// allows it now by what does not end before.
    pub(crate) fn may_give_key(&self, key: Key, resource: ResourceHandle) -> bool {
        let question = Question::new(self.principal, key, resource, self.at);
        let lasting =
            Without { directory: self.directory, is_gone: &|grant| !self.lasts(grant), door: None };
        decide(&lasting, &question.0).is_allow()
    }

    /// Whether a grant counts for as long as the gift. A block always does.
    fn lasts(&self, grant: &Grant) -> bool {
        matches!(grant.form, Form::Residency { kind: ResidentKind::Blocked, .. })
            || self.directory.validity(grant.condition).to >= self.until
    }

    /// Whether `decide` allows the giver a key now, of a thing or of everything in it. Enough where a line names who may
    /// give (b): whoever runs a building lets people in for good, also where their own contract has an end.
    pub(crate) fn is_allowed(&self, key: Key, resource: ResourceHandle) -> bool {
        let question = Question::new(self.principal, key, resource, self.at);
        self.directory.decide_question(&question).is_allow()
    }

    pub(crate) fn is_inside_site(&self, key: Key) -> bool {
        let kind = self.directory.catalog.kind(key);
        matches!(kind, Some(ResourceKind::Integration | ResourceKind::Unit | ResourceKind::Door))
    }

    fn covers_site_patterns(&self, role: &RolePath, integration: u32) -> bool {
        let entries = self.site_entries(role);
        let patterns = [role].into_iter().chain(entries).filter(|path| path.has_wildcard());
        let mut patterns = patterns.peekable();
        if patterns.peek().is_none() {
            return true;
        }
        let held = self.paths_on_site(integration);
        patterns.all(|pattern| held.covers_on_site(pattern))
    }

    /// The entries of the site lines that a role covers, on the integration that it names, or on any.
    pub(crate) fn site_entries<'r>(
        &self,
        role: &'r RolePath,
    ) -> impl Iterator<Item = &'r RolePath> + use<'r, 'd>
    where
        'd: 'r,
    {
        let id = site_segment(role);
        let lines = self.directory.catalog.site_lines();
        let lines = lines.filter(move |(suffix, _)| covers(role.as_str(), &site_role(id, suffix)));
        lines.flat_map(|(_, line)| &line.entries)
    }

    /// The paths that the giver holds on an integration.
    fn paths_on_site(&self, integration: u32) -> HeldPaths<'d> {
        let directory = self.directory;
        let place = directory.place(ResourceKind::Integration, integration);
        let id = directory.integrations.ids.id(integration);
        let Some((place, id)) = place.zip(id) else { return HeldPaths::default() };
        let in_building =
            |organisation, access| has_access(directory, &place, organisation, access);
        id.with_text(|id| self.paths_held(&place, id, in_building))
    }

    /// The paths that count in a place; see [`Giver::grants_reaching`].
    pub(crate) fn paths_held(
        &self,
        place: &Place,
        site: &str,
        takes_group: impl Fn(u32, Access) -> bool,
    ) -> HeldPaths<'d> {
        let directory = self.directory;
        let mut held = HeldPaths::default();
        for grant in self.grants_reaching(place, takes_group) {
            match grant.form {
                Form::Platform { .. } => {
                    held.add_role(directory, grant.source, HeldAt::Platform, site);
                }
                Form::Group { .. } => {
                    held.everywhere.extend(directory.group_entries(grant.source));
                }
                _ => held.add_role(directory, grant.source, HeldAt::Organisation, site),
            }
        }
        held
    }

    /// The grants that count now, last as long as the gift, and reach the whole of a place: roles at its organisation and above it, roles at the
    /// platform, and groups for whose membership (organisation and building access) `takes_group` holds. None of somebody
    /// who is not active, or is blocked in the building.
    pub(crate) fn grants_reaching(
        &self,
        place: &Place,
        takes_group: impl Fn(u32, Access) -> bool,
    ) -> impl Iterator<Item = Grant> {
        let (directory, at) = (self.directory, self.at);
        let (organisation, building) = (place.organisation, place.building);
        let person = (self.principal.0 == HandleKind::Person).then_some(self.principal.1);
        let person = person.filter(|person| {
            directory.standing(*person) == Some(Standing::Active)
                && !blocked_buildings(directory, *person).any(|at| at == building)
        });
        let grants = person.into_iter().flat_map(move |person| directory.grants(person));
        grants.filter(move |grant| {
            let reaches = match grant.form {
                Form::SiteRole { organisation: held_at, .. }
                | Form::OrganisationRole { organisation: held_at, .. } => {
                    directory.depth_on_path(organisation, held_at).is_some()
                }
                Form::Platform { .. } => true,
                Form::Group { organisation, access } => takes_group(organisation, access),
                Form::Residency { .. } | Form::Administrator { .. } => false,
            };
            reaches && self.lasts(grant) && directory.counts_at(&grant.form, grant.condition, at)
        })
    }
}

impl Directory {
    /// The entries of a permission group; none for an unknown one.
    pub(crate) fn group_entries(&self, group: u32) -> &[RolePath] {
        self.groups.rows.get(to_index(group)).map_or(&[], |group| &group.entries)
    }
}
