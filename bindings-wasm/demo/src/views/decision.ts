// An answer, and why: the path through the tree in the engine's own words.

import type { Explanation } from "vestibule/full";

import { h } from "../dom/h.js";
import { icon, kindIcon } from "../dom/icon.js";
import { words } from "../dom/words.js";
import { type Path, type Stop, headlineText, pathOf } from "../model/path.js";
import { OPEN, explain } from "../model/questions.js";
import type { Register } from "../model/register.js";
import { instantText } from "../model/time.js";
import type { Scene } from "../scene.js";

/** The answer to the question in the route; an invitation where there is none. */
export function decisionView(scene: Scene): HTMLElement {
  const { register, route, session } = scene;
  if (route.question === null) return invitation();
  const question = { ...route.question, person: route.person, at: route.at };
  const explanation = explain(session.directory, question);
  const path = pathOf(register, question, explanation);
  const allowed = explanation.effect === "allow";
  return h(
    "section",
    {
      class: `card decision ${allowed ? "is-allowed" : "is-denied"}`,
      "aria-labelledby": "decision-title",
      "data-effect": explanation.effect,
    },
    h(
      "div",
      { class: "decision-head" },
      h("h2", { id: "decision-title", tabindex: -1 }, titleOf(scene)),
      h(
        "button",
        { type: "button", class: "icon-button", id: "close-decision", on: { click: () => close(scene) } },
        h("span", { class: "visually-hidden" }, "Close"),
        icon("close"),
      ),
    ),
    h("p", { class: "verdict" }, icon(allowed ? "check" : "cross"), allowed ? "Allowed" : "Denied"),
    h("p", { class: "headline" }, headlineText(explanation)),
    pathList(register, path),
    nearestNote(register, path),
    furtherReasons(register, path),
    facts(explanation),
  );
}

function invitation(): HTMLElement {
  return h(
    "section",
    { class: "card decision is-empty", "aria-labelledby": "decision-title" },
    h("h2", { id: "decision-title", tabindex: -1 }, "Why?"),
    h(
      "p",
      { class: "quiet" },
      "Pick a door to see the answer, and the way that leads to it: who the person is, what they hold, where that is.",
    ),
  );
}

function titleOf({ register, route }: Scene): string {
  const thing = register.nameOf(route.question?.resource ?? "");
  return route.question?.action === OPEN ? thing : `${ACTIONS[route.question?.action ?? ""] ?? "Use"}: ${thing}`;
}

/** What the other keys are called on the page. */
const ACTIONS: Readonly<Record<string, string>> = {
  "residents:write": "Manage residents",
  "unit_users:update": "Edit residents",
};

/** Back to the door that was asked about. */
function close({ route, go }: Scene): void {
  const asked = document.querySelector<HTMLElement>(
    `[data-door="${CSS.escape(route.question?.resource.replace("door:", "") ?? "")}"]`,
  )?.id;
  go({ question: null });
  if (asked !== undefined) document.getElementById(asked)?.focus();
}

function pathList(register: Register, { stops }: Path): HTMLElement {
  return h(
    "ol",
    { class: "path", "aria-label": "The way to the answer" },
    stops.map((stop) => stopItem(register, stop)),
  );
}

function stopItem(register: Register, { kind, name, said, broken }: Stop): HTMLElement {
  return h(
    "li",
    { class: broken ? "stop is-broken" : "stop" },
    said.map((sentence) => h("p", { class: "said" }, words(register, sentence))),
    h(
      "p",
      { class: "stop-name" },
      h("span", { class: "stop-icon" }, kindIcon(kind)),
      h("strong", {}, name),
      h("span", { class: "kind" }, KINDS[kind] ?? kind),
    ),
  );
}

const KINDS: Readonly<Record<string, string>> = {
  person: "Person",
  organisation: "Organisation",
  building: "Building",
  integration: "System",
  unit: "Unit",
  door: "Door",
};

function nearestNote(register: Register, { nearest }: Path): HTMLElement | null {
  return nearest === null ? null : h("div", { class: "nearest" }, h("h3", {}, "Nearest"), h("p", {}, words(register, nearest)));
}

/** The reasons after the first, which the path tells. */
function furtherReasons(register: Register, { reasons }: Path): HTMLElement | null {
  const further = reasons.slice(1);
  if (further.length === 0) return null;
  return h(
    "div",
    { class: "further" },
    h("h3", {}, "Also"),
    h(
      "ul",
      {},
      further.map(({ text, reason }) => h("li", {}, words(register, text), " ", h("code", {}, reason))),
    ),
  );
}

function facts({ reason, code, basis, until, effect }: Explanation): HTMLElement {
  const fact = (term: string, ...told: (Node | string)[]) => h("div", {}, h("dt", {}, term), h("dd", {}, told));
  return h(
    "dl",
    { class: "facts" },
    fact("Reason", h("code", {}, reason), ` ${code}`),
    basis === undefined ? null : fact("Granted by", basis.replaceAll("_", " ")),
    until === null ? null : fact(effect === "allow" ? "Holds until" : "May change on", instantText(Date.parse(until))),
  );
}
