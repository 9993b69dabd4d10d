//! A request that was let in: by whom, on whose behalf, and with what. Authentication comes before anything is read.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams};
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use vestibule::{Actor, Command, Context, Directory, Id, IdForm, Outcome, Query};

use super::{Failure, Params};
use crate::app::App;
use crate::engine::{EngineError, Order};
use crate::ids;
use crate::journal::Secret;

/// New ids that one command may need at most.
const NEW_IDS: usize = 4;

/// Of which form the ids are that a command creates.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NewIds {
    /// ULIDs.
    Ulid,
    /// UUIDs, for what seeds 2 and 4 must be able to name [C-70].
    Uuid,
}

/// What `X-Org` says.
#[derive(Clone, Debug)]
enum ActingOrg {
    Given(Option<Id>),
    Malformed,
}

/// A request of somebody whose key is known.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) app: Arc<App>,
    pub(crate) actor: Actor,
    acting_org: ActingOrg,
    correlation_id: Id,
    path: Vec<(String, String)>,
    last_segment: String,
    pub(crate) params: Params,
    body: Bytes,
}

impl FromRequest<Arc<App>> for Call {
    type Rejection = Failure;

    async fn from_request(request: Request<Body>, app: &Arc<App>) -> Result<Self, Failure> {
        let actor = authenticate(app, request.headers())?;
        let acting_org = acting_org(request.headers());
        let (mut parts, body) = request.into_parts();
        let correlation_id = parts.extensions.get::<Id>().cloned().unwrap_or_else(ids::ulid);
        let path = RawPathParams::from_request_parts(&mut parts, app).await;
        let path = path.map_err(|_| Failure::not_found("resource", "that path"))?;
        let path = path.iter().map(|(name, value)| (name.into(), value.into())).collect();
        let last_segment = parts.uri.path().rsplit('/').next().unwrap_or_default().to_owned();
        let params = Params::parse(parts.uri.query());
        let body = read_body(body, app.limits.body_bytes).await?;
        let app = Arc::clone(app);
        Ok(Self { app, actor, acting_org, correlation_id, path, last_segment, params, body })
    }
}

fn authenticate(app: &App, headers: &HeaderMap) -> Result<Actor, Failure> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(Failure::unauthenticated());
    };
    let key = value.to_str().ok().and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(key)
    });
    let keys = app.keys.read().map_err(|_| Failure::internal())?;
    let actor = key.and_then(|key| keys.actor(key));
    actor.cloned().ok_or_else(Failure::unauthenticated)
}

fn acting_org(headers: &HeaderMap) -> ActingOrg {
    let mut values = headers.get_all("x-org").iter();
    match (values.next(), values.next()) {
        (None, _) => ActingOrg::Given(None),
        (Some(value), None) => match value.to_str().map(str::parse) {
            Ok(Ok(id)) => ActingOrg::Given(Some(id)),
            _ => ActingOrg::Malformed,
        },
        _ => ActingOrg::Malformed,
    }
}

async fn read_body(body: Body, most: usize) -> Result<Bytes, Failure> {
    let read = Limited::new(body, most).collect().await;
    let read = read.map_err(|error| {
        if error.downcast_ref::<LengthLimitError>().is_some() {
            let message = format!("the body has more than {most} bytes");
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message)
        } else {
            Failure::new(StatusCode::BAD_REQUEST, "invalid_body", "the body ended early")
        }
    })?;
    Ok(read.to_bytes())
}

