//! Building users of an integration [0-2..0-31, 1-11..1-21].

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use vestibule::commands::{
    Actor, AddBuildingUser, ApplyResidentPlan, DesiredBuildingUser, OutcomeDetails,
    RemoveBuildingUser, ResidentPlan, SetSiteRole,
};
use vestibule::{Directory, Id, Principal, Query, Request, Resource, RolePath};

use crate::http::{Call, Failure, NewIds, json, no_content, raw_json};
use crate::ids;

/// `AddBuildingUserPayload` [0-9], and the unit in which they live from now on [C-11].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddPayload {
    user_id: Id,
    role: RolePath,
    #[serde(default)]
    unit_id: Option<Id>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RolePayload {
    role: RolePath,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DiffPayload {
    desired: Vec<DesiredBuildingUser>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanPayload {
    plan: ResidentPlan,
    #[serde(default)]
    force: bool,
}

fn integration(call: &Call) -> Result<Id, Failure> {
    call.require_org()?;
    call.path_id("id", "integration")
}

/// `list_building_users`: 200 with a bare array [0-14].
pub(super) async fn list(call: Call) -> Result<Response, Failure> {
    let query = Query::ListBuildingUsers { integration_id: integration(&call)? };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}

/// `add_building_user`: 201 with the row, also where it was so already [0-15, C-6].
pub(super) async fn add(call: Call) -> Result<Response, Failure> {
    let AddPayload { user_id: person, role, unit_id: unit } = call.json()?;
    let integration = integration(&call)?;
    let command = AddBuildingUser { integration: integration.clone(), person, role, unit };
    let outcome = call.execute(command, NewIds::Ulid).await?;
    let OutcomeDetails::BuildingUser { person, role, units } = outcome.details else {
        return Err(Failure::internal());
    };
    let row = json!({ "user_id": person, "role": role, "apartments": units });
    Ok(json(StatusCode::CREATED, &with_contact(&call, &integration, row, &person)?))
}

/// `delete_building_user`: 204 [0-16].
pub(super) async fn remove(call: Call) -> Result<Response, Failure> {
    let integration = integration(&call)?;
    let person = person(&call)?;
    let read = |text: &str| text.parse().ok();
    let unit = call.params.id("unit_id", read)?;
    call.execute(RemoveBuildingUser { integration, person, unit }, NewIds::Ulid).await?;
    Ok(no_content())
}

/// Replaces the roles of a building user by one [C-8]. Not in the seeds.
pub(super) async fn set_role(call: Call) -> Result<Response, Failure> {
    let RolePayload { role } = call.json()?;
    let integration = integration(&call)?;
    let person = person(&call)?;
    let command = SetSiteRole { integration: integration.clone(), person, role: role.clone() };
    let outcome = call.execute(command, NewIds::Ulid).await?;
    let OutcomeDetails::Person { person } = outcome.details else {
        return Err(Failure::internal());
    };
    let row = json!({ "user_id": person, "role": role });
    Ok(json(StatusCode::OK, &with_contact(&call, &integration, row, &person)?))
}

/// What would make the building users those that are desired [1-19]. Not in the seeds.
pub(super) async fn diff(call: Call) -> Result<Response, Failure> {
    let DiffPayload { desired } = call.json()?;
    let query = Query::DiffBuildingUsers { integration_id: integration(&call)?, desired };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}

/// Carries out a plan, whole or not at all [1-19]. Not in the seeds.
pub(super) async fn plan(call: Call) -> Result<Response, Failure> {
    let PlanPayload { plan, force } = call.json()?;
    let command = ApplyResidentPlan { integration: integration(&call)?, plan, force };
    let outcome = call.execute(command, NewIds::Ulid).await?;
    Ok(json(StatusCode::OK, &json!({ "kind": outcome.kind, "details": outcome.details })))
}

/// The site roles that the caller may give to another [1-13]. Not in the seeds.
pub(super) async fn assignable_roles(call: Call) -> Result<Response, Failure> {
    let query = Query::ListAssignableRoles { integration_id: integration(&call)? };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}

/// Who is shown in the lobby [1-21]. Not in the seeds.
pub(super) async fn lobby_directory(call: Call) -> Result<Response, Failure> {
    let query = Query::LobbyDirectory { integration_id: integration(&call)? };
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}

/// The person in the path. Of one who is called like a route, the router has no parameter.
fn person(call: &Call) -> Result<Id, Failure> {
    match call.path("user_id") {
        "" => call.last_segment().parse().map_err(|_| Failure::not_found("user", "")),
        _ => call.path_id("user_id", "user"),
    }
}

/// `BuildingUserResponse` has name and address where there are any [C-87]; the address only for who may list building users:
/// a household adds people of whom it knows no more than an id [C-66].
fn with_contact(
    call: &Call,
    integration: &Id,
    mut row: Value,
    person: &Id,
) -> Result<Value, Failure> {
    call.app.engine.read(|directory| {
        let contact = directory.contact(person.as_ref());
        if let Some(name) = contact.and_then(|contact| contact.name) {
            row["user_name"] = name.into();
        }
        let email = contact.and_then(|contact| contact.email);
        if let Some(email) = email.filter(|_| may_list(call, directory, integration)) {
            row["user_email"] = email.into();
        }
    })?;
    Ok(row)
}

fn may_list(call: &Call, directory: &Directory, integration: &Id) -> bool {
    let principal = match &call.actor {
        Actor::Person(id) => Principal::Person(id.as_ref()),
        Actor::UnitToken { unit, .. } => Principal::UnitToken(unit.as_ref()),
        _ => return false,
    };
    let integration = Resource::Integration(integration.as_ref());
    directory
        .decide(&Request::new(principal, "integrations:read", integration, ids::now()))
        .is_allow()
}
