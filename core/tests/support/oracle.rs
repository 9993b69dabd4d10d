//! The semantics a second time, from `core/docs/semantics.md` alone and in its order: loops over
//! the rows of the estate, nothing remembered, nothing clever. Slow and easy to check by eye.

use core::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use vestibule::estate::{
    AudienceDoc, BuildingAccess, BuildingDoc, DoorDoc, Estate, GivenOn, HeldAt, IntegrationDoc,
    IntegrationKind, KeyKind, MembershipDoc, OrganisationDoc, PersonDoc, PersonState, ResidencyDoc,
    ResidencyStatus, ResidencyType, SwitchStatus, UnitDoc, ValidityDoc,
};
use vestibule::{
    Basis, Decision, Effect, Id, IdForm, IdRef, Principal, Reason, Request, Resource, Timestamp,
};

const OPEN: &str = "doors:open";
const OPEN_UNIT: &str = "doors:open_unit";
const SLOT: &str = "{integration}";
const RESIDENT: &str = "virtual_access:integration:{integration}:resident";
const UNIT_ADMINISTRATOR: &str = "unit_administrator";

// ---------------------------------------------------------------------------------------------
// What comes out
// ---------------------------------------------------------------------------------------------

/// A decision, as plain data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub effect: Effect,
    pub reason: Reason,
    pub basis: Basis,
    pub until: Timestamp,
}

impl Answer {
    fn deny(reason: Reason) -> Self {
        Self { effect: Effect::Deny, reason, basis: Basis::None, until: Timestamp::MAX }
    }

    pub fn is_allow(&self) -> bool {
        self.effect == Effect::Allow
    }
}

impl From<Decision> for Answer {
    fn from(decision: Decision) -> Self {
        Self {
            effect: decision.effect(),
            reason: decision.reason(),
            basis: decision.basis(),
            until: decision.until(),
        }
    }
}

/// An answer and every grant that was looked at on the way to it.
#[derive(Clone, Debug)]
pub struct Facts {
    pub answer: Answer,
    pub candidates: Vec<Candidate>,
}

/// A grant that reaches the question (3.6).
#[derive(Clone, Debug)]
pub struct Candidate {
    pub rank: Rank,
    pub failed: BTreeSet<Reason>,
    pub start: Timestamp,
    pub end: Timestamp,
}

/// The order of 3.7: kind of basis, then the ties of each kind; unused ties stand at their least.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    pub basis: Basis,
    pub distance: usize,
    pub first: Option<OrderedId>,
    pub second: Option<OrderedId>,
    pub path: String,
}

/// An id in the order of 1.1: ULIDs, UUIDs, names; each by the bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderedId(pub Id);

impl Ord for OrderedId {
    fn cmp(&self, other: &Self) -> Ordering {
        let form = |id: &Id| match id.form() {
            IdForm::Ulid => 0,
            IdForm::Uuid => 1,
            IdForm::Name => 2,
        };
        form(&self.0)
            .cmp(&form(&other.0))
            .then_with(|| self.0.to_text().as_bytes().cmp(other.0.to_text().as_bytes()))
    }
}

impl PartialOrd for OrderedId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn by_id(id: &Id) -> OrderedId {
    OrderedId(id.clone())
}

// ---------------------------------------------------------------------------------------------
// 1.2 Paths
// ---------------------------------------------------------------------------------------------

/// 1.2: the part of `path` that has exactly `length` segments, every `*` standing for one of them.
fn of_length(path: &str, length: usize) -> Option<Vec<&str>> {
    let mut segments: Vec<&str> = path.split(':').collect();
    if segments.last() == Some(&"*") {
        while segments.len() < length {
            segments.push("*");
        }
    }
    (segments.len() == length).then_some(segments)
}

/// 1.2: every star-free path of `wanted` is one of `held`.
pub fn slow_covers(held: &str, wanted: &str) -> bool {
    (1..=8).all(|length| match (of_length(wanted, length), of_length(held, length)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(want), Some(have)) => {
            have.iter().zip(&want).all(|(have, want)| *have == "*" || have == want)
        }
    })
}

/// 1.2: some star-free path is in both.
pub fn slow_overlaps(a: &str, b: &str) -> bool {
    (1..=8).any(|length| match (of_length(a, length), of_length(b, length)) {
        (Some(a), Some(b)) => a.iter().zip(&b).all(|(a, b)| *a == "*" || *b == "*" || a == b),
        _ => false,
    })
}

/// 1.2: whether `path`, which has no `*`, is one of those that `pattern` stands for.
pub fn slow_matches(pattern: &str, path: &str) -> bool {
    let path: Vec<&str> = path.split(':').collect();
    of_length(pattern, path.len()).is_some_and(|pattern| {
        pattern.iter().zip(&path).all(|(have, want)| *have == "*" || have == want)
    })
}

fn has_star(path: &str) -> bool {
    path.split(':').any(|segment| segment == "*")
}

// ---------------------------------------------------------------------------------------------
// 1.4 and 1.5 The catalog; section 6's groups and job functions
// ---------------------------------------------------------------------------------------------

/// 1.4: the built-in keys.
pub const KEYS: [(KeyKind, &[&str]); 5] = [
    (
        KeyKind::Organisation,
        &[
            "orgs:create",
            "orgs:read",
            "orgs:update",
            "orgs:delete",
            "orgs:list",
            "users:create",
            "users:read",
            "users:update",
            "users:delete",
            "users:list",
            "api_keys:create",
            "buildings:create",
            "permission_groups:list",
            "permission_groups:assign",
        ],
    ),
    (
        KeyKind::Building,
        &[
            "buildings:read",
            "buildings:update",
            "buildings:delete",
            "buildings:list",
            "integrations:create",
            "units:create",
        ],
    ),
    (
        KeyKind::Integration,
        &[
            "integrations:read",
            "integrations:update",
            "integrations:delete",
            "integrations:list",
            "devices:create",
            "devices:read",
            "devices:update",
            "devices:delete",
            "devices:list",
            "entities:create",
            "entities:read",
            "entities:update",
            "entities:set_state",
            "entities:delete",
            "entities:list",
            "zones:create",
            "zones:read",
            "zones:update",
            "zones:delete",
            "zones:list",
            "execute",
            "doors:create",
            "directory:read",
        ],
    ),
    (
        KeyKind::Unit,
        &[
            "units:read",
            "units:update",
            "units:delete",
            "units:list",
            "calls:answer",
            "residents:list",
            "residents:write",
            "unit_users:read",
            "unit_users:update",
            "unit_devices:list",
            "unit_devices:delete",
        ],
    ),
    (
        KeyKind::Door,
        &[
            "doors:read",
            "doors:update",
            "doors:delete",
            "doors:list",
            "doors:open",
            "doors:open_unit",
        ],
    ),
];

/// 1.5: where a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineAt {
    Platform,
    Organisation,
    Unit,
    Site,
}

/// 1.5: a line of the catalog.
#[derive(Clone, Debug)]
pub struct Line {
    pub role: String,
    pub at: LineAt,
    pub entries: Vec<String>,
    pub audience_bound: bool,
    pub given_by: Vec<(String, GivenOn)>,
}

impl Line {
    fn built_in(role: &str, at: LineAt, entries: &[&str]) -> Self {
        Self {
            role: role.to_owned(),
            at,
            entries: entries.iter().map(|entry| (*entry).to_owned()).collect(),
            audience_bound: false,
            given_by: Vec::new(),
        }
    }

