//! Queries as they travel: an object whose `query` says what its other members are.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::query::{OutputOptions, Pagination, Query};
use super::unit_user_queries::{SortDirection, SortFields, UnitUserSearch};
use crate::estate::Faults;
use crate::read::{
    Cx, Node, Read, Reader, Token, deserialize_by_reader, from_json, read_fields, read_object,
    read_tagged, read_word,
};

impl Query {
    /// Reads a query from JSON.
    ///
    /// # Errors
    ///
    /// Every fault of form, with its path.
    pub fn from_json(json: &[u8]) -> Result<Self, Faults> {
        from_json(json)
    }
}

impl Read for Query {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        read_tagged(node, cx, "query", Self::NAMES, READERS)
    }
}

macro_rules! queries {
    ($($word:literal => $name:ident { $($fields:tt)+ })+) => {
        impl Query {
            /// The names of all queries, as in JSON.
            pub const NAMES: &'static [&'static str] = &[$($word,)+];
        }

        /// The readers of the queries, in the order of their names.
        const READERS: &[Reader<Query>] = &[$(|node, cx| {
            read_fields!(node, cx, "an object: a query", Query::$name { $($fields)+ })
        },)+];
    };
}

queries! {
    "list_building_users" => ListBuildingUsers { integration_id: required; }
    "list_assignable_roles" => ListAssignableRoles { integration_id: required; }
    "diff_building_users" => DiffBuildingUsers { integration_id: required; desired: required; }
    "lobby_directory" => LobbyDirectory { integration_id: required; }
    "get_unit_user" => GetUnitUser { property_id: required; user_id: required; unit_id: nullable; }
    "query_unit_users" => QueryUnitUsers {
        property_id: required;
        search: optional(UnitUserSearch::default());
    }
    "unit_user_devices" => UnitUserDevices { property_id: required; user_id: required; }
    "list_orgs" => ListOrgs { output_options: required; pagination: required; }
    "get_org" => GetOrg { org_id: required; include_deleted: optional(false); }
    "org_permissions" => OrgPermissions { org_id: required; }
    "list_org_users" => ListOrgUsers {
        org_id: required;
        recursive: required;
        output_options: required;
        pagination: required;
    }
    "permission_groups" => PermissionGroups {
        account_id: required;
        organization_types: optional(Vec::new());
        user_id: nullable;
    }
    "job_functions" => JobFunctions { organization_types: optional(Vec::new()); }
    "search_organizations" => SearchOrganizations {
        organization_types: optional(Vec::new());
        membership_user_id: nullable;
        building_scope: optional(Vec::new());
        account_scope: nullable;
    }
}

read_object!(OutputOptions, "an object: which organisations", {
    include_deleted: optional(false);
    only_deleted: optional(false);
    include_metadata: optional(false);
});

read_object!(Pagination, "an object: which part of the list", {
    limit: nullable;
    cursor: nullable;
    offset: nullable;
});

read_object!(UnitUserSearch, "an object: which unit users", {
    sort_direction["sortDirection"]: optional(SortDirection::Ascending);
    page: nullable;
    page_size["pageSize"]: nullable;
    user_id["userId"]: nullable;
    sort_fields["sortFields"]: nullable;
});

impl SortDirection {
    const ALL: &'static [Self] = &[Self::Ascending, Self::Descending];
    const WORDS: &'static [&'static str] = &["ASC", "DESC"];
}

read_word! { SortDirection, }

impl Read for SortFields {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        match node.head() {
            Token::Text(text) => Some(Self::One((&**text).into())),
            Token::Array(_) => Vec::<Box<str>>::read(node, cx).map(Self::Several),
            _ => cx.wrong_type(node, "text, or an array of texts"),
        }
    }
}

deserialize_by_reader! { Query, OutputOptions, Pagination, UnitUserSearch, SortDirection, SortFields, }
