//! The grants, and the lists of people that they put somebody into.

use alloc::vec::Vec;

use zerocopy::little_endian::{U16, U32};

use super::catalog::FrozenCatalog;
use super::people_lists::PeopleList;
use super::selection::Selection;
use crate::directory::Directory;
use crate::estate::ResidencyType;
use crate::facts::{Access, Form, Grant, NONE, ResidentKind, Sites, to_index};
use crate::image::layout::{ALL, GrantRow, PersonRow, form};

/// The grants of all people of an image, and what goes with them.
pub(super) struct FrozenGrants {
    pub(super) rows: Vec<GrantRow>,
    pub(super) lists: PeopleLists,
    /// Rows of residencies in the directory, for each item of `residents`.
    pub(super) residencies: Vec<u32>,
}

/// The lists of people.
#[derive(Default)]
pub(super) struct PeopleLists {
    pub(super) holders: PeopleList,
    pub(super) here: PeopleList,
    pub(super) staff: PeopleList,
    pub(super) bound: PeopleList,
    pub(super) residents: PeopleList,
    pub(super) administrators: PeopleList,
    pub(super) listed: PeopleList,
    pub(super) platform: PeopleList,
}

/// The list in which a grant must be found.
#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    Holders(u32),
    Here(u32),
    Staff(u32),
    Bound(u32),
    Residents(u32),
    Administrators(u32),
    Platform,
}

impl PeopleLists {
    /// `access` is the number of lists of buildings.
    fn new(selection: &Selection, access: usize) -> Self {
        let organisations = selection.organisations.len();
        let integrations = selection.integrations.len();
        let units = selection.units.len();
        Self {
            holders: PeopleList::new(organisations),
            here: PeopleList::new(organisations),
            staff: PeopleList::new(integrations),
            bound: PeopleList::new(integrations),
            residents: PeopleList::new(units),
            administrators: PeopleList::new(units),
            listed: PeopleList::new(access),
            platform: PeopleList::new(1),
        }
    }

    fn list(&mut self, place: Place) -> Option<(&mut PeopleList, u32)> {
        Some(match place {
            Place::Nowhere => return None,
            Place::Holders(owner) => (&mut self.holders, owner),
            Place::Here(owner) => (&mut self.here, owner),
            Place::Staff(owner) => (&mut self.staff, owner),
            Place::Bound(owner) => (&mut self.bound, owner),
            Place::Residents(owner) => (&mut self.residents, owner),
            Place::Administrators(owner) => (&mut self.administrators, owner),
            Place::Platform => (&mut self.platform, 0),
        })
    }

    fn lay_out(&mut self) {
        let Self { holders, here, staff, bound, residents, administrators, listed, platform } =
            self;
        for list in [holders, here, staff, bound, residents, administrators, listed, platform] {
            list.lay_out();
        }
    }
}

impl FrozenGrants {
    /// Makes the rows, and tells each person where theirs are.
    pub(super) fn new(
        directory: &Directory,
        selection: &Selection,
        catalog: &FrozenCatalog,
        people: &mut [PersonRow],
    ) -> Self {
        let freezer = Freezer { directory, selection, catalog };
        let mut lists = PeopleLists::new(selection, catalog.access.owners());
        let mut count = 0_usize;
        for (person, frozen) in selection.people.handles().zip(0_u32..) {
            for grant in directory.frozen_grants(selection, person) {
                freezer.count(grant, frozen, &mut lists);
                count = count.saturating_add(1);
            }
        }
        lists.lay_out();
        let residents = lists.residents.lists().items.len();
        let mut grants = Self {
            rows: Vec::with_capacity(count),
            lists,
            residencies: alloc::vec![NONE; residents],
        };
        for ((person, frozen), row) in selection.people.handles().zip(0_u32..).zip(people) {
            grants.add_person(&freezer, person, frozen, row);
        }
        grants
    }

    fn add_person(&mut self, freezer: &Freezer<'_>, person: u32, frozen: u32, row: &mut PersonRow) {
        let first = self.rows.len();
        for grant in freezer.directory.frozen_grants(freezer.selection, person) {
            let rank = freezer.place_all(grant, frozen, &mut self.lists);
            if let Form::Residency { .. } = grant.form
                && let Some(slot) = self.residencies.get_mut(to_index(rank))
            {
                *slot = grant.source;
            }
            self.rows.push(freezer.row(grant, rank));
        }
        let count = u32::try_from(self.rows.len().saturating_sub(first)).unwrap_or(u32::MAX);
        let is_blocked = self.rows.get(first).is_some_and(|grant| grant.form == form::BLOCKED);
        let blocked = if is_blocked { PersonRow::BLOCKED_SOMEWHERE } else { 0 };
        row.first_grant = U32::new(u32::try_from(first).unwrap_or(u32::MAX));
        row.state = U32::new(row.state.get() | count & PersonRow::GRANTS | blocked);
    }
}

/// Translates grants of the directory into grants of the image.
struct Freezer<'d> {
    directory: &'d Directory,
    selection: &'d Selection,
    catalog: &'d FrozenCatalog,
}

