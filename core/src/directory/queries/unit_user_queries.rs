//! Unit users for a caller who may read them, in the pages of the resident portal [2-13..2-48, C-21, C-22].

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::Serialize;

use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::directory::commands::{Context, UnitUser, UnitUserError, UnitUserPath};
use crate::directory::ids::to_index;
use crate::error::{AccessError, EntityKind};
use crate::estate::{DeviceDoc, ResidencyStatus, ResidencyType};
use crate::facts::{Facts, Standing};
use crate::id::{Id, IdRef};
use crate::limits::{DEFAULT_UNIT_USER_PAGE, MAX_UNIT_USER_PAGE};
use crate::order::Order;
use crate::reason::Basis;
use crate::request::ResourceKind;

const READ: &str = "unit_users:read";
/// The wire has 32 bits with a sign [2-31].
const MAX_PAGE_NUMBER: u32 = 0x7FFF_FFFF;

/// Which way a list is sorted [2-30].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum SortDirection {
    /// Upwards.
    #[default]
    #[serde(rename = "ASC")]
    Ascending,
    /// Downwards.
    #[serde(rename = "DESC")]
    Descending,
}

/// Which unit users, in what order, and which page. Field names are those of the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitUserSearch {
    /// Which way.
    pub sort_direction: SortDirection,
    /// The page, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
    /// Rows of a page; 0 and absent mean 20, over 1000 means 1000 [C-21].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_size: Option<i64>,
    /// Only this user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<Id>,
    /// `userId`, as text or in an array [2-34].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_fields: Option<SortFields>,
}

/// One field, or several [2-34].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum SortFields {
    /// One.
    One(Box<str>),
    /// Several; repeats collapse.
    Several(Vec<Box<str>>),
}

/// A unit user [2-14..2-22]. The passphrase is not here: its reference is, for the host to fill it in or leave it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitUserView<'d> {
    /// Who.
    pub user_id: IdRef<'d>,
    /// The unit.
    #[serde(skip)]
    pub unit: IdRef<'d>,
    /// Name; empty: none.
    pub user_name: &'d str,
    /// E-mail address; empty: none.
    pub email: &'d str,
    /// Telephone number; empty: none.
    pub phone_number: &'d str,
    /// The reference of the passphrase.
    #[serde(skip)]
    pub secret: Option<Id>,
    /// Status.
    pub status: ResidencyStatus,
    /// As what.
    #[serde(rename = "type")]
    pub residency_type: ResidencyType,
}

/// A page of unit users [2-35..2-45]: rows by `userId`, then unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitUserPage<'d> {
    /// Pages there are; 0 where there is no row.
    pub total_pages: u32,
    /// Rows there are.
    pub total_elements: u64,
    /// Whether this is page 0.
    pub first: bool,
    /// Whether no page follows.
    pub last: bool,
    /// Rows that a page has at most.
    pub size: u32,
    /// The rows.
    pub content: Vec<UnitUserView<'d>>,
    /// The page, from 0.
    pub number: u32,
    /// How it is sorted.
    pub sort: SortObject,
    /// Rows of this page.
    pub number_of_elements: u32,
    /// Where it lies.
    pub pageable: Pageable,
    /// Whether it has no row.
    pub empty: bool,
}

/// Whether somebody asked for an order [2-42]. Rows are in the order of `userId` in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SortObject {
    /// Nobody did.
    pub empty: bool,
    /// Somebody did.
    pub sorted: bool,
    /// Nobody did.
    pub unsorted: bool,
}

/// Where a page lies [2-44].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pageable {
    /// Rows before it.
    pub offset: u64,
    /// How it is sorted.
    pub sort: SortObject,
    /// The page, from 0.
    pub page_number: u32,
    /// Rows that a page has at most.
    pub page_size: u32,
    /// Always.
    pub paged: bool,
    /// Never.
    pub unpaged: bool,
}

/// The devices of a unit user [2-48].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UnitUserDevices {
    /// The devices, by their id.
    pub contents: Vec<DeviceDoc>,
}

/// What a search asks for, checked.
struct PageSpec {
    number: u32,
    size: u32,
    is_sorted: bool,
    direction: SortDirection,
}

