//! The rows of an estate, field by field.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::MapAccess;

use super::object::{noted, optional, read_field, read_object, required, whole};
use super::values::{Name, Text, optional_text, text};
use super::{Cx, Key, Read, Skip};
use crate::estate::fault::{FaultCode, Printable};
use crate::estate::text::LocalizedText;
use crate::estate::types::*;
use crate::id::Id;
use crate::limits::{
    DEFAULT_ORGANISATION_DEPTH, MAX_DESCRIPTION_CHARS, MAX_ORGANISATION_DEPTH, MAX_PATH_BYTES,
    MAX_PHONE_CHARS, MAX_UNIT_NUMBER_CHARS,
};
use crate::path::RolePath;

/// The version of a document: a number that must be 1.
struct Version(u32);

impl Read for Version {
    const EXPECTED: &'static str = "the number 1";

    fn from_unsigned(value: u64, cx: &mut Cx<'_, '_>) -> Option<Self> {
        if value == u64::from(VERSION) {
            return Some(Self(VERSION));
        }
        cx.fault(FaultCode::UnsupportedVersion, format!("{value}"), Self::EXPECTED)
    }

    fn from_other_number(value: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.fault(FaultCode::UnsupportedVersion, value, Self::EXPECTED)
    }
}

/// A depth of organisations, 1..=64.
struct Depth(u32);

impl Read for Depth {
    const EXPECTED: &'static str = "a whole number from 1 to 64";

    fn from_unsigned(value: u64, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match u32::try_from(value) {
            Ok(depth @ 1..=MAX_ORGANISATION_DEPTH) => Some(Self(depth)),
            _ => cx.fault(FaultCode::InvalidValue, format!("{value}"), Self::EXPECTED),
        }
    }

    fn from_other_number(value: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.fault(FaultCode::InvalidValue, value, Self::EXPECTED)
    }
}

read_object!(Estate, "an object: the estate", {
    version: noted(|| Version(VERSION)), via Version => |version: Version| version.0;
    revision: optional(|| 0);
    settings: optional(Settings::default);
    catalog: optional(CatalogDoc::default);
    accounts: optional(Vec::new);
    organisations: optional(Vec::new);
    buildings: optional(Vec::new);
    integrations: optional(Vec::new);
    units: optional(Vec::new);
    doors: optional(Vec::new);
    people: optional(Vec::new);
    permission_groups: optional(Vec::new);
    job_functions: optional(Vec::new);
    memberships: optional(Vec::new);
    residencies: optional(Vec::new);
    platform_roles: optional(Vec::new);
    purged_organisations: optional(Vec::new);
});

read_object!(Settings, "an object: settings", {
    max_organisation_depth: optional(|| Depth(DEFAULT_ORGANISATION_DEPTH)),
        via Depth => |depth: Depth| depth.0;
    strict_permissions: optional(|| false);
    strict_contact: optional(|| false);
    allow_no_initial_permissions: optional(|| false);
    allow_last_administrator_removal: optional(|| false);
    unique_sibling_names: optional(|| false);
    purge_retention_ms: optional(|| 0);
});

read_object!(CatalogDoc, "an object: additions to the catalog", {
    permissions: optional(Vec::new);
    roles: optional(Vec::new);
});

read_object!(PermissionDoc, "an object: a permission key and its kind", {
    key: required;
    kind: required;
});

read_object!(LineDoc, "an object: a role and what it means", {
    role: required, via Text<MAX_PATH_BYTES> => |role| String::from(text(role));
    held_at: optional(|| None);
    keys: required;
    audience_bound: optional(|| false);
    given_by: optional(Vec::new);
    organisation_kinds: optional(|| None);
});

read_object!(GivenBy, "an object: a key and what it must be held on", {
    key: required;
    on: required;
});

read_object!(Account, "an object: an account", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
});

read_object!(OrganisationDoc, "an object: an organisation", {
    id: required;
    aliases: optional(Vec::new);
    name: noted(|| LocalizedText::plain(""));
    description: optional(|| None), via Option<Text<MAX_DESCRIPTION_CHARS>> => optional_text;
    parent: optional(|| None);
    account: optional(|| None);
    kind: optional(|| None);
    serves: optional(Vec::new);
    deleted: optional(|| None);
});

read_object!(Deletion, "an object: a deletion", {
    at: required;
    id: required;
});

read_object!(BuildingDoc, "an object: a building", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
    owner: required;
    time_zone: optional(|| None), via Option<Name> => optional_text;
});

read_object!(IntegrationDoc, "an object: an integration", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
    building: required;
    kind: optional(IntegrationKind::default);
});

read_object!(UnitDoc, "an object: a unit", {
    id: required;
    aliases: optional(Vec::new);
    number: required, via Text<MAX_UNIT_NUMBER_CHARS> => text;
    building: required;
    integration: optional(|| None);
    status: optional(SwitchStatus::default);
    administrators: optional(Vec::new);
    resident_limit: optional(|| None), via Option<ResidentLimit> => |limit: Option<ResidentLimit>| limit.map(|limit| limit.0);
    token_generation: optional(|| 0);
});

/// Most residents of a unit, 1 or more.
struct ResidentLimit(u32);

impl Read for ResidentLimit {
    const EXPECTED: &'static str = "a whole number from 1 to 4294967295";

    fn from_unsigned(value: u64, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match u32::try_from(value) {
            Ok(limit @ 1..) => Some(Self(limit)),
            _ => cx.fault(FaultCode::InvalidValue, format!("{value}"), Self::EXPECTED),
        }
    }

