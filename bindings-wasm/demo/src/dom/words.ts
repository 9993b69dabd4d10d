// Sentences of the engine, for people: roles and instants as they are called elsewhere on the page.

import { roleText } from "../model/people.js";
import type { Register } from "../model/register.js";
import { instantText } from "../model/time.js";
import { h } from "./h.js";

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A sentence; what stands in backticks is a key, a role, or the id of somebody who has a name. */
export function words(register: Register, sentence: string): HTMLElement {
  const parts = sentence.split("`");
  return h(
    "span",
    {},
    parts.map((part, place) =>
      place % 2 === 1 ? quoted(register, part) : part.replace(INSTANT, (at) => instantText(Date.parse(at))),
    ),
  );
}

function quoted(register: Register, part: string): HTMLElement | string {
  if (register.people.has(part)) return register.nameOf(`person:${part}`);
  return h("code", {}, part.startsWith("virtual_access:") ? roleText(register, part) : part);
}
