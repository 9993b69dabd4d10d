//! Which site roles may somebody give to another? [1-13, C-4, C-66] The rules are semantics.md, section 5.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::catalog::{Key, Line, LineRole, site_role, site_role_path};
use crate::decide::{blocked_buildings, has_access};
use crate::directory::ask::HandleKind;
use crate::directory::ids::to_index;
use crate::directory::{Directory, PrincipalHandle, Question, ResourceHandle};
use crate::estate::{GivenOn, HeldAt};
use crate::facts::{Facts, Form, Standing};
use crate::id::IdRef;
use crate::path::{RolePath, WILDCARD, covers};
use crate::request::ResourceKind;
use crate::time::Timestamp;

/// The actor, the integration and the instant of a question who may give what.
#[derive(Clone, Copy)]
struct Giving<'d> {
    actor: u32,
    integration: u32,
    integration_id: IdRef<'d>,
    at: Timestamp,
}

impl Directory {
    /// The site roles of an integration that the actor may give to another, in text order: one for each site
    /// line of the catalog, and the wildcard over all of them. None where actor or integration are unknown, or the
    /// integration is no site.
    pub fn assignable_roles(
        &self,
        actor: IdRef<'_>,
        integration: IdRef<'_>,
        at: Timestamp,
    ) -> impl Iterator<Item = RolePath> + use<> {
        let known = self.people.ids.find(&actor).zip(self.integrations.ids.find(&integration));
        let known = known.filter(|(_, integration)| self.is_site(*integration));
        let giving = known.and_then(|(actor, integration)| {
            let integration_id = self.integrations.ids.id(integration)?;
            Some(Giving { actor, integration, integration_id, at })
        });
        let roles = giving.map(|giving| self.roles_to_give(&giving));
        roles.unwrap_or_default().into_iter()
    }

    fn roles_to_give(&self, giving: &Giving<'_>) -> Vec<RolePath> {
        let id = giving.integration_id.to_owned();
        let suffixes = self.catalog.site_lines().map(|(suffix, _)| suffix).chain([WILDCARD]);
        let roles = suffixes.filter_map(|suffix| site_role_path(&id, suffix));
        let held = self.paths_held_there(giving);
        let mut roles: Vec<_> = roles.filter(|role| self.may_give(giving, role, &held)).collect();
        roles.sort_unstable();
        roles
    }

