import type { Estate, JobFunction, PermissionGroup } from "../estate.js";

/** Says what a permission group of an account holds: a new one, or in place of the one with this id. */
export interface DefinePermissionGroup {
  command: "define_permission_group";
  /** The whole row. */
  permission_group: PermissionGroup;
}

/**
 * Says with which groups a job function starts: a new one, or in place of the one with this id. Members keep what they have [4-10].
 */
export interface DefineJobFunction {
  command: "define_job_function";
  /** The whole row. */
  job_function: JobFunction;
}

/** Brings a whole estate into an empty directory. Nobody is asked who may: there is nobody yet. */
export interface ImportEstate {
  command: "import_estate";
  estate: Estate;
}
