//! Whether an image agrees with itself: every list is the filter of its own `decide`. What there is to ask about is read from the
//! bytes, as format.md lays them out, because an image made up has what no estate has. The fuzz targets share this file.

use core::ops::Range;

use vestibule::{
    IdRef, Image, Key, Principal, PrincipalHandle, Question, Request, Resource, ResourceHandle,
    ResourceKind, Section, SliceKind, Timestamp,
};

/// Keys of every kind of resource, and what staff need twice.
pub const KEYS: [&str; 8] = [
    "orgs:read",
    "permission_groups:list",
    "buildings:read",
    "integrations:read",
    "directory:read",
    "units:read",
    "doors:open",
    "doors:open_unit",
];

const ID_BYTES: usize = 16;
const KEY_BYTES: usize = 8;
const KEY_KIND: usize = 6;
const CONDITION_BYTES: usize = 24;
const CONDITION_FROM: usize = 8;
/// Where the digest lies.
pub const DIGEST: Range<usize> = 16..48;
/// Bytes before the section table, and of one entry of it.
pub const HEADER_BYTES: usize = 96;
pub const ENTRY_BYTES: usize = 12;

/// How much of an image is asked about, at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub people: usize,
    /// Of each kind.
    pub resources: usize,
    pub keys: usize,
}

/// What an image is asked about.
pub struct Questions<'i> {
    image: &'i Image<'i>,
    people: Vec<PrincipalHandle>,
    tokens: Vec<PrincipalHandle>,
    resources: Vec<Known<'i>>,
    integrations: Vec<IdRef<'i>>,
    keys: Vec<(Key, ResourceKind)>,
    instants: Vec<Timestamp>,
}

/// A resource that may be asked about.
#[derive(Clone, Copy)]
struct Known<'i> {
    resource: Resource<'i>,
    handle: ResourceHandle,
}

/// One list: of whom or what, with which key, when.
#[derive(Clone, Copy)]
struct Asked {
    key: Key,
    at: Timestamp,
}

impl<'i> Questions<'i> {
    /// What there is to ask an image that was opened from these bytes; keys with these texts first. Panics when a row is not
    /// found by its own id.
    pub fn new(image: &'i Image<'_>, bytes: &'i [u8], keys: &[&str], limits: Limits) -> Self {
        let rows = Rows { image, bytes };
        let people = rows.ids(Section::People, Section::PersonIndex).take(limits.people);
        let units = || rows.ids(Section::Units, Section::UnitIndex).take(limits.resources);
        let principal = |who| image.principal(who).unwrap_or_else(|| panic!("{who} is not found"));
        let integrations = rows.ids(Section::Integrations, Section::IntegrationIndex);
        Self {
            image,
            people: people.map(|id| principal(Principal::Person(id))).collect(),
            tokens: units().map(|id| principal(Principal::UnitToken(id))).collect(),
            resources: rows.resources(limits.resources),
            integrations: integrations.take(limits.resources).collect(),
            keys: rows.keys(keys, limits.keys),
            instants: rows.instants(),
        }
    }

    /// Asks everything. Panics where a list is not the filter of `decide`, and where an explanation is of another decision.
    pub fn check(&self) {
        for at in &self.instants {
            for (key, kind) in &self.keys {
                let asked = Asked { key: *key, at: *at };
                self.resources.iter().for_each(|on| self.check_who_can(asked, on.handle));
                self.people.iter().for_each(|person| self.check_what_can(asked, *kind, *person));
            }
            self.check_permissions(*at);
            self.integrations.iter().for_each(|id| self.check_lobby(*id, *at));
        }
        if let Some(at) = self.instants.first() {
            self.check_explanations(*at);
        }
    }

    fn allows(&self, person: PrincipalHandle, asked: Asked, on: ResourceHandle) -> bool {
        let question = Question::new(person, asked.key, on, asked.at);
        self.image.decide_question(&question).is_allow()
    }

    fn check_who_can(&self, asked: Asked, on: ResourceHandle) {
        let Ok(listed) = self.image.who_can_handles(asked.key, on, asked.at) else { return };
        let listed: Vec<PrincipalHandle> = listed.collect();
        let key = self.image.key_text(asked.key);
        assert!(self.is_in_order(&listed), "{listed:?} who can {key} on {on:?} are in no order");
        let refused = listed.iter().find(|person| !self.allows(**person, asked, on));
        assert_eq!(refused, None, "listed, but may not {key} on {on:?}");
        let is_missing = |person: &&PrincipalHandle| {
            !listed.contains(person) && self.allows(**person, asked, on)
        };
        let missing = self.people.iter().find(is_missing);
        assert_eq!(missing, None, "may {key} on {on:?}, but is not listed");
    }

