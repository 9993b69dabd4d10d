// Doors as buttons: the answer on each, and why at a click.

import type { Decision } from "vestibule/full";

import { h } from "../dom/h.js";
import { icon } from "../dom/icon.js";
import type { DoorPlace } from "../model/places.js";
import { OPEN } from "../model/questions.js";
import type { Scene } from "../scene.js";

/** The most doors of units that are shown at once; more are folded, for they would hide the others. */
export const FEW_UNIT_DOORS = 6;

/** A list of doors; `within` tells the same door in two lists apart. */
export function doorList(
  scene: Scene,
  within: string,
  doors: readonly DoorPlace[],
  answers: ReadonlyMap<string, Decision>,
): HTMLElement {
  return h(
    "ul",
    { class: "door-list" },
    doors.map((door) => h("li", {}, doorButton(scene, within, door, answers.get(door.id)))),
  );
}

function doorButton(scene: Scene, within: string, door: DoorPlace, decision: Decision | undefined): HTMLElement {
  const allowed = decision?.allowed ?? false;
  const resource = `door:${door.id}`;
  const changed = changedByLast(scene, resource);
  return h(
    "button",
    {
      type: "button",
      class: `door ${allowed ? "is-allowed" : "is-denied"}${changed ? " is-changed" : ""}`,
      id: `${within}-${door.id}`,
      "aria-pressed": String(scene.route.question?.resource === resource),
      "data-door": door.id,
      "data-allowed": String(allowed),
      on: { click: () => scene.ask(OPEN, resource) },
    },
    icon(allowed ? "check" : "cross"),
    h("span", { class: "door-name" }, door.name),
    h("span", { class: "door-answer" }, door.status === "DISABLED" ? "Disabled" : allowed ? "Allowed" : "Denied"),
    changed ? h("span", { class: "visually-hidden" }, ", changed just now") : null,
  );
}

/** Whether the latest change opened or closed this for the person. */
function changedByLast({ session, route }: Scene, resource: string): boolean {
  return (session.done[0]?.differences ?? []).some(
    ({ person, action, gained, lost }) =>
      person === route.person && action === OPEN && (gained.includes(resource) || lost.includes(resource)),
  );
}
