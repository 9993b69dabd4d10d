//! What is asked: [`Request`] with ids, [`TextRequest`] with text [C-85].

use crate::id::{IdError, IdRef};
use crate::time::Timestamp;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Principal<'a> {
    /// A person, guest or service, by id or alias.
    Person(IdRef<'a>),
    /// The token of a unit, by the unit's id or alias: acts as an administrator of that unit [C-66].
    UnitToken(IdRef<'a>),
}

/// The kinds of resource. `Platform` contains organisations, these buildings, and so on; a unit
/// contains nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceKind {
    /// Above every organisation.
    Platform,
    /// An organisation.
    Organisation,
    /// A building.
    Building,
    /// An integration.
    Integration,
    /// A unit.
    Unit,
    /// A door.
    Door,
}

impl ResourceKind {
    /// All kinds, from the outermost.
    pub const ALL: [Self; 6] = [
        Self::Platform,
        Self::Organisation,
        Self::Building,
        Self::Integration,
        Self::Unit,
        Self::Door,
    ];

    /// The word in texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Organisation => "organisation",
            Self::Building => "building",
            Self::Integration => "integration",
            Self::Unit => "unit",
            Self::Door => "door",
        }
    }

    /// Whether a resource of this kind can contain resources of `inner` [C-74].
    #[must_use]
    pub const fn is_above(self, inner: Self) -> bool {
        !matches!(self, Self::Unit | Self::Door) && (self as u8) < (inner as u8)
    }
}

/// On what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Resource<'a> {
    /// The platform itself.
    Platform,
    /// An organisation, by id or alias, as all below.
    Organisation(IdRef<'a>),
    /// A building.
    Building(IdRef<'a>),
    /// An integration.
    Integration(IdRef<'a>),
    /// A unit.
    Unit(IdRef<'a>),
    /// A door.
    Door(IdRef<'a>),
}

impl<'a> Resource<'a> {
    /// Puts a kind and an id together; none for the platform, which has no id.
    #[must_use]
    pub const fn new(kind: ResourceKind, id: IdRef<'a>) -> Option<Self> {
        match kind {
            ResourceKind::Platform => None,
            ResourceKind::Organisation => Some(Self::Organisation(id)),
            ResourceKind::Building => Some(Self::Building(id)),
            ResourceKind::Integration => Some(Self::Integration(id)),
            ResourceKind::Unit => Some(Self::Unit(id)),
            ResourceKind::Door => Some(Self::Door(id)),
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ResourceKind {
        match self {
            Self::Platform => ResourceKind::Platform,
            Self::Organisation(_) => ResourceKind::Organisation,
            Self::Building(_) => ResourceKind::Building,
            Self::Integration(_) => ResourceKind::Integration,
            Self::Unit(_) => ResourceKind::Unit,
            Self::Door(_) => ResourceKind::Door,
        }
    }

    /// Its id; none for the platform.
    #[must_use]
    pub const fn id(&self) -> Option<IdRef<'a>> {
        match self {
            Self::Platform => None,
            Self::Organisation(id)
            | Self::Building(id)
            | Self::Integration(id)
            | Self::Unit(id)
            | Self::Door(id) => Some(*id),
        }
    }

    /// Reads `platform`, or a kind, a colon and an id.
    ///
    /// # Errors
    ///
    /// When the text is not of that form.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub fn parse(text: &'a str) -> Result<Self, RequestError> {
        // The commonest first.
        let (kind, id) = if let Some(id) = text.strip_prefix("door:") {
            (ResourceKind::Door, id)
        } else {
            Self::split(text)?
        };
        if kind == ResourceKind::Platform {
            return Ok(Self::Platform);
        }
        let id = parse_id(id, Field::Resource)?;
        Self::new(kind, id).ok_or(RequestError { field: Field::Resource, problem: Problem::Form })
    }

    /// The kind and what follows its colon; for the platform nothing does.
    fn split(text: &str) -> Result<(ResourceKind, &str), RequestError> {
        if text == ResourceKind::Platform.as_str() {
            return Ok((ResourceKind::Platform, ""));
        }
        let split = split_at_colon(text).and_then(|(word, id)| {
            let kind = ResourceKind::ALL.iter().skip(1).find(|kind| kind.as_str() == word);
            kind.map(|kind| (*kind, id))
        });
        split.ok_or(RequestError { field: Field::Resource, problem: Problem::Form })
    }
}

/// What is before and after the first colon. The search of the standard library is for any character in long texts, and its
/// counting of positions may panic.
pub(crate) fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    let colon = (0..text.len()).find(|at| text.as_bytes().get(*at) == Some(&b':'))?;
    let (before, rest) = text.split_at_checked(colon)?;
    Some((before, rest.get(1..)?))
}

/// Reads the id in a field.
#[cfg_attr(not(feature = "compact"), inline(always))]
#[cfg_attr(feature = "compact", inline(never))]
fn parse_id(text: &str, field: Field) -> Result<IdRef<'_>, RequestError> {
    IdRef::parse(text).map_err(|cause| RequestError { field, problem: Problem::Id(cause) })
}

impl<'a> Principal<'a> {
    /// Reads `person:ID` or `unit_token:UNIT-ID`.
    ///
    /// # Errors
    ///
    /// When the text is not of that form.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub fn parse(text: &'a str) -> Result<Self, RequestError> {
        let (id, is_person) = match (text.strip_prefix("person:"), text.strip_prefix("unit_token:"))
        {
            (Some(id), _) => (id, true),
            (None, Some(id)) => (id, false),
            (None, None) => {
                return Err(RequestError { field: Field::Principal, problem: Problem::Form });
            }
        };
        let id = parse_id(id, Field::Principal)?;
        Ok(if is_person { Self::Person(id) } else { Self::UnitToken(id) })
    }
}

/// A question with ids already read. Made by [`Request::new`], because it will grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request<'a> {
    /// Who asks.
    pub principal: Principal<'a>,
    /// A permission key, such as `doors:open`.
    pub action: &'a str,
    /// On what.
    pub resource: Resource<'a>,
    /// The organisation on whose behalf; it only narrows [C-73].
    pub acting_org: Option<IdRef<'a>>,
    /// When; the only clock there is.
    pub at: Timestamp,
}