    /// By id, each once.
    fn is_in_order(&self, people: &[PrincipalHandle]) -> bool {
        let id = |person: &PrincipalHandle| self.image.principal_id(*person);
        people.is_sorted_by(|a, b| id(a).is_some() && id(a) < id(b))
    }

    fn check_what_can(&self, asked: Asked, kind: ResourceKind, person: PrincipalHandle) {
        let listed: Vec<ResourceHandle> =
            self.image.what_can_handles(person, asked.key, asked.at).collect();
        let key = self.image.key_text(asked.key);
        let id = |on: &ResourceHandle| self.image.resource_id(*on).and_then(|on| on.id());
        let in_order = listed.is_sorted_by(|a, b| id(a).is_some() && id(a) < id(b));
        assert!(in_order, "what {person:?} can {key}, {listed:?}, is in no order");
        let refused = listed.iter().find(|on| !self.allows(person, asked, **on));
        assert_eq!(refused, None, "listed, but {person:?} may not {key}");
        let of_kind = self.resources.iter().filter(|on| on.resource.kind() == kind);
        let missing = of_kind
            .map(|on| on.handle)
            .find(|on| !listed.contains(on) && self.allows(person, asked, *on));
        assert_eq!(missing, None, "{person:?} may {key}, but it is not listed");
    }

    /// Of everybody, on the first resource of each kind.
    fn check_permissions(&self, at: Timestamp) {
        for on in self.first_of_each_kind() {
            for who in self.people.iter().chain(&self.tokens) {
                let Ok(listed) = self.image.permissions_handles(*who, on.handle, at) else {
                    continue;
                };
                let allowed = self.image.keys().filter(|key| {
                    let asked = Asked { key: *key, at };
                    self.allows(*who, asked, on.handle)
                });
                assert!(listed.eq(allowed), "the permissions of {who:?} on {}", on.resource);
            }
        }
    }

    fn first_of_each_kind(&self) -> impl Iterator<Item = &Known<'i>> {
        let first = |kind| self.resources.iter().find(move |on| on.resource.kind() == kind);
        ResourceKind::ALL.into_iter().filter_map(first)
    }

    /// Who is shown is somebody, each once, and the units are in their order.
    fn check_lobby(&self, integration: IdRef<'_>, at: Timestamp) {
        let Ok(units) = self.image.lobby_directory(integration, at) else {
            assert_ne!(self.image.slice(), SliceKind::Everything, "no lobby of {integration}");
            return;
        };
        let units: Vec<_> = units.collect();
        assert!(units.is_sorted_by(|a, b| (a.number, a.unit) < (b.number, b.unit)), "{units:?}");
        for unit in units {
            let residents: Vec<IdRef<'_>> = unit.residents().map(|(person, _)| person).collect();
            assert!(!residents.is_empty(), "{} has nobody to show", unit.unit);
            assert!(residents.is_sorted_by(|a, b| a < b), "the residents of {}", unit.unit);
        }
    }

    /// Asked by ids: the decision by handles, and its explanation.
    fn check_explanations(&self, at: Timestamp) {
        for on in self.first_of_each_kind() {
            for who in self.people.iter().chain(&self.tokens).step_by(2) {
                for (key, _) in self.keys.iter().step_by(3) {
                    self.check_explanation(*who, Asked { key: *key, at }, on);
                }
            }
        }
    }

    fn check_explanation(&self, who: PrincipalHandle, asked: Asked, on: &Known<'_>) {
        let by_handles = Question::new(who, asked.key, on.handle, asked.at);
        let id = self.image.principal_id(who).unwrap_or_else(|| panic!("{who:?} has no id"));
        let is_person = self.image.principal(Principal::Person(id)) == Some(who);
        let principal = if is_person { Principal::Person(id) } else { Principal::UnitToken(id) };
        let action = self.image.key_text(asked.key);
        let request = Request::new(principal, action, on.resource, asked.at);
        let decision = self.image.decide(&request);
        assert_eq!(decision, self.image.decide_question(&by_handles), "{request:?}");
        let told = self.image.explain(&request);
        assert_eq!(told.decision(), decision, "{request:?}\n{told}");
        let first = told.reasons().next().map(|reason| reason.reason);
        assert_eq!(first, (!decision.is_allow()).then(|| decision.reason()), "{told}");
    }
}