    /// 1.5: the role with the slot filled.
    pub fn filled(&self, integration: &Id) -> String {
        self.role.replace(SLOT, &integration.to_text())
    }

    fn holds(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| slow_covers(entry, key))
    }
}

/// 1.5: the built-in lines.
pub fn built_in_lines() -> Vec<Line> {
    let mut lines = vec![
        Line::built_in("platform_admin", LineAt::Platform, &["*"]),
        Line::built_in("admin", LineAt::Organisation, &["*"]),
        Line::built_in("member", LineAt::Organisation, &[]),
        Line::built_in(
            "virtual_access:integration:{integration}:admin",
            LineAt::Site,
            &[
                "integrations:read",
                "integrations:update",
                "devices:*",
                "units:*",
                "doors:*",
                "directory:read",
                "calls:*",
                "residents:*",
                "unit_users:*",
                "unit_devices:*",
            ],
        ),
        Line::built_in(
            "virtual_access:integration:{integration}:technician",
            LineAt::Site,
            &["integrations:read", "devices:*", "doors:open", "doors:read", "directory:read"],
        ),
        Line::built_in(RESIDENT, LineAt::Site, &["doors:open", "directory:read", "calls:answer"]),
        Line::built_in(
            UNIT_ADMINISTRATOR,
            LineAt::Unit,
            &[
                "residents:list",
                "residents:write",
                "unit_users:read",
                "unit_users:update",
                "unit_devices:list",
                "unit_devices:delete",
            ],
        ),
    ];
    for line in lines.iter_mut().filter(|line| line.role == RESIDENT) {
        line.audience_bound = true;
        line.given_by = vec![
            ("integrations:update".to_owned(), GivenOn::Integration),
            ("residents:write".to_owned(), GivenOn::Unit),
        ];
    }
    lines
}

/// Section 6: the built-in permission groups and their keys.
pub const GROUPS: [(&str, &str); 10] = [
    (
        "pmo.manager",
        "orgs:read users:create users:read users:update users:list permission_groups:list \
         permission_groups:assign buildings:read buildings:update buildings:list \
         integrations:read integrations:update integrations:list devices:read devices:update \
         devices:list units:create units:read units:update units:list doors:read doors:update \
         doors:list doors:open directory:read residents:list residents:write unit_users:read \
         unit_users:update",
    ),
    (
        "pmo.engineer_manager",
        "users:list buildings:read buildings:list integrations:read integrations:update \
         integrations:list devices:create devices:read devices:update devices:delete \
         devices:list entities:read entities:list entities:set_state zones:read zones:list \
         units:read units:list doors:read doors:list doors:open directory:read",
    ),
    (
        "pmo.engineer",
        "buildings:read integrations:read devices:read devices:update devices:list \
         entities:read entities:list entities:set_state doors:read doors:open directory:read",
    ),
    (
        "pmo.coordinator",
        "users:read users:list buildings:read buildings:list units:read units:list \
         residents:list unit_users:read doors:read directory:read",
    ),
    (
        "pmo.executive",
        "orgs:read orgs:list users:list buildings:read buildings:list integrations:read \
         integrations:list units:list doors:list directory:read",
    ),
    (
        "pmo.security",
        "buildings:read integrations:read entities:read units:read doors:read doors:list \
         doors:open directory:read",
    ),
    (
        "tenant.admin",
        "orgs:read users:create users:read users:update users:list permission_groups:list \
         permission_groups:assign buildings:read doors:read doors:open directory:read",
    ),
    ("tenant.tenant", "buildings:read doors:open directory:read"),
    (
        "vendor.manager",
        "orgs:read users:create users:read users:list buildings:read integrations:read \
         devices:read doors:open",
    ),
    ("vendor.vendor", "buildings:read devices:read doors:open"),
];

/// Section 6: the built-in job functions and the group each starts with.
pub const JOB_FUNCTIONS: [(&str, &str); 14] = [
    ("pmo.property_manager", "pmo.manager"),
    ("pmo.chief_engineer", "pmo.engineer_manager"),
    ("pmo.engineer", "pmo.engineer"),
    ("pmo.tenant_coordinator", "pmo.coordinator"),
    ("pmo.community_manager", "pmo.coordinator"),
    ("pmo.asset_manager", "pmo.executive"),
    ("pmo.security", "pmo.security"),
    ("tenant.office_manager", "tenant.admin"),
    ("tenant.employee", "tenant.tenant"),
    ("tenant.executive", "tenant.admin"),
    ("tenant.it_manager", "tenant.admin"),
    ("vendor.manager", "vendor.manager"),
    ("vendor.employee", "vendor.vendor"),
    ("vendor.executive", "vendor.manager"),
];

/// Built-in keys and those that the estate adds.
pub fn all_keys(estate: &Estate) -> BTreeMap<String, KeyKind> {
    let mut keys = BTreeMap::new();
    for (kind, names) in KEYS {
        for name in names {
            keys.insert((*name).to_owned(), kind);
        }
    }
    for row in &estate.catalog.permissions {
        keys.insert(row.key.as_str().to_owned(), row.kind);
    }
    keys
}

/// Built-in lines, those that the estate replaces, and those that it adds.
pub fn all_lines(estate: &Estate) -> Vec<Line> {
    let mut lines = built_in_lines();
    for row in &estate.catalog.roles {
        lines.retain(|line| line.role != row.role);
        let at = match row.held_at {
            _ if row.role.contains(SLOT) => LineAt::Site,
            Some(HeldAt::Platform) => LineAt::Platform,
            Some(HeldAt::Unit) => LineAt::Unit,
            Some(HeldAt::Organisation) | None => LineAt::Organisation,
        };
        lines.push(Line {
            role: row.role.clone(),
            at,
            entries: row.keys.iter().map(|key| key.as_str().to_owned()).collect(),
            audience_bound: row.audience_bound,
            given_by: row.given_by.iter().map(|by| (by.key.as_str().to_owned(), by.on)).collect(),
        });
    }
    lines
}

// ---------------------------------------------------------------------------------------------
// 1.1 Rows by id or alias
// ---------------------------------------------------------------------------------------------

trait Row {
    fn names(&self) -> (&Id, &[Id]);
}

macro_rules! rows {
    ($($row:ty),+) => {
        $(impl Row for $row {
            fn names(&self) -> (&Id, &[Id]) {
                (&self.id, &self.aliases)
            }
        })+
    };
}

rows!(OrganisationDoc, BuildingDoc, IntegrationDoc, UnitDoc, DoorDoc, PersonDoc);

/// 1.1: the row that has this id or alias.
fn named<'a, T: Row>(rows: &'a [T], id: IdRef<'_>) -> Option<&'a T> {
    rows.iter().find(|row| {
        let (own, aliases) = row.names();
        own.as_ref() == id || aliases.iter().any(|alias| alias.as_ref() == id)
    })
}

/// A reference inside an estate, which every legal estate resolves.
fn referred<'a, T: Row>(rows: &'a [T], id: &Id) -> &'a T {
    match named(rows, id.as_ref()) {
        Some(row) => row,
        None => panic!("a legal estate has a row named {id}"),
    }
}

// ---------------------------------------------------------------------------------------------
// The oracle
// ---------------------------------------------------------------------------------------------

