// The person asked about: state, and what they hold.

import { h } from "../dom/h.js";
import { kindIcon } from "../dom/icon.js";
import { type Holding, holdingsOf } from "../model/people.js";
import type { Scene } from "../scene.js";
import { badge, badgeIf } from "./badge.js";

/** A strip with name, state and holdings. */
export function personView({ register, route }: Scene): HTMLElement {
  const row = register.people.get(route.person);
  const holdings = holdingsOf(register, route.person, route.at);
  return h(
    "section",
    { class: "person", "aria-labelledby": "person-name" },
    h(
      "h1",
      { id: "person-name" },
      register.nameOf(`person:${route.person}`),
      " ",
      stateBadge(row?.state ?? "active"),
      kindBadge(row?.kind),
    ),
    holdings.length === 0
      ? h("p", { class: "quiet" }, "Holds nothing in this estate: no home, no role, no permission group.")
      : h("ul", { class: "holdings" }, holdings.map(holdingItem)),
  );
}

function stateBadge(state: string): HTMLElement | null {
  if (state === "active") return null;
  return badge("deny", state === "blocked" ? "Blocked" : "Deleted");
}

function kindBadge(kind: string | undefined): HTMLElement | null {
  return kind === "guest" ? badge("quiet", "Guest") : kind === "service" ? badge("quiet", "Service") : null;
}

function holdingItem({ kind, text, note }: Holding): HTMLElement {
  const tone = note === "blocked" ? "deny" : note?.startsWith("until") ? "quiet" : "warn";
  return h("li", {}, kindIcon(kind), h("span", {}, text, " ", badgeIf(tone, note)));
}
