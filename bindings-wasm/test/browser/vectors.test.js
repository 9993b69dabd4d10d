/** The shared vectors in a real browser: on a page, and in a worker that is handed the module. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "vite";

import { resultOf } from "../chromium.js";
import { CONFORMANCE } from "../conformance.js";

const PAGE = fileURLToPath(new URL("page", import.meta.url));

let folder;
let result;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-browser-"));
  await build({ root: PAGE, base: "./", configFile: false, logLevel: "warn", worker: { format: "es" }, build: { outDir: folder, emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 10_000 } });
  result = await resultOf(folder);
});

after(() => rmSync(folder, { recursive: true }));

for (const place of ["page", "worker"]) {
  test(`in Chromium, ${place}`, () => {
    assert.deepEqual(result[place], CONFORMANCE.map(({ name }) => ({ name, failure: null })));
  });
}
