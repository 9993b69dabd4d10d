//! Memberships, residencies and platform roles: who holds what, where and when.

use alloc::format;
use alloc::vec::Vec;

use hashbrown::HashTable;

use super::Loader;
use super::groups::{LoadedGroups, LoadedJobFunctions};
use super::organisations::LoadedOrganisations;
use super::people::LoadedPeople;
use super::places::{LoadedBuildings, LoadedUnits};
use super::roles::{Holder, LoadedRoles};
use crate::catalog::is_site_role;
use crate::directory::roles::HeldRole;
use crate::directory::tables::{Membership, Memberships, Residencies, Residency, Source};
use crate::estate::{
    BuildingAccess, FaultCode, MembershipDoc, Path, Printable, ResidencyDoc, ResidencyStatus,
    ResidencyType,
};
use crate::facts::{
    ADMINISTRATOR_MEANING, Access, Form, Grant, NONE, RESIDENT_MEANING, ResidentKind,
};
use crate::hash::shared;
use crate::id::Id;
use crate::time::Validity;

/// What the rows refer to.
pub(crate) struct Known<'k> {
    pub(crate) organisations: &'k LoadedOrganisations,
    pub(crate) buildings: &'k LoadedBuildings,
    pub(crate) units: &'k LoadedUnits,
    pub(crate) people: &'k LoadedPeople,
    pub(crate) groups: &'k LoadedGroups,
    pub(crate) job_functions: &'k LoadedJobFunctions,
    pub(crate) roles: &'k LoadedRoles,
}

/// A membership while what it holds is loaded.
struct Member<'e> {
    doc: &'e MembershipDoc,
    row: u32,
    membership: Membership,
    window: Validity,
    job_function: u32,
}

/// The rows that grant, resolved.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) memberships: Memberships,
    pub(crate) residencies: Residencies,
    /// Pairs (list, building), by building within each list.
    pub(crate) building_lists: Vec<(u32, u32)>,
    pub(crate) building_list_count: u32,
    /// Pairs (person, grant).
    pub(crate) grants: Vec<(u32, Grant)>,
}

impl Rows {
    pub(crate) fn load(loader: &mut Loader<'_, '_>, known: &Known<'_>) -> Self {
        let mut rows = Self::default();
        rows.load_memberships(loader, known);
        rows.load_residencies(loader, known);
        rows.load_administrators(loader, known);
        rows.load_platform_roles(loader, known);
        rows
    }

    fn load_memberships(&mut self, loader: &mut Loader<'_, '_>, known: &Known<'_>) {
        let estate = loader.estate;
        let root = Path::ROOT;
        let section = root.field("memberships");
        let mut seen = Pairs::with_capacity(estate.memberships.len());
        self.memberships.rows.reserve_exact(estate.memberships.len());
        for (index, doc) in estate.memberships.iter().enumerate() {
            let path = section.index(index);
            let person = loader.resolve(&known.people.indexed, &doc.person, &path.field("person"));
            let organisation = loader.resolve(
                &known.organisations.indexed,
                &doc.organisation,
                &path.field("organisation"),
            );
            if person != NONE && organisation != NONE && !seen.insert(person, organisation) {
                let found =
                    format!("a second membership of `{}` in `{}`", doc.person, doc.organisation);
                loader.faults.add(
                    &path,
                    FaultCode::DuplicateRow,
                    found,
                    "one, with all roles and groups",
                );
            }
            known.people.refuse_guest(loader, person, "a member", &path.field("person"));
            let window = loader.window(doc.valid.as_ref(), &path);
            let job_function = load_job_function(loader, known, doc, organisation, &path);
            let row = u32::try_from(index).unwrap_or(NONE);
            let access = self.load_access(loader, known, doc, (row, organisation), &path);
            let membership =
                Membership { person, organisation, condition: loader.condition(window), access };
            self.memberships.rows.push(membership);
            if job_function != NONE {
                self.memberships.job_functions.insert(row, job_function);
            }
            let member = Member { doc, row, membership, window, job_function };
            self.load_roles(loader, known, &member, &path);
            self.load_member_groups(loader, known, &member, &path);
        }
    }

