// Node.js, as an ES module: the module is read from beside this file.

import { readFileSync } from "node:fs";

import { initSync } from "vestibule-raw";
import { started } from "vestibule-api";

initSync({ module: readFileSync(new URL("./vestibule.wasm", import.meta.url)) });
started();

export * from "vestibule-api";
