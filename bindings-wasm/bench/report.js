// Prints, as Markdown, how long answers take in Node.js and in Chromium beside what people would pick instead. The package must be built.
//
//   node report.js FOLDER     FOLDER has the estate.json and questions.json that `vestibule-benches` writes
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "vite";

import { launch, resultOf } from "../test/chromium.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = process.argv[2];

function inNode() {
  return JSON.parse(execFileSync(process.execPath, [here("node.js"), folder], { encoding: "utf8", maxBuffer: 2 ** 24 }));
}

async function inChromium() {
  const out = mkdtempSync(join(tmpdir(), "vestibule-bench-"));
  try {
    await build({ root: here("page"), base: "./", configFile: false, logLevel: "warn", build: { outDir: out, emptyOutDir: true, target: "es2022" } });
    for (const name of ["estate.json", "questions.json"]) copyFileSync(join(folder, name), join(out, name));
    return await resultOf(out, { timeout: 600_000 });
  } finally {
    rmSync(out, { recursive: true });
  }
}

async function chromiumVersion() {
  const browser = await launch();
  const version = browser.version();
  await browser.close();
  return version;
}

const shown = (ns) => (ns < 10_000 ? `${Math.round(ns)} ns` : ns < 1e6 ? `${(ns / 1e3).toFixed(1)} µs` : `${(ns / 1e6).toFixed(1)} ms`);

/** A budget: what it is about, its limit, and its figure from the times by name. */
const BUDGETS = [
  ["`decide` with strings, ns", "at most", 2_000, (ns) => ns("vestibule, strings")],
  ["by handles, ns", "at most", 150, (ns) => ns("vestibule, handles")],
  ["a person's slice, from bytes to first answer, ns", "at most", 200_000, (ns) => ns("vestibule, a person's slice: bytes to first answer")],
  ["times faster than cedar-wasm with the whole estate", "at least", 40_000, (ns) => ns("cedar-wasm, the whole estate") / ns("vestibule, strings")],
  ["times faster than cedar-wasm with three entities", "at least", 100, (ns) => ns("cedar-wasm, three entities") / ns("vestibule, strings")],
];

const runs = [inNode(), await inChromium()];
const times = runs.map(({ results }) => (name) => results.find((each) => each.name === name).ns);
const strings = times.map((ns) => ns("vestibule, strings"));
const lines = [
  `${runs[0].people.toLocaleString("en")} people; an image of everything has ${runs[0].image.toLocaleString("en")} bytes, the largest slice of a person here ${runs[0].largestSlice.toLocaleString("en")}.`,
  `Node.js ${process.version}, Chromium ${await chromiumVersion()}, ${cpus().length} cores, ${cpus()[0].model}.`,
  "",
  "| one answer | Node.js | times `decide` | Chromium | times `decide` |",
  "|---|--:|--:|--:|--:|",
  ...runs[0].results.map(({ name }) => `| ${name} | ${times.map((ns, at) => `${shown(ns(name))} | ${(ns(name) / strings[at]).toPrecision(3)}`).join(" | ")} |`),
  "",
  "| budget | | Node.js | Chromium |",
  "|---|--:|--:|--:|",
  ...BUDGETS.map(([what, limit, value, figure]) => {
    const cell = (ns) => {
      const found = figure(ns);
      const isKept = limit === "at most" ? found <= value : found >= value;
      return `${Math.round(found).toLocaleString("en")}${isKept ? "" : " ✗"}`;
    };
    return `| ${what} | ${limit} ${value.toLocaleString("en")} | ${times.map(cell).join(" | ")} |`;
  }),
];
console.log(lines.join("\n"));
