//! Seed 4: users of companies, their permission groups, and the lists beside them.

use serde_json::{Value, json};

use crate::support::{Client, Server, Temporary};

const COMPANY: &str = "dde0c713-4f70-419e-bc5c-ef5985e9aa0c";
const ACCOUNT: &str = "5c1b0f4e-90d2-4a77-8e35-61f2a7c9d013";
const BUILDING: &str = "8244c57b-5c0f-4c8e-9a3d-1f2e3d4c5b6a";
const JOB: &str = "ba407f58-6a5b-4c3d-9e8f-7a6b5c4d3e2f";
const GROUP: &str = "7bde8ab8-2f4d-4d6c-8b1a-0c9e8f7a6b5d";
const TENANT_GROUP: &str = "6c3d1f20-2f4d-4d6c-8b1a-0c9e8f7a6b5d";
const EMPLOYEE: &str = "71a9d0ce-4d25-4a0b-8c6d-d1e2f3a4b5c6";

/// The body of the document's sample [4-16, 4-17].
fn sample() -> Value {
    json!({
        "userType": "pmo", "account_id": ACCOUNT, "organization_id": COMPANY,
        "email": "api2@test.example", "first_name": "API2", "last_name": "Test2", "name": "API2 Test2",
        "send_welcome_email": false, "job_function_id": JOB, "building_ids": [BUILDING],
        "permission_group_ids": [GROUP], "mobile_phone": "",
    })
}

fn users() -> String {
    format!("/organizations/management/{COMPANY}/users")
}

/// 4-1..4-18, 4-16, C-88.
#[test]
fn creates_a_user() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin");
    let created = admin.post(&users(), &sample()).expect(201);
    let id = created["id"].as_str().unwrap();
    assert_eq!(id.len(), 36);
    for (field, value) in sample().as_object().unwrap() {
        assert_eq!(&created[field], value, "{field}");
    }
    assert_eq!(created["automatic_property_access"], false);
    admin.post(&users(), &sample()).refused(409, "email_exists");
    // What was made has a name in the other routes of this system.
    let patched =
        admin.patch(&format!("/users/{id}"), &json!({ "permission_group_ids": [] })).expect(200);
    assert_eq!(patched["permission_group_ids"], json!([]));
}

/// 4-2..4-6, 4-13, C-16, C-33, C-34, C-70.
#[test]
fn refuses_wrong_users() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin");
    let mut refused = |field: &str, value: Value, status: u16, code: &str| {
        let mut body = sample();
        body[field] = value;
        admin.post(&users(), &body).refused(status, code);
    };
    refused("userType", json!("vendor"), 400, "user_type_mismatch");
    refused("organization_id", json!(ACCOUNT), 400, "id_mismatch");
    refused("building_ids", json!([]), 400, "building_ids_required");
    refused("building_ids", json!([GROUP]), 400, "unknown_building");
    refused("permission_group_ids", json!([TENANT_GROUP]), 400, "org_type_mismatch");
    refused("email", Value::Null, 400, "invalid_body");
    refused("building_ids", json!(["not-a-uuid"]), 400, "invalid_id");
    refused("organization_type", json!("pmo"), 400, "invalid_body");
    refused("admin", json!(true), 400, "invalid_body");
    let vendors = users().replace("management", "vendors");
    admin.post(&vendors, &sample()).refused(404, "not_found");
    let by_name = users().replace(COMPANY, "01HORG00000000000000000000");
    admin.post(&by_name, &sample()).refused(404, "not_found");
    admin.post(&users().replace("management", "pmo"), &sample()).refused(404, "not_found");
    server.client("stranger").post(&users(), &sample()).expect(403);
    Client::nobody(&server.address).post(&users(), &sample()).refused(401, "unauthenticated");
}

