// An explanation as a path: from the person, by what they hold, down the tree to the door.

import type { Explanation, Reason } from "vestibule/full";

import type { Question } from "./questions.js";
import { idOf, kindOf } from "./reference.js";
import type { Register } from "./register.js";

/** A thing on the way. */
export interface Stop {
  readonly kind: string;
  readonly name: string;
  /** What the engine says of it. */
  readonly said: readonly string[];
  /** Whether the way breaks before it. */
  readonly broken: boolean;
}

/** A way from a person to what they ask for. */
export interface Path {
  readonly stops: readonly Stop[];
  /** For a deny, every reason, the primary one first. */
  readonly reasons: readonly { readonly text: string; readonly reason: Reason }[];
  /** For a deny, what came nearest. */
  readonly nearest: string | null;
}

/**
 * The way that an explanation describes. Of a deny it is the way that came nearest, broken before the end; where something forbids,
 * whatever is held, it is by what forbids.
 */
export function pathOf(register: Register, { person, resource }: Question, explanation: Explanation): Path {
  const allowed = explanation.effect === "allow";
  const start = `person:${person}`;
  const said = allowed ? sentencesByStop(explanation.facts, start, resource) : new Map<string, string[]>();
  const forbidden = explanation.code < FIRST_OF_GRANTS ? explanation.reasons[0] : undefined;
  for (const reference of (forbidden ?? explanation.nearest)?.about ?? []) if (!said.has(reference)) said.set(reference, []);
  const between = [...said.keys()].filter((reference) => reference !== start && reference !== resource);
  const stop = (reference: string, told: readonly string[], broken: boolean): Stop => ({
    kind: kindOf(reference),
    name: register.nameOf(reference),
    said: told,
    broken,
  });
  const last = allowed ? (said.get(resource) ?? []) : [explanation.reasons[0]?.text ?? explanation.headline];
  return {
    stops: [
      stop(start, [], false),
      ...downTheTree(register, between).map((reference) => stop(reference, said.get(reference) ?? [], false)),
      stop(resource, last, !allowed),
    ],
    reasons: explanation.reasons,
    nearest: explanation.nearest?.text ?? null,
  };
}

/** Smaller codes are of restrictions, which deny whatever is held; from here on they say what grants lack [C-79]. */
const FIRST_OF_GRANTS = 600;

/** The headline without the ids in brackets, which are for logs: the page shows names. */
export function headlineText(explanation: Explanation): string {
  return explanation.headline.replace(/ \((?:[a-z_]+:[^\s,()]+(?:, )?)+\)\.$/, ".");
}

/** Each sentence at the first thing that it brings in; one that brings in nothing at the end, or where it was last spoken of. */
function sentencesByStop(facts: Explanation["facts"], start: string, end: string): Map<string, string[]> {
  const said = new Map<string, string[]>([
    [start, []],
    [end, []],
  ]);
  for (const { text, about } of facts) {
    const brought = about.filter((reference) => !said.has(reference));
    brought.forEach((reference) => said.set(reference, []));
    const at = brought[0] ?? (about.includes(end) ? end : about[0]) ?? end;
    said.get(at)?.push(text);
  }
  return said;
}

/** Things in the order of the tree, from above; units first, for that is where a person's own right begins. */
function downTheTree(register: Register, references: readonly string[]): string[] {
  const rank = (reference: string) => {
    const kind = kindOf(reference);
    return kind === "organisation" ? depth(register, idOf(reference)) : (LAST_RANK[kind] ?? 0);
  };
  return [...references].sort((a, b) => rank(a) - rank(b));
}

/** After every organisation, which may be 64 deep. */
const LAST_RANK: Readonly<Record<string, number>> = { unit: 0, building: 100, integration: 101, door: 102 };

function depth(register: Register, organisation: string): number {
  const parent = register.organisations.get(organisation)?.parent;
  return parent === undefined ? 1 : depth(register, parent) + 1;
}