impl Freezer<'_> {
    fn place(&self, grant: &Grant) -> Place {
        let Some(meaning) = self.directory.meanings.get(grant.meaning) else {
            return Place::Nowhere;
        };
        let Selection { organisations, integrations, units, .. } = self.selection;
        match grant.form {
            Form::Residency { kind: ResidentKind::Blocked, .. } => Place::Nowhere,
            Form::Residency { unit, .. } => Place::Residents(units.frozen(unit)),
            Form::Administrator { unit } => Place::Administrators(units.frozen(unit)),
            // What grants nothing reaches nothing.
            _ if meaning.is_empty() => Place::Nowhere,
            Form::SiteRole { sites: Sites::One(site), .. } => {
                let site = integrations.frozen(site);
                let is_staff = !(meaning.everywhere.is_empty() && meaning.site.is_empty());
                if is_staff { Place::Staff(site) } else { Place::Bound(site) }
            }
            Form::SiteRole { organisation, .. }
            | Form::OrganisationRole { organisation, .. }
            | Form::Group { organisation, access: Access::AllOfCompany } => {
                Place::Holders(organisations.frozen(organisation))
            }
            Form::Group { organisation, .. } => Place::Here(organisations.frozen(organisation)),
            Form::Platform { .. } => Place::Platform,
        }
    }

    /// The list of buildings with which the holder of a grant stands in `listed`.
    fn listed(&self, grant: &Grant) -> Option<u32> {
        match grant.form {
            Form::Group { access: Access::Listed(list), .. } => {
                Some(self.catalog.access_list(list))
            }
            _ => None,
        }
    }

    fn count(&self, grant: &Grant, person: u32, lists: &mut PeopleLists) {
        if let Some((list, owner)) = lists.list(self.place(grant)) {
            list.count(owner, person);
        }
        if let Some(access) = self.listed(grant) {
            lists.listed.count(access, person);
        }
    }

    /// Puts the holder of a grant into every list, and gives the rank.
    fn place_all(&self, grant: &Grant, person: u32, lists: &mut PeopleLists) -> u32 {
        if let Some(access) = self.listed(grant) {
            lists.listed.place(access, person);
        }
        lists.list(self.place(grant)).map_or(NONE, |(list, owner)| list.place(owner, person))
    }

    fn row(&self, grant: &Grant, rank: u32) -> GrantRow {
        let (form, a, b, source) = self.fields(grant);
        GrantRow {
            a: U32::new(a),
            b: U32::new(b),
            condition: U32::new(self.catalog.condition(grant.condition)),
            source: U32::new(source),
            rank: U32::new(rank),
            meaning: U16::new(self.catalog.meaning(grant.meaning)),
            form,
            zero: 0,
        }
    }

    /// Form, `a`, `b` and source.
    fn fields(&self, grant: &Grant) -> (u8, u32, u32, u32) {
        let Selection { organisations, buildings, units, .. } = self.selection;
        let catalog = self.catalog;
        match grant.form {
            Form::Residency { unit, building, kind } => {
                let form = match kind {
                    ResidentKind::Blocked => form::BLOCKED,
                    ResidentKind::Household => form::HOUSEHOLD,
                    ResidentKind::Guest => form::GUEST,
                };
                let source = self.residency_type(grant.source);
                (form, units.frozen(unit), buildings.frozen(building), source)
            }
            Form::Administrator { unit } => (form::ADMINISTRATOR, units.frozen(unit), NONE, NONE),
            Form::SiteRole { organisation, sites } => {
                let role = catalog.role(grant.source);
                (form::SITE_ROLE, organisations.frozen(organisation), self.sites(sites), role)
            }
            Form::OrganisationRole { organisation, sites } => {
                let role = catalog.role(grant.source);
                let form = form::ORGANISATION_ROLE;
                (form, organisations.frozen(organisation), self.sites(sites), role)
            }
            Form::Group { organisation, access } => {
                let access = match access {
                    Access::None => NONE,
                    Access::AllOfCompany => ALL,
                    Access::Listed(list) => catalog.access_list(list),
                };
                let group = catalog.group(grant.source);
                (form::GROUP, organisations.frozen(organisation), access, group)
            }
            Form::Platform { sites } => {
                (form::PLATFORM, NONE, self.sites(sites), catalog.role(grant.source))
            }
        }
    }

    /// A site that is not in the slice is none: nothing of it can be asked.
    fn sites(&self, sites: Sites) -> u32 {
        match sites {
            Sites::None => NONE,
            Sites::Any => ALL,
            Sites::One(site) => self.selection.integrations.frozen(site),
        }
    }

    fn residency_type(&self, row: u32) -> u32 {
        match self.directory.residencies.get(row).map(|row| row.residency_type) {
            Some(ResidencyType::Unit) | None => 0,
            Some(ResidencyType::Linked) => 1,
            Some(ResidencyType::Guest) => 2,
        }
    }
}
