// A directory: an estate that answers and changes.

import { fields, instant, text } from "./arguments.js";
import { VestibuleError, addKind, call, wrong } from "./errors.js";
import { MAKE, Policy } from "./policy.js";
import { RawDirectory } from "vestibule-raw";

export class EstateError extends VestibuleError {
  static className = "EstateError";

  constructor(failure) {
    super(failure);
    this.faults = failure.faults;
    this.count = failure.count;
  }
}

export class ApiError extends VestibuleError {
  static className = "ApiError";

  constructor(failure) {
    super(failure);
    this.status = failure.status;
    this.errorClass = failure.class;
    this.body = failure.body;
  }
}

export class FreezeError extends VestibuleError {
  static className = "FreezeError";
}

addKind("estate", EstateError);
addKind("api", ApiError);
addKind("freeze", FreezeError);

export class Directory extends Policy {
  static className = "Directory";

  static load(estate) {
    const bytes = estate instanceof Uint8Array ? estate : new TextEncoder().encode(json(estate));
    return new Directory(MAKE, call(() => RawDirectory.load(bytes)));
  }

  execute(context, command) {
    const raw = Policy.raw(this);
    return JSON.parse(call(() => raw.execute(json(context), json(command))));
  }

  prepare(context, command) {
    const raw = Policy.raw(this);
    return JSON.parse(call(() => raw.prepare(json(context), json(command))));
  }

  query(context, query) {
    const raw = Policy.raw(this);
    return JSON.parse(call(() => raw.query(json(context), json(query))));
  }

  freeze(options) {
    const raw = Policy.raw(this);
    const [slice, at] = fields(options, ["slice", "issued_at"], ["fresh_for", "max_stale"]);
    const [kind, subject] = sliceOf(slice);
    const [fresh, stale] = [limit(options, "fresh_for"), limit(options, "max_stale")];
    return call(() => raw.freeze(kind, subject, instant(at, "issued_at"), fresh, stale));
  }

  toEstate() {
    return JSON.parse(Policy.raw(this).toEstate());
  }

  digest() {
    return Policy.raw(this).digest();
  }

  clone() {
    return new Directory(MAKE, Policy.raw(this).copy());
  }
}

/** JSON of an object, or a text that is JSON already. */
function json(value) {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "null";
}

/** The kind of a slice, and of whom or what. */
function sliceOf(slice) {
  if (slice === "everything") return [slice, ""];
  for (const kind of ["integration", "person"]) {
    if (slice !== null && typeof slice === "object" && Object.hasOwn(slice, kind)) {
      const [subject] = fields(slice, [kind]);
      return [kind, text(subject, `slice.${kind}`)];
    }
  }
  throw wrong("wrong_type", "slice", '`slice`: expected "everything", { integration: id } or { person: id }');
}

/** Milliseconds, or infinite where none are given. */
function limit(options, name) {
  const millis = Object.hasOwn(options, name) ? options[name] : undefined;
  if (millis === undefined) return Infinity;
  if (!Number.isSafeInteger(millis) || millis < 0) {
    throw wrong("wrong_type", name, `\`${name}\`: expected whole milliseconds from 0 up`);
  }
  return millis;
}
