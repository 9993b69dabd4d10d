//! Every command and query of the library under one address each, and the state of the server. Not in the seeds.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use vestibule::{Command, Id, Query};

use super::unit_users::{may_call, take_call};
use crate::app::App;
use crate::http::{Call, Failure, NewIds, json, raw_json};

/// Whether the server answers, and from which revision. Needs no key, tells nothing else.
pub(super) async fn health(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let revision = app.engine.read(vestibule::Directory::revision)?;
    Ok(json(StatusCode::OK, &json!({ "status": "ok", "revision": revision })))
}

/// Carries out a command as the library writes it: 200 with the kind of outcome, its details, and the revision.
pub(super) async fn command(call: Call) -> Result<Response, Failure> {
    let command: Command = call.json()?;
    call.require_org()?;
    let new_ids = match command {
        // Who is made here must have a name in the routes of seed 4 too [C-70].
        Command::CreateUser(_) => NewIds::Uuid,
        _ => NewIds::Ulid,
    };
    if let Some(property) = property_of_command(&command) {
        may_call(&call, property, &command)?;
    }
    let outcome = call.execute(command, new_ids).await?;
    let body = json!({
        "kind": outcome.kind,
        "details": outcome.details,
        "revision": outcome.change.map(|change| change.revision),
    });
    Ok(json(StatusCode::OK, &body))
}

/// Answers a query as the library writes it.
pub(super) async fn query(call: Call) -> Result<Response, Failure> {
    let query: Query = call.json()?;
    call.require_org()?;
    let body = call.ask(&query)?;
    if let Some(property) = property_of_query(&query) {
        take_call(&call, property)?;
    }
    Ok(raw_json(StatusCode::OK, body))
}

/// The property whose rate a command of seed 2 counts against, by whatever address it comes [2-6].
const fn property_of_command(command: &Command) -> Option<&Id> {
    match command {
        Command::UpdateUnitUser(command) => Some(&command.property),
        Command::AddUnitUserDevice(command) => Some(&command.property),
        Command::RemoveUnitUserDevice(command) => Some(&command.property),
        _ => None,
    }
}

const fn property_of_query(query: &Query) -> Option<&Id> {
    match query {
        Query::GetUnitUser { property_id, .. }
        | Query::QueryUnitUsers { property_id, .. }
        | Query::UnitUserDevices { property_id, .. } => Some(property_id),
        _ => None,
    }
}
