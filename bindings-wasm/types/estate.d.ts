/**
 * The document of an estate, as it is read. An optional field may be left out and is never `null`; an unknown field is a fault.
 * What comes out of the library is written in full: every list is there, names are in their envelope, and what may be written
 * short (a role, a group, an administrator) is an object.
 */

/** A ULID, a UUID, or 1 to 64 characters of `A-Z a-z 0-9 _ . -`, compared as they are [C-1, C-2]. */
export type Id = string;

/** 1 to 8 segments of `A-Z a-z 0-9 _ . -`, or `*`, with `:` between them: `virtual_access:integration:panel:resident`. */
export type RolePath = string;

/** An instant of RFC 3339, with its offset: `2026-11-22T18:00:00Z`. What comes out is in UTC. */
export type Timestamp = string;

/** Texts by locale, such as `en` or `pt-BR`; each of at most 255 characters, and not all of them empty [C-12]. */
export interface Texts {
  [locale: string]: string;
}

/** A name in one or more languages: text in the locale `en`, texts by locale, or these in an envelope [C-12]. */
export type LocalizedText = string | Texts | { value: Texts };

/** What an organisation is in its account [4-2]: property management, a tenant of buildings, or a vendor to them. */
export type OrganisationKind = "pmo" | "tenant" | "vendor";

/** What an integration is. Site roles reach `virtual_access` integrations only [1-6]. */
export type IntegrationKind = "virtual_access" | "other";

/** Whether a unit or a door is in service. */
export type SwitchStatus = "ENABLED" | "DISABLED";

/** What a principal is [C-82]. A guest holds GUEST residencies and nothing else; a service is a program with an API key. */
export type PersonKind = "person" | "guest" | "service";

/** The state of a person; all but `active` deny everything everywhere [C-27]. */
export type PersonState = "active" | "blocked" | "deleted";

/** The status of a residency; `BLOCKED` denies everything in the building [C-27]. */
export type ResidencyStatus = "ACTIVE" | "BLOCKED";

/** How a person belongs to a unit [C-28]: its household, a guest of it, or a further person, who may not administer it. */
export type ResidencyType = "UNIT" | "GUEST" | "LINKED";

/** The whole document. */
export interface Estate {
  /** Version of the format. */
  version: 1;
  /** Counts the changes of the estate; the host's number. Default 0. */
  revision?: number;
  settings?: Settings;
  /** What this estate adds to the built-in catalog. */
  catalog?: Catalog;
  /** Labels on root organisations. */
  accounts?: Account[];
  /** The trees of organisations. */
  organisations?: Organisation[];
  /** Buildings, each owned by one organisation. */
  buildings?: Building[];
  /** Integrations, each in one building. */
  integrations?: Integration[];
  /** Units (apartments, offices), each in one building. */
  units?: Unit[];
  /** Doors, each on one integration. */
  doors?: Door[];
  /** People, guests and services. */
  people?: Person[];
  /** Permission groups of accounts. */
  permission_groups?: PermissionGroup[];
  /** Job functions of accounts. */
  job_functions?: JobFunction[];
  /** Who belongs to which organisation, and with which roles. */
  memberships?: Membership[];
  /** Who lives where. */
  residencies?: Residency[];
  /** Roles held above every organisation. */
  platform_roles?: PlatformRole[];
  /** Ids of organisations that are gone for good; no organisation may have one again [3-24]. */
  purged_organisations?: Id[];
}

/** Limits that an estate sets for itself. No setting changes a decision. */
export interface Settings {
  /** Deepest organisation allowed, 1 to 64; a root has depth 1. Default 16 [C-47]. */
  max_organisation_depth?: number;
  /** Whether a permission must be a key of the catalog wherever one is asked for by text. Default false [C-48]. */
  strict_permissions?: boolean;
  /** Whether e-mail addresses and telephone numbers must have their usual form. Default false [C-13]. */
  strict_contact?: boolean;
  /** Whether a member may be added without any permission group. Default false [C-30]. */
  allow_no_initial_permissions?: boolean;
  /** Whether the last administrator of an organisation may be removed. Default false [C-31]. */
  allow_last_administrator_removal?: boolean;
  /** Whether organisations side by side need names that differ. Default false [C-51]. */
  unique_sibling_names?: boolean;
  /** How long a deleted organisation is kept before it may be purged, in milliseconds. Default 0 [C-43]. */
  purge_retention_ms?: number;
}

/** Additions to the built-in catalog [C-72]. */
export interface Catalog {
  /** New permission keys. */
  permissions?: CatalogPermission[];
  /** New lines, and replacements of built-in ones. */
  roles?: CatalogLine[];
}