/// A principal that exists.
#[derive(Clone, Copy, Debug)]
enum Who<'a> {
    Person(&'a PersonDoc),
    UnitToken(&'a UnitDoc),
}

/// A resource that exists.
#[derive(Clone, Copy, Debug)]
enum Thing<'a> {
    Platform,
    Organisation(&'a OrganisationDoc),
    Building(&'a BuildingDoc),
    Integration(&'a IntegrationDoc),
    Unit(&'a UnitDoc),
    Door(&'a DoorDoc),
}

impl Thing<'_> {
    /// 1.4: the kind of key that means this thing itself.
    fn kind(&self) -> Option<KeyKind> {
        match self {
            Self::Platform => None,
            Self::Organisation(_) => Some(KeyKind::Organisation),
            Self::Building(_) => Some(KeyKind::Building),
            Self::Integration(_) => Some(KeyKind::Integration),
            Self::Unit(_) => Some(KeyKind::Unit),
            Self::Door(_) => Some(KeyKind::Door),
        }
    }

    /// 1.4: whether the thing is of a kind above `kind`.
    fn is_above(&self, kind: KeyKind) -> bool {
        use KeyKind::{Building, Door, Integration, Organisation, Unit};
        let below: &[KeyKind] = match self {
            Self::Platform => &[Organisation, Building, Integration, Unit, Door],
            Self::Organisation(_) => &[Building, Integration, Unit, Door],
            Self::Building(_) => &[Integration, Unit, Door],
            Self::Integration(_) => &[Unit, Door],
            Self::Unit(_) | Self::Door(_) => &[],
        };
        below.contains(&kind)
    }
}

/// A request that passed 3.1 to 3.5.
#[derive(Clone, Copy, Debug)]
struct Question<'a> {
    who: Who<'a>,
    key: &'a str,
    kind: KeyKind,
    on: Thing<'a>,
    at: Timestamp,
}

impl Question<'_> {
    /// 1.4
    fn is_container(&self) -> bool {
        self.on.is_above(self.kind)
    }
}

/// At what a role is held.
#[derive(Clone, Copy)]
enum Holder<'a> {
    Organisation(&'a OrganisationDoc),
    Platform,
}

/// By which of (i), (ii), (iii) of 3.6 a role reaches a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Staff,
    AudienceBound,
}

/// Section 6: a permission group, built in or not.
struct Group {
    id: Id,
    entries: Vec<String>,
}

/// A permission group within a membership.
struct HeldGroup<'a> {
    id: Id,
    entries: Vec<String>,
    valid: Option<&'a ValidityDoc>,
}

/// The catalog written out, and the rows. Nothing is computed but what the estate says.
pub struct Oracle<'a> {
    estate: &'a Estate,
    pub keys: BTreeMap<String, KeyKind>,
    pub lines: Vec<Line>,
}

/// 5 (a): the estate as if nothing were held that ends. Blocks stay.
fn without_what_ends(estate: &Estate) -> Estate {
    let lasts = |valid: Option<&ValidityDoc>| {
        valid.and_then(|valid| valid.to).is_none_or(|to| to == Timestamp::MAX)
    };
    let mut estate = estate.clone();
    for membership in &mut estate.memberships {
        let is_whole = lasts(membership.valid.as_ref());
        membership.roles.retain(|role| is_whole && lasts(role.valid.as_ref()));
        match &mut membership.permission_groups {
            Some(groups) => groups.retain(|group| is_whole && lasts(group.valid.as_ref())),
            None if !is_whole => membership.permission_groups = Some(Vec::new()),
            None => {}
        }
    }
    for unit in &mut estate.units {
        unit.administrators.retain(|entry| lasts(entry.valid.as_ref()));
    }
    estate.residencies.retain(|residency| {
        residency.status == ResidencyStatus::Blocked || lasts(residency.valid.as_ref())
    });
    estate.platform_roles.retain(|row| lasts(row.valid.as_ref()));
    estate
}

/// Section 3 in one call.
pub fn decide(estate: &Estate, request: &Request<'_>) -> Answer {
    Oracle::new(estate).decide(request)
}

impl<'a> Oracle<'a> {
    pub fn new(estate: &'a Estate) -> Self {
        Self { estate, keys: all_keys(estate), lines: all_lines(estate) }
    }

    // ----- 1.3 Where things are -----

