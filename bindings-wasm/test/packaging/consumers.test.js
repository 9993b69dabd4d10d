/**
 * What `npm pack` makes, installed and used: by `import`, by `require`, in a worker that is handed a module, and by Vite, which
 * bundles it for a page or serves it while somebody develops.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { build, createServer } from "vite";

import { resultAt, resultOf } from "../chromium.js";

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
const said = [image.decide(asked).reason, directory.decide(asked).basis].join(" ");
`;
const EXPECTED = "granted residency";
const CONSUMERS = new Map([
  ["import.mjs", `import { Directory } from "vestibule/full"; import { Image } from "vestibule";${USE}console.log(said);`],
  ["require.cjs", `const { Directory } = require("vestibule/full"); const { Image } = require("vestibule");${USE}console.log(said);`],
  [
    "worker.mjs",
    `import { readFileSync } from "node:fs"; import { Worker, isMainThread, workerData } from "node:worker_threads";
import { Directory, Image, initSync } from "vestibule/full/worker";
if (isMainThread) {
  const bytes = readFileSync(new URL(import.meta.resolve("vestibule/vestibule_full.wasm")));
  new Worker(new URL(import.meta.url), { workerData: new WebAssembly.Module(bytes) });
} else {
  initSync(workerData);${USE}console.log(said);
}`,
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
    assert.equal(said, `${EXPECTED}\n`);
  });
}

/** The files of a page that asks by itself, and in a worker. */
const PAGE = {
  "index.html": '<!doctype html><link rel="icon" href="data:," /><script type="module" src="./main.js"></script>',
  "main.js": `import { Directory } from "vestibule/full"; import { Image } from "vestibule";
import url from "vestibule/vestibule_full.wasm?url";${USE}
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => { window.result = [said, data]; };
worker.onerror = ({ message }) => { window.result = [said, message]; };
worker.postMessage(await WebAssembly.compileStreaming(fetch(url)));`,
  "worker.js": `import { Directory, Image, initSync } from "vestibule/full/worker";
self.onmessage = ({ data }) => {
  initSync(data);${USE}self.postMessage(said);
};`,
};

function page() {
  const root = join(folder, "page");
  mkdirSync(root, { recursive: true });
  for (const [name, text] of Object.entries(PAGE)) writeFileSync(join(root, name), text);
  return { root, base: "./", configFile: false, logLevel: "warn", worker: { format: "es" } };
}

test("a page, bundled by Vite", async () => {
  await build({ ...page(), build: { outDir: "dist" } });
  assert.deepEqual(await resultOf(join(folder, "page/dist")), [EXPECTED, EXPECTED]);
});

test("a page, served by Vite to somebody who develops", async () => {
  // As the README says: what is found beside a file is not found beside a copy of it.
  const server = await createServer({ ...page(), base: "/", optimizeDeps: { exclude: ["vestibule"] }, server: { host: "127.0.0.1", port: 0 } });
  try {
    await server.listen();
    assert.deepEqual(await resultAt(server.resolvedUrls.local[0]), [EXPECTED, EXPECTED]);
  } finally {
    await server.close();
  }
});