    fn load_roles(
        &mut self,
        loader: &mut Loader<'_, '_>,
        known: &Known<'_>,
        member: &Member<'_>,
        path: &Path<'_>,
    ) {
        let Member { doc, membership, window, .. } = *member;
        let path = path.field("roles");
        let organisation = membership.organisation;
        let roles = loader.short(&doc.roles, &path);
        for (position, granted) in roles.iter().enumerate() {
            let path = path.index(position);
            let earlier = roles.get(..position).unwrap_or_default();
            if earlier.iter().any(|earlier| earlier.role == granted.role) {
                let found = format!("`{}` a second time", granted.role);
                loader.faults.add(&path, FaultCode::DuplicateRow, found, "each role once");
                continue;
            }
            let own = loader.window(granted.valid.as_ref(), &path);
            let Some((source, role)) = known.roles.find(&granted.role) else { continue };
            role.check(loader, known.organisations, Holder::Organisation(organisation), &path);
            self.note_own_window(loader, member, Source::Role(source), own);
            let condition = loader.condition(own.intersection(&window));
            let grant = role_grant(&role.held, source, organisation, condition);
            self.grants.push((membership.person, grant));
        }
    }

    /// The groups of a membership: those written, else those its job function starts with [C-30].
    fn load_member_groups(
        &mut self,
        loader: &mut Loader<'_, '_>,
        known: &Known<'_>,
        member: &Member<'_>,
        path: &Path<'_>,
    ) {
        let Member { doc, membership, window, job_function, .. } = *member;
        let Membership { person, organisation, access, .. } = membership;
        let mut add = |loader: &mut Loader<'_, '_>, group: u32, window: Validity| {
            let Some(row) = known.groups.row(group) else { return };
            let condition = loader.condition(window);
            let form = Form::Group { organisation, access };
            self.grants
                .push((person, Grant { form, meaning: row.meaning, condition, source: group }));
        };
        let Some(granted) = &doc.permission_groups else {
            let job_function = known.job_functions.row(job_function);
            for group in job_function.iter().flat_map(|job_function| &job_function.initial_groups) {
                add(loader, *group, window);
            }
            return;
        };
        let path = path.field("permission_groups");
        let granted = loader.short(granted, &path);
        let mut seen: Vec<u32> = Vec::with_capacity(granted.len());
        let mut noted = Vec::new();
        for (position, granted) in granted.iter().enumerate() {
            let path = path.index(position);
            let own = loader.window(granted.valid.as_ref(), &path);
            let group = loader.resolve(&known.groups.indexed, &granted.group, &path);
            if group == NONE {
                continue;
            }
            if seen.contains(&group) {
                let found = format!("`{}` a second time", granted.group);
                loader.faults.add(&path, FaultCode::DuplicateRow, found, "each group once");
                continue;
            }
            seen.push(group);
            if let Some(row) = known.groups.row(group) {
                let of = AccountRow { id: &granted.group, account: row.account, kind: row.kind };
                check_account(loader, known.organisations, organisation, &of, &path);
            }
            noted.push((group, own));
            add(loader, group, own.intersection(&window));
        }
        for (group, own) in noted {
            self.note_own_window(loader, member, Source::Group(group), own);
        }
    }

    /// Keeps a window that the condition of the grant does not show.
    fn note_own_window(
        &mut self,
        loader: &mut Loader<'_, '_>,
        member: &Member<'_>,
        source: Source,
        own: Validity,
    ) {
        if own != Validity::ALWAYS && member.window != Validity::ALWAYS {
            let own = loader.condition(own);
            self.memberships.own_windows.insert((member.row, source), own);
        }
    }

    /// Building access [4-10..4-13, C-32, C-33].
    fn load_access(
        &mut self,
        loader: &mut Loader<'_, '_>,
        known: &Known<'_>,
        doc: &MembershipDoc,
        (row, organisation): (u32, u32),
        path: &Path<'_>,
    ) -> Access {
        let path = path.field("building_access");
        let path = path.field("buildings");
        let (ids, is_listed) = match &doc.building_access {
            None => return Access::None,
            Some(BuildingAccess::AllOfCompany { buildings }) => (buildings, false),
            Some(BuildingAccess::Listed { buildings }) => (buildings, true),
        };
        if is_listed && ids.is_empty() {
            let expected = "at least one building, or the scope `all_of_company`";
            loader.faults.add(&path, FaultCode::BuildingIdsRequired, "no building", expected);
        }
        let buildings = loader.resolve_list(&known.buildings.indexed, ids, &path);
        for (position, id) in ids.iter().enumerate() {
            let Some(building) = known.buildings.indexed.table.find(&id.as_ref()) else { continue };
            let owner = known.buildings.owner(building);
            let is_owned = known.organisations.within(owner, organisation);
            let is_served = known.organisations.serves.has(organisation, building);
            if is_owned == Some(false) && organisation != NONE && !is_served {
                let expected =
                    "a building that the organisation, or one below it, owns or that it serves";
                let path = path.index(position);
                loader.faults.add(
                    &path,
                    FaultCode::BuildingOutsideCompany,
                    format!("`{id}`"),
                    expected,
                );
            }
        }
        if !is_listed {
            if !buildings.is_empty() {
                self.memberships.dormant.insert(row, buildings);
            }
            return Access::AllOfCompany;
        }
        let list = self.building_list_count;
        self.building_list_count = list.saturating_add(1);
        self.building_lists.extend(buildings.into_iter().map(|building| (list, building)));
        Access::Listed(list)
    }

