//! How a request fails: the body is that of the contract everywhere [0-21].

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use vestibule::{ApiError, ErrorDetail, Id, RateLimited};

use crate::engine::EngineError;

/// The longest message that repeats what a client sent.
const MAX_MESSAGE_CHARS: usize = 300;

/// A status with its body, which gets its correlation id on the way out.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    body: ApiError,
    retry_after: Option<u64>,
}

impl Failure {
    pub(crate) fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let message: String = message.into().chars().take(MAX_MESSAGE_CHARS).collect();
        let body = ApiError {
            message,
            error_code: code.into(),
            correlation_id: None,
            details: Vec::new(),
        };
        Self { status, body, retry_after: None }
    }

    pub(crate) fn unauthenticated() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthenticated",
            "nobody is authenticated, expected a known key in `Authorization: Bearer`",
        )
    }

    pub(crate) fn not_found(kind: &str, id: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("no {kind} `{id}`"))
    }

    pub(crate) fn invalid(code: &str, field: &str, message: impl Into<String>) -> Self {
        let mut failure = Self::new(StatusCode::BAD_REQUEST, code, message);
        if !field.is_empty() && field != "." {
            failure.body.details =
                vec![ErrorDetail { field: Some(field.into()), code: code.into(), message: None }];
        }
        failure
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "something failed inside the server",
        )
    }

    fn unavailable(code: &str, message: String) -> Self {
        let failure = Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message);
        Self { retry_after: Some(1), ..failure }
    }

    pub(crate) fn code(&self) -> &str {
        &self.body.error_code
    }

    pub(crate) fn is_unauthenticated(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED
    }

    /// The answer, with the name of the request.
    pub(crate) fn render(mut self, correlation_id: &Id) -> Response {
        self.body.correlation_id = Some(correlation_id.to_text());
        let mut response = super::json(self.status, &self.body);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

impl IntoResponse for Failure {
    /// An empty answer that carries the failure to [`super::frame`].
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<vestibule::Error> for Failure {
    fn from(error: vestibule::Error) -> Self {
        let status = StatusCode::from_u16(error.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, body: error.to_api_error(&anonymous()), retry_after: None }
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let message = error.to_string();
        match error {
            EngineError::Refused(error) => (*error).into(),
            EngineError::Busy => Self::unavailable("busy", message),
            EngineError::Late => Self::unavailable("too_late", message),
            EngineError::Journal { code, .. } => Self::unavailable(code, message),
            EngineError::Stopped => Self::unavailable("stopping", message),
            EngineError::Broken => Self::internal(),
        }
    }
}

impl From<RateLimited> for Failure {
    fn from(limited: RateLimited) -> Self {
        let failure = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            RateLimited::CODE,
            "too many calls of this property, try again later",
        );
        Self { retry_after: Some(limited.retry_after_seconds()), ..failure }
    }
}

/// A context for the only thing that an error takes from one, which is added later.
fn anonymous() -> vestibule::Context {
    vestibule::Context {
        actor: None,
        acting_org: None,
        at: vestibule::Timestamp::from_millis(0),
        new_ids: Vec::new(),
        correlation_id: None,
    }
}
