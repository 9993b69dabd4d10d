//! The catalog that every estate starts from, as data [C-72, B.2].

use crate::estate::{GivenOn, HeldAt, KeyKind, OrganisationKind};

/// A key and its kind.
pub(crate) type BuiltinKey = (&'static str, KeyKind);

/// A line as it would be written in an estate.
pub(crate) struct BuiltinLine {
    pub(crate) role: &'static str,
    pub(crate) held_at: Option<HeldAt>,
    pub(crate) keys: &'static [&'static str],
    pub(crate) audience_bound: bool,
    pub(crate) given_by: &'static [(&'static str, GivenOn)],
}

/// A permission group that every account has.
pub(crate) struct BuiltinGroup {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: OrganisationKind,
    pub(crate) keys: &'static [&'static str],
}

/// A job function that every account has.
pub(crate) struct BuiltinJobFunction {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: OrganisationKind,
    pub(crate) group: &'static str,
}

/// The role of the line that a residency stands for.
pub(crate) const RESIDENT_LINE: &str = "virtual_access:integration:{integration}:resident";
/// The role of the line that an administrator of a unit, and its token, stand for.
pub(crate) const UNIT_ADMINISTRATOR_LINE: &str = "unit_administrator";

const ORGANISATION: KeyKind = KeyKind::Organisation;
const BUILDING: KeyKind = KeyKind::Building;
const INTEGRATION: KeyKind = KeyKind::Integration;
const UNIT: KeyKind = KeyKind::Unit;
const DOOR: KeyKind = KeyKind::Door;

pub(crate) const KEYS: &[BuiltinKey] = &[
    ("api_keys:create", ORGANISATION),
    ("buildings:create", ORGANISATION),
    ("buildings:delete", BUILDING),
    ("buildings:list", BUILDING),
    ("buildings:read", BUILDING),
    ("buildings:update", BUILDING),
    ("calls:answer", UNIT),
    ("devices:create", INTEGRATION),
    ("devices:delete", INTEGRATION),
    ("devices:list", INTEGRATION),
    ("devices:read", INTEGRATION),
    ("devices:update", INTEGRATION),
    ("directory:read", INTEGRATION),
    ("doors:create", INTEGRATION),
    ("doors:delete", DOOR),
    ("doors:list", DOOR),
    ("doors:open", DOOR),
    ("doors:open_unit", DOOR),
    ("doors:read", DOOR),
    ("doors:update", DOOR),
    ("entities:create", INTEGRATION),
    ("entities:delete", INTEGRATION),
    ("entities:list", INTEGRATION),
    ("entities:read", INTEGRATION),
    ("entities:set_state", INTEGRATION),
    ("entities:update", INTEGRATION),
    ("execute", INTEGRATION),
    ("integrations:create", BUILDING),
    ("integrations:delete", INTEGRATION),
    ("integrations:list", INTEGRATION),
    ("integrations:read", INTEGRATION),
    ("integrations:update", INTEGRATION),
    ("orgs:create", ORGANISATION),
    ("orgs:delete", ORGANISATION),
    ("orgs:list", ORGANISATION),
    ("orgs:read", ORGANISATION),
    ("orgs:update", ORGANISATION),
    ("permission_groups:assign", ORGANISATION),
    ("permission_groups:list", ORGANISATION),
    ("residents:list", UNIT),
    ("residents:write", UNIT),
    ("unit_devices:delete", UNIT),
    ("unit_devices:list", UNIT),
    ("unit_users:read", UNIT),
    ("unit_users:update", UNIT),
    ("units:create", BUILDING),
    ("units:delete", UNIT),
    ("units:list", UNIT),
    ("units:read", UNIT),
    ("units:update", UNIT),
    ("users:create", ORGANISATION),
    ("users:delete", ORGANISATION),
    ("users:list", ORGANISATION),
    ("users:read", ORGANISATION),
    ("users:update", ORGANISATION),
    ("zones:create", INTEGRATION),
    ("zones:delete", INTEGRATION),
    ("zones:list", INTEGRATION),
    ("zones:read", INTEGRATION),
    ("zones:update", INTEGRATION),
];

