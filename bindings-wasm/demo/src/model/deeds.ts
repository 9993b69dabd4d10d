// The changes that the page offers, as commands of the engine.

import type { Command, Residency } from "vestibule/full";

import { naturally } from "./places.js";
import type { Register } from "./register.js";
import { phaseOf } from "./time.js";

/** Something that can be done. */
export interface Deed {
  /** Tells it from all others on the page. */
  readonly key: string;
  /** On its button. */
  readonly label: string;
  /** In the list of what was done. */
  readonly told: string;
  readonly command: Command;
  /** On whose behalf, for commands that need it. */
  readonly actingOrg: string | null;
  /** Who would do it, by id, the likeliest first; empty: whoever may. */
  readonly by: readonly string[];
}

/** Blocks a person everywhere. */
export function block(register: Register, person: string): Deed {
  const name = register.nameOf(`person:${person}`);
  return {
    key: "block",
    label: `Block ${register.firstNameOf(person)}`,
    told: `${name} was blocked`,
    command: { command: "update_person", user_id: person, state: "blocked" },
    actingOrg: null,
    by: [],
  };
}

/** Lifts a block. */
export function unblock(register: Register, person: string): Deed {
  const name = register.nameOf(`person:${person}`);
  return {
    key: "block",
    label: `Unblock ${register.firstNameOf(person)}`,
    told: `${name} was unblocked`,
    command: { command: "update_person", user_id: person, state: "active" },
    actingOrg: null,
    by: [],
  };
}

/** Lifts a block that somebody has in one building only, by way of their residency. */
export function unblockHome(register: Register, { secret: _, devices: __, ...residency }: Residency): Deed {
  const number = unitNumber(register, residency.unit);
  return {
    key: `unblock-home-${residency.unit}`,
    label: `Unblock in unit ${number}`,
    told: `${register.nameOf(`person:${residency.person}`)} was unblocked in unit ${number}`,
    command: { command: "update_resident", residency: { ...residency, status: "ACTIVE" } },
    actingOrg: null,
    by: [],
  };
}

/** Ends a residency: the lease, or the stay of a guest, is over. */
export function endLease(register: Register, { person, unit, type }: Residency): Deed {
  const number = unitNumber(register, unit);
  const what = type === "GUEST" ? "stay" : "lease";
  return {
    key: `end-lease-${unit}`,
    label: type === "GUEST" ? `End stay in unit ${number}` : `End lease of unit ${number}`,
    told: `The ${what} of ${register.nameOf(`person:${person}`)} in unit ${number} ended`,
    command: { command: "remove_resident", user_id: person, unit_id: unit },
    actingOrg: null,
    by: [],
  };
}

/** Lets somebody move in, as the administrator of the unit does it: a role on the intercom, and a home. */
export function addRoommate(register: Register, unit: string, person: string, by: readonly string[]): Deed | null {
  const integration = register.units.get(unit)?.integration;
  if (integration === undefined) return null;
  const number = unitNumber(register, unit);
  return {
    key: `add-${unit}`,
    label: `Add ${register.firstNameOf(person)} to ${number}`,
    told: `${register.nameOf(`person:${person}`)} moved into unit ${number}`,
    command: {
      command: "add_building_user",
      integration_id: integration,
      user_id: person,
      role: `virtual_access:integration:${integration}:resident`,
      unit_id: unit,
    },
    actingOrg: register.ownerOfIntegration(integration),
    by,
  };
}

/** Lets somebody move out, as the administrator of the unit does it. */
export function removeRoommate(register: Register, unit: string, person: string, by: readonly string[]): Deed | null {
  const integration = register.units.get(unit)?.integration;
  if (integration === undefined) return null;
  const number = unitNumber(register, unit);
  return {
    key: `remove-${unit}-${person}`,
    label: `Remove ${register.firstNameOf(person)} from ${number}`,
    told: `${register.nameOf(`person:${person}`)} moved out of unit ${number}`,
    command: { command: "remove_building_user", integration_id: integration, user_id: person, unit_id: unit },
    actingOrg: register.ownerOfIntegration(integration),
    by,
  };
}

/** Gives somebody who lives in a unit another name. */
export function rename(register: Register, unit: string, person: string, name: string, by: readonly string[]): Deed | null {
  const building = register.units.get(unit)?.building;
  if (building === undefined) return null;
  return {
    key: `rename-${unit}-${person}`,
    label: "Rename",
    told: `${register.nameOf(`person:${person}`)} is now called ${name}`,
    command: { command: "update_unit_user", property_id: building, user_id: person, unit_id: unit, patch: { userName: name } },
    actingOrg: null,
    by,
  };
}

/** Those who could move in: people with no home yet who are no services; those with no role anywhere come first. */
export function newcomers(register: Register): string[] {
  const { residencies = [], memberships = [], platform_roles = [] } = register.estate;
  const housed = new Set(residencies.map(({ person }) => person));
  const holders = new Set([...memberships, ...platform_roles].map(({ person }) => person));
  const rows = [...register.people.values()].filter(
    ({ id, kind, state }) => !housed.has(id) && (kind ?? "person") === "person" && (state ?? "active") === "active",
  );
  const free = rows.filter(({ id }) => !holders.has(id));
  return [...free, ...rows.filter(({ id }) => holders.has(id))].map(({ id }) => id);
}

/** The units in which a person lives now. */
export function homesNow(register: Register, person: string, at: number): Residency[] {
  return (register.estate.residencies ?? []).filter(
    (residency) => residency.person === person && phaseOf(residency.valid, at) === "within",
  );
}

/** The administrators of a unit, as of now. */
export function administratorsNow(register: Register, unit: string, at: number): string[] {
  return (register.units.get(unit)?.administrators ?? [])
    .map((entry) => (typeof entry === "string" ? { person: entry } : entry))
    .filter(({ valid }) => phaseOf(valid, at) === "within")
    .map(({ person }) => person);
}

/** The next unit in service on the same intercom that none of these people administers: a neighbour's. */
export function neighbourOf(register: Register, unit: string, people: readonly string[]): string | null {
  const row = register.units.get(unit);
  const neighbours = (register.estate.units ?? [])
    .filter(
      ({ id, integration, status, administrators = [] }) =>
        id !== unit &&
        integration !== undefined &&
        integration === row?.integration &&
        status !== "DISABLED" &&
        !administrators.some((entry) => people.includes(typeof entry === "string" ? entry : entry.person)),
    )
    .sort((a, b) => naturally(a.number, b.number));
  const after = neighbours.find(({ number }) => naturally(number, row?.number ?? "") > 0);
  return (after ?? neighbours[0])?.id ?? null;
}

const unitNumber = (register: Register, unit: string): string => register.units.get(unit)?.number ?? unit;