    fn may_give(&self, giving: &Giving<'_>, role: &RolePath, held: &[Cow<'_, str>]) -> bool {
        self.covers_role(giving, role, held) || self.is_named_to_give(giving, role)
    }

    /// (a): every key of the role is allowed to the giver, and every pattern in it is covered by what they hold.
    fn covers_role(&self, giving: &Giving<'_>, role: &RolePath, held: &[Cow<'_, str>]) -> bool {
        let meaning = self.catalog.meaning(role, false);
        let keys = meaning.site.union(&meaning.site_bound);
        let mut keys = self
            .catalog
            .keys()
            .filter(|key| keys.contains(*key) && self.is_inside_site(*key))
            .peekable();
        if keys.peek().is_none() {
            return false;
        }
        let site = ResourceHandle(ResourceKind::Integration, giving.integration);
        keys.all(|key| self.is_allowed(giving, key, site))
            && self
                .patterns_of(giving, role)
                .all(|pattern| held.iter().any(|held| covers(held, pattern)))
    }

    /// (b): a line of the role names a key that the giver is allowed on the integration, or on a unit of it.
    fn is_named_to_give(&self, giving: &Giving<'_>, role: &RolePath) -> bool {
        let Some(line) = self.catalog.line_of(role) else { return false };
        let on = |kind, handle| ResourceHandle(kind, handle);
        line.given_by.iter().any(|(key, given_on)| match given_on {
            GivenOn::Integration => {
                self.is_allowed(giving, *key, on(ResourceKind::Integration, giving.integration))
            }
            GivenOn::Unit => {
                let mut units = self.integrations.units.of(giving.integration).iter();
                units.any(|unit| self.is_allowed(giving, *key, on(ResourceKind::Unit, *unit)))
            }
        })
    }

    fn is_allowed(&self, giving: &Giving<'_>, key: Key, resource: ResourceHandle) -> bool {
        let actor = PrincipalHandle(HandleKind::Person, giving.actor);
        self.decide_question(&Question::new(actor, key, resource, giving.at)).is_allow()
    }

    fn is_inside_site(&self, key: Key) -> bool {
        let kind = self.catalog.kind(key);
        matches!(kind, Some(ResourceKind::Integration | ResourceKind::Unit | ResourceKind::Door))
    }

    /// The patterns in a role: itself, and the entries of the site lines it covers.
    fn patterns_of<'r>(
        &'r self,
        giving: &'r Giving<'_>,
        role: &'r RolePath,
    ) -> impl Iterator<Item = &'r str> {
        let lines = self.catalog.site_lines().filter(move |(suffix, _)| {
            giving.integration_id.with_text(|id| covers(role.as_str(), &site_role(id, suffix)))
        });
        let entries = lines.flat_map(|(_, line)| &line.entries);
        let patterns = [role].into_iter().chain(entries).filter(|path| path.has_wildcard());
        patterns.map(RolePath::as_str)
    }

    /// The paths that the giver holds on the integration, and the entries of the lines that these cover.
    fn paths_held_there(&self, giving: &Giving<'_>) -> Vec<Cow<'_, str>> {
        let mut paths = Vec::new();
        let Some(place) = self.place(ResourceKind::Integration, giving.integration) else {
            return paths;
        };
        let is_blocked = blocked_buildings(self, giving.actor).any(|at| at == place.building);
        if self.standing(giving.actor) != Some(Standing::Active) || is_blocked {
            return paths;
        }
        for grant in self.grants(giving.actor) {
            if !self.counts_at(&grant.form, grant.condition, giving.at) {
                continue;
            }
            match grant.form {
                Form::SiteRole { organisation, .. }
                | Form::OrganisationRole { organisation, .. } => {
                    if self.depth_on_path(place.organisation, organisation).is_some() {
                        self.add_held_role(giving, grant.source, HeldAt::Organisation, &mut paths);
                    }
                }
                Form::Platform { .. } => {
                    self.add_held_role(giving, grant.source, HeldAt::Platform, &mut paths);
                }
                Form::Group { organisation, access } => {
                    if has_access(self, &place, organisation, access)
                        && let Some(group) = self.groups.rows.get(to_index(grant.source))
                    {
                        paths.extend(
                            group.entries.iter().map(|entry| Cow::Borrowed(entry.as_str())),
                        );
                    }
                }
                Form::Residency { .. } | Form::Administrator { .. } => {}
            }
        }
        paths
    }

    fn add_held_role<'d>(
        &'d self,
        giving: &Giving<'_>,
        role: u32,
        held_at: HeldAt,
        paths: &mut Vec<Cow<'d, str>>,
    ) {
        let Some(role) = self.roles.path(role) else { return };
        paths.push(Cow::Borrowed(role.as_str()));
        for line in self.catalog.lines().filter(|line| is_covered(giving, role, held_at, line)) {
            paths.extend(line.entries.iter().map(|entry| Cow::Borrowed(entry.as_str())));
        }
    }
}

/// Whether a held role covers a line and so holds its entries.
fn is_covered(giving: &Giving<'_>, role: &RolePath, held_at: HeldAt, line: &Line) -> bool {
    match &line.role {
        LineRole::Site(suffix) => {
            let filled = giving.integration_id.with_text(|id| site_role(id, suffix));
            !line.audience_bound && covers(role.as_str(), &filled)
        }
        LineRole::Path(path) => {
            let is_held_here = match line.held_at {
                Some(HeldAt::Organisation) => true,
                Some(HeldAt::Platform) => held_at == HeldAt::Platform,
                Some(HeldAt::Unit) | None => false,
            };
            is_held_here && role.covers(path)
        }
    }
}
