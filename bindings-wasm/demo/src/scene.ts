// What a view draws from, and what it can ask for.

import type { Done, Refusal, Session } from "./model/session.js";
import type { Deed } from "./model/deeds.js";
import type { Register } from "./model/register.js";
import type { Route } from "./route.js";

/** How the page stands that is not worth a link. */
export interface Stance {
  /** Who carries changes out, by id; `null`: whoever the engine says may. */
  readonly actor: string | null;
  /** Who would move in, by unit, where somebody else than the first was picked. */
  readonly newcomers: ReadonlyMap<string, string>;
  /** Whether the operator sees only doors that open. */
  readonly onlyAllowed: boolean;
  /** What was refused last, until something else is done. */
  readonly refusal: Refusal | null;
  /** The deed key of whoever is being given another name. */
  readonly renaming: string | null;
}

/** Everything that a view needs. */
export interface Scene {
  readonly session: Session;
  readonly register: Register;
  readonly route: Route;
  readonly stance: Stance;
  /** Shows something else; goes into the address. */
  go(change: Partial<Route>): void;
  /** Shows the same otherwise. */
  set(change: Partial<Stance>): void;
  /** Asks why, and shows the answer. */
  ask(action: string, resource: string): void;
  /** Opens a door, if the engine says so; whether it did. */
  open(door: string): boolean;
  /** Does something, as somebody or as whoever may. */
  perform(deed: Deed, actor?: string): void;
  /** Sends a panel what the directory says now. */
  sendTo(integration: string): void;
  /** Takes the latest change back. */
  undo(): Done | null;
  /** Takes everything back. */
  reset(): void;
}