    fn organisation(&self, id: &Id) -> &'a OrganisationDoc {
        referred(&self.estate.organisations, id)
    }

    fn building(&self, id: &Id) -> &'a BuildingDoc {
        referred(&self.estate.buildings, id)
    }

    fn integration(&self, id: &Id) -> &'a IntegrationDoc {
        referred(&self.estate.integrations, id)
    }

    fn unit(&self, id: &Id) -> &'a UnitDoc {
        referred(&self.estate.units, id)
    }

    fn person(&self, id: &Id) -> &'a PersonDoc {
        referred(&self.estate.people, id)
    }

    /// 1.3: an organisation, its parent, and so on up to its root.
    fn upwards(&self, organisation: &'a OrganisationDoc) -> Vec<&'a OrganisationDoc> {
        let mut chain = vec![organisation];
        let mut parent = organisation.parent.as_ref();
        while let Some(id) = parent {
            let above = self.organisation(id);
            chain.push(above);
            parent = above.parent.as_ref();
        }
        chain
    }

    /// 1.3
    fn within(&self, organisation: &'a OrganisationDoc, ancestor: &OrganisationDoc) -> bool {
        self.upwards(organisation).iter().any(|above| above.id == ancestor.id)
    }

    /// 1.3
    fn is_live(&self, organisation: &'a OrganisationDoc) -> bool {
        self.upwards(organisation).iter().all(|above| above.deleted.is_none())
    }

    /// 1.3
    fn org_of(&self, thing: Thing<'a>) -> Option<&'a OrganisationDoc> {
        match thing {
            Thing::Organisation(organisation) => Some(organisation),
            _ => self.building_of(thing).map(|building| self.organisation(&building.owner)),
        }
    }

    /// 1.3
    fn building_of(&self, thing: Thing<'a>) -> Option<&'a BuildingDoc> {
        match thing {
            Thing::Platform | Thing::Organisation(_) => None,
            Thing::Building(building) => Some(building),
            Thing::Integration(integration) => Some(self.building(&integration.building)),
            Thing::Unit(unit) => Some(self.building(&unit.building)),
            Thing::Door(door) => Some(self.building(&self.integration(&door.integration).building)),
        }
    }

    /// 1.3
    fn integration_of(&self, thing: Thing<'a>) -> Option<&'a IntegrationDoc> {
        match thing {
            Thing::Platform | Thing::Organisation(_) | Thing::Building(_) => None,
            Thing::Integration(integration) => Some(integration),
            Thing::Unit(unit) => unit.integration.as_ref().map(|id| self.integration(id)),
            Thing::Door(door) => Some(self.integration(&door.integration)),
        }
    }

    fn is_unit_of(&self, unit: &'a UnitDoc, integration: &IntegrationDoc) -> bool {
        self.integration_of(Thing::Unit(unit)).is_some_and(|own| own.id == integration.id)
    }

    /// 1.3: the own unit of a door; none when the door is common.
    fn own_unit(&self, door: &DoorDoc) -> Option<&'a UnitDoc> {
        door.unit.as_ref().map(|id| self.unit(id))
    }

    fn audience_lists(&self, door: &DoorDoc, unit: &UnitDoc) -> bool {
        match &door.audience {
            Some(AudienceDoc::Units(listed)) => listed.iter().any(|id| self.unit(id).id == unit.id),
            _ => false,
        }
    }

    // ----- 1.5 What a path means -----

    fn line(&self, role: &str) -> &Line {
        match self.lines.iter().find(|line| line.role == role) {
            Some(line) => line,
            None => panic!("no estate removes the line {role}"),
        }
    }

    /// 1.5: whether `key` is in `everywhere(path)`.
    fn everywhere(&self, path: &str, at_platform: bool, key: &str) -> bool {
        slow_covers(path, key)
            || self.lines.iter().any(|line| {
                (line.at == LineAt::Organisation || (at_platform && line.at == LineAt::Platform))
                    && slow_covers(path, &line.role)
                    && line.holds(key)
            })
    }

    /// 1.5: whether `key` is in `site(path, integration)`, or in `site_bound(path, integration)`.
    fn site(&self, path: &str, integration: &IntegrationDoc, bound: bool, key: &str) -> bool {
        integration.kind == IntegrationKind::VirtualAccess
            && self.lines.iter().any(|line| {
                line.at == LineAt::Site
                    && line.audience_bound == bound
                    && slow_covers(path, &line.filled(&integration.id))
                    && line.holds(key)
            })
    }

    /// 1.5: whether a path is a site role.
    fn is_site_role(path: &str) -> bool {
        path.split(':').next() == Some("virtual_access")
    }

    // ----- 3 The decision -----

    pub fn decide(&self, request: &Request<'_>) -> Answer {
        self.facts(request).answer
    }

    /// The answer, and all that led to it.
    pub fn facts(&self, request: &Request<'_>) -> Facts {
        match self.restrictions(request) {
            Err(reason) => Facts { answer: Answer::deny(reason), candidates: Vec::new() },
            Ok(question) => {
                let candidates = self.candidates(&question);
                Facts { answer: answer(&candidates), candidates }
            }
        }
    }

    /// 3.1 to 3.5, in order.
    fn restrictions(&self, request: &Request<'_>) -> Result<Question<'_>, Reason> {
        let who = self.principal(request.principal).ok_or(Reason::PrincipalUnknown)?;
        let (key, kind) = self.keys.get_key_value(request.action).ok_or(Reason::ActionUnknown)?;
        let on = self.resource(request.resource).ok_or(Reason::ResourceUnknown)?;
        let acting = match request.acting_org {
            None => None,
            Some(id) => {
                Some(named(&self.estate.organisations, id).ok_or(Reason::ActingOrgUnknown)?)
            }
        };
        if on.kind() != Some(*kind) && !on.is_above(*kind) {
            return Err(Reason::ActionNotApplicable);
        }
        if let Who::Person(person) = who {
            self.person_restrictions(person, on)?;
        }
        self.resource_restrictions(on, key)?;
        if acting.is_some_and(|acting| !self.in_context(on, acting)) {
            return Err(Reason::OrgContext);
        }
        Ok(Question { who, key, kind: *kind, on, at: request.at })
    }

    /// 3.1
    fn principal(&self, principal: Principal<'_>) -> Option<Who<'a>> {
        match principal {
            Principal::Person(id) => named(&self.estate.people, id).map(Who::Person),
            Principal::UnitToken(id) => named(&self.estate.units, id).map(Who::UnitToken),
            _ => None,
        }
    }

    /// 3.1
    fn resource(&self, resource: Resource<'_>) -> Option<Thing<'a>> {
        match resource {
            Resource::Platform => Some(Thing::Platform),
            Resource::Organisation(id) => {
                named(&self.estate.organisations, id).map(Thing::Organisation)
            }
            Resource::Building(id) => named(&self.estate.buildings, id).map(Thing::Building),
            Resource::Integration(id) => {
                named(&self.estate.integrations, id).map(Thing::Integration)
            }
            Resource::Unit(id) => named(&self.estate.units, id).map(Thing::Unit),
            Resource::Door(id) => named(&self.estate.doors, id).map(Thing::Door),
            _ => None,
        }
    }

    /// 3.3
    fn person_restrictions(&self, person: &PersonDoc, on: Thing<'a>) -> Result<(), Reason> {
        match person.state {
            PersonState::Deleted => return Err(Reason::PrincipalDeleted),
            PersonState::Blocked => return Err(Reason::PrincipalBlocked),
            PersonState::Active => {}
        }
        match self.building_of(on) {
            Some(building) if self.is_blocked_in(person, building) => Err(Reason::PrincipalBlocked),
            _ => Ok(()),
        }
    }

    /// 3.3: a BLOCKED residency in a unit of the building, whatever its validity.
    fn is_blocked_in(&self, person: &PersonDoc, building: &BuildingDoc) -> bool {
        self.residencies_of(person).iter().any(|residency| {
            let unit = self.unit(&residency.unit);
            residency.status == ResidencyStatus::Blocked
                && self.building(&unit.building).id == building.id
        })
    }

    /// 3.4
    fn resource_restrictions(&self, on: Thing<'a>, key: &str) -> Result<(), Reason> {
        if self.org_of(on).is_some_and(|organisation| !self.is_live(organisation)) {
            return Err(Reason::OrgDeleted);
        }
        match on {
            Thing::Door(door)
                if door.status == SwitchStatus::Disabled && (key == OPEN || key == OPEN_UNIT) =>
            {
                Err(Reason::DoorDisabled)
            }
            _ => Ok(()),
        }
    }

    /// 3.5
    fn in_context(&self, on: Thing<'a>, acting: &'a OrganisationDoc) -> bool {
        self.is_live(acting) && self.org_of(on).is_some_and(|owner| self.within(owner, acting))
    }

    // ----- 3.6 Grants -----

    fn candidates(&self, question: &Question<'_>) -> Vec<Candidate> {
        match question.who {
            Who::UnitToken(unit) => self.token_candidate(question, unit).into_iter().collect(),
            Who::Person(person) => {
                let mut all = self.residency_candidates(question, person);
                all.extend(self.administrator_candidates(question, person));
                all.extend(self.role_candidates(question, person));
                all.extend(self.group_candidates(question, person));
                all.extend(self.platform_candidates(question, person));
                all
            }
        }
    }

    /// 3.6, the staff doors rule: whether a set of keys, given by its test, counts here.
    fn staff(&self, question: &Question<'_>, holds: impl Fn(&str) -> bool) -> bool {
        let is_unit_door =
            matches!(question.on, Thing::Door(door) if self.own_unit(door).is_some());
        let wants_both = question.key == OPEN && (is_unit_door || question.is_container());
        holds(question.key) && (!wants_both || holds(OPEN_UNIT))
    }

    /// 3.6, row *Residency*.
    fn residency_candidates(&self, question: &Question<'_>, person: &PersonDoc) -> Vec<Candidate> {
        let mut found = Vec::new();
        for residency in self.residencies_of(person) {
            let unit = self.unit(&residency.unit);
            if residency.status != ResidencyStatus::Active
                || !self.residency_reaches(question, residency, unit)
            {
                continue;
            }
            let mut candidate =
                Candidate::new(Basis::Residency, &[residency.valid.as_ref()], question.at);
            candidate.rank.first = Some(by_id(&unit.id));
            candidate.fail_if(unit.status == SwitchStatus::Disabled, Reason::UnitDisabled);
            if let Thing::Door(door) = question.on {
                candidate.fail_if(!self.resident_audience(door, unit), Reason::DoorAudience);
                let is_guest = residency.residency_type == ResidencyType::Guest;
                candidate.fail_if(is_guest && !door.guests, Reason::GuestDoor);
            }
            found.push(candidate);
        }
        found
    }

    /// 3.6, rows *Residency*: what they reach.
    fn residency_reaches(
        &self,
        question: &Question<'_>,
        residency: &ResidencyDoc,
        unit: &'a UnitDoc,
    ) -> bool {
        if !self.line(RESIDENT).holds(question.key) || question.is_container() {
            return false;
        }
        let is_guest = residency.residency_type == ResidencyType::Guest;
        match question.on {
            Thing::Unit(asked) => !is_guest && asked.id == unit.id,
            Thing::Integration(asked) => !is_guest && self.is_unit_of(unit, asked),
            Thing::Door(door) => match self.own_unit(door) {
                Some(own) => own.id == unit.id,
                None => {
                    self.is_unit_of(unit, self.integration(&door.integration))
                        || self.audience_lists(door, unit)
                }
            },
            Thing::Platform | Thing::Organisation(_) | Thing::Building(_) => false,
        }
    }

    /// 3.6, rows *Residency*: the condition on a common door.
    fn resident_audience(&self, door: &DoorDoc, unit: &'a UnitDoc) -> bool {
        if self.own_unit(door).is_some() {
            return true;
        }
        match &door.audience {
            Some(AudienceDoc::AllResidents) => {
                self.is_unit_of(unit, self.integration(&door.integration))
            }
            Some(AudienceDoc::Units(_)) => self.audience_lists(door, unit),
            Some(AudienceDoc::Nobody) | None => false,
        }
    }

    /// 3.6, row *Unit administrator*.
    fn administrator_candidates(
        &self,
        question: &Question<'_>,
        person: &PersonDoc,
    ) -> Vec<Candidate> {
        let mut found = Vec::new();
        for unit in &self.estate.units {
            for entry in &unit.administrators {
                if self.person(&entry.person).id != person.id
                    || !self.administration_reaches(question, unit)
                {
                    continue;
                }
                let mut candidate =
                    Candidate::new(Basis::UnitAdministrator, &[entry.valid.as_ref()], question.at);
                candidate.rank.first = Some(by_id(&unit.id));
                candidate.fail_if(unit.status == SwitchStatus::Disabled, Reason::UnitDisabled);
                found.push(candidate);
            }
        }
        found
    }

    /// 3.6, row *Unit token*.
    fn token_candidate(&self, question: &Question<'_>, unit: &UnitDoc) -> Option<Candidate> {
        if !self.administration_reaches(question, unit) {
            return None;
        }
        let mut candidate = Candidate::new(Basis::UnitToken, &[], question.at);
        candidate.fail_if(unit.status == SwitchStatus::Disabled, Reason::UnitDisabled);
        Some(candidate)
    }

    /// 3.6, rows *Unit administrator* and *Unit token*: what they reach.
    fn administration_reaches(&self, question: &Question<'_>, unit: &UnitDoc) -> bool {
        question.kind == KeyKind::Unit
            && matches!(question.on, Thing::Unit(asked) if asked.id == unit.id)
            && self.line(UNIT_ADMINISTRATOR).holds(question.key)
    }

    /// 3.6, row *Role*.
    fn role_candidates(&self, question: &Question<'_>, person: &PersonDoc) -> Vec<Candidate> {
        let mut found = Vec::new();
        for membership in self.memberships_of(person) {
            let organisation = self.organisation(&membership.organisation);
            for role in &membership.roles {
                let path = role.role.as_str();
                let holder = Holder::Organisation(organisation);
                let Some(reach) = self.role_reach(question, path, holder) else {
                    continue;
                };
                let windows = [role.valid.as_ref(), membership.valid.as_ref()];
                let is_site = Self::is_site_role(path);
                let basis = if is_site { Basis::SiteRole } else { Basis::OrganisationRole };
                let mut candidate = Candidate::new(basis, &windows, question.at);
                if is_site {
                    candidate.rank.first = Some(by_id(&organisation.id));
                } else {
                    candidate.rank.distance = self.distance(question.on, organisation);
                }
                candidate.rank.path = path.to_owned();
                candidate.fail_if(!self.is_live(organisation), Reason::GrantOrgDeleted);
                candidate.fail_if(bound_fails(question, reach), Reason::DoorAudience);
                found.push(candidate);
            }
        }
        found
    }

    /// 3.6, row *Platform role*.
    fn platform_candidates(&self, question: &Question<'_>, person: &PersonDoc) -> Vec<Candidate> {
        let mut found = Vec::new();
        for row in &self.estate.platform_roles {
            if self.person(&row.person).id != person.id {
                continue;
            }
            let path = row.role.as_str();
            let Some(reach) = self.role_reach(question, path, Holder::Platform) else {
                continue;
            };
            let mut candidate =
                Candidate::new(Basis::PlatformRole, &[row.valid.as_ref()], question.at);
            candidate.rank.path = path.to_owned();
            candidate.fail_if(bound_fails(question, reach), Reason::DoorAudience);
            found.push(candidate);
        }
        found
    }

    /// 3.6, rows *Role* and *Platform role*: (i), else (ii), else (iii).
    fn role_reach(&self, question: &Question<'_>, path: &str, holder: Holder<'_>) -> Option<Reach> {
        let (in_reach, at_platform) = match holder {
            Holder::Platform => (true, true),
            Holder::Organisation(at) => {
                (self.org_of(question.on).is_some_and(|owner| self.within(owner, at)), false)
            }
        };
        if !in_reach {
            return None;
        }
        if self.staff(question, |key| self.everywhere(path, at_platform, key)) {
            return Some(Reach::Staff);
        }
        let integration = self.integration_of(question.on)?;
        if !matches!(question.kind, KeyKind::Integration | KeyKind::Unit | KeyKind::Door) {
            return None;
        }
        if self.staff(question, |key| self.site(path, integration, false, key)) {
            return Some(Reach::Staff);
        }
        let place = match question.on {
            Thing::Integration(_) => true,
            Thing::Door(door) => self.own_unit(door).is_none(),
            _ => false,
        };
        let bound =
            place && !question.is_container() && self.site(path, integration, true, question.key);
        bound.then_some(Reach::AudienceBound)
    }

    /// 3.7: how far the holding organisation is above the resource's.
    fn distance(&self, on: Thing<'a>, holding: &OrganisationDoc) -> usize {
        let chain = self.org_of(on).map(|owner| self.upwards(owner)).unwrap_or_default();
        chain.iter().position(|above| above.id == holding.id).unwrap_or(usize::MAX)
    }

    /// 3.6, row *Permission group*.
    fn group_candidates(&self, question: &Question<'_>, person: &PersonDoc) -> Vec<Candidate> {
        let mut found = Vec::new();
        for membership in self.memberships_of(person) {
            let organisation = self.organisation(&membership.organisation);
            for group in self.groups_in(membership) {
                if !self.group_reaches(question, membership, organisation, &group) {
                    continue;
                }
                let windows = [group.valid, membership.valid.as_ref()];
                let mut candidate = Candidate::new(Basis::PermissionGroup, &windows, question.at);
                candidate.rank.first = Some(by_id(&group.id));
                candidate.rank.second = Some(by_id(&organisation.id));
                candidate.fail_if(!self.is_live(organisation), Reason::GrantOrgDeleted);
                found.push(candidate);
            }
        }
        found
    }

    /// 3.6, row *Permission group*: what it reaches.
    fn group_reaches(
        &self,
        question: &Question<'_>,
        membership: &MembershipDoc,
        organisation: &OrganisationDoc,
        group: &HeldGroup<'_>,
    ) -> bool {
        let holds = |key: &str| group.entries.iter().any(|entry| slow_covers(entry, key));
        if question.kind == KeyKind::Organisation {
            return matches!(question.on, Thing::Organisation(asked) if asked.id == organisation.id)
                && holds(question.key);
        }
        let in_access = match (question.on, self.building_of(question.on)) {
            (Thing::Organisation(asked), _) => {
                matches!(membership.building_access, Some(BuildingAccess::AllOfCompany { .. }))
                    && self.within(asked, organisation)
            }
            (_, Some(building)) => self.access_holds(membership, organisation, building),
            _ => false,
        };
        in_access && self.staff(question, holds)
    }

    /// 3.6, note on building access.
    fn access_holds(
        &self,
        membership: &MembershipDoc,
        organisation: &OrganisationDoc,
        building: &BuildingDoc,
    ) -> bool {
        let lists = |ids: &[Id]| ids.iter().any(|id| self.building(id).id == building.id);
        match &membership.building_access {
            None => false,
            Some(BuildingAccess::Listed { buildings }) => lists(buildings),
            Some(BuildingAccess::AllOfCompany { .. }) => {
                self.within(self.organisation(&building.owner), organisation)
                    || lists(&organisation.serves)
            }
        }
    }

    fn memberships_of(&self, person: &PersonDoc) -> Vec<&'a MembershipDoc> {
        let rows = self.estate.memberships.iter();
        rows.filter(|row| self.person(&row.person).id == person.id).collect()
    }

    fn residencies_of(&self, person: &PersonDoc) -> Vec<&'a ResidencyDoc> {
        let rows = self.estate.residencies.iter();
        rows.filter(|row| self.person(&row.person).id == person.id).collect()
    }

    // ----- Section 6: groups and job functions -----

    /// The groups of a membership: its own list, or those of its job function.
    fn groups_in(&self, membership: &'a MembershipDoc) -> Vec<HeldGroup<'a>> {
        let rows: Vec<(Id, Option<&'a ValidityDoc>)> = match &membership.permission_groups {
            Some(listed) => {
                listed.iter().map(|row| (row.group.clone(), row.valid.as_ref())).collect()
            }
            None => self.initial_groups(membership).into_iter().map(|id| (id, None)).collect(),
        };
        rows.into_iter()
            .map(|(id, valid)| {
                let group = self.group(&id);
                HeldGroup { id: group.id, entries: group.entries, valid }
            })
            .collect()
    }

    fn initial_groups(&self, membership: &MembershipDoc) -> Vec<Id> {
        let Some(job) = &membership.job_function else {
            return Vec::new();
        };
        let own = self.estate.job_functions.iter();
        if let Some(row) = own.clone().find(|row| row.id == *job || row.aliases.contains(job)) {
            return row.initial_groups.clone();
        }
        let built_in = JOB_FUNCTIONS.iter().filter(|(id, _)| *id == job.to_text());
        built_in.map(|(_, group)| name(group)).collect()
    }

    /// A permission group: a row of the estate, else a built-in one.
    fn group(&self, id: &Id) -> Group {
        for row in &self.estate.permission_groups {
            if row.id == *id || row.aliases.contains(id) {
                return Group {
                    id: row.id.clone(),
                    entries: row.keys.iter().map(|key| key.as_str().to_owned()).collect(),
                };
            }
        }
        match GROUPS.iter().find(|(built_in, _)| *built_in == id.to_text()) {
            Some((_, keys)) => Group {
                id: id.clone(),
                entries: keys.split_whitespace().map(str::to_owned).collect(),
            },
            None => panic!("a legal estate has a group named {id}"),
        }
    }
}

impl Candidate {
    /// 1.6 and 3.6: a grant that is valid when all of its windows hold.
    fn new(basis: Basis, windows: &[Option<&ValidityDoc>], at: Timestamp) -> Self {
        let windows: Vec<&ValidityDoc> = windows.iter().copied().flatten().collect();
        let starts = || windows.iter().filter_map(|window| window.from);
        let ends = || windows.iter().filter_map(|window| window.to);
        let mut candidate = Self {
            rank: Rank { basis, distance: 0, first: None, second: None, path: String::new() },
            failed: BTreeSet::new(),
            start: starts().max().unwrap_or(Timestamp::MIN),
            end: ends().min().unwrap_or(Timestamp::MAX),
        };
        candidate.fail_if(starts().any(|from| at < from), Reason::NotYetValid);
        candidate.fail_if(ends().any(|to| at >= to), Reason::Expired);
        candidate
    }

    fn fail_if(&mut self, fails: bool, reason: Reason) {
        if fails {
            self.failed.insert(reason);
        }
    }
}

/// 3.6, case (iii): a door's audience binds the grant.
fn bound_fails(question: &Question<'_>, reach: Reach) -> bool {
    match question.on {
        Thing::Door(door) => {
            reach == Reach::AudienceBound && door.audience != Some(AudienceDoc::AllResidents)
        }
        _ => false,
    }
}

/// 3.6 to 3.8: the answer that the candidates give.
fn answer(candidates: &[Candidate]) -> Answer {
    let passing = candidates.iter().filter(|candidate| candidate.failed.is_empty());
    if let Some(best) = passing.min_by(|a, b| a.rank.cmp(&b.rank)) {
        return Answer {
            effect: Effect::Allow,
            reason: Reason::Granted,
            basis: best.rank.basis,
            until: best.end,
        };
    }
    let Some(fewest) = candidates.iter().map(|candidate| candidate.failed.len()).min() else {
        return Answer::deny(Reason::NoGrant);
    };
    let nearest = candidates.iter().filter(|candidate| candidate.failed.len() == fewest);
    let reasons = nearest.flat_map(|candidate| candidate.failed.iter().copied());
    let mut answer =
        Answer::deny(reasons.min_by_key(|reason| reason.code()).unwrap_or(Reason::NoGrant));
    let only_early = BTreeSet::from([Reason::NotYetValid]);
    let coming = candidates
        .iter()
        .filter(|candidate| candidate.failed == only_early && candidate.start < candidate.end);
    if let Some(start) = coming.map(|candidate| candidate.start).min() {
        answer.until = start;
    }
    answer
}

/// An id from a built-in text.
pub fn name(text: &str) -> Id {
    match text.parse() {
        Ok(id) => id,
        Err(error) => panic!("{text} is no id: {error}"),
    }
}

// ---------------------------------------------------------------------------------------------
// 4 Lists
// ---------------------------------------------------------------------------------------------

/// A row of `members`; organisations in order of id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: String,
    pub blocked: bool,
    pub org_roles: Vec<(String, Vec<String>)>,
}

/// A row of `building_users`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildingUser {
    pub user_id: String,
    pub role: String,
    pub apartments: Vec<String>,
}

/// A row of `lobby_directory`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LobbyUnit {
    pub unit: String,
    pub number: String,
    pub residents: Vec<(String, Option<String>)>,
    pub callable: bool,
}

/// 1.6: whether every window holds.
fn valid(windows: &[Option<&ValidityDoc>], at: Timestamp) -> bool {
    windows.iter().flatten().all(|window| {
        window.from.is_none_or(|from| from <= at) && window.to.is_none_or(|to| at < to)
    })
}

/// Texts of ids, in the order of 1.1.
fn in_order<'a>(ids: impl Iterator<Item = &'a Id>) -> Vec<String> {
    let sorted: BTreeSet<OrderedId> = ids.map(by_id).collect();
    sorted.iter().map(|id| id.0.to_text()).collect()
}