impl Directory {
    pub(super) fn query_unit_user<'d>(
        &'d self,
        context: &'d Context,
        property: &Id,
        person: &Id,
        unit: Option<&Id>,
    ) -> Result<UnitUserView<'d>, UnitUserError> {
        let caller = Caller::authenticate(self, context)?;
        let user = UnitUserPath { property, person, unit }.one(caller, READ)?;
        let view = self.unit_user_view(&caller, user.row, user.basis);
        let not_found = || AccessError::not_found(EntityKind::Residency, person);
        Ok(view.ok_or_else(not_found)?)
    }

    pub(super) fn query_unit_users<'d>(
        &'d self,
        context: &'d Context,
        property: &Id,
        search: &UnitUserSearch,
    ) -> Result<UnitUserPage<'d>, UnitUserError> {
        let caller = Caller::authenticate(self, context)?;
        let units = readable_units(&caller, property)?;
        let spec = search.check()?;
        let person = search.user_id.as_ref().map(|id| self.people.ids.find(&id.as_ref()));
        let rows = self.unit_user_rows(&caller, &units, person);
        Ok(self.unit_user_page(&caller, rows, &spec))
    }

    pub(super) fn query_unit_user_devices(
        &self,
        context: &Context,
        property: &Id,
        person: &Id,
    ) -> Result<UnitUserDevices, UnitUserError> {
        let caller = Caller::authenticate(self, context)?;
        let path = UnitUserPath { property, person, unit: None };
        let users = path.all(caller, "unit_devices:list")?;
        let devices = users.iter().flat_map(UnitUser::devices);
        let mut contents: Vec<DeviceDoc> = devices.cloned().collect();
        contents.order_stable_by(|a, b| a.device_id.cmp(&b.device_id));
        Ok(UnitUserDevices { contents })
    }

    /// The rows of the residencies of units, of one person or of all, by person, then unit. Who has moved out is no unit
    /// user any more.
    fn unit_user_rows(
        &self,
        caller: &Caller<'_>,
        units: &[(u32, Basis)],
        person: Option<Option<u32>>,
    ) -> Vec<(u32, Basis)> {
        let rows = units
            .iter()
            .flat_map(|(unit, basis)| self.residents_of(*unit).iter().map(|row| (*row, *basis)));
        let mut found: Vec<((IdRef<'_>, IdRef<'_>), (u32, Basis))> = rows
            .filter_map(|(row, basis)| {
                let residency = self.residencies.get(row)?;
                let is_wanted = person.is_none_or(|person| person == Some(residency.person))
                    && self.is_unit_user(residency, caller.at)
                    && caller.may_know_of(residency, basis)
                    && self.standing(residency.person) != Some(Standing::Deleted);
                let ids =
                    (self.people.ids.id(residency.person)?, self.units.ids.id(residency.unit)?);
                is_wanted.then_some((ids, (row, basis)))
            })
            .collect();
        found.order_by_key(|(ids, _)| *ids);
        found.into_iter().map(|(_, row)| row).collect()
    }

    fn unit_user_page(
        &self,
        caller: &Caller<'_>,
        mut rows: Vec<(u32, Basis)>,
        spec: &PageSpec,
    ) -> UnitUserPage<'_> {
        if spec.direction == SortDirection::Descending {
            rows.reverse();
        }
        let (total, size) = (as_u64(rows.len()), u64::from(spec.size));
        let offset = u64::from(spec.number).saturating_mul(size);
        let total_pages = u32::try_from(total.div_ceil(size.max(1))).unwrap_or(u32::MAX);
        let sort = SortObject {
            empty: !spec.is_sorted,
            sorted: spec.is_sorted,
            unsorted: !spec.is_sorted,
        };
        let before = usize::try_from(offset).unwrap_or(usize::MAX);
        let rows = rows.into_iter().skip(before).take(to_index(spec.size));
        let content: Vec<_> =
            rows.filter_map(|(row, basis)| self.unit_user_view(caller, row, basis)).collect();
        UnitUserPage {
            total_pages,
            total_elements: total,
            first: spec.number == 0,
            last: spec.number.saturating_add(1) >= total_pages,
            size: spec.size,
            number: spec.number,
            sort,
            number_of_elements: u32::try_from(content.len()).unwrap_or(u32::MAX),
            pageable: Pageable {
                offset,
                sort,
                page_number: spec.number,
                page_size: spec.size,
                paged: true,
                unpaged: false,
            },
            empty: content.is_empty(),
            content,
        }
    }

    /// Address and number of staff, and of members of other organisations, are not for a household to know: it may have
    /// added a stranger of whom it has no more than an id [C-66, C-76].
    fn unit_user_view(
        &self,
        caller: &Caller<'_>,
        row: u32,
        basis: Basis,
    ) -> Option<UnitUserView<'_>> {
        let residency = self.residencies.get(row)?;
        let contacts = &self.people.contacts;
        let is_told = caller.may_be_told_contact(residency, basis);
        let email = contacts.email(residency.person).filter(|_| is_told);
        let phone = contacts.phone(residency.person).filter(|_| is_told);
        Some(UnitUserView {
            user_id: self.people.ids.id(residency.person)?,
            unit: self.units.ids.id(residency.unit)?,
            user_name: contacts.name(residency.person).unwrap_or_default(),
            email: email.unwrap_or_default(),
            phone_number: phone.unwrap_or_default(),
            secret: self.residencies.secrets.get(row).cloned(),
            status: residency.status,
            residency_type: residency.residency_type,
        })
    }
}

