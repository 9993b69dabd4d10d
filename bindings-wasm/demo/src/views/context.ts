// What is asked about: estate, person, time.

import { combobox } from "../dom/combobox.js";
import { h } from "../dom/h.js";
import { EXAMPLES, EXAMPLES_AT } from "../model/examples.js";
import { peopleByName, summaryOf } from "../model/people.js";
import { DAY, HOUR } from "../model/time.js";
import type { Scene } from "../scene.js";

/** The three fields. */
export function contextView(scene: Scene): HTMLElement {
  return h("div", { class: "context" }, estateField(scene), personField(scene), timeField(scene));
}

function estateField({ route, go }: Scene): HTMLElement {
  const select = h(
    "select",
    { class: "input", id: "estate", on: { change: () => go({ estate: select.value }) } },
    EXAMPLES.map(({ id, name, about }) => h("option", { value: id, selected: id === route.estate }, `${name}, ${about}`)),
  );
  return h("div", { class: "field" }, h("label", { for: "estate" }, "Estate"), h("div", { class: "select" }, select));
}

function personField({ register, route, go }: Scene): HTMLElement {
  return combobox({
    id: "person",
    label: "Person",
    options: peopleByName(register).map(({ id, name }) => ({ value: id, label: name ?? id, note: summaryOf(register, id) })),
    value: route.person,
    choose: (person) => go({ person }),
  });
}

function timeField({ route, go }: Scene): HTMLElement {
  const input = h("input", {
    class: "input",
    id: "time",
    type: "datetime-local",
    value: new Date(route.at).toISOString().slice(0, 16),
    on: {
      change: () => {
        const at = Date.parse(`${input.value}Z`);
        if (!Number.isNaN(at)) go({ at });
      },
    },
  });
  const step = (id: string, label: string, words: string, at: number) =>
    h("button", { type: "button", class: "step", id, "aria-label": words, on: { click: () => go({ at }) } }, label);
  return h(
    "div",
    { class: "field field-time" },
    h("label", { for: "time" }, "Time (UTC)"),
    h(
      "div",
      { class: "time" },
      input,
      step("time-hour", "+1 h", "+1 h: one hour later", route.at + HOUR),
      step("time-day", "+1 day", "+1 day: one day later", route.at + DAY),
      route.at === EXAMPLES_AT ? null : step("time-reset", "Reset", "Reset the time to that of the examples", EXAMPLES_AT),
    ),
  );
}
