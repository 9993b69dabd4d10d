//! Unit users of the resident portal [2-11..2-46].
//!
//! A call counts against the rate of its property once it is one that the caller may make; refused for its rate is only
//! what nothing else is wrong with, since limits come last [C-16].

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use vestibule::commands::{OutcomeDetails, UpdateUnitUser};
use vestibule::queries::{UnitUserSearch, UnitUserView};
use vestibule::{Answer, CheckStep, Command, Id, IdForm, Query};

use super::passphrase;
use crate::engine::EngineError;
use crate::http::{Call, Failure, NewIds, json};
use crate::ids;

/// Details of a unit user: 200 [2-13].
pub(super) async fn get(call: Call) -> Result<Response, Failure> {
    let (property_id, user_id) = (property(&call)?, call.path_uuid("user_id", "unit user")?);
    let unit_id = unit(&call)?;
    let query = Query::GetUnitUser { property_id: property_id.clone(), user_id, unit_id };
    let body = call.answer(&query, |_, answer| match answer {
        Answer::UnitUser(user) => Some(resource(&call, &property_id, &user)),
        _ => None,
    })?;
    take_call(&call, &property_id)?;
    Ok(json(StatusCode::OK, &body.ok_or_else(Failure::internal)?))
}

/// Unit users by page: 200 [2-28]. No body means the first page.
pub(super) async fn query(call: Call) -> Result<Response, Failure> {
    let search: UnitUserSearch = call.json_or_default()?;
    if search.user_id.as_ref().is_some_and(|id| id.form() != IdForm::Uuid) {
        let failure = Failure::invalid("invalid_id", "userId", "`userId` is no UUID");
        return Err(call.let_in(failure));
    }
    let property_id = property(&call)?;
    let query = Query::QueryUnitUsers { property_id: property_id.clone(), search };
    let body = call.answer(&query, |_, answer| match answer {
        Answer::UnitUsers(page) => {
            let mut body = serde_json::to_value(&page).ok()?;
            let rows = page.content.iter().map(|user| resource(&call, &property_id, user));
            body["content"] = rows.collect();
            Some(body)
        }
        _ => None,
    })?;
    take_call(&call, &property_id)?;
    Ok(json(StatusCode::OK, &body.ok_or_else(Failure::internal)?))
}

/// Updates a unit user in part: 200 with the operations that it started [2-25].
pub(super) async fn update(call: Call) -> Result<Response, Failure> {
    let body: Map<String, Value> = call.json()?;
    let taken = passphrase::take(body).map_err(|failure| call.let_in(failure))?;
    let property = property(&call)?;
    let person = call.path_uuid("user_id", "unit user")?;
    let unit = unit(&call)?;
    let command = Command::from(UpdateUnitUser {
        property: property.clone(),
        person,
        unit,
        patch: taken.patch,
    });
    may_call(&call, &property, &command)?;
    if let Some((_, secret)) = &taken.secret {
        vestibule::commands::check_passphrase(secret.reveal()).map_err(vestibule::Error::from)?;
    }
    let secrets = taken.secret.into_iter().collect();
    let outcome = call.execute_with(command, NewIds::Ulid, secrets).await?;
    let mut body = Map::new();
    if let OutcomeDetails::UnitUser { persona_update, dpsk_update } = outcome.details {
        let operations = [("personaUpdateId", persona_update), ("dpskUpdateId", dpsk_update)];
        for (name, id) in operations {
            if let Some(id) = id {
                body.insert(name.into(), id.to_text().into());
            }
        }
    }
    Ok(json(StatusCode::OK, &body))
}

pub(super) fn property(call: &Call) -> Result<Id, Failure> {
    call.path_uuid("property_id", "building")
}

/// Which unit, for those who live in several; not in the seed.
fn unit(call: &Call) -> Result<Option<Id>, Failure> {
    call.params.id("unit_id", |text| text.parse().ok())
}

/// Takes a call of a property.
pub(super) fn take_call(call: &Call, property: &Id) -> Result<(), Failure> {
    let now = ids::now();
    let taken = call.app.engine.read(|directory| {
        let mut rates = call.app.rates.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        directory.rate_check(&mut rates, property, now)
    })?;
    Ok(taken?)
}

/// Looks whether the caller may make a call that changes something, and takes it. A caller who may not know of the
/// property takes none from those who may.
pub(super) fn may_call(call: &Call, property: &Id, command: &Command) -> Result<(), Failure> {
    let refusal = match call.check(command) {
        Ok(()) => return take_call(call, property),
        Err(refusal) => refusal,
    };
    if let EngineError::Refused(error) = &refusal
        && error.step() > CheckStep::Permission
    {
        let _last_check = take_call(call, property);
    }
    Err(refusal.into())
}

/// A unit user with links [2-21], and with the passphrase where the server shows it [C-26].
fn resource(call: &Call, property: &Id, user: &UnitUserView<'_>) -> Value {
    let Ok(mut body) = serde_json::to_value(user) else { return Value::Null };
    // Only what these routes take back is worth a link [C-70].
    let id = match user.user_id.form() {
        IdForm::Uuid => user.user_id.to_string(),
        _ => call.path("user_id").to_owned(),
    };
    if !id.is_empty() {
        let this = format!("/residents/properties/{property}/units/users/{id}");
        let devices = format!("{this}/devices");
        body["_links"] = json!({ "self": { "href": this }, "devices": { "href": devices } });
    }
    let revealed = call.app.revealed.as_ref().zip(user.secret.as_ref());
    if let Some((revealed, secret)) = revealed
        && let Ok(revealed) = revealed.read()
        && let Some(text) = revealed.get(&secret.to_string())
    {
        body["passphrase"] = text.reveal().into();
    }
    body
}
