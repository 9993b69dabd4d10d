// What the page asks the engine.

import type { Decision, Explanation, Policy } from "vestibule/full";

/** The keys that the page asks about. */
export const OPEN = "doors:open";
export const MANAGE_RESIDENTS = "residents:write";
export const UPDATE_RESIDENTS = "unit_users:update";

/** What is asked, of whom and when. */
export interface Question {
  readonly person: string;
  readonly action: string;
  readonly resource: string;
  readonly at: number;
}

/** Asks a directory or an image. Nobody acts for an organisation on this page but in commands. */
export function decide(policy: Policy, question: Question): Decision {
  return policy.decide(request(question));
}

/** Asks, and why. */
export function explain(policy: Policy, question: Question): Explanation {
  return policy.explain(request(question));
}

/** Which of these doors a person may open. */
export function decideDoors(policy: Policy, person: string, doors: Iterable<string>, at: number): Map<string, Decision> {
  const ids = [...doors];
  const asked = ids.map((door) => request({ person, action: OPEN, resource: `door:${door}`, at }));
  return new Map(policy.decideMany(asked).map((decision, place) => [ids[place] ?? "", decision]));
}

const request = ({ person, action, resource, at }: Question) => ({
  principal: `person:${person}`,
  action,
  resource,
  acting_org: null,
  at,
});
