import type { Administrator, Id, Residency } from "../estate.js";

/** Makes somebody a resident of a unit. */
export interface AddResident {
  command: "add_resident";
  /** The row: person and unit by id or alias; without `secret` and `devices`. */
  residency: Residency;
}

/** Replaces the row of a residency: type, status, window, and how it shows in the lobby. `secret` and `devices` stay as they are. */
export interface UpdateResident {
  command: "update_resident";
  /** The row: person and unit by id or alias; without `secret` and `devices`. */
  residency: Residency;
}

/**
 * Ends a residency, and with it the administration of the unit: somebody who has left must not go on letting people in. Roles stay.
 */
export interface RemoveResident {
  command: "remove_resident";
  /** Who, by id or alias. */
  user_id: Id;
  /** Where, by id or alias. */
  unit_id: Id;
}

/** Says who administers a unit, all of them [C-66]. */
export interface SetUnitAdministrators {
  command: "set_unit_administrators";
  /** Which unit, by id or alias. */
  unit_id: Id;
  /** Exactly these, each once. */
  administrators: readonly (Id | Administrator)[];
}

/** Makes the tokens of a unit that there are count no longer; the host makes a new one [2-5]. */
export interface RotateUnitToken {
  command: "rotate_unit_token";
  /** Which unit, by id or alias. */
  unit_id: Id;
}
