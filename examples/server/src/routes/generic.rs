//! Every command and query of the library under one address each, and the state of the server. Not in the seeds.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use vestibule::{Command, Query};

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
    Ok(raw_json(StatusCode::OK, call.ask(&query)?))
}
