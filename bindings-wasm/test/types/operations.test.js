/** Every operation of the engine has a type, and the types take what the engine takes [0-28]. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { COMMANDS, QUERIES } from "vestibule/full";

import { complaints, importOf } from "./compiler.js";
import { EVENTS } from "./events.js";
import { vectors } from "../vectors.js";

/** A record with exactly these names: one too few, or one too many, does not compile. */
const record = (name, key, names) => `export const ${name}: Record<${key}, true> = ${JSON.stringify(Object.fromEntries(names.map((each) => [each, true])))};\n`;

test("names", () => {
  const text =
    importOf("Command", "Query", "Event") +
    record("commands", 'Command["command"]', COMMANDS) +
    record("queries", 'Query["query"]', QUERIES) +
    record("events", 'Event["event"]', EVENTS);
  assert.equal(complaints(new Map([["names", text]])), "");
  const fewer = importOf("Command") + record("commands", 'Command["command"]', COMMANDS.slice(1));
  assert.notEqual(complaints(new Map([["fewer", fewer]])), "");
});

test("commands, queries and their contexts", () => {
  const steps = vectors("commands-").flatMap(([, vector]) => vector.steps);
  const taken = steps.filter(({ context, error }) => context !== undefined && error?.code !== "unreadable");
  const literal = (type, name) => (value, index) => `export const ${name}${index}: ${type} = ${JSON.stringify(value)};\n`;
  const contexts = taken.map(({ context }) => context).map(literal("Context", "x"));
  const commands = taken.filter(({ command }) => command).map(({ command }) => command).map(literal("Command", "c"));
  const queries = taken.filter(({ query }) => query).map(({ query }) => query).map(literal("Query", "q"));
  assert.ok(commands.length > 500 && queries.length > 100);
  const text = importOf("Context", "Command", "Query") + [...contexts, ...commands, ...queries].join("");
  assert.equal(complaints(new Map([["operations", text]])), "");
});

test("what is not of its form does not compile", () => {
  const text = `${importOf("Context", "Command")}
// @ts-expect-error
export const without: Context = { actor: null, at: "2026-11-22T18:00:00Z" };
// @ts-expect-error
export const misspelt: Command = { command: "add_building_users" };
`;
  assert.equal(complaints(new Map([["refused", text]])), "");
});
