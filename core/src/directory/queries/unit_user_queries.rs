//! Unit users for a caller who may read them, in the pages of the resident portal [2-13..2-48, C-21, C-22].

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::marker::PhantomData;

use serde::{Deserialize, Serialize};

use crate::directory::Directory;
use crate::directory::commands::{Context, UnitUserError};
use crate::error::AccessError;
use crate::estate::{DeviceDoc, ResidencyStatus, ResidencyType};
use crate::id::{Id, IdRef};

/// Which way a list is sorted [2-30].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A page of unit users [2-35..2-45].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitUserPage<'d> {
    /// The rows.
    pub content: Vec<UnitUserView<'d>>,
}

/// The devices of a unit user [2-48].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitUserDevices {
    /// The devices, by their id.
    pub contents: Vec<DeviceDoc>,
    #[serde(skip)]
    _private: PhantomData<()>,
}

impl Directory {
    pub(super) fn query_unit_user<'d>(
        &'d self,
        _context: &'d Context,
        _property: &Id,
        _person: &Id,
        _unit: Option<&Id>,
    ) -> Result<UnitUserView<'d>, UnitUserError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn query_unit_users<'d>(
        &'d self,
        _context: &'d Context,
        _property: &Id,
        _search: &UnitUserSearch,
    ) -> Result<UnitUserPage<'d>, UnitUserError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn query_unit_user_devices(
        &self,
        _context: &Context,
        _property: &Id,
        _person: &Id,
    ) -> Result<UnitUserDevices, UnitUserError> {
        Err(AccessError::Unauthenticated.into())
    }
}
