/** The shared vectors and the estates of the examples. */
import { readFileSync, readdirSync } from "node:fs";

const VECTORS = new URL("../../core/tests/vectors/", import.meta.url);
const EXAMPLES = new URL("../../examples/", import.meta.url);

const read = (url) => JSON.parse(readFileSync(url, "utf8"));

/** The vectors whose file name begins so: `[name, vector]`; at least one. */
export function vectors(prefix = "") {
  const files = readdirSync(VECTORS).filter((file) => file.startsWith(prefix) && file.endsWith(".json"));
  if (files.length === 0) throw new Error(`no vector begins with \`${prefix}\``);
  return files.map((file) => [file.slice(0, -".json".length), read(new URL(file, VECTORS))]);
}

/** The estates of the examples: `[name, estate]`. */
export function exampleEstates() {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const estates = folders.flatMap(({ name }) => {
    const files = readdirSync(new URL(`${name}/`, EXAMPLES));
    return files.includes("estate.json") ? [[name, read(new URL(`${name}/estate.json`, EXAMPLES))]] : [];
  });
  if (estates.length === 0) throw new Error("no example has an estate");
  return estates;
}
