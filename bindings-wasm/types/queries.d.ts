/** What a caller may ask to see, and what it is answered with. */
import type { DesiredBuildingUser, ResidentPlan } from "./commands.js";
import type { Device, Id, OrganisationKind, ResidencyStatus, ResidencyType, RolePath, Timestamp } from "./estate.js";
import type { LobbyUnit } from "./index.js";

/** Everything that a caller can ask to see. */
export type Query =
  | ListBuildingUsersQuery
  | ListAssignableRolesQuery
  | DiffBuildingUsersQuery
  | LobbyDirectoryQuery
  | GetUnitUserQuery
  | QueryUnitUsersQuery
  | UnitUserDevicesQuery
  | ListOrgsQuery
  | GetOrgQuery
  | OrgPermissionsQuery
  | ListOrgUsersQuery
  | PermissionGroupsQuery
  | JobFunctionsQuery
  | SearchOrganizationsQuery;

/** What a query is answered with, by its name [C-87, C-88]. */
export interface Answers {
  /** A row a person and role, by person, then role. */
  readonly list_building_users: readonly BuildingUser[];
  /** In the order of their text. */
  readonly list_assignable_roles: readonly RolePath[];
  readonly diff_building_users: ResidentPlan;
  /** By number of the unit. */
  readonly lobby_directory: readonly LobbyUnit[];
  readonly get_unit_user: UnitUser;
  readonly query_unit_users: UnitUserPage;
  readonly unit_user_devices: UnitUserDevices;
  readonly list_orgs: Part<OrganisationView>;
  readonly get_org: OrganisationView;
  readonly org_permissions: OrganisationPermissions;
  readonly list_org_users: Part<OrganisationUser>;
  readonly permission_groups: readonly NamedRow[];
  readonly job_functions: readonly NamedRow[];
  readonly search_organizations: readonly OrganisationSummary[];
}

/** What a query is answered with. */
export type Answer<Q extends Query = Query> = Answers[Q["query"]];

/** The building users of an integration [0-2]. */
export interface ListBuildingUsersQuery {
  query: "list_building_users";
  /** Which, by id or alias. */
  integration_id: Id;
}

/** The site roles that the caller may give to another [1-13]. */
export interface ListAssignableRolesQuery {
  query: "list_assignable_roles";
  /** On which integration, by id or alias. */
  integration_id: Id;
}

/** What would make the building users those that are desired; changes nothing [1-19]. */
export interface DiffBuildingUsersQuery {
  query: "diff_building_users";
  /** Of which integration, by id or alias. */
  integration_id: Id;
  /** All who should be building users. */
  desired: readonly DesiredBuildingUser[];
}

/** Who is shown in the lobby [1-21]. */
export interface LobbyDirectoryQuery {
  query: "lobby_directory";
  /** Of which integration, by id or alias. */
  integration_id: Id;
}

/** A unit user [2-13]. */
export interface GetUnitUserQuery {
  query: "get_unit_user";
  /** The property: a building, by id or alias. */
  property_id: Id;
  /** Who, by id or alias. */
  user_id: Id;
  /** The unit, where there are several. */
  unit_id?: Id | null;
}

/** The unit users that the caller may read, by page [2-28]. */
export interface QueryUnitUsersQuery {
  query: "query_unit_users";
  /** The property: a building, by id or alias. */
  property_id: Id;
  search?: UnitUserSearch;
}

/** Which unit users, in what order, and which page. `null` is as good as leaving out where a field takes it. */
export interface UnitUserSearch {
  /** Default `ASC` [2-30]. */
  sortDirection?: "ASC" | "DESC";
  /** The page, from 0, which is the default. */
  page?: number | null;
  /** Rows of a page; none and 0 mean 20, over 1000 means 1000 [C-21]. */
  pageSize?: number | null;
  /** Only this user. */
  userId?: Id | null;
  /** `userId`, as text or in an array; any other is refused [2-34]. */
  sortFields?: string | readonly string[] | null;
}

/** The devices of a unit user [2-47]. */
export interface UnitUserDevicesQuery {
  query: "unit_user_devices";
  /** The property: a building, by id or alias. */
  property_id: Id;
  /** Whose, by id or alias. */
  user_id: Id;
}

/** The organisations that the caller may see [3-5]. */
export interface ListOrgsQuery {
  query: "list_orgs";
  output_options: OutputOptions;
  pagination: Pagination;
}

/** An organisation [3-7]. */
export interface GetOrgQuery {
  query: "get_org";
  /** Which, by id or alias. */
  org_id: Id;
  /** Whether a deleted one is shown. Default false [C-44]. */
  include_deleted?: boolean;
}

/** What the caller may do in an organisation [3-11]. */
export interface OrgPermissionsQuery {
  query: "org_permissions";
  /** Which, by id or alias. */
  org_id: Id;
}

/** The members of an organisation; needs an acting organisation [3-12]. */
export interface ListOrgUsersQuery {
  query: "list_org_users";
  /** Which, by id or alias. */
  org_id: Id;
  /** Whether those of all below it too. */
  recursive: boolean;
  /** Whether those of deleted organisations too [C-49]. */
  output_options: OutputOptions;
  pagination: Pagination;
}

/** Which organisations a list has, by whether they are deleted; all of it false by default [3-14, C-45]. */
export interface OutputOptions {
  /** Deleted ones too. */
  include_deleted?: boolean;
  /** Deleted ones only; wins over `include_deleted`. */
  only_deleted?: boolean;
  /** Taken, and of no effect: there is no metadata [C-87]. */
  include_metadata?: boolean;
}

