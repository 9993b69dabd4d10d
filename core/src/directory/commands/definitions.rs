//! Permission groups and job functions, and the import of a whole estate [E.4].

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use crate::error::{family_error, field_detail};
use crate::estate::{Estate, JobFunctionDoc, PermissionGroupDoc};

/// Says what a permission group of an account holds: a new one, or in place of the one with this id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefinePermissionGroup {
    /// The whole row.
    pub permission_group: PermissionGroupDoc,
}

/// Says with which groups a job function starts: a new one, or in place of the one with this id. Members keep what they
/// have [4-10].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefineJobFunction {
    /// The whole row.
    pub job_function: JobFunctionDoc,
}

/// Brings a whole estate into an empty directory. Nobody is asked who may: there is nobody yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportEstate {
    /// The estate.
    pub estate: Box<Estate>,
}

family_error! {
    /// Why a definition or an import is refused.
    DefinitionError, details |error| field_detail(error.field(), error.code()), {
        /// An estate can only be imported where there is nothing.
        NotEmpty = Conflict, "directory_not_empty", None, "the directory has something in it already";
    }
}

impl crate::Directory {
    pub(super) fn draft_define_permission_group(
        &self,
        _context: &super::Context,
        _command: &DefinePermissionGroup,
    ) -> Result<super::Drafted, DefinitionError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_define_job_function(
        &self,
        _context: &super::Context,
        _command: &DefineJobFunction,
    ) -> Result<super::Drafted, DefinitionError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }

    pub(super) fn draft_import_estate(
        &self,
        _context: &super::Context,
        _command: &ImportEstate,
    ) -> Result<super::Drafted, DefinitionError> {
        Err(crate::error::AccessError::Unauthenticated.into())
    }
}
