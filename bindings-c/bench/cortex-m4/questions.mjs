// Makes a table of C of the questions that `benches/src/bin/estate.rs` writes.
//
//   node questions.mjs questions.json > questions.c

import { readFileSync } from "node:fs";

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

const row = ({ person, door, allowed }) => {
  if (!ULID.test(person) || !ULID.test(door)) throw new Error(`expected ULIDs, found ${person} and ${door}`);
  return `  {"person:${person}", "door:${door}", ${allowed ? 1 : 0}},`;
};

const questions = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(`/* Made by questions.mjs. */
#include "questions.h"

__attribute__((section(".network"))) const question questions[] = {
${questions.map(row).join("\n")}
};
const uint32_t questions_count = sizeof questions / sizeof questions[0];`);
