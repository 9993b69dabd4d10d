// What an image and a directory have in common: asking.

import { fields, instant, question, text } from "./arguments.js";
import { FAILED, decision } from "./decision.js";
import { DisposedError, RequestError, call, errorOf } from "./errors.js";

/** Only the subclasses make one. */
export const MAKE = Symbol("make");

export class Policy {
  #raw;

  constructor(make, raw) {
    if (make !== MAKE) throw new TypeError(`a ${new.target.className} is not made by \`new\``);
    this.#raw = raw;
  }

  /** The engine's object, while there is one. */
  static raw(policy) {
    if (policy.#raw === null) {
      throw new DisposedError({ code: "disposed", message: `this ${policy.constructor.className} was disposed of` });
    }
    return policy.#raw;
  }

  decide(request) {
    const raw = Policy.raw(this);
    const packed = raw.decide(...question(request));
    if (packed === FAILED) throw errorOf(raw.answer());
    return decision(packed, raw);
  }

  decideMany(requests) {
    return Array.from(requests, (request, index) => {
      try {
        return this.decide(request);
      } catch (error) {
        if (error instanceof RequestError) error.path = `[${index}]`;
        throw error;
      }
    });
  }

  explain(request) {
    const raw = Policy.raw(this);
    return JSON.parse(call(() => raw.explain(...question(request))));
  }

  permissions(asked) {
    const raw = Policy.raw(this);
    const [principal, resource, at] = fields(asked, ["principal", "resource", "at"]);
    const found = () => raw.permissions(text(principal, "principal"), text(resource, "resource"), instant(at));
    return lines(call(found));
  }

  whatCan(asked) {
    const raw = Policy.raw(this);
    const [person, action, at] = fields(asked, ["person", "action", "at"]);
    return lines(call(() => raw.whatCan(text(person, "person"), text(action, "action"), instant(at))));
  }

  whoCan(asked) {
    const raw = Policy.raw(this);
    const [action, resource, at] = fields(asked, ["action", "resource", "at"]);
    return lines(call(() => raw.whoCan(text(action, "action"), text(resource, "resource"), instant(at))));
  }

  lobbyDirectory(asked) {
    const raw = Policy.raw(this);
    const [integration, at] = fields(asked, ["integration", "at"]);
    return JSON.parse(call(() => raw.lobbyDirectory(text(integration, "integration"), instant(at))));
  }

  get revision() {
    return Policy.raw(this).revision;
  }

  dispose() {
    this.#raw?.free();
    this.#raw = null;
  }
}

// Older engines have no `Symbol.dispose`; there `dispose()` is called by hand.
if (Symbol.dispose) Policy.prototype[Symbol.dispose] = Policy.prototype.dispose;

/** The engine ends each item with the end of a line, which no id and no key contains. */
export function lines(text) {
  return text.split("\n").slice(0, -1);
}
