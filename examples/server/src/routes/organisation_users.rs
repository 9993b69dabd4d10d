//! Who belongs to an organisation, and what the caller may do there [3-11, 3-12].

use axum::http::StatusCode;
use axum::response::Response;
use vestibule::Query;

use super::organisations::{output_options, pagination};
use crate::http::{Call, Failure, raw_json};

/// `get_org_permissions`: 200 with `permissions` [3-30, C-48].
pub(super) async fn permissions(call: Call) -> Result<Response, Failure> {
    let query = Query::OrgPermissions { org_id: call.path_id("id", "organisation")? };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}

/// `list_org_users`: 200 with `items` and `total`; needs `X-Org` [3-32].
pub(super) async fn list(call: Call) -> Result<Response, Failure> {
    call.require_org()?;
    let query = Query::ListOrgUsers {
        org_id: call.path_id("id", "organisation")?,
        recursive: call.params.switch(&["recursive"])?,
        output_options: output_options(&call.params)?,
        pagination: pagination(&call.params)?,
    };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}
