import type { Patch } from "../commands.js";
import type { Id, Membership, OrganisationKind, Person, PersonState } from "../estate.js";

/** Creates a person who is a member of a company [4-1]. New ids: one, for the person. */
export interface CreateUser {
  command: "create_user";
  /** The kind of company in the path. */
  organization_type: OrganisationKind;
  /** The company in the path. */
  path_organization_id: Id;
  /** Must be the kind in the path [4-4]. */
  userType: OrganisationKind;
  /** The account; the company must be in it [4-5]. */
  account_id: Id;
  /** Must be the company in the path [4-6]. */
  organization_id: Id;
  /** E-mail address, unique in the account [4-7, C-38]. */
  email: string;
  first_name?: string | null;
  last_name?: string | null;
  /** Full name; where there is none, first and last name. */
  name?: string | null;
  /** Telephone number; empty: none [4-16]. */
  mobile_phone?: string | null;
  /** The number of an employee: a text that is kept, and no key [4-15]. */
  identifier?: string | null;
  /** Whether to welcome them. Default false [4-9]. */
  send_welcome_email?: boolean;
  /** Decides the groups they start with, where none are named [4-10]. */
  job_function_id?: Id | null;
  /** The groups they start with [C-30]. */
  permission_group_ids?: readonly Id[];
  /** The buildings in which the groups count [4-11]. */
  building_ids?: readonly Id[];
  /** Whether they count in all buildings of the company, now and later. Default false [4-12, C-29]. */
  automatic_property_access?: boolean;
}

/** Replaces the permission groups of a user. Each group goes to the memberships of its kind in its account [C-81]. */
export interface SetPermissionGroups {
  command: "set_permission_groups";
  /** Whose, by id or alias. */
  user_id: Id;
  /** Exactly these; empty: none. Repeats collapse. */
  permission_group_ids: readonly Id[];
  /** The company, where the user has several memberships of one kind. */
  organization_id?: Id | null;
}

/** Makes a known person a member of an organisation. Groups that are left out are those of the job function. */
export interface AddMembership {
  command: "add_membership";
  /** The whole row: person and organisation by id or alias. */
  membership: Membership;
}

/**
 * Replaces a membership: roles, groups, window, job function and building access. Groups that are left out stay as they are: a job
 * function says only what a member starts with [4-10].
 */
export interface UpdateMembership {
  command: "update_membership";
  /** The whole row: person and organisation by id or alias. */
  membership: Membership;
}

/** Ends a membership, and with it what was held through it. */
export interface RemoveMembership {
  command: "remove_membership";
  /** Whose, by id or alias. */
  user_id: Id;
  /** Of what, by id or alias. */
  org_id: Id;
}

/** Makes a person, guest or service known, who belongs to nothing yet. */
export interface CreatePerson {
  command: "create_person";
  /** The whole row; its id is the caller's choice. */
  person: Person;
}

/** Updates how to reach a person, or blocks or unblocks them everywhere. */
export interface UpdatePerson {
  command: "update_person";
  /** Who, by id or alias. */
  user_id: Id;
  /** Full name. */
  name?: Patch<string>;
  /** E-mail address. */
  email?: Patch<string>;
  /** Telephone number. */
  phone?: Patch<string>;
  /** `active` or `blocked`, for `deleted` there is `delete_person`; left out or `null`: it stays. */
  state?: PersonState | null;
}

/** Deletes a person: everything denies them everywhere. What they hold stays, for the records. */
export interface DeletePerson {
  command: "delete_person";
  /** Who, by id or alias. */
  user_id: Id;
  /** Whether name, address, number and display names go too. Default false. */
  erase?: boolean;
}
