//! Seed 2: the resident portal.

use serde_json::json;

use crate::support::{Client, ORG, PROPERTY, Server, Start, Temporary, UNIT_USER, wait_until};

fn users() -> String {
    format!("/residents/properties/{PROPERTY}/units/users")
}

fn user() -> String {
    format!("{}/{UNIT_USER}", users())
}

/// 2-11..2-22, 2-4: by the token of the unit, with links [2-21] and without the passphrase [C-26].
#[test]
fn shows_a_unit_user() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let shown = server.client("token-1").get(&user()).expect(200);
    let expected = json!({
        "userId": UNIT_USER, "userName": "Unit User", "email": "unit@user.example",
        "phoneNumber": "+31201234567", "status": "ACTIVE", "type": "UNIT",
        "_links": { "self": { "href": user() }, "devices": { "href": format!("{}/devices", user()) } },
    });
    assert_eq!(shown, expected);
    assert_eq!(
        server
            .client("token-1")
            .get(
                &user()
                    .to_uppercase()
                    .replace("/RESIDENTS/PROPERTIES", "/residents/properties")
                    .replace("UNITS/USERS", "units/users")
            )
            .expect(200)["userId"],
        UNIT_USER
    );
}

/// 2-4, C-70, C-76: what is not this caller's is not there.
#[test]
fn hides_what_is_not_the_callers() {
    let data = Temporary::new();
    let server = Server::start(&data);
    server.client("stranger").get(&user()).refused(404, "not_found");
    server.client("old-token-1").get(&user()).refused(401, "unauthenticated");
    Client::nobody(&server.address).get(&user()).refused(401, "unauthenticated");
    let mut token = server.client("token-1");
    token.get(&format!("{}/flat-admin", users())).refused(404, "not_found");
    token
        .get(&user().replace(PROPERTY, "9911aa22-5c0f-4c8e-9a3d-1f2e3d4c5b6a"))
        .refused(404, "not_found");
    token.get(&user().replace(PROPERTY, "not-a-uuid")).refused(404, "not_found");
    token
        .get(&format!("{}/00000000-0000-0000-0000-000000000000", users()))
        .refused(404, "not_found");
}

/// 2-23..2-27, C-23, C-24: the whole object as the sample has it, with links as clients send them back.
#[test]
fn updates_in_part() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut token = server.client("token-1");
    let mut whole = token.get(&user()).expect(200);

    assert_eq!(token.put(&user(), &whole).expect(200), json!({}));
    whole["email"] = "new@user.example".into();
    let operations = token.put(&user(), &whole).expect(200);
    assert!(operations["personaUpdateId"].is_string() && operations["dpskUpdateId"].is_null());
    assert_eq!(token.get(&user()).expect(200)["email"], "new@user.example");

    let blocked = token.put(&user(), &json!({ "status": "BLOCKED" })).expect(200);
    assert!(blocked["personaUpdateId"].is_string() && blocked["dpskUpdateId"].is_string());
    let lobby = json!({ "principal": format!("person:{UNIT_USER}"), "action": "doors:open", "resource": "door:lobby" });
    let decision = server.client("site-admin").post("/v1/decide", &lobby).expect(200);
    assert_eq!(decision["effect"], "deny");
    token.put(&user(), &json!({ "status": "ACTIVE" })).expect(200);

    token.put(&user(), &json!({ "type": "GUEST" })).refused(400, "immutable_field");
    token.put(&user(), &json!({ "userId": PROPERTY })).refused(400, "id_mismatch");
    token.put(&user(), &json!({ "phoneNumber": "12345678901234567" })).expect(400);
    token.put(&user(), &json!({ "status": "blocked" })).refused(400, "invalid_body");
    token.send("PUT", &user(), None).refused(400, "invalid_body");
}

