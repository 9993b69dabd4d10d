// What people are and hold, in words.

import type { Membership, Person, RolePath } from "vestibule/full";

import type { Register } from "./register.js";
import { windowText } from "./time.js";

/** Something that a person holds: where they live, what they administer, a role, a permission group. */
export interface Holding {
  readonly kind: "home" | "administrator" | "role" | "group";
  readonly text: string;
  /** A window or state worth saying, such as `until 1 May 2027` or `blocked`. */
  readonly note: string | null;
}

/** Everybody, by name. */
export function peopleByName(register: Register): Person[] {
  return [...register.people.values()].sort((a, b) => nameOf(a).localeCompare(nameOf(b), "en"));
}

/** All that a person holds. */
export function holdingsOf(register: Register, person: string, at: number): Holding[] {
  return [
    ...homesOf(register, person, at),
    ...administeredBy(register, person, at),
    ...(register.estate.memberships ?? [])
      .filter((membership) => membership.person === person)
      .flatMap((membership) => heldThrough(register, membership, at)),
    ...(register.estate.platform_roles ?? [])
      .filter((role) => role.person === person)
      .map(({ role, valid }): Holding => ({
        kind: "role",
        text: `${roleText(register, role)}, everywhere`,
        note: windowText(valid, at),
      })),
  ];
}

/** A few words by which a person is told from others in a list. */
export function summaryOf(register: Register, person: string): string {
  const row = register.people.get(person);
  if (row?.state === "deleted") return "deleted";
  const homes = (register.estate.residencies ?? []).filter((residency) => residency.person === person);
  const memberships = (register.estate.memberships ?? []).filter((membership) => membership.person === person);
  const words = [
    ...homes.map(({ unit, type }) => `${type === "GUEST" ? "guest, unit" : "unit"} ${register.units.get(unit)?.number ?? unit}`),
    ...new Set(memberships.map(({ organisation }) => register.nameOf(`organisation:${organisation}`))),
  ];
  if (row?.state === "blocked") words.unshift("blocked");
  if (row?.kind === "service") words.unshift("service");
  return words.slice(0, 3).join(" · ") || "no home, no role";
}

/** A role in words: `technician of Maple Court intercom`. */
export function roleText(register: Register, role: RolePath): string {
  const site = /^virtual_access:integration:([^:]+):(.+)$/.exec(role);
  if (site?.[1] === undefined || site[2] === undefined) return plain(role);
  const what = site[2] === "*" ? "every role" : plain(site[2]);
  const where = site[1] === "*" ? "every entry panel" : register.nameOf(`integration:${site[1]}`);
  return `${what} of ${where}`;
}

function homesOf(register: Register, person: string, at: number): Holding[] {
  return (register.estate.residencies ?? [])
    .filter((residency) => residency.person === person)
    .map(({ unit, type, status, valid }) => {
      const where = unitText(register, unit);
      const how = type === "GUEST" ? "Guest in" : type === "LINKED" ? "Linked to" : "Lives in";
      return { kind: "home", text: `${how} ${where}`, note: status === "BLOCKED" ? "blocked" : windowText(valid, at) };
    });
}

function administeredBy(register: Register, person: string, at: number): Holding[] {
  return (register.estate.units ?? []).flatMap(({ id, administrators = [] }) =>
    administrators
      .map((entry) => (typeof entry === "string" ? { person: entry } : entry))
      .filter((entry) => entry.person === person)
      .map((entry): Holding => ({
        kind: "administrator",
        text: `Administers ${unitText(register, id)}`,
        note: windowText(entry.valid, at),
      })),
  );
}

function heldThrough(register: Register, membership: Membership, at: number): Holding[] {
  const organisation = register.nameOf(`organisation:${membership.organisation}`);
  const ofMembership = windowText(membership.valid, at);
  const roles = (membership.roles ?? []).map((entry) => (typeof entry === "string" ? { role: entry } : entry));
  const groups = (membership.permission_groups ?? []).map((entry) => (typeof entry === "string" ? { group: entry } : entry));
  return [
    ...roles.map((entry): Holding => ({
      kind: "role",
      text: `${capital(roleText(register, entry.role))}, at ${organisation}`,
      note: windowText(entry.valid, at) ?? ofMembership,
    })),
    ...groups.map((entry): Holding => ({
      kind: "group",
      text: `${groupText(register, entry.group)}, at ${organisation}`,
      note: windowText(entry.valid, at) ?? ofMembership,
    })),
  ];
}

/** The name of a group; a built-in one is in no estate, and its id says what it is. */
function groupText(register: Register, group: string): string {
  const row = register.estate.permission_groups?.find(({ id }) => id === group);
  return row?.name ?? capital(plain(group.slice(group.indexOf(".") + 1)));
}

function unitText(register: Register, unit: string): string {
  const building = register.units.get(unit)?.building;
  const where = building === undefined ? "" : `, ${register.nameOf(`building:${building}`)}`;
  return `unit ${register.units.get(unit)?.number ?? unit}${where}`;
}

const plain = (word: string): string => word.replaceAll("_", " ");
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const nameOf = ({ id, name }: Person): string => name ?? id;
