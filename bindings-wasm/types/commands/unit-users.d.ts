import type { Device, Id, ResidencyStatus, ResidencyType } from "../estate.js";

/**
 * Updates a unit user in part [2-23]. New ids: one for a passphrase that is reset, one for the operation that updates the persona, one
 * for the operation that updates the network, in this order, each only where it is needed.
 */
export interface UpdateUnitUser {
  command: "update_unit_user";
  /** The property: a building, by id or alias. */
  property_id: Id;
  /** Who, by id or alias. */
  user_id: Id;
  /** The unit, where the person has several in the property that the caller may update. */
  unit_id?: Id | null;
  patch: UnitUserPatch;
}

/** A partial update of a unit user; what is left out or `null` stays [2-24]. */
export interface UnitUserPatch {
  /** Must be the one in the path, where it is given. */
  userId?: Id | null;
  /** 0 to 255 characters. */
  userName?: string | null;
  /** E-mail address, 0 to 255 characters; empty: none. */
  email?: string | null;
  /** Telephone number, 0 to 16 characters; empty: none. */
  phoneNumber?: string | null;
  /**
   * `""`: the host makes a new one; else the one that it keeps under this reference; left out, and never `null`: it stays. The clear
   * text never comes here [2-18, C-25].
   */
  passphrase?: "" | { secret: Id };
  status?: ResidencyStatus | null;
  /** Must be the present one, where it is given [C-23]. */
  type?: ResidencyType | null;
}

/** Notes a device of a unit user, or new attributes of one. */
export interface AddUnitUserDevice {
  command: "add_unit_user_device";
  /** The property: a building, by id or alias. */
  property_id: Id;
  /** Whose, by id or alias. */
  user_id: Id;
  /** The unit, where the person has several in the property that the caller may update. */
  unit_id?: Id | null;
  device: Device;
}

/** Removes a device of a unit user [2-49]. */
export interface RemoveUnitUserDevice {
  command: "remove_unit_user_device";
  /** The property: a building, by id or alias. */
  property_id: Id;
  /** Whose, by id or alias. */
  user_id: Id;
  /** Opaque text, compared byte for byte [C-2]. */
  device_id: string;
}
