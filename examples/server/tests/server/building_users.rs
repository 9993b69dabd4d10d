//! Seeds 0 and 1: the three operations as their documents write them, and how they fail.

use serde_json::json;

use crate::support::{Client, INTEGRATION, ORG, RESIDENT, Server, Temporary, USER};

fn users() -> String {
    format!("/api/v1/integrations/{INTEGRATION}/building-users")
}

fn user(id: &str) -> String {
    format!("{}/{id}", users())
}

/// 1-11, 1-14, 1-15, 1-16: list, add, remove with a bearer key and `X-Org` [0-2..0-4, 0-14..0-16, C-6, C-87].
#[test]
fn lists_adds_and_removes() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("site-admin").acting_for(ORG);

    let before = admin.get(&users()).expect(200);
    let roles: Vec<_> =
        before.as_array().unwrap().iter().map(|row| row["user_id"].clone()).collect();
    assert_eq!(roles, ["site-admin"]);

    let added = admin.post(&users(), &json!({ "user_id": USER, "role": RESIDENT })).expect(201);
    let row = json!({
        "user_id": USER, "role": RESIDENT, "apartments": [],
        "user_name": "User", "user_email": "user@operator.example",
    });
    assert_eq!(added, row);
    // The same again is no conflict.
    assert_eq!(
        admin.post(&users(), &json!({ "user_id": USER, "role": RESIDENT })).expect(201),
        row
    );

    let listed = admin.get(&users()).expect(200);
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert!(listed.as_array().unwrap().contains(&row));

    let removed = admin.delete(&user(USER));
    assert_eq!((removed.status, removed.text.as_str()), (204, ""));
    assert_eq!(admin.get(&users()).expect(200), before);
    admin.delete(&user(USER)).refused(404, "not_found");
}

/// 0-6, 0-7, 0-17, 0-18, C-14, C-15.
#[test]
fn needs_a_key_and_an_organisation() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let nobody = Client::nobody(&server.address).acting_for(ORG).get(&users());
    nobody.refused(401, "unauthenticated");
    assert_eq!(nobody.header("www-authenticate"), Some("Bearer"));
    server.client("unknown").acting_for(ORG).get(&users()).refused(401, "unauthenticated");
    server.client("gone").acting_for(ORG).get(&users()).refused(401, "unauthenticated");
    server.client("old-token-1").acting_for(ORG).get(&users()).refused(401, "unauthenticated");

    let mut admin = server.client("site-admin");
    admin.get(&users()).refused(403, "org_context_required");
    admin
        .post(&users(), &json!({ "user_id": USER, "role": RESIDENT }))
        .refused(403, "org_context_required");
    admin.delete(&user(USER)).refused(403, "org_context_required");
    let mut malformed = server.client("site-admin").acting_for("no id: this");
    malformed.get(&users()).refused(403, "org_context");
    let mut elsewhere = server.client("site-admin").acting_for("elsewhere");
    assert!([403, 404].contains(&elsewhere.get(&users()).status));
}

/// 0-18..0-20, C-16: who may not, what is not there, what is wrong.
#[test]
fn refuses_in_the_order_of_the_contract() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("site-admin").acting_for(ORG);
    let mut stranger = server.client("stranger").acting_for(ORG);
    let add = json!({ "user_id": USER, "role": RESIDENT });

    stranger.post(&users(), &add).expect(403);
    admin.get("/api/v1/integrations/none/building-users").refused(404, "not_found");
    admin.get("/api/v1/integrations/a%20b/building-users").refused(404, "not_found");
    admin
        .post(&users(), &json!({ "user_id": "nobody", "role": RESIDENT }))
        .refused(400, "unknown_user");
    admin
        .post(&users(), &json!({ "user_id": "guest", "role": RESIDENT }))
        .refused(400, "guest_not_allowed");
    let other = RESIDENT.replace(INTEGRATION, "far-panel");
    admin
        .post(&users(), &json!({ "user_id": USER, "role": other }))
        .refused(400, "role_scope_mismatch");

    let missing = admin.post(&users(), &json!({ "user_id": USER }));
    assert!(missing.refused(400, "invalid_body")["message"].as_str().unwrap().contains("role"));
    let unknown = json!({ "user_id": USER, "role": RESIDENT, "admin": true });
    admin.post(&users(), &unknown).refused(400, "invalid_body");
    let spaced = admin.post(&users(), &json!({ "user_id": " x", "role": RESIDENT }));
    assert_eq!(spaced.refused(400, "invalid_body")["details"][0]["field"], "user_id");
    // Right after authentication [C-76], so before the organisation is looked at, and not before the key is.
    server.client("site-admin").send("POST", &users(), Some("{")).refused(400, "invalid_body");
    server.client("gone").send("POST", &users(), Some("{")).refused(401, "unauthenticated");
    Client::nobody(&server.address)
        .send("POST", &users(), Some("{"))
        .refused(401, "unauthenticated");
}

/// What comes in as the name of a request goes out with it, and is in the error.
#[test]
fn names_requests() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut client = server.client("site-admin").with("x-request-id", "sync-2026-11-24.7");
    let answer = client.get(&users());
    answer.refused(403, "org_context_required");
    assert_eq!(answer.header("x-request-id"), Some("sync-2026-11-24.7"));
    let mut odd = server.client("site-admin").with("x-request-id", "a b");
    assert_ne!(odd.get(&users()).header("x-request-id"), Some("a b"));
}
