//! What no seed has: the routes of our own.

use serde_json::json;

use crate::support::{
    Client, INTEGRATION, ORG, PROPERTY, RESIDENT, Server, Start, Temporary, USER, wait_until,
};

#[test]
fn tells_its_health_to_everybody() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let health = Client::nobody(&server.address).get("/healthz").expect(200);
    assert_eq!(health, json!({ "status": "ok", "revision": 1 }));
}

/// 1-13: what may be given, by whom.
#[test]
fn lists_assignable_roles() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let path = format!("/api/v1/integrations/{INTEGRATION}/assignable-roles");
    let roles = server.client("site-admin").acting_for(ORG).get(&path).expect(200);
    assert!(roles.as_array().unwrap().contains(&json!(RESIDENT)));
    server.client("stranger").acting_for(ORG).get(&path).expect(403);
}

/// 1-19: what a nightly sync asks, and does; C-8.
#[test]
fn plans_and_carries_out() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("site-admin").acting_for(ORG);
    let users = format!("/api/v1/integrations/{INTEGRATION}/building-users");
    let site_admin = format!("virtual_access:integration:{INTEGRATION}:admin");
    let desired = json!({ "desired": [
        { "user_id": USER, "role": RESIDENT }, { "user_id": "site-admin", "role": site_admin },
    ] });
    let plan = admin.post(&format!("{users}/diff"), &desired).expect(200);
    assert_eq!((&plan["add"][0]["user_id"], &plan["unchanged"]), (&json!(USER), &json!(1)));
    admin.post(&format!("{users}/plan"), &json!({ "plan": plan })).expect(200);
    let again = admin.post(&format!("{users}/diff"), &desired).expect(200);
    assert_eq!(
        (&again["add"], &again["remove"], &again["change"]),
        (&json!([]), &json!([]), &json!([]))
    );
    // Somebody called like a route is a person all the same.
    admin.delete(&format!("{users}/diff")).refused(404, "not_found");
    admin.delete(&format!("{users}/plan")).refused(404, "not_found");
}

/// E.4: every command and query under one address.
#[test]
fn takes_commands_and_queries() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("site-admin").acting_for(ORG);
    let add = json!({ "command": "add_building_user", "integration_id": INTEGRATION, "user_id": USER, "role": RESIDENT });
    let outcome = admin.post("/v1/commands", &add).expect(200);
    assert_eq!((&outcome["kind"], &outcome["revision"]), (&json!("created"), &json!(2)));
    let repeated = admin.post("/v1/commands", &add).expect(200);
    assert_eq!((&repeated["kind"], &repeated["revision"]), (&json!("unchanged"), &json!(null)));
    let list = json!({ "query": "list_building_users", "integration_id": INTEGRATION });
    assert_eq!(admin.post("/v1/queries", &list).expect(200).as_array().unwrap().len(), 2);
    admin.post("/v1/commands", &json!({ "command": "open_sesame" })).refused(400, "invalid_body");
    admin.post("/v1/queries", &json!({ "query": "everything" })).refused(400, "invalid_body");
    let import = json!({ "command": "import_estate", "estate": { "version": 1 } });
    admin.post("/v1/commands", &import).refused(409, "directory_not_empty");
    Client::nobody(&server.address).post("/v1/commands", &add).refused(401, "unauthenticated");
}

/// Nobody learns about others what they may not read.
#[test]
fn decides_for_those_who_may_ask() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let question = |who: &str| json!({ "principal": format!("person:{who}"), "action": "doors:open", "resource": "door:lobby" });
    let own = server.client("neighbour").post("/v1/decide", &question("neighbour")).expect(200);
    assert_eq!((&own["effect"], &own["basis"]), (&json!("allow"), &json!("residency")));
    server
        .client("neighbour")
        .post("/v1/decide", &question("flat-admin"))
        .refused(403, "missing_permission");
    assert_eq!(
        server.client("site-admin").post("/v1/decide", &question("stranger")).expect(200)["effect"],
        "deny"
    );
    server.client("gone").post("/v1/decide", &question("gone")).refused(401, "unauthenticated");
    server
        .client("old-token-1")
        .post("/v1/decide", &question("neighbour"))
        .refused(401, "unauthenticated");
    let malformed =
        json!({ "principal": "neighbour", "action": "doors:open", "resource": "door:lobby" });
    server.client("neighbour").post("/v1/decide", &malformed).refused(400, "invalid_request");
}

/// For the comparison under load: the same server without the work.
#[test]
fn answers_a_constant_when_told() {
    let data = Temporary::new();
    let server = Start::new(data.path()).with(&["--log", "off", "--constant"]).server();
    let users = format!("/api/v1/integrations/{INTEGRATION}/building-users");
    let constant = Client::nobody(&server.address).get(&users).expect(200);
    assert_eq!(Client::nobody(&server.address).delete("/api/v1/orgs/any").expect(200), constant);
}

/// 2-5: a unit that is created gets a token, and a rotated token is another one.
#[test]
fn makes_tokens_of_units() {
    let data = Temporary::new();
    let start = Start::new(data.path()).with(&["--log", "off"]);
    let server = start.server();
    let mut admin = server.client("org-admin");
    let unit =
        json!({ "id": "flat-3", "number": "3", "building": PROPERTY, "integration": INTEGRATION });
    admin.post("/v1/commands", &json!({ "command": "create_unit", "unit": unit })).expect(200);
    let users = format!("/residents/properties/{PROPERTY}/units/users/query");
    let token = |generation: u32| {
        let file = data.path().join(format!("unit-token-flat-3-{generation}.txt"));
        wait_until(|| data.path().join("unit-tokens.json").exists() && file.exists());
        std::fs::read_to_string(file).unwrap()
    };
    // The import made the first revision, the unit is of the second.
    let first = token(2);
    let ask = |server: &Server, token: &str| {
        Client::new(&server.address, token).send("POST", &users, None)
    };
    wait_until(|| ask(&server, &first).status == 200);

    admin
        .post("/v1/commands", &json!({ "command": "rotate_unit_token", "unit_id": "flat-3" }))
        .expect(200);
    ask(&server, &first).refused(401, "unauthenticated");
    let second = token(3);
    wait_until(|| ask(&server, &second).status == 200);
    assert!(
        !std::fs::read_to_string(data.path().join("unit-tokens.json")).unwrap().contains(&second)
    );
    server.stop();
    let server = start.server();
    ask(&server, &second).expect(200);
    ask(&server, &first).refused(401, "unauthenticated");
}
