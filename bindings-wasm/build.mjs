// Puts `dist` together: the two modules, an entry for each way to load them, and the types.
//
//   node build.mjs GLUE      GLUE has the folders `small` and `full` of wasm-bindgen, each with the shrunk `vestibule.wasm`
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const glue = process.argv[2];

const MODULES = [
  { name: "small", prefix: "", wasm: "vestibule.wasm" },
  { name: "full", prefix: "full-", wasm: "vestibule_full.wasm" },
];
const ENTRIES = [
  { source: "web.js", out: "web.js", format: "esm", platform: "browser" },
  { source: "node.js", out: "node.js", format: "esm", platform: "node" },
  { source: "node-commonjs.js", out: "node.cjs", format: "cjs", platform: "node" },
  { source: "worker.js", out: "worker.js", format: "esm", platform: "browser" },
];

/** The errors are one file for all entries, so that `instanceof` holds between `vestibule` and `vestibule/full`. */
const sharedErrors = (format) => ({
  name: "shared-errors",
  setup({ onResolve }) {
    const path = format === "cjs" ? "./errors.cjs" : "./errors.js";
    onResolve({ filter: /\/errors\.js$/ }, () => ({ path, external: true }));
  },
});

async function bundle({ name, prefix, wasm }, { source, out, format, platform }) {
  const entry = join(dist, prefix + out);
  await build({
    entryPoints: [join(here, "js/entries", source)],
    outfile: entry,
    bundle: true,
    minify: true,
    format,
    platform,
    target: "es2022",
    legalComments: "none",
    alias: {
      "vestibule-raw": join(glue, name, "vestibule_wasm.js"),
      "vestibule-api": join(here, "js", `${name}.js`),
    },
    plugins: [sharedErrors(format)],
  });
  writeFileSync(entry, readFileSync(entry, "utf8").replaceAll("vestibule.wasm", wasm));
}

async function errors(format, out) {
  await build({ entryPoints: [join(here, "js/errors.js")], outfile: join(dist, out), minify: true, format, target: "es2022" });
}

/** The types twice: what `require` gives is described by `.d.cts`. */
function types(folder) {
  const from = join(here, "types", folder);
  mkdirSync(join(dist, folder), { recursive: true });
  for (const item of readdirSync(from, { withFileTypes: true })) {
    if (item.isDirectory()) {
      types(join(folder, item.name));
      continue;
    }
    const text = readFileSync(join(from, item.name), "utf8");
    const name = basename(item.name, ".d.ts");
    writeFileSync(join(dist, folder, `${name}.d.ts`), text);
    writeFileSync(join(dist, folder, `${name}.d.cts`), text.replace(/(from ")(\.[^"]*)\.js"/g, '$1$2.cjs"'));
  }
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const module of MODULES) {
  copyFileSync(join(glue, module.name, "vestibule.wasm"), join(dist, module.wasm));
  for (const entry of ENTRIES) await bundle(module, entry);
}
await errors("esm", "errors.js");
await errors("cjs", "errors.cjs");
types("");
