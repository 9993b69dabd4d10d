import type { Instant } from "./index.js";

/** May this person do this, here, now? The field names are those of the wire. */
export interface Request {
  /** `person:ID` or `unit_token:UNIT-ID`. */
  principal: string;
  /** A permission key, such as `doors:open`. */
  action: string;
  /** `platform`, or `organisation`, `building`, `integration`, `unit` or `door` with `:ID`. */
  resource: string;
  /** The organisation on whose behalf, by id or alias; it only narrows. Must be there, so that it is not forgotten [0-25]. */
  acting_org: string | null;
  /** When. */
  at: Instant;
}

/** Why, as a stable word. */
export type Reason =
  | "granted"
  | "principal_unknown"
  | "action_unknown"
  | "resource_unknown"
  | "acting_org_unknown"
  | "outside_slice"
  | "action_not_applicable"
  | "principal_deleted"
  | "principal_blocked"
  | "org_deleted"
  | "door_disabled"
  | "org_context"
  | "no_grant"
  | "grant_org_deleted"
  | "unit_disabled"
  | "not_yet_valid"
  | "expired"
  | "door_audience"
  | "guest_door";

/** What kind of fact granted an allow. */
export type Basis =
  | "residency"
  | "unit_administrator"
  | "unit_token"
  | "site_role"
  | "permission_group"
  | "organisation_role"
  | "platform_role";

/** The answer. */
export interface Decision {
  /** Whether the effect is `allow`. */
  readonly allowed: boolean;
  readonly effect: "allow" | "deny";
  /** The primary reason. */
  readonly reason: Reason;
  /** Its stable number [C-79]. */
  readonly code: number;
  /** What granted it; `null` for a deny. */
  readonly basis: Basis | null;
  /** Milliseconds since 1970 before which time alone cannot change the effect; `null` when time cannot. */
  readonly until: number | null;
}

/** A sentence with what it names, as `kind:id`, in the order of the text. */
export interface Told {
  readonly text: string;
  readonly about: readonly string[];
}

/** What a grant lacked. */
export type Failed =
  | "condition"
  | "key"
  | "unit_door"
  | "organisation"
  | "site"
  | "building_access"
  | "unit"
  | "container";

/** A decision in words, and as data. */
export interface Explanation {
  readonly effect: "allow" | "deny";
  readonly reason: Reason;
  readonly code: number;
  /** Only of an allow. */
  readonly basis?: Basis;
  /** An instant of RFC 3339, or `null`. */
  readonly until: string | null;
  /** The answer as a sentence. */
  readonly headline: string;
  /** For an allow, what granted it, from the person to the resource. */
  readonly facts: readonly Told[];
  /** For a deny, every reason, the primary one first. */
  readonly reasons: readonly (Told & { readonly reason: Reason; readonly code: number })[];
  /** For a deny, what came nearest to granting. */
  readonly nearest: (Told & { readonly failed: Failed }) | null;
}