    fn load_residencies(&mut self, loader: &mut Loader<'_, '_>, known: &Known<'_>) {
        let estate = loader.estate;
        let root = Path::ROOT;
        let section = root.field("residencies");
        let mut seen = Pairs::with_capacity(estate.residencies.len());
        self.residencies.rows.reserve_exact(estate.residencies.len());
        for (index, doc) in estate.residencies.iter().enumerate() {
            let path = section.index(index);
            let person = loader.resolve(&known.people.indexed, &doc.person, &path.field("person"));
            let unit = loader.resolve(&known.units.indexed, &doc.unit, &path.field("unit"));
            if person != NONE && unit != NONE && !seen.insert(person, unit) {
                let found = format!("a second residency of `{}` in `{}`", doc.person, doc.unit);
                loader.faults.add(&path, FaultCode::DuplicateRow, found, "one a person and unit");
            }
            if doc.residency_type != ResidencyType::Guest {
                let got = "a resident of type UNIT or LINKED";
                known.people.refuse_guest(loader, person, got, &path.field("type"));
            }
            check_devices(loader, doc, &path);
            let window = loader.window(doc.valid.as_ref(), &path);
            let condition = loader.condition(window);
            self.add_residency(known, doc, person, unit, condition);
        }
    }

    fn add_residency(
        &mut self,
        known: &Known<'_>,
        doc: &ResidencyDoc,
        person: u32,
        unit: u32,
        condition: u32,
    ) {
        let row = u32::try_from(self.residencies.rows.len()).unwrap_or(NONE);
        self.residencies.rows.push(Residency::of(doc, person, unit, condition));
        self.residencies.set_extras(row, doc);
        let building = known.units.row(unit).map_or(NONE, |unit| unit.building);
        let residency = (doc.residency_type, doc.status);
        let grant = residency_grant(row, (unit, building), residency, condition);
        self.grants.push((person, grant));
    }

    fn load_administrators(&mut self, loader: &mut Loader<'_, '_>, known: &Known<'_>) {
        let mut linked = Pairs::default();
        for residency in &self.residencies.rows {
            if residency.residency_type == ResidencyType::Linked {
                linked.insert(residency.person, residency.unit);
            }
        }
        for entry in &known.units.administrators {
            if linked.has(entry.person, entry.unit) {
                let root = Path::ROOT;
                let section = root.field("units");
                let unit = section.index(entry.row);
                let list = unit.field("administrators");
                let expected = "an administrator who is no LINKED resident of the unit";
                let code = FaultCode::LinkedCannotAdminister;
                loader.faults.add(&list.index(entry.position), code, "a LINKED resident", expected);
            }
            let grant = administrator_grant(entry.unit, entry.condition);
            self.grants.push((entry.person, grant));
        }
    }

    fn load_platform_roles(&mut self, loader: &mut Loader<'_, '_>, known: &Known<'_>) {
        let estate = loader.estate;
        let root = Path::ROOT;
        let section = root.field("platform_roles");
        let mut seen = Pairs::default();
        for (index, doc) in estate.platform_roles.iter().enumerate() {
            let path = section.index(index);
            let person = loader.resolve(&known.people.indexed, &doc.person, &path.field("person"));
            let window = loader.window(doc.valid.as_ref(), &path);
            let got = "the holder of a platform role";
            known.people.refuse_guest(loader, person, got, &path.field("person"));
            let Some((source, role)) = known.roles.find(&doc.role) else { continue };
            if person != NONE && !seen.insert(person, source) {
                let found = format!("`{}` held by `{}` a second time", doc.role, doc.person);
                loader.faults.add(&path, FaultCode::DuplicateRow, found, "each role once");
            }
            role.check(loader, known.organisations, Holder::Platform, &path.field("role"));
            let condition = loader.condition(window);
            self.grants.push((person, platform_grant(&role.held, source, condition)));
        }
    }
}

/// Each device of a residency once.
fn check_devices(loader: &mut Loader<'_, '_>, doc: &ResidencyDoc, path: &Path<'_>) {
    let path = path.field("devices");
    let devices = loader.short(&doc.devices, &path);
    for (position, device) in devices.iter().enumerate() {
        let earlier = devices.get(..position).unwrap_or_default();
        if earlier.iter().any(|earlier| earlier.device_id == device.device_id) {
            let found = format!("`{}` a second time", Printable(&device.device_id));
            let path = path.index(position);
            loader.faults.add(&path, FaultCode::DuplicateRow, found, "each device once");
        }
    }
}

