// What the engine hands over as one number, as an object.

/** What the engine hands over where there is no answer; it then has a text that says why. */
export const FAILED = -1;

const REASONS = new Map([
  [0, "granted"],
  [101, "principal_unknown"],
  [102, "action_unknown"],
  [103, "resource_unknown"],
  [104, "acting_org_unknown"],
  [105, "outside_slice"],
  [201, "action_not_applicable"],
  [301, "principal_deleted"],
  [302, "principal_blocked"],
  [401, "org_deleted"],
  [402, "door_disabled"],
  [501, "org_context"],
  [601, "no_grant"],
  [701, "grant_org_deleted"],
  [702, "unit_disabled"],
  [703, "not_yet_valid"],
  [704, "expired"],
  [705, "door_audience"],
  [706, "guest_door"],
]);

const BASES = [
  null,
  "residency",
  "unit_administrator",
  "unit_token",
  "site_role",
  "permission_group",
  "organisation_role",
  "platform_role",
];

/** Set where the decision does not hold for ever. */
const HAS_UNTIL = 1 << 24;

/** A decision from its number: the code of the reason in 16 bits, the basis above; until when it holds is asked of `raw`. */
export function decision(packed, raw) {
  const code = packed & 0xffff;
  const basis = BASES[(packed >>> 16) & 0xff];
  // Whatever is allowed is so by something.
  const allowed = code === 0 && basis !== null;
  return {
    allowed,
    effect: allowed ? "allow" : "deny",
    reason: REASONS.get(code),
    code,
    basis,
    until: packed & HAS_UNTIL ? raw.until() : null,
  };
}
