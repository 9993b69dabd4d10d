// What a change meant: every answer before and after, of everybody, compared.

import type { Directory } from "vestibule/full";

import { MANAGE_RESIDENTS, OPEN, UPDATE_RESIDENTS } from "./questions.js";
import type { Register } from "./register.js";

/** What is compared: the doors that people may open and the units that they may manage. */
const ACTIONS = [OPEN, MANAGE_RESIDENTS, UPDATE_RESIDENTS] as const;

/** Everything that is allowed, by person and action: references to doors and units. */
export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** What one person may do now and could not before, or the other way round. */
export interface Difference {
  readonly person: string;
  readonly action: string;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** Asks the engine for everything that anybody is allowed. */
export function snapshotOf(directory: Directory, register: Register, at: number): Snapshot {
  const ofPerson = (person: string) =>
    new Map(ACTIONS.map((action) => [action, new Set(directory.whatCan({ person, action, at }))]));
  return new Map([...register.people.keys()].map((person) => [person, ofPerson(person)]));
}

/** What differs, person by person. */
export function compare(before: Snapshot, after: Snapshot): Difference[] {
  const people = new Set([...before.keys(), ...after.keys()]);
  return [...people].flatMap((person) =>
    ACTIONS.map((action) => {
      const was = before.get(person)?.get(action) ?? new Set<string>();
      const is = after.get(person)?.get(action) ?? new Set<string>();
      const gained = [...is].filter((thing) => !was.has(thing));
      const lost = [...was].filter((thing) => !is.has(thing));
      return { person, action, gained, lost };
    }).filter(({ gained, lost }) => gained.length > 0 || lost.length > 0),
  );
}

/** A difference as a sentence: `3 doors closed for Ana`. */
export function differenceText(register: Register, { person, action, gained, lost }: Difference): string {
  const who = register.nameOf(`person:${person}`);
  const some = (things: readonly string[], one: string) => `${things.length} ${one}${things.length === 1 ? "" : "s"}`;
  const parts: string[] = [];
  switch (action) {
    case OPEN:
      if (gained.length > 0) parts.push(`${some(gained, "door")} opened`);
      if (lost.length > 0) parts.push(`${some(lost, "door")} closed`);
      return `${parts.join(", ")} for ${who}`;
    case MANAGE_RESIDENTS:
      return lost.length > 0
        ? `${who} no longer manages who lives in ${some(lost, "unit")}`
        : `${who} now manages who lives in ${some(gained, "unit")}`;
    default:
      return lost.length > 0
        ? `${who} no longer edits residents of ${some(lost, "unit")}`
        : `${who} now edits residents of ${some(gained, "unit")}`;
  }
}
