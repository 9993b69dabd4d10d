//! What is around every request: its name, its time limit, a net for panics, and one line in the log.

use core::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use vestibule::Id;

use super::Failure;
use crate::app::App;
use crate::ids;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names a request, runs it, and renders how it failed.
pub(crate) async fn frame(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let id = request_id(&request);
    let method = request.method().clone();
    // The route, not the address: an address has ids of people in it.
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    request.extensions_mut().insert(id.clone());

    let running = AssertUnwindSafe(next.run(request)).catch_unwind();
    let mut response = match tokio::time::timeout(app.limits.request, running).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Failure::internal().into_response(),
        Err(_) => Failure::new(
            StatusCode::REQUEST_TIMEOUT,
            "request_timeout",
            "the request took too long; it may or may not have been carried out",
        )
        .into_response(),
    };
    let failure = response.extensions_mut().remove::<Failure>();
    let code = failure.as_ref().map(|failure| failure.code().to_owned());
    if let Some(failure) = failure {
        response = failure.render(&id);
    }
    if let Ok(value) = HeaderValue::from_str(&id.to_text()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    tracing::info!(
        request = %id,
        %method,
        route = route.as_deref().unwrap_or("none"),
        status = response.status().as_u16(),
        code = code.as_deref().unwrap_or("ok"),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "answered"
    );
    response
}

/// What the client calls the request where that is an id, else a new one.
fn request_id(request: &Request) -> Id {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    given.and_then(|text| text.parse().ok()).unwrap_or_else(ids::ulid)
}
