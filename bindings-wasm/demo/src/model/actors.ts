// Who does something: the engine is asked who may.

import { ApiError, type Context, type Directory } from "vestibule/full";

import type { Deed } from "./deeds.js";
import type { Register } from "./register.js";

/** What a command is carried out with. The ids are for what it creates; unused ones are left. */
export function contextFor(deed: Deed, actor: string, at: number): Context {
  const newIds = Array.from({ length: 3 }, () => crypto.randomUUID());
  return { actor: { person: actor }, acting_org: deed.actingOrg, at: new Date(at), new_ids: newIds };
}

/** Whether this actor may do it, now. Changes nothing. */
export function mayDo(directory: Directory, deed: Deed, actor: string, at: number): boolean {
  try {
    directory.prepare(contextFor(deed, actor, at), deed.command);
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

/** Somebody who may do it: of those whom the deed names, else the first who works for an organisation or the platform. */
export function actorFor(directory: Directory, register: Register, deed: Deed, at: number): string | null {
  const candidates = deed.by.length > 0 ? deed.by : workers(register).filter((person) => person !== subjectOf(deed));
  return candidates.find((person) => mayDo(directory, deed, person, at)) ?? deed.by[0] ?? null;
}

/** Everybody who could act: those who hold something at an organisation or the platform, then those who administer a unit. */
export function possibleActors(register: Register): string[] {
  const administrators = (register.estate.units ?? []).flatMap(({ administrators = [] }) =>
    administrators.map((entry) => (typeof entry === "string" ? entry : entry.person)),
  );
  return [...new Set([...workers(register), ...administrators])];
}

function workers(register: Register): string[] {
  const { memberships = [], platform_roles = [] } = register.estate;
  return [...new Set([...memberships, ...platform_roles].map(({ person }) => person))];
}

/** Whom a deed is about; nobody is picked to do it to themselves. */
function subjectOf({ command }: Deed): string | null {
  return "user_id" in command && typeof command.user_id === "string" ? command.user_id : null;
}
