// The estates to choose from: the files of `examples/`, as they are.

import type { Estate } from "vestibule/full";

/** An estate that can be picked. */
export interface Example {
  readonly id: string;
  readonly name: string;
  /** What it is, in a few words. */
  readonly about: string;
  /** Who is shown at first: somebody with a home and something to manage. */
  readonly person: string;
  load(): Promise<Estate>;
}

/** The instant at which the questions of both examples are asked, and at which the page begins. */
export const EXAMPLES_AT = Date.parse("2026-11-22T18:00:00Z");

/** All of them; the first is shown at first. */
export const EXAMPLES: readonly [Example, ...Example[]] = [
  {
    id: "maple-court",
    name: "Maple Court",
    about: "a shared apartment building",
    person: "amara-okafor",
    load: async () => estate(await import("../../../../examples/maple-court/estate.json")),
  },
  {
    id: "harbour-group",
    name: "Harbour Group",
    about: "a property-management company",
    person: "eleanor-voss",
    load: async () => estate(await import("../../../../examples/harbour-group/estate.json")),
  },
];

/** The example of this id. */
export function exampleOf(id: string): Example | undefined {
  return EXAMPLES.find((example) => example.id === id);
}

// TypeScript reads `"version": 1` as a number. `Directory.load` checks the whole document.
const estate = (module: { default: unknown }): Estate => module.default as Estate;