impl<'a> Request<'a> {
    /// A question with no acting organisation.
    #[must_use]
    pub const fn new(
        principal: Principal<'a>,
        action: &'a str,
        resource: Resource<'a>,
        at: Timestamp,
    ) -> Self {
        Self { principal, action, resource, acting_org: None, at }
    }

    /// The same question, asked on behalf of an organisation.
    #[must_use]
    pub const fn acting_for(mut self, organisation: IdRef<'a>) -> Self {
        self.acting_org = Some(organisation);
        self
    }
}

/// A question as text, but for the instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRequest<'a> {
    /// `person:ID` or `unit_token:UNIT-ID`.
    pub principal: &'a str,
    /// A permission key, such as `doors:open`.
    pub action: &'a str,
    /// `platform`, or a kind, a colon and an id.
    pub resource: &'a str,
    /// The organisation on whose behalf.
    pub acting_org: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

impl<'a> TextRequest<'a> {
    /// Reads the ids. Whether they name anything is for the decision to say.
    ///
    /// # Errors
    ///
    /// When a field is not of its form [C-85]; the error names the field.
    #[cfg_attr(not(feature = "compact"), inline(always))]
    pub fn parse(&self) -> Result<Request<'a>, RequestError> {
        let acting_org = match self.acting_org {
            None => None,
            Some(text) => Some(parse_id(text, Field::ActingOrg)?),
        };
        Ok(Request {
            principal: Principal::parse(self.principal)?,
            action: self.action,
            resource: Resource::parse(self.resource)?,
            acting_org,
            at: self.at,
        })
    }
}

/// Why a text is not a request, and in which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestError {
    field: Field,
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Principal,
    Resource,
    ActingOrg,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    Form,
    Id(IdError),
}

impl RequestError {
    /// The field at fault, as it is named in a request.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self.field {
            Field::Principal => "principal",
            Field::Resource => "resource",
            Field::ActingOrg => "acting_org",
        }
    }

    pub(crate) const fn problem(&self) -> Problem {
        self.problem
    }

    /// The form of the field.
    pub(crate) const fn expected(&self) -> &'static str {
        match self.field {
            Field::Principal => "`person:ID` or `unit_token:UNIT-ID`",
            Field::Resource => {
                "`platform`, or `organisation`, `building`, `integration`, `unit` or `door` with `:ID`"
            }
            Field::ActingOrg => "an id",
        }
    }
}

impl core::error::Error for RequestError {}
