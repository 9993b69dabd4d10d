// The rows of an estate, found by id, and what things are called.

import type { Building, Door, Estate, Integration, LocalizedText, Organisation, Person, Unit } from "vestibule/full";

import { idOf, kindOf } from "./reference.js";

/** The rows of an estate by id. Made anew after every change. */
export class Register {
  readonly organisations: ReadonlyMap<string, Organisation>;
  readonly buildings: ReadonlyMap<string, Building>;
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly doors: ReadonlyMap<string, Door>;
  readonly people: ReadonlyMap<string, Person>;

  constructor(readonly estate: Estate) {
    this.organisations = byId(estate.organisations);
    this.buildings = byId(estate.buildings);
    this.integrations = byId(estate.integrations);
    this.units = byId(estate.units);
    this.doors = byId(estate.doors);
    this.people = byId(estate.people);
  }

  /** What a thing is called, `door:front` for instance; its id only where it has no name. */
  nameOf(reference: string): string {
    const id = idOf(reference);
    switch (kindOf(reference)) {
      case "organisation":
        return localized(this.organisations.get(id)?.name) ?? id;
      case "building":
        return this.buildings.get(id)?.name ?? id;
      case "integration":
        return this.integrations.get(id)?.name ?? id;
      case "unit":
        return `Unit ${this.units.get(id)?.number ?? id}`;
      case "door":
        return this.doors.get(id)?.name ?? id;
      case "person":
        return this.people.get(id)?.name ?? id;
      default:
        return reference;
    }
  }

  /** The first name of a person, for buttons. */
  firstNameOf(person: string): string {
    const name = this.nameOf(`person:${person}`);
    return name.split(" ")[0] ?? name;
  }

  /** The building of a door, by way of its integration. */
  buildingOfDoor(door: string): string | undefined {
    const integration = this.doors.get(door)?.integration;
    return integration === undefined ? undefined : this.integrations.get(integration)?.building;
  }

  /** The organisation that owns the building of an integration: on whose behalf its users are changed. */
  ownerOfIntegration(integration: string): string | null {
    const building = this.integrations.get(integration)?.building;
    return (building !== undefined && this.buildings.get(building)?.owner) || null;
  }
}

function byId<Row extends { id: string }>(rows: readonly Row[] = []): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** A text in English, else in whatever language there is. */
function localized(text: LocalizedText | undefined): string | undefined {
  if (text === undefined || typeof text === "string") return text;
  const texts = "value" in text && typeof text.value === "object" ? text.value : (text as Record<string, string>);
  return texts["en"] || Object.values(texts).find((one) => one !== "");
}
