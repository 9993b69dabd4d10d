import type { Actor } from "../commands.js";
import type { Basis } from "../decision.js";
import type { Id, RolePath, Timestamp } from "../estate.js";
import type { Event } from "../events.js";

/** What a command comes to: what changed, what the host must now do, and what the caller is told. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly details: OutcomeDetails;
  /** What changed; left out for `unchanged`. */
  readonly change?: Change;
  /** What the host must do once the change is stored. */
  readonly effects: readonly HostEffect[];
}

/** What happened; `unchanged`: it was so already [C-6, C-42]. */
export type OutcomeKind = "created" | "updated" | "removed" | "unchanged";

/** What the caller of a command is told beside the kind of outcome: nothing more, or an object with one field that says of what. */
export type OutcomeDetails =
  | "none"
  | { readonly organisation: { readonly organisation: Id } }
  | { readonly person: { readonly person: Id } }
  | { readonly building_user: AddedBuildingUser }
  | { readonly building_user_removed: RemovedBuildingUser }
  | { readonly unit_user: UpdatedUnitUser }
  | { readonly plan: AppliedPlan };

/** A building user as they are from now on: the row that an add is answered with [0-3, C-87]. */
export interface AddedBuildingUser {
  readonly user_id: Id;
  readonly role: RolePath;
  /** The units of the integration in which they live, by id. */
  readonly apartments: readonly Id[];
}

/** A building user was removed [0-4, C-9]. */
export interface RemovedBuildingUser {
  readonly roles_removed: readonly HeldRole[];
  /** The units in which they no longer live. */
  readonly units_removed: readonly Id[];
  /** Whether something else that they hold still opens a door of the integration [C-77]. */
  readonly still_allowed: boolean;
}

/** A role with the organisation at which it is held. */
export interface HeldRole {
  readonly organisation: Id;
  readonly role: RolePath;
}

/** A unit user was updated [2-25]. */
export interface UpdatedUnitUser {
  /** The host's operation that brings the persona up to date; `null` where nothing of it changed. */
  readonly persona_update: Id | null;
  /** The host's operation that changes the passphrase or cuts the network; `null` where there is none. */
  readonly dpsk_update: Id | null;
}

/** A plan was carried out [1-19]: how many roles were given, taken and replaced. */
export interface AppliedPlan {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** What one command changes: the unit that a host stores whole or not at all, and that `Directory.apply` takes. */
export interface Change {
  /** The revision that it makes; it applies to the one before. */
  readonly revision: number;
  /** The version of the events. */
  readonly version: number;
  readonly at: Timestamp;
  /** Who; `null` for the import of an estate into an empty directory. */
  readonly actor: Actor | null;
  /** On whose behalf. */
  readonly acting_org?: Id;
  /** The host's name for the request. */
  readonly correlation_id?: Id;
  /** What allowed it; `none` for the import of an estate. */
  readonly basis: Basis | "none";
  /** What changed, in order; never empty. */
  readonly events: readonly Event[];
}

/** Something that the host must do, once the change is stored, and at least once. */
export interface HostEffect {
  /** Its stable name: the revision of the change, and which of its effects, from 0. */
  readonly id: { readonly revision: number; readonly number: number };
  readonly task: EffectTask;
}

/** What there is to do. No secret is ever in one: where one is concerned, the host finds it by its reference. */
export type EffectTask =
  | WelcomeNotification
  | PersonaUpdate
  | DpskUpdate
  | GenerateSecret
  | DiscardSecret
  | DeviceDisconnect
  | UnitTokenRequested;

/** Welcome a new user [4-9]. */
export interface WelcomeNotification {
  readonly effect: "welcome_notification";
  readonly person: Id;
}

/** Bring the persona of a unit user up to date with the directory [2-25, C-24]. */
export interface PersonaUpdate {
  readonly effect: "persona_update";
  readonly person: Id;
  readonly unit: Id;
  /** The host's operation. */
  readonly operation: Id;
}

/** Change the passphrase of a unit user, or cut or restore their network [2-25, C-24]. */
export interface DpskUpdate {
  readonly effect: "dpsk_update";
  readonly person: Id;
  readonly unit: Id;
  /** The host's operation. */
  readonly operation: Id;
}

/** Make a new secret and keep it under this reference [2-18, C-25]. */
export interface GenerateSecret {
  readonly effect: "generate_secret";
  readonly person: Id;
  readonly unit: Id;
  /** What it is called from now on. */
  readonly secret: Id;
}

/** Throw a secret away: it no longer counts. */
export interface DiscardSecret {
  readonly effect: "discard_secret";
  /** What it was called. */
  readonly secret: Id;
}

/** Cut a device off [2-50]. */
export interface DeviceDisconnect {
  readonly effect: "device_disconnect";
  readonly person: Id;
  readonly unit: Id;
  readonly device_id: string;
}

/** Make the token of a unit; one of an earlier generation no longer counts [2-5]. */
export interface UnitTokenRequested {
  readonly effect: "unit_token_requested";
  readonly unit: Id;
  /** The generation that the token must carry. */
  readonly generation: number;
}
