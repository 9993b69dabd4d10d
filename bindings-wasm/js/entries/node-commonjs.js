// Node.js, by `require`: the module is read from beside this file.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { initSync } from "vestibule-raw";
import { started } from "vestibule-api";

initSync({ module: readFileSync(join(__dirname, "vestibule.wasm")) });
started();

export * from "vestibule-api";