/// 2-18, 2-25, C-25, C-26: the passphrase is kept apart, shown only where the server is told to, and made anew for "".
#[test]
fn passphrases() {
    let data = Temporary::new();
    let start = Start::new(data.path()).with(&["--log", "off", "--reveal-passphrases"]);
    let server = start.server();
    let mut token = server.client("token-1");
    let passphrase = || server.client("token-1").get(&user()).expect(200)["passphrase"].clone();
    assert!(passphrase().is_null());

    token.put(&user(), &json!({ "passphrase": "short" })).expect(400);
    let refused = token.put(&user(), &json!({ "passphrase": "sécret phrase" }));
    assert!(!refused.text.contains("cret"), "an error repeats a passphrase: {refused:?}");
    let set = token.put(&user(), &json!({ "passphrase": "correct horse 1" })).expect(200);
    assert!(set["dpskUpdateId"].is_string() && set["personaUpdateId"].is_null());
    wait_until(|| passphrase() == "correct horse 1");

    token.put(&user(), &json!({ "passphrase": "" })).expect(200);
    wait_until(|| passphrase().as_str().is_some_and(|text| text.len() == 16));
    let made = passphrase();
    server.stop();

    // It is in the vault, and nowhere else.
    let journal = rusqlite::Connection::open(data.journal()).unwrap();
    let text = |sql: &str| journal.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    let made_text = made.as_str().unwrap();
    assert_eq!(text("SELECT group_concat(secret) FROM vault"), made_text);
    let changes = text("SELECT group_concat(body) FROM changes");
    assert!(!changes.contains("correct horse") && !changes.contains(made_text));
    drop(journal);
    for file in std::fs::read_dir(data.path()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        // What was replaced is overwritten in the journal too.
        assert!(!has("correct horse"), "{}", path.display());
        assert!(path == data.journal() || !has(made_text), "{}", path.display());
    }
    // And it is there after a restart.
    let server = start.server();
    assert_eq!(server.client("token-1").get(&user()).expect(200)["passphrase"], made);
    drop(server);
    let server = Server::start(&data);
    assert!(server.client("token-1").get(&user()).expect(200)["passphrase"].is_null());
}

/// 2-28..2-45, C-21, C-22.
#[test]
fn queries_by_page() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin").acting_for(ORG);
    let path = format!("{}/query", users());
    let page = admin.send("POST", &path, None).expect(200);
    assert_eq!((page["size"].as_u64(), page["number"].as_u64()), (Some(20), Some(0)));
    assert_eq!(
        (&page["first"], &page["last"], &page["empty"]),
        (&json!(true), &json!(true), &json!(false))
    );
    assert_eq!(page["totalElements"], page["content"].as_array().unwrap().len());
    let zero = json!({ "sortDirection": "ASC", "page": 0, "pageSize": 0, "sortFields": "userId" });
    assert_eq!(admin.post(&path, &zero).expect(200)["content"], page["content"]);
    let one = admin.post(&path, &json!({ "userId": UNIT_USER })).expect(200);
    assert_eq!(one["content"][0]["userId"], UNIT_USER);
    assert_eq!(one["content"][0]["_links"]["self"]["href"], user());
    assert_eq!(one["totalElements"], 1);
    let beyond = admin.post(&path, &json!({ "page": 9, "pageSize": 1 })).expect(200);
    assert_eq!((&beyond["content"], &beyond["last"]), (&json!([]), &json!(true)));
    admin.post(&path, &json!({ "page": -1 })).expect(400);
    admin.post(&path, &json!({ "sortFields": ["name"] })).expect(400);
    admin.post(&path, &json!({ "userId": "flat-admin" })).refused(400, "invalid_id");
    // The token of a unit sees its own.
    let own = server.client("token-1").send("POST", &path, None).expect(200);
    assert_eq!(own["totalElements"], 2);
}

/// 2-47..2-50, C-2.
#[test]
fn devices() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut token = server.client("token-1");
    let devices = format!("{}/devices", user());
    let shown = token.get(&devices).expect(200);
    assert_eq!(shown["contents"].as_array().unwrap().len(), 1);
    assert_eq!(shown["_links"]["self"]["href"], devices);
    token.delete(&format!("{devices}/AA:BB:CC:DD:EE:02")).refused(404, "not_found");
    let removed = token.delete(&format!("{devices}/AA%3ABB:CC:DD:EE:01"));
    assert_eq!((removed.status, removed.text.as_str()), (204, ""));
    assert_eq!(token.get(&devices).expect(200)["contents"], json!([]));
    token.delete(&format!("{devices}/AA:BB:CC:DD:EE:01")).refused(404, "not_found");
    server.client("stranger").get(&devices).refused(404, "not_found");
}
