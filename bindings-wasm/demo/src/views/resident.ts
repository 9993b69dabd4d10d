// For those who live or work somewhere: what may I do?

import { h } from "../dom/h.js";
import { icon } from "../dom/icon.js";
import { byName, integrationPlace } from "../model/places.js";
import { OPEN, decideDoors } from "../model/questions.js";
import { idOf } from "../model/reference.js";
import type { Scene } from "../scene.js";
import { badge } from "./badge.js";
import { FEW_UNIT_DOORS, doorList } from "./doors.js";
import { homeCards } from "./home.js";

/** My doors, my home, and what stays closed. */
export function residentView(scene: Scene): HTMLElement {
  const { register, route } = scene;
  const open = scene.session.directory.whatCan({ person: route.person, action: OPEN, at: route.at }).map(idOf);
  return h(
    "div",
    { class: "resident-view" },
    h(
      "div",
      { class: "view-head" },
      h("h2", {}, "What may I do?"),
      h("p", { class: "quiet" }, `As ${register.nameOf(`person:${route.person}`)} sees it.`),
    ),
    myDoors(scene, open),
    homeCards(scene),
    closedDoors(scene, new Set(open)),
  );
}

/** The doors that open, by building. */
function myDoors(scene: Scene, open: readonly string[]): HTMLElement {
  const { register } = scene;
  const byBuilding = new Map<string, string[]>();
  const named = open.map((id) => ({ id, name: register.nameOf(`door:${id}`) })).sort(byName);
  for (const { id: door } of named) {
    const building = register.buildingOfDoor(door) ?? "";
    byBuilding.set(building, [...(byBuilding.get(building) ?? []), door]);
  }
  return h(
    "section",
    { class: "card", "aria-labelledby": "my-doors" },
    h("h3", { id: "my-doors" }, "My doors ", badge("quiet", String(open.length))),
    open.length === 0 ? h("p", { class: "quiet" }, "No door opens for me now.") : null,
    [...byBuilding].map(([building, doors]) => [
      h("h4", { class: "group-title" }, icon("building"), register.nameOf(`building:${building}`)),
      openLists(scene, building, doors),
    ]),
  );
}

/** Doors of a building; those of many units are folded. */
function openLists(scene: Scene, building: string, doors: readonly string[]): HTMLElement[] {
  const list = (some: readonly string[]) =>
    h(
      "ul",
      { class: "open-list" },
      some.map((door) => openItem(scene, door)),
    );
  const ofUnits = doors.filter((door) => scene.register.doors.get(door)?.unit !== undefined);
  if (ofUnits.length <= FEW_UNIT_DOORS) return [list(doors)];
  const common = doors.filter((door) => !ofUnits.includes(door));
  return [
    list(common),
    h("details", { id: `my-unit-doors-${building}` }, h("summary", {}, `${ofUnits.length} doors of units`), list(ofUnits)),
  ];
}

function openItem(scene: Scene, door: string): HTMLElement {
  const name = scene.register.nameOf(`door:${door}`);
  const button = h("button", {
    type: "button",
    class: "button is-soft open",
    id: `open-${door}`,
    on: { click: () => scene.open(door) && unlock(button, name) },
  });
  lock(button, name);
  return h(
    "li",
    { class: "open-item" },
    h("span", { class: "open-name" }, name),
    h(
      "button",
      {
        type: "button",
        class: "link",
        id: `why-${door}`,
        "data-door": door,
        "aria-label": `Why may I open ${name}?`,
        on: { click: () => scene.ask(OPEN, `door:${door}`) },
      },
      "Why?",
    ),
    button,
  );
}

/** How long a door stays unlocked. */
const UNLOCKED_FOR = 4_000;

function unlock(button: HTMLButtonElement, name: string): void {
  button.classList.add("is-unlocked");
  button.setAttribute("aria-label", `Unlocked: ${name}`);
  button.replaceChildren(icon("check"), "Unlocked");
  setTimeout(() => lock(button, name), UNLOCKED_FOR);
}

function lock(button: HTMLButtonElement, name: string): void {
  button.classList.remove("is-unlocked");
  button.setAttribute("aria-label", `Open ${name}`);
  button.replaceChildren("Open");
}

/** Common doors that stay closed where the person has a door or a home, each with its why. */
function closedDoors(scene: Scene, open: ReadonlySet<string>): HTMLElement | null {
  const { register, route, session } = scene;
  const doors = nearbyIntegrations(scene, open)
    .flatMap((integration) => integrationPlace(register, integration).commonDoors)
    .filter(({ id }) => !open.has(id));
  if (doors.length === 0) return null;
  const answers = decideDoors(
    session.directory,
    route.person,
    doors.map(({ id }) => id),
    route.at,
  );
  return h(
    "section",
    { class: "card", "aria-labelledby": "closed-doors" },
    h("h3", { id: "closed-doors" }, "Not for me ", badge("quiet", String(doors.length))),
    h("p", { class: "quiet" }, "Common doors nearby that stay closed. Pick one to see why."),
    doorList(scene, "closed", doors, answers),
  );
}

function nearbyIntegrations({ register, route }: Scene, open: ReadonlySet<string>): string[] {
  const { residencies = [], integrations = [] } = register.estate;
  const homes = residencies.filter(({ person }) => person === route.person).map(({ unit }) => register.units.get(unit)?.building);
  const buildings = new Set([...homes, ...[...open].map((door) => register.buildingOfDoor(door))]);
  return integrations.filter(({ building }) => buildings.has(building)).map(({ id }) => id);
}
