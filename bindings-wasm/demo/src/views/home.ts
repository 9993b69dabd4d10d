// My units: who lives there, and what I may change about that.

import type { Residency } from "vestibule/full";

import { combobox } from "../dom/combobox.js";
import { h } from "../dom/h.js";
import { icon } from "../dom/icon.js";
import { mayDo } from "../model/actors.js";
import * as deeds from "../model/deeds.js";
import { summaryOf } from "../model/people.js";
import { type UnitPlace, unitPlace } from "../model/places.js";
import { MANAGE_RESIDENTS, UPDATE_RESIDENTS, decide } from "../model/questions.js";
import type { Scene } from "../scene.js";
import { badge } from "./badge.js";
import { residentNote } from "./units.js";

/** A card for each unit in which the person lives or which they administer. */
export function homeCards(scene: Scene): HTMLElement[] {
  const { register, route } = scene;
  const lived = (register.estate.residencies ?? []).filter(({ person }) => person === route.person).map(({ unit }) => unit);
  const administered = (register.estate.units ?? [])
    .filter(({ administrators = [] }) =>
      administrators.some((entry) => (typeof entry === "string" ? entry : entry.person) === route.person),
    )
    .map(({ id }) => id);
  return [...new Set([...lived, ...administered])].map((unit) => homeCard(scene, unitPlace(register, unit)));
}

function homeCard(scene: Scene, unit: UnitPlace): HTMLElement {
  const { register, route } = scene;
  const allows = (action: string) => may(scene, unit, action);
  const administers = unit.administrators.includes(route.person);
  return h(
    "section",
    { class: "card home", "aria-labelledby": `home-${unit.id}` },
    h(
      "h3",
      { id: `home-${unit.id}` },
      icon("home"),
      h(
        "span",
        {},
        `Unit ${unit.number}, ${register.nameOf(`building:${unit.building}`)} `,
        administers ? badge("quiet", "Administrator") : null,
        unit.inService ? null : [" ", badge("warn", "Out of service")],
      ),
    ),
    h(
      "ul",
      { class: "household" },
      unit.residencies.map((residency) => householdItem(scene, unit, residency)),
    ),
    allows(MANAGE_RESIDENTS) ? addForm(scene, unit) : notAllowed(scene, unit, MANAGE_RESIDENTS, "Say who lives here"),
    allows(UPDATE_RESIDENTS) ? null : notAllowed(scene, unit, UPDATE_RESIDENTS, "Rename who lives here"),
  );
}

const may = ({ session, route }: Scene, unit: UnitPlace, action: string): boolean =>
  decide(session.directory, { person: route.person, action, resource: `unit:${unit.id}`, at: route.at }).allowed;

function householdItem(scene: Scene, unit: UnitPlace, residency: Residency): HTMLElement {
  const { register, route } = scene;
  const { person } = residency;
  const name = register.nameOf(`person:${person}`);
  const remove =
    person !== route.person && may(scene, unit, MANAGE_RESIDENTS) ? deeds.removeRoommate(register, unit.id, person, []) : null;
  return h(
    "li",
    { class: "household-item" },
    h("span", { class: "household-name" }, name, person === route.person ? h("span", { class: "quiet" }, " (me)") : null),
    residentNote(residency, route.at),
    h(
      "span",
      { class: "row household-actions" },
      may(scene, unit, UPDATE_RESIDENTS) ? renameButton(scene, unit, person) : null,
      remove === null
        ? null
        : h(
            "button",
            {
              type: "button",
              class: "button is-small",
              id: `my-${remove.key}`,
              "aria-label": `Remove ${name}`,
              on: { click: () => scene.perform(remove, route.person) },
            },
            "Remove",
          ),
    ),
    scene.stance.renaming === renameId(unit, person) ? renameForm(scene, unit, person) : null,
  );
}

const renameId = (unit: UnitPlace, person: string): string => `rename-${unit.id}-${person}`;

function renameButton({ register, stance, set }: Scene, unit: UnitPlace, person: string): HTMLElement {
  const id = renameId(unit, person);
  const open = stance.renaming === id;
  const toggle = () => {
    set({ renaming: open ? null : id });
    document.getElementById(`${id}-name`)?.focus();
  };
  return h(
    "button",
    {
      type: "button",
      class: "button is-small",
      id,
      "aria-label": `Rename ${register.nameOf(`person:${person}`)}`,
      "aria-expanded": String(open),
      on: { click: toggle },
    },
    "Rename",
  );
}

function renameForm({ register, route, perform }: Scene, unit: UnitPlace, person: string): HTMLElement {
  const name = register.nameOf(`person:${person}`);
  const id = `${renameId(unit, person)}-name`;
  const input = h("input", {
    class: "input",
    id,
    type: "text",
    value: name,
    maxlength: 255,
    required: true,
    autocomplete: "off",
  });
  const save = (event: Event) => {
    event.preventDefault();
    const deed = deeds.rename(register, unit.id, person, input.value.trim(), []);
    if (deed !== null && input.value.trim() !== "") perform(deed, route.person);
  };
  return h(
    "form",
    { class: "rename", on: { submit: save } },
    h("div", { class: "field" }, h("label", { for: id }, `New name of ${name}`), input),
    h("button", { class: "button is-primary", type: "submit" }, "Save"),
  );
}

function addForm(scene: Scene, unit: UnitPlace): HTMLElement | null {
  const { register, route, session, stance } = scene;
  const people = deeds.newcomers(register);
  const fits = (person: string) => {
    const deed = deeds.addRoommate(register, unit.id, person, []);
    return deed !== null && mayDo(session.directory, deed, route.person, route.at);
  };
  const picked = stance.newcomers.get(unit.id) ?? people.find(fits) ?? people[0];
  const deed = picked === undefined ? null : deeds.addRoommate(register, unit.id, picked, []);
  if (picked === undefined || deed === null) return null;
  return h(
    "div",
    { class: "add-form" },
    combobox({
      id: `my-newcomer-${unit.id}`,
      label: "Room-mate",
      options: people.map((id) => ({ value: id, label: register.nameOf(`person:${id}`), note: summaryOf(register, id) })),
      value: picked,
      choose: (person) => scene.set({ newcomers: new Map(stance.newcomers).set(unit.id, person) }),
    }),
    h(
      "button",
      {
        type: "button",
        class: "button is-primary",
        id: `my-add-${unit.id}`,
        on: { click: () => scene.perform(deed, route.person) },
      },
      "Add room-mate",
    ),
  );
}

function notAllowed(scene: Scene, unit: UnitPlace, action: string, what: string): HTMLElement {
  return h(
    "p",
    { class: "not-allowed" },
    icon("cross"),
    h("span", {}, `${what}: not allowed.`),
    h(
      "button",
      {
        type: "button",
        class: "link",
        id: `why-${action}-${unit.id}`,
        "aria-label": `Why not? ${what}`,
        on: { click: () => scene.ask(action, `unit:${unit.id}`) },
      },
      "Why not?",
    ),
  );
}
