// Browsers and bundlers: the module is fetched from beside this file before anything that imports it runs.

import init from "vestibule-raw";
import { started } from "vestibule-api";

await init({ module_or_path: new URL("./vestibule.wasm", import.meta.url) });
started();

export * from "vestibule-api";