/// 4-19, 4-20, C-31.
#[test]
fn replaces_permission_groups() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin");
    let path = format!("/users/{EMPLOYEE}");
    let lobby = json!({ "principal": format!("person:{EMPLOYEE}"), "action": "doors:read", "resource": "door:lobby" });
    assert_eq!(admin.post("/v1/decide", &lobby).expect(200)["effect"], "deny");
    let user = admin.patch(&path, &json!({ "permission_group_ids": [GROUP, GROUP] })).expect(200);
    let expected = json!({
        "id": EMPLOYEE, "name": "Employee", "email": "employee@operator.example", "permission_group_ids": [GROUP],
    });
    assert_eq!(user, expected);
    assert_eq!(admin.post("/v1/decide", &lobby).expect(200)["effect"], "allow");
    admin.patch(&path, &json!({ "permission_group_ids": [COMPANY] })).expect(400);
    admin
        .patch(&path, &json!({ "permission_group_ids": [TENANT_GROUP] }))
        .refused(400, "org_type_mismatch");
    admin.patch(&path, &json!({})).refused(400, "invalid_body");
    admin
        .patch("/users/employee", &json!({ "permission_group_ids": [] }))
        .refused(404, "not_found");
    server
        .client("stranger")
        .patch(&path, &json!({ "permission_group_ids": [] }))
        .refused(404, "not_found");
}

/// 4-21, 4-22, C-35, C-88.
#[test]
fn lists_permission_groups() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin");
    let path = format!("/accounts/{ACCOUNT}/permission_groups");
    let groups = admin.get(&format!("{path}?organization_type__in=pmo")).expect(200);
    let row = json!({ "id": GROUP, "name": "Desk", "organization_type": "pmo" });
    assert!(groups.as_array().unwrap().contains(&row));
    assert!(groups.as_array().unwrap().iter().all(|group| group["organization_type"] == "pmo"));
    let of_user = format!("{path}?organization_type__in=pmo&user_id={EMPLOYEE}");
    assert_eq!(admin.get(&of_user).expect(200), json!([]));
    admin
        .patch(&format!("/users/{EMPLOYEE}"), &json!({ "permission_group_ids": [GROUP] }))
        .expect(200);
    assert_eq!(admin.get(&of_user).expect(200), json!([row]));
    admin.get(&format!("{path}?organization_type__in=staff")).refused(400, "invalid_parameter");
    admin.get("/accounts/none/permission_groups").refused(404, "not_found");
}

/// 4-23, C-88.
#[test]
fn lists_job_functions() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin");
    let functions = admin.get("/job_functions?organization_type__in=pmo").expect(200);
    let row = json!({ "id": JOB, "name": "Receptionist", "organization_type": "pmo" });
    assert!(functions.as_array().unwrap().contains(&row));
    let tenants = admin.get("/job_functions?organization_type__in=tenant,vendor").expect(200);
    assert!(!tenants.as_array().unwrap().contains(&row));
    Client::nobody(&server.address).get("/job_functions").refused(401, "unauthenticated");
}

/// 4-24..4-30, C-36, C-37.
#[test]
fn searches_organisations() {
    let data = Temporary::new();
    let server = Server::start(&data);
    let mut admin = server.client("org-admin");
    let ids = |found: Value| -> Vec<String> {
        let rows = found.as_array().unwrap().clone();
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let path = format!(
        "/organizations/search?organization_type__in=tenant,pmo,vendor&membership_user_id={EMPLOYEE}\
         &building_scope={BUILDING}&account_scope={ACCOUNT}"
    );
    assert_eq!(ids(admin.get(&path).expect(200)), ["01HORG00000000000000000000"]);
    let elsewhere = path.replace(BUILDING, "9911aa22-5c0f-4c8e-9a3d-1f2e3d4c5b6a");
    assert_eq!(ids(admin.get(&elsewhere).expect(200)), Vec::<String>::new());
    let tenants =
        format!("/organizations/search?organization_type__in=tenant&building_scope={BUILDING}");
    assert_eq!(ids(admin.get(&tenants).expect(200)), ["c0a8012e-3b77-4d1a-9a44-0d5f6e7a8b90"]);
    admin
        .get("/organizations/search?organization_type__in=staff")
        .refused(400, "invalid_parameter");
    admin.get("/organizations/search?building_scope=here").refused(400, "invalid_parameter");
}
