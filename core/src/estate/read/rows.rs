//! The rows of an estate, field by field.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::estate::fault::{FaultCode, Printable};
use crate::estate::text::LocalizedText;
use crate::estate::types::*;
use crate::id::Id;
use crate::limits::{
    DEFAULT_ORGANISATION_DEPTH, MAX_DESCRIPTION_CHARS, MAX_NAME_CHARS, MAX_ORGANISATION_DEPTH,
    MAX_PATH_BYTES, MAX_PHONE_CHARS, MAX_UNIT_NUMBER_CHARS,
};
use crate::path::RolePath;
use crate::read::{
    Cx, Node, Read, Token, at_least_one, deserialize_by_reader, read_object, read_word, text_up_to,
};

deserialize_by_reader! {
    Estate, Settings, CatalogDoc, PermissionDoc, LineDoc, GivenBy, LocalizedText, ValidityDoc,
    Account, OrganisationDoc, Deletion, BuildingDoc, IntegrationDoc, UnitDoc, AdministratorEntry,
    DoorDoc, AudienceDoc, PersonDoc, PermissionGroupDoc, JobFunctionDoc, MembershipDoc, GrantedRole,
    GrantedGroup, BuildingAccess, ResidencyDoc, DeviceDoc, PlatformRoleDoc,
    HeldAt, GivenOn, KeyKind, OrganisationKind, IntegrationKind, SwitchStatus, PersonKind,
    PersonState, ResidencyStatus, ResidencyType,
}

read_word! {
    GivenOn, HeldAt, IntegrationKind, KeyKind, OrganisationKind, PersonKind, PersonState,
    ResidencyStatus, ResidencyType, SwitchStatus,
}