/** A permission key that an estate adds. */
export interface CatalogPermission {
  /** A role path without `*`. */
  key: RolePath;
  /** The kind of resource the key is about [C-74]. */
  kind: "organisation" | "building" | "integration" | "unit" | "door";
}

/** A line of the catalog: what a role means [C-5]. */
export interface CatalogLine {
  /** A role path without `*`, or `virtual_access:integration:{integration}:…` with the slot. */
  role: string;
  /** Where it may be held. Left out for a role with a slot, which is held at organisations and reaches a site. */
  held_at?: "platform" | "organisation" | "unit";
  /** Keys and key patterns. Empty: the role grants nothing. */
  keys: RolePath[];
  /** Whether a door's audience binds this role; only roles with a slot. Default false [C-71]. */
  audience_bound?: boolean;
  /** Who may give the role beside those whose own roles cover it [C-4]. */
  given_by?: GivenBy[];
  /** The kinds of organisation that may hold it, never none; left out: all. */
  organisation_kinds?: OrganisationKind[];
}

/** A key that lets its holder give a role to somebody else [C-4]. */
export interface GivenBy {
  key: RolePath;
  /** On what the giver must be allowed it: the integration that the role names, or the unit of the receiver's residency. */
  on: "integration" | "unit";
}

/** A label on root organisations; groups, job functions and e-mail addresses are per account [C-69]. */
export interface Account {
  id: Id;
  /** Ids of other systems for it [C-70]. */
  aliases?: Id[];
  name?: string;
}

/** An organisation. */
export interface Organisation {
  id: Id;
  /** Ids of other systems for it [C-70]. */
  aliases?: Id[];
  name: LocalizedText;
  /** What it does, at most 1024 characters. */
  description?: string;
  /** The organisation above it; left out for a root. */
  parent?: Id;
  /** The account of a root and of everything below it. */
  account?: Id;
  /** What it is in its account; left out where that does not matter. */
  kind?: OrganisationKind;
  /** Buildings it works or rents in without owning them [C-69]. */
  serves?: Id[];
  /** Present when it is deleted, and with it everything below [C-41]. */
  deleted?: Deletion;
}

/** That an organisation was deleted, reversibly. A state: the instant is for the records. */
export interface Deletion {
  at: Timestamp;
  /** Shared by all that one deletion took, so that a restore brings back exactly these [C-40]. */
  id: Id;
}

/** A building. */
export interface Building {
  id: Id;
  /** Ids of other systems for it, a property id among them [C-70]. */
  aliases?: Id[];
  name?: string;
  /** The organisation that owns it. */
  owner: Id;
  /** Its IANA time zone, unused so far [C-80]. */
  time_zone?: string;
}

/** An integration: a system in a building that controls doors. */
export interface Integration {
  id: Id;
  /** Ids of other systems for it [C-70]. */
  aliases?: Id[];
  name?: string;
  /** The building it is in. */
  building: Id;
  /** Default `virtual_access`. */
  kind?: IntegrationKind;
}

/** A unit: an apartment, an office, a listing. */
export interface Unit {
  id: Id;
  /** Ids of other systems for it [C-70]. */
  aliases?: Id[];
  /** Its number, as at the door. */
  number: string;
  /** The building it is in. */
  building: Id;
  /** The integration whose panel calls it, of the same building. */
  integration?: Id;
  /** A disabled one switches off its residencies, administrators and token. Default `ENABLED` [C-27]. */
  status?: SwitchStatus;
  /** Who manages its residents [C-66]. */
  administrators?: (Id | Administrator)[];
  /** Most residents that an administrator may let in, 1 or more; left out: no limit [C-66]. */
  resident_limit?: number;
  /** Counts the tokens of the unit that were withdrawn: one made for an earlier number is none. Default 0 [2-5]. */
  token_generation?: number;
}

/** That a person administers a unit. */
export interface Administrator {
  person: Id;
  /** When; left out: always. */
  valid?: Validity;
}

/** A door. */
export interface Door {
  id: Id;
  /** Ids of other systems for it [C-70]. */
  aliases?: Id[];
  name?: string;
  /** The integration that controls it. */
  integration: Id;
  /** The unit it belongs to; left out: it is common. */
  unit?: Id;
  /** Which residents it is for; there exactly when it is common [C-59]. */
  audience?: Audience;
  /** Whether guests of these residents may open it too. Default false [C-28]. */
  guests?: boolean;
  /** Default `ENABLED`. */
  status?: SwitchStatus;
}

/**
 * Which residents a common door is for: those of every unit of its integration, none, or those of some units, of at least one.
 * There is no empty list that could mean everybody [C-59].
 */
