/**
 * Vestibule in the browser: an image decides whether a person may do something, with the answer the server gives.
 *
 * ```ts
 * import { Image } from "vestibule";
 *
 * using image = Image.open(new Uint8Array(await (await fetch("/me.image")).arrayBuffer()));
 * const decision = image.decide({
 *   principal: "person:ana", action: "doors:open", resource: "door:front", acting_org: null, at: Date.now(),
 * });
 * button.hidden = !decision.allowed;
 * ```
 *
 * Methods and properties are named as in JavaScript; plain objects that travel have the names of the wire (`acting_org`).
 */
export * from "./errors.js";
export * from "./decision.js";

import type { Decision, Explanation, Request } from "./decision.js";

/** Milliseconds since 1970, whole, as of `Date.now()`; or a `Date`. */
export type Instant = number | Date;

declare const handle: unique symbol;
/** A principal of one image, for hot loops. Of another image it names somebody else or nobody. */
export type PrincipalHandle = number & { readonly [handle]: "principal" };
/** A permission key of one image. */
export type KeyHandle = number & { readonly [handle]: "key" };
/** A resource of one image. */
export type ResourceHandle = number & { readonly [handle]: "resource" };
/** An organisation of one image. */
export type OrganisationHandle = number & { readonly [handle]: "organisation" };

/** Which part of an estate an image holds. */
export type SliceKind = "everything" | "integration" | "person";

/** Where an instant lies within the limits that the host gave at the issue; no decision reads it. */
export type Freshness = "before_issue" | "fresh" | "stale" | "too_old";

/** A unit in the directory of a lobby. */
export interface LobbyUnit {
  /** The id of the unit. */
  readonly unit: string;
  /** Its number, as on the bell. */
  readonly number: string;
  /** Who is listed; at least one. */
  readonly residents: readonly { readonly person: string; readonly name: string | null }[];
  /** Whether somebody listed receives calls. */
  readonly callable: boolean;
}

/** What answers: an image, or in `vestibule/full` a directory. Every list is the filter of `decide` without an acting organisation. */
export interface Policy extends Disposable {
  /**
   * Decides. What is unknown, or outside the slice, is a deny with its reason.
   * @throws {RequestError} when a field is missing, unknown or not of its form.
   */
  decide(request: Request): Decision;
  /** Decides each, in order; as `decide` one by one. @throws {RequestError} for the first that is none; its `path` is `[i]`. */
  decideMany(requests: readonly Request[]): Decision[];
  /** Decides, and says why; slower than `decide`, with the same answer. @throws {RequestError} */
  explain(request: Request): Explanation;
  /** The keys that a principal has on a resource, in the order of their text. @throws {RequestError | OutsideSliceError} */
  permissions(question: { principal: string; resource: string; at: Instant }): string[];
  /** The resources on which a person may do something, such as `door:front`. @throws {RequestError | OutsideSliceError} */
  whatCan(question: { person: string; action: string; at: Instant }): string[];
  /** The ids of the people who may do something. @throws {RequestError | OutsideSliceError} */
  whoCan(question: { action: string; resource: string; at: Instant }): string[];
  /** Who is shown in the lobby, by number of the unit. @throws {RequestError | OutsideSliceError} */
  lobbyDirectory(question: { integration: string; at: Instant }): LobbyUnit[];
  /** The revision of the estate, as the host counts. */
  readonly revision: bigint;
  /** Gives its memory back; every later call throws a {@link DisposedError}. A second call does nothing. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** An estate, or a slice of it, frozen by a server into bytes. */
export class Image implements Policy {
  private constructor();
  /**
   * Opens an image: copies the bytes and looks at each once. O(bytes).
   * @throws {ImageError} when they are damaged or none.
   */
  static open(bytes: Uint8Array | ArrayBuffer): Image;

  decide(request: Request): Decision;
  decideMany(requests: readonly Request[]): Decision[];
  explain(request: Request): Explanation;
  permissions(question: { principal: string; resource: string; at: Instant }): string[];
  whatCan(question: { person: string; action: string; at: Instant }): string[];
  whoCan(question: { action: string; resource: string; at: Instant }): string[];
  lobbyDirectory(question: { integration: string; at: Instant }): LobbyUnit[];

  /** The handle of `person:ID` or `unit_token:UNIT-ID`; `undefined` where it is not in the image. @throws {RequestError} */
  principal(principal: string): PrincipalHandle | undefined;
  /** The handle of a permission key. */
  key(action: string): KeyHandle | undefined;
  /** The handle of a resource such as `door:front`. @throws {RequestError} */
  resource(resource: string): ResourceHandle | undefined;
  /** The handle of an organisation, by id or alias. @throws {RequestError} */
  organisation(id: string): OrganisationHandle | undefined;
  /**
   * Decides with handles of this image. `at` is in milliseconds since 1970.
   * @throws {RequestError} when an argument is no number; so that what was not found cannot ask a wider question.
   */
  decideHandles(
    principal: PrincipalHandle,
    key: KeyHandle,
    resource: ResourceHandle,
    actingOrg: OrganisationHandle | null,
    at: number,
  ): Decision;

  readonly revision: bigint;
  /** When it was issued, in milliseconds since 1970. */
  readonly issuedAt: number;
  /** What it holds. */
  readonly slice: SliceKind;
  /** The id of the integration or person it is for; `null` for everything. */
  readonly subject: string | null;
  /** The SHA-256 of the image, 32 bytes: what a signature is made over. */
  readonly digest: Uint8Array;
  freshness(at: Instant): Freshness;

  dispose(): void;
  [Symbol.dispose](): void;
}
