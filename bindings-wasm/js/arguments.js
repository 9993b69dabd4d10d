// Reading arguments. Only an object's own fields count: what sits on a prototype was not said by the caller.

import { wrong } from "./errors.js";

const REQUEST = ["principal", "action", "resource", "acting_org", "at"];

/** The own fields of an object, all of them and no other, in the order of `names`; those in `optional` may be missing. */
export function fields(value, names, optional = []) {
  if (typeof value !== "object" || value === null) {
    throw wrong("wrong_type", null, `found ${told(value)}, expected an object with ${names.join(", ")}`);
  }
  for (const key of Object.keys(value)) {
    if (!names.includes(key) && !optional.includes(key)) {
      throw wrong("unknown_field", key, `\`${key}\` is no field, expected ${names.concat(optional).join(", ")}`);
    }
  }
  return names.map((name) => {
    if (!Object.hasOwn(value, name)) throw missing(name);
    return value[name];
  });
}

/** A text. */
export function text(value, field) {
  if (typeof value !== "string") throw wrong("wrong_type", field, `\`${field}\`: found ${told(value)}, expected text`);
  return value;
}

/** Milliseconds since 1970, from a number or a `Date`. */
export function instant(value, field = "at") {
  const millis = value instanceof Date ? value.getTime() : value;
  if (!Number.isSafeInteger(millis)) {
    const expected = "a `Date`, or whole milliseconds since 1970 as of `Date.now()`";
    throw wrong("wrong_type", field, `\`${field}\`: found ${told(value)}, expected ${expected}`);
  }
  return millis;
}

/** A question, as the arguments of the engine. */
export function question(request) {
  if (typeof request !== "object" || request === null) fields(request, REQUEST);
  // As `fields`, but without lists: this is the hot path.
  let count = 0;
  for (const key in request) {
    if (!Object.hasOwn(request, key)) continue;
    if (!REQUEST.includes(key)) fields(request, REQUEST);
    count += 1;
  }
  if (count !== REQUEST.length) fields(request, REQUEST);
  const { principal, action, resource, acting_org: org, at } = request;
  return [
    text(principal, "principal"),
    text(action, "action"),
    text(resource, "resource"),
    org === null ? null : text(org, "acting_org"),
    instant(at),
  ];
}

function missing(name) {
  const none = name === "acting_org" ? ", `null` where there is none" : "";
  return wrong("missing_field", name, `\`${name}\` is missing, expected it${none}`);
}

function told(value) {
  if (value === null) return "null";
  if (value instanceof Date) return "a `Date` that is none";
  if (typeof value === "number") return `the number ${value}`;
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