    fn from_other_number(value: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        cx.fault(FaultCode::InvalidValue, value, Self::EXPECTED)
    }
}

read_object!(AdministratorEntry, "a person's id, or an object with it", short |text: &str, cx: &mut Cx<'_, '_>| {
    Id::from_text(text, cx).map(|person| Self { person, valid: None })
}, {
    person: required;
    valid: optional(|| None);
});

read_object!(DoorDoc, "an object: a door", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
    integration: required;
    unit: whole(|| None);
    audience: whole(|| None);
    guests: optional(|| false);
    status: optional(SwitchStatus::default);
});

/// The object form of an audience.
struct AudienceUnits {
    units: Vec<Id>,
}

read_object!(AudienceUnits, "an object with `units`", {
    units: required;
});

impl Read for AudienceDoc {
    const EXPECTED: &'static str = "`all_residents`, `nobody`, or `{\"units\": [ids]}`";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match text {
            "all_residents" => Some(Self::AllResidents),
            "nobody" => Some(Self::Nobody),
            _ => {
                let found = format!("`{}`", Printable(text));
                cx.fault(FaultCode::InvalidValue, found, Self::EXPECTED)
            }
        }
    }

    fn from_object<'de, A: MapAccess<'de>>(
        object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        let read = AudienceUnits::from_object(object, cx)?;
        Ok(read.map(|AudienceUnits { units }| Self::Units(units)))
    }
}

read_object!(PersonDoc, "an object: a person", {
    id: required;
    aliases: optional(Vec::new);
    name: optional(|| None), via Option<Name> => optional_text;
    email: optional(|| None), via Option<Name> => optional_text;
    phone: optional(|| None), via Option<Text<MAX_PHONE_CHARS>> => optional_text;
    first_name: optional(|| None), via Option<Name> => optional_text;
    last_name: optional(|| None), via Option<Name> => optional_text;
    identifier: optional(|| None), via Option<Name> => optional_text;
    kind: optional(PersonKind::default);
    state: optional(PersonState::default);
});

read_object!(PermissionGroupDoc, "an object: a permission group", {
    id: required;
    aliases: optional(Vec::new);
    account: optional(|| None);
    name: noted(|| Text(Box::default())), via Name => text;
    organisation_kind: required;
    keys: required;
});

read_object!(JobFunctionDoc, "an object: a job function", {
    id: required;
    aliases: optional(Vec::new);
    account: optional(|| None);
    name: noted(|| Text(Box::default())), via Name => text;
    organisation_kind: required;
    initial_groups: required;
});

read_object!(MembershipDoc, "an object: a membership", {
    person: required;
    organisation: required;
    valid: optional(|| None);
    roles: optional(Vec::new);
    permission_groups: optional(|| None);
    job_function: optional(|| None);
    building_access: optional(|| None);
});

read_object!(GrantedRole, "a role path, or an object with it", short |text: &str, cx: &mut Cx<'_, '_>| {
    RolePath::from_text(text, cx).map(|role| Self { role, valid: None })
}, {
    role: required;
    valid: optional(|| None);
});

read_object!(GrantedGroup, "a permission group's id, or an object with it", short |text: &str, cx: &mut Cx<'_, '_>| {
    Id::from_text(text, cx).map(|group| Self { group, valid: None })
}, {
    group: required;
    valid: optional(|| None);
});

/// Building access before its scope and its list are put together.
struct AccessObject {
    scope: AccessScope,
    buildings: Vec<Id>,
}

#[derive(Clone, Copy)]
enum AccessScope {
    AllOfCompany,
    Listed,
}

impl Read for AccessScope {
    const EXPECTED: &'static str = "`all_of_company` or `listed`";

    fn from_text(text: &str, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match text {
            "all_of_company" => Some(Self::AllOfCompany),
            "listed" => Some(Self::Listed),
            _ => {
                let found = format!("`{}`", Printable(text));
                cx.fault(FaultCode::InvalidValue, found, Self::EXPECTED)
            }
        }
    }
}

read_object!(AccessObject, "an object: building access", {
    scope: required;
    buildings: whole(Vec::new);
});

impl Read for BuildingAccess {
    const EXPECTED: &'static str = AccessObject::EXPECTED;

    fn from_object<'de, A: MapAccess<'de>>(
        object: A,
        cx: &mut Cx<'_, '_>,
    ) -> Result<Option<Self>, A::Error> {
        let read = AccessObject::from_object(object, cx)?;
        Ok(read.map(|AccessObject { scope, buildings }| match scope {
            AccessScope::AllOfCompany => Self::AllOfCompany { buildings },
            AccessScope::Listed => Self::Listed { buildings },
        }))
    }
}

read_object!(ResidencyDoc, "an object: a residency", {
    person: required;
    unit: required;
    residency_type["type"]: optional(ResidencyType::default);
    status: optional(ResidencyStatus::default);
    valid: optional(|| None);
    directory_visible: optional(|| true);
    receives_calls: optional(|| true);
    display_name: optional(|| None), via Option<Name> => optional_text;
    secret: optional(|| None);
    devices: optional(Vec::new);
});

read_object!(PlatformRoleDoc, "an object: a role held at the platform", {
    person: required;
    role: required;
    valid: optional(|| None);
});

read_object!(ValidityDoc, "an object with `from`, `to`, or both", {
    from: whole(|| None);
    to: whole(|| None);
});
