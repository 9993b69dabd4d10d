//! Users of companies and their permission groups [4-1..4-20, C-88].

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use vestibule::commands::{CreateUser, OutcomeDetails, SetPermissionGroups};
use vestibule::{Id, IdForm};

use crate::http::{Call, Failure, NewIds, json};

/// The body of the PATCH [4-20], and the company where there are several memberships of one kind [C-81].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupsPayload {
    permission_group_ids: Vec<Id>,
    #[serde(default)]
    organization_id: Option<Id>,
}

/// Creates a user: 201 with the user and their id.
pub(super) async fn create(call: Call) -> Result<Response, Failure> {
    let mut body: Map<String, Value> = call.json()?;
    let sent = body.clone();
    let kind = match call.path("org_type") {
        "management" => "pmo",
        "tenants" => "tenant",
        "vendors" => "vendor",
        other => return Err(call.let_in(Failure::not_found("kind of organisation", other))),
    };
    let company = call.path_uuid("org_id", "organisation")?;
    // These two come from the path: in the body they are as unknown as any other field.
    for (name, value) in [("organization_type", kind), ("path_organization_id", &company.to_text())]
    {
        if body.insert(name.into(), value.into()).is_some() {
            let message = format!("unknown field `{name}`");
            return Err(call.let_in(Failure::invalid("invalid_body", name, message)));
        }
    }
    let command: CreateUser = serde_json::from_value(Value::Object(body))
        .map_err(|error| call.let_in(Failure::invalid("invalid_body", "", error.to_string())))?;
    require_uuids(&call, &command)?;
    let outcome = call.execute(command, NewIds::Uuid).await?;
    let OutcomeDetails::Person { person } = outcome.details else {
        return Err(Failure::internal());
    };
    Ok(json(StatusCode::CREATED, &created(sent, &person)))
}

/// Replaces the permission groups of a user: 200 with the user.
pub(super) async fn set_permission_groups(call: Call) -> Result<Response, Failure> {
    let GroupsPayload { permission_group_ids, organization_id } = call.json()?;
    require_uuid(&call, "permission_group_ids", &permission_group_ids)?;
    require_uuid(&call, "organization_id", organization_id.as_slice())?;
    let person = call.path_uuid("id", "user")?;
    let command = SetPermissionGroups {
        person: person.clone(),
        permission_group_ids: permission_group_ids.clone(),
        organization_id,
    };
    call.execute(command, NewIds::Uuid).await?;
    let mut groups = permission_group_ids;
    groups.sort_unstable();
    groups.dedup();
    let body = call.app.engine.read(|directory| {
        let contact = directory.contact(person.as_ref());
        json!({
            "id": person,
            "name": contact.and_then(|contact| contact.name),
            "email": contact.and_then(|contact| contact.email),
            "permission_group_ids": groups,
        })
    })?;
    Ok(json(StatusCode::OK, &body))
}

/// The user as sent, with the id, and with what is taken to be where it was left out.
fn created(mut user: Map<String, Value>, person: &Id) -> Value {
    user.insert("id".into(), person.to_text().into());
    for (name, absent) in [
        ("automatic_property_access", json!(false)),
        ("send_welcome_email", json!(false)),
        ("building_ids", json!([])),
        ("permission_group_ids", json!([])),
    ] {
        user.entry(name).or_insert(absent);
    }
    Value::Object(user)
}

fn require_uuids(call: &Call, command: &CreateUser) -> Result<(), Failure> {
    let one = core::slice::from_ref;
    require_uuid(call, "account_id", one(&command.account_id))?;
    require_uuid(call, "organization_id", one(&command.organization_id))?;
    require_uuid(call, "job_function_id", command.job_function_id.as_slice())?;
    require_uuid(call, "permission_group_ids", &command.permission_group_ids)?;
    require_uuid(call, "building_ids", &command.building_ids)
}

/// Ids of this system are UUIDs [C-70].
fn require_uuid(call: &Call, field: &str, ids: &[Id]) -> Result<(), Failure> {
    match ids.iter().find(|id| id.form() != IdForm::Uuid) {
        None => Ok(()),
        Some(id) => {
            let message = format!("`{field}`: `{id}` is no UUID");
            Err(call.let_in(Failure::invalid("invalid_id", field, message)))
        }
    }
}
