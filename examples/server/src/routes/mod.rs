//! The routes of seeds 0 to 4 as they are written there, and a few of our own.

mod building_users;
mod constant;
mod decide;
mod generic;
mod lists;
mod organisation_users;
mod organisations;
mod passphrase;
mod unit_devices;
mod unit_users;
mod users;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::routing::{delete, get, patch, post};
use axum::{Router, middleware};

use crate::app::App;
use crate::http::{Failure, frame};

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let routes = Router::new()
        .nest("/api/v1", openapp())
        .merge(resident_portal())
        .merge(prism())
        .merge(own())
        .fallback(|| async {
            Failure::new(StatusCode::NOT_FOUND, "not_found", "nothing is at this address")
        })
        .method_not_allowed_fallback(|| async {
            Failure::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "this address takes other methods",
            )
        });
    routes.layer(middleware::from_fn_with_state(Arc::clone(&app), frame)).with_state(app)
}

/// The same addresses, each answered with a constant: what a request costs without any of the work.
pub fn constant_router(app: Arc<App>) -> Router {
    let routes = Router::new().fallback(constant::answer);
    routes.layer(middleware::from_fn_with_state(Arc::clone(&app), frame)).with_state(app)
}

/// Seeds 0, 1 and 3, under their base address [1-11].
fn openapp() -> Router<Arc<App>> {
    use {building_users as site, organisation_users as members, organisations as orgs};
    let users = "/integrations/{id}/building-users";
    Router::new()
        .route(users, get(site::list).post(site::add))
        .route(&format!("{users}/{{user_id}}"), delete(site::remove).put(site::set_role))
        // Somebody may be called `diff` or `plan`: what is not a POST is about them.
        .route(&format!("{users}/diff"), post(site::diff).delete(site::remove).put(site::set_role))
        .route(&format!("{users}/plan"), post(site::plan).delete(site::remove).put(site::set_role))
        .route("/integrations/{id}/assignable-roles", get(site::assignable_roles))
        .route("/integrations/{id}/lobby-directory", get(site::lobby_directory))
        .route("/orgs", get(orgs::list).post(orgs::create))
        .route("/orgs/{id}", get(orgs::get).put(orgs::update).delete(orgs::delete))
        .route("/orgs/{id}/purge", delete(orgs::purge))
        .route("/orgs/{id}/restore", post(orgs::restore))
        .route("/orgs/{id}/permissions", get(members::permissions))
        .route("/orgs/{id}/users", get(members::list))
}

/// Seed 2, which names its operations without addresses.
fn resident_portal() -> Router<Arc<App>> {
    let users = "/residents/properties/{property_id}/units/users";
    Router::new()
        .route(&format!("{users}/query"), post(unit_users::query))
        .route(&format!("{users}/{{user_id}}"), get(unit_users::get).put(unit_users::update))
        .route(&format!("{users}/{{user_id}}/devices"), get(unit_devices::list))
        .route(&format!("{users}/{{user_id}}/devices/{{device_id}}"), delete(unit_devices::remove))
}

/// Seed 4, at the root of its host.
fn prism() -> Router<Arc<App>> {
    Router::new()
        .route("/organizations/{org_type}/{org_id}/users", post(users::create))
        .route("/users/{id}", patch(users::set_permission_groups))
        .route("/accounts/{id}/permission_groups", get(lists::permission_groups))
        .route("/job_functions", get(lists::job_functions))
        .route("/organizations/search", get(lists::search_organizations))
}

/// What no seed has.
fn own() -> Router<Arc<App>> {
    Router::new()
        .route("/healthz", get(generic::health))
        .route("/v1/commands", post(generic::command))
        .route("/v1/queries", post(generic::query))
        .route("/v1/decide", post(decide::decide))
}
