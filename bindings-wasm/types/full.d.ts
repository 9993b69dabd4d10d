/**
 * The directory in JavaScript too: an admin tool previews a change before it is sent, and tests run without a server.
 * Everything of `vestibule` is here as well.
 */
export * from "./index.js";
export * from "./estate.js";
export * from "./commands.js";
export * from "./queries.js";
export * from "./events.js";

import { VestibuleError } from "./errors.js";
import type { Command, Context, Outcome } from "./commands.js";
import type { Estate } from "./estate.js";
import type { Answer, Query } from "./queries.js";
import type { Decision, Explanation, Request } from "./decision.js";
import type { Instant, LobbyUnit, Policy } from "./index.js";

/** What is frozen: all, what one panel needs, or what one person needs. */
export type Slice = "everything" | { integration: string } | { person: string };

/** How an image is made. */
export interface FreezeOptions {
  slice: Slice;
  /** When; the image carries it. */
  issued_at: Instant;
  /** Milliseconds for which it is fresh; forever where it is left out. */
  fresh_for?: number;
  /** Milliseconds after which nobody should rely on it; never where it is left out. */
  max_stale?: number;
}

/** The names of all commands, as in `command`; and of all queries, as in `query`. */
export const COMMANDS: readonly Command["command"][];
export const QUERIES: readonly Query["query"][];

/** An estate that answers and changes. */
export class Directory implements Policy {
  private constructor();
  /**
   * Loads an estate: an object, its JSON, or the bytes of that.
   * @throws {EstateError} with every fault.
   */
  static load(estate: Estate | string | Uint8Array): Directory;

  decide(request: Request): Decision;
  decideMany(requests: readonly Request[]): Decision[];
  explain(request: Request): Explanation;
  permissions(question: { principal: string; resource: string; at: Instant }): string[];
  whatCan(question: { person: string; action: string; at: Instant }): string[];
  whoCan(question: { action: string; resource: string; at: Instant }): string[];
  lobbyDirectory(question: { integration: string; at: Instant }): LobbyUnit[];

  /** Carries a command out. @throws {ApiError} when it is refused; nothing has changed then. */
  execute(context: Context, command: Command): Outcome;
  /** What a command would come to; changes nothing. @throws {ApiError} */
  prepare(context: Context, command: Command): Outcome;
  /** Answers a caller. @throws {ApiError} */
  query<const Q extends Query>(context: Context, query: Q): Answer<Q>;
  /** Freezes all or a slice of it. @throws {FreezeError} */
  freeze(options: FreezeOptions): Uint8Array;
  /** The estate as it is now, in canonical order. */
  toEstate(): Estate;
  /** The SHA-256 of the estate, 64 hexadecimal digits. */
  digest(): string;
  /** A copy, to try something on. */
  clone(): Directory;

  readonly revision: bigint;
  dispose(): void;
  [Symbol.dispose](): void;
}

/** One thing that is wrong with an estate. */
export interface Fault {
  /** A JSON path: `$.people[3].id`. */
  readonly path: string;
  readonly code: string;
  readonly found: string;
  readonly expected: string;
}

/** An estate that cannot be loaded. `code`, `path` and `field` are those of the first fault. */
export class EstateError extends VestibuleError {
  /** The faults, in the order of the document; at most 1,000. */
  readonly faults: readonly Fault[];
  /** How many there are in all. */
  readonly count: number;
}

/** A command, query or change that is refused. Code `unreadable` where it is not of its form. */
export class ApiError extends VestibuleError {
  /** The HTTP status for it. */
  readonly status: number;
  readonly errorClass:
    | "unauthenticated"
    | "forbidden"
    | "not_found"
    | "invalid"
    | "unprocessable"
    | "conflict"
    | "stale_revision"
    | "rate_limited"
    | "capacity";
  /** The body that a server answers with [0-21]. */
  readonly body: {
    readonly message: string;
    readonly error_code: string;
    readonly correlationId?: string;
    readonly details?: readonly { readonly field?: string; readonly code: string; readonly message?: string }[];
  };
}

/** An image that cannot be made: an unknown integration or person, or limits that contradict each other. */
export class FreezeError extends VestibuleError {}
