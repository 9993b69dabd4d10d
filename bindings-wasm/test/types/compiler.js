/** Holds TypeScript to the hand-written types: one run of the compiler for all files that a test makes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TSC = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/** What the literals are held to. */
const TYPES = fileURLToPath(new URL("../../types/full.js", import.meta.url));

const OPTIONS = [
  "--noEmit",
  "--strict",
  "--exactOptionalPropertyTypes",
  "--noUncheckedIndexedAccess",
  ...["--module", "esnext"],
  ...["--moduleResolution", "bundler"],
  ...["--target", "es2022"],
  ...["--lib", "esnext,dom"],
];

/** The statement that imports types, by name. */
export function importOf(...names) {
  return `import type { ${names.join(", ")} } from ${JSON.stringify(TYPES)};\n`;
}

/** What the compiler says of these texts, by file name; empty where it has nothing against them. */
export function complaints(texts) {
  const folder = mkdtempSync(join(tmpdir(), "vestibule-types-"));
  try {
    const files = [...texts].map(([name, text]) => {
      const file = join(folder, `${name}.ts`);
      writeFileSync(file, text);
      return file;
    });
    return run(files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(files) {
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [TSC, ...OPTIONS, ...files], { encoding: "utf8" });
  if (error) throw error;
  const said = `${stdout}${stderr}`.trim();
  if ((status === 0) !== (said === "")) throw new Error(`the compiler ended with ${status} and said: ${said}`);
  return said;
}