/** Which part of a list: after a cursor, or from an offset, never both; `null` is as good as leaving out [3-14, C-18, C-19]. */
export interface Pagination {
  /** At most this many; default 50, over 200 means 200, below 1 is refused. */
  limit?: number | null;
  /** The cursor of a part. */
  cursor?: string | null;
  /** How many to leave out from the beginning; below 0 is refused. */
  offset?: number | null;
}

/** The permission groups of an account, or those of them that a user has [4-21]. */
export interface PermissionGroupsQuery {
  query: "permission_groups";
  /** The account, by id or alias. */
  account_id: Id;
  /** Of these kinds; empty or left out: all [C-37]. */
  organization_types?: readonly OrganisationKind[];
  /** Whose. */
  user_id?: Id | null;
}

/** The job functions of the caller's accounts [4-23]. */
export interface JobFunctionsQuery {
  query: "job_functions";
  /** Of these kinds; empty or left out: all [C-37]. */
  organization_types?: readonly OrganisationKind[];
}

/** Organisations by kind, member, building and account, all of them optional [4-25..4-30]. */
export interface SearchOrganizationsQuery {
  query: "search_organizations";
  /** Of these kinds; empty or left out: all [C-37]. */
  organization_types?: readonly OrganisationKind[];
  /** Of which this user is a member. */
  membership_user_id?: Id | null;
  /** With access to, owning or serving one of these; empty or left out: no matter. */
  building_scope?: readonly Id[];
  /** Of this account. */
  account_scope?: Id | null;
}

/** A name in one or more languages, by locale. */
export interface LocalizedName {
  readonly value: { readonly [locale: string]: string };
}

/** Roles under ids: of users, or of organisations. */
export interface RolesById {
  readonly [id: Id]: readonly RolePath[];
}

/** A part of a list. */
export interface Part<T> {
  /** By id. */
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
  /** The limit used. */
  readonly limit: number;
  /** Where the next part begins; left out after the last. */
  readonly next_cursor?: string;
}

/** A building user with how to reach them [C-87]. */
export interface BuildingUser {
  readonly user_id: Id;
  readonly role: RolePath;
  /** The units of the integration in which they live, by id. */
  readonly apartments: readonly Id[];
  /** E-mail address. */
  readonly user_email?: string;
  /** Full name. */
  readonly user_name?: string;
}

/** A unit user [2-14..2-22]. The passphrase is not here: it is the host's to fill in or leave out. */
export interface UnitUser {
  readonly userId: Id;
  /** Empty: none. */
  readonly userName: string;
  /** E-mail address; empty: none. */
  readonly email: string;
  /** Telephone number; empty: none. */
  readonly phoneNumber: string;
  readonly status: ResidencyStatus;
  readonly type: ResidencyType;
}

/** A page of unit users [2-35..2-45]: rows by `userId`, then unit. */
export interface UnitUserPage {
  /** Pages there are; 0 where there is no row. */
  readonly totalPages: number;
  /** Rows there are. */
  readonly totalElements: number;
  /** Whether this is page 0. */
  readonly first: boolean;
  /** Whether no page follows. */
  readonly last: boolean;
  /** Rows that a page has at most. */
  readonly size: number;
  readonly content: readonly UnitUser[];
  /** The page, from 0. */
  readonly number: number;
  readonly sort: SortObject;
  /** Rows of this page. */
  readonly numberOfElements: number;
  readonly pageable: Pageable;
  /** Whether it has no row. */
  readonly empty: boolean;
}

/** Whether somebody asked for an order [2-42]. Rows are in the order of `userId` in any case. */
export interface SortObject {
  readonly empty: boolean;
  readonly sorted: boolean;
  readonly unsorted: boolean;
}

/** Where a page lies [2-44]. */
export interface Pageable {
  /** Rows before it. */
  readonly offset: number;
  readonly sort: SortObject;
  /** The page, from 0. */
  readonly pageNumber: number;
  /** Rows that a page has at most. */
  readonly pageSize: number;
  readonly paged: true;
  readonly unpaged: false;
}

/** The devices of a unit user [2-48]. */
export interface UnitUserDevices {
  /** By their id. */
  readonly contents: readonly Readonly<Required<Device>>[];
}

/** An organisation as the caller may see it, `OrganizationResponse` [3-2, C-87]. */
export interface OrganisationView {
  readonly id: Id;
  readonly name: LocalizedName;
  /** What it does. */
  readonly description?: string;
  /** The organisation above it, where the caller may see that. */
  readonly parent_id?: Id;
  /** The name of the organisation above it, where the caller may see that. */
  readonly parent_name?: LocalizedName;
  /** The roles of its members, by user: all of them where the caller may list its users, else the caller's own. */
  readonly user_roles: RolesById;
  /** When it was deleted, or what is above it. */
  readonly deleted_at?: Timestamp;
  /** From when it may be purged, where the estate keeps deleted ones for a time. */
  readonly purge_at?: Timestamp;
}

/** What a caller may do in an organisation. */
export interface OrganisationPermissions {
  /** The keys, in the order of their text. */
  readonly permissions: readonly string[];
}

/** A member, once, with what they hold where [C-87]. */
export interface OrganisationUser {
  /** Who. */
  readonly id: Id;
  /** E-mail address; `null` where there is none. */
  readonly email: string | null;
  /** Full name; `null` where there is none. */
  readonly name: string | null;
  /** Each organisation they belong to, of those that are listed, with the roles they hold there. */
  readonly roles: RolesById;
}

/** A permission group or job function [C-88]. */
export interface NamedRow {
  readonly id: Id;
  readonly name: string;
  /** For which kind of organisation. */
  readonly organization_type: OrganisationKind;
}

/** An organisation that a search found [C-88]. */
export interface OrganisationSummary {
  readonly id: Id;
  readonly name: LocalizedName;
  /** Its kind; left out where it has none. */
  readonly organization_type?: OrganisationKind;
}
