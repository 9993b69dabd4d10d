//! Malformed, oversized, slow and hostile requests: the right status, no panic, bounded memory.

use core::time::Duration;
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use serde_json::json;

use crate::support::http::{connect, read_answer};
use crate::support::{Answer, INTEGRATION, ORG, RESIDENT, Server, Start, Temporary, USER};

fn raw(server: &Server, request: &[u8]) -> std::io::Result<Answer> {
    let mut stream = connect(&server.address)?;
    stream.write_all(request)?;
    read_answer(&mut BufReader::new(stream))
}

fn still_answers(server: &mut Server) {
    assert!(server.is_running());
    server.client("org-admin").get("/api/v1/orgs").expect(200);
}

#[test]
fn malformed_requests() {
    let data = Temporary::new();
    let mut server = Server::start(&data);
    let requests: [&[u8]; 7] = [
        b"\r\n\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /healthz HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /healthz HTTP/1.1\r\nhost: a\r\nbad header\r\n\r\n",
        b"POST /healthz HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        b"POST /healthz HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
    ];
    for request in requests {
        let mut stream = connect(&server.address).unwrap();
        stream.write_all(request).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _reset = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{request:?}: {answer}");
    }
    still_answers(&mut server);
}

#[test]
fn odd_paths_and_bodies() {
    let data = Temporary::new();
    let mut server = Server::start(&data);
    let mut admin = server.client("org-admin").acting_for(ORG);
    for path in [
        "/api/v1/orgs/%ff",
        "/api/v1/orgs/%00",
        "/api/v1/orgs/..%2f..%2fetc",
        "/api/v1/orgs//",
        "/api/v1/orgs/*",
    ] {
        admin.get(path).refused(404, "not_found");
    }
    let long = format!("/api/v1/orgs/{}", "x".repeat(5000));
    admin.get(&long).refused(404, "not_found");
    let users = format!("/api/v1/integrations/{INTEGRATION}/building-users");
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    for body in [
        "",
        "null",
        "[]",
        "\"x\"",
        "{",
        "{}{}",
        "\u{0}",
        "{\"user_id\":\"a\",\"user_id\":\"b\",\"role\":\"c\"}",
        &deep,
    ] {
        admin.send("POST", &users, Some(body)).refused(400, "invalid_body");
    }
    let huge_number = format!("{{\"user_id\":1{},\"role\":\"x\"}}", "0".repeat(400));
    admin.send("POST", &users, Some(&huge_number)).refused(400, "invalid_body");
    let overlong = json!({ "user_id": "x".repeat(65), "role": RESIDENT });
    admin.post(&users, &overlong).refused(400, "invalid_body");
    admin.send("PROPFIND", &users, None).refused(405, "method_not_allowed");
    still_answers(&mut server);
}

#[test]
fn odd_keys() {
    let data = Temporary::new();
    let server = Server::start(&data);
    for value in [
        "",
        "Bearer",
        "Bearer ",
        "Basic b3JnLWFkbWlu",
        "Bearer v1_openapp_org-admin x",
        &format!("Bearer {}", "k".repeat(4000)),
    ] {
        let request =
            format!("GET /api/v1/orgs HTTP/1.1\r\nhost: a\r\nauthorization: {value}\r\n\r\n");
        raw(&server, request.as_bytes()).unwrap().refused(401, "unauthenticated");
    }
    // Two keys say two things.
    let two = "GET /api/v1/orgs HTTP/1.1\r\nhost: a\r\nauthorization: Bearer v1_openapp_org-admin\r\n\
               authorization: Bearer v1_openapp_platform\r\n\r\n";
    raw(&server, two.as_bytes()).unwrap().refused(401, "unauthenticated");
}

#[test]
fn oversized_requests() {
    let data = Temporary::new();
    let mut server = Server::start(&data);
    let users = format!("/api/v1/integrations/{INTEGRATION}/building-users");
    let mut admin = server.client("site-admin").acting_for(ORG);
    let padded = |size: usize| {
        let body = json!({ "user_id": USER, "role": RESIDENT }).to_string();
        format!("{body}{}", " ".repeat(size - body.len()))
    };
    assert_eq!(admin.send("POST", &users, Some(&padded(64 * 1024))).status, 201);
    admin.send("POST", &users, Some(&padded(64 * 1024 + 1))).refused(413, "body_too_large");

    // In chunks, without saying beforehand how much: it stops reading.
    let before = server.memory_kib();
    let mut stream = connect(&server.address).unwrap();
    let head = format!(
        "POST {users} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer v1_openapp_site-admin\r\nx-org: {ORG}\r\n\
         transfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let sent = (0..1000).take_while(|_| stream.write_all(chunk.as_bytes()).is_ok()).count();
    assert!(sent < 1000, "64 MB were taken");
    assert!(server.memory_kib() < before + 16 * 1024);

    let long = format!("GET /healthz HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "y".repeat(100_000));
    let answer = raw(&server, long.as_bytes());
    assert!(answer.map_or(true, |answer| answer.status == 431));
    still_answers(&mut server);
}

#[test]
fn slow_requests() {
    let data = Temporary::new();
    let arguments = ["--log", "off", "--header-timeout-ms", "300", "--request-timeout-ms", "600"];
    let mut server = Start::new(data.path()).with(&arguments).server();

    // A head that never ends.
    let started = Instant::now();
    let mut slow = connect(&server.address).unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\n").unwrap();
    let mut rest = Vec::new();
    let _reset = slow.read_to_end(&mut rest);
    assert!(started.elapsed() < Duration::from_secs(5), "a slow head was waited for");

    // A body that never ends.
    let head = "POST /v1/queries HTTP/1.1\r\nhost: a\r\nauthorization: Bearer v1_openapp_org-admin\r\n\
                content-length: 100\r\n\r\n{";
    raw(&server, head.as_bytes()).unwrap().refused(408, "request_timeout");

    // A connection that says nothing.
    let mut idle = connect(&server.address).unwrap();
    let mut rest = Vec::new();
    let started = Instant::now();
    let _reset = idle.read_to_end(&mut rest);
    assert!(started.elapsed() < Duration::from_secs(5), "an idle connection was kept");
    still_answers(&mut server);
}

/// Connections beyond the bound wait, and get their turn when the idle ones are cut off.
#[test]
fn many_connections() {
    let data = Temporary::new();
    let arguments = ["--log", "off", "--max-connections", "8", "--header-timeout-ms", "200"];
    let mut server = Start::new(data.path()).with(&arguments).server();
    let before = server.memory_kib();
    let idle: Vec<TcpStream> = (0..40).filter_map(|_| connect(&server.address).ok()).collect();
    assert!(server.memory_kib() < before + 16 * 1024);
    still_answers(&mut server);
    drop(idle);
}
