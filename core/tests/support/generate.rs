//! Legal estates, questions about them, and changes to them whose effect is known.
//!
//! An estate is built from a [`Plan`]: a few sizes, a few switches and a seed. Every row draws from
//! its own stream of numbers, so a plan with a smaller size builds the same rows but for the last
//! ones, and proptest can shrink a plan to a small example.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use vestibule::estate::{
    Account, AdministratorEntry, AudienceDoc, BuildingAccess, BuildingDoc, Deletion, DeviceDoc,
    DoorDoc, Estate, GivenBy, GivenOn, GrantedGroup, GrantedRole, HeldAt, IntegrationDoc,
    IntegrationKind, JobFunctionDoc, KeyKind, LineDoc, LocalizedText, MembershipDoc,
    OrganisationDoc, OrganisationKind, PermissionDoc, PermissionGroupDoc, PersonDoc, PersonKind,
    PersonState, PlatformRoleDoc, ResidencyDoc, ResidencyStatus, ResidencyType, SwitchStatus,
    UnitDoc, ValidityDoc,
};
use vestibule::{
    Id, IdForm, IdRef, Principal, Reason, Request, Resource, ResourceKind, RolePath, Timestamp,
};

use super::oracle::{GROUPS, JOB_FUNCTIONS, LineAt, Oracle, all_keys, name, slow_covers};

// ---------------------------------------------------------------------------------------------
// Numbers
// ---------------------------------------------------------------------------------------------

