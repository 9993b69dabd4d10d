// The panel in a lobby: it has an image of what it needs, and answers by itself, with or without a network.

import type { Freshness, LobbyUnit } from "vestibule/full";

import { h } from "../dom/h.js";
import { icon } from "../dom/icon.js";
import type { PanelImage } from "../model/panels.js";
import { integrationPlace, naturally } from "../model/places.js";
import { decideDoors } from "../model/questions.js";
import { clockText, dateText, durationText, instantText } from "../model/time.js";
import type { Scene } from "../scene.js";
import { type Tone, badge } from "./badge.js";

/** A panel as it hangs in the lobby, and beside it what it runs on. */
export function lobbyView(scene: Scene): HTMLElement {
  const { register, route, session } = scene;
  const panels = panelsOf(scene);
  const panel = panels.find((id) => id === route.panel) ?? panels.find((id) => isAtHome(scene, id)) ?? panels[0];
  if (panel === undefined) return h("p", { class: "quiet" }, "There is no panel in this estate.");
  const sent = session.panels.imageOf(session.directory, panel, route.at);
  const select = h(
    "select",
    { class: "input", id: "panel", on: { change: () => scene.go({ panel: select.value }) } },
    panels.map((id) => h("option", { value: id, selected: id === panel }, register.nameOf(`integration:${id}`))),
  );
  return h(
    "div",
    { class: "lobby" },
    h(
      "div",
      { class: "view-head" },
      h("h2", {}, "Lobby panel"),
      h("div", { class: "field panel-field" }, h("label", { for: "panel" }, "Panel"), h("div", { class: "select" }, select)),
    ),
    h(
      "div",
      { class: "lobby-columns" },
      device(scene, panel, sent),
      h("div", { class: "lobby-side" }, imageCard(scene, panel, sent), panelDoors(scene, panel, sent)),
    ),
  );
}

const panelsOf = ({ register }: Scene): string[] =>
  (register.estate.integrations ?? []).filter(({ kind }) => kind !== "other").map(({ id }) => id);

/** Whether the person lives behind this panel. */
const isAtHome = ({ register, route }: Scene, panel: string): boolean =>
  (register.estate.residencies ?? []).some(
    ({ person, unit }) => person === route.person && register.units.get(unit)?.integration === panel,
  );

/** What visitors see. */
function device({ register, route }: Scene, panel: string, { image }: PanelImage): HTMLElement {
  const units = image.lobbyDirectory({ integration: panel, at: route.at }).sort((a, b) => naturally(a.number, b.number));
  const building = register.integrations.get(panel)?.building ?? "";
  return h(
    "section",
    { class: "device", "aria-label": "The panel" },
    h("div", { class: "device-head" }, h("p", { class: "device-clock" }, clockText(route.at)), h("p", {}, dateText(route.at))),
    h("h3", {}, register.nameOf(`building:${building}`)),
    units.length === 0
      ? h("p", { class: "device-empty" }, "Nobody is listed.")
      : h("ul", { class: "device-list", tabindex: 0, role: "list", "aria-label": "Directory" }, units.map(deviceRow)),
  );
}

function deviceRow({ number, residents, callable }: LobbyUnit): HTMLElement {
  return h(
    "li",
    { class: "device-row" },
    h("span", { class: "device-number" }, number),
    h("span", { class: "device-names" }, residents.map(({ name }) => name ?? "Resident").join(", ")),
    h("span", { class: callable ? "device-call" : "device-call is-off" }, callable ? [icon("call"), "Call"] : "No calls"),
  );
}

/** What the panel runs on: which revision, how old, and whether it should still be relied on. */
function imageCard(scene: Scene, panel: string, { image, bytes, digest }: PanelImage): HTMLElement {
  const { route, session } = scene;
  const freshness = image.freshness(route.at);
  const behind = session.directory.digest() !== digest;
  const now = session.directory.revision;
  const fact = (term: string, ...told: (Node | string)[]) => h("div", {}, h("dt", {}, term), h("dd", {}, told));
  return h(
    "section",
    { class: "card", "aria-labelledby": "image-title" },
    h("h3", { id: "image-title" }, "Its image"),
    h(
      "dl",
      { class: "facts" },
      fact("Freshness", badge(FRESHNESS[freshness].tone, FRESHNESS[freshness].text)),
      fact("Sent", `${instantText(image.issuedAt)}${age(route.at - image.issuedAt)}`),
      fact(
        "Revision",
        `${image.revision}`,
        behind ? badge("warn", now === image.revision ? "the estate is another" : `the estate is at ${now}`) : "",
      ),
      fact("Size", `${(bytes / 1024).toFixed(1)} KiB`),
    ),
    h(
      "p",
      { class: "quiet" },
      behind
        ? "The panel does not know of the latest changes until it is sent a new image."
        : "The panel knows what the estate knows, and needs no network to say so.",
    ),
    h(
      "button",
      { type: "button", class: behind ? "button is-primary" : "button", id: "send", on: { click: () => scene.sendTo(panel) } },
      "Send a new image",
    ),
  );
}

const FRESHNESS: Readonly<Record<Freshness, { tone: Tone; text: string }>> = {
  before_issue: { tone: "warn", text: "From the future" },
  fresh: { tone: "allow", text: "Fresh" },
  stale: { tone: "warn", text: "Stale" },
  too_old: { tone: "deny", text: "Too old to rely on" },
};

const age = (millis: number): string => (millis <= 0 ? "" : `, ${durationText(millis)} ago`);

/** What the panel itself answers for the person: the image decides, not the directory. */
function panelDoors({ register, route }: Scene, panel: string, { image }: PanelImage): HTMLElement | null {
  const doors = integrationPlace(register, panel).commonDoors;
  if (doors.length === 0) return null;
  const answers = decideDoors(
    image,
    route.person,
    doors.map(({ id }) => id),
    route.at,
  );
  return h(
    "section",
    { class: "card", "aria-labelledby": "panel-doors" },
    h("h3", { id: "panel-doors" }, `For ${register.firstNameOf(route.person)}, the panel answers`),
    h(
      "ul",
      { class: "answers" },
      doors.map(({ id, name }) => {
        const allowed = answers.get(id)?.allowed ?? false;
        return h("li", {}, h("span", {}, name), badge(allowed ? "allow" : "deny", allowed ? "Opens" : "Stays closed"));
      }),
    ),
  );
}
