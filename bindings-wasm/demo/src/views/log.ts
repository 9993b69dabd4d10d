// What was done, the latest first, and what that meant for whom.

import { h } from "../dom/h.js";
import { icon } from "../dom/icon.js";
import { type Difference, differenceText } from "../model/comparison.js";
import type { Done } from "../model/session.js";
import type { Scene } from "../scene.js";

/** The list, with undo and reset. */
export function changeLog(scene: Scene): HTMLElement {
  const { session } = scene;
  return h(
    "div",
    { class: "log" },
    h("h3", {}, "What changed"),
    session.done.length === 0
      ? h("p", { class: "quiet" }, "Nothing yet. The estate is as its file says.")
      : [
          h(
            "ol",
            { class: "log-list" },
            session.done.map((done, place) => doneItem(scene, done, place === 0)),
          ),
          h(
            "div",
            { class: "row" },
            h("button", { type: "button", class: "button", id: "undo", on: { click: () => scene.undo() } }, icon("undo"), "Undo"),
            h("button", { type: "button", class: "button is-quiet", id: "reset", on: { click: () => scene.reset() } }, "Reset"),
          ),
        ],
  );
}

function doneItem({ register }: Scene, { told, actor, revision, differences }: Done, latest: boolean): HTMLElement {
  return h(
    "li",
    { class: latest ? "log-item is-latest" : "log-item" },
    h("p", { class: "log-told" }, told),
    h("p", { class: "quiet" }, `by ${register.nameOf(`person:${actor}`)} · revision ${revision}`),
    differences.length === 0
      ? h("p", { class: "quiet" }, "Nobody’s answers changed.")
      : h(
          "ul",
          { class: "differences" },
          differences.map((difference) => differenceItem(register, difference, `difference-${revision}`)),
        ),
  );
}

function differenceItem(register: Scene["register"], difference: Difference, id: string): HTMLElement {
  const { person, action, gained, lost } = difference;
  const things = [...gained, ...lost].map((reference) => register.nameOf(reference));
  const tone = lost.length > 0 ? "is-lost" : "is-gained";
  return h(
    "li",
    { class: tone },
    h(
      "details",
      { id: `${id}-${person}-${action}` },
      h("summary", {}, icon(lost.length > 0 ? "cross" : "check"), differenceText(register, difference)),
      h(
        "ul",
        { class: "things" },
        things.map((name) => h("li", {}, name)),
      ),
    ),
  );
}