/// Reads the rows of an image that was opened, by the offsets of format.md.
struct Rows<'i, 'b> {
    image: &'i Image<'b>,
    bytes: &'i [u8],
}

impl<'i> Rows<'i, '_> {
    fn section(&self, section: Section) -> &'i [u8] {
        let mut views = self.image.sections();
        let view = views.find(|view| view.section == Some(section)).unwrap();
        &self.bytes[view.offset as usize..][..view.bytes as usize]
    }

    /// The ids of a table: first ULIDs, then UUIDs, as many as its index says, then names.
    fn ids(&self, table: Section, index: Section) -> impl Iterator<Item = IdRef<'i>> + use<'i> {
        let (rows, index) = (self.section(table), self.section(index));
        let (ulids, uuids) = (u32_at(index, 0), u32_at(index, 4));
        let text = self.section(Section::Text);
        rows.chunks_exact(row_bytes(table)).zip(0..).map(move |(row, number)| {
            let id = row[..ID_BYTES].try_into().unwrap();
            if number < ulids {
                IdRef::from_ulid_bytes(id)
            } else if number - ulids < uuids {
                IdRef::from_uuid_bytes(id)
            } else {
                let name = &text[u32_at(row, 0) as usize..][..u32_at(row, 4) as usize];
                IdRef::parse(core::str::from_utf8(name).unwrap()).unwrap()
            }
        })
    }

    /// So many resources of each kind; those that may not be asked about left out.
    fn resources(&self, limit: usize) -> Vec<Known<'i>> {
        const TABLES: [(ResourceKind, Section, Section); 5] = [
            (ResourceKind::Organisation, Section::Organisations, Section::OrganisationIndex),
            (ResourceKind::Building, Section::Buildings, Section::BuildingIndex),
            (ResourceKind::Integration, Section::Integrations, Section::IntegrationIndex),
            (ResourceKind::Unit, Section::Units, Section::UnitIndex),
            (ResourceKind::Door, Section::Doors, Section::DoorIndex),
        ];
        let of_tables = TABLES.into_iter().flat_map(|(kind, table, index)| {
            let ids = self.ids(table, index).take(limit);
            ids.filter_map(move |id| Resource::new(kind, id))
        });
        let all = [Resource::Platform].into_iter().chain(of_tables);
        let known = all.filter_map(|resource| {
            Some(Known { resource, handle: self.image.resource(resource)? })
        });
        known.collect()
    }

    /// So many keys, those with these texts first, and the kinds that they are about.
    fn keys(&self, first: &[&str], limit: usize) -> Vec<(Key, ResourceKind)> {
        let rows = self.section(Section::Keys).chunks_exact(KEY_BYTES);
        let kinds = rows.map(|row| ResourceKind::ALL[usize::from(row[KEY_KIND])]);
        let all: Vec<(Key, ResourceKind)> = self.image.keys().zip(kinds).collect();
        let is_first = |key| first.contains(&self.image.key_text(key));
        let (mut keys, rest): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(key, _)| is_first(*key));
        keys.extend(rest);
        keys.truncate(limit);
        keys
    }

    /// The issue, and when the first window begins.
    fn instants(&self) -> Vec<Timestamp> {
        let conditions = self.section(Section::Conditions).chunks_exact(CONDITION_BYTES);
        let from = |row: &[u8]| row[CONDITION_FROM..][..8].try_into().unwrap();
        let windows = conditions.skip(1).map(|row| i64::from_le_bytes(from(row)));
        let first = windows.take(1).map(Timestamp::from_millis);
        [self.image.issued_at()].into_iter().chain(first).collect()
    }
}

/// The number that lies there.
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..][..4].try_into().unwrap())
}

/// Bytes of a row of a section (format.md, section 2); 1 of the text.
pub const fn row_bytes(section: Section) -> usize {
    match section {
        Section::Keys => KEY_BYTES,
        Section::KeySlots => 2,
        Section::Meanings => 96,
        Section::Conditions => CONDITION_BYTES,
        Section::Organisations => 36,
        Section::Buildings => 26,
        Section::Integrations => 31,
        Section::Units => 35,
        Section::Doors => 39,
        Section::People | Section::Grants => 24,
        Section::Roles | Section::Groups => 6,
        Section::Lobby => 7,
        Section::Lists => 4,
        Section::OrganisationIndex
        | Section::BuildingIndex
        | Section::IntegrationIndex
        | Section::UnitIndex
        | Section::DoorIndex
        | Section::PersonIndex => 4,
        _ => 1,
    }
}
