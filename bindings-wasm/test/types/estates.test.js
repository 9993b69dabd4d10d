/** Every estate that is read is an `Estate`, and what is not of its form is none. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { complaints, importOf } from "./compiler.js";
import { exampleEstates, vectors } from "../vectors.js";

/** Faults of form that a type can tell. */
const TOLD = new Set(["missing_field", "unknown_field", "wrong_type", "unsupported_version"]);

/** Faults of form that a type cannot tell, or not always: the form of a text, or the value of a number or word. */
const UNTOLD = new Set(["invalid_id", "invalid_path", "invalid_text", "invalid_time", "offset_required", "invalid_value"]);

/** A missing list is a fault of the rules to the engine, which puts an empty one in its place; a type asks for it. */
const STRICTER = "building_ids_required";

const declared = ([name, estate], index) => `// ${name}\nexport const e${index}: Estate = ${JSON.stringify(estate)};\n`;

const refused = (...args) => `// @ts-expect-error\n${declared(...args)}`;

const fileOf = (declarations) => importOf("Estate") + declarations.join("");

/** The cases of `faults-*.json` with a document whose faults are as asked for. */
function documents(isAsked) {
  const cases = vectors("faults-").flatMap(([, vector]) => vector.cases);
  const asked = cases.filter(({ document, faults }) => document !== undefined && isAsked(faults.map(({ code }) => code)));
  assert.notEqual(asked.length, 0);
  return asked.map(({ name, document }) => [name, document]);
}

test("estates that are read", () => {
  const whole = vectors().flatMap(([name, { estate }]) => (estate === undefined ? [] : [[name, estate]]));
  const good = documents((codes) => codes.every((code) => !TOLD.has(code) && !UNTOLD.has(code) && code !== STRICTER));
  const texts = new Map([
    ["vectors", fileOf(whole.map(declared))],
    ["examples", fileOf(exampleEstates().map(declared))],
    ["documents", fileOf(good.map(declared))],
  ]);
  assert.equal(complaints(texts), "");
});

test("documents that are not of the form of an estate", () => {
  const bad = documents((codes) => codes.some((code) => TOLD.has(code)));
  assert.equal(complaints(new Map([["documents", fileOf(bad.map(refused))]])), "");
});
