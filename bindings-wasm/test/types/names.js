/**
 * The names of all commands, queries and events. They are read out of the Rust sources: the only place that knows how, until the package
 * exports `COMMANDS` and `QUERIES`.
 */
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

export const COMMANDS = between(source("commands/mod.rs"), "\ncommands! {", "\n}", /^ {4}\w+ = "(\w+)", \w+;$/gm);

export const QUERIES = between(source("queries/query.rs"), "pub const NAMES", "];", /"(\w+)"/g);

export const EVENTS = between(source("events/mod.rs"), "pub enum Event {", "\n}", /^ {4}(\w+) \{$/gm).map(snakeCase);