pub(crate) const LINES: &[BuiltinLine] = &[
    line("platform_admin", Some(HeldAt::Platform), &["*"]),
    line("admin", Some(HeldAt::Organisation), &["*"]),
    line("member", Some(HeldAt::Organisation), &[]),
    line(
        UNIT_ADMINISTRATOR_LINE,
        Some(HeldAt::Unit),
        &[
            "residents:list",
            "residents:write",
            "unit_users:read",
            "unit_users:update",
            "unit_devices:list",
            "unit_devices:delete",
        ],
    ),
    line(
        "virtual_access:integration:{integration}:admin",
        None,
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
    line(
        "virtual_access:integration:{integration}:technician",
        None,
        &["integrations:read", "devices:*", "doors:open", "doors:read", "directory:read"],
    ),
    BuiltinLine {
        role: RESIDENT_LINE,
        held_at: None,
        keys: &["doors:open", "directory:read", "calls:answer"],
        audience_bound: true,
        given_by: &[
            ("integrations:update", GivenOn::Integration),
            ("residents:write", GivenOn::Unit),
        ],
    },
];

const fn line(
    role: &'static str,
    held_at: Option<HeldAt>,
    keys: &'static [&'static str],
) -> BuiltinLine {
    BuiltinLine { role, held_at, keys, audience_bound: false, given_by: &[] }
}

const PMO: OrganisationKind = OrganisationKind::Pmo;
const TENANT: OrganisationKind = OrganisationKind::Tenant;
const VENDOR: OrganisationKind = OrganisationKind::Vendor;

pub(crate) const GROUPS: &[BuiltinGroup] = &[
    BuiltinGroup {
        id: "pmo.manager",
        name: "Manager",
        kind: PMO,
        keys: &[
            "orgs:read",
            "users:create",
            "users:read",
            "users:update",
            "users:list",
            "permission_groups:list",
            "permission_groups:assign",
            "buildings:read",
            "buildings:update",
            "buildings:list",
            "integrations:read",
            "integrations:update",
            "integrations:list",
            "devices:read",
            "devices:update",
            "devices:list",
            "units:create",
            "units:read",
            "units:update",
            "units:list",
            "doors:read",
            "doors:update",
            "doors:list",
            "doors:open",
            "directory:read",
            "residents:list",
            "residents:write",
            "unit_users:read",
            "unit_users:update",
        ],
    },
    BuiltinGroup {
        id: "pmo.engineer_manager",
        name: "Engineer Manager",
        kind: PMO,
        keys: &[
            "users:list",
            "buildings:read",
            "buildings:list",
            "integrations:read",
            "integrations:update",
            "integrations:list",
            "devices:create",
            "devices:read",
            "devices:update",
            "devices:delete",
            "devices:list",
            "entities:read",
            "entities:list",
            "entities:set_state",
            "zones:read",
            "zones:list",
            "units:read",
            "units:list",
            "doors:read",
            "doors:list",
            "doors:open",
            "directory:read",
        ],
    },
    BuiltinGroup {
        id: "pmo.engineer",
        name: "Engineer",
        kind: PMO,
        keys: &[
            "buildings:read",
            "integrations:read",
            "devices:read",
            "devices:update",
            "devices:list",
            "entities:read",
            "entities:list",
            "entities:set_state",
            "doors:read",
            "doors:open",
            "directory:read",
        ],
    },
    BuiltinGroup {
        id: "pmo.coordinator",
        name: "Coordinator",
        kind: PMO,
        keys: &[
            "users:read",
            "users:list",
            "buildings:read",
            "buildings:list",
            "units:read",
            "units:list",
            "residents:list",
            "unit_users:read",
            "doors:read",
            "directory:read",
        ],
    },
    BuiltinGroup {
        id: "pmo.executive",
        name: "Executive",
        kind: PMO,
        keys: &[
            "orgs:read",
            "orgs:list",
            "users:list",
            "buildings:read",
            "buildings:list",
            "integrations:read",
            "integrations:list",
            "units:list",
            "doors:list",
            "directory:read",
        ],
    },
    BuiltinGroup {
        id: "pmo.security",
        name: "Security",
        kind: PMO,
        keys: &[
            "buildings:read",
            "integrations:read",
            "entities:read",
            "units:read",
            "doors:read",
            "doors:list",
            "doors:open",
            "directory:read",
        ],
    },
    BuiltinGroup {
        id: "tenant.admin",
        name: "Tenant Admin",
        kind: TENANT,
        keys: &[
            "orgs:read",
            "users:create",
            "users:read",
            "users:update",
            "users:list",
            "permission_groups:list",
            "permission_groups:assign",
            "buildings:read",
            "doors:read",
            "doors:open",
            "directory:read",
        ],
    },
    BuiltinGroup {
        id: "tenant.tenant",
        name: "Tenant",
        kind: TENANT,
        keys: &["buildings:read", "doors:open", "directory:read"],
    },
    BuiltinGroup {
        id: "vendor.manager",
        name: "Vendor Manager",
        kind: VENDOR,
        keys: &[
            "orgs:read",
            "users:create",
            "users:read",
            "users:list",
            "buildings:read",
            "integrations:read",
            "devices:read",
            "doors:open",
        ],
    },
    BuiltinGroup {
        id: "vendor.vendor",
        name: "Vendor",
        kind: VENDOR,
        keys: &["buildings:read", "devices:read", "doors:open"],
    },
];

