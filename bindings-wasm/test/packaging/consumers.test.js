/** What `npm pack` makes, installed and used: by `import`, by `require`, and in a worker that is handed a module. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const USE = `
const directory = Directory.load({
  version: 1,
  organisations: [{ id: "operator", name: "Operator" }],
  buildings: [{ id: "court", owner: "operator" }],
  integrations: [{ id: "panel", building: "court" }],
  units: [{ id: "u12", number: "12", building: "court", integration: "panel" }],
  doors: [{ id: "front", integration: "panel", audience: "all_residents" }],
  people: [{ id: "ana" }],
  residencies: [{ person: "ana", unit: "u12" }],
});
const image = Image.open(directory.freeze({ slice: { person: "ana" }, issued_at: 0 }));
const asked = { principal: "person:ana", action: "doors:open", resource: "door:front", acting_org: null, at: 1 };
console.log(image.decide(asked).reason, directory.decide(asked).basis);
`;
const CONSUMERS = new Map([
  ["import.mjs", `import { Directory } from "vestibule/full"; import { Image } from "vestibule";${USE}`],
  ["require.cjs", `const { Directory } = require("vestibule/full"); const { Image } = require("vestibule");${USE}`],
  [
    "worker.mjs",
    `import { readFileSync } from "node:fs"; import { Worker, isMainThread, workerData } from "node:worker_threads";
import { Directory, Image, initSync } from "vestibule/full/worker";
if (isMainThread) {
  const bytes = readFileSync(new URL(import.meta.resolve("vestibule/vestibule_full.wasm")));
  new Worker(new URL(import.meta.url), { workerData: new WebAssembly.Module(bytes) });
} else {
  initSync(workerData);${USE}}`,
  ],
]);

let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-consumer-"));
  const [{ filename }] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: PACKAGE, encoding: "utf8" }));
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  execFileSync("npm", ["install", "--no-fund", "--no-audit", "--offline", `./${filename}`], { cwd: folder, stdio: "pipe" });
});

after(() => rmSync(folder, { recursive: true }));

for (const [file, text] of CONSUMERS) {
  test(file, () => {
    writeFileSync(join(folder, file), text);
    const said = execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
    assert.equal(said, "granted residency\n");
  });
}
