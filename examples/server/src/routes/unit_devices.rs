//! Devices of unit users [2-47..2-50].

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use vestibule::commands::RemoveUnitUserDevice;
use vestibule::{Command, Query};

use super::unit_users::{may_call, property, take_call};
use crate::http::{Call, Failure, NewIds, json, no_content};

/// The devices: 200 with `contents` and links [2-48].
pub(super) async fn list(call: Call) -> Result<Response, Failure> {
    let (property_id, user_id) = (property(&call)?, call.path_uuid("user_id", "unit user")?);
    let this = format!("/residents/properties/{property_id}/units/users/{user_id}/devices");
    let query = Query::UnitUserDevices { property_id: property_id.clone(), user_id };
    let body: serde_json::Result<Value> =
        call.answer(&query, |_, answer| serde_json::to_value(&answer))?;
    take_call(&call, &property_id)?;
    let mut body = body.map_err(|_| Failure::internal())?;
    body["_links"] = json!({ "self": { "href": this } });
    Ok(json(StatusCode::OK, &body))
}

/// Removes a device: 204 [2-50].
pub(super) async fn remove(call: Call) -> Result<Response, Failure> {
    let (property, person) = (property(&call)?, call.path_uuid("user_id", "unit user")?);
    let device_id = call.path("device_id").into();
    let command =
        Command::from(RemoveUnitUserDevice { property: property.clone(), person, device_id });
    may_call(&call, &property, &command)?;
    call.execute(command, NewIds::Ulid).await?;
    Ok(no_content())
}
