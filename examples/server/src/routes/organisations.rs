//! Organisations [3-5..3-10, C-87].

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use vestibule::commands::{
    CreateOrganisation, OutcomeDetails, Patch, PurgeOrganisation, RestoreOrganisation,
    SoftDeleteOrganisation, UpdateOrganisation,
};
use vestibule::estate::LocalizedText;
use vestibule::queries::{OutputOptions, Pagination};
use vestibule::{Id, Query};

use crate::http::{Call, Failure, NewIds, Params, json, raw_json};

/// `UpdateOrganizationRequest`, of which what is absent stays [3-8, C-50].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UpdatePayload {
    #[serde(default)]
    name: Patch<LocalizedText>,
    #[serde(default)]
    description: Patch<Box<str>>,
    #[serde(default)]
    parent_id: Patch<Id>,
}

/// `list_orgs`: 200 with `items` and `total`.
pub(super) async fn list(call: Call) -> Result<Response, Failure> {
    let query = Query::ListOrgs {
        output_options: output_options(&call.params)?,
        pagination: pagination(&call.params)?,
    };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}

/// `create_org`: 200 with the organisation.
pub(super) async fn create(call: Call) -> Result<Response, Failure> {
    let command: CreateOrganisation = call.json()?;
    let sent = json!({ "name": &command.name, "user_roles": {} });
    let outcome = call.execute(command, NewIds::Ulid).await?;
    let OutcomeDetails::Organisation { organisation } = outcome.details else {
        return Err(Failure::internal());
    };
    reply(&call, organisation, sent)
}

/// `get_org`: 200 with the organisation.
pub(super) async fn get(call: Call) -> Result<Response, Failure> {
    let org_id = call.path_id("id", "organisation")?;
    let include_deleted = output_options(&call.params)?.include_deleted;
    Ok(raw_json(StatusCode::OK, call.ask(&Query::GetOrg { org_id, include_deleted })?))
}

/// `update_org`: 200 with the organisation.
pub(super) async fn update(call: Call) -> Result<Response, Failure> {
    let UpdatePayload { name, description, parent_id: parent } = call.json()?;
    let organisation = call.path_id("id", "organisation")?;
    let before = view(&call, &organisation);
    let command =
        UpdateOrganisation { organisation: organisation.clone(), name, description, parent };
    call.execute(command, NewIds::Ulid).await?;
    reply(&call, organisation, before.unwrap_or_default())
}

/// `delete_org`, reversible: 200 with the organisation.
pub(super) async fn delete(call: Call) -> Result<Response, Failure> {
    let organisation = call.path_id("id", "organisation")?;
    let cascade = call.params.switch(&["cascade"])?;
    let before = view(&call, &organisation);
    let command = SoftDeleteOrganisation { organisation: organisation.clone(), cascade };
    call.execute(command, NewIds::Ulid).await?;
    reply(&call, organisation, before.unwrap_or_default())
}

/// Undoes a deletion [3-23]: 200 with the organisation. Implied by the seed, not named.
pub(super) async fn restore(call: Call) -> Result<Response, Failure> {
    let organisation = call.path_id("id", "organisation")?;
    let before = view(&call, &organisation);
    call.execute(RestoreOrganisation { organisation: organisation.clone() }, NewIds::Ulid).await?;
    reply(&call, organisation, before.unwrap_or_default())
}

/// `hard_delete_org`: 200 with the organisation as it was.
pub(super) async fn purge(call: Call) -> Result<Response, Failure> {
    let organisation = call.path_id("id", "organisation")?;
    let before = view(&call, &organisation);
    call.execute(PurgeOrganisation { organisation: organisation.clone() }, NewIds::Ulid).await?;
    Ok(json(StatusCode::OK, &with_id(before.unwrap_or_default(), &organisation)))
}

/// `include_deleted`, `only_deleted`, `include_metadata`, as the SDKs write them [3-14, C-87].
pub(super) fn output_options(params: &Params) -> Result<OutputOptions, Failure> {
    let switch = |flat, camel, deep| params.switch(&[flat, camel, deep]);
    Ok(OutputOptions {
        include_deleted: switch(
            "include_deleted",
            "includeDeleted",
            "output_options[include_deleted]",
        )?,
        only_deleted: switch("only_deleted", "onlyDeleted", "output_options[only_deleted]")?,
        include_metadata: switch(
            "include_metadata",
            "includeMetadata",
            "output_options[include_metadata]",
        )?,
    })
}

/// `limit` with `cursor` or `offset` [3-14, C-18, C-19].
pub(super) fn pagination(params: &Params) -> Result<Pagination, Failure> {
    Ok(Pagination {
        limit: params.number(&["limit", "pagination[limit]"])?,
        cursor: params.text(&["cursor", "pagination[cursor]"])?.map(Into::into),
        offset: params.number(&["offset", "pagination[offset]"])?,
    })
}

/// The organisation as the caller may see it; nothing where they may not.
fn view(call: &Call, organisation: &Id) -> Option<Value> {
    let query = Query::GetOrg { org_id: organisation.clone(), include_deleted: true };
    let body = call.answer(&query, |_, answer| serde_json::to_value(&answer)).ok()?;
    body.ok()
}

/// The organisation as it is now; what was known before, for a caller who may change but not see it.
fn reply(call: &Call, organisation: Id, before: Value) -> Result<Response, Failure> {
    let now = view(call, &organisation);
    Ok(json(StatusCode::OK, &now.unwrap_or_else(|| with_id(before, &organisation))))
}

fn with_id(body: Value, organisation: &Id) -> Value {
    let mut body = if body.is_object() { body } else { json!({ "user_roles": {} }) };
    if body.get("id").is_none() {
        body["id"] = organisation.to_text().into();
    }
    body
}
