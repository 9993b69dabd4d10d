// For those who run buildings: the whole tree, and what the person may do in it.

import type { Decision } from "vestibule/full";

import { h } from "../dom/h.js";
import { icon, kindIcon } from "../dom/icon.js";
import {
  type BuildingPlace,
  type DoorPlace,
  type IntegrationPlace,
  type OrganisationPlace,
  organisationTree,
} from "../model/places.js";
import { decideDoors } from "../model/questions.js";
import type { Scene } from "../scene.js";
import { badge } from "./badge.js";
import { FEW_UNIT_DOORS, doorList } from "./doors.js";
import { unitTable } from "./units.js";

type Answers = ReadonlyMap<string, Decision>;

/** The tree of the estate, with an answer on every door. */
export function operatorView(scene: Scene): HTMLElement {
  const { register, route, session, stance } = scene;
  const answers = decideDoors(session.directory, route.person, register.doors.keys(), route.at);
  const allowed = [...answers.values()].filter((decision) => decision.allowed).length;
  const filter = h("input", {
    type: "checkbox",
    id: "only-allowed",
    checked: stance.onlyAllowed,
    on: { change: () => scene.set({ onlyAllowed: filter.checked }) },
  });
  return h(
    "div",
    { class: "operator" },
    h(
      "div",
      { class: "view-head" },
      h("h2", {}, "The estate"),
      h(
        "p",
        { class: "quiet", id: "door-count" },
        `${register.firstNameOf(route.person)} may open ${allowed} of ${answers.size} doors.`,
      ),
      h("label", { class: "check" }, filter, "Only doors that open"),
    ),
    h(
      "ul",
      { class: "tree" },
      organisationTree(register).map((place) => organisationItem(scene, place, answers)),
    ),
  );
}

function organisationItem(scene: Scene, place: OrganisationPlace, answers: Answers): HTMLElement {
  return h(
    "li",
    { class: place.deleted ? "organisation is-deleted" : "organisation" },
    h(
      "div",
      { class: "organisation-head" },
      kindIcon("organisation"),
      h("h3", {}, place.name),
      place.kind === null ? null : badge("quiet", KINDS[place.kind] ?? place.kind),
      place.deleted ? badge("deny", "Deleted") : null,
      place.serves.length === 0 ? null : h("span", { class: "quiet" }, `serves ${place.serves.join(", ")}`),
    ),
    place.buildings.map((building) => buildingCard(scene, building, answers)),
    place.below.length === 0
      ? null
      : h(
          "ul",
          { class: "tree" },
          place.below.map((below) => organisationItem(scene, below, answers)),
        ),
  );
}

/** What the kinds of organisation are called on the page. */
const KINDS: Readonly<Record<string, string>> = { pmo: "Management", tenant: "Tenant", vendor: "Vendor" };

function buildingCard(scene: Scene, building: BuildingPlace, answers: Answers): HTMLElement {
  return h(
    "section",
    { class: "card building", "aria-labelledby": `building-${building.id}` },
    h("h4", { id: `building-${building.id}` }, icon("building"), building.name),
    building.integrations.map((integration) => integrationSection(scene, integration, answers)),
    unitTable(scene, building),
  );
}

function integrationSection(scene: Scene, integration: IntegrationPlace, answers: Answers): HTMLElement | null {
  const { onlyAllowed } = scene.stance;
  const shown = (doors: readonly DoorPlace[]) => (onlyAllowed ? doors.filter(({ id }) => answers.get(id)?.allowed) : doors);
  const common = shown(integration.commonDoors);
  const own = shown(integration.unitDoors);
  if (onlyAllowed && common.length + own.length === 0) return null;
  const none = integration.commonDoors.length + integration.unitDoors.length === 0;
  return h(
    "div",
    { class: "integration" },
    h("h5", {}, kindIcon("integration"), integration.name, none ? h("span", { class: "quiet" }, "no doors") : null),
    own.length > FEW_UNIT_DOORS
      ? [common.length === 0 ? null : doorList(scene, "door", common, answers), foldedDoors(scene, integration, own, answers)]
      : doorList(scene, "door", [...common, ...own], answers),
  );
}

function foldedDoors(scene: Scene, { id }: IntegrationPlace, doors: readonly DoorPlace[], answers: Answers): HTMLElement {
  const allowed = doors.filter((door) => answers.get(door.id)?.allowed).length;
  return h(
    "details",
    { id: `unit-doors-${id}` },
    h(
      "summary",
      {},
      `${doors.length} doors of units`,
      h("span", { class: "quiet" }, allowed === 0 ? "none opens" : `${allowed} allowed`),
    ),
    doorList(scene, "door", doors, answers),
  );
}
