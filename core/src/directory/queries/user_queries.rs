//! Permission groups, job functions and organisations by their members [4-21..4-30, C-35..C-37, C-88].

use alloc::vec::Vec;

use serde::Serialize;

use crate::directory::Directory;
use crate::directory::commands::{Context, UserError};
use crate::error::AccessError;
use crate::estate::{LocalizedText, OrganisationKind};
use crate::id::{Id, IdRef};

/// A permission group or job function [C-88].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedRow<'d> {
    /// Its id.
    pub id: IdRef<'d>,
    /// Its name.
    pub name: &'d str,
    /// For which kind of organisation.
    pub organization_type: OrganisationKind,
}

/// An organisation that a search found [C-88].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationSummary<'d> {
    /// Its id.
    pub id: IdRef<'d>,
    /// Its name.
    pub name: &'d LocalizedText,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_type: Option<OrganisationKind>,
}

impl Directory {
    pub(super) fn query_permission_groups<'d>(
        &'d self,
        _context: &'d Context,
        _account: &Id,
        _kinds: &[OrganisationKind],
        _person: Option<&Id>,
    ) -> Result<Vec<NamedRow<'d>>, UserError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn query_job_functions<'d>(
        &'d self,
        _context: &'d Context,
        _kinds: &[OrganisationKind],
    ) -> Result<Vec<NamedRow<'d>>, UserError> {
        Err(AccessError::Unauthenticated.into())
    }

    pub(super) fn search_organizations<'d>(
        &'d self,
        _context: &'d Context,
        _kinds: &[OrganisationKind],
        _member: Option<&Id>,
        _buildings: &[Id],
        _account: Option<&Id>,
    ) -> Result<Vec<OrganisationSummary<'d>>, UserError> {
        Err(AccessError::Unauthenticated.into())
    }
}
