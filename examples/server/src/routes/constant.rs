//! One answer to everything, of the size of a short list, for comparison under load.

use axum::http::StatusCode;
use axum::response::Response;

use crate::http::raw_json;

const BODY: &[u8] = br#"[{"user_id":"01HXAMARA0000000000000000A","role":"virtual_access:integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG:resident","apartments":["mc-203"],"user_email":"amara.okafor@example.org","user_name":"Amara Okafor"}]"#;

pub(super) async fn answer() -> Response {
    raw_json(StatusCode::OK, BODY.to_vec())
}
