// The list of files that the service worker keeps, written into it by the build.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { Plugin } from "vite";

/** What stands for the list in the worker. */
const PLACE = "__PRECACHE__";

/** Puts the list and its version into `worker`, when every other file of the build is known. */
export function precache(worker: string, publicFolder: string): Plugin {
  return {
    name: "precache",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const chunk = bundle[worker];
        if (chunk?.type !== "chunk") throw new Error(`the build makes no ${worker}`);
        if (!chunk.code.includes(PLACE)) throw new Error(`${worker} has no ${PLACE}`);
        const built = Object.values(bundle).filter(({ fileName }) => fileName !== worker);
        const copied = readdirSync(publicFolder);
        const hash = createHash("sha256");
        for (const file of built) hash.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
        for (const name of copied) hash.update(name).update(readFileSync(join(publicFolder, name)));
        const files = [...built.map(({ fileName }) => fileName), ...copied].sort();
        const list = { version: hash.digest("hex").slice(0, 16), files };
        chunk.code = chunk.code.replace(PLACE, () => JSON.stringify(list));
      },
    },
  };
}
