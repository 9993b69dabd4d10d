// Changing something, as somebody; what came of it; and the way back.

import { combobox } from "../dom/combobox.js";
import { h } from "../dom/h.js";
import { icon } from "../dom/icon.js";
import { words } from "../dom/words.js";
import { actorFor, mayDo, possibleActors } from "../model/actors.js";
import * as deeds from "../model/deeds.js";
import type { Deed } from "../model/deeds.js";
import { summaryOf } from "../model/people.js";
import { unitPlace } from "../model/places.js";
import type { Refusal } from "../model/session.js";
import type { Scene } from "../scene.js";
import { changeLog } from "./log.js";

/** What can be changed about the person, and what was. */
export function changesView(scene: Scene): HTMLElement {
  const { register, route } = scene;
  return h(
    "section",
    { class: "card changes", "aria-labelledby": "changes-title" },
    h("h2", { id: "changes-title" }, "Change something"),
    actorField(scene),
    h(
      "ul",
      { class: "deeds" },
      deedsFor(scene).map((deed) => deedItem(scene, deed)),
    ),
    deeds.homesNow(register, route.person, route.at).map(({ unit }) => moveIn(scene, unit)),
    refusalNote(scene),
    changeLog(scene),
  );
}

function actorField({ register, stance, set }: Scene): HTMLElement {
  const anybody = { value: "", label: "Whoever may", note: "the engine is asked" };
  const people = possibleActors(register).map((id) => ({
    value: id,
    label: register.nameOf(`person:${id}`),
    note: summaryOf(register, id),
  }));
  return combobox({
    id: "actor",
    label: "Act as",
    options: [anybody, ...people],
    value: stance.actor ?? "",
    choose: (id) => set({ actor: id === "" ? null : id }),
  });
}

/** What is offered: to block or unblock, to end leases, to take room-mates out. */
function deedsFor({ register, route }: Scene): Deed[] {
  const { person, at } = route;
  const state = register.people.get(person)?.state ?? "active";
  const homes = deeds.homesNow(register, person, at);
  return [
    ...(state === "active" ? [deeds.block(register, person)] : state === "blocked" ? [deeds.unblock(register, person)] : []),
    ...homes.filter(({ status }) => status === "BLOCKED").map((home) => deeds.unblockHome(register, home)),
    ...homes.map((home) => deeds.endLease(register, home)),
    ...homes.flatMap(({ unit }) => roommatesOut(register, unit, person, at)),
  ];
}

function roommatesOut(register: Scene["register"], unit: string, person: string, at: number): Deed[] {
  const administrators = deeds.administratorsNow(register, unit, at);
  return unitPlace(register, unit)
    .residencies.filter((residency) => residency.person !== person)
    .map((residency) => deeds.removeRoommate(register, unit, residency.person, administrators))
    .filter((deed) => deed !== null);
}

/** A button, and who would do it. */
function deedItem(scene: Scene, deed: Deed, id = `deed-${deed.key}`, label = deed.label): HTMLElement {
  const { register, session, route, stance } = scene;
  const actor = stance.actor ?? actorFor(session.directory, register, deed, route.at);
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "button deed", id, on: { click: () => scene.perform(deed) } },
      h("span", {}, label),
      h("span", { class: "deed-actor" }, actor === null ? "nobody may" : `as ${register.nameOf(`person:${actor}`)}`),
    ),
  );
}

/** Somebody moves in, as the administrator of the unit has it; and the same at a neighbour's, which the engine refuses. */
function moveIn(scene: Scene, unit: string): HTMLElement | null {
  const { register, session, route, stance } = scene;
  const administrators = deeds.administratorsNow(register, unit, route.at);
  const people = deeds.newcomers(register);
  const fits = (person: string) => {
    const deed = deeds.addRoommate(register, unit, person, administrators);
    return deed !== null && administrators.some((actor) => mayDo(session.directory, deed, actor, route.at));
  };
  const picked = stance.newcomers.get(unit) ?? people.find(fits) ?? people[0];
  if (picked === undefined || administrators.length === 0) return null;
  const add = deeds.addRoommate(register, unit, picked, administrators);
  const neighbour = deeds.neighbourOf(register, unit, administrators);
  const astray = neighbour === null ? null : deeds.addRoommate(register, neighbour, picked, administrators);
  return h(
    "div",
    { class: "move-in" },
    combobox({
      id: `newcomer-${unit}`,
      label: `Room-mate for unit ${register.units.get(unit)?.number ?? ""}`,
      options: people.map((id) => ({ value: id, label: register.nameOf(`person:${id}`), note: summaryOf(register, id) })),
      value: picked,
      choose: (person) => scene.set({ newcomers: new Map(stance.newcomers).set(unit, person) }),
    }),
    h(
      "ul",
      { class: "deeds" },
      add === null ? null : deedItem(scene, add),
      astray === null
        ? null
        : deedItem(scene, astray, `astray-${unit}`, `Try the neighbour’s ${register.units.get(neighbour ?? "")?.number ?? ""}`),
    ),
  );
}

/** What the engine refused, in its words. */
function refusalNote({ register, stance }: Scene): HTMLElement | null {
  const { refusal } = stance;
  return refusal === null ? null : refused(register, refusal);
}

function refused(register: Scene["register"], { label, actor, code, field, status, message }: Refusal): HTMLElement {
  return h(
    "div",
    { class: "refusal", id: "refusal", role: "group", "aria-label": "Refused" },
    h("p", { class: "refusal-head" }, icon("warning"), "Refused: nothing has changed"),
    h("p", {}, `${label}, as ${register.nameOf(`person:${actor}`)}.`),
    h("p", { class: "said" }, words(register, capital(message)), "."),
    h(
      "dl",
      { class: "facts" },
      h("div", {}, h("dt", {}, "Code"), h("dd", {}, h("code", {}, code), ` ${status}`)),
      field === null ? null : h("div", {}, h("dt", {}, "Field"), h("dd", {}, h("code", {}, field))),
    ),
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
