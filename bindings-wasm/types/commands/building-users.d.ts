import type { Id, RolePath } from "../estate.js";

/**
 * Gives a person a role on an integration, and makes them a member of its organisation where they are not yet [0-3]. With a unit, and
 * always where an administrator of a unit or its token asks, they become a resident of that unit too [C-11, 1-18].
 */
export interface AddBuildingUser {
  command: "add_building_user";
  /** The integration, by id or alias. */
  integration_id: Id;
  /** Who, by id or alias. */
  user_id: Id;
  /** One that names this integration, or another role of the catalog [0-10]. */
  role: RolePath;
  /** The unit in which they live from now on. */
  unit_id?: Id | null;
}

/**
 * Takes every role on an integration from a person, and their residencies there; nothing else [0-4, C-9]. Where an administrator of a
 * unit or its token asks: that residency, and the role `resident` only if no residency on the integration remains [C-66].
 */
export interface RemoveBuildingUser {
  command: "remove_building_user";
  /** The integration, by id or alias. */
  integration_id: Id;
  /** Who, by id or alias. */
  user_id: Id;
  /** The unit whose residency ends, for those who administer several. */
  unit_id?: Id | null;
}

/** Replaces every role on an integration that a person holds by one [C-8]. */
export interface SetSiteRole {
  command: "set_site_role";
  /** The integration, by id or alias. */
  integration_id: Id;
  /** Who, by id or alias. */
  user_id: Id;
  /** The only role from now on; it must name this integration. */
  role: RolePath;
}

/** Carries out a plan, whole or not at all [1-19]. */
export interface ApplyResidentPlan {
  command: "apply_resident_plan";
  /** The integration, by id or alias. */
  integration_id: Id;
  /** As `diff_building_users` answers it. */
  plan: ResidentPlan;
  /** Whether to go on although the plan removes more than 20 % and more than 5 of the building users. Default false. */
  force?: boolean;
}

/** A building user as the source of truth has them. */
export interface DesiredBuildingUser {
  /** Who, by id or alias. */
  user_id: Id;
  /** The only role on the integration that they should hold. */
  role: RolePath;
  /** The unit in which they should live. */
  unit_id?: Id | null;
}

/** What makes the building users of an integration those that are desired. In the order of people. */
export interface ResidentPlan {
  /** People who are no building users yet. */
  readonly add: readonly PlannedUser[];
  /** People who should no longer be, by id. */
  readonly remove: readonly Id[];
  /** People with other roles. */
  readonly change: readonly RoleChange[];
  /** How many are right already. */
  readonly unchanged: number;
}

/** A person and a role on the integration. */
export interface PlannedUser {
  readonly user_id: Id;
  readonly role: RolePath;
  /** The unit in which they live from now on. */
  readonly unit_id?: Id;
}

/** A person whose roles become one other. */
export interface RoleChange {
  readonly user_id: Id;
  /** The roles now. */
  readonly from: readonly RolePath[];
  /** The role from then on. */
  readonly to: RolePath;
  /** The unit in which they live from now on. */
  readonly unit_id?: Id;
}
