// An image, opened.

import { instant, text } from "./arguments.js";
import { decision } from "./decision.js";
import { call, wrong } from "./errors.js";
import { MAKE, Policy } from "./policy.js";
import { RawImage } from "./raw-image.js";

/** What the engine takes for no acting organisation; 0 is no handle. */
const NO_ACTING_ORG = -1;

export class Image extends Policy {
  static className = "Image";

  static open(bytes) {
    const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
    if (!(view instanceof Uint8Array)) {
      throw wrong("wrong_type", null, "the image is no bytes, expected a `Uint8Array` or an `ArrayBuffer`");
    }
    return new Image(MAKE, call(() => RawImage.open(view)));
  }

  principal(principal) {
    const raw = Policy.raw(this);
    return found(call(() => raw.principal(text(principal, "principal"))));
  }

  key(action) {
    return found(Policy.raw(this).key(text(action, "action")));
  }

  resource(resource) {
    const raw = Policy.raw(this);
    return found(call(() => raw.resource(text(resource, "resource"))));
  }

  organisation(id) {
    const raw = Policy.raw(this);
    return found(call(() => raw.organisation(text(id, "organisation"))));
  }

  decideHandles(principal, key, resource, actingOrg, at) {
    const raw = Policy.raw(this);
    const org = actingOrg === null ? NO_ACTING_ORG : handle(actingOrg, "actingOrg");
    const packed = raw.decideHandles(
      handle(principal, "principal"),
      handle(key, "key"),
      handle(resource, "resource"),
      org,
      instant(at),
    );
    return decision(packed, raw);
  }

  get issuedAt() {
    return Policy.raw(this).issuedAt;
  }

  get slice() {
    return Policy.raw(this).slice;
  }

  get subject() {
    return Policy.raw(this).subject || null;
  }

  get digest() {
    return Policy.raw(this).digest;
  }

  freshness(at) {
    return Policy.raw(this).freshness(instant(at));
  }
}

/** The engine has 0 for what is not there. */
function found(handle) {
  return handle === 0 ? undefined : handle;
}

/** What was looked up and not found is `undefined`, and may not be asked with. */
function handle(value, field) {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw wrong("wrong_type", field, `\`${field}\`: expected a handle of this image, or \`null\` for no acting organisation`);
  }
  return value;
}