pub(crate) const JOB_FUNCTIONS: &[BuiltinJobFunction] = &[
    BuiltinJobFunction {
        id: "pmo.property_manager",
        name: "Property Manager",
        kind: PMO,
        group: "pmo.manager",
    },
    BuiltinJobFunction {
        id: "pmo.chief_engineer",
        name: "Chief Engineer",
        kind: PMO,
        group: "pmo.engineer_manager",
    },
    BuiltinJobFunction { id: "pmo.engineer", name: "Engineer", kind: PMO, group: "pmo.engineer" },
    BuiltinJobFunction {
        id: "pmo.tenant_coordinator",
        name: "Tenant Coordinator",
        kind: PMO,
        group: "pmo.coordinator",
    },
    BuiltinJobFunction {
        id: "pmo.community_manager",
        name: "Community Manager",
        kind: PMO,
        group: "pmo.coordinator",
    },
    BuiltinJobFunction {
        id: "pmo.asset_manager",
        name: "Asset Manager",
        kind: PMO,
        group: "pmo.executive",
    },
    BuiltinJobFunction { id: "pmo.security", name: "Security", kind: PMO, group: "pmo.security" },
    BuiltinJobFunction {
        id: "tenant.office_manager",
        name: "Office Manager",
        kind: TENANT,
        group: "tenant.admin",
    },
    BuiltinJobFunction {
        id: "tenant.employee",
        name: "Employee",
        kind: TENANT,
        group: "tenant.tenant",
    },
    BuiltinJobFunction {
        id: "tenant.executive",
        name: "Executive",
        kind: TENANT,
        group: "tenant.admin",
    },
    BuiltinJobFunction {
        id: "tenant.it_manager",
        name: "IT Manager",
        kind: TENANT,
        group: "tenant.admin",
    },
    BuiltinJobFunction {
        id: "vendor.manager",
        name: "Manager",
        kind: VENDOR,
        group: "vendor.manager",
    },
    BuiltinJobFunction {
        id: "vendor.employee",
        name: "Employee",
        kind: VENDOR,
        group: "vendor.vendor",
    },
    BuiltinJobFunction {
        id: "vendor.executive",
        name: "Executive",
        kind: VENDOR,
        group: "vendor.manager",
    },
];
