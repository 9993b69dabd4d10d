//! Review questions, answered from the same facts as decisions (semantics.md, section 4). Every list is in
//! the order of C-77, checks nobody, and equals the filter of `decide` or `covers` over everything.

mod assignable_roles;
mod building_user_queries;
mod building_users;
mod candidates;
mod list;
mod lobby_directory;
mod members;
mod organisation_queries;
mod organisation_users;
mod organisation_views;
mod page;
mod pagination;
mod permissions;
mod query;
mod rate_check;
mod read;
mod unit_user_queries;
mod user_queries;
mod visible_orgs;
mod what_can;
mod who_can;

pub use self::building_user_queries::BuildingUserView;
pub use self::building_users::BuildingUserRow;
pub use self::list::{ListItem, ListQuery};
pub use self::lobby_directory::{ListedResident, LobbyRow};
pub use self::members::{MemberDepth, MemberRow};
pub use self::organisation_queries::OrganisationPage;
pub use self::organisation_users::{OrganisationUserPage, OrganisationUserView};
pub use self::organisation_views::{OrganisationView, RolesById};
pub use self::page::{Page, PageError, PageRequest};
pub use self::query::{Answer, OutputOptions, Pagination, Query};
pub use self::unit_user_queries::{
    Pageable, SortDirection, SortFields, SortObject, UnitUserDevices, UnitUserPage, UnitUserSearch,
    UnitUserView,
};
pub use self::user_queries::{NamedRow, OrganisationSummary};
