//! Lists of seed 4 [4-21..4-30, C-88]: bare arrays.

use axum::http::StatusCode;
use axum::response::Response;
use vestibule::estate::OrganisationKind;
use vestibule::{Id, Query};

use crate::http::{Call, Failure, invalid_parameter, raw_json, uuid};

pub(super) async fn permission_groups(call: Call) -> Result<Response, Failure> {
    let query = Query::PermissionGroups {
        account_id: call.path_uuid("id", "account")?,
        organization_types: kinds(&call)?,
        user_id: call.params.id("user_id", uuid)?,
    };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}

pub(super) async fn job_functions(call: Call) -> Result<Response, Failure> {
    let query = Query::JobFunctions { organization_types: kinds(&call)? };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}

pub(super) async fn search_organizations(call: Call) -> Result<Response, Failure> {
    let buildings = call.params.list("building_scope").map(|text| {
        uuid(text).ok_or_else(|| invalid_parameter(&["building_scope"], "ids of buildings"))
    });
    let query = Query::SearchOrganizations {
        organization_types: kinds(&call)?,
        membership_user_id: call.params.id("membership_user_id", uuid)?,
        building_scope: buildings.collect::<Result<Vec<Id>, Failure>>()?,
        account_scope: call.params.id("account_scope", uuid)?,
    };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}

/// `organization_type__in`: words with commas between them; none: all [4-26, C-37].
fn kinds(call: &Call) -> Result<Vec<OrganisationKind>, Failure> {
    let name = "organization_type__in";
    let words = call.params.list(name).map(|word| match word {
        "pmo" => Ok(OrganisationKind::Pmo),
        "tenant" => Ok(OrganisationKind::Tenant),
        "vendor" => Ok(OrganisationKind::Vendor),
        _ => Err(call.let_in(invalid_parameter(&[name], "`pmo`, `tenant` or `vendor`"))),
    });
    words.collect()
}
