/** The names of all events, read out of the Rust source: the package makes no list of them. */
import { readFileSync } from "node:fs";

const source = (path) => readFileSync(new URL(`../../../core/src/directory/${path}`, import.meta.url), "utf8");

/** What a pattern finds between two texts, which must be there, each once at least. */
function between(text, start, end, pattern) {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  const names = from < 0 || to < 0 ? [] : [...text.slice(from, to).matchAll(pattern)].map((match) => match[1]);
  if (names.length === 0) throw new Error(`no names after \`${start}\``);
  return names;
}

const snakeCase = (name) => name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

export const EVENTS = between(source("events/mod.rs"), "pub enum Event {", "\n}", /^ {4}(\w+) \{$/gm).map(snakeCase);
