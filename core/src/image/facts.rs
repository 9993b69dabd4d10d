//! The image answers what a decision asks.

use super::Image;
use super::keys::kind_of;
use super::layout::{
    ALL, ConditionRow, GrantRow, IntegrationRow, KeyRow, List, OrganisationRow, PersonRow, UnitRow,
    form,
};
use crate::facts::to_index;
use crate::facts::{
    Access, DoorFacts, Facts, Form, Grant, NONE, Part, Place, ResidentKind, Sites, Standing,
};
use crate::key::Key;
use crate::request::ResourceKind;
use crate::time::{Timestamp, Validity};

impl Facts for Image<'_> {
    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn key_kind(&self, key: Key) -> Option<ResourceKind> {
        kind_of(self.key_row(key)?.kind)
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn unit_door_key(&self, key: Key) -> Option<Key> {
        let opens = self.key_row(key)?.flags & KeyRow::OPENS != 0;
        if opens { self.open_unit } else { None }
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn opens_door(&self, key: Key) -> bool {
        let flags = KeyRow::OPENS | KeyRow::OPENS_UNIT;
        self.key_row(key).is_some_and(|row| row.flags & flags != 0)
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[cfg_attr(feature = "compact", inline(never))]
    fn holds(&self, meaning: u16, part: Part, key: Key) -> bool {
        let Some(row) = self.meanings.get(usize::from(meaning)) else { return false };
        let set = match part {
            Part::Everywhere => &row.everywhere,
            Part::Site => &row.site,
            Part::SiteBound => &row.site_bound,
        };
        let byte = set.get(usize::from(key.number() / 8)).copied().unwrap_or_default();
        byte.wrapping_shr(u32::from(key.number() % 8)) & 1 == 1
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn standing(&self, person: u32) -> Option<Standing> {
        let state = self.people.get(person)?.state.get();
        match state.wrapping_shr(PersonRow::STANDING_SHIFT) & PersonRow::STANDING {
            0 => Some(Standing::Active),
            1 => Some(Standing::Blocked),
            _ => Some(Standing::Deleted),
        }
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn is_blocked_somewhere(&self, person: u32) -> bool {
        let row = self.people.get(person);
        row.is_some_and(|row| row.state.get() & PersonRow::BLOCKED_SOMEWHERE != 0)
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn grants(&self, person: u32) -> impl Iterator<Item = Grant> {
        let span =
            self.people.get(person).map_or((0, 0), |row| (row.first_grant.get(), row.grants()));
        let start = to_index(span.0);
        let rows = self.grants.get(start..start.saturating_add(to_index(span.1)));
        rows.unwrap_or_default().iter().map(grant)
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn validity(&self, condition: u32) -> Validity {
        if condition == 0 {
            return Validity::ALWAYS;
        }
        match self.conditions.get(to_index(condition)) {
            Some(row) if row.kind.get() == ConditionRow::WINDOW => Validity {
                from: Timestamp::from_millis(row.from.get()),
                to: Timestamp::from_millis(row.to.get()),
            },
            // What this reader does not know never holds.
            _ => Validity::NEVER,
        }
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[cfg_attr(feature = "compact", inline(never))]
    fn place(&self, kind: ResourceKind, handle: u32) -> Option<Place> {
        const NOWHERE: Place =
            Place { organisation: NONE, building: NONE, integration: NONE, unit: NONE, door: None };
        Some(match kind {
            ResourceKind::Platform => NOWHERE,
            ResourceKind::Organisation => {
                self.organisations.get(handle)?;
                Place { organisation: handle, ..NOWHERE }
            }
            ResourceKind::Building => {
                let organisation = self.buildings.get(handle)?.owner.get();
                Place { organisation, building: handle, ..NOWHERE }
            }
            ResourceKind::Integration => {
                let row = self.integrations.get(handle)?;
                Place {
                    organisation: row.organisation.get(),
                    building: row.building.get(),
                    integration: handle,
                    ..NOWHERE
                }
            }
            ResourceKind::Unit => {
                let row = self.units.get(handle)?;
                Place {
                    organisation: row.organisation.get(),
                    building: row.building.get(),
                    integration: row.integration.get(),
                    unit: handle,
                    door: None,
                }
            }
            ResourceKind::Door => {
                let row = self.doors.get(handle)?;
                Place {
                    organisation: row.organisation.get(),
                    building: row.building.get(),
                    integration: row.integration.get(),
                    unit: row.unit.get(),
                    door: Some(DoorFacts::from_bits(row.flags)),
                }
            }
        })
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn is_live(&self, organisation: u32) -> bool {
        let row = self.organisations.get(organisation);
        row.is_some_and(|row| row.flags & OrganisationRow::LIVE != 0)
    }

    /// O(1): descendants are numbered after their ancestors, end to end.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    #[cfg_attr(feature = "compact", inline(never))]
    fn depth_on_path(&self, organisation: u32, above: u32) -> Option<u32> {
        let number = self.organisations.get(organisation)?.preorder.get();
        let above = self.organisations.get(above)?;
        let is_within = above.preorder.get() <= number && number < above.end.get();
        is_within.then_some(u32::from(above.depth))
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn serves(&self, organisation: u32, building: u32) -> bool {
        self.lists.has(List::Serves, organisation, building)
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn lists_building(&self, list: u32, building: u32) -> bool {
        self.lists.has(List::Access, list, building)
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn audience_lists(&self, door: u32, unit: u32) -> bool {
        self.lists.has(List::Audience, door, unit)
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn is_site(&self, integration: u32) -> bool {
        let row = self.integrations.get(integration);
        row.is_some_and(|row| row.flags & IntegrationRow::SITE != 0)
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn unit_enabled(&self, unit: u32) -> bool {
        self.units.get(unit).is_some_and(|row| row.flags & UnitRow::ENABLED != 0)
    }

    #[cfg_attr(not(feature = "compact"), inline(always))]
    fn unit_integration(&self, unit: u32) -> u32 {
        self.units.get(unit).map_or(NONE, |row| row.integration.get())
    }
}

/// A grant of its row. A form that means nothing is a residency that never counts.
#[cfg_attr(not(feature = "compact"), inline(always))]
pub(super) fn grant(row: &GrantRow) -> Grant {
    let (a, b) = (row.a.get(), row.b.get());
    let residency = |kind| Form::Residency { unit: a, building: b, kind };
    let form = match row.form {
        form::HOUSEHOLD => residency(ResidentKind::Household),
        form::GUEST => residency(ResidentKind::Guest),
        form::ADMINISTRATOR => Form::Administrator { unit: a },
        form::SITE_ROLE => Form::SiteRole { organisation: a, sites: sites(b) },
        form::GROUP => Form::Group { organisation: a, access: access(b) },
        form::ORGANISATION_ROLE => Form::OrganisationRole { organisation: a, sites: sites(b) },
        form::PLATFORM => Form::Platform { sites: sites(b) },
        _ => residency(ResidentKind::Blocked),
    };
    Grant {
        form,
        meaning: row.meaning.get(),
        condition: row.condition.get(),
        source: row.source.get(),
    }
}

#[cfg_attr(not(feature = "compact"), inline(always))]
const fn sites(word: u32) -> Sites {
    match word {
        NONE => Sites::None,
        ALL => Sites::Any,
        site => Sites::One(site),
    }
}

#[cfg_attr(not(feature = "compact"), inline(always))]
const fn access(word: u32) -> Access {
    match word {
        NONE => Access::None,
        ALL => Access::AllOfCompany,
        list => Access::Listed(list),
    }
}