/// Steps 3 and 4: the units of a property whose users the caller may read, each with by what. Who may read none learns of
/// no property.
fn readable_units(caller: &Caller<'_>, property: &Id) -> Result<Vec<(u32, Basis)>, UnitUserError> {
    let directory = caller.directory;
    let not_found = || AccessError::not_found(EntityKind::Building, property);
    let building = directory.buildings.ids.find(&property.as_ref()).ok_or_else(not_found)?;
    let mut own: Vec<u32> = caller.own_units().collect();
    own.retain(|unit| directory.building_of_unit(*unit) == building);
    let mut units = Vec::new();
    let mut is_reader = caller.is_allowed(READ, ResourceKind::Building, building);
    if is_reader {
        units.extend(directory.buildings.units.of(building));
    }
    for integration in directory.buildings.integrations.of(building) {
        if caller.is_allowed(READ, ResourceKind::Integration, *integration) {
            is_reader = true;
            units.extend(directory.integrations.units.of(*integration));
        }
    }
    units.extend(own.iter().filter(|unit| caller.is_allowed(READ, ResourceKind::Unit, **unit)));
    units.order();
    units.dedup();
    // One and the same answer, of one unit as of all: what is somebody's own is asked for as `get_unit_user` asks.
    let by_what = |unit: &u32| match own.contains(unit) {
        true => caller.decide(READ, ResourceKind::Unit, *unit).basis(),
        false => Basis::None,
    };
    let units: Vec<(u32, Basis)> = units.iter().map(|unit| (*unit, by_what(unit))).collect();
    if is_reader || !units.is_empty() { Ok(units) } else { Err(not_found().into()) }
}

impl UnitUserSearch {
    /// Step 5 [C-21].
    fn check(&self) -> Result<PageSpec, UnitUserError> {
        let number = self.page.unwrap_or_default();
        let page = u32::try_from(number).ok().filter(|page| *page <= MAX_PAGE_NUMBER);
        let page = page.ok_or(UnitUserError::InvalidPage { found: number })?;
        let size = match self.page_size.unwrap_or_default() {
            0 => DEFAULT_UNIT_USER_PAGE,
            found @ ..0 => return Err(UnitUserError::InvalidPageSize { found }),
            size => u32::try_from(size).unwrap_or(u32::MAX).min(MAX_UNIT_USER_PAGE),
        };
        let fields: &[Box<str>] = match &self.sort_fields {
            None => &[],
            Some(SortFields::One(field)) => core::slice::from_ref(field),
            Some(SortFields::Several(fields)) => fields,
        };
        if fields.iter().any(|field| **field != *"userId") {
            return Err(UnitUserError::InvalidSortField);
        }
        let is_sorted = !fields.is_empty();
        Ok(PageSpec { number: page, size, is_sorted, direction: self.sort_direction })
    }
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
