// Workers that are given a module: nothing is loaded by itself.

import { initSync as start } from "vestibule-raw";
import { started } from "vestibule-api";

export * from "vestibule-api";

/** Takes the module, compiled or as bytes. */
export function initSync(module) {
  start({ module });
  started();
}
