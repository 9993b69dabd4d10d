/**
 * What a host asks a directory to change, and what it comes to. `null` is as good as leaving out where a field takes it, unless it is a
 * {@link Patch}.
 */
export * from "./commands/building-users.js";
export * from "./commands/unit-users.js";
export * from "./commands/organisations.js";
export * from "./commands/users.js";
export * from "./commands/residents.js";
export * from "./commands/places.js";
export * from "./commands/definitions.js";
export * from "./commands/outcome.js";

import type * as BuildingUsers from "./commands/building-users.js";
import type * as Definitions from "./commands/definitions.js";
import type * as Organisations from "./commands/organisations.js";
import type * as Places from "./commands/places.js";
import type * as Residents from "./commands/residents.js";
import type * as UnitUsers from "./commands/unit-users.js";
import type * as Users from "./commands/users.js";
import type { Id, Timestamp } from "./estate.js";

/**
 * Who asks. The host has verified it: no token comes here [0-7, 2-4]. A person or service, by id or alias; or the token of a unit, with
 * its generation: one that is not the unit's own no longer counts [2-4, 2-5, C-66].
 */
export type Actor =
  | { person: Id; unit_token?: never }
  | { unit_token: { unit: Id; generation: number }; person?: never };

/** What the host knows and the library cannot. What has no default must be there, so that it is not forgotten [0-25]. */
export interface Context {
  /** Who asks; `null` where nobody is authenticated. */
  actor: Actor | null;
  /** On whose behalf, by id or alias; required by some operations, ignored by the others [C-73]. */
  acting_org: Id | null;
  /** When. */
  at: Timestamp | Date;
  /** Ids that are in use nowhere, taken from the front by what the command creates. Each command says how many it needs. */
  new_ids?: readonly Id[];
  /** What the host calls this request; it comes back in the change and in errors. */
  correlation_id?: Id | null;
}

/** A field of a partial update: left out it stays, `null` takes it away, a value takes its place [3-21, C-50]. */
export type Patch<T> = T | null;

/** Everything that can be asked to change. */
export type Command =
  | BuildingUsers.AddBuildingUser
  | BuildingUsers.RemoveBuildingUser
  | BuildingUsers.SetSiteRole
  | BuildingUsers.ApplyResidentPlan
  | UnitUsers.UpdateUnitUser
  | UnitUsers.AddUnitUserDevice
  | UnitUsers.RemoveUnitUserDevice
  | Organisations.CreateOrganisation
  | Organisations.UpdateOrganisation
  | Organisations.SoftDeleteOrganisation
  | Organisations.RestoreOrganisation
  | Organisations.PurgeOrganisation
  | Organisations.SetServedBuildings
  | Users.CreateUser
  | Users.SetPermissionGroups
  | Users.AddMembership
  | Users.UpdateMembership
  | Users.RemoveMembership
  | Users.CreatePerson
  | Users.UpdatePerson
  | Users.DeletePerson
  | Residents.AddResident
  | Residents.UpdateResident
  | Residents.RemoveResident
  | Residents.SetUnitAdministrators
  | Residents.RotateUnitToken
  | Places.CreateBuilding
  | Places.UpdateBuilding
  | Places.RemoveBuilding
  | Places.CreateIntegration
  | Places.UpdateIntegration
  | Places.RemoveIntegration
  | Places.CreateUnit
  | Places.UpdateUnit
  | Places.RemoveUnit
  | Places.CreateDoor
  | Places.UpdateDoor
  | Places.RemoveDoor
  | Definitions.DefinePermissionGroup
  | Definitions.DefineJobFunction
  | Definitions.ImportEstate;
