// What is shown, as the hash of the address, so that everything can be linked to and gone back to.

import { EXAMPLES, EXAMPLES_AT, exampleOf } from "./model/examples.js";

/** The views, in the order of their tabs. */
export const VIEWS = ["operator", "resident", "lobby"] as const;
export type View = (typeof VIEWS)[number];

/** What is shown. */
export interface Route {
  readonly estate: string;
  readonly view: View;
  readonly person: string;
  readonly at: number;
  /** What the person is asked about: an action and a resource, such as `doors:open` and `door:front`. */
  readonly question: { readonly action: string; readonly resource: string } | null;
  /** The panel of the lobby view; the first where there is none. */
  readonly panel: string | null;
}

// The forms in which the engine takes them; for anything else it throws.
const ACTION = /^[\w.-]+(:[\w.-]+)*$/;
const RESOURCE = /^(organisation|building|integration|unit|door):[\w.-]{1,64}$/;

/** `#/maple-court/operator?person=amara-okafor&ask=doors:open@door:mc-front`. What cannot be read is as at first. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [estate = "", view = ""] = path.split("/");
  const example = exampleOf(estate) ?? EXAMPLES[0];
  const params = new URLSearchParams(query);
  const at = Date.parse(params.get("at") ?? "");
  const [action, resource] = (params.get("ask") ?? "").split("@");
  return {
    estate: example.id,
    view: VIEWS.find((name) => name === view) ?? "operator",
    person: params.get("person") ?? example.person,
    at: Number.isNaN(at) ? EXAMPLES_AT : at,
    question: action && resource && ACTION.test(action) && RESOURCE.test(resource) ? { action, resource } : null,
    panel: params.get("panel"),
  };
}

/** The hash of a route. */
export function formatRoute({ estate, view, person, at, question, panel }: Route): string {
  const params = new URLSearchParams({ person });
  if (at !== EXAMPLES_AT) params.set("at", new Date(at).toISOString());
  if (question !== null) params.set("ask", `${question.action}@${question.resource}`);
  if (panel !== null) params.set("panel", panel);
  return `#/${estate}/${view}?${params.toString().replaceAll("%3A", ":").replaceAll("%40", "@")}`;
}
