import type { Building, Door, Id, Integration, Unit } from "../estate.js";

/** Creates a building. Who asks must be allowed `buildings:create` on the owner. */
export interface CreateBuilding {
  command: "create_building";
  /** The whole row; its id is the caller's choice. */
  building: Building;
}

/** Replaces the row of a building. */
export interface UpdateBuilding {
  command: "update_building";
  /** The whole row; the id says which. */
  building: Building;
}

/** Removes a building that nothing refers to. */
export interface RemoveBuilding {
  command: "remove_building";
  /** Which, by id or alias. */
  building_id: Id;
}

/** Creates an integration. */
export interface CreateIntegration {
  command: "create_integration";
  /** The whole row; its id is the caller's choice. */
  integration: Integration;
}

/** Replaces the row of an integration. */
export interface UpdateIntegration {
  command: "update_integration";
  /** The whole row; the id says which. */
  integration: Integration;
}

/** Removes an integration that nothing refers to. */
export interface RemoveIntegration {
  command: "remove_integration";
  /** Which, by id or alias. */
  integration_id: Id;
}

/** Creates a unit. The host is asked to make its token [2-5]. */
export interface CreateUnit {
  command: "create_unit";
  /** The whole row; its id is the caller's choice. */
  unit: Unit;
}

/** Replaces the row of a unit. */
export interface UpdateUnit {
  command: "update_unit";
  /** The whole row; the id says which. */
  unit: Unit;
}

/** Removes a unit that nothing refers to. */
export interface RemoveUnit {
  command: "remove_unit";
  /** Which, by id or alias. */
  unit_id: Id;
}

/** Creates a door. */
export interface CreateDoor {
  command: "create_door";
  /** The whole row; its id is the caller's choice. */
  door: Door;
}

/** Replaces the row of a door. */
export interface UpdateDoor {
  command: "update_door";
  /** The whole row; the id says which. */
  door: Door;
}

/** Removes a door. */
export interface RemoveDoor {
  command: "remove_door";
  /** Which, by id or alias. */
  door_id: Id;
}
