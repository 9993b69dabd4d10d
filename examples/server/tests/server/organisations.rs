//! Seed 3: organisations over HTTP, as its SDK examples ask.

use serde_json::json;

use crate::support::{Client, ORG, PARENT, Server, Temporary};

/// 3-5..3-11, 3-16, 3-22, 3-23, 3-24, C-87: create, get, list, update, delete, restore, purge.
#[test]
fn the_life_of_an_organisation() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin");

    let created = admin
        .post("/api/v1/orgs", &json!({ "name": "Field Office", "parent_id": PARENT }))
        .expect(200);
    assert_eq!(created["name"], json!({ "value": { "en": "Field Office" } }));
    assert_eq!(created["parent_id"], PARENT);
    assert!(created["user_roles"].is_object());
    let id = created["id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 26);
    let org = format!("/api/v1/orgs/{id}");

    assert_eq!(admin.get(&org).expect(200), created);
    let listed = admin.get("/api/v1/orgs?limit=50").expect(200);
    let ids: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|org| org["id"].clone()).collect();
    assert_eq!(listed["total"], ids.len());
    assert!(
        ids.contains(&json!(id)) && ids.contains(&json!(ORG)) && !ids.contains(&json!("elsewhere"))
    );

    let renamed = json!({ "name": { "value": { "en": "Field Office (renamed)" } } });
    let updated = admin.put(&org, &renamed).expect(200);
    assert_eq!(updated["name"]["value"]["en"], "Field Office (renamed)");
    assert_eq!(updated["parent_id"], PARENT);

    admin.delete(&format!("{org}/purge")).refused(409, "purge_preconditions");
    assert_eq!(admin.delete(&org).expect(200)["id"], id.as_str());
    admin.get(&org).refused(404, "not_found");
    let deleted = admin.get(&format!("{org}?include_deleted=true")).expect(200);
    assert!(deleted["deleted_at"].is_string());
    let all = admin.get("/api/v1/orgs?only_deleted=true").expect(200);
    assert_eq!(all["items"][0]["id"], id.as_str());
    admin.put(&org, &renamed).refused(409, "org_deleted");

    assert_eq!(admin.send("POST", &format!("{org}/restore"), None).expect(200), updated);
    admin.delete(&org).expect(200);
    assert_eq!(admin.delete(&format!("{org}/purge")).expect(200)["id"], id.as_str());
    admin.get(&format!("{org}?include_deleted=true")).refused(404, "not_found");
    let mut platform = server.client("platform");
    let again = json!({ "name": "Again", "id": id });
    platform.post("/api/v1/orgs", &again).expect(409);
}

/// 3-26, 3-27, 3-28, C-16, C-76.
#[test]
fn refusals() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin");
    let mut stranger = server.client("stranger");
    Client::nobody(&server.address).get("/api/v1/orgs").refused(401, "unauthenticated");
    admin.get("/api/v1/orgs/none").refused(404, "not_found");
    admin.get("/api/v1/orgs/a:b").refused(404, "not_found");
    stranger.get(&format!("/api/v1/orgs/{ORG}")).expect(403);
    stranger.delete(&format!("/api/v1/orgs/{ORG}")).expect(403);
    admin
        .post("/api/v1/orgs", &json!({ "name": "", "parent_id": PARENT }))
        .refused(400, "org_name_required");
    admin.post("/api/v1/orgs", &json!({ "name": "Root" })).expect(403);
    admin.post("/api/v1/orgs", &json!({ "nam": "x" })).refused(400, "invalid_body");
    let spaced = admin.post("/api/v1/orgs", &json!({ "name": "x", "parent_id": " x" }));
    assert_eq!(spaced.refused(400, "invalid_body")["details"][0]["field"], "parent_id");
    admin.put(&format!("/api/v1/orgs/{ORG}"), &json!({ "name": null })).expect(400);
    admin.get("/api/v1/orgs?limit=0").expect(400);
    admin.get("/api/v1/orgs?limit=many").refused(400, "invalid_parameter");
    admin.get("/api/v1/orgs?limit=1&limit=2").refused(400, "duplicate_parameter");
    admin.get("/api/v1/orgs?include_deleted=perhaps").refused(400, "invalid_parameter");
    admin.get("/api/v1/orgs?cursor=AAAA").refused(400, "invalid_cursor");
    // 3-13: images of organisations are not exposed.
    admin.send("POST", &format!("/api/v1/orgs/{ORG}/image"), None).refused(404, "not_found");
}

/// 3-14, C-18, C-19: both ways through a list give the same.
#[test]
fn pages() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin");
    for number in 0..5 {
        admin
            .post("/api/v1/orgs", &json!({ "name": format!("{number}"), "parent_id": ORG }))
            .expect(200);
    }
    let whole = admin.get("/api/v1/orgs").expect(200)["items"].as_array().unwrap().clone();
    let (mut by_cursor, mut by_offset) = (Vec::new(), Vec::new());
    let mut cursor = String::new();
    loop {
        let page = admin.get(&format!("/api/v1/orgs?limit=3{cursor}")).expect(200);
        by_cursor.extend(page["items"].as_array().unwrap().clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    for offset in (0..whole.len()).step_by(3) {
        let path = format!("/api/v1/orgs?pagination[limit]=3&pagination[offset]={offset}");
        by_offset.extend(admin.get(&path).expect(200)["items"].as_array().unwrap().clone());
    }
    assert_eq!((&by_cursor, &by_offset), (&whole, &whole));
}

/// 3-11, 3-30, C-48.
#[test]
fn permissions_of_the_caller() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let path = format!("/api/v1/orgs/{ORG}/permissions");
    let held = server.client("org-admin").get(&path).expect(200);
    let held = held["permissions"].as_array().unwrap().clone();
    assert!(held.contains(&json!("orgs:update")) && held.contains(&json!("users:list")));
    assert_eq!(server.client("stranger").get(&path).expect(200), json!({ "permissions": [] }));
    server.client("stranger").get("/api/v1/orgs/none/permissions").refused(404, "not_found");
}

/// 3-12, 3-31, 3-32, C-87.
#[test]
fn users_of_an_organisation() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let path = |org: &str, query: &str| format!("/api/v1/orgs/{org}/users{query}");
    server.client("org-admin").get(&path(ORG, "")).refused(403, "org_context_required");
    let mut admin = server.client("org-admin").acting_for(PARENT);
    let own = admin.get(&path(PARENT, "")).expect(200);
    assert_eq!(
        (own["total"].as_u64(), own["items"][0]["id"].as_str()),
        (Some(1), Some("org-admin"))
    );
    assert_eq!(own["items"][0]["roles"], json!({ PARENT: ["admin"] }));
    let all = admin.get(&path(PARENT, "?recursive=true&limit=2")).expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    assert_eq!(all["total"], 4);
    admin.get(&path(PARENT, "?recursive=yes")).refused(400, "invalid_parameter");
    server.client("stranger").acting_for(PARENT).get(&path(PARENT, "")).expect(403);
}
