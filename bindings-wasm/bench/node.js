// Prints what `run` measures in this Node.js, as JSON: node node.js FOLDER
import { readFileSync } from "node:fs";
import { join } from "node:path";

import cedar from "@cedar-policy/cedar-wasm/nodejs";

import { run } from "./contenders.js";

const read = (name) => readFileSync(join(process.argv[2], name), "utf8");
console.log(JSON.stringify(run(cedar, read("estate.json"), JSON.parse(read("questions.json")))));
