//! One decision from text. Not in the seeds.
//!
//! Everybody may ask about themselves; about others may ask who may read the resource: such as the panel at the door.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use vestibule::{Actor, Directory, Principal, Request, Resource, TextRequest, Timestamp};

use crate::http::{Call, Failure, json};
use crate::ids;

/// A request as text [C-85].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    principal: String,
    action: String,
    resource: String,
    #[serde(default)]
    acting_org: Option<String>,
    /// Absent: now.
    #[serde(default)]
    at: Option<Timestamp>,
}

/// 200 with the decision.
pub(super) async fn decide(call: Call) -> Result<Response, Failure> {
    let question: Question = call.json()?;
    call.require_known()?;
    let request = TextRequest {
        principal: &question.principal,
        action: &question.action,
        resource: &question.resource,
        acting_org: question.acting_org.as_deref(),
        at: question.at.unwrap_or_else(ids::now),
    };
    let request = request
        .parse()
        .map_err(|error| Failure::invalid("invalid_request", error.field(), error.to_string()))?;
    let decision = call.app.engine.read(|directory| {
        let may = may_ask(directory, &call.actor, &request);
        may.then(|| directory.decide(&request))
    })?;
    let decision = decision.ok_or_else(|| {
        let message = "only about yourself, or a resource that you may read";
        Failure::new(StatusCode::FORBIDDEN, "missing_permission", message)
    })?;
    let body = json!({
        "effect": if decision.is_allow() { "allow" } else { "deny" },
        "reason": decision.reason().as_str(),
        "basis": decision.basis().as_str(),
        // The end of time is no instant that means anything to a reader.
        "until": Some(decision.until()).filter(|until| until.as_millis() != i64::MAX),
    });
    Ok(json(StatusCode::OK, &body))
}

fn may_ask(directory: &Directory, actor: &Actor, request: &Request<'_>) -> bool {
    let caller = match actor {
        Actor::Person(id) => Principal::Person(id.as_ref()),
        Actor::UnitToken { unit, .. } => Principal::UnitToken(unit.as_ref()),
        _ => return false,
    };
    let is_self = directory
        .principal(caller)
        .is_some_and(|handle| directory.principal(request.principal) == Some(handle));
    is_self || {
        let key = reading(request.resource);
        directory.decide(&Request::new(caller, key, request.resource, ids::now())).is_allow()
    }
}

/// The key with which a resource is read [C-72].
fn reading(resource: Resource<'_>) -> &'static str {
    match resource {
        Resource::Platform | Resource::Organisation(_) => "orgs:read",
        Resource::Building(_) => "buildings:read",
        Resource::Integration(_) => "integrations:read",
        Resource::Unit(_) => "units:read",
        Resource::Door(_) => "doors:read",
        // No key: who may read it is not known here, so nobody may ask about others.
        _ => "",
    }
}