impl Oracle<'_> {
    fn allows(&self, person: &Id, key: &str, resource: Resource<'_>, at: Timestamp) -> bool {
        self.decide(&Request::new(Principal::Person(person.as_ref()), key, resource, at)).is_allow()
    }

    pub fn permissions(
        &self,
        principal: Principal<'_>,
        resource: Resource<'_>,
        at: Timestamp,
    ) -> Vec<String> {
        let keys = self.keys.keys();
        keys.filter(|key| self.decide(&Request::new(principal, key, resource, at)).is_allow())
            .cloned()
            .collect()
    }

    pub fn who_can(&self, action: &str, resource: Resource<'_>, at: Timestamp) -> Vec<String> {
        let people = self.estate.people.iter().map(|person| &person.id);
        in_order(people.filter(|person| self.allows(person, action, resource, at)))
    }

    /// Resources as texts, such as `door:d1`.
    pub fn what_can(&self, person: IdRef<'_>, action: &str, at: Timestamp) -> Vec<String> {
        let estate = self.estate;
        let (Some(kind), Some(person)) = (self.keys.get(action), named(&estate.people, person))
        else {
            return Vec::new();
        };
        let things: Vec<(&Id, Resource<'_>)> = match kind {
            KeyKind::Organisation => {
                let rows = estate.organisations.iter();
                rows.map(|row| (&row.id, Resource::Organisation(row.id.as_ref()))).collect()
            }
            KeyKind::Building => {
                let rows = estate.buildings.iter();
                rows.map(|row| (&row.id, Resource::Building(row.id.as_ref()))).collect()
            }
            KeyKind::Integration => {
                let rows = estate.integrations.iter();
                rows.map(|row| (&row.id, Resource::Integration(row.id.as_ref()))).collect()
            }
            KeyKind::Unit => {
                let rows = estate.units.iter();
                rows.map(|row| (&row.id, Resource::Unit(row.id.as_ref()))).collect()
            }
            KeyKind::Door => {
                let rows = estate.doors.iter();
                rows.map(|row| (&row.id, Resource::Door(row.id.as_ref()))).collect()
            }
        };
        let allowed = things
            .into_iter()
            .filter(|(_, resource)| self.allows(&person.id, action, *resource, at))
            .map(|(id, _)| id);
        in_order(allowed).into_iter().map(|id| format!("{}:{id}", kind.as_str())).collect()
    }

    pub fn members(&self, org: IdRef<'_>, recursive: bool, at: Timestamp) -> Vec<Member> {
        let Some(top) = named(&self.estate.organisations, org) else {
            return Vec::new();
        };
        let mut found: BTreeMap<OrderedId, BTreeMap<OrderedId, Vec<String>>> = BTreeMap::new();
        for membership in &self.estate.memberships {
            let organisation = self.organisation(&membership.organisation);
            let person = self.person(&membership.person);
            let asked = organisation.id == top.id || (recursive && self.within(organisation, top));
            if !asked
                || !valid(&[membership.valid.as_ref()], at)
                || !self.is_live(organisation)
                || person.state == PersonState::Deleted
            {
                continue;
            }
            let rows = membership.roles.iter().filter(|role| valid(&[role.valid.as_ref()], at));
            let paths: BTreeSet<String> = rows.map(|role| role.role.as_str().to_owned()).collect();
            found
                .entry(by_id(&person.id))
                .or_default()
                .insert(by_id(&organisation.id), paths.into_iter().collect());
        }
        found
            .into_iter()
            .map(|(person, roles)| Member {
                person: person.0.to_text(),
                blocked: self.person(&person.0).state == PersonState::Blocked,
                org_roles: roles.into_iter().map(|(org, paths)| (org.0.to_text(), paths)).collect(),
            })
            .collect()
    }

    pub fn visible_orgs(&self, person: IdRef<'_>, at: Timestamp) -> Vec<String> {
        let Some(person) = named(&self.estate.people, person) else {
            return Vec::new();
        };
        let visible = self.estate.organisations.iter().filter(|organisation| {
            person.state == PersonState::Active
                && self.is_live(organisation)
                && (self.is_member(person, organisation, at)
                    || self.allows(
                        &person.id,
                        "orgs:read",
                        Resource::Organisation(organisation.id.as_ref()),
                        at,
                    ))
        });
        in_order(visible.map(|organisation| &organisation.id))
    }

    fn is_member(&self, person: &PersonDoc, of: &OrganisationDoc, at: Timestamp) -> bool {
        self.memberships_of(person).iter().any(|membership| {
            self.organisation(&membership.organisation).id == of.id
                && valid(&[membership.valid.as_ref()], at)
        })
    }

    pub fn building_users(&self, integration: IdRef<'_>, at: Timestamp) -> Vec<BuildingUser> {
        let Some(integration) = named(&self.estate.integrations, integration) else {
            return Vec::new();
        };
        let all = format!("virtual_access:integration:{}:*", integration.id);
        let owner = self.org_of(Thing::Integration(integration));
        let mut rows: BTreeSet<(OrderedId, String)> = BTreeSet::new();
        for membership in &self.estate.memberships {
            let holding = self.organisation(&membership.organisation);
            let person = self.person(&membership.person);
            if person.state == PersonState::Deleted
                || !owner.is_some_and(|owner| self.within(owner, holding))
                || !self.is_live(holding)
            {
                continue;
            }
            for role in &membership.roles {
                if valid(&[role.valid.as_ref(), membership.valid.as_ref()], at)
                    && slow_covers(&all, role.role.as_str())
                {
                    rows.insert((by_id(&person.id), role.role.as_str().to_owned()));
                }
            }
        }
        rows.into_iter()
            .map(|(person, role)| BuildingUser {
                user_id: person.0.to_text(),
                role,
                apartments: self.apartments(self.person(&person.0), integration, at),
            })
            .collect()
    }

    fn apartments(
        &self,
        person: &PersonDoc,
        integration: &IntegrationDoc,
        at: Timestamp,
    ) -> Vec<String> {
        let residencies = self.residencies_of(person).into_iter().filter(|residency| {
            residency.status == ResidencyStatus::Active
                && valid(&[residency.valid.as_ref()], at)
                && self.is_unit_of(self.unit(&residency.unit), integration)
        });
        in_order(residencies.map(|residency| &self.unit(&residency.unit).id))
    }

    pub fn lobby_directory(&self, integration: IdRef<'_>, at: Timestamp) -> Vec<LobbyUnit> {
        let Some(integration) = named(&self.estate.integrations, integration) else {
            return Vec::new();
        };
        let mut rows: Vec<(&UnitDoc, LobbyUnit)> = Vec::new();
        for unit in &self.estate.units {
            let live = self.org_of(Thing::Unit(unit)).is_some_and(|owner| self.is_live(owner));
            if !live || unit.status == SwitchStatus::Disabled || !self.is_unit_of(unit, integration)
            {
                continue;
            }
            let listed = self.listed_residents(unit, at);
            if !listed.is_empty() {
                rows.push((unit, self.lobby_unit(unit, &listed)));
            }
        }
        rows.sort_by(|(a, _), (b, _)| {
            let numbers = a.number.as_bytes().cmp(b.number.as_bytes());
            numbers.then_with(|| by_id(&a.id).cmp(&by_id(&b.id)))
        });
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// 4: the *listed residents* of a unit.
    fn listed_residents(&self, unit: &UnitDoc, at: Timestamp) -> Vec<&ResidencyDoc> {
        let building = self.building(&unit.building);
        let residencies = self.estate.residencies.iter().filter(|residency| {
            let person = self.person(&residency.person);
            self.unit(&residency.unit).id == unit.id
                && residency.status == ResidencyStatus::Active
                && residency.residency_type != ResidencyType::Guest
                && valid(&[residency.valid.as_ref()], at)
                && residency.directory_visible
                && person.state == PersonState::Active
                && !self.is_blocked_in(person, building)
        });
        residencies.collect()
    }

    fn lobby_unit(&self, unit: &UnitDoc, listed: &[&ResidencyDoc]) -> LobbyUnit {
        let mut residents = listed.to_vec();
        residents.sort_by_key(|residency| by_id(&self.person(&residency.person).id));
        LobbyUnit {
            unit: unit.id.to_text(),
            number: unit.number.to_string(),
            residents: residents
                .iter()
                .map(|residency| {
                    let person = self.person(&residency.person);
                    let own = residency.display_name.as_deref().filter(|name| !name.is_empty());
                    let name = own.or(person.name.as_deref().filter(|name| !name.is_empty()));
                    (person.id.to_text(), name.map(ToString::to_string))
                })
                .collect(),
            callable: listed.iter().any(|residency| residency.receives_calls),
        }
    }

    // ----- 5 Who may give a site role -----

    pub fn assignable_roles(
        &self,
        actor: IdRef<'_>,
        integration: IdRef<'_>,
        at: Timestamp,
    ) -> Vec<String> {
        let (Some(actor), Some(integration)) =
            (named(&self.estate.people, actor), named(&self.estate.integrations, integration))
        else {
            return Vec::new();
        };
        if integration.kind != IntegrationKind::VirtualAccess {
            return Vec::new();
        }
        let sites = self.lines.iter().filter(|line| line.at == LineAt::Site);
        let mut roles: BTreeSet<String> = sites.map(|line| line.filled(&integration.id)).collect();
        roles.insert(format!("virtual_access:integration:{}:*", integration.id));
        let lasting = without_what_ends(self.estate);
        let lasting = Oracle::new(&lasting);
        let may_give = |role: &String| {
            lasting.gives_by_cover(actor, integration, role, at)
                || self.gives_by_line(actor, integration, role, at)
        };
        roles.into_iter().filter(may_give).collect()
    }

    /// 5 (a)
    fn gives_by_cover(
        &self,
        actor: &PersonDoc,
        integration: &IntegrationDoc,
        role: &str,
        at: Timestamp,
    ) -> bool {
        let on = Resource::Integration(integration.id.as_ref());
        let mut meant = self.keys.iter().filter(|(key, kind)| {
            matches!(kind, KeyKind::Integration | KeyKind::Unit | KeyKind::Door)
                && (self.site(role, integration, false, key)
                    || self.site(role, integration, true, key))
        });
        if meant.clone().next().is_none() {
            return false;
        }
        if !meant.all(|(key, _)| self.allows(&actor.id, key, on, at)) {
            return false;
        }
        let held = self.paths_held(actor, integration, at);
        let mut wanted = vec![role.to_owned()];
        wanted.extend(self.entries_covered(role, integration, &[LineAt::Site], true));
        wanted
            .iter()
            .filter(|path| has_star(path))
            .all(|path| held.iter().any(|held| slow_covers(held, path)))
    }

    /// 5 (b)
    fn gives_by_line(
        &self,
        actor: &PersonDoc,
        integration: &IntegrationDoc,
        role: &str,
        at: Timestamp,
    ) -> bool {
        let lines = self
            .lines
            .iter()
            .filter(|line| line.at == LineAt::Site && line.filled(&integration.id) == role);
        lines.flat_map(|line| &line.given_by).any(|(key, on)| match on {
            GivenOn::Integration => {
                let resource = Resource::Integration(integration.id.as_ref());
                self.allows(&actor.id, key, resource, at)
            }
            GivenOn::Unit => self.estate.units.iter().any(|unit| {
                self.is_unit_of(unit, integration)
                    && self.allows(&actor.id, key, Resource::Unit(unit.id.as_ref()), at)
            }),
        })
    }

    /// The entries of the lines that a path covers, site lines filled with the integration.
    fn entries_covered(
        &self,
        path: &str,
        integration: &IntegrationDoc,
        places: &[LineAt],
        with_bound: bool,
    ) -> Vec<String> {
        let lines = self.lines.iter().filter(|line| {
            places.contains(&line.at)
                && (with_bound || !line.audience_bound)
                && slow_covers(path, &line.filled(&integration.id))
        });
        lines.flat_map(|line| line.entries.clone()).collect()
    }

    /// 5 (a): the paths that the actor holds there.
    fn paths_held(
        &self,
        actor: &PersonDoc,
        integration: &IntegrationDoc,
        at: Timestamp,
    ) -> Vec<String> {
        let building = self.building(&integration.building);
        let owner = self.organisation(&building.owner);
        if actor.state != PersonState::Active || self.is_blocked_in(actor, building) {
            return Vec::new();
        }
        let mut held = Vec::new();
        let mut hold = |path: &str, places: &[LineAt]| {
            held.push(path.to_owned());
            held.extend(self.entries_covered(path, integration, places, false));
        };
        let own = [LineAt::Organisation, LineAt::Site];
        for membership in self.memberships_of(actor) {
            let organisation = self.organisation(&membership.organisation);
            for role in &membership.roles {
                if self.within(owner, organisation)
                    && self.is_live(organisation)
                    && valid(&[role.valid.as_ref(), membership.valid.as_ref()], at)
                {
                    hold(role.role.as_str(), &own);
                }
            }
        }
        let platform = [LineAt::Platform, LineAt::Organisation, LineAt::Site];
        for row in &self.estate.platform_roles {
            if self.person(&row.person).id == actor.id && valid(&[row.valid.as_ref()], at) {
                hold(row.role.as_str(), &platform);
            }
        }
        held.extend(self.group_paths_held(actor, building, at));
        held
    }

    /// 5 (a): the entries of the actor's permission groups there.
    fn group_paths_held(
        &self,
        actor: &PersonDoc,
        building: &BuildingDoc,
        at: Timestamp,
    ) -> Vec<String> {
        let mut held = Vec::new();
        for membership in self.memberships_of(actor) {
            let organisation = self.organisation(&membership.organisation);
            for group in self.groups_in(membership) {
                if self.is_live(organisation)
                    && self.access_holds(membership, organisation, building)
                    && valid(&[group.valid, membership.valid.as_ref()], at)
                {
                    held.extend(group.entries);
                }
            }
        }
        held
    }
}