/// A stream of numbers (splitmix64), the same for the same seed, salt and index.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, salt: &str, index: usize) -> Self {
        let mut state = seed ^ 0x9E37_79B9_7F4A_7C15;
        for byte in salt.bytes() {
            state = state.wrapping_mul(0x0100_0000_01B3) ^ u64::from(byte);
        }
        let mut dice = Self(state ^ (index as u64).wrapping_mul(0xD134_2543_DE82_EF95));
        dice.next();
        dice
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number under `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())) }
    }

    /// Up to `most` of them, each once, in any order.
    pub fn several<T: Clone>(&mut self, from: &[T], most: usize) -> Vec<T> {
        let mut all = from.to_vec();
        self.shuffle(&mut all);
        let count = self.below(most + 1);
        all.truncate(count);
        all
    }

    pub fn shuffle<T>(&mut self, rows: &mut [T]) {
        for last in (1..rows.len()).rev() {
            rows.swap(last, self.below(last + 1));
        }
    }
}

// ---------------------------------------------------------------------------------------------
// Plans
// ---------------------------------------------------------------------------------------------

/// How many rows of each entity at most.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    pub accounts: usize,
    pub organisations: usize,
    pub buildings: usize,
    pub integrations: usize,
    pub units: usize,
    pub doors: usize,
    pub people: usize,
    pub groups: usize,
    pub jobs: usize,
    pub memberships: usize,
    pub residencies: usize,
    pub platform_roles: usize,
}

/// What may be in an estate; all off is the plainest estate.
#[derive(Clone, Copy, Debug)]
pub struct Switches {
    /// Ids of all forms, in any case; else `o01`, `b02`.
    pub strange_ids: bool,
    /// One id for entities of several kinds.
    pub shared_ids: bool,
    /// Aliases, and references by alias.
    pub aliases: bool,
    /// Organisations in one long chain.
    pub deep: bool,
    /// Deleted organisations.
    pub deletions: bool,
    /// People blocked and deleted, residencies blocked.
    pub blocks: bool,
    /// Units and doors out of service.
    pub disabled: bool,
    /// Validity windows.
    pub windows: bool,
    /// Roles with `*`.
    pub wildcards: bool,
    /// Keys and lines of the estate's own.
    pub catalog: bool,
    /// Built-in lines, groups and job functions replaced.
    pub replacements: bool,
    /// Rows in any order.
    pub shuffled: bool,
}

/// From which an estate follows.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub sizes: Sizes,
    pub on: Switches,
    pub seed: u64,
}

/// Plans of every sort. Shrinks towards few rows and all switches off.
pub fn plans() -> impl Strategy<Value = Plan> {
    let places = (rows(2), rows(10), rows(4), rows(5), rows(8), rows(10));
    let others = (rows(7), rows(5), rows(3), rows(16), rows(16), rows(4));
    let forms =
        (prop::bool::ANY, prop::bool::weighted(0.2), prop::bool::ANY, some(), some(), most());
    let rules = (some(), most(), most(), prop::bool::ANY, some(), prop::bool::ANY);
    (places, others, forms, rules, any::<u64>().no_shrink()).prop_map(
        |(places, others, forms, rules, seed)| {
            let (accounts, organisations, buildings, integrations, units, doors) = places;
            let (people, groups, jobs, memberships, residencies, platform_roles) = others;
            let (strange_ids, shared_ids, aliases, deep, deletions, blocks) = forms;
            let (disabled, windows, wildcards, catalog, replacements, shuffled) = rules;
            Plan {
                sizes: Sizes {
                    accounts,
                    organisations,
                    buildings,
                    integrations,
                    units,
                    doors,
                    people,
                    groups,
                    jobs,
                    memberships,
                    residencies,
                    platform_roles,
                },
                on: Switches {
                    strange_ids,
                    shared_ids,
                    aliases,
                    deep,
                    deletions,
                    blocks,
                    disabled,
                    windows,
                    wildcards,
                    catalog,
                    replacements,
                    shuffled,
                },
                seed,
            }
        },
    )
}

/// A number of rows; seldom under a quarter of the most.
fn rows(most: usize) -> impl Strategy<Value = usize> {
    let few = most / 4;
    prop_oneof![1 => 0..=few, 12 => few + 1..=most]
}

fn some() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.35)
}

fn most() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.7)
}

// ---------------------------------------------------------------------------------------------
// Instants
// ---------------------------------------------------------------------------------------------

/// 2026-11-22T18:00:00Z
const FIRST_INSTANT: i64 = 1_795_370_400_000;
const STEP: i64 = 60_000;
const INSTANTS: i64 = 7;

/// One of the few instants at which windows begin and end.
fn instant(dice: &mut Dice) -> Timestamp {
    let step = i64::try_from(dice.below(INSTANTS as usize)).unwrap_or_default();
    Timestamp::from_millis(FIRST_INSTANT + step * STEP)
}

/// An instant to ask at: one of the few, next to one, or an extreme.
pub fn any_instant(dice: &mut Dice) -> Timestamp {
    let middle = instant(dice).as_millis();
    match dice.below(40) {
        0 => Timestamp::MIN,
        1 => Timestamp::MAX,
        2 => Timestamp::from_millis(0),
        3..=12 => Timestamp::from_millis(middle - 1),
        13..=17 => Timestamp::from_millis(middle + 1),
        _ => Timestamp::from_millis(middle),
    }
}

/// Every instant at which time can change an answer, and its neighbours.
pub fn all_instants() -> Vec<Timestamp> {
    let mut all = vec![Timestamp::MIN];
    for step in 0..INSTANTS {
        for near in -1..=1 {
            all.push(Timestamp::from_millis(FIRST_INSTANT + step * STEP + near));
        }
    }
    all.push(Timestamp::MAX);
    all
}

fn window(dice: &mut Dice) -> ValidityDoc {
    let (a, b) = (instant(dice), instant(dice));
    match dice.below(4) {
        0 => ValidityDoc { from: Some(a), to: None },
        1 => ValidityDoc { from: None, to: Some(a) },
        _ if a < b => ValidityDoc { from: Some(a), to: Some(b) },
        _ if b < a => ValidityDoc { from: Some(b), to: Some(a) },
        _ => ValidityDoc { from: Some(a), to: Some(Timestamp::from_millis(a.as_millis() + 1)) },
    }
}

// ---------------------------------------------------------------------------------------------
// Building an estate
// ---------------------------------------------------------------------------------------------

const CROCKFORD: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const HEXADECIMAL: &[u8] = b"0123456789abcdef";
const NAME_BYTES: &[u8] = b"ABCDEFXYZabcdefxyz0123456789_.-";

/// Keys that an estate may add. Some look like keys and roles that are there already.
const MORE_KEYS: [(&str, KeyKind); 7] = [
    ("parcels:collect", KeyKind::Integration),
    ("parcels:open", KeyKind::Unit),
    ("doors:hold", KeyKind::Door),
    ("lounge:area:enter", KeyKind::Building),
    ("billing:read", KeyKind::Organisation),
    ("desk:integration:night", KeyKind::Door),
    ("a:b:c:d:e:f:g:h", KeyKind::Unit),
];

const PATTERNS: [&str; 24] = [
    "*",
    "*",
    "doors:*",
    "*:open",
    "*:read",
    "orgs:*",
    "users:*",
    "units:*",
    "residents:*",
    "*:*",
    "*:*:*",
    "*:integration:*",
    "virtual_access:*",
    "virtual_access:integration:*",
    "virtual_access:*:*:technician",
    "virtual_access:integration:*:*",
    "virtual_access:integration:*:technician",
    "virtual_access:integration:*:admin",
    "virtual_access:integration:*:resident",
    "*:integration:*:resident",
    "*:*:*:admin",
    "crew:*",
    "nothing:*",
    "*:b:*:d:*",
];

/// The plan at work: what was built so far, and how.
struct Builder {
    on: Switches,
    sizes: Sizes,
    seed: u64,
    estate: Estate,
}

impl Plan {
    /// The estate. The same plan gives the same estate.
    pub fn estate(&self) -> Estate {
        let mut builder =
            Builder { on: self.on, sizes: self.sizes, seed: self.seed, estate: Estate::default() };
        builder.catalog();
        builder.accounts();
        builder.organisations();
        builder.buildings();
        builder.integrations();
        builder.units();
        builder.doors();
        builder.people();
        builder.groups();
        builder.jobs();
        builder.residencies();
        builder.administrators();
        builder.memberships();
        builder.platform_roles();
        builder.purged();
        if self.on.shuffled { shuffle(&builder.estate, self.seed) } else { builder.estate }
    }
}

impl Builder {
    fn dice(&self, salt: &str, index: usize) -> Dice {
        Dice::new(self.seed, salt, index)
    }

    // ----- Ids -----

    /// The id of the entity of a kind, a letter, at a position.
    fn id(&self, kind: char, index: usize) -> Id {
        if !self.on.strange_ids {
            let kind = if self.on.shared_ids { 'e' } else { kind };
            return name(&format!("{kind}{index:02}"));
        }
        let salt = if self.on.shared_ids { String::from("id") } else { format!("id {kind}") };
        let code = if self.on.shared_ids { 0 } else { usize::from(kind as u8 - b'a') };
        // Two entities next to each other may have names that differ in case only.
        let mut dice = self.dice(&salt, index / 2);
        let twins = dice.chance(40);
        if !twins {
            dice = self.dice(&salt, 1000 + index);
        }
        let unique = code * 256 + index;
        let text = match (twins, dice.below(3)) {
            (false, 0) => ulid_text(&mut dice, unique),
            (false, 1) => uuid_text(&mut dice, unique),
            _ => name_text(&mut dice, if twins { code * 256 + index / 2 } else { 8192 + unique }),
        };
        let text = if twins && index % 2 == 1 { swap_case(&text) } else { text };
        name(&text)
    }

    fn aliases(&self, kind: char, index: usize) -> Vec<Id> {
        if !self.on.aliases {
            return Vec::new();
        }
        let count = self.dice("aliases", index * 32 + usize::from(kind as u8 - b'a')).below(3);
        (0..count).map(|alias| self.id(kind, 100 + index * 4 + alias * 2)).collect()
    }

    /// A reference: the id, or an alias.
    fn refer(&self, dice: &mut Dice, id: &Id, aliases: &[Id]) -> Id {
        match dice.pick(aliases) {
            Some(alias) if dice.chance(40) => alias.clone(),
            _ => id.clone(),
        }
    }

    fn valid(&self, dice: &mut Dice, percent: usize) -> Option<ValidityDoc> {
        (self.on.windows && dice.chance(percent)).then(|| window(dice))
    }

    fn switch(&self, dice: &mut Dice) -> SwitchStatus {
        let off = self.on.disabled && dice.chance(18);
        if off { SwitchStatus::Disabled } else { SwitchStatus::Enabled }
    }

    // ----- Catalog -----

    fn catalog(&mut self) {
        let mut dice = self.dice("catalog", 0);
        if self.on.catalog {
            let keys = dice.several(&MORE_KEYS, MORE_KEYS.len());
            self.estate.catalog.permissions = keys
                .into_iter()
                .filter_map(|(key, kind)| Some(PermissionDoc { key: key.parse().ok()?, kind }))
                .collect();
        }
        let mut lines = Vec::new();
        if self.on.catalog {
            lines.extend(self.added_lines());
        }
        if self.on.replacements {
            lines.extend(self.replaced_lines());
        }
        let taken = all_keys(&self.estate);
        lines.retain(|line| !taken.contains_key(&line.role));
        self.estate.catalog.roles = lines;
    }

    fn added_lines(&self) -> Vec<LineDoc> {
        let mut dice = self.dice("lines", 0);
        let site = "virtual_access:integration:{integration}:";
        let mut lines = vec![
            self.line(&format!("{site}concierge"), None, &["doors:open", "directory:read"], 1),
            self.line(&format!("{site}guard"), None, &["doors:open", "doors:open_unit"], 2),
            self.line(&format!("{site}lodger"), None, &["doors:open", "calls:*"], 3),
            self.line(&format!("{site}front:desk"), None, &["doors:open_unit", "devices:*"], 4),
            self.line(&format!("{site}nothing"), None, &[], 5),
            self.line("auditor", Some(HeldAt::Organisation), &["orgs:read", "users:list"], 6),
            self.line("crew:night", Some(HeldAt::Organisation), &["doors:open", "units:*"], 7),
            self.line("desk:integration:night", Some(HeldAt::Organisation), &["doors:open"], 8),
            self.line("a:integration:x:desk", Some(HeldAt::Organisation), &["doors:open"], 9),
            self.line("support", Some(HeldAt::Platform), &["devices:*", "orgs:read"], 10),
        ];
        lines.retain(|_| dice.chance(60));
        lines
    }

    fn replaced_lines(&self) -> Vec<LineDoc> {
        let mut dice = self.dice("replaced", 0);
        let site = "virtual_access:integration:{integration}:";
        let mut lines = vec![
            self.line(&format!("{site}resident"), None, &["doors:open", "units:read"], 21),
            self.line(&format!("{site}technician"), None, &["doors:*", "devices:read"], 22),
            self.line(&format!("{site}admin"), None, &["*"], 23),
            self.line("admin", Some(HeldAt::Organisation), &["orgs:*", "doors:open"], 24),
            self.line("member", Some(HeldAt::Organisation), &["directory:read"], 25),
            self.line("platform_admin", Some(HeldAt::Platform), &["*:read", "doors:*"], 26),
            self.line("unit_administrator", Some(HeldAt::Unit), &["residents:*", "doors:open"], 27),
        ];
        lines.retain(|_| dice.chance(40));
        lines
    }

    /// A line with these entries or others.
    fn line(&self, role: &str, held_at: Option<HeldAt>, entries: &[&str], index: usize) -> LineDoc {
        let mut dice = self.dice("line", index);
        let is_site = role.contains('{');
        let mut keys: Vec<RolePath> = entries.iter().filter_map(|key| key.parse().ok()).collect();
        if dice.chance(50) {
            keys.extend(self.entries(&mut dice, 4));
            keys.retain(|_| dice.chance(75));
        }
        let kinds = [OrganisationKind::Pmo, OrganisationKind::Tenant];
        let limited = dice.chance(20) && held_at != Some(HeldAt::Platform) && index < 20;
        LineDoc {
            role: role.to_owned(),
            held_at,
            keys: unique(keys),
            // The built-in line for residents stays bound when it is replaced.
            audience_bound: is_site && (dice.chance(35) || role.ends_with("}:resident")),
            given_by: if is_site { self.givers(&mut dice) } else { Vec::new() },
            organisation_kinds: limited.then(|| kinds[..=dice.below(2)].to_vec()),
        }
    }

    fn givers(&self, dice: &mut Dice) -> Vec<GivenBy> {
        let givers = [
            ("integrations:update", GivenOn::Integration),
            ("devices:read", GivenOn::Integration),
            ("residents:write", GivenOn::Unit),
            ("calls:answer", GivenOn::Unit),
        ];
        let some = dice.several(&givers, 2);
        some.into_iter()
            .filter_map(|(key, on)| Some(GivenBy { key: key.parse().ok()?, on }))
            .collect()
    }

    /// Keys, and patterns that cover a key.
    fn entries(&self, dice: &mut Dice, most: usize) -> Vec<RolePath> {
        let keys: Vec<String> = all_keys(&self.estate).into_keys().collect();
        let patterns: Vec<&str> = PATTERNS
            .into_iter()
            .filter(|pattern| keys.iter().any(|key| slow_covers(pattern, key)))
            .collect();
        let mut entries = Vec::new();
        for _ in 0..=dice.below(most.max(1)) {
            let text = match dice.below(10) {
                0..=2 => dice.pick(&patterns).map(|pattern| (*pattern).to_owned()),
                3..=4 => Some(String::from("doors:open")),
                5 => Some(String::from("doors:open_unit")),
                _ => dice.pick(&keys).cloned(),
            };
            entries.extend(text.and_then(|text| text.parse().ok()));
        }
        unique(entries)
    }

    // ----- Places -----

    fn accounts(&mut self) {
        for index in 0..self.sizes.accounts {
            let row =
                Account { id: self.id('a', index), aliases: self.aliases('a', index), name: None };
            self.estate.accounts.push(row);
        }
    }

    fn organisations(&mut self) {
        let count = if self.on.deep { 16 } else { self.sizes.organisations };
        let roots = 1 + self.dice("roots", 0).below(3);
        let mut depths: Vec<usize> = Vec::new();
        for index in 0..count.max(1) {
            let mut dice = self.dice("organisation", index);
            let parent = self.parent(&mut dice, index, if self.on.deep { 1 } else { roots });
            depths.push(parent.map_or(1, |parent| depths[parent] + 1));
            let account = if parent.is_none() && dice.chance(85) {
                let account = dice.pick(&self.estate.accounts).cloned();
                account.map(|row| self.refer(&mut dice, &row.id, &row.aliases))
            } else {
                None
            };
            let parent = parent.and_then(|parent| self.estate.organisations.get(parent)).cloned();
            let kind = organisation_kind(&mut dice, index);
            let is_guest_company =
                matches!(kind, Some(OrganisationKind::Tenant | OrganisationKind::Vendor));
            let often = match (is_guest_company, self.on.deep) {
                (true, _) => 30,
                (false, true) => 4,
                (false, false) => 8,
            };
            let deleted = self.on.deletions && dice.chance(often);
            let row = OrganisationDoc {
                id: self.id('o', index),
                aliases: self.aliases('o', index),
                name: LocalizedText::plain("An organisation"),
                description: None,
                parent: parent.map(|row| self.refer(&mut dice, &row.id, &row.aliases)),
                account,
                kind,
                serves: Vec::new(),
                deleted: deleted
                    .then(|| Deletion { at: instant(&mut dice), id: name("deletion-1") }),
            };
            self.estate.organisations.push(row);
        }
        let deepest = depths.iter().copied().max().unwrap_or(1);
        if self.dice("depth", 0).chance(30) {
            self.estate.settings.max_organisation_depth = u32::try_from(deepest).unwrap_or(64);
        }
    }

    fn parent(&self, dice: &mut Dice, index: usize, roots: usize) -> Option<usize> {
        if index < roots {
            None
        } else if self.on.deep && dice.chance(92) {
            Some(index - 1)
        } else {
            Some(dice.below(index))
        }
    }

    fn buildings(&mut self) {
        let owners: Vec<OrganisationDoc> = self
            .estate
            .organisations
            .iter()
            .filter(|row| matches!(row.kind, None | Some(OrganisationKind::Pmo)))
            .cloned()
            .collect();
        for index in 0..self.sizes.buildings {
            let mut dice = self.dice("building", index);
            let Some(owner) = dice.pick(&owners) else { return };
            let row = BuildingDoc {
                id: self.id('b', index),
                aliases: self.aliases('b', index),
                name: None,
                owner: self.refer(&mut dice, &owner.id, &owner.aliases),
                time_zone: None,
            };
            self.estate.buildings.push(row);
        }
        for index in 0..self.estate.organisations.len() {
            let mut dice = self.dice("serves", index);
            if dice.chance(50) {
                let served = dice.several(&self.estate.buildings, 2);
                let served = served.iter().map(|row| self.refer(&mut dice, &row.id, &row.aliases));
                self.estate.organisations[index].serves = served.collect();
            }
        }
    }

    fn integrations(&mut self) {
        for index in 0..self.sizes.integrations {
            let mut dice = self.dice("integration", index);
            let Some(building) = dice.pick(&self.estate.buildings) else { return };
            let other = dice.chance(15);
            let row = IntegrationDoc {
                id: self.id('i', index),
                aliases: self.aliases('i', index),
                name: None,
                building: self.refer(&mut dice, &building.id, &building.aliases),
                kind: if other { IntegrationKind::Other } else { IntegrationKind::VirtualAccess },
            };
            self.estate.integrations.push(row);
        }
    }

    fn units(&mut self) {
        for index in 0..self.sizes.units {
            let mut dice = self.dice("unit", index);
            let Some(building) = dice.pick(&self.estate.buildings) else { return };
            let here: Vec<&IntegrationDoc> = self
                .estate
                .integrations
                .iter()
                .filter(|row| is_one_of(&row.building, &building.id, &building.aliases))
                .collect();
            let integration = if dice.chance(85) { dice.pick(&here) } else { None };
            let row = UnitDoc {
                id: self.id('u', index),
                aliases: self.aliases('u', index),
                number: (*dice.pick(&["1", "10", "2", "12", "12A", "é", "A"]).unwrap_or(&"1"))
                    .into(),
                building: self.refer(&mut dice, &building.id, &building.aliases),
                integration: integration.map(|row| self.refer(&mut dice, &row.id, &row.aliases)),
                status: self.switch(&mut dice),
                administrators: Vec::new(),
                resident_limit: dice.chance(10).then(|| 1 + dice.below(4) as u32),
                token_generation: if dice.chance(10) { dice.next() } else { 0 },
            };
            self.estate.units.push(row);
        }
    }

    fn doors(&mut self) {
        for index in 0..self.sizes.doors {
            let mut dice = self.dice("door", index);
            let Some(integration) = dice.pick(&self.estate.integrations) else { return };
            let here: Vec<UnitDoc> = self
                .estate
                .units
                .iter()
                .filter(|unit| {
                    self.building_id(&unit.building) == self.building_id(&integration.building)
                })
                .cloned()
                .collect();
            let own = if dice.chance(35) { dice.pick(&here) } else { None };
            let row = DoorDoc {
                id: self.id('d', index),
                aliases: self.aliases('d', index),
                name: None,
                integration: self.refer(&mut dice, &integration.id, &integration.aliases),
                unit: own.map(|unit| self.refer(&mut dice, &unit.id, &unit.aliases)),
                audience: if own.is_some() { None } else { Some(self.audience(&mut dice, &here)) },
                guests: dice.chance(50),
                status: self.switch(&mut dice),
            };
            self.estate.doors.push(row);
        }
    }

    fn building_id(&self, reference: &Id) -> Option<Id> {
        let mut rows = self.estate.buildings.iter();
        rows.find(|row| is_one_of(reference, &row.id, &row.aliases)).map(|row| row.id.clone())
    }

    fn audience(&self, dice: &mut Dice, here: &[UnitDoc]) -> AudienceDoc {
        match dice.below(10) {
            0..=4 => AudienceDoc::AllResidents,
            5 => AudienceDoc::Nobody,
            _ => {
                let units = dice.several(here, 3);
                if units.is_empty() {
                    return AudienceDoc::Nobody;
                }
                let units = units.iter().map(|unit| self.refer(dice, &unit.id, &unit.aliases));
                AudienceDoc::Units(units.collect())
            }
        }
    }

    // ----- People -----

    fn people(&mut self) {
        for index in 0..self.sizes.people {
            let mut dice = self.dice("person", index);
            let kind = match dice.below(8) {
                0 => PersonKind::Guest,
                1 => PersonKind::Service,
                _ => PersonKind::Person,
            };
            let state = match dice.below(20) {
                0..=1 if self.on.blocks => PersonState::Blocked,
                2 if self.on.blocks => PersonState::Deleted,
                _ => PersonState::Active,
            };
            let row = PersonDoc {
                id: self.id('p', index),
                aliases: self.aliases('p', index),
                name: if dice.chance(3) {
                    Some("".into())
                } else {
                    dice.chance(60).then(|| format!("Person {index}").into())
                },
                email: dice.chance(40).then(|| format!("Person{index}@example.org").into()),
                phone: None,
                first_name: dice.chance(10).then(|| format!("First{index}").into()),
                last_name: None,
                identifier: dice.chance(5).then(|| format!("#{index}").into()),
                kind,
                state,
            };
            self.estate.people.push(row);
        }
    }

    fn groups(&mut self) {
        for index in 0..self.sizes.groups {
            let mut dice = self.dice("group", index);
            let Some(account) = dice.pick(&self.estate.accounts) else { break };
            let row = PermissionGroupDoc {
                id: self.id('g', index),
                aliases: self.aliases('g', index),
                account: Some(self.refer(&mut dice, &account.id, &account.aliases)),
                name: "A group".into(),
                organisation_kind: some_kind(&mut dice),
                keys: if dice.chance(5) { Vec::new() } else { self.entries(&mut dice, 5) },
            };
            self.estate.permission_groups.push(row);
        }
        for (index, (id, _)) in GROUPS.into_iter().enumerate() {
            let mut dice = self.dice("replaced group", index);
            if self.on.replacements && dice.chance(20) {
                let row = PermissionGroupDoc {
                    id: name(id),
                    aliases: self.aliases('g', 20 + index),
                    account: None,
                    name: "A group".into(),
                    organisation_kind: kind_of_built_in(id),
                    keys: self.entries(&mut dice, 5),
                };
                self.estate.permission_groups.push(row);
            }
        }
    }

    /// References to the groups of a kind: built-in ones, and those of an account.
    fn groups_for(&self, kind: OrganisationKind, account: Option<&Id>) -> Vec<(Id, Vec<Id>)> {
        let mut found: Vec<(Id, Vec<Id>)> = GROUPS
            .iter()
            .filter(|(id, _)| kind_of_built_in(id) == kind)
            .map(|(id, _)| (name(id), Vec::new()))
            .collect();
        for row in &self.estate.permission_groups {
            found.retain(|(id, _)| *id != row.id);
            let fits = match &row.account {
                None => true,
                Some(own) => self.account_id(own) == account.and_then(|id| self.account_id(id)),
            };
            if fits && row.organisation_kind == kind {
                let twice = if row.account.is_some() { 2 } else { 1 };
                found.extend(core::iter::repeat_n((row.id.clone(), row.aliases.clone()), twice));
            }
        }
        found
    }

    fn account_id(&self, reference: &Id) -> Option<Id> {
        let mut rows = self.estate.accounts.iter();
        rows.find(|row| is_one_of(reference, &row.id, &row.aliases)).map(|row| row.id.clone())
    }

    fn some_groups(
        &self,
        dice: &mut Dice,
        kind: OrganisationKind,
        account: Option<&Id>,
    ) -> Vec<Id> {
        let mut groups = dice.several(&self.groups_for(kind, account), 3);
        groups.sort_by(|(a, _), (b, _)| a.cmp(b));
        groups.dedup_by(|(a, _), (b, _)| a == b);
        groups.iter().map(|(id, aliases)| self.refer(dice, id, aliases)).collect()
    }

    fn jobs(&mut self) {
        for index in 0..self.sizes.jobs {
            let mut dice = self.dice("job", index);
            let Some(account) = dice.pick(&self.estate.accounts).cloned() else { break };
            let kind = some_kind(&mut dice);
            let row = JobFunctionDoc {
                id: self.id('j', index),
                aliases: self.aliases('j', index),
                account: Some(self.refer(&mut dice, &account.id, &account.aliases)),
                name: "A job function".into(),
                organisation_kind: kind,
                initial_groups: self.some_groups(&mut dice, kind, Some(&account.id)),
            };
            self.estate.job_functions.push(row);
        }
        for (index, (id, _)) in JOB_FUNCTIONS.into_iter().enumerate() {
            let mut dice = self.dice("replaced job", index);
            if self.on.replacements && dice.chance(15) {
                let kind = kind_of_built_in(id);
                let row = JobFunctionDoc {
                    id: name(id),
                    aliases: self.aliases('j', 20 + index),
                    account: None,
                    name: "A job function".into(),
                    organisation_kind: kind,
                    initial_groups: self.some_groups(&mut dice, kind, None),
                };
                self.estate.job_functions.push(row);
            }
        }
    }

    fn jobs_for(&self, kind: OrganisationKind, account: Option<&Id>) -> Vec<(Id, Vec<Id>)> {
        let mut found: Vec<(Id, Vec<Id>)> = JOB_FUNCTIONS
            .iter()
            .filter(|(id, _)| kind_of_built_in(id) == kind)
            .map(|(id, _)| (name(id), Vec::new()))
            .collect();
        for row in &self.estate.job_functions {
            found.retain(|(id, _)| *id != row.id);
            let fits = match &row.account {
                None => true,
                Some(own) => self.account_id(own) == account.and_then(|id| self.account_id(id)),
            };
            if fits && row.organisation_kind == kind {
                found.push((row.id.clone(), row.aliases.clone()));
            }
        }
        found
    }

    // ----- Grants -----

    fn residencies(&mut self) {
        let mut taken = BTreeSet::new();
        for index in 0..self.sizes.residencies {
            let mut dice = self.dice("residency", index);
            let (Some(person), Some(unit)) =
                (dice.pick(&self.estate.people), dice.pick(&self.estate.units))
            else {
                return;
            };
            if !taken.insert((person.id.clone(), unit.id.clone())) {
                continue;
            }
            let residency_type = match dice.below(6) {
                _ if person.kind == PersonKind::Guest => ResidencyType::Guest,
                0 => ResidencyType::Guest,
                1 | 2 => ResidencyType::Linked,
                _ => ResidencyType::Unit,
            };
            let blocked = self.on.blocks && dice.chance(10);
            let row = ResidencyDoc {
                person: self.refer(&mut dice, &person.id, &person.aliases),
                unit: self.refer(&mut dice, &unit.id, &unit.aliases),
                residency_type,
                status: if blocked { ResidencyStatus::Blocked } else { ResidencyStatus::Active },
                valid: self.valid(&mut dice, 45),
                directory_visible: dice.chance(80),
                receives_calls: dice.chance(60),
                display_name: match dice.below(20) {
                    0 => Some("".into()),
                    1..=6 => Some(format!("Family {index}").into()),
                    _ => None,
                },
                secret: dice.chance(10).then(|| self.id('s', index)),
                devices: devices(&mut dice),
            };
            self.estate.residencies.push(row);
        }
    }

    fn administrators(&mut self) {
        let hosts: Vec<PersonDoc> = self.staff();
        for index in 0..self.estate.units.len() {
            let mut dice = self.dice("administrators", index);
            if !dice.chance(50) {
                continue;
            }
            let unit = self.estate.units[index].clone();
            let mut entries = Vec::new();
            for person in dice.several(&hosts, 2) {
                let is_linked = self.estate.residencies.iter().any(|row| {
                    row.residency_type == ResidencyType::Linked
                        && is_one_of(&row.person, &person.id, &person.aliases)
                        && is_one_of(&row.unit, &unit.id, &unit.aliases)
                });
                if !is_linked {
                    entries.push(AdministratorEntry {
                        person: self.refer(&mut dice, &person.id, &person.aliases),
                        valid: self.valid(&mut dice, 45),
                    });
                }
            }
            self.estate.units[index].administrators = entries;
        }
    }

    /// People who may hold more than GUEST residencies.
    fn staff(&self) -> Vec<PersonDoc> {
        let rows = self.estate.people.iter();
        rows.filter(|row| row.kind != PersonKind::Guest).cloned().collect()
    }

    fn memberships(&mut self) {
        let staff = self.staff();
        let mut taken = BTreeSet::new();
        for index in 0..self.sizes.memberships {
            let mut dice = self.dice("membership", index);
            let (Some(person), Some(organisation)) =
                (dice.pick(&staff), dice.pick(&self.estate.organisations))
            else {
                return;
            };
            if !taken.insert((person.id.clone(), organisation.id.clone())) {
                continue;
            }
            let (groups, job) = self.groups_and_job(&mut dice, organisation);
            let row = MembershipDoc {
                person: self.refer(&mut dice, &person.id, &person.aliases),
                organisation: self.refer(&mut dice, &organisation.id, &organisation.aliases),
                valid: self.valid(&mut dice, 35),
                roles: self.roles(&mut dice, organisation),
                permission_groups: groups,
                job_function: job,
                building_access: self.building_access(&mut dice, organisation),
            };
            self.estate.memberships.push(row);
        }
    }

    fn groups_and_job(
        &self,
        dice: &mut Dice,
        organisation: &OrganisationDoc,
    ) -> (Option<Vec<GrantedGroup>>, Option<Id>) {
        let account = self.account_of(organisation);
        let (Some(kind), Some(account)) = (organisation.kind, account) else {
            return (dice.chance(10).then(Vec::new), None);
        };
        let jobs = self.jobs_for(kind, Some(&account));
        let job = if dice.chance(45) { dice.pick(&jobs).cloned() } else { None };
        let job = job.map(|(id, aliases)| self.refer(dice, &id, &aliases));
        if dice.chance(if job.is_some() { 50 } else { 20 }) {
            return (None, job);
        }
        let groups = self.some_groups(dice, kind, Some(&account));
        let groups = groups
            .into_iter()
            .map(|group| GrantedGroup { group, valid: self.valid(dice, 30) })
            .collect();
        (Some(groups), job)
    }

    fn building_access(
        &self,
        dice: &mut Dice,
        organisation: &OrganisationDoc,
    ) -> Option<BuildingAccess> {
        let reachable: Vec<&BuildingDoc> = self
            .estate
            .buildings
            .iter()
            .filter(|building| {
                let served = organisation.serves.iter();
                self.is_within(&building.owner, organisation)
                    || served.clone().any(|id| is_one_of(id, &building.id, &building.aliases))
            })
            .collect();
        let some = dice.several(&reachable, 3);
        let some: Vec<Id> =
            some.iter().map(|row| self.refer(dice, &row.id, &row.aliases)).collect();
        match dice.below(10) {
            0 => None,
            1..=3 if !some.is_empty() => Some(BuildingAccess::Listed { buildings: some }),
            4..=6 => Some(BuildingAccess::AllOfCompany { buildings: some }),
            _ => Some(BuildingAccess::AllOfCompany { buildings: Vec::new() }),
        }
    }

    fn organisation(&self, reference: &Id) -> Option<&OrganisationDoc> {
        let mut rows = self.estate.organisations.iter();
        rows.find(|row| is_one_of(reference, &row.id, &row.aliases))
    }

    fn is_within(&self, reference: &Id, ancestor: &OrganisationDoc) -> bool {
        let mut next = self.organisation(reference);
        while let Some(row) = next {
            if row.id == ancestor.id {
                return true;
            }
            next = row.parent.as_ref().and_then(|parent| self.organisation(parent));
        }
        false
    }

    fn account_of(&self, organisation: &OrganisationDoc) -> Option<Id> {
        match &organisation.parent {
            None => organisation.account.clone(),
            Some(parent) => self.organisation(parent).and_then(|row| self.account_of(row)),
        }
    }

    fn roles(&self, dice: &mut Dice, organisation: &OrganisationDoc) -> Vec<GrantedRole> {
        let sites: Vec<Id> = self
            .estate
            .integrations
            .iter()
            .filter(|row| row.kind == IntegrationKind::VirtualAccess)
            .filter(|row| {
                let mut buildings = self.estate.buildings.iter();
                let building = buildings.find(|at| is_one_of(&row.building, &at.id, &at.aliases));
                building.is_some_and(|building| self.is_within(&building.owner, organisation))
            })
            .map(|row| row.id.clone())
            .collect();
        let mut roles: Vec<GrantedRole> = Vec::new();
        for _ in 0..dice.below(4) {
            let text = self.role(dice, &sites, LineAt::Organisation);
            if let Some(role) = text.and_then(|text| RolePath::parse(&text).ok())
                && self.may_hold(&role, organisation.kind)
                && roles.iter().all(|held| held.role != role)
            {
                roles.push(GrantedRole { role, valid: self.valid(dice, 30) });
            }
        }
        roles
    }

    /// Whether the line that a role without `*` is, if it is one, may be held at this kind.
    fn may_hold(&self, role: &RolePath, kind: Option<OrganisationKind>) -> bool {
        let lines = self.estate.catalog.roles.iter();
        let mut limits = lines.filter(|line| {
            let suffix = line.role.rsplit("{integration}").next().unwrap_or_default();
            line.role == role.as_str()
                || (line.role.contains('{')
                    && role.as_str().starts_with("virtual_access:integration:")
                    && role.as_str().ends_with(suffix))
        });
        limits.all(|line| match (&line.organisation_kinds, kind) {
            (None, _) => true,
            (Some(kinds), Some(kind)) => kinds.contains(&kind),
            (Some(_), None) => false,
        })
    }

    fn role(&self, dice: &mut Dice, sites: &[Id], at: LineAt) -> Option<String> {
        let keys: Vec<String> = all_keys(&self.estate).into_keys().collect();
        match dice.below(10) {
            0..=3 => self.site_role(dice, sites),
            4 | 5 if self.on.wildcards => dice.pick(&PATTERNS).map(|text| (*text).to_owned()),
            6 | 7 => dice.pick(&self.lines_at(at)).cloned(),
            8 => {
                dice.pick(&["doors:open", "doors:open_unit", "orgs:read"]).map(ToString::to_string)
            }
            _ => dice.pick(&keys).cloned(),
        }
    }

    fn lines_at(&self, at: LineAt) -> Vec<String> {
        let lines = super::oracle::all_lines(&self.estate);
        lines.into_iter().filter(|line| line.at == at).map(|line| line.role).collect()
    }

    fn site_role(&self, dice: &mut Dice, sites: &[Id]) -> Option<String> {
        let id = dice.pick(sites)?;
        let text = id.to_text();
        let in_capitals = id.form() == IdForm::Uuid && dice.chance(30);
        let text = if in_capitals { text.to_uppercase() } else { text };
        if self.on.wildcards && dice.chance(35) {
            let patterns = [
                format!("virtual_access:integration:{text}:*"),
                format!("virtual_access:*:{text}:technician"),
                format!("virtual_access:*:{text}:*"),
                format!("*:integration:{text}:admin"),
                format!("*:integration:{text}:resident"),
                format!("*:*:{text}:*"),
                format!("virtual_access:integration:{text}:front:*"),
                format!("virtual_access:integration:{text}:*:desk"),
            ];
            return dice.pick(&patterns).cloned();
        }
        let known: Vec<String> = super::oracle::all_lines(&self.estate)
            .iter()
            .filter(|line| line.at == LineAt::Site)
            .map(|line| line.filled(id))
            .collect();
        dice.pick(&known).cloned()
    }

    fn purged(&mut self) {
        let mut dice = self.dice("purged", 0);
        let count = if dice.chance(20) { 1 + dice.below(3) } else { 0 };
        self.estate.purged_organisations = (0..count).map(|index| self.id('z', index)).collect();
        let is_used = |id: &Id| {
            let mut rows = self.estate.organisations.iter();
            rows.any(|row| row.id == *id || row.aliases.contains(id))
        };
        let kept = self.estate.purged_organisations.iter().filter(|id| !is_used(id)).cloned();
        self.estate.purged_organisations = unique(kept.collect());
    }

    fn platform_roles(&mut self) {
        let staff = self.staff();
        let mut taken = BTreeSet::new();
        let sites: Vec<Id> = self
            .estate
            .integrations
            .iter()
            .filter(|row| row.kind == IntegrationKind::VirtualAccess)
            .map(|row| row.id.clone())
            .collect();
        for index in 0..self.sizes.platform_roles {
            let mut dice = self.dice("platform role", index);
            let Some(person) = dice.pick(&staff) else { return };
            let text = match dice.below(4) {
                0 => Some(String::from("virtual_access:integration:*:resident")),
                1 => Some(String::from("virtual_access:integration:*:technician")),
                _ => self.role(&mut dice, &sites, LineAt::Platform),
            };
            let Some(role) = text.and_then(|text| RolePath::parse(&text).ok()) else { continue };
            if taken.insert((person.id.clone(), role.clone())) {
                let row = PlatformRoleDoc {
                    person: self.refer(&mut dice, &person.id, &person.aliases),
                    role,
                    valid: self.valid(&mut dice, 40),
                };
                self.estate.platform_roles.push(row);
            }
        }
    }
}

fn devices(dice: &mut Dice) -> Vec<DeviceDoc> {
    let count = if dice.chance(15) { 1 + dice.below(3) } else { 0 };
    let device = |index: usize| DeviceDoc {
        device_id: format!("tel:{index} é").into(),
        attributes: (0..index).map(|at| (format!("key {at}").into(), "value".into())).collect(),
    };
    (0..count).map(device).collect()
}

fn is_one_of(reference: &Id, id: &Id, aliases: &[Id]) -> bool {
    reference == id || aliases.contains(reference)
}

fn unique<T: Ord + Clone>(rows: Vec<T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    rows.into_iter().filter(|row| seen.insert(row.clone())).collect()
}

/// The first organisation can own buildings.
fn organisation_kind(dice: &mut Dice, index: usize) -> Option<OrganisationKind> {
    match dice.below(10) {
        0 if index > 0 => None,
        1 | 2 if index > 0 => Some(OrganisationKind::Tenant),
        3 if index > 0 => Some(OrganisationKind::Vendor),
        _ => Some(OrganisationKind::Pmo),
    }
}

fn some_kind(dice: &mut Dice) -> OrganisationKind {
    match dice.below(5) {
        0 => OrganisationKind::Tenant,
        1 => OrganisationKind::Vendor,
        _ => OrganisationKind::Pmo,
    }
}

fn kind_of_built_in(id: &str) -> OrganisationKind {
    match id.split('.').next() {
        Some("tenant") => OrganisationKind::Tenant,
        Some("vendor") => OrganisationKind::Vendor,
        _ => OrganisationKind::Pmo,
    }
}

fn letters(dice: &mut Dice, from: &[u8], count: usize) -> String {
    (0..count).filter_map(|_| dice.pick(from).map(|byte| char::from(*byte))).collect()
}

/// A ULID in any case; its first ten letters are of no other number.
fn ulid_text(dice: &mut Dice, unique: usize) -> String {
    let code: String = [unique / 1024 % 32, unique / 32 % 32, unique % 32]
        .map(|at| char::from(CROCKFORD[at]))
        .iter()
        .collect();
    let first = letters(dice, b"01234567", 1);
    let text =
        format!("{first}{}{code}{}", letters(dice, CROCKFORD, 4), letters(dice, CROCKFORD, 18));
    if dice.chance(50) { text.to_lowercase() } else { text }
}

/// A UUID in any case; its first eight digits are of no other number.
fn uuid_text(dice: &mut Dice, unique: usize) -> String {
    let first = letters(dice, HEXADECIMAL, 4);
    let rest: Vec<String> =
        [4, 4, 4, 12].iter().map(|count| letters(dice, HEXADECIMAL, *count)).collect();
    let text = format!("{first}{unique:04x}-{}", rest.join("-"));
    if dice.chance(50) { text.to_uppercase() } else { text }
}

/// A name, at times with the length of a ULID or UUID; no name is the beginning of another.
fn name_text(dice: &mut Dice, unique: usize) -> String {
    let first = letters(dice, b"ABXYZabxyz", 1);
    let length = *dice.pick(&[1, 4, 9, 21, 31]).unwrap_or(&4);
    format!("{first}{unique:04x}{}", letters(dice, NAME_BYTES, length))
}

fn swap_case(text: &str) -> String {
    let swap = |letter: char| match letter {
        'a'..='z' => letter.to_ascii_uppercase(),
        _ => letter.to_ascii_lowercase(),
    };
    text.chars().map(swap).collect()
}

// ---------------------------------------------------------------------------------------------
// Questions
// ---------------------------------------------------------------------------------------------

/// A request that owns its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub who: Asker,
    pub action: String,
    pub on: Target,
    pub acting_org: Option<Id>,
    pub at: Timestamp,
}

/// A principal that owns its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asker {
    Person(Id),
    UnitToken(Id),
}

/// A resource that owns its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub kind: ResourceKind,
    pub id: Option<Id>,
}

impl Target {
    pub fn resource(&self) -> Resource<'_> {
        let resource = self.id.as_ref().and_then(|id| Resource::new(self.kind, id.as_ref()));
        resource.unwrap_or(Resource::Platform)
    }
}

impl Ask {
    pub fn request(&self) -> Request<'_> {
        let request = Request::new(self.principal(), &self.action, self.on.resource(), self.at);
        match &self.acting_org {
            None => request,
            Some(id) => request.acting_for(id.as_ref()),
        }
    }

    pub fn principal(&self) -> Principal<'_> {
        match &self.who {
            Asker::Person(id) => Principal::Person(id.as_ref()),
            Asker::UnitToken(id) => Principal::UnitToken(id.as_ref()),
        }
    }

    /// The same question with other ids.
    pub fn renamed(&self, map: &dyn Fn(&Id) -> Id) -> Self {
        Self {
            who: match &self.who {
                Asker::Person(id) => Asker::Person(map(id)),
                Asker::UnitToken(id) => Asker::UnitToken(map(id)),
            },
            action: self.action.clone(),
            on: Target { kind: self.on.kind, id: self.on.id.as_ref().map(map) },
            acting_org: self.acting_org.as_ref().map(map),
            at: self.at,
        }
    }
}

/// Names of a kind of resource: each row's id and aliases.
fn names_of(estate: &Estate, kind: ResourceKind) -> Vec<Vec<Id>> {
    macro_rules! names {
        ($rows:expr) => {
            $rows
                .iter()
                .map(|row| core::iter::once(&row.id).chain(&row.aliases).cloned().collect())
                .collect()
        };
    }
    match kind {
        ResourceKind::Platform => Vec::new(),
        ResourceKind::Organisation => names!(estate.organisations),
        ResourceKind::Building => names!(estate.buildings),
        ResourceKind::Integration => names!(estate.integrations),
        ResourceKind::Unit => names!(estate.units),
        ResourceKind::Door => names!(estate.doors),
    }
}

/// Every resource of an estate, the platform first.
pub fn all_targets(estate: &Estate) -> Vec<Target> {
    let mut all = vec![Target { kind: ResourceKind::Platform, id: None }];
    for kind in ResourceKind::ALL {
        for names in names_of(estate, kind) {
            all.push(Target { kind, id: names.into_iter().next() });
        }
    }
    all
}

/// A row's id, or at times an alias of it.
fn some_name(dice: &mut Dice, rows: &[Vec<Id>]) -> Option<Id> {
    let names = dice.pick(rows)?;
    if dice.chance(80) { names.first().cloned() } else { dice.pick(names).cloned() }
}

pub fn unknown_id(dice: &mut Dice) -> Id {
    let ids = ["nobody.here", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "ffffffff-ffff-ffff-ffff-ffffffffffff"];
    name(dice.pick(&ids).copied().unwrap_or("nobody.here"))
}

/// What questions are drawn from.
struct Pool<'a> {
    oracle: Oracle<'a>,
    people: Vec<Vec<Id>>,
    targets: BTreeMap<ResourceKind, Vec<Vec<Id>>>,
    keys: Vec<(String, KeyKind)>,
}

/// Questions about an estate. Half of them are drawn again until some grant reaches them.
pub fn asks(estate: &Estate, seed: u64, count: usize) -> Vec<Ask> {
    let oracle = Oracle::new(estate);
    let names = |row: &PersonDoc| core::iter::once(&row.id).chain(&row.aliases).cloned().collect();
    let pool = Pool {
        keys: oracle.keys.iter().map(|(key, kind)| (key.clone(), *kind)).collect(),
        oracle,
        people: estate.people.iter().map(names).collect(),
        targets: ResourceKind::ALL.into_iter().map(|kind| (kind, names_of(estate, kind))).collect(),
    };
    (0..count).map(|index| pool.ask(&mut Dice::new(seed, "ask", index))).collect()
}

impl Pool<'_> {
    fn ask(&self, dice: &mut Dice) -> Ask {
        if dice.chance(15) {
            return self.odd(dice);
        }
        let again = if dice.chance(80) { 10 } else { 0 };
        let mut ask = self.plain(dice);
        for _ in 0..again {
            let reason = self.oracle.decide(&ask.request()).reason;
            if reason == Reason::Granted || reason.code() > Reason::NoGrant.code() {
                break;
            }
            ask = self.plain(dice);
        }
        ask
    }

    /// Known names, an applicable key.
    fn plain(&self, dice: &mut Dice) -> Ask {
        let kind = [
            ResourceKind::Door,
            ResourceKind::Door,
            ResourceKind::Door,
            ResourceKind::Unit,
            ResourceKind::Unit,
            ResourceKind::Integration,
            ResourceKind::Integration,
            ResourceKind::Building,
            ResourceKind::Organisation,
            ResourceKind::Platform,
        ][dice.below(10)];
        let rows = self.targets.get(&kind).map(Vec::as_slice).unwrap_or_default();
        let on = match some_name(dice, rows) {
            Some(id) => Target { kind, id: Some(id) },
            None => Target { kind: ResourceKind::Platform, id: None },
        };
        let units = self.targets.get(&ResourceKind::Unit).map(Vec::as_slice).unwrap_or_default();
        let token = if dice.chance(8) { some_name(dice, units) } else { None };
        let who = match (token, some_name(dice, &self.people)) {
            (Some(unit), _) => Asker::UnitToken(if on.kind == ResourceKind::Unit {
                on.id.clone().unwrap_or(unit)
            } else {
                unit
            }),
            (None, Some(person)) => Asker::Person(person),
            (None, None) => Asker::Person(unknown_id(dice)),
        };
        let acting_org = match dice.below(10) {
            0 | 1 => {
                let rows = self.targets.get(&ResourceKind::Organisation);
                some_name(dice, rows.map(Vec::as_slice).unwrap_or_default())
            }
            _ => None,
        };
        Ask { who, action: self.action(dice, on.kind), on, acting_org, at: any_instant(dice) }
    }

    /// A key; mostly of the kind of the resource or below it, often one that opens.
    fn action(&self, dice: &mut Dice, kind: ResourceKind) -> String {
        let exact = |key: &KeyKind| key.as_str() == kind.as_str();
        match dice.below(10) {
            0..=2 => String::from("doors:open"),
            3 => String::from(
                *dice
                    .pick(&["doors:open_unit", "calls:answer", "directory:read", "orgs:read"])
                    .unwrap_or(&"doors:open"),
            ),
            4..=7 => {
                let own: Vec<&(String, KeyKind)> =
                    self.keys.iter().filter(|(_, key)| exact(key)).collect();
                match dice.pick(&own) {
                    Some((key, _)) => key.clone(),
                    None => String::from("orgs:read"),
                }
            }
            _ => dice.pick(&self.keys).map(|(key, _)| key.clone()).unwrap_or_default(),
        }
    }

    /// Something unknown, or a pattern.
    fn odd(&self, dice: &mut Dice) -> Ask {
        let mut ask = self.plain(dice);
        match dice.below(6) {
            0 => ask.who = Asker::Person(unknown_id(dice)),
            1 => ask.who = Asker::UnitToken(unknown_id(dice)),
            2 => {
                let actions =
                    ["*", "doors:*", "doors:close", "", "Doors:open", "doors:open ", "admin"];
                ask.action = (*dice.pick(&actions).unwrap_or(&"*")).to_owned();
            }
            3 if ask.on.kind != ResourceKind::Platform => ask.on.id = Some(unknown_id(dice)),
            4 => ask.acting_org = Some(unknown_id(dice)),
            _ => {
                // An id of one kind where another kind is asked for.
                let kinds = [ResourceKind::Building, ResourceKind::Unit, ResourceKind::Door];
                let kind = *dice.pick(&kinds).unwrap_or(&ResourceKind::Door);
                let id = ask.on.id.take().unwrap_or_else(|| unknown_id(dice));
                ask.on = Target { kind, id: Some(id) };
            }
        }
        ask
    }
}

// ---------------------------------------------------------------------------------------------
// Changes
// ---------------------------------------------------------------------------------------------

/// The same rows in another order.
pub fn shuffle(estate: &Estate, seed: u64) -> Estate {
    let mut dice = Dice::new(seed, "shuffle", 0);
    let mut estate = estate.clone();
    dice.shuffle(&mut estate.catalog.permissions);
    dice.shuffle(&mut estate.catalog.roles);
    for line in &mut estate.catalog.roles {
        dice.shuffle(&mut line.keys);
        dice.shuffle(&mut line.given_by);
    }
    dice.shuffle(&mut estate.accounts);
    dice.shuffle(&mut estate.organisations);
    for organisation in &mut estate.organisations {
        dice.shuffle(&mut organisation.aliases);
        dice.shuffle(&mut organisation.serves);
    }
    dice.shuffle(&mut estate.buildings);
    dice.shuffle(&mut estate.integrations);
    dice.shuffle(&mut estate.units);
    for unit in &mut estate.units {
        dice.shuffle(&mut unit.administrators);
    }
    dice.shuffle(&mut estate.doors);
    for door in &mut estate.doors {
        if let Some(AudienceDoc::Units(units)) = &mut door.audience {
            dice.shuffle(units);
        }
    }
    dice.shuffle(&mut estate.people);
    dice.shuffle(&mut estate.permission_groups);
    for group in &mut estate.permission_groups {
        dice.shuffle(&mut group.keys);
    }
    dice.shuffle(&mut estate.job_functions);
    for job in &mut estate.job_functions {
        dice.shuffle(&mut job.initial_groups);
    }
    dice.shuffle(&mut estate.memberships);
    for membership in &mut estate.memberships {
        dice.shuffle(&mut membership.roles);
        if let Some(groups) = &mut membership.permission_groups {
            dice.shuffle(groups);
        }
    }
    dice.shuffle(&mut estate.residencies);
    dice.shuffle(&mut estate.platform_roles);
    dice.shuffle(&mut estate.purged_organisations);
    for residency in &mut estate.residencies {
        dice.shuffle(&mut residency.devices);
    }
    estate
}

fn is_built_in(id: &Id) -> bool {
    let text = id.to_text();
    GROUPS.iter().chain(&JOB_FUNCTIONS).any(|(built_in, _)| *built_in == text)
}

/// Another id for each id of a generated estate, in the same order: only the ends of ids change.
pub fn renamed_in_order(id: &Id) -> Id {
    let text = id.to_text();
    match id.form() {
        _ if is_built_in(id) => id.clone(),
        IdForm::Ulid => name(&format!("{}0000000000000000", &text[..10])),
        IdForm::Uuid => name(&format!("{}-0000-4000-8000-000000000000", &text[..8])),
        IdForm::Name => name(&format!("{text}-x9")),
    }
}

/// Another id for each id of an estate, in no order and of any form.
pub fn renaming(estate: &Estate, seed: u64) -> impl Fn(&Id) -> Id + use<> {
    let seen = core::cell::RefCell::new(BTreeSet::new());
    rename(estate, &|id| {
        seen.borrow_mut().insert(id.clone());
        id.clone()
    });
    let mut new: BTreeMap<Id, Id> = BTreeMap::new();
    for (index, id) in seen.into_inner().into_iter().enumerate() {
        let mut dice = Dice::new(seed, "rename", index);
        let text = match dice.below(3) {
            0 => ulid_text(&mut dice, index),
            1 => uuid_text(&mut dice, index),
            _ => name_text(&mut dice, index),
        };
        let other = if is_built_in(&id) { id.clone() } else { name(&text) };
        new.insert(id, other);
    }
    move |id| new.get(id).unwrap_or(id).clone()
}

/// The estate with other ids, inside role paths too.
pub fn rename(estate: &Estate, map: &dyn Fn(&Id) -> Id) -> Estate {
    let mut new = estate.clone();
    let all = |ids: &mut Vec<Id>| ids.iter_mut().for_each(|id| *id = map(id));
    all(&mut new.purged_organisations);
    let maybe = |id: &mut Option<Id>| *id = id.as_ref().map(map);
    macro_rules! rename_rows {
        ($($rows:ident),+) => {
            $(for row in &mut new.$rows {
                row.id = map(&row.id);
                all(&mut row.aliases);
            })+
        };
    }
    rename_rows!(
        accounts,
        organisations,
        buildings,
        integrations,
        units,
        doors,
        people,
        permission_groups,
        job_functions
    );
    for row in &mut new.organisations {
        maybe(&mut row.parent);
        maybe(&mut row.account);
        all(&mut row.serves);
    }
    new.buildings.iter_mut().for_each(|row| row.owner = map(&row.owner));
    new.integrations.iter_mut().for_each(|row| row.building = map(&row.building));
    for row in &mut new.units {
        row.building = map(&row.building);
        maybe(&mut row.integration);
        row.administrators.iter_mut().for_each(|entry| entry.person = map(&entry.person));
    }
    for row in &mut new.doors {
        row.integration = map(&row.integration);
        maybe(&mut row.unit);
        if let Some(AudienceDoc::Units(units)) = &mut row.audience {
            all(units);
        }
    }
    new.permission_groups.iter_mut().for_each(|row| maybe(&mut row.account));
    for row in &mut new.job_functions {
        maybe(&mut row.account);
        all(&mut row.initial_groups);
    }
    for row in &mut new.residencies {
        row.person = map(&row.person);
        row.unit = map(&row.unit);
    }
    let sites: BTreeMap<String, String> =
        estate.integrations.iter().map(|row| (row.id.to_text(), map(&row.id).to_text())).collect();
    for row in &mut new.memberships {
        row.person = map(&row.person);
        row.organisation = map(&row.organisation);
        maybe(&mut row.job_function);
        row.roles.iter_mut().for_each(|held| held.role = rename_path(&held.role, &sites));
        for group in row.permission_groups.iter_mut().flatten() {
            group.group = map(&group.group);
        }
        match &mut row.building_access {
            Some(
                BuildingAccess::Listed { buildings } | BuildingAccess::AllOfCompany { buildings },
            ) => all(buildings),
            None => {}
        }
    }
    for row in &mut new.platform_roles {
        row.person = map(&row.person);
        row.role = rename_path(&row.role, &sites);
    }
    new
}

fn rename_path(path: &RolePath, sites: &BTreeMap<String, String>) -> RolePath {
    let segments: Vec<&str> =
        path.segments().map(|segment| sites.get(segment).map_or(segment, String::as_str)).collect();
    match RolePath::parse(&segments.join(":")) {
        Ok(path) => path,
        Err(error) => panic!("{path} was renamed to no path: {error}"),
    }
}

/// The estate without one of its grants; none when it has no grant.
pub fn without_a_grant(estate: &Estate, dice: &mut Dice) -> Option<Estate> {
    let mut smaller: Vec<Estate> = Vec::new();
    let mut with = |change: &dyn Fn(&mut Estate)| {
        let mut new = estate.clone();
        change(&mut new);
        smaller.push(new);
    };
    for (index, row) in estate.residencies.iter().enumerate() {
        if row.status == ResidencyStatus::Active {
            with(&|new| drop(new.residencies.remove(index)));
        }
    }
    for (unit, row) in estate.units.iter().enumerate() {
        for index in 0..row.administrators.len() {
            with(&|new| drop(new.units[unit].administrators.remove(index)));
        }
    }
    for (membership, row) in estate.memberships.iter().enumerate() {
        with(&|new| drop(new.memberships.remove(membership)));
        for index in 0..row.roles.len() {
            with(&|new| drop(new.memberships[membership].roles.remove(index)));
        }
        for index in 0..row.permission_groups.as_ref().map_or(0, Vec::len) {
            with(&|new| {
                let groups = new.memberships[membership].permission_groups.as_mut();
                groups.map(|groups| groups.remove(index));
            });
        }
        if row.building_access.is_some() {
            with(&|new| new.memberships[membership].building_access = None);
        }
        if row.permission_groups.is_none() && row.job_function.is_some() {
            with(&|new| new.memberships[membership].job_function = None);
        }
    }
    for index in 0..estate.platform_roles.len() {
        with(&|new| drop(new.platform_roles.remove(index)));
    }
    dice.pick(&smaller).cloned()
}

/// The estate with one more restriction; none when there is nothing to restrict.
pub fn restricted(estate: &Estate, dice: &mut Dice) -> Option<Estate> {
    let mut new = estate.clone();
    match dice.below(6) {
        0 => change(&mut new.people, dice, |row| row.state = PersonState::Blocked),
        1 => change(&mut new.people, dice, |row| row.state = PersonState::Deleted),
        2 => change(&mut new.residencies, dice, |row| row.status = ResidencyStatus::Blocked),
        3 => change(&mut new.organisations, dice, |row| {
            row.deleted = Some(Deletion {
                at: Timestamp::from_millis(FIRST_INSTANT),
                id: name("deletion-2"),
            });
        }),
        4 => change(&mut new.doors, dice, |row| row.status = SwitchStatus::Disabled),
        _ => change(&mut new.units, dice, |row| row.status = SwitchStatus::Disabled),
    }?;
    Some(new)
}

fn change<T>(rows: &mut [T], dice: &mut Dice, change: impl Fn(&mut T)) -> Option<()> {
    if rows.is_empty() {
        return None;
    }
    let index = dice.below(rows.len());
    change(rows.get_mut(index)?);
    Some(())
}

/// The things of a key's kind inside a resource (1.3, 1.4), straight from the rows.
pub fn inside(estate: &Estate, container: &Target, kind: KeyKind) -> Vec<Target> {
    let targets = all_targets(estate);
    let of_kind = targets.into_iter().filter(|target| target.kind.as_str() == kind.as_str());
    of_kind.filter(|target| outwards(estate, target).contains(&container_key(container))).collect()
}

fn container_key(target: &Target) -> (ResourceKind, Option<String>) {
    (target.kind, target.id.as_ref().map(Id::to_text))
}

/// Everything that a resource is in.
fn outwards(estate: &Estate, target: &Target) -> Vec<(ResourceKind, Option<String>)> {
    fn row<'a, T>(rows: &'a [T], id: &Id, names: impl Fn(&T) -> (&Id, &[Id])) -> Option<&'a T> {
        rows.iter().find(|row| {
            let (own, aliases) = names(row);
            is_one_of(id, own, aliases)
        })
    }
    let mut found = vec![(ResourceKind::Platform, None)];
    let mut organisation = None;
    let mut building = None;
    if let Some(id) = &target.id {
        match target.kind {
            ResourceKind::Platform => {}
            ResourceKind::Organisation => {
                let own = row(&estate.organisations, id, |row| (&row.id, &row.aliases));
                organisation = own.and_then(|row| row.parent.clone());
            }
            ResourceKind::Building => {
                let own = row(&estate.buildings, id, |row| (&row.id, &row.aliases));
                organisation = own.map(|row| row.owner.clone());
            }
            ResourceKind::Integration => {
                let own = row(&estate.integrations, id, |row| (&row.id, &row.aliases));
                building = own.map(|row| row.building.clone());
            }
            ResourceKind::Unit => {
                let own = row(&estate.units, id, |row| (&row.id, &row.aliases));
                building = own.map(|row| row.building.clone());
                let integration = own.and_then(|row| row.integration.clone());
                let integration = integration
                    .and_then(|id| row(&estate.integrations, &id, |row| (&row.id, &row.aliases)));
                found.extend(
                    integration.map(|row| (ResourceKind::Integration, Some(row.id.to_text()))),
                );
            }
            ResourceKind::Door => {
                let own = row(&estate.doors, id, |row| (&row.id, &row.aliases));
                let integration = own.and_then(|door| {
                    row(&estate.integrations, &door.integration, |row| (&row.id, &row.aliases))
                });
                building = integration.map(|row| row.building.clone());
                found.extend(
                    integration.map(|row| (ResourceKind::Integration, Some(row.id.to_text()))),
                );
            }
        }
    }
    if let Some(id) = building {
        let at = row(&estate.buildings, &id, |row| (&row.id, &row.aliases));
        found.extend(at.map(|row| (ResourceKind::Building, Some(row.id.to_text()))));
        organisation = at.map(|row| row.owner.clone());
    }
    while let Some(id) = organisation {
        let at = row(&estate.organisations, &id, |row| (&row.id, &row.aliases));
        found.extend(at.map(|row| (ResourceKind::Organisation, Some(row.id.to_text()))));
        organisation = at.and_then(|row| row.parent.clone());
    }
    found
}

// ---------------------------------------------------------------------------------------------
// Paths
// ---------------------------------------------------------------------------------------------

/// Role paths over few segments, so that they often meet.
pub fn paths() -> impl Strategy<Value = String> {
    let segment = prop::sample::select(vec!["*", "*", "a", "a", "b", "doors", "A"]);
    prop::collection::vec(segment, 1..=8).prop_map(|segments| segments.join(":"))
}

/// An id text of any form.
pub fn id_texts() -> impl Strategy<Value = String> {
    (any::<u64>(), 0..4_usize).prop_map(|(seed, form)| {
        let mut dice = Dice::new(seed, "id", form);
        let unique = dice.below(1000);
        match form {
            0 => ulid_text(&mut dice, unique),
            1 => uuid_text(&mut dice, unique),
            2 => name_text(&mut dice, unique),
            _ => {
                let length = 1 + dice.below(64);
                letters(&mut dice, NAME_BYTES, length)
            }
        }
    })
}

/// Whether an id is what its text says.
pub fn is_same(id: IdRef<'_>, text: &str) -> bool {
    id.with_text(|own| own == text)
}

// ---------------------------------------------------------------------------------------------
// Small examples
// ---------------------------------------------------------------------------------------------

/// The estate with everything left out that is not needed for `fails`, by its document.
pub fn smallest(estate: &Estate, fails: &dyn Fn(&Estate) -> bool) -> serde_json::Value {
    let mut document = serde_json::to_value(estate).unwrap_or_default();
    let still = |document: &serde_json::Value| {
        let text = document.to_string();
        Estate::from_json(text.as_bytes()).is_ok_and(|estate| fails(&estate))
    };
    if !still(&document) {
        return document;
    }
    loop {
        let mut smaller = false;
        for pointer in parts(&document, "").into_iter().rev() {
            let mut attempt = document.clone();
            if remove(&mut attempt, &pointer) && still(&attempt) {
                document = attempt;
                smaller = true;
            }
        }
        if !smaller {
            return document;
        }
    }
}

/// Every element and field of a document, outer ones first.
fn parts(value: &serde_json::Value, at: &str) -> Vec<String> {
    let children: Vec<(String, &serde_json::Value)> = match value {
        serde_json::Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (format!("{at}/{index}"), item)).collect()
        }
        serde_json::Value::Object(fields) => {
            fields.iter().map(|(field, item)| (format!("{at}/{field}"), item)).collect()
        }
        _ => Vec::new(),
    };
    children
        .into_iter()
        .flat_map(|(path, item)| {
            let inner = parts(item, &path);
            core::iter::once(path).chain(inner)
        })
        .collect()
}

fn remove(document: &mut serde_json::Value, pointer: &str) -> bool {
    let Some((outer, last)) = pointer.rsplit_once('/') else { return false };
    match document.pointer_mut(outer) {
        Some(serde_json::Value::Array(items)) => match last.parse::<usize>() {
            Ok(index) if index < items.len() => {
                items.remove(index);
                true
            }
            _ => false,
        },
        Some(serde_json::Value::Object(fields)) => fields.remove(last).is_some(),
        _ => false,
    }
}
