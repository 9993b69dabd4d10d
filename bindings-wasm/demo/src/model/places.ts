// An estate as a tree: organisations, their buildings, and what is in them.

import type { Residency, SwitchStatus } from "vestibule/full";

import type { Register } from "./register.js";

/** An organisation with all below it. */
export interface OrganisationPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: string | null;
  /** Whether it, or one above it, was deleted. */
  readonly deleted: boolean;
  readonly buildings: readonly BuildingPlace[];
  /** The names of buildings in which it works or rents. */
  readonly serves: readonly string[];
  readonly below: readonly OrganisationPlace[];
}

/** A building. */
export interface BuildingPlace {
  readonly id: string;
  readonly name: string;
  readonly integrations: readonly IntegrationPlace[];
  readonly units: readonly UnitPlace[];
}

/** An integration, such as an intercom. */
export interface IntegrationPlace {
  readonly id: string;
  readonly name: string;
  /** Whether it is an intercom with a panel, and no other system. */
  readonly isPanel: boolean;
  readonly commonDoors: readonly DoorPlace[];
  readonly unitDoors: readonly DoorPlace[];
}

/** A door. */
export interface DoorPlace {
  readonly id: string;
  readonly name: string;
  readonly status: SwitchStatus;
}

/** A unit. */
export interface UnitPlace {
  readonly id: string;
  readonly number: string;
  readonly building: string;
  /** The intercom that calls it. */
  readonly integration: string | null;
  readonly inService: boolean;
  /** Ids of people. */
  readonly administrators: readonly string[];
  readonly residencies: readonly Residency[];
}

/** The trees of an estate, from their roots, the largest first. */
export function organisationTree(register: Register): OrganisationPlace[] {
  const { estate } = register;
  const organisations = estate.organisations ?? [];
  const place = (id: string, above: boolean): OrganisationPlace => {
    const row = register.organisations.get(id);
    const deleted = above || row?.deleted !== undefined;
    return {
      id,
      name: register.nameOf(`organisation:${id}`),
      kind: row?.kind ?? null,
      deleted,
      buildings: (estate.buildings ?? [])
        .filter(({ owner }) => owner === id)
        .map(({ id }) => buildingPlace(register, id))
        .sort((a, b) => b.units.length - a.units.length),
      serves: (row?.serves ?? []).map((building) => register.nameOf(`building:${building}`)),
      below: organisations.filter(({ parent }) => parent === id).map(({ id }) => place(id, deleted)),
    };
  };
  const roots = organisations.filter(({ parent }) => parent === undefined).map(({ id }) => place(id, false));
  return roots.sort((a, b) => sizeOf(b) - sizeOf(a));
}

/** How many organisations and buildings a tree has. */
function sizeOf({ below, buildings }: OrganisationPlace): number {
  return below.reduce((sum, place) => sum + sizeOf(place), 1 + buildings.length);
}

/** A building and what is in it. */
export function buildingPlace(register: Register, id: string): BuildingPlace {
  const { integrations = [], units = [] } = register.estate;
  return {
    id,
    name: register.nameOf(`building:${id}`),
    integrations: integrations.filter(({ building }) => building === id).map(({ id }) => integrationPlace(register, id)),
    units: units
      .filter(({ building }) => building === id)
      .map(({ id }) => unitPlace(register, id))
      .sort(byNumber),
  };
}

/** An integration and its doors. */
export function integrationPlace(register: Register, id: string): IntegrationPlace {
  const doors = (register.estate.doors ?? []).filter(({ integration }) => integration === id);
  const place = ({ id, status }: (typeof doors)[number]): DoorPlace => ({
    id,
    name: register.nameOf(`door:${id}`),
    status: status ?? "ENABLED",
  });
  return {
    id,
    name: register.nameOf(`integration:${id}`),
    isPanel: register.integrations.get(id)?.kind !== "other",
    commonDoors: doors
      .filter(({ unit }) => unit === undefined)
      .map(place)
      .sort(byName),
    unitDoors: doors
      .filter(({ unit }) => unit !== undefined)
      .map(place)
      .sort(byName),
  };
}

/** A unit, who lives there and who administers it. */
export function unitPlace(register: Register, id: string): UnitPlace {
  const row = register.units.get(id);
  return {
    id,
    number: row?.number ?? id,
    building: row?.building ?? "",
    integration: row?.integration ?? null,
    inService: row?.status !== "DISABLED",
    administrators: (row?.administrators ?? []).map((entry) => (typeof entry === "string" ? entry : entry.person)),
    residencies: (register.estate.residencies ?? []).filter(({ unit }) => unit === id),
  };
}

/** By name, 2 before 10. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number => naturally(a.name, b.name);
const byNumber = (a: UnitPlace, b: UnitPlace): number => naturally(a.number, b.number);

/** Compares texts with numbers in them: 2 before 10. */
export const naturally = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });
