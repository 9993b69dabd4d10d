//! Organisations for a caller who may see them [3-4..3-16, 3-30..3-33, C-44..C-49, C-87].

use alloc::vec::Vec;

use serde::Serialize;

use super::query::{OutputOptions, Pagination};
use crate::directory::Directory;
use crate::directory::commands::{Context, OrganisationError};
use crate::error::AccessError;
use crate::estate::LocalizedText;
use crate::id::{Id, IdRef};

/// An organisation, `OrganizationResponse` [3-2, C-87].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationView<'d> {
    /// Its id.
    pub id: IdRef<'d>,
    /// Its name.
    pub name: &'d LocalizedText,
}

/// A part of the organisations that a caller may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationPage<'d> {
    /// The organisations.
    pub items: Vec<OrganisationView<'d>>,
}

/// A part of the members of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationUserPage<'d> {
    /// The members.
    pub items: Vec<IdRef<'d>>,
}

impl Directory {
    pub(super) fn query_orgs<'d>(
        &'d self,
        _context: &'d Context,
        _options: OutputOptions,
        _pagination: &Pagination,
    ) -> Result<OrganisationPage<'d>, OrganisationError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn query_org<'d>(
        &'d self,
        _context: &'d Context,
        _organisation: &Id,
        _include_deleted: bool,
    ) -> Result<OrganisationView<'d>, OrganisationError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn query_org_permissions<'d>(
        &'d self,
        _context: &'d Context,
        _organisation: &Id,
    ) -> Result<Vec<&'d str>, OrganisationError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn query_org_users<'d>(
        &'d self,
        _context: &'d Context,
        _organisation: &Id,
        _recursive: bool,
        _options: OutputOptions,
        _pagination: &Pagination,
    ) -> Result<OrganisationUserPage<'d>, OrganisationError> {
        Err(AccessError::Unauthenticated.into())
    }
}