/// The grant of a role held at an organisation.
pub(crate) fn role_grant(role: &HeldRole, source: u32, organisation: u32, condition: u32) -> Grant {
    let sites = role.sites;
    let form = if is_site_role(&role.path) {
        Form::SiteRole { organisation, sites }
    } else {
        Form::OrganisationRole { organisation, sites }
    };
    Grant { form, meaning: role.meaning, condition, source }
}

/// The grant of a role held at the platform.
pub(crate) fn platform_grant(role: &HeldRole, source: u32, condition: u32) -> Grant {
    let form = Form::Platform { sites: role.sites };
    Grant { form, meaning: role.platform_meaning, condition, source }
}

/// The grant of a residency.
pub(crate) fn residency_grant(
    row: u32,
    (unit, building): (u32, u32),
    (residency_type, status): (ResidencyType, ResidencyStatus),
    condition: u32,
) -> Grant {
    let kind = match (status, residency_type) {
        (ResidencyStatus::Blocked, _) => ResidentKind::Blocked,
        (ResidencyStatus::Active, ResidencyType::Guest) => ResidentKind::Guest,
        (ResidencyStatus::Active, ResidencyType::Unit | ResidencyType::Linked) => {
            ResidentKind::Household
        }
    };
    let form = Form::Residency { unit, building, kind };
    Grant { form, meaning: RESIDENT_MEANING, condition, source: row }
}

/// The grant of an administrator of a unit.
pub(crate) fn administrator_grant(unit: u32, condition: u32) -> Grant {
    let form = Form::Administrator { unit };
    Grant { form, meaning: ADMINISTRATOR_MEANING, condition, source: NONE }
}

fn load_job_function(
    loader: &mut Loader<'_, '_>,
    known: &Known<'_>,
    doc: &MembershipDoc,
    organisation: u32,
    path: &Path<'_>,
) -> u32 {
    let Some(id) = &doc.job_function else { return NONE };
    let path = path.field("job_function");
    let job_function = loader.resolve(&known.job_functions.indexed, id, &path);
    if let Some(row) = known.job_functions.row(job_function) {
        let of = AccountRow { id, account: row.account, kind: row.kind };
        check_account(loader, known.organisations, organisation, &of, &path);
    }
    job_function
}

/// A group or job function, as far as its account and kind go.
struct AccountRow<'r> {
    id: &'r Id,
    account: u32,
    kind: crate::estate::OrganisationKind,
}

/// That a group or job function is of the organisation's account and kind [C-34, C-69].
fn check_account(
    loader: &mut Loader<'_, '_>,
    organisations: &LoadedOrganisations,
    organisation: u32,
    row: &AccountRow<'_>,
    path: &Path<'_>,
) {
    if organisation == NONE {
        return;
    }
    if row.account != NONE && row.account != organisations.account(organisation) {
        let expected = "one of the organisation's account";
        loader.faults.add(path, FaultCode::WrongAccount, format!("`{}`", row.id), expected);
    }
    if organisations.kind(organisation) != Some(row.kind) {
        let found = format!("`{}`, for organisations of kind {}", row.id, row.kind.as_str());
        let expected = match organisations.kind(organisation) {
            Some(kind) => format!("one for kind {}", kind.as_str()),
            None => "none: the organisation has no kind".into(),
        };
        loader.faults.add(path, FaultCode::OrgTypeMismatch, found, expected);
    }
}

/// A set of pairs of handles.
#[derive(Default)]
struct Pairs(HashTable<(u32, u32)>);

impl Pairs {
    fn with_capacity(pairs: usize) -> Self {
        Self(HashTable::with_capacity(pairs))
    }

    fn hash((a, b): &(u32, u32)) -> u64 {
        let mut bytes = [0; 16];
        let (head, tail) = bytes.split_at_mut(8);
        head.copy_from_slice(&u64::from(*a).to_le_bytes());
        tail.copy_from_slice(&u64::from(*b).to_le_bytes());
        crate::hash::sixteen(&bytes)
    }

    /// Adds a pair; false when it is there already.
    fn insert(&mut self, a: u32, b: u32) -> bool {
        let pair = (a, b);
        if self.has(a, b) {
            return false;
        }
        self.0.insert_unique(Self::hash(&pair), pair, shared(&Self::hash));
        true
    }

    fn has(&self, a: u32, b: u32) -> bool {
        self.0.find(Self::hash(&(a, b)), |known| *known == (a, b)).is_some()
    }
}