fn read_name(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Box<str>> {
    text_up_to(node, cx, MAX_NAME_CHARS).map(Box::from)
}

fn read_phone(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Box<str>> {
    text_up_to(node, cx, MAX_PHONE_CHARS).map(Box::from)
}

fn read_description(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Box<str>> {
    text_up_to(node, cx, MAX_DESCRIPTION_CHARS).map(Box::from)
}

fn read_unit_number(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Box<str>> {
    text_up_to(node, cx, MAX_UNIT_NUMBER_CHARS).map(Box::from)
}

fn read_line_role(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<String> {
    text_up_to(node, cx, MAX_PATH_BYTES).map(String::from)
}

fn read_depth(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<u32> {
    at_least_one(node, cx, MAX_ORGANISATION_DEPTH)
}

fn read_resident_limit(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<u32> {
    at_least_one(node, cx, u32::MAX)
}

read_object!(Settings, "an object: settings", {
    max_organisation_depth: optional(DEFAULT_ORGANISATION_DEPTH), by read_depth;
    strict_permissions: optional(false);
    strict_contact: optional(false);
    allow_no_initial_permissions: optional(false);
    allow_last_administrator_removal: optional(false);
    unique_sibling_names: optional(false);
    purge_retention_ms: optional(0);
});

read_object!(CatalogDoc, "an object: additions to the catalog", {
    permissions: optional(Vec::new());
    roles: optional(Vec::new());
});

read_object!(PermissionDoc, "an object: a permission key and its kind", {
    key: required;
    kind: required;
});

read_object!(LineDoc, "an object: a role and what it means", {
    role: required, by read_line_role;
    held_at: maybe;
    keys: required;
    audience_bound: optional(false);
    given_by: optional(Vec::new());
    organisation_kinds: maybe;
});

read_object!(GivenBy, "an object: a key and what it must be held on", {
    key: required;
    on: required;
});

read_object!(Account, "an object: an account", {
    id: required;
    aliases: optional(Vec::new());
    name: maybe, by read_name;
});

read_object!(OrganisationDoc, "an object: an organisation", {
    id: required;
    aliases: optional(Vec::new());
    name: noted(LocalizedText::plain(""));
    description: maybe, by read_description;
    parent: maybe;
    account: maybe;
    kind: maybe;
    serves: optional(Vec::new());
    deleted: maybe;
});

read_object!(Deletion, "an object: a deletion", {
    at: required;
    id: required;
});

read_object!(BuildingDoc, "an object: a building", {
    id: required;
    aliases: optional(Vec::new());
    name: maybe, by read_name;
    owner: required;
    time_zone: maybe, by read_name;
});

read_object!(IntegrationDoc, "an object: an integration", {
    id: required;
    aliases: optional(Vec::new());
    name: maybe, by read_name;
    building: required;
    kind: optional(IntegrationKind::default());
});

read_object!(UnitDoc, "an object: a unit", {
    id: required;
    aliases: optional(Vec::new());
    number: required, by read_unit_number;
    building: required;
    integration: maybe;
    status: optional(SwitchStatus::default());
    administrators: optional(Vec::new());
    resident_limit: maybe, by read_resident_limit;
    token_generation: optional(0);
});

read_object!(AdministratorEntry, "a person's id, or an object with it", short |node, cx| {
    Id::read(node, cx).map(|person| Self { person, valid: None })
}, {
    person: required;
    valid: maybe;
});

read_object!(DoorDoc, "an object: a door", {
    id: required;
    aliases: optional(Vec::new());
    name: maybe, by read_name;
    integration: required;
    unit: whole_maybe;
    audience: whole_maybe;
    guests: optional(false);
    status: optional(SwitchStatus::default());
});

/// The object form of an audience.
struct AudienceUnits {
    units: Vec<Id>,
}

read_object!(AudienceUnits, "an object with `units`", {
    units: required;
});

impl Read for AudienceDoc {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        const EXPECTED: &str = "`all_residents`, `nobody`, or `{\"units\": [ids]}`";
        match node.head() {
            Token::Text(text) => match &**text {
                "all_residents" => Some(Self::AllResidents),
                "nobody" => Some(Self::Nobody),
                text => {
                    cx.fault(FaultCode::InvalidValue, format!("`{}`", Printable(text)), EXPECTED)
                }
            },
            Token::Object(_) => AudienceUnits::read(node, cx).map(|read| Self::Units(read.units)),
            _ => cx.wrong_type(node, EXPECTED),
        }
    }
}

read_object!(PersonDoc, "an object: a person", {
    id: required;
    aliases: optional(Vec::new());
    name: maybe, by read_name;
    email: maybe, by read_name;
    phone: maybe, by read_phone;
    first_name: maybe, by read_name;
    last_name: maybe, by read_name;
    identifier: maybe, by read_name;
    kind: optional(PersonKind::default());
    state: optional(PersonState::default());
});

read_object!(PermissionGroupDoc, "an object: a permission group", {
    id: required;
    aliases: optional(Vec::new());
    account: maybe;
    name: noted(Box::default()), by read_name;
    organisation_kind: required;
    keys: required;
});

read_object!(JobFunctionDoc, "an object: a job function", {
    id: required;
    aliases: optional(Vec::new());
    account: maybe;
    name: noted(Box::default()), by read_name;
    organisation_kind: required;
    initial_groups: required;
});

read_object!(MembershipDoc, "an object: a membership", {
    person: required;
    organisation: required;
    valid: maybe;
    roles: optional(Vec::new());
    permission_groups: maybe;
    job_function: maybe;
    building_access: maybe;
});

read_object!(GrantedRole, "a role path, or an object with it", short |node, cx| {
    RolePath::read(node, cx).map(|role| Self { role, valid: None })
}, {
    role: required;
    valid: maybe;
});

read_object!(GrantedGroup, "a permission group's id, or an object with it", short |node, cx| {
    Id::read(node, cx).map(|group| Self { group, valid: None })
}, {
    group: required;
    valid: maybe;
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

impl AccessScope {
    const ALL: &'static [Self] = &[Self::AllOfCompany, Self::Listed];
    const WORDS: &'static [&'static str] = &["all_of_company", "listed"];
}

read_word! { AccessScope, }

read_object!(AccessObject, "an object: building access", {
    scope: required;
    buildings: whole(Vec::new());
});

impl Read for BuildingAccess {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        AccessObject::read(node, cx).map(|AccessObject { scope, buildings }| match scope {
            AccessScope::AllOfCompany => Self::AllOfCompany { buildings },
            AccessScope::Listed => Self::Listed { buildings },
        })
    }
}

read_object!(ResidencyDoc, "an object: a residency", {
    person: required;
    unit: required;
    residency_type["type"]: optional(ResidencyType::default());
    status: optional(ResidencyStatus::default());
    valid: maybe;
    directory_visible: optional(true);
    receives_calls: optional(true);
    display_name: maybe, by read_name;
    secret: maybe;
    devices: optional(Vec::new());
});

read_object!(PlatformRoleDoc, "an object: a role held at the platform", {
    person: required;
    role: required;
    valid: maybe;
});

read_object!(ValidityDoc, "an object with `from`, `to`, or both", {
    from: whole_maybe;
    to: whole_maybe;
});
