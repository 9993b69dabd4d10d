/**
 * CASL: an ability a person, of rules that the host makes out of what the person holds, and doors that name all that is above
 * them. It knows no tree: the host resolves it.
 */
import { createMongoAbility, subject } from "@casl/ability";

import { within } from "../model.js";

const KEYS = {
  residentOf: ["doors:open", "directory:read", "calls:answer"],
  securityOf: ["doors:open", "doors:read", "directory:read"],
  technicianOf: ["doors:open", "doors:read", "directory:read"],
  administratorOf: ["manage"],
};

function rules({ meaning, places }) {
  const where = meaning === "residentOf" || meaning === "securityOf" ? { site: { $in: places } } : { organisations: { $in: places } };
  const conditions = meaning === "administratorOf" ? where : { ...where, ofUnit: false };
  return [{ action: KEYS[meaning], subject: "Door", conditions }];
}

const doorOf = (model, id) => {
  const { site, ofUnit } = model.doors.get(id);
  return { site, ofUnit, organisations: within(model, model.sites.get(site).owner) };
};

export function casl(model) {
  const abilities = new Map([...model.people].map(([id, held]) => [id, createMongoAbility(rules(held))]));
  return {
    name: "casl, an ability ready for each person",
    prepare: ({ person, door }) => ({ ability: abilities.get(person), door: subject("Door", doorOf(model, door)) }),
    allows: ({ ability, door }) => ability.can("doors:open", door),
  };
}

/** From the rules of one person, as JSON, to the first answer. */
export function caslFirstAnswer(model) {
  return {
    name: "casl, a person's rules: JSON to first answer",
    prepare: ({ person, door }) => ({ json: JSON.stringify(rules(model.people.get(person))), door: doorOf(model, door) }),
    allows: ({ json, door }) => createMongoAbility(JSON.parse(json)).can("doors:open", subject("Door", { ...door })),
  };
}
