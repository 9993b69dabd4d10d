// The units of a building: who lives there, and who says who does.

import type { Residency } from "vestibule/full";

import { h } from "../dom/h.js";
import type { BuildingPlace, UnitPlace } from "../model/places.js";
import { phaseOf, windowText } from "../model/time.js";
import type { Scene } from "../scene.js";
import { badge, badgeIf } from "./badge.js";

/** A folded table of units. A click on somebody asks about them. */
export function unitTable(scene: Scene, building: BuildingPlace): HTMLElement | null {
  const { units } = building;
  if (units.length === 0) return null;
  const residents = new Set(units.flatMap(({ residencies }) => residencies.map(({ person }) => person))).size;
  return h(
    "details",
    { id: `units-${building.id}` },
    h(
      "summary",
      {},
      `${units.length} unit${units.length === 1 ? "" : "s"}`,
      h("span", { class: "quiet" }, `${residents} resident${residents === 1 ? "" : "s"}`),
    ),
    h(
      "table",
      { class: "units" },
      h("caption", { class: "visually-hidden" }, `Units of ${building.name}`),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["Unit", "Residents", "Administrators"].map((title) => h("th", { scope: "col" }, title)),
        ),
      ),
      h(
        "tbody",
        {},
        units.map((unit) => unitRow(scene, unit)),
      ),
    ),
  );
}

function unitRow(scene: Scene, unit: UnitPlace): HTMLElement {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, unit.number, unit.inService ? null : badge("warn", "Out of service")),
    h(
      "td",
      { "data-title": "Residents" },
      unit.residencies.length === 0 ? nobody() : unit.residencies.map((residency) => residentItem(scene, residency)),
    ),
    h(
      "td",
      { "data-title": "Administrators" },
      unit.administrators.length === 0
        ? nobody()
        : unit.administrators.map((person) => personButton(scene, `admin-${unit.id}`, person)),
    ),
  );
}

const nobody = (): HTMLElement => h("span", { class: "quiet" }, "nobody");

function residentItem(scene: Scene, residency: Residency): HTMLElement {
  const note = residentNote(residency, scene.route.at);
  return h("div", { class: "resident" }, personButton(scene, `resident-${residency.unit}`, residency.person), note);
}

/** What is to be said of a residency: guest, linked, blocked, over, not yet begun. */
export function residentNote({ type, status, valid }: Residency, at: number): HTMLElement[] {
  const notes: (HTMLElement | null)[] = [
    type === "GUEST" ? badge("quiet", "Guest") : type === "LINKED" ? badge("quiet", "Linked") : null,
    status === "BLOCKED" ? badge("deny", "Blocked") : null,
    badgeIf(phaseOf(valid, at) === "within" ? "quiet" : "warn", windowText(valid, at)),
  ];
  return notes.filter((note) => note !== null);
}

function personButton({ register, route, go }: Scene, within: string, person: string): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "link",
      id: `${within}-${person}`,
      "aria-pressed": String(route.person === person),
      on: { click: () => go({ person }) },
    },
    register.nameOf(`person:${person}`),
  );
}