impl Call {
    /// What the path says for a name; empty where the route has none of that name.
    pub(crate) fn path(&self, name: &str) -> &str {
        let found = self.path.iter().find(|(given, _)| given == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// What the address ends with.
    pub(crate) fn last_segment(&self) -> &str {
        &self.last_segment
    }

    /// An id of any form in the path; what is no id names nothing.
    pub(crate) fn path_id(&self, name: &str, kind: &str) -> Result<Id, Failure> {
        let text = self.path(name);
        text.parse().map_err(|_| self.let_in(Failure::not_found(kind, text)))
    }

    /// An id in the path of a system whose ids are UUIDs [C-70].
    pub(crate) fn path_uuid(&self, name: &str, kind: &str) -> Result<Id, Failure> {
        let text = self.path(name);
        uuid(text).ok_or_else(|| self.let_in(Failure::not_found(kind, text)))
    }

    /// The body as JSON. One that cannot be read is refused right after authentication [C-76].
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        let mut reader = serde_json::Deserializer::from_slice(&self.body);
        let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let message = error.inner().to_string();
            let field = field_at_fault(&error.path().to_string(), &message);
            Failure::invalid("invalid_body", &field, message)
        });
        let value = read.map_err(|failure| self.let_in(failure))?;
        let end = reader
            .end()
            .map_err(|error| self.let_in(Failure::invalid("invalid_body", "", error.to_string())));
        end.map(|()| value)
    }

    /// The same, where no body means the default.
    pub(crate) fn json_or_default<T: DeserializeOwned + Default>(&self) -> Result<T, Failure> {
        if self.body.is_empty() { Ok(T::default()) } else { self.json() }
    }

    /// Refuses an `X-Org` that is no id, where one is needed [C-14].
    pub(crate) fn require_org(&self) -> Result<(), Failure> {
        match self.acting_org {
            ActingOrg::Given(_) => Ok(()),
            ActingOrg::Malformed => Err(self.let_in(Failure::new(
                StatusCode::FORBIDDEN,
                "org_context",
                "`X-Org` is no id of an organisation on whose behalf this can be asked",
            ))),
        }
    }

    /// Refuses a key whose owner is not known, or not any more, with 401.
    pub(crate) fn require_known(&self) -> Result<(), Failure> {
        // Of all that checks who asks, this does least else.
        let org_id = "none".parse().map_err(|_| Failure::internal())?;
        match self.answer(&Query::OrgPermissions { org_id }, |_, _| ()) {
            Err(refusal) if refusal.is_unauthenticated() => Err(refusal),
            _ => Ok(()),
        }
    }

    /// `failure`, or 401 where the key is known but its owner is not: that is found first [C-16].
    pub(crate) fn let_in(&self, failure: Failure) -> Failure {
        self.require_known().err().unwrap_or(failure)
    }

    /// Who asks, when, on whose behalf.
    pub(crate) fn context(&self) -> Context {
        let acting_org = match &self.acting_org {
            ActingOrg::Given(id) => id.clone(),
            ActingOrg::Malformed => None,
        };
        Context::new(self.actor.clone(), acting_org, ids::now())
            .with_correlation_id(self.correlation_id.clone())
    }

    fn commanding(&self, new_ids: NewIds) -> Context {
        let make = match new_ids {
            NewIds::Ulid => ids::ulid,
            NewIds::Uuid => ids::uuid,
        };
        self.context().with_new_ids(core::iter::repeat_with(make).take(NEW_IDS).collect())
    }

    /// Asks the visible directory, and reads the answer there.
    pub(crate) fn answer<T>(
        &self,
        query: &Query,
        read: impl FnOnce(&Directory, vestibule::Answer<'_>) -> T,
    ) -> Result<T, Failure> {
        let context = self.context();
        let answered = self.app.engine.read(|directory| {
            directory.query(&context, query).map(|answer| read(directory, answer))
        })?;
        Ok(answered?)
    }

    /// Asks, with the answer as JSON.
    pub(crate) fn ask(&self, query: &Query) -> Result<Vec<u8>, Failure> {
        let body = self.answer(query, |_, answer| serde_json::to_vec(&answer))?;
        body.map_err(|_| Failure::internal())
    }

    /// Carries out a command.
    pub(crate) async fn execute(
        &self,
        command: impl Into<Command>,
        new_ids: NewIds,
    ) -> Result<Outcome, Failure> {
        self.execute_with(command.into(), new_ids, Vec::new()).await
    }

    /// Carries out a command that brings secrets along.
    pub(crate) async fn execute_with(
        &self,
        command: Command,
        new_ids: NewIds,
        secrets: Vec<(Id, Secret)>,
    ) -> Result<Outcome, Failure> {
        let context = self.commanding(new_ids);
        let shown = self.app.revealed.as_ref().map(|revealed| (revealed, secrets.clone()));
        let outcome = self.app.engine.execute(Order { context, command, secrets }).await?;
        if let Some((revealed, secrets)) = shown
            && outcome.change.is_some()
            && let Ok(mut revealed) = revealed.write()
        {
            revealed.extend(secrets.into_iter().map(|(id, secret)| (id.to_text(), secret)));
        }
        Ok(outcome)
    }

    /// Looks whether a command would be carried out; changes nothing.
    pub(crate) fn check(&self, command: &Command) -> Result<(), EngineError> {
        self.app.engine.check(&self.commanding(NewIds::Ulid), command)
    }
}

/// An id of the form UUID, or nothing.
pub(crate) fn uuid(text: &str) -> Option<Id> {
    text.parse::<Id>().ok().filter(|id| id.form() == IdForm::Uuid)
}

/// Where a body is at fault: serde's path to a value, and the path inside it with which the message of the engine's own
/// reader begins, as in `$.parent_id: invalid_id: …`.
fn field_at_fault(to_value: &str, message: &str) -> String {
    let inside = message.strip_prefix("$.").and_then(|rest| rest.split_once(": "));
    match (to_value, inside) {
        (".", Some((inside, _))) => inside.into(),
        (_, Some((inside, _))) => format!("{to_value}.{inside}"),
        (_, None) => to_value.into(),
    }
}