export type Audience = "all_residents" | "nobody" | { units: Id[] };

/** A person, guest or service. */
export interface Person {
  id: Id;
  /** Ids of other systems for them [C-70]. */
  aliases?: Id[];
  /** Full name. */
  name?: string;
  /** E-mail address, 0 to 255 characters, not otherwise checked [C-13]. */
  email?: string;
  /** Telephone number, 0 to 16 characters [C-13]. */
  phone?: string;
  /** First name, where it is known apart from the full name [4-8]. */
  first_name?: string;
  /** Last name, where it is known apart from the full name [4-8]. */
  last_name?: string;
  /** The number of an employee, a text and no key [4-15]. */
  identifier?: string;
  /** Default `person`. */
  kind?: PersonKind;
  /** Default `active`. */
  state?: PersonState;
}

/** A permission group of an account [4-19]. */
export interface PermissionGroup {
  /** Its id; that of a built-in group replaces it. */
  id: Id;
  /** Ids of other systems for it [C-70]. */
  aliases?: Id[];
  /** Its account; left out only where a built-in group is replaced. */
  account?: Id;
  name: string;
  /** The kind of organisation whose members may be in it. */
  organisation_kind: OrganisationKind;
  /** Keys and key patterns. */
  keys: RolePath[];
}

/** A job function: the permission groups that a new member starts with [4-10]. */
export interface JobFunction {
  /** Its id; that of a built-in job function replaces it. */
  id: Id;
  /** Ids of other systems for it [C-70]. */
  aliases?: Id[];
  /** Its account; left out only where a built-in job function is replaced. */
  account?: Id;
  name: string;
  /** The kind of organisation whose members may have it. */
  organisation_kind: OrganisationKind;
  /** The groups that a new member starts with. */
  initial_groups: Id[];
}

/** That a person belongs to an organisation [4-24]. */
export interface Membership {
  person: Id;
  organisation: Id;
  /** When; left out: always. Everything inside the membership is valid only then too [C-80]. */
  valid?: Validity;
  /** Roles held at the organisation. */
  roles?: (RolePath | GrantedRole)[];
  /** Permission groups; left out: those of the job function, or none. Empty: none. */
  permission_groups?: (Id | GrantedGroup)[];
  job_function?: Id;
  /** The buildings in which the permission groups count; left out: none. */
  building_access?: BuildingAccess;
}

/** A role in a membership. */
export interface GrantedRole {
  role: RolePath;
  /** When; left out: as long as the membership. */
  valid?: Validity;
}

/** A permission group in a membership. */
export interface GrantedGroup {
  group: Id;
  /** When; left out: as long as the membership. */
  valid?: Validity;
}

/**
 * The buildings in which a membership's permission groups count [4-10..4-13, C-32]: every one that the organisation owns, that a
 * live descendant owns, or that it serves, now and later, where a list is kept for the day when the scope is narrowed; or those of a
 * list, at least one.
 */
export type BuildingAccess = { scope: "all_of_company"; buildings?: Id[] } | { scope: "listed"; buildings: Id[] };

/** That a person lives in, works in, or is a guest of a unit. */
export interface Residency {
  person: Id;
  unit: Id;
  /** Default `UNIT`. */
  type?: ResidencyType;
  /** Default `ACTIVE`. */
  status?: ResidencyStatus;
  /** When (the lease); left out: always. */
  valid?: Validity;
  /** Whether the lobby directory lists them. Default true [1-2]. */
  directory_visible?: boolean;
  /** Whether the panel may call them. Default true [1-2]. */
  receives_calls?: boolean;
  /** The name in the lobby directory; left out: the person's. */
  display_name?: string;
  /** The host's reference to a secret of this resident, never the secret itself [2-18, C-26]. */
  secret?: Id;
  /** Devices that ring and open for this resident. */
  devices?: Device[];
}

/** A device of a resident; nothing that this library decides depends on one. */
export interface Device {
  /** Its id in the system it comes from: 1 to 128 characters, no {@link Id} of this library [C-2]. */
  device_id: string;
  /** What that system says of it: at most 32 names of 1 to 64 characters, with texts of up to 255. */
  attributes?: { [name: string]: string };
}

/** A role held above every organisation. */
export interface PlatformRole {
  person: Id;
  role: RolePath;
  /** When; left out: always. */
  valid?: Validity;
}

/** A half-open window `[from, to)`; at least one end is given, and `from` is before `to` [C-54]. */
export interface Validity {
  /** The first instant inside; left out: since ever. */
  from?: Timestamp;
  /** The first instant after; left out: for ever. */
  to?: Timestamp;
}
