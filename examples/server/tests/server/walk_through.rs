//! The walk-through of the README: an apartment administrator adds a room-mate.

use serde_json::json;

use crate::support::{Client, INTEGRATION, MapleCourt, ORG, RESIDENT, Server, Temporary};

/// What the README shows, with the one command that starts everything.
#[test]
fn the_readme_on_maple_court() {
    let data = Temporary::new();
    let started = MapleCourt::start(&data);
    let client = |who: &str| {
        Client::new(&started.server.address, started.key(who)).acting_for("linden-homes")
    };
    let site = "/api/v1/integrations/01JBMC7Q2ZK4N8VX3TRWAHE5DG";
    assert!(started.greeting.contains(&format!("curl -s http://{}{site}", started.server.address)));
    let users = format!("{site}/building-users");
    let (mut amara, mut leila) = (client("Amara"), client("Leila"));
    let door = json!({
        "principal": "person:hannah-lowe", "action": "doors:open", "resource": "door:mc-front",
    });
    let role = |name: &str| format!("virtual_access:integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG:{name}");
    let add = |name: &str| json!({ "user_id": "hannah-lowe", "role": role(name) });

    assert_eq!(leila.post("/v1/decide", &door).expect(200)["effect"], "deny");
    let row = amara.post(&users, &add("resident")).expect(201);
    assert_eq!(row["apartments"], json!(["mc-203"]));
    assert_eq!(leila.post("/v1/decide", &door).expect(200)["basis"], "residency");
    let lobby = leila.get(&format!("{site}/lobby-directory")).expect(200);
    let unit = lobby.as_array().unwrap().iter().find(|unit| unit["number"] == "203").unwrap();
    let hannah = json!({ "person": "hannah-lowe", "name": "Hannah Lowe" });
    assert!(unit["residents"].as_array().unwrap().contains(&hannah), "{unit}");

    let mut elsewhere = add("resident");
    elsewhere["unit_id"] = "mc-204".into();
    amara.post(&users, &elsewhere).refused(403, "delegation_scope");
    amara.post(&users, &add("admin")).refused(403, "escalation");
    amara.post(&users, &add("*")).refused(403, "escalation");

    // The keys are shown once, and kept as hashes only.
    let kept = std::fs::read_to_string(data.path().join("keys.json")).unwrap();
    assert!(!kept.contains(started.key("Leila")));
    started.server.stop();
    assert!(!MapleCourt::start(&data).greeting.contains("v1_openapp_"));
}

/// 1-1, 1-2, 1-18, 1-21, C-4, C-66: at once the room-mate opens the lobby and is in the directory; nothing more is given.
#[test]
fn an_apartment_administrator_adds_a_room_mate() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let site = format!("/api/v1/integrations/{INTEGRATION}");
    let mut flat = server.client("flat-admin").acting_for(ORG);
    let mut mate = server.client("room-mate");
    let lobby = json!({ "principal": "person:room-mate", "action": "doors:open", "resource": "door:lobby" });

    assert_eq!(mate.post("/v1/decide", &lobby).expect(200)["effect"], "deny");

    let add = json!({ "user_id": "room-mate", "role": RESIDENT });
    let row = flat.post(&format!("{site}/building-users"), &add).expect(201);
    assert_eq!(row["apartments"], json!(["flat-1"]));

    assert_eq!(mate.post("/v1/decide", &lobby).expect(200)["effect"], "allow");
    let mut site_admin = server.client("site-admin").acting_for(ORG);
    let directory = site_admin.get(&format!("{site}/lobby-directory")).expect(200);
    let flat_1 =
        directory.as_array().unwrap().iter().find(|unit| unit["unit"] == "flat-1").unwrap();
    let listed: Vec<_> =
        flat_1["residents"].as_array().unwrap().iter().map(|r| r["person"].clone()).collect();
    assert!(listed.contains(&json!("room-mate")), "{directory}");

    let users = format!("{site}/building-users");
    let to_flat_2 = json!({ "user_id": "stranger", "role": RESIDENT, "unit_id": "flat-2" });
    flat.post(&users, &to_flat_2).refused(403, "delegation_scope");
    for role in ["admin", "*"] {
        let role = format!("virtual_access:integration:{INTEGRATION}:{role}");
        let more = json!({ "user_id": "stranger", "role": role });
        flat.post(&users, &more).refused(403, "escalation");
    }
    // None of the refused tries left anything.
    let listed = site_admin.get(&users).expect(200);
    assert!(listed.as_array().unwrap().iter().all(|row| row["user_id"] != "stranger"), "{listed}");

    assert_eq!(flat.delete(&format!("{users}/room-mate")).status, 204);
    assert_eq!(mate.post("/v1/decide", &lobby).expect(200)["effect"], "deny");
}
